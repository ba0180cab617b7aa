"""Rules tested on case files: the runner that wascan's own rules and third-party packs share.

A case file is named after its rule and lists cases by the expected answer, ``fail``, ``pass``, ``unknown``,
``review`` or ``not-applicable``. A case holds the same architecture in one or more dialects, as block scalars::

    fail:
      - cloudformation: |
          Orders:
            Type: AWS::RDS::DBInstance
            Properties:
              MultiAZ: false  # here
        terraform: |
          aws_db_instance.orders:
            multi_az: false  # here

``# here`` marks the lines that the findings must name. CloudFormation and SAM hold the resources, or a whole template;
Terraform holds resources by address, with ``!unknown`` for what is known after apply and ``!ref aws_kms_key.k.arn`` for
a reference, and goes through the real plan reader. Beside them a case may have ``options``, ``parameters``,
``region``, ``workload: true`` (nothing outside belongs to it), ``tags`` (of the stack) and ``because``.

A fixture file of a kind, named after its slug, has a ``bare`` and a ``well-built`` resource in each dialect. On the
bare one exactly the rules under ``fail`` fail (``terraform-fail`` where that dialect differs); on the well-built one
none does, and none is unknown. What rules need of configuration is in `OPTIONS`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from wascan import dialects, document
from wascan.engine import Engine
from wascan.finding import FAIL, OPEN, REVIEW
from wascan.sources import Form, Source
from wascan.words import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wascan.finding import Finding
    from wascan.packs import Packs
    from wascan.rule import Check

DIALECTS = ("cloudformation", "sam", "terraform")
ANSWERS = {"fail": FAIL, "unknown": OPEN, "review": REVIEW, "pass": "pass", "not-applicable": ""}
OPTIONS: dict[str, Any] = {
    "tags": ["owner"],
    "values": {"stage": ["test", "prod"]},
    "regions": ["eu-central-1"],
    "today": "2026-01-01",
    "copies": 1,
    "mode": "GOVERNANCE",
}
"""What options without a default are, where a case does not say."""

_HERE = re.compile(r"#\s*here\s*$")
_ADDRESS = re.compile(r"^(?:(module\..+?)\.)?(data\.)?(\w+)\.([\w-]+)(?:\[(.+)\])?$")


class CaseError(Exception):
    """A file of cases cannot be read; the message says which, and why."""


class Case:
    """One case of a rule or fixture of a kind in one dialect. `str()` names it."""

    def __init__(self, name: str, dialect: str, entry: dict[str, Any]) -> None:
        self.name = name
        self.dialect = dialect
        self.entry = entry
        self.text: str = entry[dialect]

    def __str__(self) -> str:
        return f"{self.name} {self.dialect}"

    def judged(self, checks: Callable[[type[Any]], list[Check]]) -> tuple[list[Finding], Engine, Lines]:
        """What `checks` find on it, the engine that found it, and where the findings stand in the case."""
        settings = dialects.Settings(
            self.entry.get("parameters"),
            self.entry.get("region"),
            self.entry.get("account"),
            self.entry.get("tags"),
            whole=bool(self.entry.get("workload")),
        )
        lines = Lines(self.text, self.dialect)
        read = document.read("case", lines.source(self.entry).encode())
        form = Form.PLAN if self.dialect == "terraform" else Form.TEMPLATE
        graph = dialects.read([Source("case", None, form, read)], settings)
        errors = [note for note in graph.notes if note.level == "error"]
        assert not errors, f"{self}: {errors}"

        def options(check: Check) -> dict[str, Any]:
            given = {name.replace("-", "_"): value for name, value in self.entry.get("options", {}).items()}
            return {
                name: given.get(name, OPTIONS.get(name) if option.required else option.default)
                for name, option in check.rule.options.items()
            }

        engine = Engine(graph, checks, options, lambda check: check.severity)
        findings = list(engine.findings())
        assert not engine.broken, f"{self}: {engine.broken}"
        return findings, engine, lines


class RuleCase(Case):
    """A case of a rule, with the answer that is expected."""

    def __init__(self, rule: str, answer: str, name: str, dialect: str, entry: dict[str, Any]) -> None:
        super().__init__(name, dialect, entry)
        self.rule = rule
        self.answer = answer

    def verify(self, packs: Packs) -> None:
        """Judge it; an AssertionError says in what the answer differs."""
        findings, engine, lines = self.judged(
            lambda kind: [check for check in packs.checks(kind) if check.rule.id == self.rule]
        )
        told = "".join(f"; {finding.kind} on {finding.resource.name}: {sentence(finding)}" for finding in findings)
        answers = {kind for tally in engine.judged.values() for kind, count in tally.items() if count}
        answers |= {finding.kind for finding in findings}
        wanted = ANSWERS[self.answer]
        if self.answer in ("pass", "not-applicable"):
            assert answers == ({wanted} if wanted else set()), f"{self}: {_answered(answers)}{told}"
            return
        assert {finding.kind for finding in findings} == {wanted}, f"{self}: {_answered(answers)}{told}"
        here = lines.marked()
        found = {lines.line(finding) for finding in findings}
        assert not here or here == found, f"{self}: stands on lines {found}, not {here}"


def _answered(answers: set[str]) -> str:
    names = [name for name, answer in ANSWERS.items() if answer in answers]
    return f"the answer is {' and '.join(names)}" if names else "the rule applies to nothing in it"


class KindCase(Case):
    """The bare or the well-built fixture of a kind."""

    def verify(self, packs: Packs) -> None:
        """Judge it by all rules on its kind; an AssertionError says in what the answers differ."""
        slug, _, form = self.name.partition(" ")
        self.entry.setdefault("workload", True)
        self.entry.setdefault("region", "us-east-1" if form == "bare" else "eu-central-1")
        findings, _, _ = self.judged(lambda kind: packs.checks(kind) if kind.slug == slug else [])
        found = {FAIL: set[str](), OPEN: set[str](), REVIEW: set[str]()}
        for finding in findings:
            found[finding.kind].add(finding.check.rule.id)
        wanted = set(self.entry.get(f"{self.dialect}-fail", self.entry.get("fail", ())))
        assert found[FAIL] == wanted, f"{self}: fails {sorted(found[FAIL])}, not {sorted(wanted)}"
        assert found[OPEN] == set(self.entry.get("unknown", ())), f"{self}: unknown are {sorted(found[OPEN])}"
        assert not found[REVIEW], f"{self}: to review are {sorted(found[REVIEW])}"


def rule_cases(folder: Path) -> Iterator[RuleCase]:
    """The cases of every rule whose file is somewhere below `folder`."""
    for file in sorted(folder.rglob("*.yaml")):
        rule = file.stem.replace("_", "-")
        for answer, entries in _read(file).items():
            if answer not in ANSWERS:
                raise CaseError(f"{file}: {answer} is none of {', '.join(ANSWERS)}")
            for number, entry in enumerate(entries, 1):
                for dialect in DIALECTS:
                    if dialect in entry:
                        yield RuleCase(rule, answer, f"{rule} {answer} {number}", dialect, dict(entry))


def kind_cases(folder: Path) -> Iterator[KindCase]:
    """The bare and well-built fixtures of every kind whose file is in `folder`."""
    for file in sorted(folder.glob("*.yaml")):
        for form, entry in _read(file).items():
            for dialect in DIALECTS:
                if dialect in entry:
                    yield KindCase(f"{file.stem} {form}", dialect, dict(entry))


def _read(file: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CaseError(f"{file}:{line}: {error.problem}") from error
    if not isinstance(data, dict):
        raise CaseError(f"{file}: holds no mapping")
    return data


class Lines:
    """The text of a case: as the source that is scanned, and where findings stand in it."""

    def __init__(self, text: str, dialect: str) -> None:
        self._text = text
        self._dialect = dialect
        self._wrapped = dialect != "terraform" and not re.search(r"^Resources:", text, re.MULTILINE)
        self._transform = "Transform: AWS::Serverless-2016-10-31\n" if dialect == "sam" and self._wrapped else ""

    def source(self, entry: dict[str, Any]) -> str:
        """The template or plan that is scanned."""
        if self._dialect == "terraform":
            return json.dumps(plan(document.read("case", self._text.encode()).data, entry.get("region")))
        if not self._wrapped:
            return self._text
        return self._transform + "Resources:\n" + "".join(f"  {line}\n" for line in self._text.splitlines())

    def marked(self) -> set[int]:
        """The lines that say ``# here``."""
        return {number for number, line in enumerate(self._text.splitlines(), 1) if _HERE.search(line)}

    def line(self, finding: Finding) -> int:
        """The line that a finding stands on."""
        if self._dialect != "terraform":
            return finding.place.line - (1 + bool(self._transform) if self._wrapped else 0)
        value = finding.facts[0].value
        inside = value.path[len(value.resource.properties_path) :]
        return document.read("case", self._text.encode()).place((value.resource.name, *inside), key=not inside).line


def plan(resources: dict[str, Any], region: str | None = None) -> dict[str, Any]:
    """A Terraform plan in JSON (format 1.2) that creates `resources`, which are attributes by address.

    ``{"!unknown": ...}`` stands for what is known after apply, ``{"!ref": "aws_kms_key.k.arn"}`` for a reference.
    """
    changes, configured = [], {}
    for address, attributes in resources.items():
        match = _ADDRESS.match(address)
        assert match is not None, f"{address} is no address of a resource"
        module, data, type, name, index = match.groups()
        attributes = attributes or {}
        change: dict[str, Any] = {
            "address": address,
            "mode": "data" if data else "managed",
            "type": type,
            "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["read"] if data else ["create"],
                "before": None,
                "after": _after(attributes),
                "after_unknown": _unknown(attributes),
            },
        }
        if module:
            change["module_address"] = module
        if index is not None:
            change["index"] = json.loads(index)
        changes.append(change)
        own = f"{data or ''}{type}.{name}"
        configured[own] = {
            "address": own,
            "mode": change["mode"],
            "type": type,
            "name": name,
            "provider_config_key": "aws",
            "expressions": _expressions(attributes),
        }
    provider: dict[str, Any] = {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"}
    if region:
        provider["expressions"] = {"region": {"constant_value": region}}
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "complete": True,
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": provider},
            "root_module": {"resources": list(configured.values()), "variables": {"unknown": {}}},
        },
    }


def _marker(data: Any) -> str | None:
    """The reference that a marker of a case stands for; None for plain data."""
    if isinstance(data, dict) and len(data) == 1:
        ((tag, argument),) = data.items()
        if tag == "!unknown":
            return "var.unknown"
        if tag == "!ref":
            return str(argument)
    return None


def _after(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _after(item) for name, item in data.items() if _marker(item) is None}
    if isinstance(data, list):
        return [None if _marker(item) else _after(item) for item in data]
    return data


def _unknown(data: Any) -> Any:
    if _marker(data):
        return True
    if isinstance(data, dict):
        inside = {name: _unknown(item) for name, item in data.items()}
        return {name: item for name, item in inside.items() if item is not False}
    if isinstance(data, list):
        return [_unknown(item) for item in data]
    return False


def _expressions(attributes: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in attributes.items():
        items = value if isinstance(value, list) else [value]
        references = [marker for item in items if (marker := _marker(item)) is not None]
        if references:
            parts = [reference.split(".") for reference in references]
            found[name] = {
                "references": [".".join(part[:length]) for part in parts for length in range(len(part), 1, -1)]
            }
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            found[name] = [_expressions(item) for item in value]
        else:
            found[name] = {"constant_value": value}
    return found
