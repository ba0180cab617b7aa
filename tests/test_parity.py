"""One architecture in two dialects: the same answers to every check, and findings at places that a person wrote."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from parity import ARCHITECTURES, architecture, architectures
from wascan.finding import FAIL, OPEN

BLOCK_OR_ATTRIBUTE = re.compile(r'\s*[\w-]+(\s+"[^"]+")*\s*(\{|=)')


@pytest.mark.parametrize("name", architectures())
def test_an_architecture_is_judged_alike_in_both_dialects(name: str) -> None:
    found = architecture(name)
    differing = {}
    for pair in found.pairs():
        one = found.cloudformation.answers[pair.path]
        others = [found.terraform.answers[address] for address in pair.addresses]
        for rule in sorted({*one, *(rule for other in others for rule in other)}):
            answers = found.cloudformation.answer([pair.path], rule), found.terraform.answer(pair.addresses, rule)
            if answers[0] != answers[1]:
                differing[pair.path, rule] = answers
    assert differing == found.differences


@pytest.mark.parametrize("name", architectures())
def test_every_difference_has_a_source(name: str) -> None:
    assert all(len(source) > 20 for source in architecture(name).sources)


@pytest.mark.parametrize("name", architectures())
def test_what_the_tf_files_add_decides_what_was_open_and_turns_nothing_round(name: str) -> None:
    found = architecture(name)
    alone = found.plan_alone().answers
    known = [
        (address, rule, answer)
        for address, answers in alone.items()
        for rule, answer in answers.items()
        if answer != OPEN
    ]
    assert known
    assert known == [(address, rule, found.terraform.answers[address].get(rule)) for address, rule, _ in known]


@pytest.mark.parametrize("name", architectures())
def test_pinning_decides_what_was_open_and_turns_nothing_round(name: str) -> None:
    found = architecture(name)
    for path, answers in found.unpinned().answers.items():
        pinned = found.cloudformation.answers[path]
        if pinned:  # without parameters a resource may be there that is not there with them
            known = {rule: answer for rule, answer in answers.items() if answer != OPEN}
            assert known == {rule: pinned.get(rule) for rule in known}, path


def test_enough_is_found_that_fails_and_that_nobody_can_tell() -> None:
    count: Counter[str] = Counter()
    for name in architectures():
        found = architecture(name)
        for pair in found.pairs():
            for rule, answer in found.cloudformation.answers[pair.path].items():
                count[answer] += answer == found.terraform.answer(pair.addresses, rule)
    assert len(architectures()) >= 10
    assert count[FAIL] >= 40
    assert count[OPEN] >= 10


@pytest.mark.parametrize("name", architectures())
def test_findings_of_terraform_stand_on_blocks_and_attributes(name: str) -> None:
    for finding in architecture(name).terraform.findings:
        text = (ARCHITECTURES.parent.parent / finding.place.file).read_text(encoding="utf-8")
        assert BLOCK_OR_ATTRIBUTE.match(text.split("\n")[finding.place.line - 1]), (finding, finding.place)


@pytest.mark.parametrize("name", architectures())
def test_findings_stand_in_what_a_person_wrote(name: str) -> None:
    found = architecture(name)
    folder = (ARCHITECTURES / name).as_posix()
    for side, ending in ((found.cloudformation, ".yaml"), (found.terraform, ".tf")):
        for finding in side.findings:
            for place in (finding.place, *(fact.place for fact in finding.related)):
                assert folder in f"{ARCHITECTURES.parent.parent.as_posix()}/{place.file}", (finding, place)
                assert place.file.endswith(ending), (finding, place)
            told = [fact.value.resource for fact in finding.facts] or [finding.resource]
            extents = [resource.scope.extent(resource) for resource in told]
            assert any(
                extent.file == finding.place.file and extent.line <= finding.place.line <= extent.end_line
                for extent in extents
            ), (finding, finding.place)
