from wascan.kinds.secrets import HoldsSecrets
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP03", severity="high")
def hardcoded_secrets(thing: HoldsSecrets) -> Verdict:
    """{Kinds} have no secrets written into the code.

    What stands in a template or a configuration, be it as a default, is in the repository and its history, and in every
    copy of it. Whoever has read it once keeps it, until somebody changes it everywhere.

    Fix: {kept}; and change the secret, for it is known.
    """
    return thing.secrets.every(lambda secret: secret.stays_out_of_code())


@hardcoded_secrets.applies
def has_secrets(thing: HoldsSecrets) -> Verdict:
    """What has none has nothing to hide."""
    return thing.holds_secrets()
