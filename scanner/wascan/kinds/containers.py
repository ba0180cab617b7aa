"""Definitions of containers, as Amazon ECS and AWS Batch take them: data in a template, and JSON in Terraform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag, Listed, Many, One
from wascan.kind import Block, Kind
from wascan.kinds.environment import HasEnvironment, Variables
from wascan.kinds.families import Taggable
from wascan.kinds.jsontext import parsed
from wascan.kinds.permissions import RunsContainers
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.kinds.transit import EncryptsInTransit
from wascan.markers import MARKERS, Unknown, reason
from wascan.value import Reading, Value, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wascan.verdict import Verdict


class Container(Block):
    """One container. In JSON the names begin with a small letter."""

    privileged = Flag(cfn="$.Privileged", tf="$.privileged")
    read_only = Flag(cfn="$.ReadonlyRootFilesystem", tf="$.readonlyRootFilesystem")
    user = One(cfn="$.User", tf="$.user")
    variables = Variables(pairs=True, cfn="$.Environment[*]", tf="$.environment[*]")
    log_driver = One(cfn="$.LogConfiguration.LogDriver", tf="$.logConfiguration.logDriver")

    def runs_as_root(self) -> Verdict:
        """Whether nobody names another user; that an image names one is not counted upon (AWS Security Hub User Guide,
        "ECS.1").
        """
        return self.user.is_absent() | self.user.satisfies(_is_root, "root")


def _is_root(user: str) -> bool:
    return user.partition(":")[0] in ("root", "0")


class Containers(Listed[Values]):
    """Where definitions of containers stand."""

    def of(self, kind: Kind) -> Values:
        found, whole = self.readings(kind)
        read = [item for whole in found for item in _items(whole, kind)]
        open = next((item for item in read if isinstance(item.data, MARKERS)), None)
        items = [
            Container(item.resource, kind._world, (item.data, item.path)) for item in read if type(item.data) is dict
        ]
        return Values(Value(self, open or whole), items, open=open is not None)


def _items(whole: Reading, kind: Kind) -> Iterator[Reading]:
    data = parsed(whole.data)
    if isinstance(data, MARKERS):
        yield Reading(Unknown(reason(data)), whole.path, whole.resource, whole.rests)
        return
    read = Reading(data, whole.path, whole.resource, whole.rests)
    for index, item in enumerate(data) if type(data) is list else [(None, data)]:
        yield read.inside(item, whole.path if index is None else (*whole.path, index), kind._world)


class FileSystemVolume(Block):
    """A file system of Amazon EFS that containers mount: in the clear unless somebody says otherwise (Amazon ECS API
    Reference, "EFSVolumeConfiguration").
    """

    encrypts = Flag(on=("ENABLED",), cfn="$.TransitEncryption", tf="$.transit_encryption")


class _Runs(RunsContainers, HasEnvironment):
    """What has definitions of containers, with an environment in each."""

    def keeps_secrets_out(self) -> Verdict:
        return self.containers.every(lambda one: one.variables.every(lambda variable: variable.stays_out_of_code()))


class TaskDefinition(_Runs, Logs, EncryptsInTransit, Taggable):
    """What a task of Amazon ECS is made of. Its network is a bridge, and its processes are its own, unless somebody says
    otherwise (Amazon ECS API Reference, "TaskDefinition").
    """

    types = ("AWS::ECS::TaskDefinition", "aws_ecs_task_definition")
    slug = "ecs-task-definition"
    noun = "ECS task definition"
    logging = "give each container in {containers.name} a log configuration"
    own_name = One(cfn="$.Family", tf="$.family")
    containers = Containers(cfn="$.ContainerDefinitions[*]", tf="$.container_definitions")
    processes = One(cfn="$.PidMode", tf="$.pid_mode")
    network = One(cfn="$.NetworkMode", tf="$.network_mode", default="bridge")
    transit = "set the transit encryption of each {file_systems.name} to ENABLED"
    file_systems = Many(
        block=FileSystemVolume, cfn="$.Volumes[*].EFSVolumeConfiguration", tf="$.volume[*].efs_volume_configuration[*]"
    )
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def is_logged(self) -> Verdict:
        return self.containers.every(lambda container: container.log_driver.is_present())

    def encrypts_in_transit(self) -> Verdict:
        return self.file_systems.every(lambda volume: volume.encrypts.is_true())

    def decides_transit(self) -> Verdict:
        """Whether it mounts a file system at all."""
        return ~self.file_systems.is_empty()


class JobDefinition(_Runs, Taggable):
    """What a job of AWS Batch is made of."""

    types = ("AWS::Batch::JobDefinition", "aws_batch_job_definition")
    slug = "batch-job-definition"
    noun = "Batch job definition"
    own_name = One(cfn="$.JobDefinitionName", tf="$.name")
    containers = Containers(cfn="$.ContainerProperties", tf="$.container_properties")
    tags = Tags(cfn="$.Tags", tf="$.tags")
