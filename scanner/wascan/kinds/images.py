"""Machine images, as far as the names that they are looked up by tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.markers import MARKERS, Text, Unknown
from wascan.value import Fact
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.value import Value

_NAMES = ("al2023", "amazon-linux-2023")
"""What names of images with Amazon Linux 2023 have in them, also those for ECS and EKS (Amazon Linux 2023 User Guide,
"AL2023 on Amazon EC2"; Amazon ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI metadata").
"""


def demands_tokens(image: Value) -> Verdict:
    """Whether a machine image has its instances give metadata for tokens alone where nobody says otherwise. That is what
    ``ImdsSupport`` v2.0 does unless an account has another default, and all of Amazon Linux 2023 has it (Amazon EC2 User
    Guide, "Configure instance metadata options for new instances"). An id tells nothing.
    """
    truth = _of_plan(image) if image.resource.dialect == "tf" else _named(image.data)
    return Verdict(PASS if truth else UNKNOWN if truth is None else FAIL, (Fact(image, "demands_tokens"),))


def _named(data: Any) -> bool | None:
    """Whether a name, or what it is looked up by, is that of such an image."""
    if isinstance(data, Unknown):
        return None if data.looked_up is None else _named(data.looked_up)
    if isinstance(data, Text):
        return True if any(_named(part) for part in data.parts if isinstance(part, str)) else None
    return isinstance(data, str) and any(name in data.lower() for name in _NAMES)


def _of_plan(image: Value) -> bool | None:
    """The same of a plan, where the data sources that it comes from tell."""
    resource: Any = image.resource
    expression = resource.expressions.get(image.path[-1]) if image.path else None
    sources = [*_sources(expression, resource.scope)]
    if any(_named(text) for text in (image.data, *_texts(sources))):
        return True
    open = any(isinstance(source, dict) and _refers(source) for source in sources)
    return None if open or (isinstance(image.data, MARKERS) and not sources) else False


def _sources(expression: Any, scope: Any) -> Iterator[Any]:
    """What a plan, or else its configuration, says of the data sources that an expression names."""
    names = expression.get("references") if isinstance(expression, dict) else None
    for name in names if isinstance(names, list) else ():
        first, *steps = str(name).partition("[")[0].split(".")
        if first == "data" and len(steps) == 2:
            own = f"data.{steps[0]}.{steps[1]}"
            read = [source.after for source in scope.groups.get(own, {}).values() if source.after.get("name")]
            yield from read or [(scope.entry(own) or {}).get("expressions")]
        elif first == "var" and len(steps) == 1 and scope.parent is not None:
            given = scope.parent.calling(scope.call).get("expressions")
            yield from _sources(given.get(steps[0]) if isinstance(given, dict) else None, scope.parent)


def _texts(data: Any) -> Iterator[str]:
    """All texts in data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)


def _refers(data: Any) -> bool:
    """Whether expressions refer to anything, except to whose image it is."""
    if isinstance(data, dict):
        return "references" in data or any(_refers(item) for name, item in data.items() if name != "owners")
    return isinstance(data, list) and any(map(_refers, data))
