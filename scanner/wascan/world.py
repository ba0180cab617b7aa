"""One consistent choice of everything that an input leaves open but bounded.

A parameter with allowed values or an undecided condition is such a `Choice`. A resolver that needs one which nobody made
raises `Undecided`, and the engine asks again in one `World` per option, so that the same condition has the same value
everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class Choice:
    """Something left open that has one of a few values: `label` names it to people."""

    __slots__ = ("key", "label", "options")

    def __init__(self, key: Hashable, label: str, options: tuple[Any, ...]) -> None:
        self.key = key
        self.label = label
        self.options = options


class Other:
    """The option "none of these": any value but the ones named."""

    __slots__ = ("than",)

    def __init__(self, than: tuple[str, ...]) -> None:
        self.than = than

    def __str__(self) -> str:
        return "anything but " + ", ".join(self.than)


class Undecided(Exception):
    """A resolver needs a choice that its world has not made."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.label)
        self.choice = choice


class Impossible(Exception):
    """The choices of this world cannot all hold: a deployment with them fails before it starts."""


UNDECIDED = object()
"""What a blurred world answers where another would have raised `Undecided`."""


class World:
    """Choices made so far. A blurred world leaves the others unknown instead of asking for them."""

    __slots__ = ("blurred", "decided", "labels", "memo", "noted", "pending", "trace")

    def __init__(
        self,
        decided: dict[Hashable, Any] | None = None,
        labels: tuple[tuple[str, Any], ...] = (),
        *,
        blurred: bool = False,
    ) -> None:
        self.decided = decided or {}
        self.labels = labels
        self.blurred = blurred
        self.noted: list[Any] = []
        self.memo: dict[Hashable, Any] = {}
        self.pending: set[Hashable] = set()
        """What is being found: it cannot need itself."""
        self.trace: list[tuple[Any, Any]] | None = None

    def choose(self, choice: Choice) -> Any:
        """The option taken for `choice`, `UNDECIDED` in a blurred world; raises `Undecided` elsewhere."""
        try:
            return self.decided[choice.key]
        except KeyError:
            if self.blurred:
                return UNDECIDED
            raise Undecided(choice) from None

    def having(self, choice: Choice, option: Any) -> World:
        """This world with one more choice made."""
        return World({**self.decided, choice.key: option}, (*self.labels, (choice.label, option)), blurred=self.blurred)

    def note(self, default: Default) -> None:
        """Remember that a parameter's default was taken on the way to the value being read."""
        if all(default.choice.key != noted.choice.key for noted in self.noted):
            self.noted.append(default)

    def once(self, key: Hashable, find: Callable[[], Any]) -> Any:
        """What `find` finds, found once in this world; the defaults that it rests on are noted each time."""
        if key not in self.memo:
            outer, self.noted = self.noted, []
            try:
                self.memo[key] = find(), tuple(self.noted)
            finally:
                self.noted = outer
        found, noted = self.memo[key]
        for default in noted:
            self.note(default)
        return found

    def __str__(self) -> str:
        return " and ".join(f"{label} is {_said(option)}" for label, option in self.labels)


def _said(option: object) -> str:
    return str(option).lower() if isinstance(option, bool) else str(option) or '""'


class Default:
    """A parameter's default that was taken as its value; `choice` holds the other values it may have."""

    __slots__ = ("choice", "text")

    def __init__(self, choice: Choice, text: str) -> None:
        self.choice = choice
        self.text = text

    @property
    def label(self) -> str:
        return self.choice.label

    def hidden(self) -> Default:
        """The same without the value, as CloudFormation shows a parameter with ``NoEcho``."""
        return Default(self.choice, "****")
