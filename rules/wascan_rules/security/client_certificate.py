from wascan.kinds.apigateway import RestStage
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC09-BP03", severity="low")
def client_certificate(stage: RestStage) -> Verdict:
    """{Kinds} show a certificate to their backends.

    A backend that is reached over the internet cannot otherwise tell a request that came through the API, with its
    checks and limits, from one that bypassed it.

    Fix: set {client_certificate.name}, and let the backend check the certificate.
    """
    return stage.client_certificate.is_present()


@client_certificate.applies
def can_show_one(stage: RestStage) -> Verdict:
    """Where it can be given one."""
    return stage.takes_certificate()
