"""What people say about a scan for good: `wascan.yaml`.

It stands in the working directory or above it, up to the root of the repository; outside a repository only the
working directory is looked at, so that nobody else's file decides what fails. `KEYS` is the one home of its keys: the
checks here, the JSON Schema for editors and the table in the guide come from it. Paths and patterns in it are relative
to the folder that it stands in.

The file chooses among what is installed and never makes code run. Nearly every run starts here and most find nothing,
so a run without a file pays for a few `stat` calls and no import.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wascan.document import Document, Path, Place
    from wascan.revision import Revision
    from wascan.rule import Check, Severity
    from wascan.schema import Fault, Schema
    from wascan.select import Selectors, Vocabulary

NAMES = ("wascan.yaml", "wascan.yml", ".wascan.yaml")
"""What the file may be called."""

_SELECTORS: Schema = {"type": "array", "items": {"type": "string", "minLength": 1}}
_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_PATHS: Schema = {"type": "array", "items": {"type": "string", "minLength": 1}}
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_REASON: Schema = {"type": "string", "pattern": r"\S", "examples": ["public website"]}
_TIMEOUT: Schema = {"type": "integer", "minimum": 1, "default": 120, "description": "The seconds that a file may take."}
_UNTIL: Schema = {"type": "string", "examples": ["2027-01-31"]}

WAIVER: Schema = {
    "type": "object",
    "properties": {
        "rules": {
            **_SELECTORS,
            "minItems": 1,
            "description": "What is waived: rules, checks, practices, pillars or lenses.",
            "examples": [["encryption-at-rest.sqs-queue"]],
        },
        "resources": {
            **_SELECTORS,
            "description": "For which resources: address, logical id or construct path; `*` stands for anything.",
            "examples": [["*Logs*"]],
        },
        "files": {
            **_TEXTS,
            "description": "For resources of which files: lines in the language of .gitignore.",
            "examples": [["sandbox/"]],
        },
        "reason": {**_REASON, "description": "Why it is right to accept this."},
        "until": {**_UNTIL, "description": "The last day on which it holds."},
        "approved-by": {"type": "string", "description": "Who accepted it."},
        "ticket": {"type": "string", "description": "Where that is on record.", "examples": ["SEC-123"]},
    },
    "additionalProperties": False,
    "required": ["rules", "reason"],
}
"""A waiver as the file has it."""

KEYS: dict[str, Schema] = {
    "fail-on": {
        "enum": ["high", "medium", "low", "none"],
        "default": "high",
        "description": "The least severity of a finding that makes the scan fail.",
        "examples": ["medium"],
    },
    "fail-on-unknown": {
        "type": "boolean",
        "default": False,
        "description": "Whether what nobody can tell before deploy counts as a failure.",
        "examples": [True],
    },
    "select": {
        **_SELECTORS,
        "default": [],
        "description": "What is judged: rules, checks, practices, pillars or lenses. Everything, if it is empty.",
        "examples": [["security", "REL10-BP01"]],
    },
    "ignore": {
        **_SELECTORS,
        "default": [],
        "description": "What is not judged, though it is selected.",
        "examples": [["sustainability", "*.sqs-queue"]],
    },
    "include": {
        **_TEXTS,
        "default": [],
        "description": "The only files that are read from folders: lines in the language of .gitignore.",
        "examples": [["infra/"]],
    },
    "exclude": {
        **_TEXTS,
        "default": [],
        "description": "Files that are not read from folders: lines in the language of .gitignore.",
        "examples": [["examples/", "*.test.yaml"]],
    },
    "parameters": {
        "type": "object",
        "additionalProperties": {"type": ["string", "number", "boolean", "array"], "items": _SCALAR},
        "default": {},
        "description": "Values of template parameters, by name.",
        "examples": [{"Environment": "prod"}],
    },
    "region": {
        "type": "string",
        "pattern": "^[a-z]+(-[a-z]+)+-[0-9]+$",
        "description": "The Region that is deployed to, where the input does not say.",
        "examples": ["eu-central-1"],
    },
    "account": {
        "type": ["string", "integer"],
        "pattern": "^[0-9]{12}$",
        "minimum": 100_000_000_000,
        "maximum": 999_999_999_999,
        "description": "The account that is deployed to, where the input does not say.",
        "examples": ["123456789012"],
    },
    "stack-tags": {
        "type": "object",
        "additionalProperties": _SCALAR,
        "default": {},
        "description": "Tags that the deployment gives to every resource of a stack.",
        "examples": [{"owner": "payments"}],
    },
    "scope": {
        "enum": ["default", "workload"],
        "default": "default",
        "description": "`workload` declares that what is scanned is the whole workload: what is not in it does not "
        "exist.",
        "examples": ["workload"],
    },
    "packs": {
        **_SELECTORS,
        "default": [],
        "description": "Installed packs of rules to use beside the built-in one.",
        "examples": [["acme"]],
    },
    "rule-files": {
        **_PATHS,
        "default": [],
        "description": "Files of rules in YAML.",
        "examples": [["rules/acme.yaml"]],
    },
    "rules": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "properties": {
                "enabled": {"type": "boolean", "default": True, "description": "Whether it judges at all."},
                "severity": {"enum": ["high", "medium", "low"], "description": "How bad its findings are here."},
            },
        },
        "default": {},
        "description": "By rule or check: its options, `severity`, or `enabled: false`.",
        "examples": [{"required-tags": {"tags": ["owner"]}, "encryption-at-rest.sqs-queue": {"severity": "low"}}],
    },
    "waivers": {
        "type": "array",
        "items": WAIVER,
        "default": [],
        "description": "Findings that are accepted, with a reason.",
        "examples": [
            [{"rules": ["bucket-public-access-blocked"], "resources": ["Website*"], "reason": "a public website"}]
        ],
    },
    "foreign-suppressions": {
        "enum": ["honour", "report", "ignore"],
        "default": "honour",
        "description": "What becomes of comments and metadata by which other scanners are told to keep quiet.",
        "examples": ["ignore"],
    },
    "engines": {
        "type": "object",
        "properties": {
            "cfn-lint": {
                "type": "object",
                "properties": {
                    "level": {
                        "enum": ["error", "warning", "info"],
                        "default": "error",
                        "description": "The least of its levels that is told.",
                    },
                    "timeout": _TIMEOUT,
                },
                "additionalProperties": False,
            },
            "checkov": {"type": "object", "properties": {"timeout": _TIMEOUT}, "additionalProperties": False},
        },
        "additionalProperties": False,
        "default": {},
        "description": "How other engines run, where `--engine` asks for them: `timeout` is the seconds that a file may "
        "take, `level` the least level of cfn-lint that is told.",
        "examples": [{"cfn-lint": {"level": "warning"}}],
    },
    "baseline": {
        "type": "string",
        "minLength": 1,
        "description": "The file of known findings, which do not fail a scan.",
        "examples": ["wascan-baseline.json"],
    },
    "source": {
        **_PATHS,
        "default": [],
        "description": "Folders with the .tf files behind a plan.",
        "examples": [["terraform"]],
    },
}
"""The keys of the file: what JSON Schema says of each."""


class ConfigError(Exception):
    """A configuration is wrong. `messages` has everything that is, each as "wascan.yaml:7: ..."."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class Config:
    """What `wascan.yaml` says, and the defaults where it says nothing; an attribute for each of `KEYS`.

    `folder` is the one that the file stands in, seen from the working directory; `document` is the file as read, None
    where there is none. Paths are as to be opened from the working directory, patterns as written; values of
    parameters and tags are text, as CloudFormation has them. `contents` reads the files that it names.
    """

    __slots__ = (
        "_ignored", "_selected", "account", "baseline", "contents", "document", "engines", "exclude", "fail_on", "fail_on_unknown", "folder",
        "foreign_suppressions", "ignore", "include", "packs", "parameters", "region", "rule_files", "rules", "scope",
        "select", "source", "stack_tags", "waivers",
    )  # fmt: skip

    document: Document | None
    folder: str
    contents: Callable[[str], bytes]
    fail_on: str
    fail_on_unknown: bool
    select: list[str]
    ignore: list[str]
    include: list[str]
    exclude: list[str]
    parameters: dict[str, str]
    region: str | None
    account: str | None
    stack_tags: dict[str, str]
    scope: str
    packs: list[str]
    rule_files: list[str]
    rules: dict[str, dict[str, Any]]
    waivers: list[dict[str, Any]]
    foreign_suppressions: str
    engines: dict[str, dict[str, Any]]
    baseline: str | None
    source: list[str]

    def __init__(
        self, document: Document | None = None, folder: str = "", contents: Callable[[str], bytes] | None = None
    ) -> None:
        self.document = document
        self.folder = folder
        self.contents = contents or _contents
        self._selected: Selectors | None = None
        self._ignored: Selectors | None = None
        data = {} if document is None else document.data
        for name, schema in KEYS.items():
            value = data.get(name, schema.get("default"))
            if isinstance(value, (dict, list)):
                value = value.copy()  # of its own, for the command line to add to
            setattr(self, name.replace("-", "_"), value)
        if data:
            self.account = None if self.account is None else str(self.account)
            self.parameters = _texts(self.parameters)
            self.stack_tags = _texts(self.stack_tags)
            self.rule_files = [os.path.join(folder, path) for path in self.rule_files]
            self.source = [os.path.join(folder, path) for path in self.source]
            self.baseline = None if self.baseline is None else os.path.join(folder, self.baseline)

    def place(self, *path: str | int) -> Place:
        """Where the file says what is at `path`."""
        assert self.document is not None
        return self.document.place(path)

    def runs(self, check: Check) -> bool:
        """Whether a check is selected, not ignored and not disabled."""
        if self.select or self.ignore:
            if self._selected is None or self._ignored is None:
                from wascan.select import Selectors

                self._selected, self._ignored = Selectors(self.select), Selectors(self.ignore)
            if (self.select and not self._selected.match(check)) or self._ignored.match(check):
                return False
        return bool(self._of(check).get("enabled", True))

    def severity(self, check: Check) -> Severity:
        """A check's severity: its own, unless the file gives it another."""
        found: Severity = self._of(check).get("severity", check.severity)
        return found

    def options(self, check: Check, today: str) -> dict[str, Any] | None:
        """A check's options by their Python names, as far as they were set; None if one is `missing`.

        A rule that asks for `today` is given the day of the scan (2027-01-31), which no file says.
        """
        given = self._of(check)
        options: dict[str, Any] = {}
        for name, option in check.rule.options.items():
            written = name.replace("_", "-")
            if name == "today":
                options[name] = today
            elif written in given:
                from wascan.options import converted

                options[name] = converted(given[written], option.type)
            elif option.required:
                return None
        return options

    def missing(self, check: Check) -> tuple[str, ...]:
        """The options, as the file would call them, that a check needs and nobody set."""
        needed = (name.replace("_", "-") for name, option in check.rule.options.items() if option.required)
        return tuple(name for name in needed if name != "today" and name not in self._of(check))

    def _of(self, check: Check) -> dict[str, Any]:
        """What the file says of a check: of its rule, and of itself, which wins."""
        if not self.rules:
            return {}
        return {**self.rules.get(check.rule.id, {}), **self.rules.get(check.id, {})}

    def verify(self, known: Vocabulary) -> None:
        """Hold selectors, rules and options against those there are. Raises ConfigError with all that is wrong."""
        messages = []
        for key, wanted in (("select", self.select), ("ignore", self.ignore)):
            of_file = () if self.document is None else self.document.data.get(key, ())
            strange = (known.stranger(selector) for selector in wanted if selector not in of_file)
            messages += [f"--{key}: {message}" for message in strange if message]
        if self.document is not None:
            messages += _placed(self.document, self._misnamed(known))
        if messages:
            raise ConfigError(messages)

    def _misnamed(self, known: Vocabulary) -> Iterator[Fault]:
        """Selectors, rules and options that do not exist, and options of a wrong type."""
        from wascan.options import settings
        from wascan.schema import Fault, faults

        assert self.document is not None
        data = self.document.data
        lists: list[tuple[Path, list[str]]] = [((key,), data.get(key, [])) for key in ("select", "ignore")]
        lists += [(("waivers", at, "rules"), waiver["rules"]) for at, waiver in enumerate(data.get("waivers", ()))]
        for path, written in lists:
            for index, selector in enumerate(written):
                if message := known.stranger(selector):
                    yield Fault((*path, index), message)
        for name, given in data.get("rules", {}).items():
            if message := known.no_rule(name):
                yield Fault(("rules", name), message, key=True)
            else:
                yield from faults(
                    given, settings(known.rule(name), KEYS["rules"]["additionalProperties"]), ("rules", name)
                )


def load(file: str | None = None, at: Revision | None = None) -> Config:
    """The configuration in `file`, or else in the one that is found; defaults where there is none. With `at`, as all
    of it was at a revision.

    Raises ConfigError with everything that is wrong with it, but for what `Config.verify` finds.
    """
    contents = _contents if at is None else at.contents
    name = file if file is not None else find(os.getcwd(), os.path.exists if at is None else at.has)
    if name is None:
        return Config(contents=contents)
    from wascan import document
    from wascan.schema import faults

    shown = name.replace(os.sep, "/")
    try:
        raw = contents(name)
    except OSError as error:
        raise ConfigError([f"{shown}: cannot be read: {error.strerror}"]) from error
    if all(line.strip()[:1] in (b"", b"#") for line in raw.splitlines()):
        return Config(contents=contents)  # a file of comments, as people keep one to begin with
    try:
        read = document.read(shown, raw)
    except document.DocumentError as error:
        where = f"{shown}:{error.line}:" if error.line else shown
        raise ConfigError([f"{where} {error.message}"]) from error
    messages = _placed(read, faults(read.data, schema()))
    if messages:
        raise ConfigError(messages)
    return Config(read, os.path.dirname(name), contents)


def _contents(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def find(start: str, exists: Callable[[str], bool] = os.path.exists) -> str | None:
    """The configuration file that stands nearest above `start`, seen from there; None if there is none.

    Raises ConfigError where two stand side by side.
    """
    found: str | None = None
    here = start
    up = ""
    while True:
        if found is None:
            found = _in(here, up, exists)
        if os.path.exists(f"{here}/.git"):
            return found
        parent = os.path.dirname(here)
        if parent == here:
            return None if found is None or found.startswith("..") else found
        here, up = parent, f"{up}../"


def _in(folder: str, up: str, exists: Callable[[str], bool]) -> str | None:
    """The configuration file of one folder."""
    present = [name for name in NAMES if exists(f"{folder}/{name}")]
    if len(present) > 1:
        raise ConfigError([f"{up}{present[1]}: {present[0]} stands beside it, and only one of them can count."])
    return f"{up}{present[0]}" if present else None


def schema() -> Schema:
    """The JSON Schema of the file."""
    return {"type": "object", "properties": KEYS, "additionalProperties": False}


def _placed(document: Document, found: Iterable[Fault]) -> list[str]:
    return [f"{document.name}:{document.place(fault.path, key=fault.key).line}: {fault}" for fault in found]


def _texts(values: dict[str, Any]) -> dict[str, str]:
    """Values as CloudFormation has them: text, and of a list its items between commas."""
    from wascan.markers import plain

    return {
        name: ",".join(map(plain, value)) if isinstance(value, list) else plain(value) for name, value in values.items()
    }
