"""Amazon MQ."""

from __future__ import annotations

from wascan.attribute import Always, Flag, One
from wascan.kinds.exposure import Publishable
from wascan.kinds.families import Encrypts, MultiAZ, Taggable, TakesKey, Upgrades, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.lifecycle import supported
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits, Logs
from wascan.markers import MARKERS, plain
from wascan.value import Fact
from wascan.verdict import UNKNOWN, Verdict


class Broker(Encrypts, TakesKey, MultiAZ, Upgrades, Versioned, Publishable, Logs, Audits, HoldsSecrets, Taggable):
    """A message broker."""

    types = ("AWS::AmazonMQ::Broker", "aws_mq_broker")
    slug = "mq-broker"
    noun = "MQ broker"
    spread = "set {deployment.name} to ACTIVE_STANDBY_MULTI_AZ (ActiveMQ) or CLUSTER_MULTI_AZ (RabbitMQ)"
    own_name = One(cfn="$.BrokerName", tf="$.broker_name")
    encrypted = Always(True, "Amazon MQ Developer Guide, Encryption at rest")
    key = Key(cfn="$.EncryptionOptions.KmsKeyId", tf="$.encryption_options[*].kms_key_id")
    deployment = One(cfn="$.DeploymentMode", tf="$.deployment_mode", default="SINGLE_INSTANCE")
    engine = One(cfn="$.EngineType", tf="$.engine_type")
    version = One(cfn="$.EngineVersion", tf="$.engine_version")
    auto_upgrade = Flag(cfn="$.AutoMinorVersionUpgrade", tf="$.auto_minor_version_upgrade")
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible")
    logs = Flag(cfn="$.Logs.General", tf="$.logs[*].general")
    auditing = "set {audit}"
    audit = Flag(cfn="$.Logs.Audit", tf="$.logs[*].audit")
    secrets = Secrets(cfn="$.Users[*].Password", tf="$.user[*].password")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        return self.deployment.ends_with("MULTI_AZ")

    def is_supported(self, today: str) -> Verdict:
        engine = self.engine.data
        if isinstance(engine, MARKERS):
            return Verdict(UNKNOWN, (Fact(self.engine, "one_of", ("ActiveMQ", "RabbitMQ")),))
        return supported(self.version, f"mq-{plain(engine).lower()}", today)

    def is_logged(self) -> Verdict:
        return self.logs.is_true()

    def is_audited(self) -> Verdict:
        return self.audit.is_true()

    def decides_audit(self) -> Verdict:
        """RabbitMQ has no audit log (Amazon MQ Developer Guide, "Configuring Amazon MQ for RabbitMQ logs")."""
        return ~self.engine.satisfies(lambda engine: engine.lower() == "rabbitmq", "RabbitMQ")
