from wascan.kinds.texts import CarriesText
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP03", "SEC02-BP02", severity="high")
def embedded_keys(thing: CarriesText) -> Verdict:
    """{Kinds} have no keys written into scripts or variables.

    Environment variables and scripts that start a machine are shown by the console and the API to whoever may look at
    the resource, and are in the repository as well.

    Fix: give it a role in the place of an access key, and let it fetch other keys from Secrets Manager.
    """
    return thing.texts.every(lambda text: text.has_no_key())
