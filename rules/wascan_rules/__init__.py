"""The rules that wascan comes with: a folder a pillar, a module a rule, a function of the module's name."""
