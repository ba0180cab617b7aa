from wascan.kinds.secrets import HoldsSecrets
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP03", severity="high")
def hardcoded_secrets(thing: HoldsSecrets) -> Verdict:
    """{Kinds} get their secrets from where secrets are kept.

    What stands in a template or a configuration is in the repository and its history, in every copy of it, and in
    what the stack shows of itself to whoever may look.

    Fix: take {secrets} from Secrets Manager or a secret parameter by a dynamic reference, from a parameter with
    NoEcho and without a default, or in Terraform from another resource or an ephemeral value.
    """
    return thing.secrets.every(lambda secret: secret.is_hidden())


@hardcoded_secrets.applies
def has_secrets(thing: HoldsSecrets) -> Verdict:
    """What has none has nothing to hide."""
    return thing.holds_secrets()
