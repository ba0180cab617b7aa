"""Environment variables, and whether a secret is written into one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.attribute import Listed
from wascan.kind import Kind
from wascan.kinds.secrets import SecretValue
from wascan.markers import ABSENT, MARKERS, Unknown, plain, reason
from wascan.value import Reading, Value, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.verdict import Verdict

_NAMES = re.compile(
    r"(?:password|passwd|passphrase|secretkey|secretaccesskey|accesskeyid|clientsecret|jwtsecret"
    r"|apikey|privatekey|authtoken|accesstoken|apitoken)\Z"
)
"""How names of variables end that hold a secret, without what stands between their words."""

_ELSEWHERE = ("arn:", "http:", "https:", "/", "s3:", "ssm:", "secretsmanager:")
"""How values begin that say where a secret is, and not what."""


_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
"""The words of a name, in whatever case they are joined."""

_QUESTIONS = frozenset(("use", "uses", "require", "requires", "enable", "enabled", "has", "is"))
"""How names begin that say whether something is so."""

_PUBLIC = frozenset(("public", "publishable"))
"""Words that say that everybody may know it."""

_ANSWERS = re.compile(r"true|false|yes|no|on|off|none|null|-?[0-9.]+", re.IGNORECASE)
"""Values that decide, count, or say that there is none."""


class Variable(SecretValue):
    """The value of one variable, and what that is called."""

    __slots__ = ("called",)

    def __init__(self, attribute: Variables, found: Reading, called: str) -> None:
        super().__init__(attribute, found)
        self.called = called

    @property
    def name(self) -> str:
        label = self.attribute.label(self.resource.dialect)
        return f"{label}.{self.called}" if self.called else label

    def stays_out_of_code(self) -> Verdict:
        """As for any secret; what says where a secret is kept, or what it is called, is none."""
        if not isinstance(self.data, (dict, list, *MARKERS)) and self._says_no_secret(plain(self.data)):
            return self._answer(True, "stays_out_of_code")
        return super().stays_out_of_code()

    def _says_no_secret(self, text: str) -> bool:
        """Whether a text is plainly something else: an address, an answer, a key that Stripe lets everybody see (Stripe,
        "API keys"), or words of the variable's own name, as in ``CLIENT_SECRET_KEY=clientSecret``.
        """
        if text == "" or text.startswith((*_ELSEWHERE, "pk_")) or _ANSWERS.fullmatch(text):
            return True
        words = _words(text) if re.fullmatch(r"[A-Za-z]+(?:[_-][A-Za-z]+)*", text) else []
        return len(words) > 1 and set(words) <= set(_words(self.called))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(name)]


class Variables(Listed[Values]):
    """The variables whose name says that they hold a secret. They stand in a map, or with `pairs` in a list of names and
    values.
    """

    def __init__(self, *, pairs: bool = False, **places: Any) -> None:
        super().__init__(secret=True, **places)
        self.pairs = pairs

    def of(self, kind: Kind) -> Values:
        found, whole = self.readings(kind)
        read = [part for item in found for part in self._parts(item, kind)]
        open = next((item for item in found if isinstance(item.data, MARKERS)), None)
        items = [Variable(self, part, called) for called, part in read]
        return Values(Value(self, open or whole), items, open=open is not None)

    def _parts(self, item: Reading, kind: Kind) -> Iterator[tuple[str, Reading]]:
        data = item.data
        if type(data) is not dict:
            return
        if self.pairs:
            yield from self._pair(item, kind)
            return
        for name, value in data.items():
            if _is_secret(name):
                yield name, _told(item.inside(value, (*item.path, name), kind._world))

    def _pair(self, item: Reading, kind: Kind) -> Iterator[tuple[str, Reading]]:
        """The value of an entry; one whose type is not plain text is where the secret is."""
        entry = {
            name.lower(): item.inside(written, (*item.path, name), kind._world) for name, written in item.data.items()
        }
        name, sort, value = (entry[key].data if key in entry else ABSENT for key in ("name", "type", "value"))
        if value is ABSENT or (isinstance(name, str) and not _is_secret(name)):
            return
        if isinstance(sort, str) and sort != "PLAINTEXT":
            return
        open = next((data for data in (name, sort) if isinstance(data, MARKERS)), None)
        found = entry["value"]
        called = name if isinstance(name, str) else ""
        rest = (found.path, found.resource, found.rests)
        yield called, _told(found) if open is None else Reading(Unknown(reason(open)), *rest)


def _is_secret(name: Any) -> bool:
    """Whether a variable of this name holds a secret, and does not say whether there is one or show it to everybody."""
    if not isinstance(name, str) or _NAMES.search(re.sub("[^a-z0-9]", "", name.lower())) is None:
        return False
    words = _words(name)
    return _QUESTIONS.isdisjoint(words[:1]) and _PUBLIC.isdisjoint(words)


def _told(value: Reading) -> Reading:
    """The value, which in Terraform is known to stand in the code only where its attribute refers to nothing."""
    resource: Any = value.resource
    if resource.dialect != "tf" or isinstance(value.data, MARKERS):
        return value
    expression = resource.expressions
    for step in value.path[len(resource.properties_path) :]:
        if isinstance(expression, dict) and not _ENDS.isdisjoint(expression):
            break
        inside = isinstance(expression, list) and isinstance(step, int) and step < len(expression)
        expression = expression.get(step) if isinstance(expression, dict) else expression[step] if inside else None
    if isinstance(expression, dict) and not expression.get("references"):
        return value
    return Reading(Unknown("nobody can tell where it comes from"), value.path, resource, value.rests)


_ENDS = frozenset(("constant_value", "references"))
"""What an expression of a plan has in it, and a block has not (Terraform, "JSON Output Format")."""


class HasEnvironment(Kind):
    """What is given environment variables."""

    noun = "function, container or build"
    plural = "functions, containers and builds"

    def keeps_secrets_out(self) -> Verdict:
        """Whether none of them holds a secret that is written into the code."""
        raise NotImplementedError
