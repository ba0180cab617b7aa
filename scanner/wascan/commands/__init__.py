"""The commands, each in the module that `wascan.cli` names and imported only when it is called."""
