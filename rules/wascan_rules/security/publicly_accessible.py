from wascan.kinds.exposure import Publishable
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP01", "SEC08-BP04", severity="high")
def publicly_accessible(store: Publishable) -> Verdict:
    """{Kinds} have no public address.

    With a public address, one security group that is opened by mistake, or one password that leaks, is all that stands
    between the data and the world. Clients in the network do not need it.

    Fix: switch {public.name} off, and put it into private subnets.
    """
    return store.is_private()
