"""The page of a rule in Markdown: for the terminal, for the documentation, and for SARIF's help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wascan.rule import Check, Rule


def page(rule: Rule, checks: Sequence[Check]) -> str:
    """What there is to know of a rule; of its checks those that are given."""
    from wascan import catalogue

    one = checks[0] if len(checks) == 1 else None
    lines = [f"# {one.id if one else rule.id}", "", one.title if one else rule.in_general(rule.title), ""]
    lines += [one.why if one else rule.in_general(rule.why), ""] if rule.why else []
    severity = one.severity if one else rule.severity
    others: dict[str, list[str]] = {}
    for check in checks:
        if check.severity != severity:
            others.setdefault(check.severity, []).append(check.kind.plural)
    but = ", and".join(f" {level} of {_listed(kinds)}" for level, kinds in others.items())
    lines += [f"Severity: {severity}{but and ', but'}{but}. Pillar: {rule.pillar.replace('-', ' ')}."]
    if rule.evidence == "elsewhere":
        lines += [
            "",
            "What it asks for may stand in another stack: it fails only where the scan is the whole workload.",
        ]
    lines += ["", "## Practices", ""]
    for id in rule.practices:
        practice = catalogue.practice(id)
        lines.append(f"- {practice.id} {practice.title} ({practice.framework}, {practice.version or 'undated'})")
    options = [option for option in rule.options.values() if option.name != "today"]
    if options:
        lines += ["", "## Options", ""]
        for option in options:
            value = "required" if option.required else f"default {option.default!r}"
            lines.append(f"- `{option.name.replace('_', '-')}`: {option.type}, {value}")
    lines += ["", "## Checks", ""]
    for check in checks:
        lines += _check(check)
    return "\n".join(lines) + "\n"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _check(check: Check) -> list[str]:
    """A check: what it judges, how to mend it in each dialect, and who else asks."""
    from wascan.packs import equivalents

    lines = [f"### {check.id}", "", f"{check.title} Judges {', '.join(f'`{type}`' for type in check.kind.types)}.", ""]
    dialects = {"cfn": "CloudFormation", "sam": "SAM", "tf": "Terraform"}
    fixes: dict[str, list[str]] = {}
    for type in check.kind.types:
        dialect = "tf" if "::" not in type else "sam" if type.startswith("AWS::Serverless::") else "cfn"
        fixes.setdefault(check.fix(dialect), []).append(dialects[dialect])
    for fix, named in fixes.items():
        lines.append(f"- {', '.join(dict.fromkeys(named))}: {fix}")
    others = equivalents(check.id)
    if others:
        lines += ["", f"The same question elsewhere: {', '.join(others)}."]
    return [*lines, ""]
