"""A kind, rules and a scan of their own for the tests of words and reports, so that these change with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from wascan import dialects, document, kind
from wascan.attribute import Always, Beside, Flag, LinkTo, Many, One, depends
from wascan.engine import Engine
from wascan.finding import Report
from wascan.graph import Note
from wascan.kind import Kind
from wascan.kinds.keys import Key
from wascan.kinds.secrets import Secrets
from wascan.kinds.tags import Tags
from wascan.rule import Check, Rule, rule
from wascan.sources import Form, Skipped, Source, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.finding import Finding
    from wascan.verdict import Verdict


class Store(Kind):
    """Something that keeps data."""

    slug = "data-store"
    noun = "data store"
    encrypted = Flag(cfn="$.StorageEncrypted", tf="$.storage_encrypted")
    key = Key(cfn="$.KmsKeyId", tf="$.kms_key_id")
    days = One(cfn="$.BackupRetentionPeriod", tf="$.backup_retention_period", default={"cfn": 1, "tf": 0})
    algorithm = One(cfn="$.Encryption.Rules.Default.Algorithm", tf="$.algorithm")
    versioning = Flag(on=("Enabled",), cfn="$.Versioning.Status", tf="$.versioning_status")
    block_acls = Flag(cfn="$.PublicAccess.BlockAcls", tf="$.block_acls")
    block_policy = Flag(cfn="$.PublicAccess.BlockPolicy", tf="$.block_policy")
    public = Flag(cfn="$.PubliclyAccessible", tf="$.publicly_accessible")
    password = One(cfn="$.MasterUserPassword", tf="$.password", secret=True)
    secrets = Secrets(cfn=("$.MasterUserPassword", "$.AuthToken"), tf=("$.password", "$.auth_token"))
    zone = One(cfn="$.Zone", tf="$.zone", default=depends)
    deletion = One(cfn="@.DeletionPolicy", tf="$.skip_final_snapshot")
    subnets = Many(cfn="$.SubnetIds[*]", tf="$.subnet_ids[*]")
    effect = One(cfn=Beside("Test::Data::Policy", "$.Effect", by="$.Store"), tf=None)
    who = One(cfn=Beside("Test::Data::Policy", "$.Who", by="$.Store"), tf=None)
    twin = LinkTo(cfn="$.Twin", tf="$.twin", to="Store")
    fixed = Always(False, "nobody's page", "the weather")
    tags = Tags(cfn="$.Tags", tf="$.tags")


TYPES = ("Test::Data::Store", "aws_test_store")


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the kind known for one test."""
    monkeypatch.setattr(Store, "types", TYPES)
    for type in TYPES:
        monkeypatch.setitem(kind._KINDS, type, Store)


def make(
    id: str, ask: Callable[[Any], Verdict], doc: str = "", *practices: str, pillar: str = "security", **options: Any
) -> Rule:
    """A rule from a question."""

    def judge(store: Store) -> Verdict:
        return ask(store)

    judge.__name__ = id.replace("-", "_")
    judge.__module__ = f"pack.{pillar}.{judge.__name__}"
    judge.__doc__ = doc or "{Kinds} are as they should be.\n\nOr else.\n\nFix: mend it."
    return rule(*(practices or ("SEC08-BP02",)), severity=options.pop("severity", "high"), **options)(judge)


def scan(rules: list[Rule], texts: dict[str, str], **settings: Any) -> Report:
    """A report on documents by name, as the command line would make it."""
    sources = []
    for name, text in texts.items():
        read = document.read(name, text.encode())
        sources.append(Source(name, None, Form.PLAN if "format_version" in read.data else Form.TEMPLATE, read))
    graph = dialects.read(sources, dialects.Settings(**settings))
    checks: list[Check] = [Check(item, Store) for item in rules]
    engine = Engine(graph, lambda kind: checks if kind is Store else [], lambda _: {}, lambda check: check.severity)
    report = Report(graph)
    report.findings = sorted(
        engine.findings(), key=lambda item: (item.place.file, item.place.line, item.place.column, item.check.id)
    )
    assert not engine.broken
    report.judged = engine.judged
    report.notes = list(graph.notes)
    report.sources = sources
    report.files = list(texts)
    return report


def found(ask: Callable[[Any], Verdict], text: str, doc: str = "", **settings: Any) -> Finding:
    """The one finding of one question on a template whose resources are `text`, or on a whole one."""
    whole = text if "Resources:" in text or text.startswith("{") else f"Resources:\n{text}"
    (finding,) = scan([make("right", ask, doc)], {"t.yaml": whole}, **settings).findings
    return finding


def store(properties: str, name: str = "Orders") -> str:
    """A resource with these properties."""
    lines = "".join(f"      {line}\n" for line in properties.strip("\n").splitlines())
    return f"  {name}:\n    Type: Test::Data::Store\n" + (f"    Properties:\n{lines}" if lines.strip() else "")


RULES = [
    make(
        "encryption-at-rest",
        lambda s: s.encrypted.is_true(),
        """{Kinds} are encrypted at rest.

        Whoever gets hold of a disk or a snapshot reads it, unless it is encrypted.

        Fix: set {encrypted}.""",
        "SEC08-BP02",
        severity="high",
    ),
    make(
        "closed-policy",
        lambda s: ~s.effect.equals("Allow"),
        """{Kinds} are closed to the world.

        Fix: remove the policy.""",
        "SEC03-BP07",
        "SEC08-BP04",
        severity="high",
    ),
    make(
        "backups",
        lambda s: s.days.at_least(7),
        """{Kinds} are backed up, and backups are kept for a week.

        Damage is often noticed days after it was done.

        Fix: set {days}.""",
        "REL09-BP03",
        pillar="reliability",
        severity="medium",
    ),
    make(
        "versions",
        lambda s: s.versioning.is_true(),
        """{Kinds} keep versions.

        Fix: set {versioning}.""",
        "REL09-BP01",
        pillar="reliability",
        severity="low",
    ),
    make("strong-password", lambda s: s.password.is_absent(), "{Kinds} have no password in them.", "SEC02-BP03"),
    make(
        "known-zone", lambda s: s.zone.is_absent(), "{Kinds} pick no zone.", "COST05-BP02", pillar="cost-optimization"
    ),
]

DATA = """\
Transform: AWS::LanguageExtensions
Parameters:
  Encrypt: {Type: String}
  Days: {Type: Number, Default: 35, AllowedValues: [1, 35]}
Resources:
  Orders:
    Type: Test::Data::Store
    Properties:
      StorageEncrypted: false
      BackupRetentionPeriod: 1
      Versioning: {Status: Enabled}
  OrdersPolicy:
    Type: Test::Data::Policy
    Properties:
      Store: !Ref Orders
      Effect: Allow
  Archive:
    Type: Test::Data::Store
    Properties:
      StorageEncrypted: !Ref Encrypt
      BackupRetentionPeriod: !Ref Days
      Versioning: {Status: Suspended}
      MasterUserPassword: hunter2
  Fn::ForEach::Stores:
    - Name
    - [Red, Green, Blue]
    - ${Name}Store:
        Type: Test::Data::Store
        Properties: {StorageEncrypted: true, BackupRetentionPeriod: 7}
"""

HOSTILE = """\
{"Resources": {
  "Evil": {"Type": "Test::Data::Store", "Metadata": {"aws:cdk:path": "Dev/<b>Evil</b>/Resource"}, "Properties": {
    "StorageEncrypted": true, "BackupRetentionPeriod": 9, "Versioning": {"Status": "Enabled"},
    "Zone": "\\u001b[31m | <script>alert(1)</script> [x](http://evil.example) \\n::error::@everyone ##[error] `a`"}}
}}
"""


class Accepted:
    """A waiver, as `wascan.waivers` makes them."""

    reason = "the key is rotated by hand | <i>"
    origin = "inline"
    until = "2027-01-31"

    def __init__(self, place: Any) -> None:
        self.place = place


def sample() -> Report:
    """A report with something of everything."""
    report = scan(RULES, {"app/data.yaml": DATA, "::evil <x>.json": HOSTILE})
    waived = next(finding for finding in report.findings if finding.check.rule.id == "strong-password")
    waived.waiver = Accepted(waived.place)
    report.unconfigured["required-tags"] = ("tags",)
    report.skipped.append(Skipped("package.json", "not a template, assembly or plan"))
    report.unreadable.append(Unreadable("app/broken.yaml", "has a tab where spaces are due", 3, 1))
    report.notes.append(Note("warning", "the waiver is used by nothing", "app/data.yaml", 2))
    return report
