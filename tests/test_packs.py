"""Packs come through one door; what they bring is complete, and ids are unique."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from wascan.catalogue import PILLARS, practice
from wascan.packs import BUILT_IN, PackError, Packs, every_kind
from wascan.rule import SEVERITIES, Rule
from wascan.testing import RuleCase, rule_cases

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "fixtures" / "rules"
EXAMPLE = ROOT / "tests" / "example_pack"
PACKS = Packs()
RULES = PACKS.rules()
CHECKS = PACKS.all_checks()


def case_file(rule: Rule) -> Path:
    return CASES / rule.pillar.replace("-", "_") / f"{rule.id.replace('-', '_')}.yaml"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert rule.module == f"{BUILT_IN}.{rule.pillar.replace('-', '_')}.{rule.id.replace('-', '_')}"
    assert rule.pillar in dict(PILLARS)
    assert {rule.severity, *rule.severities.values()} <= {*SEVERITIES}
    assert {*rule.severities} <= {check.kind.slug for check in CHECKS if check.rule is rule}
    assert 1 <= len(rule.practices) <= 3
    assert practice(rule.practices[0]).title
    assert rule.title.endswith(".")
    assert rule.why
    assert rule.fix
    assert rule.fix != "Fix:"
    assert [check for check in CHECKS if check.rule is rule], "it judges no kind"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_fix_that_says_a_value_itself_leaves_out_the_one_that_is_wanted(rule: Rule) -> None:
    names = re.findall(r"{(\w+)}", rule.fix)
    own = [getattr(check.kind, name, "") for name in names for check in CHECKS if check.rule is rule]
    words = [text for found in own for text in (found.values() if isinstance(found, dict) else [found])]
    for text in {rule.fix, *filter(lambda text: isinstance(text, str), words)}:
        assert not re.search(r"{\w+} (to|or more|or fewer)\b", text), f"{text}: {{name.name}} has no value"


def test_the_severity_of_a_kind_may_be_another_than_that_of_the_rule() -> None:
    severities = {check.id: check.severity for check in CHECKS}
    assert severities["deletion-protection.ec2-instance"] == "low"
    assert severities["deletion-protection.rds-instance"] == "medium"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_practice_of_a_rule_is_in_the_catalogue(rule: Rule) -> None:
    for id in rule.practices:
        assert practice(id).id == id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_cases_that_pass_fail_and_stay_unknown_in_each_dialect(rule: Rule) -> None:
    file = case_file(rule)
    assert file.exists(), f"{file.relative_to(ROOT)} is missing"
    cases = yaml.safe_load(file.read_text(encoding="utf-8"))
    spoken = {
        "tf" if "::" not in type else "cfn" for check in CHECKS if check.rule is rule for type in check.kind.types
    }
    for dialect, key in (("cfn", "cloudformation"), ("tf", "terraform")):
        answers = {answer for answer, entries in cases.items() if any(key in entry for entry in entries)}
        if dialect in spoken and answers != {"pass", "not-applicable"}:  # where it does not apply, nothing can fail
            assert answers >= {"pass", "fail", "unknown"}, f"not every answer has a case in {key}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_remedy_can_be_told_of_every_kind_in_its_dialects(rule: Rule) -> None:
    for check in CHECKS:
        if check.rule is rule:
            for type in check.kind.types:
                dialect = "tf" if "::" not in type else "sam" if type.startswith("AWS::Serverless") else "cfn"
                fix = check.fix(dialect)
                assert "{" not in fix + check.title + check.why


def test_ids_are_unique() -> None:
    assert [id for id, count in Counter(rule.id for rule in RULES).items() if count > 1] == []
    assert [id for id, count in Counter(check.id for check in CHECKS).items() if count > 1] == []


def test_the_equivalents_are_current() -> None:
    script = ROOT / "scripts/build_equivalents.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_rule_of_the_index_is_found_by_its_kinds() -> None:
    assert {check.rule.id for check in CHECKS} == {rule.id for rule in RULES}
    for kind in every_kind():
        assert {check.rule.id for check in PACKS.checks(kind)} == {rule.id for rule in RULES if rule.judges(kind)}


@pytest.fixture
def acme(monkeypatch: pytest.MonkeyPatch) -> Packs:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    return Packs(["acme_rules"])


def test_the_rules_of_another_pack_stand_beside_the_built_in_ones(acme: Packs) -> None:
    checks = {check.id for check in acme.all_checks()}
    assert "acme-named-queues.sqs-queue" in checks
    assert "encryption-at-rest.sqs-queue" in checks


@pytest.mark.parametrize("case", list(rule_cases(EXAMPLE / "cases")), ids=str)
def test_the_case_runner_serves_another_pack(case: RuleCase, acme: Packs) -> None:
    case.verify(acme)


def test_a_pack_that_is_not_there_is_said_so() -> None:
    with pytest.raises(PackError, match="no_such_pack"):
        Packs(["no_such_pack"])
