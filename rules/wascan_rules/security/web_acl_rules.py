from wascan.kinds.waf import Inspects
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC05-BP03", severity="medium")
def web_acl_rules(acl: Inspects) -> Verdict:
    """{Kinds} have rules.

    A web ACL without rules treats all requests alike. It looks like protection, and inspects nothing.

    Fix: add rules, such as the managed rule groups of AWS for common threats and known bad inputs.
    """
    return ~acl.rules.is_empty()
