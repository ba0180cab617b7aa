"""Parameter groups of Amazon RDS: whether clients have to encrypt.

What a group says nothing of is as its family has it. Sources: Amazon RDS User Guide, "Using SSL with a PostgreSQL DB
instance", "Using SSL with a Microsoft SQL Server DB instance", "Requiring SSL/TLS for all connections" to MySQL and MariaDB;
Amazon Aurora User Guide, "Securing Aurora PostgreSQL data with SSL/TLS", "Security with Amazon Aurora MySQL".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.attribute import One
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.transit import EncryptsInTransit
from wascan.markers import ABSENT
from wascan.verdict import FAIL, PASS, all_of, any_of

if TYPE_CHECKING:
    from wascan.value import Value
    from wascan.verdict import Verdict

_FAMILY = re.compile(r"(aurora-)?(mysql|mariadb|postgres(?:ql)?|sqlserver)(?:-[a-z]+-)?(\d+)(?:\.(\d+))?")

_SINCE = {"postgres": (15,), "aurora-postgresql": (17,)}
"""The version of a family from which on clients have to encrypt."""

_NOT_BEFORE = {"mysql": (8, 1), "aurora-mysql": (8, 1), "mariadb": (11, 5)}
"""The version of a family before which they do not have to; what is newer is not looked up here."""


def _demands(family: str) -> bool | None:
    """Whether a family demands TLS where nobody says so; None if that is not known."""
    found = _FAMILY.match(family)
    if found is None:
        return None
    engine = (found[1] or "") + found[2]
    version = (int(found[3]), int(found[4] or 0))
    if engine in _SINCE:
        return version >= _SINCE[engine]
    if engine == "sqlserver":
        return False
    return False if version < _NOT_BEFORE.get(engine, (0,)) else None


def _has_switch(family: str) -> bool:
    return _FAMILY.match(family) is not None


def _descends_from_mysql(family: str) -> bool:
    return "mysql" in family or "mariadb" in family


def _is_on(value: Value) -> Verdict:
    return value.satisfies(lambda text: text.lower() in ("1", "on", "true"), "1")


def _named(name: str) -> dict[str, Any]:
    return {"cfn": f"$.Parameters['{name}']", "tf": f"$.parameter[?@.name=='{name}'].value", "default": ABSENT}


class _Group(EncryptsInTransit, Taggable):
    """A group, by the name of the parameter that its engine has for it."""

    transit = "set the parameter rds.force_ssl of PostgreSQL and SQL Server, require_secure_transport of others, to 1"
    family = One(cfn="$.Family", tf="$.family")
    force_ssl = One(**_named("rds.force_ssl"))
    secure_transport = One(**_named("require_secure_transport"))
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def encrypts_in_transit(self) -> Verdict:
        descends = self.family.satisfies(_descends_from_mysql, "MySQL or MariaDB")
        switches = (
            [self.secure_transport]
            if descends.truth is PASS
            else [self.force_ssl]
            if descends.truth is FAIL
            else [self.force_ssl, self.secure_transport]
        )
        silent = all_of(switch.is_absent() for switch in switches)
        demanded = silent & self.family.satisfies(_demands, "a family that demands TLS")
        return any_of(_is_on(switch) for switch in switches) | demanded

    def decides_transit(self) -> Verdict:
        """Oracle and Db2 have another way."""
        return self.family.satisfies(_has_switch, "a family that can demand TLS")


class ParameterGroup(_Group):
    """What instances are set to. That of a cluster decides for its members."""

    types = ("AWS::RDS::DBParameterGroup", "aws_db_parameter_group")
    slug = "rds-db-parameter-group"
    noun = "RDS parameter group"

    def decides_transit(self) -> Verdict:
        return super().decides_transit() & ~self.family.starts_with("aurora")


class ClusterParameterGroup(_Group):
    """What clusters are set to."""

    types = ("AWS::RDS::DBClusterParameterGroup", "aws_rds_cluster_parameter_group")
    slug = "rds-db-cluster-parameter-group"
    noun = "RDS cluster parameter group"
