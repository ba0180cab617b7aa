"""CDK cloud assemblies: from the folder that ``cdk synth`` writes to the stacks of one app in the graph.

The manifest says what belongs to the app, and nothing else is looked at: asset folders hold other people's templates.
An app is a whole workload: its stacks see one another's exports, across Regions too, and what none of them has is not
there. Source: the Cloud Assembly Schema (package aws-cdk-lib/cloud-assembly-schema, ``manifest.ts``) and what
aws-cdk-lib writes.
"""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING, Any

from wascan import document
from wascan._recognise import MAX_JSON_BYTES
from wascan.dialects import cloudformation
from wascan.dialects.cdk_constructs import Constructs
from wascan.dialects.cdk_sources import Sources, frames
from wascan.dialects.stack import Stack, Workload
from wascan.document import DocumentError, Place
from wascan.graph import Acknowledgement, Note
from wascan.markers import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wascan.dialects import Settings
    from wascan.document import Document, Path
    from wascan.graph import Graph, Resource, Scope
    from wascan.sources import Source
    from wascan.world import World

OLDEST, NEWEST = 1, 55
"""The major versions of the Cloud Assembly Schema that are known. It counts up with every change that an old CDK CLI
would get wrong, never so far in what is read here: newer ones are read, with a note. Before 1 there was no schema."""

_VERSION = re.compile(r"(\d+)\.\d+\.\d+").match
_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)").fullmatch
_ACCOUNT = re.compile(r"[0-9]{12}").fullmatch
_REGION = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]+").fullmatch
_READER, _WRITER = "Custom::CrossRegionExportReader", "Custom::CrossRegionExportWriter"


def load(graph: Graph, source: Source, settings: Settings) -> None:
    """Adds the stacks of an assembly to the graph. What cannot be read is said in a note, and the rest is read."""
    _App(graph, source, settings).load()


class _App:
    """One assembly: `folder` is opened, `name` is what people see, `root` is where nothing may lead out of."""

    def __init__(self, graph: Graph, source: Source, settings: Settings) -> None:
        assert source.file is not None
        assert source.document is not None
        self.graph = graph
        self.workload = Workload(graph, settings)
        self.folder = source.file
        self.name = source.name
        self.root = os.path.realpath(source.file)
        self.manifest = source.document
        self.constructs = Constructs()
        self.sources = Sources(source.file)
        self._documents: dict[str, Document] = {}
        self._loaded: set[str] = set()
        self._exports: dict[tuple[str, str], tuple[AppStack, Any, Path]] | None = None

    def load(self) -> None:
        self._assembly("", self.manifest)
        self._find_sources()
        for construct, id, reason, trace in self.constructs.acknowledged():
            here, elsewhere = self.sources.place([trace])
            place = here or elsewhere or self.manifest.place(())
            plugin, _, rule = id.partition("::")
            self.graph.acknowledged.append(Acknowledgement(self.name, construct, plugin, rule, reason, place))
        newer = self.sources.newer_than(os.path.join(self.root, "manifest.json"))
        if newer:
            message = f"{newer} is newer than this assembly: run cdk synth, or this is an older state of the app"
            self.graph.notes.append(Note("warning", message, self.manifest.name))

    def _find_sources(self) -> None:
        """Learns where the app was synthesised, or says what to do about an assembly that names no line of the app."""
        jsii = False
        for trace in self.constructs.all_traces():
            own = list(frames(trace))
            if own:
                self.sources.started_in(own[-1].file)
                return
            jsii = jsii or any("jsii" in text for text in trace if isinstance(text, str))
        if self.workload.stacks:
            remedy = "set JSII_HOST_STACK_TRACES=1" if jsii else "leave stack traces on"
            message = f"names no source line of the app, so findings stand in the templates: {remedy} for cdk synth"
            self.graph.notes.append(Note("note", message, self.manifest.name))

    def _assembly(self, folder: str, manifest: Document) -> None:
        """Reads the artifacts of a manifest in a folder of the assembly."""
        self.graph.files.add(manifest.name)
        if not self._knows(manifest):
            return
        data = manifest.data
        missing = data.get("missing")
        if isinstance(missing, list) and missing and manifest is self.manifest:  # which counts those of its Stages
            count = "a value" if len(missing) == 1 else f"{len(missing)} values"
            message = f"was synthesised without {count} that the app looks up in its account, and holds CDK's stand-ins: run cdk synth with credentials, and commit cdk.context.json"  # fmt: skip
            self.graph.notes.append(Note("warning", message, manifest.name))
        artifacts = {id: body for id, body in data["artifacts"].items() if isinstance(body, dict)}
        for id, body in artifacts.items():
            if body.get("type") == "cdk:tree":
                self._tree(folder, manifest, id, body)
        for id, body in artifacts.items():
            if body.get("type") == "aws:cloudformation:stack":
                self._stack(folder, manifest, id, body)
            elif body.get("type") == "cdk:cloud-assembly":
                self._stage(folder, manifest, id, body)

    def _knows(self, manifest: Document) -> bool:
        """Whether the manifest's version is one that can be read."""
        if not isinstance(manifest.data, dict):
            self._complain(manifest, (), "is no manifest: it should be an object")
            return False
        version = manifest.data.get("version")
        match = _VERSION(version) if isinstance(version, str) else None
        if match is None:
            self._complain(manifest, ("version",), f"has the schema version {version!r}, which is none")
        elif int(match[1]) < OLDEST:
            self._complain(manifest, ("version",), f"has the schema version {version}, older than any of CDK 1 and 2")
        elif not isinstance(manifest.data.get("artifacts"), dict):
            self._complain(manifest, ("version",), "has no artifacts")
        else:
            if int(match[1]) > NEWEST and manifest is self.manifest:
                message = f"has the schema version {version}, newer than {NEWEST}, the newest that is known here"
                self.graph.notes.append(Note("note", message, manifest.name))
            return True
        return False

    def _stage(self, folder: str, manifest: Document, id: str, artifact: dict[str, Any]) -> None:
        """Reads the nested assembly of a Stage."""
        written = _properties(artifact).get("directoryName")
        path = ("artifacts", id, "properties", "directoryName")
        if not isinstance(written, str):
            self._complain(manifest, path, f"the stage {id} names no folder")
            return
        read = self._read(folder, f"{written}/manifest.json", manifest, path)
        inner = posixpath.normpath(posixpath.join(folder, written))
        if read is not None and inner not in self._loaded and inner not in (".", ""):
            self._loaded.add(inner)
            self._assembly(inner, read)

    def _stack(self, folder: str, manifest: Document, id: str, artifact: dict[str, Any]) -> None:
        properties = _properties(artifact)
        written = properties.get("templateFile")
        path = ("artifacts", id, "properties", "templateFile")
        if not isinstance(written, str):
            self._complain(manifest, path, f"the stack {id} names no template")
            return
        template = self._template(folder, written, manifest, path)
        if template is None:
            return
        if template.name in self._loaded:
            self._complain(manifest, path, f"the stack {id} has the template of another stack")
            return
        self._loaded.add(template.name)
        self._learn(folder, manifest, id, artifact)
        account, region = _environment(artifact.get("environment"))
        tags = properties.get("tags")
        name = properties.get("stackName")
        stack = AppStack(
            self,
            template,
            template.name,
            construct=artifact["displayName"] if isinstance(artifact.get("displayName"), str) else id,
            folder=folder,
            region=region,
            account=account,
            name=name if isinstance(name, str) else id,
            tags={**self.workload.settings.tags, **(tags if isinstance(tags, dict) else {})},
        )
        self._grow(stack)

    def _grow(self, stack: AppStack) -> None:
        """Makes a stack a part of the graph, and the nested stacks whose templates are in the assembly."""
        cloudformation.adopt(self.workload, stack)
        for name, resource in stack.resources.items():
            resource.construct = resource.construct or self.constructs.path_of(name, stack.construct)
            if resource.type == "AWS::CDK::Metadata" or self.constructs.is_made_by_cdk(resource.construct):
                resource.managed_by = "CDK"
        for name, resource in stack.resources.items():
            if resource.type == "AWS::CloudFormation::Stack":
                self._nested(stack, name, resource)

    def _nested(self, stack: AppStack, name: str, resource: Resource) -> None:
        metadata = resource.body.get("Metadata")
        written = metadata.get("aws:asset:path") if isinstance(metadata, dict) else None
        if not isinstance(written, str):
            return  # its template is somewhere else, and not of this app
        path = (*resource.path, "Metadata", "aws:asset:path")
        template = self._template(stack.folder, written, stack.document, path)
        if template is None:
            return
        if any(above.document is template for above in stack.line()):
            self._complain(stack.document, path, f"the nested stack {name} is nested in itself")
            return
        child = AppStack(
            self,
            template,
            f"{stack.address}/{name}",
            construct=_inside(resource.construct),
            folder=stack.folder,
            parent=resource,
            region=stack.known_region,
            account=stack.known_account,
            tags=stack.tags,
        )
        stack.children[name] = child
        self._grow(child)

    def _learn(self, folder: str, manifest: Document, id: str, artifact: dict[str, Any]) -> None:
        """What a stack's artifact tells of its constructs: in the manifest, or in a file of its own."""
        metadata = artifact.get("metadata")
        if isinstance(metadata, dict):
            self.constructs.learn(metadata)
        written = artifact.get("additionalMetadataFile")
        if isinstance(written, str):
            read = self._read(folder, written, manifest, ("artifacts", id, "additionalMetadataFile"))
            if read is not None and isinstance(read.data, dict):
                self.constructs.learn(read.data)

    def _tree(self, folder: str, manifest: Document, id: str, artifact: dict[str, Any]) -> None:
        written = _properties(artifact).get("file")
        if isinstance(written, str):
            read = self._read(folder, written, manifest, ("artifacts", id, "properties", "file"))
            if read is not None and isinstance(read.data, dict):
                self.constructs.learn_tree(read.data.get("tree"))

    def _template(self, folder: str, written: str, by: Document, path: Path) -> Document | None:
        read = self._read(folder, written, by, path)
        if read is not None and not isinstance(read.data, dict):
            self._complain(read, (), "is no template: it should be an object")
            return None
        return read

    def _read(self, folder: str, written: str, by: Document, path: Path) -> Document | None:
        """The file of the assembly that is `written` at a path of another one; None after a note where it cannot be
        read.
        """
        inner = posixpath.normpath(posixpath.join(folder, written.replace("\\", "/")))
        real = "" if "\0" in inner else os.path.realpath(os.path.join(self.root, inner))
        name = posixpath.normpath(posixpath.join(self.name, inner))
        if not real.startswith(os.path.join(self.root, "")):
            self._complain(by, path, f"leads to {written}, which is outside the assembly, so it is not read")
            return None
        if real in self._documents:
            return self._documents[real]
        try:
            with open(os.path.join(self.folder, inner), "rb") as stream:
                raw = stream.read()
            self.graph.files.add(name)
            read = document.read(name, raw, limit=MAX_JSON_BYTES, duplicates=False)
        except OSError as error:
            self._complain(by, path, f"names {written}, which cannot be read: {error.strerror}")
            return None
        except DocumentError as error:
            self.graph.notes.append(Note("error", error.message, name, error.line))
            return None
        self._documents[real] = read
        return read

    def _complain(self, where: Document, path: Path, message: str) -> None:
        place = where.place(path)
        self.graph.notes.append(Note("error", message, place.file, place.line))

    def exported(self, region: str, name: str, world: World) -> Any:
        """What a stack in another Region writes for this one under `name`, in the SSM parameters of `region`."""
        if self._exports is None:
            self._exports = {}
            for stack in self.workload.stacks:
                for resource in stack.resources.values():
                    if resource.type == _WRITER and isinstance(stack, AppStack):
                        written = resource.properties.get("WriterProps")
                        for key, value in _exports(written):
                            path = (*resource.properties_path, "WriterProps", "exports", key)
                            self._exports[str(written["region"]), key] = stack, value, path
        if (region, name) not in self._exports:
            return Unknown(f"{name} is written by a stack outside this app", ("import", region, name))
        stack, value, path = self._exports[region, name]
        return stack.deep(value, path, world)


class AppStack(Stack):
    """A stack of an app: `construct` is the path of its construct, `folder` that of its assembly within the root.

    Its resources stand where the app's own code makes them, if that code is below the working directory.
    """

    def __init__(
        self,
        app: _App,
        template: Document,
        address: str,
        *,
        construct: str,
        folder: str,
        parent: Resource | None = None,
        region: str | None = None,
        account: str | None = None,
        name: str | None = None,
        tags: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(
            app.workload,
            template,
            address,
            parent=parent,
            region=region,
            account=account,
            name=name,
            tags=tags,
            whole=True,
        )
        self.app = app
        self.construct = construct
        self.folder = folder
        self.known_region = region
        self.known_account = account
        self.name = construct
        self._made: dict[tuple[str, str], tuple[Place | None, Place | None]] = {}

    @property
    def namespace(self) -> str:
        return self.app.name

    def onlookers(self, resource: Resource) -> Iterable[Scope]:
        return [stack for stack in self.workload.stacks if self.shares_names(stack)]

    def attribute(self, name: str, attribute: str, world: World) -> Any:
        resource = self.resources.get(name)
        if resource is not None and resource.type == _READER:
            props = resource.properties.get("ReaderProps")
            region = props.get("region") if isinstance(props, dict) else None
            if isinstance(region, str):
                return self.app.exported(region, attribute, world)
        return super().attribute(name, attribute, world)

    def documents(self) -> Iterator[Document]:
        yield self.document
        yield from self.app.sources.documents()

    def place(self, resource: Resource, path: Path) -> Place:
        here, _ = self._made_at(resource, path)
        return here or super().place(resource, path)

    def extent(self, resource: Resource) -> Place:
        here, _ = self._made_at(resource, resource.path)
        return self.app.sources.statement(here) if here else super().extent(resource)

    def twin_place(self, resource: Resource, path: Path) -> Place | None:
        here, elsewhere = self._made_at(resource, path)
        return super().place(resource, path) if here else elsewhere

    def committed(self, place: Place) -> Place:
        inside = place.file.startswith(f"{self.app.name}/") or self.app.name == "."
        return (self.app.sources.settings if inside else None) or place

    def _made_at(self, resource: Resource, path: Path) -> tuple[Place | None, Place | None]:
        """The line of the app that makes a resource, or sets the property that the path is in: as it can be read
        here, and as it was where the app was synthesised.
        """
        within = path[: len(resource.properties_path)] == resource.properties_path
        inside = path[len(resource.properties_path) :] if within else ()
        key = resource.construct, str(inside[0]) if inside else ""
        if key not in self._made:
            self._made[key] = self.app.sources.place(self.app.constructs.traces(*key))
        return self._made[key]


def _properties(artifact: dict[str, Any]) -> dict[str, Any]:
    found = artifact.get("properties")
    return found if isinstance(found, dict) else {}


def _environment(written: Any) -> tuple[str | None, str | None]:
    """Account and Region of ``aws://account/region``; None for what is not known, or no account or Region at all."""
    match = _ENVIRONMENT(written) if isinstance(written, str) else None
    if match is None:
        return None, None
    return match[1] if _ACCOUNT(match[1]) else None, match[2] if _REGION(match[2]) else None


def _inside(construct: str) -> str:
    """The path of a nested stack's own construct: that of its resource is ``Name.NestedStack/Name.NestedStackResource``."""
    return posixpath.dirname(construct).removesuffix(".NestedStack")


def _exports(written: Any) -> list[tuple[str, Any]]:
    """What a writer for another Region writes."""
    exports = written.get("exports") if isinstance(written, dict) and "region" in written else None
    return list(exports.items()) if isinstance(exports, dict) else []
