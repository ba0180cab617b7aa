"""The gate inside ``cdk synth``: a policy validation plugin for CDK apps that are written in Python.

::

    from aws_cdk import App, Validations
    from wascan.cdk import WascanValidator

    app = App()
    Validations.of(app).add_plugins(WascanValidator())

It needs aws-cdk-lib, and is imported by nothing else. Source: AWS CDK Developer Guide, "Validate AWS CDK applications
at synthesis time".
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation

from wascan import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wascan.finding import Finding, Report

_TROUBLE = "wascan-could-not-judge"
"""The rule that stands for what could not be read or done. CDK lets nobody acknowledge what is fatal."""


@jsii.implements(IPolicyValidationPlugin)
class WascanValidator:
    """Judges the app that is being synthesised, under the wascan.yaml of the working directory or above it.

    What fails the scan (``fail-on``) fails the synthesis; other failures are warnings. `config` is another configuration
    file, `packs` are packages with further rules. It fails closed: CDK takes a plugin that raises for one that found
    nothing and goes on, so whatever goes wrong here is a violation itself.
    """

    def __init__(self, *, config: str | None = None, packs: Sequence[str] = ()) -> None:
        self._config = config
        self._packs = packs

    @property
    def name(self) -> str:
        """The name that rules are acknowledged under: ``wascan::encryption-at-rest.s3-bucket``."""
        return "wascan"

    @property
    def version(self) -> str:
        return __version__

    @property
    def rule_ids(self) -> None:
        """CDK would send them to AWS with its usage figures."""

    def validate(self, context: Any) -> Any:
        """The violations of the templates that CDK names."""
        try:
            violations = self._violations([str(path) for path in context.template_paths])
        except BaseException as error:  # SystemExit too: nothing may be taken for a pass
            violations = [_trouble(f"{type(error).__name__}: {error}")]
        passed = not any(violation.severity in ("error", "fatal") for violation in violations)
        return PolicyValidationPluginReport(success=passed, violations=violations)

    def _violations(self, templates: list[str]) -> list[Any]:
        from wascan import config, packs
        from wascan.rule import SEVERITIES
        from wascan.scan import scan

        settings = config.load(self._config)
        there = packs.installed()
        known = packs.Packs([*self._packs, *(there[name] for name in settings.packs)], rule_files=settings.rule_files)
        if settings.document is not None:
            settings.verify(known.vocabulary())
        report = scan([_assembly(templates)], settings, known, today=time.strftime("%Y-%m-%d"))
        failing = SEVERITIES[: SEVERITIES.index(settings.fail_on) + 1] if settings.fail_on != "none" else ()
        return [*_troubles(report), *_found(report, {os.path.realpath(path) for path in templates}, failing)]


def _assembly(templates: list[str]) -> str:
    """The outermost assembly that holds the templates."""
    folder = os.path.dirname(templates[0])
    while os.path.isfile(os.path.join(os.path.dirname(folder), "manifest.json")):
        folder = os.path.dirname(folder)
    return folder


def _trouble(message: str) -> Any:
    """A violation of no resource in particular, which CDK counts and does not show."""
    print(f"wascan: error: {message}", file=sys.stderr)
    return PolicyViolation(rule_name=_TROUBLE, description=message, severity="fatal", violating_resources=[])


def _troubles(report: Report) -> list[Any]:
    """What could not be read, and rules that are broken."""
    messages = [f"{broken.name} {broken.message}" for broken in report.unreadable]
    messages += [f"{note.file or ''} {note.message}".strip() for note in report.notes if note.level == "error"]
    if not report.graph.scopes:
        messages.append("there is no stack in the assembly")
    return [_trouble(message) for message in messages]


def _found(report: Report, templates: set[str], failing: Sequence[str]) -> Iterable[Any]:
    """A violation for each thing that is said, with the resources that it is said of.

    Where the app acknowledges exactly the check, CDK takes the violation out, and keeps the reason in its report.
    """
    from wascan.finding import FAIL
    from wascan.words import fix, sentence

    alike: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in report.findings:
        acknowledged = finding.waiver is not None and finding.waiver.origin == "acknowledged"
        exactly = acknowledged and finding.check.id in finding.waiver.selectors.written
        told = finding.fails or (finding.kind == FAIL and exactly and not finding.resource.managed_by)
        if told and os.path.realpath(_root(finding)) in templates:
            severity = "error" if finding.severity in failing else "warning"
            key = finding.check.id, sentence(finding), fix(finding) or "", severity
            alike.setdefault(key, []).append(finding)
    for (rule, said, remedy, severity), findings in alike.items():
        yield PolicyViolation(
            rule_name=rule,
            description=f"{said} ({', '.join(findings[0].check.rule.practices)})",
            fix=remedy or None,
            severity=severity,
            rule_metadata={"severity": findings[0].severity},
            violating_resources=[_resource(finding) for finding in findings],
        )


def _root(finding: Finding) -> str:
    """The template of the stack that a resource is in, or of the one around it all."""
    scope: Any = finding.resource.scope
    return str(list(scope.line())[-1].document.name)


def _resource(finding: Finding) -> Any:
    resource = finding.resource
    path = finding.facts[0].value.path if finding.facts and finding.facts[0].value.resource is resource else ()
    within = path[: len(resource.properties_path)] == resource.properties_path
    inside = path[len(resource.properties_path) :] if within else ()
    return PolicyViolatingResource(
        resource_logical_id=resource.name,
        template_path=os.path.abspath(resource.scope.document.name),
        construct_path=resource.construct or None,
        locations=[".".join(["Properties", *map(str, inside)])] if inside else [],
    )
