from wascan.kinds.vpc import VPC
from wascan.rule import rule
from wascan.verdict import Verdict


@rule("SEC04-BP01", "SEC05-BP02", severity="medium", evidence="elsewhere")
def flow_logs(vpc: VPC) -> Verdict:
    """{Kinds} have flow logs.

    Flow logs say who talked to whom, and what was refused. Without them nobody can tell after an attack where it came from
    and where data went, and security groups can only be guessed at.

    Fix: add a flow log for it, to CloudWatch Logs, S3 or Firehose.
    """
    return vpc.flow_logs.is_true()
