"""Security groups of Amazon RDS and Amazon Redshift, from before there were VPCs: templates still have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Many, One
from wascan.kinds.families import Taggable
from wascan.kinds.securitygroups import LetsIn, Traffic
from wascan.kinds.tags import Tags
from wascan.verdict import known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wascan.verdict import Verdict


class DatabaseTraffic(Traffic):
    """What is let in to a database: always and only its own port, whichever that is (Amazon RDS API Reference,
    "AuthorizeDBSecurityGroupIngress").
    """

    addresses = Many(cfn="$.CIDRIP")
    prefix_lists = Many()
    protocol = One(default="tcp")
    first = One()
    last = One()

    def opens(self, port: int) -> Verdict:
        return known(False)

    def opens_more_than(self, ports: Iterable[int]) -> Verdict:
        return known(True)

    def takes_every_port(self) -> Verdict:
        return known(False)

    def opens_range(self) -> Verdict:
        return known(False)


class DBSecurityGroup(LetsIn, Taggable):
    """A security group of RDS, with the rules that stand in it."""

    types = ("AWS::RDS::DBSecurityGroup",)
    slug = "rds-db-security-group"
    noun = "RDS DB security group"
    inward = "{ingress.name}"
    ingress = Many(block=DatabaseTraffic, cfn="$.DBSecurityGroupIngress[*]")
    tags = Tags(cfn="$.Tags")

    def lets_in(self, question: Callable[[Traffic], Verdict]) -> Verdict:
        return self.ingress.any(question)


class LoneDatabaseIngress(DatabaseTraffic, LetsIn):
    """A rule on its own."""

    types = ("AWS::RDS::DBSecurityGroupIngress", "AWS::Redshift::ClusterSecurityGroupIngress")
    slug = "rds-db-security-group-ingress"
    noun = "DB security group ingress rule"
    inward = "{addresses.name}"

    def lets_in(self, question: Callable[[Traffic], Verdict]) -> Verdict:
        return question(self)
