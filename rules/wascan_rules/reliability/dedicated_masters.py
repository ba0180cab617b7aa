from wascan.kinds.opensearch import SearchDomain
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("REL11-BP02", severity="low")
def dedicated_masters(domain: SearchDomain, *, least: int = 3) -> Verdict:
    """{Kinds} have dedicated master nodes, and enough of them to elect one.

    The master keeps the cluster together. Where data nodes do it beside their work, a heavy query can take it away, and
    with fewer than three there is no majority once one is lost.

    Fix: set {has_masters}, and {masters.name} to three or more.
    """
    return domain.has_masters.is_true() & domain.masters.at_least(least)
