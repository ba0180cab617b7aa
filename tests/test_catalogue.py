"""The practice catalogue says what its sources say, explains ids that moved, and reads nothing before it is asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from wascan import catalogue
from wascan.catalogue import PILLARS, UnknownPractice, evidence, frameworks, practice, practices, renumbered

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "scripts" / "build_catalogue.py"


def source(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((ROOT / "data-sources" / name).read_text(encoding="utf-8"))
    return rows


PRACTICES = source("practices.json")
RENUMBERED = source("practices-renumbered.json")
EVIDENCE = source("iac-evidence.json")


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = str(Path(catalogue.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False)


def complaint(practice_id: str) -> str:
    with pytest.raises(UnknownPractice) as caught:
        practice(practice_id)
    return str(caught.value)


# What is in it


def test_every_id_of_the_sources_resolves_with_its_facts() -> None:
    for row in PRACTICES:
        if row["id"]:
            found = practice(row["id"])
            assert (found.id, found.framework, found.version) == (row["id"], row["framework"], row["version"])
            assert (found.title, found.pillar, found.question_id) == (row["title"], row["pillar"], row["question_id"])
            assert found.question == row["question"]
            assert found.risk == (row["risk"] and row["risk"].lower())


def test_every_practice_is_found_by_its_id_alone_and_with_its_framework() -> None:
    for known in practices():
        assert practice(known.id) == known
        assert practice(f"{known.framework}:{known.id.removeprefix(known.framework + ':')}") == known


def test_no_practice_is_lost_or_doubled() -> None:
    assert Counter(known.framework for known in practices()) == Counter(row["framework"] for row in PRACTICES)
    assert len({known.id for known in practices()}) == len(PRACTICES)


def test_practices_without_an_official_id_have_a_name_that_cannot_be_taken_for_one() -> None:
    without = [row for row in PRACTICES if not row["id"]]
    named = [known for known in practices() if ":" in known.id]
    assert Counter((it.framework, it.title) for it in named) == Counter(
        (it["framework"], it["title"]) for it in without
    )
    assert all(known.id.startswith(f"{known.framework}:") for known in named)
    assert practice("serverless-applications-lens:COST1/cost-effective-resources").title == "Cost-effective resources"
    assert practice("saas-lens:cost-optimization/cost-effective-resources").framework == "saas-lens"
    twins = [known.id for known in practices("serverless-applications-lens") if known.title == "AWS Lambda"]
    assert twins == [
        "serverless-applications-lens:performance-efficiency/aws-lambda",
        "serverless-applications-lens:performance-efficiency/aws-lambda-2",
    ]


def test_practices_come_in_the_order_of_pillars_and_ids() -> None:
    order = [known.id for known in practices("wellarchitected")]
    assert order[0] == "OPS01-BP01"
    assert order.index("OPS11-BP09") + 1 == order.index("SEC01-BP01")
    assert order[-1] == "SUS06-BP05"
    analytics = [known.id for known in practices("data-analytics-lens", "performance-efficiency")]
    assert analytics.index("9.3") + 1 == analytics.index("10.1")


def test_a_pillar_and_a_framework_narrow_the_list() -> None:
    security = practices("generative-ai-lens", pillar="security")
    assert {known.framework for known in security} == {"generative-ai-lens"}
    assert {known.pillar for known in security} == {"security"}
    assert len(practices(pillar="security")) == sum(row["pillar"] == "security" for row in PRACTICES)
    assert {known.pillar for known in practices()} == {slug for slug, _ in PILLARS} | {None}


def test_a_framework_or_pillar_that_does_not_exist_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(LookupError, match="Did you mean generative-ai-lens"):
        practices("generativ-ai-lens")
    with pytest.raises(LookupError, match="Did you mean sustainability"):
        practices(pillar="sustainable")


def test_the_framework_comes_first_and_every_framework_knows_its_practices() -> None:
    first, *lenses = frameworks()
    assert (first.id, first.version) == ("wellarchitected", "2024-11-06")
    assert {lens.id for lens in lenses} == {row["framework"] for row in PRACTICES} - {"wellarchitected"}
    for framework in (first, *lenses):
        assert framework.practices == practices(framework.id)
        assert {known.version for known in framework.practices} == {framework.version}


def test_pages_are_valid_uris_of_the_documentation() -> None:
    slugs = {(row["framework"], row["title"], row["doc_slug"]) for row in PRACTICES}
    for known in practices():
        assert known.url is not None
        assert known.url.isascii()
        parts = urlsplit(known.url)
        assert (parts.scheme, parts.netloc) == ("https", "docs.aws.amazon.com")
        assert parts.path.startswith("/wellarchitected/latest/")
        assert (known.framework, known.title, unquote(parts.path.rpartition("/")[2])) in slugs


def test_the_data_analytics_lens_lives_in_a_folder_of_another_name() -> None:
    url = practice("3.6").url
    assert url == (
        "https://docs.aws.amazon.com/wellarchitected/latest/analytics-lens/"
        "best-practice-3.6---implement-encryption-policies.html"
    )


# Ids that moved


@pytest.mark.parametrize("row", RENUMBERED, ids=lambda row: f"{row['version']}:{row['bp_id']}")
def test_a_former_id_is_explained(row: dict[str, Any]) -> None:
    former = next(it for it in renumbered(row["bp_id"]) if it.version == row["version"])
    assert (former.id, former.title, former.became) == (row["bp_id"], row["title"], row["superseded_by"])
    assert former.reused_for == row["id_reused_now_means"]
    assert former.url == f"https://docs.aws.amazon.com/wellarchitected/{row['version']}/framework/{row['doc_slug']}"
    if former.became:
        assert practice(former.became).framework == "wellarchitected"
    if former.reused_for:
        assert practice(row["bp_id"]).title == former.reused_for
    else:
        assert str(former) in complaint(row["bp_id"])


def test_a_reused_id_says_what_it_was_and_what_it_is() -> None:
    (former,) = renumbered("REL10-BP02")
    assert str(former) == (
        'REL10-BP02 was "Select the appropriate locations for your multi-location deployment" in version 2024-06-27: '
        "that is now REL10-BP01; the id was reused and now means "
        '"Automate recovery for components constrained to a single location".'
    )
    assert practice("REL10-BP02").title == "Automate recovery for components constrained to a single location"


def test_an_id_that_moved_onto_a_reused_one_comes_with_a_warning() -> None:
    message = complaint("REL10-BP04")
    assert "that is now REL10-BP03." in message
    assert 'Beware: REL10-BP03 was "Automate recovery for components constrained to a single location"' in message


def test_a_dropped_practice_is_said_to_have_no_successor() -> None:
    assert "nothing took its place" in complaint("SEC08-BP05")


def test_an_id_that_never_moved_has_no_past() -> None:
    assert renumbered("SEC08-BP02") == ()
    assert renumbered("generative-ai-lens:REL10-BP02") == ()
    assert renumbered("wellarchitected:REL10-BP02") == renumbered("REL10-BP02")


# Ids that never were


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sec08-bp02", "SEC08-BP02"),
        ("SEC8-BP2", "SEC08-BP02"),
        ("GENSEC01BP02", "GENSEC01-BP02"),
        ("genai-lens:GENSEC01-BP02", "GENSEC01-BP02"),
        ("wellarchitected:GENSEC01-BP02", "GENSEC01-BP02"),
        ("saas-lens:SaaSCOST1/expenditure", "saas-lens:SaaSCOST1/expenditure-awareness"),
        ("SaaSCOST1/expenditure-awareness", "saas-lens:SaaSCOST1/expenditure-awareness"),
    ],
)
def test_a_near_miss_is_answered_with_the_nearest_id(given: str, meant: str) -> None:
    message = complaint(given)
    assert f'"{given}"' in message
    assert f"Did you mean {meant}" in message


def test_a_question_is_answered_with_its_practices() -> None:
    assert complaint("SEC09").endswith("Its practices are SEC09-BP01, SEC09-BP02, SEC09-BP03.")


@pytest.mark.parametrize("given", ["", ":", "wat", "wellarchitected:", "§" * 1000])
def test_nonsense_is_an_error_without_a_suggestion(given: str) -> None:
    assert complaint(given) == f'there is no practice "{given}".'


# Evidence


def test_evidence_is_what_its_source_says() -> None:
    for row in EVIDENCE:
        found = evidence(row["bp_id"])
        assert found is not None
        assert found == evidence(f"{row['framework']}:{row['bp_id']}")
        assert found._asdict() == {
            "practice": row["bp_id"],
            "judgement": row["judgement"],
            "strength": row["strength"],
            "polarity": row["polarity"],
            "text": row["evidence"],
            "resource_types": tuple(row["resource_types"]),
        }


def test_there_is_no_evidence_for_what_code_cannot_show_and_an_error_for_what_is_no_practice() -> None:
    graded = {row["bp_id"] for row in EVIDENCE}
    assert sum(evidence(known.id) is not None for known in practices()) == len(graded)
    assert evidence("OPS01-BP01") is None
    with pytest.raises(UnknownPractice):
        evidence("OPS99-BP01")


# Cost and upkeep


def test_nothing_is_read_before_it_is_needed() -> None:
    watched = """
import os, sys
from wascan import catalogue
read = []
sys.addaudithook(lambda event, args: read.append(os.path.basename(args[0]))
                 if event == "open" and str(args[0]).endswith(".json") else None)
import importlib
importlib.reload(catalogue)
print(read)
catalogue.practice("SEC08-BP02"); catalogue.practice("REL10-BP01")
print(read)
catalogue.practice("GENSEC01-BP02"); catalogue.practices()
print(read)
catalogue.evidence("SEC08-BP02"); catalogue.evidence("SEC08-BP03")
print(read)
"""
    done = python("-c", watched)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "[]",
        "['wellarchitected.json']",
        "['wellarchitected.json', 'lenses.json']",
        "['wellarchitected.json', 'lenses.json', 'evidence.json']",
    ]


def test_the_packaged_files_are_what_the_sources_say() -> None:
    done = python(BUILD, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the generator reads and writes."""
    for folder in ("data-sources", "scripts", "scanner/wascan/data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_the_generator_tells_and_mends_a_packaged_file_that_differs(checkout: Path) -> None:
    script, packaged = checkout / "scripts/build_catalogue.py", checkout / "scanner/wascan/data/evidence.json"
    wanted = packaged.read_bytes()
    packaged.write_bytes(wanted.replace(b"weak", b"strong", 1))
    checked = python(script, "--check")
    assert (checked.returncode, checked.stdout) == (1, "scanner/wascan/data/evidence.json differs from its sources\n")
    assert packaged.read_bytes() != wanted
    assert python(script).returncode == 0
    assert packaged.read_bytes() == wanted


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("practices.json", lambda rows: [*rows, rows[0]], "two practices are called OPS01-BP01"),
        ("practices.json", lambda rows: [*rows, {**rows[-1], "id": "SEC08-BP02"}], "in two frameworks"),
        ("practices.json", lambda rows: [{**rows[0], "version": "1999"}, *rows[1:]], "version of wellarchitected"),
        ("practices.json", lambda rows: [{**rows[0], "question": "Why?"}, *rows[1:]], "question OPS01 has 2 values"),
        ("practices.json", lambda rows: [*rows, {**rows[0], "framework": "x-lens"}], "lacks x-lens"),
        ("practices-renumbered.json", lambda rows: [{**rows[0], "superseded_by": "X"}], "became an unknown X"),
        ("practices-renumbered.json", lambda rows: [{**rows[0], "id_reused_now_means": "X"}], "means something else"),
        ("iac-evidence.json", lambda rows: [*rows, {**rows[0], "bp_id": "X"}], "X is unknown"),
    ],
)
def test_sources_that_contradict_themselves_stop_the_generator(
    checkout: Path, file: str, change: Any, said: str
) -> None:
    path = checkout / "data-sources" / file
    path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    done = python(checkout / "scripts/build_catalogue.py")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
