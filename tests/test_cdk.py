"""Cloud assemblies become one graph: every stack once, linked across stacks and Regions, broken parts told."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdk_assembly import QUEUE, Stack, assembly, created, made, node, read, resource, write
from wascan import dialects, sources
from wascan.dialects import Settings
from wascan.markers import Reference, Unknown
from wascan.sources import Form
from wascan.world import World

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "cdk"
OUR_APPS = sorted(ROOT.glob("fixtures/apps/*/cdk.out"))
APPS = [*OUR_APPS, *(sorted(CORPUS.iterdir()) if CORPUS.is_dir() else [])]
NOWHERE = ("...aws-cdk-lib...", "(no user code in 10 frames, use --stack-trace-limit to capture more)")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(folder: Path | str, level: str) -> list[str]:
    return [f"{note.file}: {note.message}" for note in read(Path(folder)).notes if note.level == level]


def templates_of(folder: Path) -> list[Path]:
    """The templates that an assembly's manifests name, nested ones too, once for each time that they are named."""
    found: list[Path] = []
    for artifact in json.loads((folder / "manifest.json").read_text())["artifacts"].values():
        properties = artifact.get("properties", {})
        if artifact["type"] == "cdk:cloud-assembly":
            found += templates_of(folder / properties["directoryName"])
        elif artifact["type"] == "aws:cloudformation:stack":
            found += with_nested(folder, properties["templateFile"])
    return found


def with_nested(folder: Path, name: str) -> list[Path]:
    found = [folder / name]
    for body in json.loads((folder / name).read_text()).get("Resources", {}).values():
        if body["Type"] == "AWS::CloudFormation::Stack" and "aws:asset:path" in body.get("Metadata", {}):
            found += with_nested(folder, body["Metadata"]["aws:asset:path"])
    return found


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.parent.name if app.name == "cdk.out" else app.name)
def test_every_stack_of_an_app_is_in_the_graph_exactly_once_with_all_its_resources(app: Path) -> None:
    graph = read(app)
    assert not [note for note in graph.notes if note.level == "error"]
    templates = templates_of(app)
    assert sorted(str(path) for path in templates) == sorted(scope.document.name for scope in graph.scopes)
    assert len({scope.address for scope in graph.scopes}) == len(graph.scopes)
    addresses = [resource.address for resource in graph]
    assert len(set(addresses)) == len(addresses)
    counts = [len(json.loads(path.read_text()).get("Resources", {})) for path in templates]
    assert sum(counts) == len(graph.resources)
    assert all(scope.whole for scope in graph.scopes)
    assert all(item.construct for item in graph)
    assert {str(path) for path in templates} < graph.files
    assert not [name for name in graph.files if "/asset." in name]


def test_asset_folders_hold_foreign_templates_and_are_not_looked_at() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()})
    (out / "asset.12").mkdir()
    write(out / "asset.12" / "template.json", {"Resources": {"Foreign": QUEUE}})
    assert [item.name for item in read(out)] == ["Jobs"]


# Environments, names and tags


def test_a_stack_has_the_account_region_name_and_tags_of_its_artifact() -> None:
    stack = Stack(
        environment="aws://111111111111/eu-central-1",
        properties={"stackName": "shop-dev", "tags": {"owner": "shop"}},
        displayName="Dev/Shop",
    )
    (scope,) = read(assembly(Path("cdk.out"), {"DevShop1234": stack}), tags={"stage": "dev", "owner": "all"}).scopes
    world = World()
    assert (scope.account(world), scope.region(world)) == ("111111111111", "eu-central-1")
    assert scope.deep({"Ref": "AWS::StackName"}, (), world) == "shop-dev"
    assert scope.name == "Dev/Shop"
    assert scope.tags == {"stage": "dev", "owner": "shop"}


@pytest.mark.parametrize(
    "environment", ["aws://unknown-account/unknown-region", "aws://replaceMe/some-where", "nonsense", None, 7]
)
def test_what_an_environment_leaves_open_is_unknown_or_said_by_the_person_who_scans(environment: Any) -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack(environment=environment)})
    (scope,) = read(out).scopes
    assert isinstance(scope.account(World()), Unknown)
    assert isinstance(scope.region(World()), Unknown)
    (scope,) = read(out, account="222222222222", region="eu-west-1").scopes
    assert (scope.account(World()), scope.region(World())) == ("222222222222", "eu-west-1")


def test_the_artifact_id_is_the_name_where_the_artifact_gives_none() -> None:
    (scope,) = read(assembly(Path("cdk.out"), {"Dev": Stack(displayName=None)})).scopes
    assert (scope.name, scope.deep({"Ref": "AWS::StackName"}, (), World())) == ("Dev", "Dev")


# What leads from one stack to another


def nested(path: str, template: str, **parameters: Any) -> dict[str, Any]:
    name = path.rpartition("/")[2]
    return {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": {"Fn::Sub": "https://s3..."}, "Parameters": parameters},
        "Metadata": {
            "aws:cdk:path": f"{path}.NestedStack/{name}.NestedStackResource",
            "aws:asset:path": template,
            "aws:asset:property": "TemplateURL",
        },
    }


def test_a_nested_stack_sees_what_its_parent_gives_it_and_the_parent_its_outputs() -> None:
    parent = Stack(
        {
            "Key": made("Dev/Key", "AWS::KMS::Key"),
            "Inner": nested("Dev/Inner", "Inner.nested.template.json", key={"Fn::GetAtt": ["Key", "Arn"]}),
            "Copy": made("Dev/Copy", KmsMasterKeyId={"Fn::GetAtt": ["Inner", "Outputs.Used"]}),
        },
        environment="aws://111111111111/eu-central-1",
        properties={"tags": {"owner": "shop"}},
    )
    out = assembly(Path("cdk.out"), {"Dev": parent})
    write(
        out / "Inner.nested.template.json",
        {
            "Parameters": {"key": {"Type": "String"}},
            "Resources": {"Jobs": made("Dev/Inner/Jobs/Resource", KmsMasterKeyId={"Ref": "key"})},
            "Outputs": {"Used": {"Value": {"Ref": "key"}}},
        },
    )
    graph = read(out)
    jobs, copy = resource(graph, "Jobs"), resource(graph, "Copy")
    for item in (jobs, copy):
        found = item.scope.deep(item.properties["KmsMasterKeyId"], (), World())
        assert isinstance(found, Reference)
        assert (found.resource.name, found.attribute) == ("Key", "Arn")
    assert jobs.scope.region(World()) == "eu-central-1"
    assert jobs.scope.tags == {"owner": "shop"}
    assert jobs.scope.name == "Dev/Inner"


def exporting(region: str, stack: str) -> tuple[Stack, Stack]:
    """A stack that exports its queue, and one that imports it, in a Region."""
    environment = f"aws://111111111111/{region}"
    value = {"Fn::GetAtt": ["Jobs", "Arn"]}
    outputs = {"Jobs": {"Value": value, "Export": {"Name": "shop:Jobs"}}}
    policy = made(f"{stack}/Policy", "AWS::SQS::QueuePolicy", Queues=[{"Fn::ImportValue": "shop:Jobs"}])
    return (
        Stack({"Jobs": made(f"{stack}/Jobs")}, environment=environment, sections={"Outputs": outputs}),
        Stack({"Policy": policy}, environment=environment),
    )


def test_an_import_leads_to_the_export_of_its_own_region() -> None:
    stacks: dict[str, Stack] = {}
    for name, region in (("Eu", "eu-central-1"), ("Us", "us-east-1")):
        stacks[name], stacks[f"{name}Reader"] = exporting(region, name)
    graph = read(assembly(Path("cdk.out"), stacks))
    for name in ("Eu", "Us"):
        policy = resource(graph, f"{name}/Policy")
        (found,) = policy.scope.deep(policy.properties["Queues"], (), World())
        assert isinstance(found, Reference)
        assert found.resource.construct == f"{name}/Jobs"


def test_a_literal_name_means_the_resource_of_its_own_region() -> None:
    stacks = {
        region: Stack(
            {
                "Data": made(f"{region}/Data", "AWS::S3::Bucket", BucketName="data"),
                "Policy": made(f"{region}/Policy", "AWS::S3::BucketPolicy", Bucket="data"),
            },
            environment=f"aws://111111111111/{region}",
        )
        for region in ("eu-central-1", "us-east-1")
    }
    graph = read(assembly(Path("cdk.out"), stacks))
    bucket = resource(graph, "us-east-1/Data")
    found = graph.companions(bucket, "AWS::S3::BucketPolicy", "$.Bucket", "data", World())
    assert [item.construct for item in found.certain] == ["us-east-1/Policy"]
    assert not found.open


def test_a_companion_in_another_stack_of_the_app_is_found() -> None:
    outputs = {"Name": {"Value": {"Ref": "Data"}, "Export": {"Name": "Store:Data"}}}
    policy = made("Access/Policy", "AWS::S3::BucketPolicy", Bucket={"Fn::ImportValue": "Store:Data"})
    stacks = {
        "Store": Stack({"Data": made("Store/Data", "AWS::S3::Bucket")}, sections={"Outputs": outputs}),
        "Access": Stack({"Policy": policy}),
    }
    graph = read(assembly(Path("cdk.out"), stacks))
    found = graph.companions(resource(graph, "Data"), "AWS::S3::BucketPolicy", "$.Bucket", "", World())
    assert [item.name for item in found.certain] == ["Policy"]


def across(region: str, exports: dict[str, Any], imports: dict[str, Any]) -> dict[str, Any]:
    """The custom resources by which stacks in two Regions exchange values."""
    return {
        "Writer": made("W", "Custom::CrossRegionExportWriter", WriterProps={"region": region, "exports": exports}),
        "Reader": made("R", "Custom::CrossRegionExportReader", ReaderProps={"region": region, "imports": imports}),
    }


def test_a_reference_across_regions_leads_to_the_resource() -> None:
    key = "/cdk/exports/Eu/Jobs"
    eu = across("eu-central-1", {}, {key: "{{resolve:ssm:...}}"})
    us = across("eu-central-1", {key: {"Fn::GetAtt": ["Jobs", "Arn"]}}, {})
    stacks = {
        "Eu": Stack(
            {"Reader": eu["Reader"], "Copy": made("Eu/Copy", Dead={"Fn::GetAtt": ["Reader", key]})},
            environment="aws://111111111111/eu-central-1",
        ),
        "Us": Stack({"Writer": us["Writer"], "Jobs": made("Us/Jobs")}, environment="aws://111111111111/us-east-1"),
    }
    out = assembly(Path("cdk.out"), stacks)
    copy = resource(read(out), "Copy")
    found = copy.scope.deep(copy.properties["Dead"], (), World())
    assert isinstance(found, Reference)
    assert (found.resource.construct, found.attribute) == ("Us/Jobs", "Arn")

    del stacks["Us"]
    copy = resource(read(assembly(Path("alone"), stacks)), "Copy")
    assert isinstance(copy.scope.deep(copy.properties["Dead"], (), World()), Unknown)


def reading(**where: Any) -> Any:
    """What a stack in eu-central-1 reads from the stacks called Shop, which are in two Regions and two accounts."""
    places = {"Eu": "111111111111/eu-central-1", "Us": "111111111111/us-east-1", "Prod": "222222222222/eu-central-1"}
    stacks = {
        name: Stack(
            {"Jobs": made(f"{name}/Jobs")},
            environment=f"aws://{place}",
            properties={"stackName": "Shop"},
            sections={"Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["Jobs", "Arn"]}}}},
        )
        for name, place in places.items()
    }
    weak = {"Fn::GetStackOutput": {"StackName": "Shop", "OutputName": "Arn", **where}}
    stacks["Reader"] = Stack({"Copy": made("Reader/Copy", Dead=weak)}, environment=f"aws://{places['Eu']}")
    copy = resource(read(assembly(Path("cdk.out"), stacks)), "Copy")
    found = copy.scope.deep(copy.properties["Dead"], (), World())
    return found.resource.construct if isinstance(found, Reference) else found


def test_a_weak_reference_leads_to_the_output_of_the_stack_that_it_names() -> None:
    assert reading() == "Eu/Jobs"
    assert reading(Region="us-east-1") == "Us/Jobs"
    assert reading(RoleArn="arn:aws:iam::222222222222:role/reader") == "Prod/Jobs"
    assert reading(RoleArn={"Fn::Sub": "arn:${AWS::Partition}:iam::222222222222:role/reader"}) == "Prod/Jobs"
    for nowhere in (
        {"StackName": "Gone"},
        {"OutputName": "Gone"},
        {"Region": "eu-west-3"},
        {"StackName": {"Ref": "X"}},
    ):
        assert isinstance(reading(**nowhere), Unknown)


def test_stages_are_read_from_their_own_manifests() -> None:
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod", "displayName": "Prod"}}
    out = assembly(Path("cdk.out"), {"Dev": Stack()}, artifacts={"assembly-Prod": stage})
    inner = Stack({"Inner": nested("Prod/Shop/Inner", "../Shared.nested.template.json")})
    assembly(out / "assembly-Prod", {"Shop": inner})
    write(out / "Shared.nested.template.json", {"Resources": {"Shared": QUEUE}})
    graph = read(out)
    assert not [note for note in graph.notes if note.level != "note"]
    assert [scope.document.name for scope in graph.scopes] == [
        "cdk.out/Dev.template.json",
        "cdk.out/assembly-Prod/Shop.template.json",
        "cdk.out/Shared.nested.template.json",
    ]
    assert "cdk.out/assembly-Prod/manifest.json" in graph.files


# What CDK makes for itself

PROVIDER = "Custom::S3AutoDeleteObjectsCustomResourceProvider"
SINGLETON = "AWS679f53fac002430cb0da5b7982bd2287"


def managed(constructs: list[dict[str, Any]], path: str, metadata: dict[str, Any] | None = None) -> str:
    tree = node("App", "aws-cdk-lib.App", node("Dev", "aws-cdk-lib.Stack", *constructs))
    stack = Stack({"It": made(path, "AWS::Lambda::Function")}, metadata=metadata or {})
    return resource(read(assembly(Path("cdk.out"), {"Dev": stack}, tree=tree)), "It").managed_by


@pytest.mark.parametrize(
    ("id", "kind"),
    [
        (PROVIDER, "aws-cdk-lib.CustomResourceProviderBase"),
        (PROVIDER, "aws-cdk-lib.CustomResourceProvider"),
        (SINGLETON, "aws-cdk-lib.aws_lambda.Function"),
        ("LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a", "constructs.Construct"),
        ("Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C512MiB", "aws-cdk-lib.aws_lambda.Function"),
        ("Provider", "aws-cdk-lib.custom_resources.Provider"),
        ("@aws-cdk--aws-eks.ClusterResourceProvider", "aws-cdk-lib.NestedStack"),
    ],
)
def test_what_cdk_makes_for_itself_is_told_from_what_a_person_made(id: str, kind: str) -> None:
    assert managed([node(id, kind)], f"Dev/{id}/ServiceRole/Resource") == "CDK"
    assert managed([node(id, "aws-cdk-lib.aws_sqs.Queue")], f"Dev/{id}/Resource") == ""  # never by the name alone
    assert managed([], f"Dev/{id}/Resource") == ""


def test_ones_own_provider_is_ones_own() -> None:
    assert managed([node("Custom::Mine", "aws-cdk-lib.CustomResourceProvider")], "Dev/Custom::Mine/Handler") == ""


def test_the_policy_of_an_awscustomresource_is_the_users() -> None:
    assert managed([node("Call", "aws-cdk-lib.custom_resources.AwsCustomResource")], "Dev/Call/Policy/Resource") == ""


def test_without_a_tree_the_marks_of_handlers_tell() -> None:
    metadata = {"/Dev/Odd": [{"type": "aws:cdk:is-custom-resource-handler-singleton", "data": True}]}
    assert managed([], "Dev/Odd/Resource", metadata) == "CDK"
    metadata = {"/Dev/Odd": [{"type": "aws:cdk:is-custom-resource-handler-logGroup", "data": True}]}
    assert managed([], "Dev/Odd/Resource", metadata) == ""  # a log group that a person gave it


def test_version_reporting_is_cdks() -> None:
    stack = Stack({"CDKMetadata": made("Dev/CDKMetadata/Default", "AWS::CDK::Metadata")})
    assert resource(read(assembly(Path("cdk.out"), {"Dev": stack})), "CDKMetadata").managed_by == "CDK"


# What is broken is told, and the rest is read


def test_a_missing_template_is_an_error_and_the_other_stacks_are_read() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack(), "Gone": Stack()})
    (out / "Gone.template.json").unlink()
    assert [item.address for item in read(out)] == ["cdk.out/Dev.template.json/Jobs"]
    (error,) = told(out, "error")
    assert error.startswith("cdk.out/manifest.json: names Gone.template.json, which cannot be read: No such file")


def test_a_template_that_is_a_folder_is_an_error() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack(), "Odd": Stack()})
    (out / "Odd.template.json").unlink()
    (out / "Odd.template.json").mkdir()
    (error,) = told(out, "error")
    assert "names Odd.template.json, which cannot be read: Is a directory" in error


@pytest.mark.parametrize("text", ['{"Resources": {"Jobs": {"Ty', "", "[1, 2]", "\x00\x01"])
def test_a_template_that_is_none_is_an_error_at_its_own_file(text: str) -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack(), "Cut": Stack()})
    (out / "Cut.template.json").write_text(text)
    assert len(read(out).resources) == 1
    (error,) = told(out, "error")
    assert error.startswith("cdk.out/Cut.template.json: ")


def test_metadata_that_cannot_be_read_are_an_error_and_their_stack_is_read() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack(metadata={"/Dev": created("f (a.ts:1:1)")})})
    (out / "Dev.metadata.json").write_text("{")
    assert len(read(out).resources) == 1
    (error,) = told(out, "error")
    assert error.startswith("cdk.out/Dev.metadata.json: ")


def test_a_truncated_manifest_is_unreadable() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()})
    text = (out / "manifest.json").read_text()
    (out / "manifest.json").write_text(text[: len(text) // 2])
    (broken,) = sources.find(["cdk.out"]).unreadable
    assert broken.name == "cdk.out/manifest.json"


@pytest.mark.parametrize("version", ["0.36.0", "latest", "55", 55, None, [55]])
def test_a_schema_that_is_none_or_too_old_is_refused(version: Any) -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()}, version=version)
    assert not read(out).resources
    (error,) = told(out, "error")
    assert "schema version" in error


@pytest.mark.parametrize("version", ["1.10.0", "15.0.0", "36.0.0", "55.0.0"])
def test_older_schemas_are_read_without_a_word(version: str) -> None:
    graph = read(assembly(Path("cdk.out"), {"Dev": Stack()}, version=version))
    assert len(graph.resources) == 1
    assert not [note for note in graph.notes if "schema" in note.message]


def test_a_newer_schema_is_read_with_a_note() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()}, version="61.0.0")
    assert len(read(out).resources) == 1
    assert [note for note in told(out, "note") if "61.0.0" in note]


@pytest.mark.parametrize(
    "artifact",
    [
        {"type": "aws:cloudformation:stack"},
        {"type": "aws:cloudformation:stack", "properties": {"templateFile": 7}},
        {"type": "aws:cloudformation:stack", "properties": []},
        {"type": "cdk:cloud-assembly", "properties": {}},
        {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Gone"}},
        {"type": "cdk:tree", "properties": {"file": "gone.json"}},
    ],
)
def test_an_artifact_that_leads_nowhere_is_an_error_and_the_others_are_read(artifact: dict[str, Any]) -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()}, artifacts={"Odd": artifact})
    assert len(read(out).resources) == 1
    assert len(told(out, "error")) == 1


@pytest.mark.parametrize("artifact", [7, None, "aws:cloudformation:stack", {}, {"type": "cdk:future"}, {"type": []}])
def test_artifacts_of_other_kinds_are_passed_over(artifact: Any) -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()}, artifacts={"Odd": artifact})
    assert len(read(out).resources) == 1
    assert not told(out, "error")


@pytest.mark.parametrize("outside", ["../secret.template.json", "/{here}/secret.template.json", "link.template.json"])
def test_nothing_outside_the_assembly_is_read(outside: str, tmp_path: Path) -> None:
    write(Path("secret.template.json"), {"Resources": {"Secret": QUEUE}})
    outside = outside.format(here=str(tmp_path).strip("/"))
    stacks = {
        "Dev": Stack(),
        "Out": Stack(properties={"templateFile": outside}),
        "Parent": Stack({"Inner": nested("Parent/Inner", outside)}),
        "Told": Stack(additionalMetadataFile=outside),
    }
    artifacts = {
        "Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": ".."}},
        "Tree": {"type": "cdk:tree", "properties": {"file": outside}},
    }
    out = assembly(Path("cdk.out"), stacks, artifacts=artifacts)
    (out / "link.template.json").symlink_to(tmp_path / "secret.template.json")
    graph = read(out)
    assert "Secret" not in [item.name for item in graph]
    errors = told(out, "error")
    assert len(errors) == 5
    assert all("outside the assembly" in error for error in errors)


def test_circles_end() -> None:
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}}
    stack = Stack({"Self": nested("Dev/Self", "Dev.template.json"), "Jobs": QUEUE})
    out = assembly(Path("cdk.out"), {"Dev": stack}, artifacts={"Stage": stage})
    assert len(read(out).resources) == 2
    (error,) = told(out, "error")
    assert "nested in itself" in error


def test_two_stacks_with_one_template_are_an_error() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack(), "Twin": Stack(properties={"templateFile": "Dev.template.json"})})
    assert len(read(out).resources) == 1
    assert len(told(out, "error")) == 1


def test_values_that_were_not_looked_up_are_told() -> None:
    out = assembly(Path("cdk.out"), {"Dev": Stack()}, missing=[{"key": "vpc-provider:...", "provider": "vpc-provider"}])
    (warning,) = told(out, "warning")
    assert "stand-ins" in warning


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("../x") | st.just("Dev.template.json"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


def mutated(data: st.DataObject, value: Any) -> Any:
    """A value with something in it replaced by anything."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: mutated(data, value[key])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 9)):
        index = data.draw(st.integers(0, len(value) - 1))
        return [*value[:index], mutated(data, value[index]), *value[index + 1 :]]
    return data.draw(JSON)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_whatever_an_assembly_holds_it_is_read_or_told(data: st.DataObject) -> None:
    shutil.copytree(ROOT / "fixtures/apps/python/cdk.out", "cdk.out", dirs_exist_ok=True)
    files = sorted(str(file) for file in Path("cdk.out").rglob("*.json"))
    file = Path(data.draw(st.sampled_from(files)))
    write(file, mutated(data, json.loads(file.read_text())))
    found = sources.find(["cdk.out"])
    for item in dialects.read(found.sources, Settings()):
        item.place(item.path)
        item.twin_place(item.path)
        item.scope.deep(item.properties, item.properties_path, World(blurred=True))


# Assemblies that are older than their app


def app(changed: float, name: str = "lib/stack.ts") -> Path:
    """An app whose file was changed so many seconds after its assembly was written."""
    out = assembly(Path("cdk.out"), {"Dev": Stack()})
    Path("cdk.json").write_text("{}")
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("new Bucket(this, 'Data');\n")
    written = (out / "manifest.json").stat().st_mtime
    os.utime("cdk.json", (written - 100, written - 100))
    os.utime(file, (written + changed, written + changed))
    return out


def test_a_source_that_is_newer_than_the_assembly_is_told() -> None:
    (warning,) = told(app(60), "warning")
    assert warning.startswith("cdk.out/manifest.json: lib/stack.ts is newer than this assembly")


def test_an_assembly_that_is_newer_than_its_sources_is_passed_over() -> None:
    assert not told(app(-60), "warning")


@pytest.mark.parametrize("name", ["node_modules/x/index.js", "test/stack.test.ts", "lib/stack.d.ts", "README.md"])
def test_files_that_make_no_stack_may_be_newer(name: str) -> None:
    assert not told(app(60, name), "warning")


def test_the_search_for_newer_sources_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    out = app(60)
    monkeypatch.setattr("wascan.dialects.cdk_sources._MOST_ENTRIES", 0)
    assert not told(out, "warning")


def test_apps_whose_traces_name_no_line_are_told_what_to_do_once() -> None:
    python = {"/Dev/Jobs/Resource": created("...jsii runtime, node internals...", NOWHERE[1])}
    out = assembly(Path("python"), {"Dev": Stack(metadata=python), "Prod": Stack(metadata=python)})
    (note,) = told(out, "note")
    assert "JSII_HOST_STACK_TRACES=1" in note
    traced = {"/Dev/Jobs/Resource": created(*NOWHERE), "/Dev": created("<anonymous> (bin/app.ts:3:1)")}
    assert not told(assembly(Path("typescript"), {"Dev": Stack(metadata=traced)}), "note")


def test_five_megabytes_cost_at_most_three_times_their_parsing(tmp_path: Path) -> None:
    """And a fifth of a second."""
    text = (ROOT / "fixtures/apps/typescript/cdk.out/Orders.template.json").read_text()
    metadata = json.loads((ROOT / "fixtures/apps/typescript/cdk.out/Orders.metadata.json").read_text())
    copies = 5_000_000 // (len(text) + len(json.dumps(metadata)))
    stacks: dict[str, Stack] = {}
    for number in range(copies):
        stack = Stack(metadata={path.replace("/Orders", f"/S{number}", 1): body for path, body in metadata.items()})
        stack.template = json.loads(text.replace('"Orders/', f'"S{number}/'))
        stack.template["Resources"] = {
            name: body for name, body in stack.template["Resources"].items() if not name.startswith("Reports")
        }
        stacks[f"S{number}"] = stack
    out = assembly(tmp_path / "cdk.out", stacks)
    raw = [file.read_text() for file in out.iterdir()]
    parsing = least(lambda: [json.loads(text) for text in raw])
    found = sources.find([str(out)]).sources
    loading = least(lambda: dialects.read(found, Settings()))
    assert loading < 3 * parsing + 0.2, f"{loading:.3f} s, and {parsing:.3f} s for parsing"


def least(work: Any) -> float:
    """The least CPU seconds of a few runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def test_what_is_named_may_be_the_manifest() -> None:
    assembly(Path("cdk.out"), {"Dev": Stack()})
    found = sources.find(["cdk.out/manifest.json"]).sources
    assert [source.form for source in found] == [Form.ASSEMBLY]
    graph = dialects.read(found, Settings())
    assert [scope.document.name for scope in graph.scopes] == ["cdk.out/Dev.template.json"]


def test_an_assembly_can_be_read_from_within(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(assembly(Path("cdk.out"), {"Dev": Stack()}))
    (scope,) = read(Path()).scopes
    assert scope.document.name == "Dev.template.json"
