"""SARIF: valid by the standard's schema and GitHub's rules, and telling all that a finding has to tell."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reporting import RULES, Accepted, make, sample, scan, store, stores  # noqa: F401  a fixture
from wascan.catalogue import frameworks
from wascan.document import Place
from wascan.finding import Report
from wascan.graph import Graph
from wascan.reports import render, save
from wascan.reports._envelope import _GUIDS, serialised
from wascan.reports._fingerprints import LineHashes
from wascan.reports._uris import Repository, uri

pytestmark = pytest.mark.usefixtures("stores")

DATA = Path(__file__).resolve().parent / "data"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@cache
def schema() -> Any:
    return jsonschema.Draft7Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))


def text_of(report: Report, profile: str = "sarif", **options: Any) -> str:
    stream = io.StringIO()
    render(profile, report, stream, version="1.2.3", **options)
    return stream.getvalue()


def run_of(report: Report, profile: str = "sarif", **options: Any) -> dict[str, Any]:
    """The one run of a log, which is valid."""
    log = json.loads(text_of(report, profile, **options))
    schema().validate(log)
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]  # JSON has any type


def results_of(report: Report, profile: str = "sarif") -> list[dict[str, Any]]:
    return run_of(report, profile)["results"]  # type: ignore[no-any-return]  # JSON has any type


def by_rule(report: Report, rule: str, profile: str = "sarif") -> list[dict[str, Any]]:
    return [result for result in results_of(report, profile) if result["ruleId"].partition(".")[0] == rule]


# Both profiles


@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_a_log_of_nothing_is_valid_and_has_its_results(profile: str) -> None:
    assert run_of(Report(Graph()), profile)["results"] == []


@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_a_log_is_the_same_each_time(profile: str) -> None:
    assert text_of(sample(), profile) == text_of(sample(), profile)


@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_rules_are_those_that_ran_and_results_point_at_theirs(profile: str) -> None:
    run = run_of(sample(), profile)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(f"{rule.id}.data-store" for rule in RULES)
    assert len({rule["name"] for rule in rules}) == len(rules)
    for rule in rules:
        assert re.fullmatch("([A-Z][a-z0-9]*)+", rule["name"])
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].endswith(".")


@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_results_come_in_batches_without_one_string_for_all(profile: str) -> None:
    resources = "".join(store("", f"Store{number}") for number in range(600))
    report = scan(RULES[:3], {"t.yaml": f"Resources:\n{resources}"})

    class Pieces(io.StringIO):
        longest = 0

        def write(self, text: str) -> int:
            self.longest = max(self.longest, len(text))
            return super().write(text)

    pieces = Pieces()
    render(profile, report, pieces)
    assert len(json.loads(pieces.getvalue())["runs"][0]["results"]) == 1200
    assert pieces.longest < len(pieces.getvalue()) / 3


@pytest.mark.parametrize("profile", ["sarif", "github"])
def test_an_input_makes_no_links_and_no_placeholders(profile: str) -> None:
    report = scan(
        [make("no-zone", lambda s: s.zone.is_absent())], {"t.yaml": "Resources:\n" + store("Zone: '[a](1) {0}'")}
    )
    (result,) = results_of(report, profile)
    assert "[a] (1) {{0}}" in result["message"]["text"]


# The profile sarif


def test_practices_are_taxonomies_by_framework_with_its_version() -> None:
    rules = [make("lens", lambda s: s.encrypted.is_true(), "", "GENSEC01-BP02", "SEC08-BP02"), *RULES]
    run = run_of(scan(rules, {"t.yaml": "Resources:\n" + store("")}))
    names = [taxonomy["name"] for taxonomy in run["taxonomies"]]
    assert names == ["wellarchitected", "generative-ai-lens"]
    supported = run["tool"]["driver"]["supportedTaxonomies"]
    for index, (taxonomy, reference) in enumerate(zip(run["taxonomies"], supported, strict=True)):
        assert taxonomy["version"] == next(item.version for item in frameworks() if item.id == taxonomy["name"])
        assert reference == {"name": taxonomy["name"], "index": index, "guid": taxonomy["guid"]}
    assert [taxon["id"] for taxon in run["taxonomies"][1]["taxa"]] == ["GENSEC01-BP02"]

    def names_a_taxon(reference: dict[str, Any]) -> str:
        taxonomy = run["taxonomies"][reference["toolComponent"]["index"]]
        assert taxonomy["name"] == reference["toolComponent"]["name"]
        assert taxonomy["taxa"][reference["index"]]["id"] == reference["id"]
        return reference["id"]  # type: ignore[no-any-return]  # JSON has any type

    for rule in run["tool"]["driver"]["rules"]:
        targets = [names_a_taxon(relationship["target"]) for relationship in rule["relationships"]]
        assert targets == list(next(item.practices for item in rules if item.id == rule["id"].partition(".")[0]))
    for result in run["results"]:
        assert [names_a_taxon(reference) for reference in result["taxa"]]


def test_each_framework_has_a_guid_that_its_id_makes() -> None:
    made = {
        item.id: str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:aws-well-architected:{item.id}")) for item in frameworks()
    }
    assert made == _GUIDS


def test_tags_begin_with_the_primary_practice() -> None:
    rules = {rule["id"]: rule for rule in run_of(sample())["tool"]["driver"]["rules"]}
    assert rules["closed-policy.data-store"]["properties"]["tags"] == [
        "SEC03-BP07",
        "security",
        "high-severity",
        "low-risk",
        "SEC08-BP04",
    ]


def test_a_kind_says_whether_it_fails_and_only_failures_have_a_level() -> None:
    levels = {(result["kind"], result["level"]) for result in results_of(sample())}
    assert levels == {("fail", "error"), ("fail", "warning"), ("fail", "note"), ("open", "none"), ("review", "none")}
    (review,) = [result for result in results_of(sample()) if result["kind"] == "review"]
    assert review["message"]["text"] == "would fail when Days is 1: BackupRetentionPeriod is 1, less than 7."
    assert review["properties"]["case"] == "Days is 1"


def test_a_location_has_the_place_and_the_resource() -> None:
    (result, *_) = by_rule(sample(), "encryption-at-rest")
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 25, "endLine": 9, "endColumn": 30}
    run = run_of(sample())
    artifact = location["physicalLocation"]["artifactLocation"]
    assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"] == "app/data.yaml"
    assert location["logicalLocations"] == [
        {"name": "Orders", "fullyQualifiedName": "app/data.yaml/Orders", "kind": "resource"}
    ]


def test_every_file_that_was_read_is_an_artifact() -> None:
    uris = [artifact["location"]["uri"] for artifact in run_of(sample())["artifacts"]]
    assert uris == ["%3A%3Aevil%20%3Cx%3E.json", "app/data.yaml"]


def test_a_companion_that_decided_is_a_related_location_of_its_own() -> None:
    ask = make("closed", lambda s: s.encrypted.is_true() & ~s.effect.equals("Allow"))
    policy = "  Open:\n    Type: Test::Data::Policy\n    Properties: {Store: !Ref Orders, Effect: Allow}\n"
    (result,) = results_of(scan([ask], {"t.yaml": "Resources:\n" + store("StorageEncrypted: false") + policy}))
    assert result["locations"][0]["logicalLocations"][0]["name"] == "Orders"
    (related,) = result["relatedLocations"]
    assert related["logicalLocations"][0]["name"] == "Open"
    assert related["physicalLocation"]["region"]["startLine"] == 8
    assert related["message"]["text"] == "Effect of Open is Allow."


def test_a_default_is_a_property_of_the_result_that_rests_on_it() -> None:
    parameters = "Parameters:\n  Days: {Type: Number, Default: 1}\nResources:\n"
    report = scan(RULES[2:3], {"t.yaml": parameters + store("BackupRetentionPeriod: !Ref Days")})
    (result,) = results_of(report)
    assert result["properties"]["rests"] == [{"parameter": "Days", "default": "1"}]


def test_a_waiver_is_a_suppression() -> None:
    results = results_of(sample())
    (waived,) = [result for result in results if result["suppressions"]]
    (suppression,) = waived["suppressions"]
    assert suppression["kind"] == "inSource"
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == Accepted.reason
    assert suppression["properties"] == {"origin": "inline", "expires": "2027-01-31"}
    assert all(result["suppressions"] == [] for result in results if result is not waived)


def test_a_waiver_of_the_configuration_is_external() -> None:
    report = sample()
    for finding in report.findings:
        if finding.waiver is not None:
            finding.waiver.origin, finding.waiver.until = "config", None
    (suppression,) = next(result["suppressions"] for result in results_of(report) if result["suppressions"])
    assert suppression["kind"] == "external"
    assert suppression["properties"] == {"origin": "config"}


def test_the_invocation_tells_what_went_wrong() -> None:
    (invocation,) = run_of(sample(), exit_code=2)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    told = [
        (item.get("level", "warning"), item["message"]["text"]) for item in invocation["toolExecutionNotifications"]
    ]
    assert told == [
        ("error", "app/broken.yaml has a tab where spaces are due."),
        ("warning", "the waiver is used by nothing."),
    ]
    (location,) = invocation["toolExecutionNotifications"][0]["locations"]
    assert location["physicalLocation"]["region"]["startLine"] == 3
    (waiting,) = invocation["toolConfigurationNotifications"]
    assert waiting["message"]["text"] == "required-tags judges nothing until somebody sets tags."


@pytest.mark.parametrize(("code", "successful"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_scan_with_findings_is_successful(code: int, successful: bool) -> None:
    (invocation,) = run_of(sample(), exit_code=code)["invocations"]
    assert invocation["executionSuccessful"] is successful


def test_a_fingerprint_stays_when_lines_move_and_is_one_findings_own() -> None:
    before = "Resources:\n" + store("StorageEncrypted: false") + store("", "Archive")
    after = "# one\n# more\n" + before
    prints = [
        [result["partialFingerprints"]["wascan/v1"] for result in results_of(scan(RULES, {"t.yaml": text}))]
        for text in (before, after)
    ]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(prints[0]) > 4


# The profile github


def test_github_gets_what_fails_and_nobody_waived() -> None:
    failing = [finding.check.id for finding in sample().findings if finding.fails]
    results = results_of(sample(), "github")
    assert results
    assert {result["ruleId"] for result in results} == set(failing)
    for result in results:
        assert "kind" not in result
        assert "suppressions" not in result
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] > 0


def test_what_one_rule_says_of_one_line_is_one_result() -> None:
    (low, merged) = sorted(by_rule(sample(), "versions", "github"), key=lambda result: len(result["message"]["text"]))
    assert low["message"]["text"].startswith("Archive: ")
    assert merged["message"]["text"] == (
        "RedStore, GreenStore, BlueStore: Versioning.Status is not set. Set Versioning.Status to Enabled."
    )
    assert [item["message"]["text"] for item in merged["relatedLocations"]] == ["GreenStore.", "BlueStore."]


def test_what_two_rules_say_of_one_line_is_two_results() -> None:
    report = scan(RULES, {"t.yaml": "Resources:\n" + store("")})
    results = results_of(report, "github")
    prints = {result["partialFingerprints"]["primaryLocationLineHash"] for result in results}
    assert len(results) == 3
    assert len(prints) == 1  # GitHub tells them apart by their rules


def test_only_the_security_pillar_makes_security_alerts() -> None:
    for rule in run_of(sample(), "github")["tool"]["driver"]["rules"]:
        properties = rule["properties"]
        security = "security" in properties["tags"]
        assert ("security-severity" in properties) is security
        assert ("problem.severity" in properties) is not security
        assert properties["precision"]
        assert len(properties["tags"]) <= 10


def test_no_rule_has_more_tags_than_github_takes() -> None:
    many = [f"SEC0{number}-BP01" for number in range(1, 10)]
    rules = [make("many", lambda s: s.encrypted.is_true(), "", *many)]
    (rule,) = run_of(scan(rules, {"t.yaml": "Resources:\n" + store("")}), "github")["tool"]["driver"]["rules"]
    assert len(rule["properties"]["tags"]) == 10
    assert rule["properties"]["tags"][0] == "SEC01-BP01"


def test_github_gets_five_thousand_results_the_worst_first() -> None:
    resources = "".join(store("", f"Store{number}") for number in range(2600))
    report = scan([RULES[3], RULES[0]], {"t.yaml": f"Resources:\n{resources}"})
    log = json.loads(text_of(report, "github"))
    levels = [result["level"] for result in log["runs"][0]["results"]]
    assert len(levels) == 5000
    assert levels == ["error"] * 2600 + ["note"] * 2400


def test_uris_are_relative_to_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "infra" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "infra" / "deep")
    report = scan(RULES[:1], {"t.yaml": "Resources:\n" + store("")})
    location = results_of(report, "github")[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "infra/deep/t.yaml"
    repository = Repository()
    assert repository.path("../up.yaml") == "infra/up.yaml"
    assert repository.path(str(tmp_path / "top.yaml")) == "top.yaml"


def test_a_worktree_has_a_root_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    (tmp_path / "infra").mkdir()
    monkeypatch.chdir(tmp_path / "infra")
    assert Repository().path("t.yaml") == "infra/t.yaml"


def test_a_source_file_is_read_for_its_line_hash(tmp_path: Path) -> None:
    (tmp_path / "app.ts").write_text(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", encoding="utf-8")
    report = scan(RULES[:1], {"t.yaml": "Resources:\n" + store("")})
    report.findings[0]._place = Place("app.ts", 2, 1, 2, 5)
    (result,) = results_of(report, "github")
    assert result["partialFingerprints"] == {"primaryLocationLineHash": "b1ae1287ec4718d9:1"}


class OneText:
    def __init__(self, text: str) -> None:
        self.given = text

    def text(self, file: str) -> str:
        return self.given


@pytest.mark.parametrize(
    ("text", "hashes"),
    [  # figures of github/codeql-action, which computes them where a report has none
        ("", ["c129715d7a2bc9a3:1"]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
            [
                "e9496ae3ebfced30:1",
                "fb7c023a8b9ccb3f:1",
                "ce8ba1a563dcdaca:1",
                "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1",
                "c8e28b0b4002a3a0:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_hashes_are_those_of_github(text: str, hashes: list[str], newline: str) -> None:
    known = LineHashes(OneText(text.replace("\n", newline)))  # type: ignore[arg-type]  # all that is asked of it
    assert [known.of("f", line) for line in range(1, len(hashes) + 1)] == hashes


def test_lines_alike_are_counted() -> None:
    line = "x" * 120 + "\n"
    known = LineHashes(OneText(line * 3))  # type: ignore[arg-type]  # all that is asked of it
    assert [known.of("f", number).partition(":")[2] for number in (1, 2, 3)] == ["1", "2", "3"]


def test_line_hashes_count_utf_16_units() -> None:
    one, two = (LineHashes(OneText(text)) for text in ("\U0001f642" * 60 + "a", "\U0001f642" * 60 + "b"))  # type: ignore[arg-type]
    assert one.of("f", 1) == two.of("f", 1)


def slow_hashes(text: str) -> list[str]:
    """The same, unit by unit, as the algorithm is described."""
    units = [ord(char) for char in re.sub(r"[ \t]", "", text)] + [65535]
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == 10)]
    seen: dict[int, int] = {}
    found = []
    for start in starts:
        value = 0
        for offset in range(100):
            value = (value * 37 + (units[start + offset] if start + offset < len(units) else 0)) % 2**64
        seen[value] = seen.get(value, 0) + 1
        found.append(f"{value:x}:{seen[value]}")
    return found


def test_line_hashes_of_a_real_file() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    text = text.encode("ascii", "replace").decode()
    known = LineHashes(OneText(text))  # type: ignore[arg-type]  # all that is asked of it
    expected = slow_hashes(text)
    assert [known.of("f", line) for line in range(1, len(expected) + 1)] == expected


# Uris and the object model


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("infra/a-b_c.~1.yaml", "infra/a-b_c.~1.yaml"),
        ("a b/ü#?.yaml", "a%20b/%C3%BC%23%3F.yaml"),
        ("50%.yaml", "50%25.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("[x].json", "%5Bx%5D.json"),
        ("../up.yaml", "../up.yaml"),
        ("/abs/a.yaml", "file:///abs/a.yaml"),
        ("/abs/a b.yaml", "file:///abs/a%20b.yaml"),
        ("C:/x/a.yaml", "file:///C:/x/a.yaml"),
        ("-", "-"),
        ("", "."),
    ],
)
def test_names_of_files_are_uris(name: str, expected: str) -> None:
    assert uri(name) == expected


def test_sarif_om_is_whole_for_whoever_imports_it_next(tmp_path: Path) -> None:
    code = (
        "from wascan.finding import Report\nfrom wascan.graph import Graph\nfrom wascan.reports import save\nimport sys\n"
        f"save('sarif', Report(Graph()), {str(tmp_path / 'x.sarif')!r})\n"
        "assert 'sarif_om._result' not in sys.modules\n"
        "import sarif_om\nsarif_om.SarifLog, sarif_om.Result, sarif_om.Run\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_the_serialiser_knows_every_class_of_sarif_om() -> None:
    import sarif_om

    message = sarif_om.Message(text="It is so.", arguments=[])
    location = sarif_om.Location(message=message, relationships=[{"plain": "data"}])
    result = sarif_om.Result(message=message, locations=[location], level="error", rank=-1.0)
    assert serialised(sarif_om.SarifLog(version="2.1.0", runs=[result])) == {
        "version": "2.1.0",
        "runs": [
            {
                "message": {"text": "It is so.", "arguments": []},
                "locations": [
                    {"message": {"text": "It is so.", "arguments": []}, "relationships": [{"plain": "data"}]}
                ],
                "level": "error",
            }
        ],
    }


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["github", "sarif"])
def test_microsofts_multitool_finds_nothing_wrong(profile: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    save(profile, sample(), f"{profile}.sarif", version="1.2.3", exit_code=1)
    assert complaints(f"{profile}.sarif", tmp_path_factory) == []


def complaints(file: str, factory: pytest.TempPathFactory) -> list[str]:
    """The warnings and errors of Microsoft's multitool on a log."""
    if shutil.which("npm") is None:
        if os.environ.get("CI"):
            pytest.fail("npm is not installed")
        pytest.skip("npm is not installed")
    done = subprocess.run(
        [_multitool(factory), "validate", file, "--rule-kind", "Sarif;Ghas", "--level", "Warning;Error"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    told = [line for line in done.stdout.splitlines() if re.search(r"\b(warning|error) [A-Z]+\d+", line)]
    assert told or done.returncode == 0, done.stdout + done.stderr
    return told


def _multitool(factory: pytest.TempPathFactory) -> Path:
    """Installs it once in a run of the tests."""
    folder = factory.getbasetemp() / "multitool"
    tool = folder / "node_modules" / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    if not tool.exists():
        folder.mkdir()
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder)]
        subprocess.run([*command, "@microsoft/sarif-multitool-linux"], check=True, capture_output=True)
    return tool
