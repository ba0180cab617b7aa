from wascan.kinds.federation import lets_anybody_in
from wascan.kinds.iam import Role
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC03-BP07", "SEC03-BP09", severity="high")
def federated_subject(role: Role) -> Verdict:
    """{Kinds} that trust a shared identity provider name whom they trust there.

    GitHub, GitLab and their like sign in everybody's pipelines. A role that trusts the provider, with no condition on
    the subject of the token, can be assumed by any repository of anybody.

    Fix: in {trust}, add a condition on the sub of the provider, such as repo:your-organization/your-repository:*.
    """
    return role.trust.none(lets_anybody_in)
