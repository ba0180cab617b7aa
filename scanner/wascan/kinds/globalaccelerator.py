"""AWS Global Accelerator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wascan.attribute import Flag
from wascan.kinds.families import Taggable
from wascan.kinds.tags import Tags
from wascan.kinds.telemetry import Logs
from wascan.verdict import known

if TYPE_CHECKING:
    from wascan.verdict import Verdict


class Accelerator(Logs, Taggable):
    """An accelerator. CloudFormation cannot switch its flow logs on."""

    types = ("AWS::GlobalAccelerator::Accelerator", "aws_globalaccelerator_accelerator")
    slug = "globalaccelerator-accelerator"
    noun = "Global Accelerator accelerator"
    logs = Flag(tf="$.attributes[*].flow_logs_enabled")
    tags = Tags(cfn="$.Tags", tf="$.tags")

    def decides_logs(self) -> Verdict:
        return known(self._resource.dialect == "tf")

    def is_logged(self) -> Verdict:
        return self.logs.is_true()
