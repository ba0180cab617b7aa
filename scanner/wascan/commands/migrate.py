"""``wascan migrate``: what another scanner was told, as a configuration of wascan."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import click

from wascan.cli import NOTHING, leave, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wascan.suppressions import Suppression

_PLAIN = re.compile(r"[A-Za-z][\w./-]*")
_SEVERITIES = {"UNKNOWN": "low", "LOW": "low", "MEDIUM": "medium", "HIGH": "high", "CRITICAL": "high"}
_SPECIAL = re.compile(r"[\\^$*+?()\[\]{}|]")


@click.command(short_help="Carry over what another scanner was told.")
@click.argument("tool", type=click.Choice(["checkov", "cfn_nag", "cdk-nag", "trivy"]), metavar="TOOL")
@click.argument("path", default=".", type=click.Path())
def migrate(tool: str, path: str) -> None:
    """Print the wascan.yaml that says what another scanner was told.

    TOOL is checkov, cfn_nag, cdk-nag or trivy; its settings and what it is told to pass over are looked for in PATH.
    What cannot be carried over stands in comments.

    \b
    wascan migrate checkov > wascan.yaml
    wascan migrate cdk-nag cdk.out
    """
    if not os.path.exists(path):
        stop([f"{path}: does not exist"])
    carried = _Carried(tool)
    _SETTINGS[tool](path, carried)
    _suppressions(path, carried)
    if not carried.sources:
        click.echo(f"nothing of {tool} was found in {path}", err=True)
        leave(NOTHING)
    for line in carried.lines():
        click.echo(line)
    leave(0)


class _Carried:
    """What is carried over: the sections of the file, where they come from, and what is left behind."""

    def __init__(self, tool: str) -> None:
        self.tool = tool
        self.sources: dict[str, None] = {}
        self.fail_on = ""
        self.select: dict[str, str] = {}
        self.ignore: dict[str, str] = {}
        self.exclude: list[str] = []
        self.waivers: list[dict[str, Any]] = []
        self.left: list[str] = []

    def checks(self, rules: list[str], source: str) -> dict[str, str]:
        """Our checks for the scanner's rules, with what is to be said of each; what has none is left, unless the scanner
        itself may run beside wascan.
        """
        from wascan.suppressions import checks_of

        found: dict[str, str] = {}
        for rule in rules:
            known = checks_of(self.tool, [rule])
            alone = not [check for check in known if ":" not in check]
            if not known:
                self.left.append(f"{source}: {rule}: no check of wascan's asks that")
            for check in known:
                said = rule if ":" not in check else f"counts with --engine {self.tool} only" if alone else ""
                found.setdefault(check, said)
        return found

    def waive(self, rules: list[str], reason: str, source: str, **more: Any) -> None:
        """A waiver for the scanner's rules; `more` are its other keys."""
        if checks := list(self.checks(rules, source)):
            more = {name.replace("_", "-"): value for name, value in more.items() if value}
            self.waivers.append({"rules": checks, **more, "reason": reason})

    def lines(self) -> Iterator[str]:
        """The file."""
        yield f"# What {self.tool} was told in {', '.join(self.sources)}."
        if self.fail_on:
            yield f"fail-on: {self.fail_on}"
        for name, section in (("select", self.select), ("ignore", self.ignore)):
            yield from [f"{name}:"] if section else []
            yield from (f"  - {_scalar(check)}{'  # ' if said else ''}{said}" for check, said in section.items())
        if self.exclude:
            yield "exclude:"
            yield from (f"  - {_scalar(line)}" for line in dict.fromkeys(self.exclude))
        if self.waivers:
            yield "waivers:"
        for waiver in self.waivers:
            lead = "  - "
            for name, value in waiver.items():
                yield f"{lead}{name}: {_flow(value)}"
                lead = "    "
        if self.left:
            yield "# Not carried over:"
            yield from (f"# - {' '.join(line.split())}" for line in dict.fromkeys(self.left))


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _flow(value: Any) -> str:
    return f"[{', '.join(map(_scalar, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def _suppressions(path: str, carried: _Carried) -> None:
    """What is told where the code stands: it holds there, too, unless `foreign-suppressions` says otherwise."""
    from wascan import dialects, sources
    from wascan.suppressions import find

    graph = dialects.read(sources.find([path]).sources, dialects.Settings())
    names = {resource.address: resource.construct or resource.name for resource in graph}
    origins = ("trivy", "tfsec") if carried.tool == "trivy" else (carried.tool,)
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for told in find(graph):
        if told.origin in origins:
            file, line = told.place.file, told.place.line
            carried.sources[file] = None
            if not told.checks:
                carried.left += [f"{file}: {name}: no check of wascan's asks that" for name in told.names or ()]
            elif "resources" in told.spoken_of:
                _add(told, [names[address] for address in told.spoken_of["resources"]], carried, seen)
            else:
                carried.left.append(f"{file}:{line}: it holds where it stands")


def _add(told: Suppression, names: list[str], carried: _Carried, seen: dict[tuple[Any, ...], dict[str, Any]]) -> None:
    """Adds a suppression as a waiver; the same said of several resources of a file is one."""
    until, reason = told.spoken_of.get("until"), told.reason or f"{told.origin} is told so"
    key = (*told.checks, reason, until, told.place.file)
    if key not in seen:
        more = {"until": until} if until else {}
        seen[key] = {"rules": told.checks, "resources": [], "files": [told.place.file], "reason": reason, **more}
        carried.waivers.append(seen[key])
    seen[key]["resources"] += [name for name in names if name not in seen[key]["resources"]]


def _files(path: str, *names: str) -> list[str]:
    """Those of these files that are there: in a folder, or the file that is named."""
    if os.path.isfile(path):
        return [path] if os.path.basename(path) in names else []
    return [file for name in names if os.path.isfile(file := os.path.normpath(os.path.join(path, name)))]


def _read(file: str, carried: _Carried) -> Any:
    """The data of a file in YAML or JSON."""
    from wascan import document

    carried.sources[file] = None
    try:
        with open(file, "rb") as stream:
            return document.read(file, stream.read()).data
    except (OSError, document.DocumentError) as error:
        stop([f"{file}: cannot be read: {error}"])


def _texts(value: Any) -> list[str]:
    """A list, or a text with commas."""
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# checkov (its documentation, "CLI Command Reference" and "Scanning with a baseline")


def _checkov(path: str, carried: _Carried) -> None:
    for file in _files(path, ".checkov.yaml", ".checkov.yml"):
        for name, value in _mapping(_read(file, carried)).items():
            if name in ("skip-check", "check"):
                ids = [id for id in _texts(value) if not _is_severity(id, f"{file}: {name}", carried)]
                target = carried.ignore if name == "skip-check" else carried.select
                target.update(carried.checks(_expanded(ids), f"{file}: {name}"))
            elif name == "skip-path":
                for pattern in _texts(value):
                    if _SPECIAL.search(pattern):
                        carried.left.append(f"{file}: skip-path {pattern}: exclude takes no regular expressions")
                    else:
                        carried.exclude.append(pattern)
            elif name == "soft-fail" and value in (True, "true"):
                carried.fail_on = "none"
            else:
                carried.left.append(f"{file}: {name}")
    for file in _files(path, ".checkov.baseline"):
        for entry in _list(_mapping(_read(file, carried)).get("failed_checks")):
            name = str(_mapping(entry).get("file", "")).lstrip("/")
            for finding in _list(_mapping(entry).get("findings")):
                resource = str(_mapping(finding).get("resource", ""))
                template = "::" in resource
                carried.waive(
                    _texts(_mapping(finding).get("check_ids")),
                    f"it is in {os.path.basename(file)}",
                    file,
                    resources=[resource.rpartition(".")[2] if template else resource],
                    files=[name] if template and name else [],
                )


def _is_severity(id: str, source: str, carried: _Carried) -> bool:
    if id.upper() in _SEVERITIES:
        carried.left.append(f"{source} {id}: wascan has severities of its own")
        return True
    return False


def _expanded(ids: list[str]) -> list[str]:
    """Ids, with those in the place of a pattern that it matches."""
    from wascan.packs import answered
    from wascan.select import glob

    known = [rule.removeprefix("checkov:") for rule in answered("checkov")]
    return [item for id in ids for item in ([rule for rule in known if glob(id)(rule)] if "*" in id else [id])]


# cfn_nag (its README, "Global Denial/Allowance Lists" and "Configuration")


def _cfn_nag(path: str, carried: _Carried) -> None:
    for file in _files(path, ".cfn_nag", ".cfn_nag.yml", ".cfn_nag.yaml"):
        data = _mapping(_read(file, carried))
        for name, value in data.items():
            if name in ("deny_list_path", "blacklist_path") and isinstance(value, str):
                _denied(os.path.normpath(os.path.join(os.path.dirname(file), value)), carried)
            elif name != "RulesToSuppress":
                carried.left.append(f"{file}: {name}")
        _denied_by(data, file, carried)


def _denied(file: str, carried: _Carried) -> None:
    if os.path.isfile(file):
        _denied_by(_mapping(_read(file, carried)), file, carried)
    else:
        carried.left.append(f"{file}: is not there")


def _denied_by(data: dict[str, Any], file: str, carried: _Carried) -> None:
    for entry in _list(data.get("RulesToSuppress")):
        id, reason = _mapping(entry).get("id"), _mapping(entry).get("reason")
        if not isinstance(id, str):
            continue
        if isinstance(reason, str) and reason.strip():
            carried.waive([id], reason.strip(), file)
        else:
            carried.ignore.update(carried.checks([id], file))


# cdk-nag has no settings but what stands in the code


def _cdk_nag(_path: str, _carried: _Carried) -> None:
    return


# Trivy (its documentation, "Filtering" and "Config file")


def _trivy(path: str, carried: _Carried) -> None:
    ignored = _files(path, ".trivyignore", ".trivyignore.yaml", ".trivyignore.yml")
    for file in _files(path, "trivy.yaml", "trivy.yml"):
        settings = _mapping(_read(file, carried))
        if isinstance(name := settings.pop("ignorefile", None), str):
            ignored.append(os.path.normpath(os.path.join(os.path.dirname(file), name)))
        scan = _mapping(settings.pop("scan", None))
        carried.exclude += [*_texts(scan.pop("skip-files", None)), *_texts(scan.pop("skip-dirs", None))]
        levels = [_SEVERITIES.get(level.upper(), "low") for level in _texts(settings.pop("severity", None))]
        if settings.pop("exit-code", 0) in (0, None):
            carried.fail_on = "none"
        elif levels:
            carried.fail_on = next(level for level in ("low", "medium", "high") if level in levels)
        carried.left += [f"{file}: {name}" for name in settings]
        carried.left += [f"{file}: scan.{name}" for name in scan]
    for file in dict.fromkeys(ignored):
        if not os.path.isfile(file):
            carried.left.append(f"{file}: is not there")
        elif file.endswith((".yaml", ".yml")):
            _ignored_in_yaml(file, carried)
        else:
            _ignored_by_line(file, carried)


def _ignored_in_yaml(file: str, carried: _Carried) -> None:
    for kind, entries in _mapping(_read(file, carried)).items():
        if kind != "misconfigurations":
            carried.left.append(f"{file}: {kind}")
            continue
        for entry in map(_mapping, _list(entries)):
            reason = str(entry.get("statement") or "").strip() or f"it is in {os.path.basename(file)}"
            until = str(entry.get("expired_at") or "")[:10]
            carried.waive([str(entry.get("id"))], reason, file, files=_texts(entry.get("paths")), until=until)


def _ignored_by_line(file: str, carried: _Carried) -> None:
    carried.sources[file] = None
    with open(file, encoding="utf-8", errors="replace") as stream:
        lines = stream.read().splitlines()
    comment = ""
    for line in lines:
        text, _, beside = line.partition("#")
        id, *options = text.split() or [""]
        if not id:
            comment = beside.strip()
            continue
        until = next((option[4:] for option in options if option.startswith("exp:")), "")
        reason = beside.strip() or comment or f"it is in {os.path.basename(file)}"
        carried.waive([id], reason, file, until=until)


_SETTINGS: dict[str, Callable[[str, _Carried], None]] = {
    "checkov": _checkov,
    "cfn_nag": _cfn_nag,
    "cdk-nag": _cdk_nag,
    "trivy": _trivy,
}
