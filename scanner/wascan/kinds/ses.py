"""Amazon Simple Email Service."""

from __future__ import annotations

from wascan.kinds.policies import Policy
from wascan.kinds.sharing import Shared


class SenderPolicy(Shared):
    """Who may send mail in the name of a domain or address."""

    types = ("aws_ses_identity_policy", "aws_sesv2_email_identity_policy")
    slug = "ses-identity-policy"
    noun = "policy of an email identity"
    plural = "policies of email identities"
    policy = Policy(tf="$.policy")
