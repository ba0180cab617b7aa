from wascan.kinds.families import DataStore
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC07-BP02", "DRHCSEC03-BP01", severity="high")
def data_residency(store: DataStore, *, regions: list[str]) -> Verdict:
    """{Kinds} keep their data in the allowed Regions.

    Where data lies decides which law governs it. A Region outside the agreed ones is a breach on the day of the first
    write, however well the data is encrypted.

    Fix: deploy it only to an allowed Region.
    """
    return store.lies_in(regions)
