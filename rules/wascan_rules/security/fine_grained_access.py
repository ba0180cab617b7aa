from wascan.kinds.opensearch import SearchDomain
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP02", "SEC08-BP04", severity="medium")
def fine_grained_access(domain: SearchDomain) -> Verdict:
    """{Kinds} control access to each index.

    An access policy lets people in or keeps them out. Whoever is in reads every index and document, unless the domain has
    roles of its own.

    Fix: set {fine_grained}, which requires encryption at rest and between nodes, and HTTPS.
    """
    return domain.fine_grained.is_true()
