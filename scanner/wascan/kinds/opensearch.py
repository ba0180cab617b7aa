"""Amazon OpenSearch Service, with its Elasticsearch domains, and OpenSearch Serverless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Always, Beside, Flag, LinkTo, Many, One
from wascan.kinds.exposure import HasEndpoint, InGroups
from wascan.kinds.families import Encrypts, MultiAZ, Protected, Taggable, TakesKey, Upgrades, Versioned
from wascan.kinds.keys import Key
from wascan.kinds.lifecycle import supported
from wascan.kinds.policies import Policy
from wascan.kinds.secrets import HoldsSecrets, Secrets
from wascan.kinds.sharing import PolicyOfOne, Shared
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Audits, Logs
from wascan.kinds.transit import EncryptsBetweenNodes, EncryptsInTransit, SpeaksTLS
from wascan.kinds.within import KeyWithin
from wascan.markers import ABSENT
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.kind import Kind
    from wascan.value import Reading
    from wascan.verdict import Verdict

_ELASTICSEARCH = ("AWS::Elasticsearch::Domain", "aws_elasticsearch_domain")


class EngineVersion(One):
    """The version of a domain: without one, the older types take 1.5 (CloudFormation, "AWS::Elasticsearch::Domain")."""

    def read(self, kind: Kind) -> Reading:
        found = super().read(kind)
        if found.data is ABSENT and kind._resource.type in _ELASTICSEARCH:
            found.data, found.defaulted = "1.5", True
        return found


class SearchDomain(
    Encrypts,
    TakesKey,
    MultiAZ,
    Upgrades,
    Versioned,
    HasEndpoint,
    InGroups,
    EncryptsInTransit,
    SpeaksTLS,
    EncryptsBetweenNodes,
    Shared,
    Logs,
    Audits,
    HoldsSecrets,
    Taggable,
):
    """A domain: data nodes, and master nodes if there are any of their own."""

    types = ("AWS::OpenSearchService::Domain", "aws_opensearch_domain", *_ELASTICSEARCH)
    slug = "opensearch-domain"
    noun = "OpenSearch domain"
    spread = "set {zone_aware}, with at least two data nodes"
    own_name = One(cfn="$.DomainName", tf="$.domain_name")
    encrypted = Flag(cfn="$.EncryptionAtRestOptions.Enabled", tf="$.encrypt_at_rest[*].enabled")
    key = Key(cfn="$.EncryptionAtRestOptions.KmsKeyId", tf="$.encrypt_at_rest[*].kms_key_id")
    nodes = One(
        cfn=("$.ElasticsearchClusterConfig.InstanceCount", "$.ClusterConfig.InstanceCount"),
        tf="$.cluster_config[*].instance_count",
        default=1,
    )
    zone_aware = Flag(
        cfn=("$.ElasticsearchClusterConfig.ZoneAwarenessEnabled", "$.ClusterConfig.ZoneAwarenessEnabled"),
        tf="$.cluster_config[*].zone_awareness_enabled",
    )
    standby = Flag(
        cfn="$.ClusterConfig.MultiAZWithStandbyEnabled", tf="$.cluster_config[*].multi_az_with_standby_enabled"
    )
    has_masters = Flag(
        cfn=("$.ElasticsearchClusterConfig.DedicatedMasterEnabled", "$.ClusterConfig.DedicatedMasterEnabled"),
        tf="$.cluster_config[*].dedicated_master_enabled",
    )
    masters = One(
        cfn=("$.ElasticsearchClusterConfig.DedicatedMasterCount", "$.ClusterConfig.DedicatedMasterCount"),
        tf="$.cluster_config[*].dedicated_master_count",
    )
    auto_upgrade = Flag(
        cfn="$.SoftwareUpdateOptions.AutoSoftwareUpdateEnabled",
        tf="$.software_update_options[*].auto_software_update_enabled",
    )
    version = EngineVersion(
        cfn=("$.ElasticsearchVersion", "$.EngineVersion"), tf=("$.elasticsearch_version", "$.engine_version")
    )
    privacy = "name subnets in {place.name}"
    place = Many(cfn="$.VPCOptions.SubnetIds[*]", tf="$.vpc_options[*].subnet_ids[*]")
    groups = Many(cfn="$.VPCOptions.SecurityGroupIds[*]", tf="$.vpc_options[*].security_group_ids[*]")
    transit = "set {in_transit}"
    in_transit = Flag(cfn="$.DomainEndpointOptions.EnforceHTTPS", tf="$.domain_endpoint_options[*].enforce_https")
    tls_policy = One(
        cfn="$.DomainEndpointOptions.TLSSecurityPolicy",
        tf="$.domain_endpoint_options[*].tls_security_policy",
        default="Policy-Min-TLS-1-0-2019-07",
    )
    between_nodes = Flag(cfn="$.NodeToNodeEncryptionOptions.Enabled", tf="$.node_to_node_encryption[*].enabled")
    policy = Policy(
        cfn="$.AccessPolicies",
        tf=(
            "$.access_policies",
            Beside("aws_opensearch_domain_policy", "$.access_policies", by="$.domain_name"),
            Beside("aws_elasticsearch_domain_policy", "$.access_policies", by="$.domain_name"),
        ),
    )
    fine_grained = Flag(cfn="$.AdvancedSecurityOptions.Enabled", tf="$.advanced_security_options[*].enabled")
    secrets = Secrets(
        cfn="$.AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword",
        tf="$.advanced_security_options[*].master_user_options[*].master_user_password",
    )
    logs = Flag(
        cfn="$.LogPublishingOptions.ES_APPLICATION_LOGS.Enabled",
        tf="$.log_publishing_options[?@.log_type=='ES_APPLICATION_LOGS'].enabled",
    )
    auditing = "set {audit}"
    audit = Flag(
        cfn="$.LogPublishingOptions.AUDIT_LOGS.Enabled",
        tf="$.log_publishing_options[?@.log_type=='AUDIT_LOGS'].enabled",
    )
    slow_searches = Flag(
        cfn="$.LogPublishingOptions.SEARCH_SLOW_LOGS.Enabled",
        tf="$.log_publishing_options[?@.log_type=='SEARCH_SLOW_LOGS'].enabled",
    )
    slow_indexing = Flag(
        cfn="$.LogPublishingOptions.INDEX_SLOW_LOGS.Enabled",
        tf="$.log_publishing_options[?@.log_type=='INDEX_SLOW_LOGS'].enabled",
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """Shards and their copies are in different zones if the domain knows of zones and has a node in each."""
        return (self.zone_aware.is_true() & self.nodes.at_least(2)) | self.standby.is_true()

    def decides_upgrades(self) -> Verdict:
        """The older types cannot say so."""
        return known(self._resource.type not in _ELASTICSEARCH)

    def is_supported(self, today: str) -> Verdict:
        """The older types give a bare version, the newer ones one with its engine."""
        return supported(
            self.version, "elasticsearch" if self._resource.type in _ELASTICSEARCH else "opensearch", today
        )

    def has_private_endpoint(self) -> Verdict:
        """A domain is on the internet unless it is made in a VPC."""
        return ~self.place.is_empty()

    def decides_groups(self) -> Verdict:
        """Whether it is in a VPC."""
        return ~self.place.is_empty()

    def encrypts_in_transit(self) -> Verdict:
        return self.in_transit.is_true()

    def is_logged(self) -> Verdict:
        return self.logs.is_true()

    def is_audited(self) -> Verdict:
        return self.audit.is_true()


class DomainPolicy(PolicyOfOne):
    """The policy of a search domain."""

    types = ("aws_opensearch_domain_policy", "aws_elasticsearch_domain_policy")
    slug = "opensearch-domain-policy"
    noun = "OpenSearch domain policy"
    owner = LinkTo(to="SearchDomain", tf="$.domain_name")
    policy = Policy(tf="$.access_policies")


class SearchCollection(Encrypts, MultiAZ, Protected, Taggable):
    """A serverless collection, whose encryption key an encryption policy chooses."""

    types = ("AWS::OpenSearchServerless::Collection", "aws_opensearchserverless_collection")
    slug = "opensearch-serverless-collection"
    noun = "OpenSearch Serverless collection"
    own_name = One(cfn="$.Name", tf="$.name")
    encrypted = Always(True, "Amazon OpenSearch Service Developer Guide, Encryption in Amazon OpenSearch Serverless")
    multi_az = Flag(on=("ENABLED",), cfn="$.StandbyReplicas", tf="$.standby_replicas", default=True)
    deletion_protection = Flag(on=("ENABLED",), cfn="$.DeletionProtection")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def in_several_zones(self) -> Verdict:
        """Standby replicas are in another zone."""
        return self.multi_az.is_true()

    def decides_protection(self) -> Verdict:
        """The Terraform provider does not know it up to version 5."""
        return known(self._resource.dialect != "tf")


class SearchEncryptionPolicy(TakesKey):
    """A security policy of OpenSearch Serverless, which says with whose key the collections that it names are
    encrypted: AWS's own, or that of its ``KmsARN``.
    """

    types = ("AWS::OpenSearchServerless::SecurityPolicy", "aws_opensearchserverless_security_policy")
    slug = "opensearch-serverless-security-policy"
    noun = "OpenSearch Serverless encryption policy"
    type = One(cfn="$.Type", tf="$.type")
    key = KeyWithin("KmsARN", cfn="$.Policy", tf="$.policy")

    def decides_encryption(self) -> Verdict:
        """The other sort is about networks."""
        return self.type.equals("encryption")
