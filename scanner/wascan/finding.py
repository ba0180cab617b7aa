"""What a scan finds: a check's answer on one resource, and everything that one scan has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.graph import Note
from wascan.markers import ABSENT

if TYPE_CHECKING:
    from wascan.document import Place
    from wascan.graph import Graph, Resource
    from wascan.rule import Check, Severity
    from wascan.sources import Skipped, Source, Unreadable
    from wascan.value import Fact
    from wascan.world import Default

FAIL, OPEN, REVIEW = "fail", "open", "review"
"""A finding's kind, in the words of SARIF 2.1.0 section 3.27.9: it fails; nobody can tell yet (unknown); it passes by
a parameter's default and would fail with another value that the parameter may have."""


class Finding:
    """One check's answer on one resource, where that is anything but a pass.

    `facts` are what decided, the first is where the finding stands: something written, where that is as wrong as what is
    missing beside it. `case` names the choices under which it fails,
    as "IsProduction is false", where only some do. `rests` are the parameters whose defaults the answer takes. Another
    engine has no facts, but a `message` and a `place`. `waiver` is by what somebody accepted it, `known` says that it
    is in the baseline.
    """

    __slots__ = (
        "_place", "case", "check", "facts", "kind", "known", "message", "resource", "rests", "severity", "waiver",
    )  # fmt: skip

    def __init__(
        self,
        check: Check,
        resource: Resource,
        kind: str,
        facts: tuple[Fact, ...],
        severity: Severity,
        case: str = "",
        rests: tuple[Default, ...] = (),
        *,
        message: str = "",
        place: Place | None = None,
    ) -> None:
        self.check = check
        self.resource = resource
        self.kind = kind
        self.facts = _written_first(facts) if len(facts) > 1 else facts
        self.severity: Severity = severity
        self.case = case
        self.rests = rests
        self.waiver: Any = None
        self.known = False
        self.message = message
        self._place = place

    @property
    def place(self) -> Place:
        """Where a person should look: the first fact's place, else the resource's."""
        if self._place is None:
            resource, path = self.resource, self.resource.path
            if self.facts:
                resource, path = self.facts[0].value.resource, self.facts[0].value.path
            self._place = resource.place(path)
        return self._place

    @property
    def related(self) -> list[Fact]:
        """The further facts that decided, each place once."""
        found = {_where(fact.place): fact for fact in reversed(self.facts)}
        found.pop(_where(self.place), None)
        return list(reversed(found.values()))

    @property
    def counts(self) -> bool:
        """Whether it is anybody's affair: nobody waived it, no baseline has it, and no tool made its resource for its
        own purposes."""
        return self.waiver is None and not self.known and not self.resource.managed_by

    @property
    def fails(self) -> bool:
        """Whether it counts against the scan."""
        return self.kind == FAIL and self.counts

    def __repr__(self) -> str:
        return f"<{self.kind} {self.check.id} {self.resource.address}>"


def _written_first(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """A wrong value that somebody wrote tells more than one that is missing beside it, if the same was asked of both."""
    first = facts[0]
    if not _is_missing(first):
        return facts
    for fact in facts:
        same = fact.question == first.question and fact.value.resource is first.value.resource
        if same and not _is_missing(fact):
            return (fact, *(other for other in facts if other is not fact))
    return facts


def _is_missing(fact: Fact) -> bool:
    return fact.value.defaulted or fact.value.data is ABSENT


def _where(place: Place) -> tuple[str, int, int]:
    return place.file, place.line, place.column


class Report:
    """All that one scan has to say.

    `findings` are in the order of file, line, column and check. `judged` counts the verdicts of each check: how many
    resources passed, failed, stayed open. `unconfigured` names the options that nobody set, of each rule that needs
    some. `sources` are what was read, `files` every file of them. `baseline` is the file of known findings that they
    were held against. `outside` is how many findings were left out because they are older than what changed. `engines`
    are the versions of the other engines that ran, by name.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.findings: list[Finding] = []
        self.judged: dict[Check, dict[str, int]] = {}
        self.unconfigured: dict[str, tuple[str, ...]] = {}
        self.notes: list[Note] = []
        self.sources: list[Source] = []
        self.files: list[str] = []
        self.skipped: list[Skipped] = []
        self.unreadable: list[Unreadable] = []
        self.baseline: str | None = None
        self.outside = 0
        self.engines: dict[str, str] = {}
        self.seconds = 0.0

    @property
    def remarks(self) -> list[Note]:
        """What is to be said of the input: what cannot be read, and the notes."""
        unread = [Note("error", f"{item.name} {item.message}", item.name, item.line) for item in self.unreadable]
        return unread + self.notes

    @property
    def errors(self) -> list[Note]:
        """What could not be read or done, whole or in part."""
        return [remark for remark in self.remarks if remark.level == "error"]

    @property
    def seen(self) -> set[str]:
        """Every file that was read, or that one of the resources stands in."""
        return {*self.files, *(resource.file for resource in self.graph.resources)}
