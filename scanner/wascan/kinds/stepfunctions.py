"""AWS Step Functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wascan.attribute import Always, Attribute, Flag, One, Switch
from wascan.kinds.cloudwatch import Watched
from wascan.kinds.families import Encrypts, Taggable, TakesKey
from wascan.kinds.jsontext import parsed
from wascan.kinds.keys import Key
from wascan.kinds.tags import Tags
from wascan.markers import ABSENT, MARKERS, Unknown
from wascan.value import Reading, Value, Values
from wascan.verdict import Verdict, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.kind import Kind


_LEVELS = ("FATAL", "ERROR", "ALL")
_ENCRYPTED = "AWS Step Functions Developer Guide, Data at rest encryption in Step Functions"


class Tasks(Attribute[Values]):
    """The ``Retry`` of every task of a workflow, also of those in its branches and maps (Amazon States Language)."""

    def of(self, kind: Kind) -> Values:
        found = self.read(kind)
        items: list[Value] = []
        open: Reading | None = None
        for task in _tasks(parsed(found.data), found, kind):
            if isinstance(task.data, Unknown):
                open = task
            else:
                items.append(Value(self, task))
        whole = open or Reading(ABSENT, found.path, found.resource, found.rests)
        return Values(Value(self, whole), items, open=open is not None)

    def label(self, dialect: str) -> str:
        return "Retry"


def _tasks(data: Any, where: Reading, kind: Kind) -> Iterator[Reading]:
    """The tasks below a workflow, a branch or a map, as what they say of retries."""
    resource, world = where.resource, kind._world
    data, path = resource.scope.resolve(data, where.path, world)
    if isinstance(data, MARKERS):
        yield Reading(Unknown("the workflow is not in this scan"), path, resource, where.rests)
        return
    states = data.get("States") if type(data) is dict else None
    states, path = resource.scope.resolve(states, (*path, "States"), world)
    for name, state in states.items() if type(states) is dict else ():
        state, place = resource.scope.resolve(state, (*path, name), world)
        if type(state) is not dict:
            continue
        if state.get("Type") == "Task":
            yield Reading(*resource.scope.resolve(state.get("Retry", ABSENT), place, world), resource, where.rests)
        branches = _list(state.get("Branches"))
        inner = [(part, (*place, "Branches", index)) for index, part in enumerate(branches)]
        inner += [(state.get(name), (*place, name)) for name in ("Iterator", "ItemProcessor")]
        for part, inside in inner:
            if part is not None:
                yield from _tasks(part, Reading(part, inside, resource, where.rests), kind)


def _list(data: Any) -> list[Any]:
    return data if type(data) is list else []


class Workflow(Encrypts, Watched, Taggable):
    """A state machine, whichever service's type it is written as."""

    noun = "state machine"
    encrypted = Always(True, _ENCRYPTED)
    log_level: Attribute[Value]
    traced: Attribute[Switch]
    retries: Attribute[Values]

    def needs_alarm(self) -> Verdict:
        return known(True)

    def logs_at(self, level: str) -> Verdict:
        """Whether it logs at least what `level` takes in."""
        return self.log_level.one_of(*_LEVELS[_LEVELS.index(level) :])


class StateMachine(Workflow, TakesKey):
    """A state machine. It is always encrypted, with a key that Step Functions owns unless it is given another."""

    types = ("AWS::StepFunctions::StateMachine", "aws_sfn_state_machine")
    slug = "state-machine"
    noun = "state machine"
    own_name = One(cfn="$.StateMachineName", tf="$.name")
    key = Key(cfn="$.EncryptionConfiguration.KmsKeyId", tf="$.encryption_configuration[*].kms_key_id")
    log_level = One(cfn="$.LoggingConfiguration.Level", tf="$.logging_configuration[*].level", default="OFF")
    traced = Flag(cfn="$.TracingConfiguration.Enabled", tf="$.tracing_configuration[*].enabled")
    retries = Tasks(cfn=("$.Definition", "$.DefinitionString", "$.DefinitionS3Location.Bucket"), tf="$.definition")
    tags = Tags(cfn="$.Tags", tf="$.tags")


class ServerlessStateMachine(Workflow):
    """A state machine of SAM, which has no property for a key."""

    types = ("AWS::Serverless::StateMachine",)
    slug = "sam-state-machine"
    noun = "SAM state machine"
    own_name = One(sam="$.Name")
    log_level = One(sam="$.Logging.Level", default="OFF")
    traced = Flag(sam="$.Tracing.Enabled")
    retries = Tasks(sam=("$.Definition", "$.DefinitionUri"))
    tags = Tags(sam="$.Tags")
