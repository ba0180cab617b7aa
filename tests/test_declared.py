"""Rules in YAML: what they can say holds in every dialect, and what is wrong with a file is all said, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wascan.declared import DeclaredError, read
from wascan.packs import PackError, Packs
from wascan.testing import RuleCase

if TYPE_CHECKING:
    from pathlib import Path

ENGINES = """
rules:
  - id: acme-approved-engines
    title: Databases run an approved engine
    practices: [OPS05-BP06]
    severity: medium
    for: DBInstance
    require: {any: [{engine: {starts_with: aurora}}, {engine: {equals: postgres}}]}
  - id: acme-small-functions
    title: Functions stay small
    practices: [COST06-BP02]
    severity: low
    for: [AWS::Lambda::LayerVersion, aws_lambda_layer_version]
    when: {$.LicenseInfo: {is_present: false}}
    require: {"$.CompatibleRuntimes[*]": {starts_with: python3}}
"""


def verify(tmp_path: Path, rule: str, answer: str, dialect: str, text: str) -> None:
    (tmp_path / "acme.yaml").write_text(ENGINES)
    RuleCase(rule, answer, answer, dialect, {dialect: text}).verify(Packs(rule_files=[str(tmp_path / "acme.yaml")]))


@pytest.mark.parametrize(("engine", "answer"), [("postgres", "pass"), ("aurora-mysql", "pass"), ("mysql", "fail")])
def test_a_rule_on_a_kind_holds_in_every_dialect(tmp_path: Path, engine: str, answer: str) -> None:
    cloudformation = f"Db:\n  Type: AWS::RDS::DBInstance\n  Properties:\n    Engine: {engine}  # here\n"
    terraform = f"aws_db_instance.db:\n  engine: {engine}  # here\n"
    verify(tmp_path, "acme-approved-engines", answer, "cloudformation", cloudformation)
    verify(tmp_path, "acme-approved-engines", answer, "terraform", terraform)


def test_a_rule_on_a_kind_says_unknown(tmp_path: Path) -> None:
    text = "Db:\n  Type: AWS::RDS::DBInstance\n  Properties:\n    Engine: !ImportValue engine\n"
    verify(tmp_path, "acme-approved-engines", "unknown", "cloudformation", text)


@pytest.mark.parametrize(
    ("runtimes", "answer"),
    [("[python3.13]", "pass"), ("[python3.13, nodejs22.x]", "fail"), ("!ImportValue r", "unknown")],
)
def test_a_rule_on_raw_types_reads_their_paths(tmp_path: Path, runtimes: str, answer: str) -> None:
    text = f"Layer:\n  Type: AWS::Lambda::LayerVersion\n  Properties:\n    CompatibleRuntimes: {runtimes}\n"
    verify(tmp_path, "acme-small-functions", answer, "cloudformation", text)


@pytest.mark.parametrize(
    ("question", "rules", "answer"),
    [
        ("{every: {is_present: true}}", "[{Description: web}, {Description: ssh}]", "pass"),
        ("{every: {is_present: true}}", "[{Description: web}, {FromPort: 22}]", "fail"),
        ("{is_present: true}", "[{FromPort: 22}]", "fail"),
        ("{every: {is_present: true}}", "[]", "pass"),
        ("{every: {is_present: true}}", "!ImportValue rules", "unknown"),
        ("{every: {is_present: true}}", "[{Description: web}, !ImportValue rule]", "unknown"),
        ("{any: {is_present: false}}", "[{Description: web}, {FromPort: 22}]", "pass"),
        ("{any: {is_present: true}}", "[{FromPort: 22}]", "fail"),
        ("{none: {is_present: false}}", "[{FromPort: 22}]", "fail"),
        ("{none: {equals: web}}", "[{FromPort: 22}]", "pass"),
    ],
)
def test_an_item_without_what_is_asked_counts_as_one_that_lacks_it(
    tmp_path: Path, question: str, rules: str, answer: str
) -> None:
    (tmp_path / "acme.yaml").write_text(
        f"""rules:
  - id: acme-described
    title: Rules of security groups are described
    practices: [SEC05-BP02]
    severity: low
    for: [AWS::EC2::SecurityGroup]
    require: {{"$.SecurityGroupIngress[*].Description": {question}}}
"""
    )
    text = f"Web:\n  Type: AWS::EC2::SecurityGroup\n  Properties:\n    SecurityGroupIngress: {rules}\n"
    packs = Packs(rule_files=[str(tmp_path / "acme.yaml")])
    RuleCase("acme-described", answer, answer, "cloudformation", {"cloudformation": text}).verify(packs)


def test_an_item_that_lacks_something_is_where_the_finding_stands(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(
        """rules:
  - id: acme-described
    title: Rules of security groups are described
    practices: [SEC05-BP02]
    severity: low
    for: [AWS::EC2::SecurityGroup]
    require: {"$.SecurityGroupIngress[*].Description": {every: {is_present: true}}}
"""
    )
    text = """Web:
  Type: AWS::EC2::SecurityGroup
  Properties:
    SecurityGroupIngress:
      - {FromPort: 443, Description: web}
      - {FromPort: 22}  # here
"""
    packs = Packs(rule_files=[str(tmp_path / "acme.yaml")])
    RuleCase("acme-described", "fail", "fail", "cloudformation", {"cloudformation": text}).verify(packs)


def test_items_that_have_attributes_of_their_own_are_a_mistake_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(
        """rules:
  - id: acme-described
    title: Rules of security groups are described
    practices: [SEC05-BP02]
    severity: low
    for: SecurityGroup
    require: {ingress: {every: {is_present: true}}}
"""
    )
    with pytest.raises(DeclaredError, match=r"acme.yaml:7: ingress has items with attributes of their own; name"):
        read(str(tmp_path / "acme.yaml"))


def test_when_says_to_which_resources_a_rule_applies(tmp_path: Path) -> None:
    text = "Layer:\n  Type: AWS::Lambda::LayerVersion\n  Properties:\n    LicenseInfo: MIT\n"
    verify(tmp_path, "acme-small-functions", "not-applicable", "cloudformation", text)


def test_everything_that_is_wrong_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(
        """rules:
  - id: acme-wrong
    titel: Something
    title: Something
    practices: [SEC99-BP99]
    severity: fatal
    for: DBInstance
    require:
      all:
        - {engin: {equals: x}}
        - {engine: {equls: x}}
        - {engine: {at_least: many}}
  - id: acme-other
    for: DbInstance
"""
    )
    with pytest.raises(DeclaredError) as caught:
        read(str(tmp_path / "acme.yaml"))
    said = [message.removeprefix(f"{tmp_path}/") for message in caught.value.messages]
    assert [message.partition(": ")[0] for message in said[:6]] == [
        f"acme.yaml:{line}" for line in (3, 6, 5, 10, 11, 12)
    ]
    assert "title" in said[0]
    assert "engine" in said[3]
    assert "equals" in said[4]
    assert any("acme.yaml:13" in message and "needs practices" in message for message in said)
    assert any('no kind "DbInstance". Did you mean DBInstance' in message for message in said)


def test_a_file_without_rules_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("rule: []\n")
    with pytest.raises(DeclaredError, match="list of rules"):
        read(str(tmp_path / "acme.yaml"))


RULE = "title: T, practices: [OPS05-BP06], severity: low, for: DBInstance, require: {engine: {equals: mysql}}"


def test_an_id_that_another_rule_has_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(f"rules:\n  - {{id: multi-az, {RULE}}}\n")
    with pytest.raises(PackError, match="there is a rule multi-az already, in wascan_rules"):
        Packs((), [str(tmp_path / "acme.yaml")])
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(f"rules:\n  - {{id: acme-mysql, {RULE}}}\n")
    with pytest.raises(PackError, match=r"two\.yaml: there is a rule acme-mysql already, in .*one\.yaml"):
        Packs((), [str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml")])


@pytest.mark.parametrize("id", ["Acme", "acme_mysql", "acme mysql", "acme.mysql", "-acme", "acme*"])
def test_an_id_that_no_selector_could_name_is_refused(tmp_path: Path, id: str) -> None:
    (tmp_path / "acme.yaml").write_text(f"rules:\n  - {{id: '{id}', {RULE}}}\n")
    with pytest.raises(DeclaredError, match=r"acme\.yaml:2: id is small letters"):
        read(str(tmp_path / "acme.yaml"))


@pytest.mark.parametrize(
    ("subject", "said"),
    [("Queue", "Queue has no attribute .* It has encrypted, failures_to"), ("[aws_sqs_queue]", "JSONPath")],
)
def test_an_attribute_that_there_is_not_is_answered_with_those_there_are(
    tmp_path: Path, subject: str, said: str
) -> None:
    (tmp_path / "acme.yaml").write_text(f"rules:\n  - {{id: acme, {RULE.replace('DBInstance', subject)}}}\n")
    with pytest.raises(DeclaredError, match=said):
        read(str(tmp_path / "acme.yaml"))
