from wascan.kinds.families import Upgrades
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("OPS05-BP05", "SEC06-BP01", severity="low")
def auto_upgrade(thing: Upgrades) -> Verdict:
    """{Kinds} install security patches automatically.

    Minor versions fix vulnerabilities that are public from then on. In the maintenance window AWS installs them
    without anybody having to remember.

    Fix: set {auto_upgrade}.
    """
    return thing.auto_upgrade.is_true()


@auto_upgrade.applies
def own_affair(thing: Upgrades) -> Verdict:
    """A member of a cluster is patched with it."""
    return thing.decides_upgrades()
