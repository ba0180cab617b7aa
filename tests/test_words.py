"""What is said of findings: what is the case, what was wanted where that is not plain, and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import Store, found, make, scan, store, stores  # noqa: F401  a fixture
from wascan.packs import Packs
from wascan.rule import Check
from wascan.testing import rule_cases
from wascan.verdict import Truth
from wascan.words import describe, fix, gist, printable, remedies, sentence, shown

pytestmark = pytest.mark.usefixtures("stores")

FAILS: list[tuple[str, Any, str]] = [
    ("", lambda s: s.encrypted.is_true(), "StorageEncrypted is not set; AWS's default is false"),
    ("StorageEncrypted: false", lambda s: s.encrypted.is_true(), "StorageEncrypted is false"),
    ("StorageEncrypted: 'False'", lambda s: s.encrypted.is_true(), "StorageEncrypted is False"),
    ("PubliclyAccessible: true", lambda s: s.public.is_false(), "PubliclyAccessible is true"),
    ("Zone: all", lambda s: ~s.zone.satisfies(lambda _: True, "-1 or all"), "Zone is all"),
    ("Zone: all", lambda s: ~s.zone.satisfies(lambda _: True, "every zone"), "Zone is all, every zone"),
    ("PubliclyAccessible: true", lambda s: ~s.public.is_true(), "PubliclyAccessible is true"),
    ("", lambda s: s.versioning.is_true(), "Versioning.Status is not set"),
    (
        "Versioning: {Status: Suspended}",
        lambda s: s.versioning.is_true(),
        "Versioning.Status is Suspended, not Enabled",
    ),
    (
        "Encryption: {Rules: {Default: {Algorithm: AES256}}}",
        lambda s: s.algorithm.one_of("aws:kms", "aws:kms:dsse"),
        "Default.Algorithm is AES256, not aws:kms or aws:kms:dsse",
    ),
    (
        "Encryption: {Rules: {Default: {Algorithm: none}}}",
        lambda s: ~s.algorithm.equals("none"),
        "Default.Algorithm is none",
    ),
    (
        "Encryption: {Rules: {Default: {Algorithm: x}}}",
        lambda s: s.algorithm.one_of(*"abcdefg"),
        "Default.Algorithm is x, not a, b, c, d or one of 3 more",
    ),
    ("BackupRetentionPeriod: 3", lambda s: s.days.at_least(7), "BackupRetentionPeriod is 3, less than 7"),
    ("", lambda s: s.days.at_least(7), "BackupRetentionPeriod is not set; AWS's default is 1, less than 7"),
    ("BackupRetentionPeriod: 90", lambda s: s.days.at_most(35), "BackupRetentionPeriod is 90, more than 35"),
    ("BackupRetentionPeriod: 90", lambda s: ~s.days.at_least(36), "BackupRetentionPeriod is 90"),
    ("", lambda s: s.key.is_present(), "KmsKeyId is not set"),
    ("KmsKeyId: ''", lambda s: s.key.is_present(), 'KmsKeyId is ""'),
    ("Zone: a", lambda s: s.zone.is_absent(), "Zone is a"),
    (
        "KmsKeyId: alias/aws/rds",
        lambda s: s.key.is_customer_managed(),
        "KmsKeyId is alias/aws/rds, a key that AWS manages",
    ),
    ("", lambda s: s.key.is_customer_managed(), "KmsKeyId is not set"),
    ("Zone: eu-1", lambda s: s.zone.starts_with("us-", "ca-"), "Zone is eu-1, which does not begin with us- or ca-"),
    ("Zone: eu-1", lambda s: s.zone.ends_with("2"), "Zone is eu-1, which does not end in 2"),
    ("Zone: eu-1", lambda s: s.zone.holds("west"), "Zone is eu-1, which does not contain west"),
    ("Zone: eu-1", lambda s: ~s.zone.holds("eu"), "Zone is eu-1"),
    ("Zone: x", lambda s: s.zone.satisfies(lambda _: False, "a zone of ours"), "Zone is x, not a zone of ours"),
    ("Zone: x", lambda s: ~s.zone.satisfies(lambda _: True, "everybody's zone"), "Zone is x, everybody's zone"),
    ("Zone: !Sub '${AWS::Region}a'", lambda s: s.zone.ends_with("b"), "Zone is ${...}a, which does not end in b"),
    ("", lambda s: s.subnets.any(lambda v: v.is_present(), "a private one"), "SubnetIds is not set"),
    ("SubnetIds: []", lambda s: s.subnets.any(lambda v: v.is_present(), "a private one"), "SubnetIds is empty"),
    (
        "SubnetIds: [a]",
        lambda s: s.subnets.any(lambda v: v.equals("b"), "b") & s.subnets.any(lambda v: v.equals("c"), "c"),
        "SubnetIds lacks b and c",
    ),
    ("SubnetIds: [a, b]", lambda s: s.subnets.none(lambda v: v.one_of("a", "b")), "SubnetIds is a and b"),
    (
        "SubnetIds: [a, b]",
        lambda s: s.subnets.every(lambda v: v.ends_with("c")),
        "SubnetIds is a and b, which does not end in c",
    ),
    (
        "Zone: x",
        lambda s: s.zone.starts_with("aurora") | s.zone.equals("postgres"),
        "Zone is x, which does not begin with aurora",
    ),
    ("SubnetIds: [a]", lambda s: s.subnets.is_empty(), "SubnetIds is not empty"),
    ("", lambda s: ~s.subnets.is_empty(), "SubnetIds is not set"),
    ("SubnetIds: []", lambda s: ~s.subnets.is_empty(), "SubnetIds is empty"),
    ("SubnetIds: [a]", lambda s: s.subnets.count_at_least(2), "SubnetIds has fewer than 2 items"),
    ("SubnetIds: [a, a]", lambda s: s.subnets.distinct_at_least(2), "SubnetIds has fewer than 2 different values"),
    ("SubnetIds: [a, b]", lambda s: ~s.subnets.distinct_at_least(2), "SubnetIds has 2 different values or more"),
    ("SubnetIds: [a, b]", lambda s: s.subnets.none(lambda v: v.equals("b")), "SubnetIds is b"),
    ("", lambda s: s.fixed.is_true() if hasattr(s.fixed, "is_true") else s.fixed, "the weather is always off"),
    ("", lambda s: s.tags.has("owner"), "tag owner is not set"),
    (
        "",
        lambda s: s.block_acls.is_true() & s.block_policy.is_true(),
        "PublicAccess.BlockAcls and BlockPolicy are not set; AWS's default is false",
    ),
    (
        "SubnetIds: [a]",
        lambda s: s.subnets.is_empty() | s.days.at_least(7),
        "BackupRetentionPeriod is not set; AWS's default is 1, less than 7",
    ),
    (
        "StorageEncrypted: false\nBackupRetentionPeriod: 3\nZone: x",
        lambda s: s.encrypted.is_true() & s.days.at_least(7) & s.zone.is_absent(),
        "StorageEncrypted is false; BackupRetentionPeriod is 3, less than 7; Zone is x",
    ),
]


@pytest.mark.parametrize(("properties", "ask", "words"), FAILS, ids=[words for _, _, words in FAILS])
def test_a_failure_says_what_is_the_case(properties: str, ask: Any, words: str) -> None:
    assert sentence(found(ask, store(properties))) == words


UNKNOWNS: list[tuple[str, Any, str]] = [
    (
        "KmsKeyId: !Ref Key",
        lambda s: s.key.is_present(),
        "KmsKeyId is unknown: it is the parameter Key, which has no default",
    ),
    (
        "StorageEncrypted: !GetAtt Other.Flag",
        lambda s: s.encrypted.is_true(),
        "StorageEncrypted is unknown: there is no resource or parameter called Other",
    ),
    ("", lambda s: s.zone.equals("a"), "Zone is unknown: it is not set, and AWS decides it at run time"),
    (
        "StorageEncrypted: perhaps",
        lambda s: s.encrypted.is_true(),
        "StorageEncrypted is perhaps, neither true nor false",
    ),
    ("BackupRetentionPeriod: many", lambda s: s.days.at_least(7), "BackupRetentionPeriod is many, which is no number"),
    ("Zone: {a: b, c: d}", lambda s: s.zone.equals("a"), "Zone is a mapping, where a single value is due"),
    (
        "Twin: elsewhere",
        lambda s: s.twin.ask(lambda t: t.encrypted.is_true()),
        "Twin is elsewhere, which is not in this scan",
    ),
    (
        "Zone: x",
        lambda s: s.zone.satisfies(lambda _: None, "a zone of ours"),
        "Zone is x, which may or may not be a zone of ours",
    ),
    (
        "SubnetIds: !Ref Key",
        lambda s: s.subnets.count_at_least(2),
        "SubnetIds is unknown: it is the parameter Key, which has no default",
    ),
]


@pytest.mark.parametrize(("properties", "ask", "words"), UNKNOWNS, ids=[words for _, _, words in UNKNOWNS])
def test_an_open_finding_says_why_nobody_can_tell(properties: str, ask: Any, words: str) -> None:
    template = f"Parameters:\n  Key: {{Type: String}}\nResources:\n{store(properties)}"
    assert sentence(found(ask, template)) == words


CASES = """
Parameters:
  Environment: {Type: String, Default: prod, AllowedValues: [prod, dev]}
  Size: {Type: String, AllowedValues: [small, big]}
Conditions:
  IsProduction: !Equals [!Ref Environment, prod]
  IsBig: !Equals [!Ref Size, big]
Resources:
"""


def test_a_case_that_fails_is_named() -> None:
    finding = found(lambda s: s.encrypted.is_true(), CASES + store("StorageEncrypted: !If [IsBig, true, false]"))
    assert sentence(finding) == "fails when Size is small: StorageEncrypted is false"


def test_a_default_that_saves_is_named() -> None:
    finding = found(lambda s: s.encrypted.is_true(), CASES + store("StorageEncrypted: !If [IsProduction, true, false]"))
    assert sentence(finding) == "would fail when Environment is dev: StorageEncrypted is false"


def test_a_default_that_fails_is_named() -> None:
    finding = found(lambda s: s.encrypted.is_true(), CASES + store("StorageEncrypted: !If [IsProduction, false, true]"))
    assert sentence(finding) == "StorageEncrypted is false (rests on the default of Environment, prod)"


def test_too_many_cases_are_no_case_that_fails() -> None:
    finding = found(
        lambda s: s.key.is_present(), "Parameters: {Key: {Type: String}}\nResources:\n" + store("KmsKeyId: !Ref Key")
    )
    finding.case = "more than 64 cases are open"
    assert sentence(finding) == "it cannot be told: more than 64 cases are open"


def test_another_resource_that_decided_is_named() -> None:
    policy = "  Open:\n    Type: Test::Data::Policy\n    Properties: {Store: !Ref Orders, Effect: Allow}\n"
    assert sentence(found(lambda s: ~s.effect.equals("Allow"), store("") + policy)) == "Effect of Open is Allow"


def test_a_companion_that_there_is_not_is_named_by_its_type() -> None:
    finding = found(lambda s: s.effect.is_present(), store(""))
    assert sentence(finding) == "it has no Test::Data::Policy"


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.password.is_absent(),
        lambda s: s.password.equals("other"),
        lambda s: s.password.satisfies(lambda _: False, "from a vault"),
        lambda s: s.password.at_least(3),
        lambda s: s.password.satisfies(lambda _: None, "from a vault"),
    ],
)
def test_a_secret_is_never_told(ask: Any) -> None:
    finding = found(ask, store("MasterUserPassword: hunter2"))
    assert "hunter2" not in sentence(finding) + fix(finding)


@pytest.mark.parametrize("name", ["MasterUserPassword", "AuthToken"])
def test_of_several_secrets_the_one_that_is_written_there_is_named(name: str) -> None:
    finding = found(lambda s: s.secrets.every(lambda secret: secret.stays_out_of_code()), store(f"{name}: hunter2"))
    assert sentence(finding) == f"{name} stands in the template"


PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_test_store.orders",
                    "mode": "managed",
                    "type": "aws_test_store",
                    "name": "orders",
                    "values": {"storage_encrypted": False},
                }
            ]
        }
    },
    "resource_changes": [
        {
            "address": "aws_test_store.orders",
            "mode": "managed",
            "type": "aws_test_store",
            "name": "orders",
            "change": {
                "actions": ["create"],
                "before": None,
                "after": {"storage_encrypted": False},
                "after_unknown": {},
            },
        }
    ],
    "configuration": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_test_store.orders",
                    "mode": "managed",
                    "type": "aws_test_store",
                    "name": "orders",
                    "expressions": {"storage_encrypted": {"constant_value": False}},
                }
            ]
        }
    },
}


def test_terraform_is_spoken_to_in_its_own_words() -> None:
    doc = "Title.\n\nWhy.\n\nFix: set {encrypted} and {days}."
    finding = found(lambda s: s.encrypted.is_true() & s.days.at_least(7), json.dumps(PLAN), doc)
    assert sentence(finding) == (
        "storage_encrypted is false; backup_retention_period is not set; the default is 0, less than 7"
    )
    assert fix(finding) == "Set storage_encrypted to true and backup_retention_period to 7 or more."


FIXES: list[tuple[Any, str, str]] = [
    (lambda s: s.encrypted.is_true(), "set {encrypted}", "Set StorageEncrypted to true."),
    (lambda s: s.encrypted.is_true(), "remove {encrypted.name}.", "Remove StorageEncrypted."),
    (lambda s: ~s.encrypted.is_false(), "set {encrypted}", "Set StorageEncrypted to true."),
    (lambda s: s.versioning.is_true(), "set {versioning}", "Set Versioning.Status to Enabled."),
    (lambda s: s.days.at_least(7), "set {days}", "Set BackupRetentionPeriod to 7 or more."),
    (
        lambda s: s.algorithm.one_of("a", "b"),
        "set {algorithm}",
        "Set Encryption.Rules.Default.Algorithm to a or b.",
    ),
    (lambda s: s.key.is_present(), "set {key}", "Set KmsKeyId."),
    (lambda s: s.key.is_present(), "give the {kind} a key", "Give the data store a key."),
    (lambda s: s.key.is_present(), "set {versioning}", "Set Versioning.Status to Enabled."),
]


@pytest.mark.parametrize(("ask", "written", "told"), FIXES, ids=[f"{told} {n}" for n, (_, _, told) in enumerate(FIXES)])
def test_a_fix_names_the_value_that_was_asked_for(ask: Any, written: str, told: str) -> None:
    assert fix(found(ask, store("StorageEncrypted: false"), f"Title.\n\nWhy.\n\nFix: {written}")) == told


def test_a_fix_adds_the_companion_that_there_is_not_and_mends_the_one_that_is_there() -> None:
    doc = "T.\n\nWhy.\n\nFix: set {effect}."
    policy = "  Open:\n    Type: Test::Data::Policy\n    Properties: {Store: !Ref Orders%s}\n"
    ask = lambda s: s.effect.equals("Allow")  # noqa: E731
    assert fix(found(ask, store(""), doc)) == "Add a Test::Data::Policy with Effect set to Allow."
    there = found(ask, store("") + policy % "", doc)
    assert sentence(there) == "Effect of Open is not set"
    assert fix(there) == "Set Effect of its Test::Data::Policy to Allow."


def test_a_fix_says_once_what_several_attributes_have_in_common() -> None:
    doc = "T.\n\nWhy.\n\nFix: set {block_acls} and {block_policy}."
    finding = found(lambda s: s.block_acls.is_true() & s.block_policy.is_true(), store(""), doc)
    assert fix(finding) == "Set PublicAccess.BlockAcls and BlockPolicy to true."


def test_facts_of_one_other_resource_name_it_once() -> None:
    policy = "  Open:\n    Type: Test::Data::Policy\n    Properties: {Store: !Ref Orders, Effect: Deny, Who: '*'}\n"
    finding = found(lambda s: s.effect.equals("Allow") & ~s.who.equals("*"), store("") + policy)
    assert sentence(finding) == "in Open, Effect is Deny, not Allow; Who is *"


def test_a_fix_for_what_is_switched_on_says_false() -> None:
    finding = found(
        lambda s: ~s.public.is_true(), store("PubliclyAccessible: true"), "T.\n\nWhy.\n\nFix: set {public}."
    )
    assert fix(finding) == "Set PubliclyAccessible to false."


def test_the_remedy_of_a_check_is_told_once_for_each_dialect_that_differs() -> None:
    same, different = (
        make("right", lambda s: s.encrypted.is_true(), f"T.\n\nFix: {text}.") for text in ("run", "set {encrypted}")
    )
    assert remedies(Check(same, Store)) == [("", "Run.")]
    assert remedies(Check(different, Store)) == [
        ("CloudFormation", "Set StorageEncrypted to true."),
        ("Terraform", "Set storage_encrypted to true."),
    ]


def test_a_fact_can_be_told_whatever_its_answer() -> None:
    fact = found(lambda s: s.days.at_least(7), store("BackupRetentionPeriod: 3")).facts[0]
    assert describe(fact, Truth.FAIL) == "BackupRetentionPeriod is 3, less than 7"
    assert describe(fact.negated(), Truth.PASS) == "BackupRetentionPeriod is 3, less than 7"
    assert describe(fact, Truth.PASS) == "BackupRetentionPeriod is 3"


def test_what_shares_a_gist_is_said_in_the_same_words() -> None:
    packs, told = Packs(), {}

    def checks_of(rule: str) -> Any:
        return lambda kind: [check for check in packs.checks(kind) if check.rule.id == rule]

    for case in rule_cases(Path(__file__).resolve().parent.parent / "fixtures/rules"):
        findings, _, _ = case.judged(checks_of(case.rule))
        for finding in findings:
            if (same := gist(finding)) is not None:
                said = sentence(finding), fix(finding)
                assert told.setdefault(same, said) == said


def test_a_finding_without_facts_says_the_opposite_of_its_title() -> None:
    finding = found(lambda s: s.encrypted.is_true(), store(""))
    finding.facts = ()
    assert sentence(finding) == "it does not hold that data stores are as they should be"


def test_long_values_are_bounded() -> None:
    assert sentence(found(lambda s: s.zone.is_absent(), store(f"Zone: {'x' * 10_000}"))) == f"Zone is {'x' * 57}..."


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\x1b[31mred", r"a\x1b[31mred"),
        ("two\r\nlines\tand\x00\x9b", r"two\r\nlines\tand\x00\x9b"),
        ("\u202eback\u2066", r"\u202eback\u2066"),
        ("\u2028\ufeff\ud800", r"\u2028\ufeff\ud800"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("##[error]no ##vso[task.x] ## yes", r"#\x23[error]no #\x23vso[task.x] ## yes"),
        ("Zürich 東京 🙂", "Zürich 東京 🙂"),
    ],
)
def test_what_would_steer_a_terminal_is_escaped(text: str, safe: str) -> None:
    assert printable(text) == safe


@given(st.text(alphabet=st.characters()))
def test_printable_text_stays_on_its_line_and_is_printable_already(text: str) -> None:
    safe = printable(text)
    assert len(safe.splitlines()) <= 1
    assert printable(safe) == safe
    safe.encode()  # raises on a lone surrogate


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    )
)
def test_whatever_is_shown_is_short(data: Any) -> None:
    assert 0 < len(shown(data)) <= 60


def test_hostile_input_is_told_harmlessly() -> None:
    finding = found(lambda s: s.zone.is_absent(), store('Zone: "\\e[2J\\n::error::x"'))
    assert sentence(finding) == r"Zone is \x1b[2J\n::error::x"


def test_a_whole_report_has_one_line_for_each_finding() -> None:
    rules = [make(f"r{number}", ask) for number, (_, ask, _) in enumerate(FAILS)]
    report = scan(rules, {"t.yaml": "Resources:\n" + store('Zone: "a\\nb"\nSubnetIds: ["\\r"]')})
    assert report.findings
    assert all(len(sentence(finding).splitlines()) == 1 for finding in report.findings)
