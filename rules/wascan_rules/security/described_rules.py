from wascan.kinds.securitygroups import Described
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP02", severity="low")
def described_rules(gate: Described) -> Verdict:
    """Security group rules say what they are for.

    Nobody dares to remove a rule that nobody can explain, so rules pile up and doors stay open.

    Fix: give each rule a description that says who needs it, and for what.
    """
    return gate.is_described()


@described_rules.applies
def own_affair(gate: Described) -> Verdict:
    """A rule on its own is judged with its group where that is at hand."""
    return gate.decides_traffic()
