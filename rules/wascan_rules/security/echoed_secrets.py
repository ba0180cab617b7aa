from wascan.kinds.secrets import HoldsSecrets
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP03", severity="medium")
def echoed_secrets(thing: HoldsSecrets) -> Verdict:
    """{Kinds} take secrets only from sources that hide them.

    A stack shows the values of its parameters to whoever may describe it, in the console and in the logs of pipelines,
    unless they have NoEcho; Terraform prints those of variables that are not sensitive. Many more people may look at a
    stack than should know its passwords.

    Fix: {kept}.
    """
    return thing.secrets.every(lambda secret: secret.stays_out_of_sight())


@echoed_secrets.applies
def has_secrets(thing: HoldsSecrets) -> Verdict:
    """What has none has nothing to hide."""
    return thing.holds_secrets()
