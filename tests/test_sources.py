"""Which of the paths on the command line are read, as what, and what is said of the others."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wascan import document, sources
from wascan._ignore import Patterns
from wascan.sources import TERRAFORM, Form, Found, Skipped, Unreadable, find

TEMPLATE = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n"
JSON_TEMPLATE = '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}}'
PLAN = '{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}}}'
MANIFEST = '{"version": "55.0.0", "artifacts": {"Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}}'
STRANGER = "name: none of ours\n"

NOT_A_PLAN = "is not a Terraform plan in JSON, which terraform show -json writes of a plan"
NOT_OURS = "is not a CloudFormation template, a CDK cloud assembly or a Terraform plan"
PASSED_OVER = "not a template, assembly or plan"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def grow(files: dict[str, str | bytes], root: str = ".") -> None:
    for name, content in files.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def names(found: Found) -> list[str]:
    return [source.name for source in found.sources]


def reasons(found: Found) -> dict[str, str]:
    return {skipped.name: skipped.reason for skipped in found.skipped}


def complaints(found: Found) -> dict[str, str]:
    return {unreadable.name: unreadable.message for unreadable in found.unreadable}


# What a file is


@pytest.mark.parametrize(
    "content",
    [
        TEMPLATE,
        JSON_TEMPLATE,
        "{Resources: {Bucket: {Type: 'AWS::S3::Bucket'}}}",
        "# a comment\n%YAML 1.1\n---\n\n" + TEMPLATE,
        "---\n# JSON in a file of YAML\n" + JSON_TEMPLATE,
        "".join(f"  {line}\n" for line in TEMPLATE.splitlines()),
        TEMPLATE.replace("Resources:", '"Resources" :'),
        TEMPLATE.replace("\n", "\r\n"),
        "Transform: AWS::Serverless-2016-10-31\n" + TEMPLATE,
        "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Bucket: {Type: Typo}\n",
        "Resources:\n  Part:\n    Type: !Rain::Module ./part.yaml\n",
        "Resources:\n  Fn::ForEach::Buckets: [Name, [A, B], {'Bucket${Name}': {Type: AWS::S3::Bucket}}]\n",
        "Resources:\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n",
        "Resources:\n  Alarm: {Type: Datadog::Monitors::Monitor}\n",
        "Description: " + "long " * 20_000 + "\n" + TEMPLATE,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_template_is_known_by_its_resources_however_it_is_written(content: str, encoding: str) -> None:
    grow({"some-file": content.encode(encoding), "tree/some.yaml": content.encode(encoding)})
    for path in ("some-file", "tree"):
        (source,) = find([path]).sources
        assert source.form is Form.TEMPLATE
        assert source.document is not None
        assert "Resources" in source.document.data


@pytest.mark.parametrize(
    "content",
    [
        PLAN,
        '{"format_version": "0.1", "resource_changes": []}',
        '{"applyable": true, "configuration": {"provider_config": {}}, "format_version": "1.2", "resource_changes": []}',
        json.dumps(json.loads(PLAN) | {"variables": {"text": {"value": JSON_TEMPLATE}}}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_plan_is_known_by_its_version_and_its_changes_or_values(content: str, encoding: str) -> None:
    grow({"some-file": content.encode(encoding), "tree/plan.tfplan": content.encode(encoding)})
    assert [source.form for source in find(["some-file", "tree"]).sources] == [Form.PLAN, Form.PLAN]


def test_a_plan_that_the_terraform_wrapper_of_a_workflow_has_framed_keeps_its_lines() -> None:
    lines = ["[command]/tmp/terraform-bin show -json plan.tfplan", PLAN, "::debug::Terraform exited with code 0.", ""]
    grow({"plan.json": "\n".join(lines)})
    (source,) = find(["plan.json"]).sources
    assert source.form is Form.PLAN
    assert source.document is not None
    assert source.document.data == json.loads(PLAN)
    assert source.document.text.splitlines()[1] == PLAN


@pytest.mark.parametrize(
    "content",
    [
        STRANGER,
        "- Resources\n- a::b\n",
        '{"name": "package", "version": "1.0.0"}',
        "service: x\nresources:\n  Resources:\n    Bucket:\n      Type: AWS::S3::Bucket\n",
        "kind: ConfigMap\ndata:\n  stack.yaml: |\n    AWSTemplateFormatVersion: x\n    Resources:\n      A: {Type: a::b}\n",
        '{"Findings": [{"Resources": [{"Type": "AwsS3Bucket", "Id": "arn:aws:s3:::b"}]}]}',
        '{"TemplateBody": ' + JSON_TEMPLATE + "}",
        "Resources:\n  - a::b\n",
        "Resources:\n  icon: a::b\n",
        '{"format_version": "1.0", "values": {}, "resources": "\\"planned_values\\""}',
        '{"version": 3, "artifacts": {}}',
        "{{- if .Values.on }}\nkind: Service\n{{- end }}\n",
        "\0\1\2\3",
    ],
)
def test_a_stranger_is_an_error_if_it_is_named_and_else_skipped(content: str) -> None:
    grow({"tree/file.yaml": content})
    named = find(["tree/file.yaml"])
    assert (complaints(named), named.skipped) == ({"tree/file.yaml": NOT_OURS}, [])
    walked = find(["tree"])
    assert (reasons(walked), walked.unreadable) == ({"tree/file.yaml": PASSED_OVER}, [])
    hook = find(["tree/file.yaml"], skip_unrecognised=True)
    assert (reasons(hook), hook.unreadable) == ({"tree/file.yaml": PASSED_OVER}, [])


def test_two_hundred_strangers_are_neither_parsed_nor_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = json.dumps({"packages": {f"node_modules/p{i}": {"version": "1.0.0", "resolved": "x"} for i in range(300)}})
    chart = "".join(f"key{i}:\n  nested: [1, 2, 3]\n" for i in range(300))
    grow(
        {f"folder{i % 20}/{i}.json": lock for i in range(100)} | {f"folder{i % 20}/{i}.yaml": chart for i in range(100)}
    )
    monkeypatch.setattr(document, "read", lambda *_args, **_options: pytest.fail("a stranger was parsed"))
    started = time.process_time()
    found = find(["."])
    assert time.process_time() - started < 0.1
    assert len(found.skipped) == 200


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (TEMPLATE + "    Properties: [\n", None),
        (JSON_TEMPLATE[:-1] + "\n\n", None),
        ('{"AWSTemplateFormatVersion": "2010-09-09",\n "Resources": {,}}', 2),
        ("Resources:\n  A:\n    Type: AWS::S3::Bucket\n   bad: indent\n", 4),
        (PLAN[:-1], None),
        ("{% if on %}\n" + TEMPLATE + "{% endif %}\n", 1),
    ],
)
def test_one_of_ours_with_a_mistake_in_its_syntax_is_an_error_and_hides_no_other_file(
    content: str, line: int | None
) -> None:
    grow({"tree/broken.json": content, "tree/a.yaml": TEMPLATE, "tree/z.yaml": TEMPLATE})
    for paths in (["tree"], ["tree/z.yaml", "tree/broken.json", "tree/a.yaml"]):
        found = find(paths, skip_unrecognised=True)
        assert names(found) == ["tree/a.yaml", "tree/z.yaml"]
        (unreadable,) = found.unreadable
        assert unreadable.name == "tree/broken.json"
        assert unreadable.message
        assert unreadable.line is not None
        assert line in (None, unreadable.line)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "AWSTemplateFormatVersion: 2010-09-09\nParameters: {A: {Type: String}}\n",
            "has AWSTemplateFormatVersion but no Resources",
        ),
        ('{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}', "is a template without any resource"),
        ("Description: nothing yet\nResources: {}\n", "is a template without any resource"),
        ('{"Resources": {}}', "is a template without any resource"),
        ("Transform: [AWS::Serverless-2016-10-31]\nResources:\n", "has the SAM Transform but no Resources"),
    ],
)
def test_a_snippet_without_resources_is_skipped_unless_it_is_named(content: str, said: str) -> None:
    grow({"tree/snippet.yaml": content})
    assert reasons(find(["tree"])) == {"tree/snippet.yaml": said}
    assert complaints(find(["tree/snippet.yaml"])) == {"tree/snippet.yaml": said}


@pytest.mark.parametrize(
    ("resources", "message"),
    [
        ("{Bucket: {Project: {Type: AWS::S3::Bucket}}}", "has Resources of which none has a Type"),
        ("[{Type: AWS::S3::Bucket}]", "has Resources that are not a mapping"),
    ],
)
def test_a_template_whose_resources_have_no_types_is_an_error_wherever_it_is(resources: str, message: str) -> None:
    grow({"tree/odd.yaml": f"AWSTemplateFormatVersion: 2010-09-09\nResources: {resources}\n"})
    for path in ("tree", "tree/odd.yaml"):
        assert complaints(find([path])) == {"tree/odd.yaml": message}


def test_what_people_take_for_a_plan_is_answered_with_what_to_do() -> None:
    plan, other = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(plan, "w") as archive:
        archive.writestr("tfplan", "x")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("index.js", "x")
    grow(
        {
            "plan.tfplan": plan.getvalue(),
            "other.zip": other.getvalue(),
            "log.json": '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
            "state.json": '{"format_version": "1.0", "terraform_version": "1.11.4", "values": {}}',
            "raw.tfstate": '{"version": 4, "terraform_version": "1.11.4", "lineage": "x", "resources": []}',
        }
    )
    how = "run terraform plan -out FILE, then terraform show -json FILE"
    assert complaints(find(["plan.tfplan", "other.zip", "log.json", "state.json", "raw.tfstate"])) == {
        "plan.tfplan": "is a binary plan; run terraform show -json plan.tfplan",
        "other.zip": NOT_OURS,
        "log.json": f"is the log of terraform plan -json; {how}",
        "state.json": f"is a Terraform state, not a plan; {how}",
        "raw.tfstate": f"is a Terraform state, not a plan; {how}",
    }
    walked = find(["."])
    assert walked.unreadable == []
    assert reasons(walked)["plan.tfplan"] == "is a binary plan; run terraform show -json plan.tfplan"


def test_too_big_a_template_is_an_error_and_too_big_a_stranger_is_skipped() -> None:
    grow({"tree/template.yaml": TEMPLATE, "tree/data.json": "[1,\n"})
    for name in ("tree/template.yaml", "tree/data.json"):
        os.truncate(name, document.MAX_BYTES + 1)
    size = f"is over {document.MAX_BYTES >> 20} MB"
    found = find(["tree"])
    assert complaints(found) == {"tree/template.yaml": size}
    assert reasons(found) == {"tree/data.json": size}


def test_a_plan_may_be_bigger_than_a_template() -> None:
    text = "x" * (document.MAX_BYTES + 1)
    sorted_by_jq = {"configuration": {"provider_config": {"text": text}}, "format_version": "1", "resource_changes": []}
    grow({"big.json": json.dumps(json.loads(PLAN) | {"variables": text}), "sorted.json": json.dumps(sorted_by_jq)})
    assert [source.form for source in find(["."]).sources] == [Form.PLAN, Form.PLAN]


# Cloud assemblies


@pytest.fixture
def app() -> None:
    """A CDK app whose cdk.out has a nested assembly and an asset with somebody's template in it."""
    grow(
        {
            "app/.gitignore": "cdk.out\nnode_modules\n",
            "app/cdk.json": '{"app": "node bin/app.js"}',
            "app/cdk.out/manifest.json": MANIFEST,
            "app/cdk.out/Dev.template.json": JSON_TEMPLATE,
            "app/cdk.out/assembly-Prod/manifest.json": MANIFEST,
            "app/cdk.out/assembly-Prod/Prod.template.json": JSON_TEMPLATE,
            "app/cdk.out/asset.0123/template.yaml": TEMPLATE,
            "app/extra/template.yaml": TEMPLATE,
        }
    )


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("path", ["app/cdk.out", "app/cdk.out/", "app/cdk.out/manifest.json"])
def test_a_cloud_assembly_is_one_source_named_by_its_folder_or_by_its_manifest(path: str) -> None:
    (source,) = find([path]).sources
    assert (source.name, source.form) == ("app/cdk.out", Form.ASSEMBLY)
    assert source.path == Path("app/cdk.out")
    assert source.document is not None
    assert (source.document.name, source.document.data) == ("app/cdk.out/manifest.json", json.loads(MANIFEST))


@pytest.mark.usefixtures("app")
def test_a_walk_finds_an_ignored_cdk_out_and_does_not_go_below_it() -> None:
    found = find(["app"])
    assert names(found) == ["app/cdk.out", "app/extra/template.yaml"]
    assert reasons(found) == {"app/cdk.json": PASSED_OVER}


@pytest.mark.usefixtures("app")
def test_an_assembly_is_named_by_a_dot_where_one_stands_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("app/cdk.out")
    for path in (".", "manifest.json"):
        (source,) = find([path]).sources
        assert (source.name, source.form) == (".", Form.ASSEMBLY)
        assert source.document is not None
        assert source.document.name == "manifest.json"


@pytest.mark.usefixtures("app")
def test_what_belongs_to_an_assembly_is_not_read_a_second_time() -> None:
    inside = ["app/cdk.out/Dev.template.json", "app/cdk.out/asset.0123/template.yaml", "app/cdk.out/assembly-Prod"]
    found = find([*inside, "app/cdk.out", "app"])
    assert names(found) == ["app/cdk.out", "app/extra/template.yaml"]
    assert reasons(found)["app/cdk.out/Dev.template.json"] == "part of a cloud assembly"
    assert names(find(inside)) == sorted(inside)


def test_an_assembly_is_found_although_its_files_are_ignored() -> None:
    grow({".gitignore": "*.json\n", "out/manifest.json": MANIFEST, "out/asset.1/template.yaml": TEMPLATE})
    assert [(source.name, source.form) for source in find(["."]).sources] == [("out", Form.ASSEMBLY)]


def test_an_ignored_cdk_out_that_is_no_assembly_is_ignored() -> None:
    grow({".gitignore": "cdk.out\n", "cdk.out/template.yaml": TEMPLATE})
    assert find(["."]) == Found([], [Skipped("cdk.out/", "ignored by .gitignore")], [])


@pytest.mark.parametrize(
    "content", ['{"version": "1", "name": "an extension"}', "not JSON", "[]", '{"version": "artifacts"}']
)
def test_another_manifest_does_not_make_an_assembly(content: str) -> None:
    grow({"web/manifest.json": content, "web/template.yaml": TEMPLATE})
    assert names(find(["."])) == ["web/template.yaml"]
    assert complaints(find(["web/manifest.json"])) == {"web/manifest.json": NOT_OURS}


def test_a_broken_manifest_is_an_error_and_its_assets_are_left_alone() -> None:
    grow(
        {"app/cdk.out/manifest.json": MANIFEST[:-2], "app/cdk.out/asset.1/template.yaml": TEMPLATE, "a.yaml": TEMPLATE}
    )
    found = find(["."])
    assert names(found) == ["a.yaml"]
    (unreadable,) = found.unreadable
    assert (unreadable.name, unreadable.line) == ("app/cdk.out/manifest.json", 1)


# Walks


def test_a_walk_opens_files_by_the_ends_of_their_names_and_a_named_file_whatever_its_name() -> None:
    endings = ["json", "yaml", "yml", "template", "cfn", "tfplan", "template.json", "YAML"]
    grow({f"tree/file.{ending}": TEMPLATE for ending in [*endings, "txt", "py"]} | {"tree/template": TEMPLATE})
    assert names(find(["tree"])) == sorted(f"tree/file.{ending}" for ending in endings)
    assert names(find(["tree/file.txt", "tree/template"])) == ["tree/file.txt", "tree/template"]


def test_a_walk_does_not_enter_folders_of_tools_and_dependencies() -> None:
    tools = [".aws-sam", ".git", ".terraform", "__pycache__", "node_modules"]
    grow({f"tree/{tool}/deep/a.yaml": TEMPLATE for tool in tools})
    grow({"tree/env/pyvenv.cfg": "", "tree/env/a.yaml": TEMPLATE, "tree/venv/a.yaml": TEMPLATE})
    found = find(["tree"])
    assert names(found) == ["tree/venv/a.yaml"]
    assert reasons(found) == {
        "tree/.aws-sam/": "what SAM built",
        "tree/.terraform/": "what Terraform downloaded",
        "tree/env/": "a virtual environment of Python",
        "tree/node_modules/": "dependencies",
    }
    assert names(find(["tree/node_modules"])) == ["tree/node_modules/deep/a.yaml"]


def test_names_are_relative_to_the_working_directory_or_as_given(monkeypatch: pytest.MonkeyPatch) -> None:
    grow({"here/a.yaml": TEMPLATE, "here/in/b.yaml": TEMPLATE, "there/c.yaml": TEMPLATE})
    monkeypatch.chdir("here")
    there = Path("../there").resolve().as_posix()
    assert names(find(["."])) == ["a.yaml", "in/b.yaml"]
    assert names(find(["./a.yaml", "in/"])) == ["a.yaml", "in/b.yaml"]
    assert names(find([str(Path.cwd() / "in")])) == ["in/b.yaml"]
    assert names(find(["../there"])) == ["../there/c.yaml"]
    assert names(find([there])) == [f"{there}/c.yaml"]


def test_the_order_is_that_of_the_names_whatever_the_order_of_the_paths() -> None:
    grow({f"{name}.yaml": TEMPLATE for name in ("b", "a/z", "a-", "A", "é")})
    expected = ["A.yaml", "a-.yaml", "a/z.yaml", "b.yaml", "é.yaml"]
    assert names(find(["."])) == expected
    assert names(find(["é.yaml", "b.yaml", "a", "A.yaml", "a-.yaml"])) == expected


def test_a_file_that_several_paths_lead_to_is_read_once() -> None:
    grow({"tree/in/a.yaml": TEMPLATE})
    for paths in (["tree", "tree/in", "tree/in/a.yaml", "./tree", "tree/../tree"], ["tree/in/a.yaml", "tree"]):
        assert names(find(paths)) == ["tree/in/a.yaml"]


def test_a_link_to_a_file_is_followed_and_the_file_read_once_under_its_own_name() -> None:
    grow({"tree/z.yaml": TEMPLATE, "outside.yaml": TEMPLATE})
    os.symlink("z.yaml", "tree/a.yaml")
    os.symlink("../outside.yaml", "tree/o.yaml")
    assert names(find(["tree"])) == ["tree/o.yaml", "tree/z.yaml"]
    assert names(find(["tree/a.yaml"])) == ["tree/a.yaml"]
    assert names(find(["tree/a.yaml", "tree/z.yaml", "outside.yaml", "tree"])) == ["outside.yaml", "tree/z.yaml"]


def test_links_to_folders_are_not_followed_out_of_the_tree_or_in_circles_unless_named() -> None:
    grow({"tree/in/a.yaml": TEMPLATE, "outside/b.yaml": TEMPLATE})
    os.symlink("..", "tree/in/circle")
    os.symlink("../outside", "tree/out")
    found = find(["tree"])
    assert names(found) == ["tree/in/a.yaml"]
    assert reasons(found) == dict.fromkeys(["tree/in/circle", "tree/out"], "a symbolic link to a folder")
    assert names(find(["tree/out"])) == ["tree/out/b.yaml"]
    assert names(find(["tree/in/circle/in/circle"])) == ["tree/in/circle/in/circle/in/a.yaml"]


def test_what_is_no_file_is_skipped_in_a_walk_and_an_error_if_named() -> None:
    Path("tree").mkdir()
    os.symlink("nowhere", "tree/broken.yaml")
    os.symlink("loop.yaml", "tree/loop.yaml")
    os.mkfifo("tree/pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("tree/socket.yaml")
        found = find(["tree"])
        named = find(["tree/broken.yaml", "tree/socket.yaml", "tree/loop.yaml"])
    assert (found.sources, found.unreadable) == ([], [])
    assert {name: reason for name, reason in reasons(found).items() if "loop" not in name} == {
        "tree/broken.yaml": "a broken symbolic link",
        "tree/pipe.yaml": "not a regular file",
        "tree/socket.yaml": "not a regular file",
    }
    assert "tree/loop.yaml" in reasons(found)
    said = complaints(named)
    assert said["tree/broken.yaml"] == "is a broken symbolic link"
    assert said["tree/socket.yaml"] == "is not a regular file"
    assert said["tree/loop.yaml"].startswith("cannot be read: ")


def test_what_may_not_be_opened_is_skipped_in_a_walk_and_an_error_if_named(monkeypatch: pytest.MonkeyPatch) -> None:
    grow({"tree/secret.yaml": TEMPLATE, "tree/open.yaml": TEMPLATE, "tree/shut/a.yaml": TEMPLATE})
    scandir = os.scandir

    def refusing(path: str) -> Any:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def refusing_open(path: str, mode: str) -> Any:
        if path.endswith("secret.yaml"):
            raise PermissionError(13, "Permission denied")
        return open(path, mode)

    monkeypatch.setattr(os, "scandir", refusing)
    monkeypatch.setattr(sources, "open", refusing_open, raising=False)
    denied = "cannot be read: Permission denied"
    found = find(["tree"])
    assert (names(found), found.unreadable) == (["tree/open.yaml"], [])
    assert reasons(found) == {"tree/secret.yaml": denied, "tree/shut/": denied}
    assert complaints(find(["tree/secret.yaml", "tree/shut"])) == {"tree/secret.yaml": denied, "tree/shut": denied}


def test_a_path_that_is_not_there_is_an_error_even_for_the_hook() -> None:
    grow({"a.yaml": TEMPLATE})
    missing = ["nowhere.yaml", "a.yaml/below", "", "x" * 5000]
    found = find(["a.yaml", *missing], skip_unrecognised=True)
    assert names(found) == ["a.yaml"]
    said = complaints(found)
    assert list(said) == sorted(missing)
    assert {said[path] for path in missing[:3]} == {"no such file or folder"}


def test_a_name_that_is_no_unicode_is_shown_with_escapes() -> None:
    try:
        with open(b"tree\xff.yaml", "wb") as stream:
            stream.write(TEMPLATE.encode())
    except OSError:
        pytest.skip("this file system wants Unicode")
    assert names(find(["."])) == ["tree\\xff.yaml"]
    assert names(find([os.fsdecode(b"tree\xff.yaml")])) == ["tree\\xff.yaml"]


def test_an_empty_folder_and_no_paths_at_all_give_nothing() -> None:
    Path("empty").mkdir()
    assert find(["empty"]) == find([]) == Found([], [], [])


# Standard input


def test_standard_input_is_read_under_its_name() -> None:
    (source,) = find(["-"], stdin=io.BytesIO(TEMPLATE.encode()), stdin_name="infra/template.yaml").sources
    assert (source.name, source.path, source.form) == ("infra/template.yaml", None, Form.TEMPLATE)
    (source,) = find(["-", "-"], stdin=io.BytesIO(PLAN.encode("utf-16"))).sources
    assert (source.name, source.form) == ("-", Form.PLAN)


def test_nothing_on_standard_input_is_an_error() -> None:
    assert find(["-"], stdin=io.BytesIO()).unreadable == [Unreadable("-", "is empty")]


def test_a_pipe_that_is_named_is_read() -> None:
    os.mkfifo("pipe")
    grow({"written": PLAN + " " * 100_000})  # more than a pipe holds
    with subprocess.Popen(["sh", "-c", "cat written > pipe"]):
        assert names(find(["pipe"])) == ["pipe"]


# .gitignore


def test_without_a_repository_the_gitignores_of_the_tree_hold() -> None:
    grow(
        {
            ".gitignore": "*\n",
            "tree/.gitignore": "/build\n*.json\n!keep.json\n",
            **{
                f"tree/{name}": TEMPLATE
                for name in ("a.yaml", "a.json", "keep.json", "build/a.yaml", "in/build/a.yaml")
            },
            "tree/in/.gitignore": "keep.json\n!a.json\n",
            **{f"tree/in/{name}": TEMPLATE for name in ("a.json", "b.json", "keep.json")},
        }
    )
    found = find(["tree"])
    assert names(found) == ["tree/a.yaml", "tree/in/a.json", "tree/in/build/a.yaml", "tree/keep.json"]
    ignored = ["tree/a.json", "tree/build/", "tree/in/b.json", "tree/in/keep.json"]
    assert reasons(found) == dict.fromkeys(ignored, "ignored by .gitignore")


def test_a_path_that_is_named_is_read_although_ignored() -> None:
    grow({".git/HEAD": "", ".gitignore": "out\nx.yaml\n", "x.yaml": TEMPLATE, "out/in/a.yaml": TEMPLATE})
    assert names(find(["x.yaml", "out"])) == ["out/in/a.yaml", "x.yaml"]
    assert names(find(["out/in", "."])) == ["out/in/a.yaml"]
    found = find([".", "out", "x.yaml"])
    assert (names(found), found.skipped) == (["out/in/a.yaml", "x.yaml"], [])


def test_a_repository_brings_its_rules_from_above_and_from_info_exclude() -> None:
    grow(
        {
            ".gitignore": "never\n",
            "repo/.git/HEAD": "ref: refs/heads/main\n",
            "repo/.git/info/exclude": "*.yml\n",
            "repo/.gitignore": "tree/a.yaml\n*.json\n",
            "repo/tree/.gitignore": "!b.json\n",
            **{f"repo/tree/in/{name}": TEMPLATE for name in ("a.yaml", "a.json", "b.json", "never/a.yaml", "c.yml")},
            "repo/tree/a.yaml": TEMPLATE,
        }
    )
    assert names(find(["repo/tree/in"])) == [f"repo/tree/in/{name}" for name in ("a.yaml", "b.json", "never/a.yaml")]
    assert "repo/tree/a.yaml" not in names(find(["repo/tree"]))


def test_the_rules_of_a_worktree_are_those_of_its_repository() -> None:
    grow(
        {
            "main/.git/info/exclude": "b.yaml\n",
            "main/.git/worktrees/w/commondir": "../..\n",
            "work/.git": "gitdir: ../main/.git/worktrees/w\n",
            "work/a.yaml": TEMPLATE,
            "work/b.yaml": TEMPLATE,
        }
    )
    assert names(find(["work"])) == ["work/a.yaml"]


def test_a_repository_within_a_repository_starts_afresh() -> None:
    grow(
        {".git/HEAD": "", ".gitignore": "*.yaml\n", "own/.git/HEAD": "", "own/a.yaml": TEMPLATE, "in/a.yaml": TEMPLATE}
    )
    assert names(find(["."])) == ["own/a.yaml"]


def test_no_pattern_is_slow_to_fail() -> None:
    patterns = [b"*a" * 40 + b"b", b"**/a/" * 20 + b"b", b"**/*a" * 20 + b"b", b"[a-z]*" * 40 + b"-"]
    started = time.process_time()
    assert Patterns(patterns).verdict("/".join(["a" * 60] * 20), folder=False) is None
    assert time.process_time() - started < 1


_NAMES = st.sampled_from(
    ["a", "b", "ab", "a.json", "b.json", "a b.yaml", "é.yaml", "#.yml", "!a.json", "[a].json", "A.cfn"]
)
_TREES = st.recursive(
    st.just(JSON_TEMPLATE),
    lambda inner: st.dictionaries(_NAMES, inner, max_size=5),
    max_leaves=25,
).filter(lambda tree: isinstance(tree, dict))
_PIECES = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        "*",
        "*",
        "**",
        "/",
        "/",
        "**/",
        "/**",
        "?",
        "[ab]",
        "[!a]",
        "[^b]",
        "[a-c]",
        "[]a]",
        "[a",
        "[[:alpha:]]",
        "[[:punct:]]",
        "\\",
        "\\!",
        ".json",
        ".yaml",
        ".y?ml",
        ".*",
        "é",
        "#",
        "[z-a]",
    ]
)
_PATTERNS = st.one_of(
    st.sampled_from(
        ["*", "!*/", "!*.yaml", "/*", "!/a", "a/", "/a/*", "a/**", "!a/**", "**/b", "*.json", "!b.json", "!", "/"]
    ),
    st.builds("".join, st.lists(_PIECES, min_size=1, max_size=5)),
    st.builds(lambda pieces: "!" + "".join(pieces), st.lists(_PIECES, min_size=1, max_size=4)),
    st.sampled_from(
        ["a b.yaml", "a\\ b.yaml", "a b.yaml  ", "\\#.yml", "#.yml", "\\!a.json", "\\[a\\].json", "A***/[a-b]"]
    ),
)
_IGNORES = st.builds(
    lambda lines, end: end.join([*lines, ""]), st.lists(_PATTERNS, max_size=5), st.sampled_from(["\n", "\r\n"])
)


@pytest.mark.skipif(shutil.which("git") is None, reason="compares with git")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TREES, st.lists(_IGNORES, min_size=1, max_size=4), _IGNORES, st.randoms(use_true_random=False))
def test_a_walk_leaves_out_what_git_leaves_out(
    tmp_path: Path, tree: dict[str, Any], ignores: list[str], exclude: str, random: Any
) -> None:
    shutil.rmtree("repo", ignore_errors=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", "--template=", "repo"], check=True, env=environment)
    folders = ["repo"]
    pending = [("repo", tree)]
    while pending:
        at, inside = pending.pop()
        for name, below in inside.items():
            if isinstance(below, dict):
                folders.append(f"{at}/{name}")
                pending.append((f"{at}/{name}", below))
            else:
                grow({f"{at}/{name}": below})
    for text in ignores:
        grow({f"{random.choice(folders)}/.gitignore": text})
    grow({"repo/.git/info/exclude": exclude})
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd="repo",
        env=environment,
        check=True,
        capture_output=True,
    ).stdout.decode()
    endings = (".json", ".yaml", ".yml", ".cfn")
    kept = sorted(f"repo/{name}" for name in listed.split("\0") if name.endswith(endings))
    assert names(find(["repo"])) == kept


# The configuration


def test_include_narrows_what_walks_find_and_not_what_is_named() -> None:
    grow(dict.fromkeys(("infra/a.yaml", "infra/test/b.yaml", "other/c.yaml", "d.template"), TEMPLATE))
    grow({"infra/cdk.out/manifest.json": MANIFEST, "other/cdk.out/manifest.json": MANIFEST})
    grow({"other/cdk.out/asset/a.template": TEMPLATE})
    found = find([".", "other/c.yaml"], include=["/infra/**", "!test/", "*.template"])
    assert names(found) == ["d.template", "infra/a.yaml", "infra/cdk.out", "other/c.yaml"]
    left_out = "not included by the configuration"
    assert reasons(found) == {"infra/test/b.yaml": left_out, "other/cdk.out/": left_out}
    assert "other/cdk.out" in names(find(["other/cdk.out"], include=["infra"]))


def test_the_last_line_of_include_that_speaks_of_a_file_or_a_folder_around_it_decides() -> None:
    grow(dict.fromkeys(("in/a.yaml", "in/test/b.yaml", "in/test/keep/c.yaml", "out/d.yaml"), TEMPLATE))
    assert names(find(["."], include=["in/", "!test/", "keep/"])) == ["in/a.yaml", "in/test/keep/c.yaml"]
    assert names(find(["."], include=["!test/", "in/"])) == ["in/a.yaml", "in/test/b.yaml", "in/test/keep/c.yaml"]
    assert names(find(["."], include=["*.yaml", "!/in/**"])) == ["out/d.yaml"]
    assert names(find(["."], include=["!in/"])) == []


def test_exclude_prunes_walks_and_a_named_path_wins_except_for_the_hook() -> None:
    grow(dict.fromkeys(("a.yaml", "vendor/in/b.yaml", "c.gen.yaml"), TEMPLATE))
    exclude = ["vendor/", "*.gen.yaml"]
    found = find(["."], exclude=exclude)
    assert names(found) == ["a.yaml"]
    assert reasons(found) == dict.fromkeys(["vendor/", "c.gen.yaml"], "excluded by the configuration")
    named = ["vendor/in/b.yaml", "c.gen.yaml", "a.yaml"]
    assert names(find(named, exclude=exclude)) == sorted(named)
    assert names(find(["vendor"], exclude=exclude)) == ["vendor/in/b.yaml"]
    hook = find(named, exclude=exclude, skip_unrecognised=True)
    assert names(hook) == ["a.yaml"]
    assert reasons(hook) == dict.fromkeys(named[:2], "excluded by the configuration")


def test_patterns_of_the_configuration_are_anchored_at_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    grow(dict.fromkeys(("here/a.yaml", "here/in/a.yaml", "there/a.yaml", "there/é.yaml"), TEMPLATE))
    monkeypatch.chdir("here")
    found = find([".", "../there"], exclude=["/a.yaml", "é.yaml"])
    assert names(found) == ["../there/a.yaml", "in/a.yaml"]


def test_patterns_of_the_configuration_are_anchored_at_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    grow(dict.fromkeys(("infra/a.yaml", "infra/in/a.yaml", "other/a.yaml"), TEMPLATE))
    assert names(find(["."], folder="infra", exclude=["/a.yaml"])) == ["infra/in/a.yaml", "other/a.yaml"]
    assert names(find(["."], folder="infra", include=["/in/"])) == ["infra/in/a.yaml"]
    assert names(find([os.path.abspath("infra")], folder="infra", exclude=["in/"])) == ["infra/a.yaml"]
    monkeypatch.chdir("infra")
    assert names(find([".", "../other"], folder="..", exclude=["/infra/*.yaml"])) == ["../other/a.yaml", "in/a.yaml"]
    assert names(find(["in"], folder="..", include=["infra/in/"])) == ["in/a.yaml"]


@pytest.mark.parametrize("name", ["main.tf", "plan.out", "plan.tfplan"])
def test_what_is_of_terraform_but_no_plan_in_json_is_told_how_to_become_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04" if "plan" in name else b'resource "aws_sqs_queue" "jobs" {}\n')
    (unreadable,) = find([str(tmp_path / name)]).unreadable
    assert unreadable.message == (f"is {TERRAFORM}" if name == "main.tf" else NOT_A_PLAN)


def test_a_walk_that_finds_terraform_alone_says_so_once() -> None:
    grow({"b.tf": "", "a/x.tofu": "", "a/y.tf": "", "a/.terraform/z.tf": ""})
    assert reasons(find(["."])) == {"a/.terraform/": "what Terraform downloaded", "a/x.tofu": TERRAFORM}
    grow({"t.yaml": TEMPLATE})
    assert reasons(find(["."])) == {"a/.terraform/": "what Terraform downloaded"}
