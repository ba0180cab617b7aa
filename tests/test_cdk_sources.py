"""What is found in a CDK app stands where the app's own code makes it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_apps import FOLDER, line_of
from cdk_assembly import Stack, assembly, created, made, read, resource, scan, write
from wascan import reports
from wascan.dialects.cdk_sources import Frame, frames
from wascan.finding import FAIL

if TYPE_CHECKING:
    from wascan.document import Place

LIBRARY = "...new Queue2 in aws-cdk-lib..."
SOURCE = "import { Stack } from 'aws-cdk-lib';\n\nnew Queue(this, 'Jobs');\n  setUp(jobs);\n\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lib").mkdir()
    Path("lib/stack.ts").write_text(SOURCE)
    Path("cdk.json").write_text('{"app": "npx ts-node bin/app.ts"}\n')


def where(place: Place | None) -> str:
    assert place is not None
    return f"{place.file}:{place.line}:{place.column}-{place.end_column}"


def placed(metadata: dict[str, Any], *inside: str | int, construct: str = "Dev/Jobs/Resource") -> tuple[str, str]:
    """Where a queue stands whose stack has these metadata, and where its twin does."""
    stack = Stack({"Jobs": made(construct, KmsMasterKeyId="x")}, metadata=metadata)
    jobs = resource(read(assembly(Path("cdk.out"), {"Dev": stack})), "Jobs")
    path = (*jobs.properties_path, *inside) if inside else jobs.path
    twin = jobs.twin_place(path)
    return where(jobs.place(path)), "" if twin is None else where(twin)


# Frames


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("new Dev (/app/lib/stack.ts:12:5)", Frame("/app/lib/stack.ts", 12, 5)),
        ("    at new Dev (/app/lib/stack.ts:12:5)", Frame("/app/lib/stack.ts", 12, 5)),
        ("    at /app/lib/stack.ts:12:5", Frame("/app/lib/stack.ts", 12, 5)),
        ("__init__ (/app/shop/stack.py:12)", Frame("/app/shop/stack.py", 12, 0)),
        ("<anonymous> (file:///app/bin/app.mjs:3:1)", Frame("/app/bin/app.mjs", 3, 1)),
        ("Object.<anonymous> (C:\\app\\bin\\app.ts:3:1)", Frame("C:/app/bin/app.ts", 3, 1)),
        ("f (/home/me/my apps (old)/a.ts:3:1)", Frame("/home/me/my apps (old)/a.ts", 3, 1)),
        ("Object.require.extensions.<computed> [as .ts] (/app/run.ts:1:2)", Frame("/app/run.ts", 1, 2)),
    ],
)
def test_a_frame_names_a_line_of_the_app(text: str, frame: Frame) -> None:
    assert list(frames([text])) == [frame]


@pytest.mark.parametrize(
    "text",
    [
        LIBRARY,
        ".../opt/lib/vpc.js:1:293 in aws-cdk-lib...",
        "(no user code in 10 frames, use --stack-trace-limit to capture more)",
        "process.processImmediate (node:internal/timers:483:21)",
        "new Bucket (/app/node_modules/aws-cdk-lib/aws-s3/lib/bucket.js:1:2)",
        "__init__ (/venv/lib/python3.12/site-packages/jsii/_runtime.py:12)",
        "_run_code (/usr/lib/python3.12/runpy.py:88)",
        "_call (<frozen importlib._bootstrap>:241)",
        "Kernel.create (/jsii-runtime/lib/program.js:1:53537)",
        "internal/main.js:17:5",
        "Error",
        "",
        None,
        7,
    ],
)
def test_frames_of_libraries_and_machinery_lead_nowhere(text: Any) -> None:
    assert list(frames([text])) == []


@given(st.text(), st.text(min_size=1), st.integers(0, 10**6), st.integers(0, 10**4))
def test_no_frame_is_too_odd_to_be_read(function: str, file: str, line: int, column: int) -> None:
    for frame in frames([f"{function} ({file}:{line}:{column})", function, file]):
        assert frame.file


# Places


def test_a_resource_stands_where_it_is_made_and_its_twin_in_the_template(tmp_path: Path) -> None:
    metadata = {"/Dev/Jobs/Resource": created(LIBRARY, f"new Dev ({tmp_path}/lib/stack.ts:3:1)")}
    assert placed(metadata) == ("lib/stack.ts:3:1-25", "cdk.out/Dev.template.json:3:3-9")


@pytest.mark.parametrize("inline", [True, False])
def test_metadata_are_read_from_the_manifest_or_from_a_file_of_their_own(inline: bool) -> None:
    traced = {"/Dev/Jobs": [{"type": "aws:cdk:logicalId", "data": "Jobs", "trace": ["f (lib/stack.ts:3:1)"]}]}
    stack = Stack({"Jobs": made("Dev/Jobs")}, metadata=traced, inline=inline)
    jobs = resource(read(assembly(Path("cdk.out"), {"Dev": stack})), "Jobs")
    assert where(jobs.place(jobs.path)) == "lib/stack.ts:3:1-25"


def test_a_line_without_a_column_is_taken_from_where_its_text_begins() -> None:
    assert placed({"/Dev/Jobs/Resource": created("f (lib/stack.ts:4)")})[0] == "lib/stack.ts:4:3-15"
    assert placed({"/Dev/Jobs/Resource": created("f (lib/stack.ts:4:99)")})[0] == "lib/stack.ts:4:3-15"


def test_a_line_that_there_is_not_any_more_is_no_place() -> None:
    for line in (5, 6, 700):
        here, twin = placed({"/Dev/Jobs/Resource": created(f"f (lib/stack.ts:{line}:1)")})
        assert here.startswith("cdk.out/Dev.template.json:")
        assert twin.startswith(f"lib/stack.ts:{line}:")


def test_a_source_that_is_not_here_is_the_twin_of_the_template() -> None:
    here, twin = placed({"/Dev/Jobs/Resource": created("f (/build/lib/other.ts:3:1)")})
    assert (here, twin) == ("cdk.out/Dev.template.json:3:3-9", "/build/lib/other.ts:3:1-1")


def test_an_app_may_be_synthesised_in_another_place() -> None:
    Path("bin").mkdir()
    Path("bin/app.ts").write_text("new Dev(app);\n")
    Path("index.ts").write_text("new App();\n")
    start = "<anonymous> (/build/shop/bin/app.ts:1:1)"
    assert (
        placed({"/Dev/Jobs/Resource": created("f (/build/shop/lib/stack.ts:3:1)", start)})[0] == "lib/stack.ts:3:1-25"
    )
    here, twin = placed({"/Dev/Jobs/Resource": created("f (/build/shared/index.ts:1:1)", start)})
    assert (here, twin) == ("bin/app.ts:1:1-14", "cdk.out/Dev.template.json:3:3-9")  # of another package


def test_a_source_outside_the_working_directory_gives_way_to_its_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("app/lib").mkdir(parents=True)
    Path("app/lib/own.ts").write_text("queue(this);\n")
    stack = Stack(
        {"Jobs": made("Dev/Jobs/Resource")},
        metadata={
            "/Dev/Jobs/Resource": created(
                f"queue ({Path('lib/stack.ts').absolute()}:3:1)", f"f ({Path('app/lib/own.ts').absolute()}:1:1)"
            )
        },
    )
    monkeypatch.chdir("app")
    jobs = resource(read(assembly(Path("cdk.out"), {"Dev": stack})), "Jobs")
    assert where(jobs.place(jobs.path)) == "lib/own.ts:1:1-13"


def test_a_construct_without_a_line_stands_where_the_nearest_around_it_is_made() -> None:
    metadata = {
        "/Dev": created("f (lib/stack.ts:1:1)"),
        "/Dev/Vpc/Resource": created("f (lib/stack.ts:3:1)"),
        "/Dev/Vpc/Subnet/Resource": created(LIBRARY),
    }
    assert placed(metadata, construct="Dev/Vpc/Subnet/Resource")[0] == "lib/stack.ts:3:1-25"
    assert placed(metadata, construct="Dev/Other/Deep/Resource")[0].startswith("lib/stack.ts:1:")


def test_the_call_of_synth_makes_nothing_of_its_own() -> None:
    Path("app.py").write_text("Dev(app)\napp.synth()\n")
    metadata = {"/Dev": created("<module> (app.py:1)"), "/Dev/Late/Resource": created("<module> (app.py:2)")}
    assert placed(metadata, construct="Dev/Late/Resource")[0] == "app.py:1:1-9"


def test_a_property_stands_where_it_was_set_last() -> None:
    def assigned(*lines: int) -> list[dict[str, Any]]:
        data = [{"propertyName": "KmsMasterKeyId", "stackTrace": [f"f (lib/stack.ts:{line}:3)"]} for line in lines]
        return [{"type": "aws:cdk:propertyAssignment", "data": item} for item in data]

    metadata = {"/Dev/Jobs/Resource": [*created("f (lib/stack.ts:3:1)"), *assigned(1, 4)]}
    assert placed(metadata, "KmsMasterKeyId")[0].startswith("lib/stack.ts:4:")
    assert placed(metadata, "KmsMasterKeyId", "deeper")[0].startswith("lib/stack.ts:4:")
    assert placed(metadata, "Other")[0].startswith("lib/stack.ts:3:")
    assert placed(metadata)[0].startswith("lib/stack.ts:3:")


def test_without_paths_in_the_template_the_logical_id_leads_to_the_construct() -> None:
    def identified(name: str, line: int) -> list[dict[str, Any]]:
        return [{"type": "aws:cdk:logicalId", "data": name}, *created(f"f (lib/stack.ts:{line}:1)")]

    queue = {"Type": "AWS::SQS::Queue"}
    inner = {**queue, "Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "I.nested.template.json"}}
    stack = Stack(
        {"Inner": inner, "Jobs": queue},
        metadata={
            "/Dev/Inner.NestedStack/Inner.NestedStackResource": identified("Inner", 1),
            "/Dev/Inner/Jobs/Resource": identified("Jobs", 3),
            "/Dev/Jobs/Resource": identified("Jobs", 4),
        },
    )
    out = assembly(Path("cdk.out"), {"Dev": stack})
    write(out / "I.nested.template.json", {"Resources": {"Jobs": queue}})
    found = {item.construct: item.place(item.path).line for item in read(out) if item.name == "Jobs"}
    assert found == {"Dev/Jobs/Resource": 4, "Dev/Inner/Jobs/Resource": 3}


def test_those_who_see_no_generated_file_are_shown_cdk_json() -> None:
    stack = Stack({"Jobs": made("Dev/Jobs"), "Mapped": made("Dev/Mapped")})
    stack.metadata = {"/Dev/Mapped": created("f (lib/stack.ts:3:1)")}
    graph = read(assembly(Path("cdk.out"), {"Dev": stack}))
    jobs, mapped = resource(graph, "Jobs"), resource(graph, "Mapped")
    assert where(jobs.scope.committed(jobs.place(jobs.path))) == "cdk.json:1:1-34"
    assert where(jobs.scope.committed(mapped.place(mapped.path))) == "lib/stack.ts:3:1-25"
    Path("cdk.json").unlink()
    jobs = resource(read(Path("cdk.out")), "Jobs")
    assert where(jobs.scope.committed(jobs.place(jobs.path))).startswith("cdk.out/Dev.template.json:")


# Our own apps, as they were synthesised


@pytest.mark.parametrize("app", ["typescript", "python"])
def test_every_resource_of_our_apps_stands_where_it_is_made(app: str) -> None:
    shutil.copytree(FOLDER / app, ".", dirs_exist_ok=True)
    graph = read(Path("cdk.out"))
    ours = [item for item in graph if not item.managed_by and not item.type.startswith("Custom::")]
    assert len(ours) > 20
    assert len({item.type for item in ours}) > 8
    for item in ours:
        place = item.place(item.path)
        assert f"{place.file}:{place.line}" == line_of(app, item.construct), item.construct


@pytest.mark.parametrize("app", ["typescript", "python"])
def test_what_fails_in_our_apps_stands_where_it_is_made(app: str) -> None:
    shutil.copytree(FOLDER / app, ".", dirs_exist_ok=True)
    failures = [finding for finding in scan("cdk.out").findings if finding.fails]
    assert len(failures) > 10
    for finding in failures:
        assert f"{finding.place.file}:{finding.place.line}" == line_of(app, finding.resource.construct)


def test_what_cdk_makes_for_itself_is_judged_and_fails_nothing() -> None:
    shutil.copytree(FOLDER / "typescript", ".", dirs_exist_ok=True)
    report = scan("cdk.out")
    apart = {finding.resource.construct for finding in report.findings if finding.resource.managed_by}
    assert "Orders/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Resource" in apart
    assert not [finding for finding in report.findings if finding.fails and finding.resource.construct in apart]


# Waivers


def waived(report: Any) -> set[str]:
    return {finding.resource.construct for finding in report.findings if finding.waiver and finding.kind == FAIL}


def app(**stack: Any) -> None:
    names = ("Dev/A/Jobs", "Dev/B/Jobs")
    resources = {name.replace("/", ""): made(f"{name}/Resource", SqsManagedSseEnabled=False) for name in names}
    assembly(Path("cdk.out"), {"Dev": Stack(resources, **stack)})


@pytest.mark.parametrize("pattern", ["Dev/A/*", "Dev/A/Jobs", "Dev/A/Jobs/Resource"])
def test_a_waiver_reaches_constructs_by_their_paths(pattern: str) -> None:
    app()
    waiver = {"rules": ["encryption-at-rest"], "resources": [pattern], "reason": "a test"}
    write(Path("wascan.yaml"), {"waivers": [waiver]})
    assert waived(scan("cdk.out")) == {"Dev/A/Jobs/Resource"}


def acknowledging(path: str, rule: str) -> dict[str, Any]:
    entry = {"type": "aws:cdk:acknowledged-rules", "data": {rule: "a test"}, "trace": ["f (lib/stack.ts:4:3)"]}
    return {path: [entry]}


@pytest.mark.parametrize("path", ["/Dev/A", "/Dev/A/Jobs", "/Dev/A/Jobs/Resource"])
def test_what_the_app_acknowledges_is_waived_for_the_construct_and_what_is_in_it(path: str) -> None:
    app(metadata=acknowledging(path, "wascan::encryption-at-rest"))
    report = scan("cdk.out")
    assert waived(report) == {"Dev/A/Jobs/Resource"}
    (waiver,) = {finding.waiver for finding in report.findings if finding.waiver}
    assert (waiver.reason, where(waiver.place)) == ("a test", "lib/stack.ts:4:3-15")


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/Dev/A", "Annotation::encryption-at-rest"),
        ("/Dev/A", "AwsSolutions::AwsSolutions-SNS2"),
        ("/Dev/Another", "wascan::encryption-at-rest"),
        ("/Dev/A/Job", "wascan::encryption-at-rest"),
    ],
)
def test_what_is_acknowledged_elsewhere_or_of_another_tool_waives_nothing_here(path: str, rule: str) -> None:
    app(metadata=acknowledging(path, rule))
    assert not waived(scan("cdk.out"))


@pytest.mark.parametrize("plugin", ["AwsSolutions", "Annotation"])
def test_rules_of_cdk_nag_are_acknowledged_for_the_checks_that_ask_the_same(plugin: str) -> None:
    app(metadata=acknowledging("/Dev/A", f"{plugin}::AwsSolutions-SQS2"))
    report = scan("cdk.out")
    told = {(item.check.id, item.resource.construct, item.waiver.origin) for item in report.findings if item.waiver}
    assert told == {("encryption-at-rest.sqs-queue", "Dev/A/Jobs/Resource", "cdk-nag")}
    assert not [note for note in report.notes if "waiver" in note.message]


def test_an_acknowledgement_that_waives_nothing_is_told() -> None:
    app(metadata=acknowledging("/Dev/Another", "wascan::encryption-at-rest"))
    (note,) = [note for note in scan("cdk.out").notes if note.level == "warning" and "waiver" in note.message]
    assert (note.file, note.line) == ("lib/stack.ts", 4)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lib/waived.ts", "// wascan: ignore[encryption-at-rest] a test\nnew Queue(this, 'Jobs');\n"),
        ("lib/waived.ts", "\nnew Queue(this, 'Jobs'); // wascan: ignore[encryption-at-rest] a test\n"),
        ("lib/waived.py", '# wascan: ignore[encryption-at-rest] a test\nQueue(self, "Jobs")\n'),
    ],
)
def test_a_comment_in_the_app_waives_what_is_made_on_its_line(name: str, text: str) -> None:
    Path(name).write_text(text)
    app(
        metadata={
            "/Dev/A/Jobs/Resource": created(f"f ({name}:2:1)"),
            "/Dev/B/Jobs/Resource": created("f (lib/stack.ts:3:1)"),
        }
    )
    assert waived(scan("cdk.out")) == {"Dev/A/Jobs/Resource"}


def test_metadata_of_a_resource_waive() -> None:
    queue = made("Dev/Jobs/Resource", SqsManagedSseEnabled=False)
    queue["Metadata"]["wascan"] = {"ignore": [{"rules": ["encryption-at-rest"], "reason": "a test"}]}
    assembly(Path("cdk.out"), {"Dev": Stack({"Jobs": queue})})
    assert waived(scan("cdk.out")) == {"Dev/Jobs/Resource"}


# Reports


def sarif(format: str) -> list[dict[str, Any]]:
    stream = io.StringIO()
    reports.render(format, scan("cdk.out"), stream)
    results: list[dict[str, Any]] = json.loads(stream.getvalue())["runs"][0]["results"]
    return [result for result in results if result["ruleId"] == "encryption-at-rest.sqs-queue"]


def uri(location: dict[str, Any]) -> str:
    return str(location["physicalLocation"]["artifactLocation"]["uri"])


def test_reports_name_both_sides_and_github_only_what_is_committed() -> None:
    app(metadata={"/Dev/A/Jobs/Resource": created("f (lib/stack.ts:3:1)")})
    places = {
        result["properties"]["construct"]: (uri(result["locations"][0]), [uri(at) for at in result["relatedLocations"]])
        for result in sarif("sarif")
        if "relatedLocations" in result
    }
    source, related = places["Dev/A/Jobs/Resource"]
    assert source == "lib/stack.ts"
    assert "cdk.out/Dev.template.json" in related
    assert {uri(result["locations"][0]) for result in sarif("github")} == {"lib/stack.ts", "cdk.json"}


def test_an_acknowledgement_is_a_suppression_in_the_source() -> None:
    app(metadata=acknowledging("/Dev/A", "wascan::encryption-at-rest"))
    (suppression,) = [item for result in sarif("sarif") for item in result["suppressions"]]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "a test")
    assert uri(suppression["location"]) == "lib/stack.ts"


def test_the_text_names_constructs_by_their_paths() -> None:
    app(metadata={"/Dev/A/Jobs/Resource": created("f (lib/stack.ts:3:1)")})
    stream = io.StringIO()
    reports.render("text", scan("cdk.out"), stream)
    assert "lib/stack.ts:3:1  Dev/A/Jobs (AWS::SQS::Queue)\n" in stream.getvalue()
    assert "Dev/B/Jobs (AWS::SQS::Queue)\n" in stream.getvalue()
