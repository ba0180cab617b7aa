"""The attributes of a resource as a plan has them: `after`, with markers for what is unknown and what is sensitive.

`after_unknown` has the shape of `after` and is true where a value is known only when it is applied; `after_sensitive`
likewise. An attribute that nobody wrote, and that the provider or AWS will fill in, is unknown just as one that
comes from another resource: what tells them apart is whether the configuration has an expression for it. Source:
Terraform, "JSON Output Format", section "Change Representation", and plans of the AWS provider 5.100.

Blocks stand in the configuration in the order of the files, in `after` in one of the provider's own if they are a
set; what a ``dynamic`` block makes stands in `after` alone. So blocks are matched by their constants, and where
this is not certain, what is unknown in them stays so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import answers, blocks, references
from wascan.dialects.terraform.secrets import is_secret, masked
from wascan.markers import ABSENT, MARKERS, Reference, Text, Unknown, plain, reason

if TYPE_CHECKING:
    from wascan.dialects.terraform.answers import Here
    from wascan.dialects.terraform.module import PlanResource

_DOCUMENT = re.compile(
    r"(?:^|_)(?:policy|policies|definitions?|document|pattern|body|template|json|content|user_data|script)$"
)
"""Attributes that hold a document, of which a reference can only be a part."""

_DYNAMIC = Unknown("its block is none that the configuration shows, such as one that `dynamic` makes")
_LATER = Unknown("it is known only when it is applied")
_MAYBE = Unknown("it is known only when it is applied whether there is such a block")
_OVERRIDDEN = Unknown("it is a default tag that a tag of the resource may override", filled=True)
_MORE_TAGS = Unknown("the plan does not show all default tags of its provider")
_AROUND = Unknown("the plan does not show what stands around it")
_UNCLEAR = Unknown("the plan does not show which of several blocks it is")
_NO_CONFIGURATION = Unknown("it is known only when it is applied, and the plan does not say where it comes from")


def merged(resource: PlanResource) -> dict[str, Any]:
    """The attributes of a resource, by name. What is absent is null or not there."""
    after, unknown = resource.after, resource.unknown
    data = dict(after)
    expressions = None if resource.configuration is None else resource.expressions
    # what nobody wrote will be as the provider or AWS has it by default
    unwritten, dynamic = (None, resource.dynamic) if resource.created else (_LATER, frozenset[str]())
    if expressions and resource.scope.plan.values_only:
        unknown = _left_out(after, expressions)
    for name, flag in unknown.items():
        if flag is True:
            if expressions is None:
                data[name] = _NO_CONFIGURATION
            elif name in expressions:
                data[name] = _one(resource, name, expressions[name], resource.sensitive)
            else:
                data[name] = _MAYBE if name in dynamic else unwritten
        elif flag and holds(flag):
            data[name] = _Inside(resource, name).merge(after.get(name), flag)
    sensitive = resource.sensitive
    if sensitive is True:
        return {name: masked(item, True) for name, item in data.items()}
    for name, flag in sensitive.items() if isinstance(sensitive, dict) else ():
        if flag and name in data:
            data[name] = masked(data[name], flag)
    if sensitive is None:
        data.update((name, masked(item, True)) for name, item in data.items() if is_secret(name, item))
    if "tags_all" in unknown or "tags_all" in after:
        _tag(resource, data)
    return data


def _left_out(known: dict[str, Any], expressions: dict[str, Any]) -> dict[str, Any]:
    """What `planned_values` leaves out although the configuration has it, in the shape of `after_unknown`."""
    flags: dict[str, Any] = {}
    for name, expression in expressions.items():
        if isinstance(expression, dict):
            if name not in known and "constant_value" not in expression:
                flags[name] = True
        elif isinstance(expression, list) and isinstance(items := known.get(name), list):
            flags[name] = []
            for item in items:
                inside: dict[str, Any] = {}
                for block in expression:
                    if isinstance(item, dict) and isinstance(block, dict):
                        inside.update(_left_out(item, block))
                flags[name].append(inside)
    return flags


def _tag(resource: PlanResource, data: dict[str, Any]) -> None:
    """Put in the place of `tags` what the resource will have: its own, and the default tags of its provider."""
    own, everything = data.get("tags"), data.get("tags_all")
    if isinstance(everything, dict):
        # the provider copies what is sensitive among the tags, and does not say that it is
        hidden = resource.sensitive.get("tags") if isinstance(resource.sensitive, dict) else None
        everything = data["tags_all"] = masked(everything, hidden)
        data["tags"] = {**everything, **own} if isinstance(own, dict) else everything
        return
    provider = resource.provider
    tags = {**provider.tags, **own} if isinstance(own, dict) else dict(provider.tags)
    if isinstance(own, MARKERS):
        overridden = dict.fromkeys(tags, _OVERRIDDEN)
        data["tags"] = [*({"key": key, "value": item} for key, item in overridden.items()), own]
    elif provider.more_tags:
        data["tags"] = [*({"key": key, "value": item} for key, item in tags.items()), _MORE_TAGS]
    else:
        data["tags"] = tags or None


def holds(flag: Any) -> bool:
    """Whether anything in it is true."""
    if isinstance(flag, dict):
        return any(holds(item) for item in flag.values())
    return any(holds(item) for item in flag) if isinstance(flag, list) else flag is True


def _one(resource: PlanResource, name: str, expression: Any, sensitive: Any) -> Any:
    """What stands for an attribute of which nothing is known and which `expression` gives."""
    if not isinstance(expression, dict):
        return _MAYBE
    shape = sensitive.get(name) if isinstance(sensitive, dict) else None
    if isinstance(shape, list):
        found = references.listed(resource.here, expression)
    else:
        found = references.marker(resource.here, expression, document=_DOCUMENT.search(name) is not None)
        if isinstance(shape, dict) and isinstance(found, (Reference, Text)):
            # a map that has references in it is not what they refer to
            return Unknown(reason(found))
    if found is answers.GIVEN:
        # a value that is known would be in the plan: it is null, and a default will hold
        return None if resource.created else _LATER
    return found


class _Inside:
    """One attribute of a resource that is known in parts."""

    __slots__ = ("_name", "_resource")

    def __init__(self, resource: PlanResource, name: str) -> None:
        self._resource = resource
        self._name = name

    def merge(self, known: Any, flag: Any) -> Any:
        resource = self._resource
        expression = resource.expressions.get(self._name)
        sensitive = resource.sensitive
        inside = sensitive.get(self._name) if isinstance(sensitive, dict) else None
        if isinstance(expression, dict) or self._name in resource.dynamic:
            expression = blocks.shown(resource, self._name, expression) or expression
        if isinstance(expression, dict):
            return self._lost(known, flag, expression)
        return self._item(known, flag, expression if isinstance(expression, list) else None, inside)

    def _item(self, known: Any, flag: Any, blocks: list[Any] | None, sensitive: Any) -> Any:
        """Blocks of one name. `blocks` are those of the configuration; None where it shows none."""
        if not (isinstance(flag, list) and isinstance(known, list)):
            return _blotted(known, flag, _DYNAMIC)
        written = matched(known, blocks)
        result = []
        for index, item in enumerate(known):
            inside = flag[index] if index < len(flag) else False
            if inside is True or not holds(inside):
                result.append(_DYNAMIC if inside is True else item)
                continue
            below = sensitive[index] if isinstance(sensitive, list) and index < len(sensitive) else None
            result.append(self._block(item, inside, written[index], below))
        return result

    def _block(self, known: Any, flag: Any, written: list[Any] | None, sensitive: Any) -> Any:
        """One block. `written` are the blocks of the configuration that it may be; None where it shows none."""
        if not (isinstance(flag, dict) and isinstance(known, dict)):
            return _DYNAMIC
        if written is None and not any(_says(item) for item in known.values()):
            # the iterations of a `dynamic` block whose number is unknown look so
            return _MAYBE
        data = dict(known)
        for name, inside in flag.items():
            if inside is not True and not holds(inside):
                continue
            found = [_DYNAMIC] if written is None else [block.get(name, ABSENT) for block in written]
            below = sensitive.get(name) if isinstance(sensitive, dict) else None
            if any(item != found[0] for item in found[1:]):
                data[name] = _UNCLEAR
            elif inside is True:
                data[name] = self._leaf(name, found[0], sensitive)
            elif isinstance(found[0], dict):
                data[name] = self._lost(known.get(name), inside, found[0])
            else:
                data[name] = self._item(
                    known.get(name), inside, found[0] if isinstance(found[0], list) else None, below
                )
        return data

    def _leaf(self, name: str, expression: Any, sensitive: Any) -> Any:
        """An attribute of a block of which nothing is known."""
        if expression is ABSENT:
            return None if self._resource.created else _LATER
        if not isinstance(expression, dict):
            return _DYNAMIC if expression is _DYNAMIC else _MAYBE
        return _one(self._resource, name, expression, sensitive)

    def _lost(self, known: Any, flag: Any, expression: Any) -> Any:
        """A structure that one expression makes: which of its references a part comes from is known only where it
        is the only one, or where they stand in a list one by one.
        """
        exact = answers.finished(references.exact(self._resource.here, expression))
        if type(exact) is type(known) and _agrees(known, flag, exact):
            return exact
        if isinstance(flag, list) and isinstance(known, list):
            flags = [flag[index] if index < len(flag) else False for index in range(len(known))]
            parts = _parts(self._resource.here, references.maximal(expression), flags)
            made = Unknown(references.made_of(references.maximal(expression)))
            return [
                self._part(parts.get(index, expression)) if flags[index] is True else _blotted(item, flags[index], made)
                for index, item in enumerate(known)
            ]
        if isinstance(flag, dict) and isinstance(known, dict):
            data = dict(known)
            for key, inside in flag.items():
                if inside is True:
                    data[key] = self._part(expression)
                elif holds(inside):
                    data[key] = self._lost(known.get(key), inside, expression)
            return data
        return self._part(expression)

    def _part(self, expression: Any) -> Any:
        """What stands for a part of what an expression makes."""
        found = references.marker(self._resource.here, expression)
        if isinstance(found, Reference) and self._resource.type == "data.aws_iam_policy_document":
            # most references in a policy are the beginning of a pattern, or stand in the middle of one
            return Text((found, _AROUND) if found.attribute == "arn" else (_AROUND, found, _AROUND))
        return _LATER if found is answers.GIVEN else found


def _agrees(known: Any, flag: Any, exact: Any) -> bool:
    """Whether what is known of a list or map is in what is written; a set has an order of its own."""
    if len(known) != len(exact):
        return False
    if isinstance(known, list):
        sure = [item for index, item in enumerate(known) if not (index < len(flag) and holds(flag[index]))]
        return all(item in exact for item in sure)
    return all(name in exact and (holds(flag.get(name)) or item == exact[name]) for name, item in known.items())


def _parts(here: Here, found: list[str], flags: list[Any]) -> dict[int, Any]:
    """The reference that each item of a list that is unknown comes from, where they stand in it one by one."""
    open = [index for index, inside in enumerate(flags) if inside is True]
    if len(found) == len(flags) > 1 and all(
        (flags[index] is True) == answers.is_open(references.follow(here, part)) for index, part in enumerate(found)
    ):
        return {index: {"references": [found[index]]} for index in open}
    left = [part for part in found if answers.is_open(references.follow(here, part))]
    if len(left) == len(open) > 1 or (len(left) == len(open) == 1 < len(found)):
        return {index: {"references": [part]} for index, part in zip(open, left, strict=True)}
    return {}


def _blotted(known: Any, flag: Any, unknown: Unknown) -> Any:
    """`known` with `unknown` for all that is flagged."""
    if flag is True:
        return unknown
    if isinstance(flag, dict) and isinstance(known, dict):
        found = {name: _blotted(known.get(name), inside, unknown) for name, inside in flag.items() if holds(inside)}
        return {**known, **found}
    if isinstance(flag, list) and isinstance(known, list):
        flags = [*flag, *[False] * len(known)]
        return [_blotted(item, inside, unknown) for item, inside in zip(known, flags, strict=False)]
    return unknown if holds(flag) else known


def _says(data: Any) -> bool:
    """Whether a value is one that somebody wrote, and not what a provider puts in the place of nothing."""
    if isinstance(data, dict):
        return any(_says(item) for item in data.values())
    if isinstance(data, list):
        return any(_says(item) for item in data)
    return data not in (None, False, 0, "")


def matched(known: list[Any], blocks: list[Any] | None) -> list[list[Any] | None]:
    """For each block of a plan the blocks of the configuration that it may be; None where it is none of them."""
    blocks = [block for block in blocks or () if isinstance(block, dict)]
    if not blocks:
        return [None] * len(known)
    if len(known) == len(blocks) == 1:
        return [blocks]
    fitting = [[block for block in blocks if _fits(item, block)] for item in known]
    if len(known) == len(blocks):
        return _told_apart(known, fitting)
    # more than the configuration shows: only what fits nothing else is certain
    uses = [sum(block in found for found in fitting) for block in blocks]
    alone = [block for block, count in zip(blocks, uses, strict=True) if count == 1]
    return [found if len(found) == 1 and found[0] in alone else None for found in fitting]


def _told_apart(known: list[Any], fitting: list[list[Any]]) -> list[list[Any] | None]:
    """The blocks that each of `known` may be where there are as many of both: one that can be nothing else is no other.
    Of several that are alike, each is one of the blocks, whichever.
    """
    left = [found[:] for found in fitting]
    for index, found in enumerate(fitting):
        alike = [other for other, item in enumerate(known) if item == known[index] and fitting[other] == found]
        if len(alike) == len(found):
            left[index] = [found[alike.index(index)]]
    sure = [found[0] for found in left if len(found) == 1]
    while sure:
        block = sure.pop()
        for found in left:
            if len(found) > 1 and any(item is block for item in found):
                found[:] = [item for item in found if item is not block]
                sure += found if len(found) == 1 else []
    return [found or None for found in left]


def _fits(known: Any, block: dict[str, Any]) -> bool:
    """Whether the constants of a block of the configuration are those of a block of the plan."""
    if not isinstance(known, dict):
        return False
    for name, expression in block.items():
        written = expression.get("constant_value") if isinstance(expression, dict) else None
        if _says(written) and not _same(known.get(name), written):
            return False
    return True


def _same(left: Any, right: Any) -> bool:
    """Whether two constants are one: the provider makes numbers of strings, and sorts sets."""
    if isinstance(left, list) and isinstance(right, list):
        return sorted(map(_plain, left)) == sorted(map(_plain, right))
    return _plain(left) == _plain(right)


def _plain(data: Any) -> str:
    return repr(data) if isinstance(data, (dict, list)) else plain(data)
