"""What wascan.yaml says, and what is said of its mistakes."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wascan.config import KEYS, Config, ConfigError, load, schema
from wascan.kind import Kind
from wascan.options import annotated, converted, settings
from wascan.packs import Packs
from wascan.rule import Check, Rule, rule
from wascan.schema import faults
from wascan.select import Selectors, Vocabulary, glob
from wascan.verdict import Verdict, known

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _in_a_repository_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def said(text: str, name: str = "wascan.yaml") -> Config:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return load()


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        said(text)
    return caught.value.messages


# Where it is found


def test_without_a_file_the_defaults_hold() -> None:
    config = load()
    assert config.document is None
    assert (config.fail_on, config.fail_on_unknown, config.scope) == ("high", False, "default")
    assert (config.select, config.parameters, config.region, config.baseline) == ([], {}, None, None)


def test_without_a_file_nothing_is_imported_but_the_module_itself() -> None:
    code = (
        "import sys; from wascan import config; before = set(sys.modules); config.load(); "
        "print(sorted(set(sys.modules) - before), sorted(name for name in sys.modules if 'wascan.' in name))"
    )
    path = os.pathsep.join([str(ROOT / "scanner"), str(ROOT / "rules")])
    ran = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[] ['wascan.config']\n"


@pytest.mark.parametrize("name", ["wascan.yaml", "wascan.yml", ".wascan.yaml"])
def test_it_is_found_from_a_folder_below(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said("fail-on: low", name)
    Path("infra/dev").mkdir(parents=True)
    monkeypatch.chdir("infra/dev")
    config = load()
    assert config.fail_on == "low"
    assert config.folder == "../.."
    assert config.document is not None
    assert config.document.name == f"../../{name}"


def test_the_nearest_file_counts_alone() -> None:
    said("fail-on: low\nregion: eu-west-1")
    Path("infra").mkdir()
    os.chdir("infra")
    config = said("fail-on: none")
    assert (config.fail_on, config.region) == ("none", None)


def test_nothing_above_the_root_of_the_repository_counts() -> None:
    said("fail-on: low")
    Path("inner/.git").mkdir(parents=True)
    os.chdir("inner")
    assert load().document is None


def test_outside_a_repository_only_the_working_directory_counts(tmp_path: Path) -> None:
    (tmp_path / ".git").rmdir()
    Path("inner").mkdir()
    assert said("fail-on: low").fail_on == "low"
    os.chdir("inner")
    assert load().document is None


def test_two_files_side_by_side_are_an_error() -> None:
    said("fail-on: low")
    with pytest.raises(ConfigError, match=r"wascan\.yaml stands beside it"):
        said("fail-on: none", ".wascan.yaml")


def test_a_file_that_is_named_counts_and_has_to_be_there() -> None:
    said("fail-on: low")
    Path("other.json").write_text('{"fail-on": "none"}', encoding="utf-8")
    assert load("other.json").fail_on == "none"
    with pytest.raises(ConfigError) as caught:
        load("missing.yaml")
    assert caught.value.messages == ["missing.yaml: cannot be read: No such file or directory"]


# What it says


def test_every_key_has_an_attribute() -> None:
    config = said(
        """
        fail-on: medium
        fail-on-unknown: true
        select: [security]
        ignore: [SEC08-BP02]
        include: [infra/]
        exclude: ["*.test.yaml"]
        parameters: {Environment: prod, Count: 3, Enabled: true, Subnets: [subnet-1, subnet-2]}
        region: eu-central-1
        account: 123456789012
        stack-tags: {cost-center: 42}
        scope: workload
        packs: [acme]
        rule-files: [rules/acme.yaml]
        rules: {required-tags: {tags: [owner]}}
        waivers: [{rules: [versioning], reason: scratch space}]
        foreign-suppressions: report
        baseline: known.json
        source: [terraform, /elsewhere]
        """
    )
    assert (config.fail_on, config.fail_on_unknown, config.scope) == ("medium", True, "workload")
    assert (config.select, config.ignore) == (["security"], ["SEC08-BP02"])
    assert (config.include, config.exclude) == (["infra/"], ["*.test.yaml"])
    assert config.parameters == {
        "Environment": "prod",
        "Count": "3",
        "Enabled": "true",
        "Subnets": "subnet-1,subnet-2",
    }
    assert (config.region, config.account, config.stack_tags) == ("eu-central-1", "123456789012", {"cost-center": "42"})
    assert (config.packs, config.rule_files) == (["acme"], ["rules/acme.yaml"])
    assert config.rules == {"required-tags": {"tags": ["owner"]}}
    assert config.waivers == [{"rules": ["versioning"], "reason": "scratch space"}]
    assert (config.foreign_suppressions, config.baseline) == ("report", "known.json")
    assert config.source == ["terraform", "/elsewhere"]


def test_paths_are_relative_to_the_folder_of_the_file() -> None:
    said("baseline: known.json\nrule-files: [rules/acme.yaml]\nsource: [terraform, /elsewhere]\nexclude: [out/]")
    Path("infra").mkdir()
    os.chdir("infra")
    config = load()
    assert (config.baseline, config.rule_files) == ("../known.json", ["../rules/acme.yaml"])
    assert config.source == ["../terraform", "/elsewhere"]
    assert config.exclude == ["out/"]


def test_what_one_configuration_is_given_stays_with_it() -> None:
    load().ignore.append("security")
    assert load().ignore == []
    assert KEYS["ignore"]["default"] == []


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n\n  # fail-on: low\n"])
def test_a_file_of_comments_says_nothing(text: str) -> None:
    assert said(text).fail_on == "high"


# Its mistakes


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    assert mistakes(
        "# ours\n"
        "fail-onn: high\n"
        "scope: wrkload\n"
        "select: security\n"
        "fail-on-unknown: 'yes'\n"
        "waivers:\n"
        "  - rules: [versioning]\n"
        "    reason: ' '\n"
        "  - reason: scratch\n"
        "    resource: [A]\n"
        "rules:\n"
        "  versioning:\n"
        "    severity: lo\n"
        "account: 1234\n"
    ) == [
        "wascan.yaml:2: fail-onn: there is no such key. Did you mean fail-on or fail-on-unknown?",
        'wascan.yaml:3: scope: expected default or workload, not "wrkload". Did you mean workload?',
        'wascan.yaml:4: select: expected a list, such as [security, REL10-BP01], not "security".',
        'wascan.yaml:5: fail-on-unknown: expected true or false, such as true, not "yes".',
        'wascan.yaml:8: waivers[1].reason: expected text, such as public website, not " ".',
        'wascan.yaml:9: waivers[2]: "rules" is missing.',
        "wascan.yaml:10: waivers[2].resource: there is no such key. Did you mean resources?",
        'wascan.yaml:13: rules.versioning.severity: expected high, medium or low, not "lo". Did you mean low?',
        'wascan.yaml:14: account: expected text or a whole number, such as "123456789012", not 1234.',
    ]


def test_a_file_that_cannot_be_read_is_a_mistake_with_its_line() -> None:
    (message,) = mistakes("fail-on: low\nselect: [security\n")
    assert message.startswith("wascan.yaml:")
    assert mistakes("- fail-on\n") == ["wascan.yaml:1: expected a mapping, not a list."]
    (message,) = mistakes("fail-on: low\nfail-on: high\n")
    assert message.startswith("wascan.yaml:2: ")


def test_what_the_file_says_steers_no_terminal_and_no_build_log() -> None:
    Path("wascan.yaml").write_text('"a\\n::error::b\\e[1m": 1\nselect: ["x\\n::error::y"]\n', encoding="utf-8")
    ran = subprocess.run([sys.executable, "-m", "wascan"], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr == "wascan.yaml:1: a\\n::error::b\\x1b[1m: there is no such key.\n"
    Path("wascan.yaml").write_text('select: ["x\\n::error::y"]\n', encoding="utf-8")
    ran = subprocess.run([sys.executable, "-m", "wascan"], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert [line[:12] for line in ran.stderr.splitlines()] == ["wascan.yaml:"]


# Its schema

GOOD: list[dict[str, Any]] = [
    {},
    {"fail-on": "none", "select": [], "parameters": {"A": 1, "B": [True, "x"], "C": 1.5}},
    {"account": "012345678901", "region": "us-gov-west-1", "stack-tags": {"a": True}},
    {"account": 123456789012},
    {"rules": {"x": {}, "x.y": {"severity": "low", "enabled": False, "tags": ["a"], "days": 3}}},
    {"waivers": [{"rules": ["a"], "reason": "b", "files": [], "resources": ["*"], "until": "soon", "ticket": "T-1"}]},
]
BAD: list[Any] = [
    [],
    "fail-on: low",
    {"fail_on": "low"},
    {"fail-on": "critical"},
    {"fail-on": ["low"]},
    {"fail-on-unknown": 1},
    {"select": "security"},
    {"select": [""]},
    {"select": [3]},
    {"parameters": ["A=B"]},
    {"parameters": {"A": {"B": "C"}}},
    {"parameters": {"A": [["B"]]}},
    {"parameters": {"A": None}},
    {"region": "Frankfurt"},
    {"region": True},
    {"account": "12"},
    {"account": 12},
    {"stack-tags": {"a": ["b"]}},
    {"scope": "all"},
    {"baseline": ""},
    {"rules": []},
    {"rules": {"x": False}},
    {"rules": {"x": {"enabled": "no"}}},
    {"waivers": {"rules": ["a"]}},
    {"waivers": [{"rules": [], "reason": "b"}]},
    {"waivers": [{"rules": ["a"]}]},
    {"waivers": [{"rules": ["a"], "reason": ""}]},
    {"waivers": [{"rules": ["a"], "reason": "b", "expires": "2027-01-31"}]},
    {"waivers": [{"rules": ["a"], "reason": "b", "until": 2027}]},
]
VALIDATOR = jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("data", GOOD)
def test_what_is_right_satisfies_the_schema_and_the_reader(data: Any) -> None:
    assert VALIDATOR.is_valid(data)
    assert list(faults(data, schema())) == []


@pytest.mark.parametrize("data", BAD)
def test_what_is_wrong_satisfies_neither_the_schema_nor_the_reader(data: Any) -> None:
    assert not VALIDATOR.is_valid(data)
    assert list(faults(data, schema())) != []


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(0.1, 0.9) | st.sampled_from(["", "low", "x"])
NAMES = st.sampled_from([*KEYS, *KEYS["waivers"]["items"]["properties"], "severity", "enabled", "x"])
PLAIN = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))


@given(st.dictionaries(NAMES, PLAIN, max_size=3))
def test_the_reader_and_the_schema_agree_on_anything(data: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(data) == (not list(faults(data, schema())))


def test_the_schema_is_a_schema_and_its_defaults_and_examples_satisfy_it() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    for name, key in KEYS.items():
        assert key["description"].endswith(".")
        for value in (*key["examples"], *([key["default"]] if "default" in key else [])):
            assert list(faults({name: value}, schema())) == []


def test_the_published_schema_and_the_table_of_the_guide_are_current() -> None:
    spec = importlib.util.spec_from_file_location("build_schema", ROOT / "scripts" / "build_schema.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.main(["--check"]) == 0


GUIDE = re.findall(r"(?ms)^```yaml\n(.*?)^```", (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", [text for text in GUIDE if text.partition(":")[0] in KEYS])
def test_the_examples_of_the_guide_are_right(example: str) -> None:
    said(example).verify(Packs().vocabulary())


# Rules, selectors and options


class Queue(Kind):
    slug = "queue"
    noun = "queue"


class Bucket(Kind):
    slug = "bucket"
    noun = "bucket"


def made(judge: Any, *practices: str, pillar: str) -> Rule:
    judge.__module__ = f"pack.{pillar}.{judge.__name__}"
    return rule(*practices, severity="high")(judge)


def encryption(thing: Kind, *, algorithms: tuple[str, ...] = ("aes",), strict: bool = False) -> Verdict:
    return known(True)


def tags(thing: Kind, *, tags: list[str], cost_center: str | None = None) -> Verdict:
    return known(True)


def supported(thing: Kind, *, today: str, days: int = 0) -> Verdict:
    return known(True)


RULES = [
    made(encryption, "SEC08-BP02", "GENSEC01-BP02", pillar="security"),
    made(tags, "COST03-BP02", pillar="cost_optimization"),
    made(supported, "SEC01-BP05", pillar="security"),
]
CHECKS = {check.id: check for one in RULES for kind in (Queue, Bucket) for check in (Check(one, kind),)}
VOCABULARY = Vocabulary([one.id for one in RULES], lambda: CHECKS, {one.id: one for one in RULES}.__getitem__)


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ("encryption", {"encryption.queue", "encryption.bucket"}),
        ("encryption.queue", {"encryption.queue"}),
        ("SEC08-BP02", {"encryption.queue", "encryption.bucket"}),
        ("wellarchitected:SEC08-BP02", {"encryption.queue", "encryption.bucket"}),
        ("GENSEC01-BP02", {"encryption.queue", "encryption.bucket"}),
        ("generative-ai-lens", {"encryption.queue", "encryption.bucket"}),
        ("wellarchitected", set(CHECKS)),
        ("cost-optimization", {"tags.queue", "tags.bucket"}),
        ("*.queue", {"encryption.queue", "tags.queue", "supported.queue"}),
        ("SEC0*", {"encryption.queue", "encryption.bucket", "supported.queue", "supported.bucket"}),
        ("secur*", set()),
        ("encryption.", set()),
        ("Encryption", set()),
    ],
)
def test_a_selector_names_checks(selector: str, selected: set[str]) -> None:
    selectors = Selectors(["nothing", selector])
    for _ in "again":
        assert {id for id, check in CHECKS.items() if selectors.match(check)} == selected


@given(st.text("ab.*", max_size=8), st.text("ab.[", max_size=8))
def test_a_star_stands_for_any_text_and_nothing_else_is_special(pattern: str, text: str) -> None:
    reached = {0}  # how much of the text a beginning of the pattern may take
    for character in pattern:
        if character == "*":
            reached = {end for start in reached for end in range(start, len(text) + 1)}
        else:
            reached = {start + 1 for start in reached if text[start : start + 1] == character}
    assert bool(glob(pattern)(text)) == (len(text) in reached)


def test_no_pattern_is_slow_to_fail() -> None:
    assert not glob("*a" * 40 + "b")("a" * 5000)


def test_selecting_ignoring_and_disabling() -> None:
    config = said("select: [security]\nignore: [SEC01-BP05]\nrules: {encryption.bucket: {enabled: false}}")
    assert [id for id, check in CHECKS.items() if config.runs(check)] == ["encryption.queue"]
    assert all(map(Config().runs, CHECKS.values()))


def test_what_is_said_of_a_check_wins_over_what_is_said_of_its_rule() -> None:
    config = said(
        "rules:\n"
        "  encryption: {severity: low, strict: true, enabled: false}\n"
        "  encryption.queue: {severity: medium, enabled: true, algorithms: [kms]}\n"
    )
    queue, bucket = CHECKS["encryption.queue"], CHECKS["encryption.bucket"]
    assert (config.severity(queue), config.runs(queue)) == ("medium", True)
    assert (config.severity(bucket), config.runs(bucket)) == ("low", False)
    assert config.options(queue, "2027-01-31") == {"strict": True, "algorithms": ("kms",)}
    assert config.options(bucket, "2027-01-31") == {"strict": True}
    assert config.severity(CHECKS["tags.queue"]) == "high"


def test_a_rule_that_needs_a_choice_has_no_options_until_it_is_made() -> None:
    check = CHECKS["tags.queue"]
    assert Config().options(check, "2027-01-31") is None
    assert Config().missing(check) == ("tags",)
    config = said("rules: {tags: {tags: [owner], cost-center: a}}")
    assert config.options(check, "2027-01-31") == {"tags": ["owner"], "cost_center": "a"}
    assert config.missing(check) == ()


def test_the_day_is_an_option_that_no_file_says() -> None:
    check = CHECKS["supported.queue"]
    assert Config().options(check, "2027-01-31") == {"today": "2027-01-31"}
    assert Config().missing(check) == ()
    with pytest.raises(ConfigError, match=r"rules.supported.today: there is no such key"):
        said("rules: {supported: {today: '2027-01-31'}}").verify(VOCABULARY)


def test_what_is_said_of_rules_is_held_against_those_there_are() -> None:
    near = "Did you mean encryption or encryption.bucket or encryption.queue?"
    config = said(
        "select: [secruity, security, SEC08-BP02, SEC8-BP02]\n"
        "ignore: ['*.queue', '*.topic', encryption.topic]\n"
        "waivers:\n"
        "  - {rules: [enc*ription], reason: x}\n"
        "rules:\n"
        "  tags: {tags: owner}\n"
        "  tags.queue: {tag: [owner], cost-center: null}\n"
        "  encryption: {algorithms: [aes, 3]}\n"
        "  encryption.topic: {severity: low}\n"
        "  supported:\n"
        "    days: 1.5\n"
        "  checkov:CKV_AWS_18: {severity: low}\n"
        "  checkov:CKV_AWS_19: {days: 1}\n"
    )
    with pytest.raises(ConfigError) as caught:
        config.verify(VOCABULARY)
    assert caught.value.messages == [
        'wascan.yaml:1: select[1]: there is no rule, check, practice, pillar or lens "secruity". Did you mean security?',
        'wascan.yaml:1: select[4]: there is no practice "SEC8-BP02". Did you mean SEC08-BP02 or SEC11-BP02 or SEC10-BP02?',
        'wascan.yaml:2: ignore[2]: "*.topic" matches no rule, check or practice.',
        f'wascan.yaml:2: ignore[3]: there is no rule, check, practice, pillar or lens "encryption.topic". {near}',
        'wascan.yaml:4: waivers[1].rules[1]: "enc*ription" matches no rule, check or practice.',
        'wascan.yaml:6: rules.tags.tags: expected a list, not "owner".',
        "wascan.yaml:7: rules.tags.queue.tag: there is no such key. Did you mean tags?",
        "wascan.yaml:8: rules.encryption.algorithms[2]: expected text, not 3.",
        f'wascan.yaml:9: rules.encryption.topic: there is no rule or check "encryption.topic". {near}',
        "wascan.yaml:11: rules.supported.days: expected a whole number, not 1.5.",
        "wascan.yaml:13: rules.checkov:CKV_AWS_19.days: there is no such key.",
    ]


def test_an_option_has_the_name_of_the_signature_with_hyphens_and_no_other() -> None:
    with pytest.raises(ConfigError, match=r"cost_center: there is no such key\. Did you mean cost-center"):
        said("rules: {tags: {cost_center: a}}").verify(VOCABULARY)


def test_an_id_of_an_earlier_framework_is_told_what_became_of_it() -> None:
    with pytest.raises(ConfigError, match="any more"):
        said("select: [SEC08-BP05]").verify(VOCABULARY)


def test_what_the_command_line_selects_is_verified_without_a_file() -> None:
    config = Config()
    config.select = ["securty"]
    config.ignore = ["tags"]
    with pytest.raises(ConfigError) as caught:
        config.verify(VOCABULARY)
    (message,) = caught.value.messages
    assert message.startswith('--select: there is no rule, check, practice, pillar or lens "securty".')


def test_checks_are_listed_only_when_they_are_needed() -> None:
    def never() -> list[str]:
        raise AssertionError

    cheap = Vocabulary([one.id for one in RULES], never, {one.id: one for one in RULES}.__getitem__)
    said("select: [security, wellarchitected, encryption, checkov:CKV_AWS_18]\nrules: {tags: {tags: [a]}}").verify(
        cheap
    )


@pytest.mark.parametrize(
    ("annotation", "good", "bad"),
    [
        ("str", ["", "x"], [1, None, []]),
        ("int", [0, -1], [1.5, True, "1"]),
        ("float", [0, 1.5], [True, "1"]),
        ("bool", [True], [0, "true"]),
        ("int | None", [1, None], ["x"]),
        ("list[str]", [[], ["a"]], ["a", [1]]),
        ("tuple[str, ...]", [["a"]], ["a", [1]]),
        ("frozenset[int]", [[1]], [["a"]]),
        ("list[str] | None", [["a"], None], [[None]]),
        ("dict[str, list[int]]", [{}, {"a": [1]}], [{"a": 1}, []]),
        ("Literal['a', 'b']", ["a"], ["c", 1]),
        ("typing.Literal['a']", ["a"], ["c", 1]),
        ("collections.abc.Sequence[str]", [["a"]], ["a"]),
    ],
)
def test_an_annotation_says_what_the_file_may_hold(annotation: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        assert list(faults(value, annotated(annotation))) == []
        assert jsonschema.Draft202012Validator(annotated(annotation)).is_valid(value)
    for value in bad:
        assert list(faults(value, annotated(annotation))) != []
        assert not jsonschema.Draft202012Validator(annotated(annotation)).is_valid(value)


@pytest.mark.parametrize(
    ("annotation", "data", "value"),
    [
        ("list[str]", ["a"], ["a"]),
        ("tuple[str, ...]", ["a"], ("a",)),
        ("frozenset[str] | None", ["a"], frozenset("a")),
        ("list[tuple[int, ...]]", [[1]], [(1,)]),
        ("str", "a", "a"),
    ],
)
def test_a_value_is_what_the_annotation_promises(annotation: str, data: Any, value: Any) -> None:
    assert converted(data, annotation) == value
    assert type(converted(data, annotation)) is type(value)


def test_every_option_of_every_built_in_rule_can_be_said() -> None:
    for one in Packs().rules():
        settings(one, {"properties": {}})
    with pytest.raises(TypeError, match="bytes"):
        annotated("bytes")
