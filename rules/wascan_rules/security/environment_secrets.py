from wascan.kinds.environment import HasEnvironment
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC02-BP03", severity="high")
def environment_secrets(thing: HasEnvironment) -> Verdict:
    """{Kinds} have no secrets written into their environment variables.

    The console and the API show environment variables to whoever may look at the resource, and what is written there
    is in the repository as well. A variable called PASSWORD with a literal value is taken for a secret.

    Fix: put the secret into Secrets Manager, and let the code fetch it from there; ECS and CodeBuild do so themselves where
    they are told its ARN.
    """
    return thing.keeps_secrets_out()
