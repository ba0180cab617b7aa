"""Every rule answers its cases, and every kind's fixtures, as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from wascan.packs import Packs
from wascan.testing import KindCase, RuleCase, kind_cases, rule_cases

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PACKS = Packs()


@pytest.mark.parametrize("case", list(rule_cases(FIXTURES / "rules")), ids=str)
def test_a_rule_answers_its_cases(case: RuleCase) -> None:
    case.verify(PACKS)


@pytest.mark.parametrize("case", list(kind_cases(FIXTURES / "kinds")), ids=str)
def test_rules_answer_the_fixtures_of_a_kind(case: KindCase) -> None:
    case.verify(PACKS)
