"""The constructs of a CDK app, as far as its assembly tells of them: who makes what, and from which line.

Sources: the Cloud Assembly Schema (``metadata-schema.ts``, ``tree-metadata.ts``) and what aws-cdk-lib writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOGICAL_ID = "aws:cdk:logicalId"
_CREATED = "aws:cdk:creationStack"
_ASSIGNED = "aws:cdk:propertyAssignment"
_ACKNOWLEDGED = "aws:cdk:acknowledged-rules"

_MADE_BY_CDK = (
    "aws:cdk:is-custom-resource-handler-customResourceProvider",
    "aws:cdk:is-custom-resource-handler-singleton",
)
"""What aws-cdk-lib writes on the handlers of its own custom resources (since 2.160)."""

_CDKS_CLASSES = frozenset(
    {
        "aws-cdk-lib.CustomResourceProviderBase",
        "aws-cdk-lib.aws_eks.KubectlProvider",
        "aws-cdk-lib.aws_eks_v2.KubectlProvider",
        "aws-cdk-lib.custom_resources.Provider",
    }
)
"""Classes of which CDK makes all that is inside. The handler that a person gives a `Provider` stands beside it; one's
own `CustomResourceProvider` is another class."""

_CDKS_SINGLETONS = (
    "AWS679f53fac002430cb0da5b7982bd2287",  # AwsCustomResource
    "AWSb4cf1abd4e4f4bc699441af7ccd9ec37",  # events target AwsApi
    "BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
    "CrossRegionAwsSdk8a0c93f3dbef4b71ac137aaf2048ce7e",
    "Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C",
    "LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a",
    "SingletonLambda224e77f9a32e4b4dac32983477abba16",  # SES DropSpamReceiptRule
    "@aws-cdk--",  # the nested stacks of providers
)
"""How the ids begin that CDK gives to what it makes once in a stack: a purpose and a UUID."""

_SINGLETON_CLASSES = frozenset({"aws-cdk-lib.NestedStack", "aws-cdk-lib.aws_lambda.Function", "constructs.Construct"})

_CDKS_PROVIDERS = frozenset(
    f"{type}CustomResourceProvider"
    for type in (
        "AWSCDK.TriggerCustomResourceProvider",
        "AWSCDKCfnUtilsProvider",
        "Custom::AWSCDKOpenIdConnectProvider",
        "Custom::CrossAccountZoneDelegation",
        "Custom::CrossRegionExportReader",
        "Custom::CrossRegionExportWriter",
        "Custom::CrossRegionStringParameterReader",
        "Custom::DeleteExistingRecordSet",
        "Custom::ECRAutoDeleteImages",
        "Custom::S3AutoDeleteObjects",
        "Custom::SyntheticsAutoDeleteUnderlyingResources",
        "Custom::VpcRestrictDefaultSG",
    )
)
"""The ids of CDK's own providers from the time when they were plain `CustomResourceProvider`s (until 2.100)."""


class Constructs:
    """What the metadata and the tree of an assembly say, by construct path (``Stack/Bucket/Resource``)."""

    def __init__(self) -> None:
        self._metadata: dict[str, list[dict[str, Any]]] = {}
        self._cdks: set[str] = set()
        self._by_logical_id: dict[str, list[str]] | None = None

    def learn(self, metadata: dict[str, Any]) -> None:
        """Takes in the metadata of a stack: lists of entries by construct path with a leading slash."""
        for path, entries in metadata.items():
            if isinstance(entries, list):
                kept = [entry for entry in entries if isinstance(entry, dict)]
                self._metadata.setdefault(path.lstrip("/"), []).extend(kept)
                if any(entry.get("type") in _MADE_BY_CDK for entry in kept):
                    self._cdks.add(path.lstrip("/"))

    def learn_tree(self, root: Any) -> None:
        """Takes in the tree of the app's constructs."""
        pending: list[tuple[Any, str]] = [(root, "")]
        while pending:
            node, around = pending.pop()
            if not isinstance(node, dict):
                continue
            info = node.get("constructInfo")
            kind = str(info.get("fqn")) if isinstance(info, dict) else ""
            if isinstance(node.get("path"), str) and _is_cdks(str(node.get("id")), kind, around):
                self._cdks.add(node["path"])
                continue
            children = node.get("children")
            if isinstance(children, dict):
                pending.extend((child, kind) for child in children.values())

    def is_made_by_cdk(self, path: str) -> bool:
        """Whether CDK makes it for its own purposes: what nobody wrote and nobody can configure."""
        return any(above in self._cdks for above in _upwards(path))

    def path_of(self, logical_id: str, stack: str) -> str:
        """The path of what has a logical id in the stack at a path; empty where the metadata do not say."""
        if self._by_logical_id is None:
            self._by_logical_id = {}
            for path, entries in self._metadata.items():
                for entry in entries:
                    if entry.get("type") == _LOGICAL_ID and isinstance(entry.get("data"), str):
                        self._by_logical_id.setdefault(entry["data"], []).append(path)
        # a nested stack may use the logical ids of its parent again, further down
        below = [path for path in self._by_logical_id.get(logical_id, ()) if path.startswith(f"{stack}/")]
        return min(below, key=lambda path: path.count("/"), default="")

    def traces(self, path: str, property: str) -> Iterator[list[Any]]:
        """The stack traces of what made a construct: where the property was set last, if it was; where it was made;
        where the constructs around it were made, from the nearest. Only resources and stacks have traces: for another
        construct, that of its default child stands, which is made together with it (constructs, ``Node.defaultChild``).
        """
        if property:
            for entry in reversed(self._metadata.get(path, ())):
                data = entry.get("data")
                if entry.get("type") == _ASSIGNED and isinstance(data, dict) and data.get("propertyName") == property:
                    yield _list(data.get("stackTrace"))
        for above in _upwards(path):
            for made in (above, f"{above}/Resource", f"{above}/Default"):
                yield from map(_trace, self._metadata.get(made, ()))

    def acknowledged(self) -> Iterator[tuple[str, str, str, list[Any]]]:
        """What ``Validations.of(construct).acknowledge()`` was called with: the construct's path, the rule, the
        reason, and the stack trace of the call.
        """
        for path, entries in self._metadata.items():
            for entry in entries:
                data = entry.get("data")
                if entry.get("type") == _ACKNOWLEDGED and isinstance(data, dict):
                    for rule, reason in data.items():
                        yield path, rule, reason if isinstance(reason, str) else "", _list(entry.get("trace"))

    def all_traces(self) -> Iterator[list[Any]]:
        """Every trace of a construct's making."""
        for entries in self._metadata.values():
            yield from filter(None, map(_trace, entries))


def _trace(entry: dict[str, Any]) -> list[Any]:
    """The trace of a construct's making, if the entry has it; older versions keep it with the logical id."""
    if entry.get("type") == _CREATED:
        return _list(entry.get("data"))
    return _list(entry.get("trace")) if entry.get("type") == _LOGICAL_ID else []


def _is_cdks(id: str, kind: str, around: str) -> bool:
    """Whether a construct is CDK's by its id, its class and the class of the construct around it."""
    if kind in _CDKS_CLASSES:
        return True
    if kind == "aws-cdk-lib.CustomResourceProvider":
        return id in _CDKS_PROVIDERS
    if id == "Notifications" and kind == "constructs.Construct":
        return around.startswith("aws-cdk-lib.aws_s3.Bucket")  # what tells the handler of all buckets about this one
    return kind in _SINGLETON_CLASSES and id.startswith(_CDKS_SINGLETONS)


def _upwards(path: str) -> Iterator[str]:
    """A path, and those of the constructs around it, from the nearest."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []
