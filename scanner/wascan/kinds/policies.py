"""IAM and resource policies: one model of statements, whatever wrote them.

A policy is data in a template, JSON in a string with or without references in it, or what Terraform puts together from
an ``aws_iam_policy_document``. Its statements answer questions in the words of the policy language (IAM User Guide,
"Grammar of the IAM JSON policy language").
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wascan.attribute import Attribute, Listed, One
from wascan.kind import Block, Kind, remembered
from wascan.kinds.actions import takes_resource
from wascan.kinds.jsontext import parsed
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, assemble, reason, symbol
from wascan.value import Fact, Reading, Value, Values
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, but, known

if TYPE_CHECKING:
    from collections.abc import Iterator


class Element(Attribute[Values]):
    """An element of a statement that is one string or a list of them."""

    def __init__(self, name: str) -> None:
        super().__init__(cfn=f"$.{name}", tf=f"$.{name}")

    def of(self, kind: Kind) -> Values:
        found = self.read(kind)
        return _values(self, list(_listed(found, kind)), found)


class Principals(Attribute[Values]):
    """Whom a statement speaks of, by one type of principal. Everybody, written as ``*`` alone, is in ``AWS``."""

    def __init__(self, type: str) -> None:
        super().__init__(cfn="$.Principal", tf="$.Principal")
        self.type = type

    def of(self, kind: Kind) -> Values:
        found = self.read(kind)
        if type(found.data) is dict:
            items = list(_each(found, self.type, kind))
        elif found.data is ABSENT or (not isinstance(found.data, MARKERS) and self.type != "AWS"):
            items = []
        else:
            items = [found]
        return _values(self, items, found)


class Condition:
    """One line of a statement's conditions: `operator` without its modifiers, `key`, both in lower case, and `values`."""

    __slots__ = ("key", "operator", "values")

    def __init__(self, operator: str, key: str, values: Values) -> None:
        self.operator = operator.lower().rpartition(":")[2].removesuffix("ifexists")
        self.key = key.lower()
        self.values = values

    def asks_nothing(self) -> Verdict:
        """Whether it looks like a proof of who calls and asks for none: an empty external id, or no second factor."""
        if self.is_on("sts:externalid", "stringequals"):
            return self.values.every(lambda value: value.equals(""))
        nothing = self.values.every(lambda value: value.is_false())
        return nothing if self.is_on("aws:multifactorauthpresent", "bool") else Verdict(FAIL, nothing.facts)

    def is_on(self, key: str, *operators: str) -> bool:
        """Whether it asks for `key` (``aws:securetransport``) with one of the operators (``bool``)."""
        return self.key == key and self.operator in operators


class Conditions(Attribute[Values]):
    """When a statement holds: its items are `Condition`."""

    def of(self, kind: Kind) -> Values:
        found = self.read(kind)
        scope, world = found.resource.scope, kind._world
        lines: list[Any] = []
        open = found if isinstance(found.data, MARKERS) else None
        for operator, keys in found.data.items() if type(found.data) is dict else ():
            data, path = scope.resolve(keys, (*found.path, operator), world)
            if isinstance(data, MARKERS):
                open = Reading(data, path, found.resource, found.rests)
            for key in data if type(data) is dict else ():
                line = Reading(data, path, found.resource, found.rests)
                lines.append(Condition(operator, key, _values(self, list(_each(line, key, kind)), line)))
        whole = Reading(ABSENT, found.path, found.resource, found.rests) if open is None else open
        return Values(Value(self, whole), lines, open=open is not None)


class Statement(Block):
    """One statement of a policy."""

    effect = One(cfn="$.Effect", tf="$.Effect")
    actions = Element("Action")
    other_actions = Element("NotAction")
    excepted_actions = One(cfn="$.NotAction", tf="$.NotAction")
    resources = Element("Resource")
    other_resources = Element("NotResource")
    excepted_resources = One(cfn="$.NotResource", tf="$.NotResource")
    principals = Principals("AWS")
    services = Principals("Service")
    providers = Principals("Federated")
    excepted = One(cfn="$.NotPrincipal", tf="$.NotPrincipal")
    conditions = Conditions(cfn="$.Condition", tf="$.Condition")

    @remembered
    def allows(self) -> Verdict:
        """Whether it allows something, as most do: then nothing is said of it."""
        effect = self.effect
        verdict = effect.equals("Allow")
        return verdict if effect.rests or verdict.truth is not PASS else known(True)

    @remembered
    def denies(self) -> Verdict:
        return self.effect.equals("Deny")

    @remembered
    def is_for_everybody(self) -> Verdict:
        """Whether it speaks of all principals, before its conditions."""
        return self.principals.any(lambda principal: _is(principal, "*"))

    def is_for_account(self) -> Verdict:
        """Whether it speaks of all of an account: its number, or its root (IAM User Guide, "AWS JSON policy elements:
        Principal").
        """
        return self.principals.any(_speaks_of_account)

    def is_for_service(self, name: str) -> Verdict:
        """Whether it speaks of a service of AWS, as ``logging.s3.amazonaws.com``."""
        return self.services.any(lambda service: service.equals(name))

    @remembered
    def takes_every_action(self) -> Verdict:
        """Whether it speaks of all actions of all services."""
        return self.actions.any(lambda action: _is(action, "*", "*:*"))

    @remembered
    def takes_whole_service(self) -> Verdict:
        """Whether it speaks of all actions of one service, as ``s3:*``."""
        return self.actions.any(lambda action: but(action.ends_with(":*"), _is(action, *_WHOLE)))

    @remembered
    def takes_every_resource(self) -> Verdict:
        """Whether it speaks of all resources."""
        return self.resources.any(lambda resource: _is(resource, "*"))

    def takes_all_of(self, service: str) -> Verdict:
        """Whether it speaks of all resources of a service, as ``*`` does, and ``arn:aws:s3:::*``."""
        return self.resources.any(lambda resource: _is(resource, "*") | _is_all_of(resource, service))

    @remembered
    def holds_always(self) -> Verdict:
        """Whether it allows what it speaks of, under no condition."""
        return self.allows() & self.conditions.is_empty()

    def could_name_resources(self) -> Verdict:
        """Whether one of its actions works on resources that can be named. Those that only list, or have no resource,
        take nothing but ``*`` (Service Authorization Reference).
        """
        named = self.actions.any(lambda action: action.satisfies(takes_resource, "for which one can be named"))
        return named | ~self.other_actions.is_empty()

    def names(self, action: str, *, among_all: bool = True) -> Verdict:
        """Whether one of its actions is this one, or takes it in together with no other service's; `among_all` says whether
        all those of its own service will do.
        """
        wider = ("*", "*:*") if among_all else ("*", "*:*", f"{action.partition(':')[0]}:*")
        return self.actions.any(lambda pattern: but(_matches(pattern, action), _is(pattern, *wider)))

    def covers(self, action: str) -> Verdict:
        """Whether it speaks of an action, or of all that ``s3:*`` stands for."""
        named = self.actions.any(lambda pattern: _matches(pattern, action))
        excepted = self.other_actions.any(lambda pattern: _matches(pattern, action) | _is_part(pattern, action))
        return named | (~self.other_actions.is_empty() & ~excepted)

    def covers_everything_in(self) -> Verdict:
        """Whether it speaks of what is in a resource, such as the objects of a bucket."""
        return self.resources.any(lambda resource: _ends(resource, "*"))

    def covers_itself(self, name: Value) -> Verdict:
        """Whether it speaks of a resource and not only of what is in it; `name` is what the resource is called."""
        return self.resources.any(lambda resource: ~_ends(resource, "/*") | _is_called(resource, name))

    def holds_without_tls_only(self) -> Verdict:
        """Whether it holds for every request that is not encrypted on its way, and for these alone."""

        def insecure(condition: Condition) -> Verdict:
            verdict = condition.values.any(lambda value: value.is_false())
            return verdict if condition.is_on("aws:securetransport", "bool") else Verdict(FAIL, verdict.facts)

        return ~self.conditions.is_empty() & self.conditions.every(insecure)


class Policy(Listed[Values]):
    """An attribute that holds a policy, or several: its items are `Statement`."""

    def of(self, kind: Kind) -> Values:
        found, whole = self.readings(kind)
        statements = [statement for document in found for statement in _statements(document, kind)]
        open = next((item for item in statements if isinstance(item.data, MARKERS)), None)
        items = [
            Statement(item.resource, kind._world, (item.data, item.path), item.rests)
            for item in statements
            if type(item.data) is dict
        ]
        return Values(Value(self, open or whole), items, open=open is not None)


def _statements(document: Reading, kind: Kind) -> Iterator[Reading]:
    """The statements of one document; a marker may stand for any number of them."""
    read = Reading(parsed(document.data), document.path, document.resource, document.rests)
    if isinstance(read.data, MARKERS):
        yield Reading(Unknown(reason(read.data)), read.path, read.resource, read.rests)
    elif type(read.data) is dict:
        yield from _each(read, "Statement", kind)


def _each(container: Reading, name: str, kind: Kind) -> Iterator[Reading]:
    """What stands under a name of a mapping, one by one."""
    scope, world = container.resource.scope, kind._world
    if name in container.data:
        data, path = scope.resolve(container.data[name], (*container.path, name), world)
    else:
        data, path = scope.missing(container.data, world), container.path
    return _listed(Reading(data, path, container.resource, container.rests), kind)


def _listed(whole: Reading, kind: Kind) -> Iterator[Reading]:
    """Each item of a list, or the one thing that needs no list."""
    scope, data = whole.resource.scope, whole.data
    items = (
        [(item, (*whole.path, index)) for index, item in enumerate(data)]
        if type(data) is list
        else [(data, whole.path)]
    )
    for item, path in items:
        item, path = scope.resolve(item, path, kind._world)
        if item is not ABSENT:
            yield Reading(item, path, whole.resource, whole.rests)


def _values(attribute: Attribute[Any], items: list[Reading], whole: Reading) -> Values:
    open = next((item for item in items if isinstance(item.data, Unknown)), None)
    known = [Value(attribute, item) for item in items if not isinstance(item.data, Unknown)]
    absent = Reading(ABSENT, whole.path, whole.resource, whole.rests)
    return Values(Value(attribute, open or absent), known, open=open is not None)


def _is(value: Value, *wanted: str) -> Verdict:
    """Whether it is one of these. What has a reference in it is a name or an ARN of something, and no wildcard."""
    parts = value.data.parts if isinstance(value.data, Text) else (value.data,)
    if any(isinstance(part, Reference) for part in parts):
        return Verdict(FAIL, (Fact(value, "one_of", wanted),))
    return value.one_of(*wanted)


def written(value: Value) -> str:
    """The text of a value, with dots for what is open."""
    parts = value.data.parts if isinstance(value.data, Text) else (value.data,)
    return "".join(part if isinstance(part, str) else "..." for part in parts)


def _speaks_of_account(principal: Value) -> Verdict:
    if isinstance(principal.data, Reference) and principal.data.resource.type in _IDENTITIES:
        return Verdict(FAIL, (Fact(principal, "ends_with", (":root",)),))
    return principal.ends_with(":root") | principal.satisfies(_is_account, "an account")


_IDENTITIES = frozenset(("AWS::IAM::Role", "AWS::IAM::User", "aws_iam_role", "aws_iam_user"))


def _is_account(principal: str) -> bool:
    return len(principal) == 12 and principal.isdigit()


def _matches(pattern: Value, action: str) -> Verdict:
    """Whether a pattern of a policy takes in an action. Case does not count in actions."""
    text = pattern.data
    wider = isinstance(text, str) and text.lower() != action.lower() and _takes_in(text, action)
    return pattern.satisfies(lambda text: _takes_in(text, action), f"which takes in {action}" if wider else action)


def _is_part(pattern: Value, action: str) -> Verdict:
    """Whether a pattern takes in a part of what `action` stands for."""
    return pattern.satisfies(lambda text: _takes_in(action, text), action)


@lru_cache(8192)  # statements repeat each other
def _takes_in(pattern: str, action: str) -> bool:
    return fnmatchcase(action.lower(), pattern.lower())


def _ends(resource: Value, suffix: str) -> Verdict:
    """Whether the ARN of a resource ends so. A reference is an ARN or a name, which have no wildcards."""
    tail = resource.data.parts[-1] if isinstance(resource.data, Text) else resource.data
    if isinstance(tail, Reference):
        return Verdict(FAIL, (Fact(resource, "ends_with", (suffix,)),))
    return resource.ends_with(suffix)


_WHOLE = ("*:*", "ec2messages:*", "ssmmessages:*")
"""What is no service alone, or one of which the agent of Systems Manager needs all (AWS Systems Manager User Guide,
"Reference: ec2messages, ssmmessages, and other API operations").
"""


def _is_all_of(resource: Value, service: str) -> Verdict:
    """Whether an ARN takes in all resources of a service, in all Regions. A part that is not known is a name."""
    fields = written(resource).split(":", 5)
    wide = (
        len(fields) == 6
        and fields[2] == service
        and all(field in ("", "*") for field in fields[3:5])
        and fields[5] in ("*", "*/*", *(f"{_SORTS.get(service)}{end}" for end in ("*", "/*", ":*")))
    )
    if wide or not isinstance(resource.data, Unknown):
        return Verdict(PASS if wide else FAIL, (Fact(resource, "satisfies", "all that there are"),))
    return Verdict(UNKNOWN, (Fact(resource, "satisfies", "all that there are"),))


_SORTS = {
    "ec2": "snapshot",
    "ecr": "repository",
    "elasticfilesystem": "file-system",
    "iam": "role",
    "kms": "key",
    "lambda": "function",
    "secretsmanager": "secret",
    "ssm": "parameter",
}
"""How ARNs of the resources that matter most begin, after the account (Service Authorization Reference, "Resource types
defined by" each service)."""


def _is_called(resource: Value, name: Value) -> Verdict:
    """Whether an ARN ends in just a name, be it known or the same expression."""
    parts = resource.data.parts if isinstance(resource.data, Text) else (resource.data,)
    for index, part in enumerate(parts):
        if isinstance(part, str) and ":::" in part:
            rest = assemble([part.partition(":::")[2], *parts[index + 1 :]])
            same = symbol(rest) is not None and symbol(rest) == symbol(name.data)
            return Verdict(PASS if same else FAIL, (Fact(resource, "ends_with", name.name),))
    return Verdict(FAIL, (Fact(resource, "ends_with", name.name),))
