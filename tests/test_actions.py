"""Which actions take a resource that can be named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wascan.kinds.actions import takes_resource

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "pattern",
    ["logs:CreateLogDelivery", "LOGS:putresourcepolicy", "ec2:Describe*", "ssmmessages:*", "logs:Describe*"],
)
def test_nothing_but_an_asterisk_can_stand_beside_it(pattern: str) -> None:
    assert not takes_resource(pattern)


@pytest.mark.parametrize("pattern", ["s3:GetObject", "s3:Get*", "sqs:*", "*", "*:*", "s*:Get*", "acme:Anything", ""])
def test_a_resource_can_be_named_beside_it(pattern: str) -> None:
    assert takes_resource(pattern)


@pytest.mark.parametrize("action", ["cloudwatch:PutMetricData", "ec2:CreateNetworkInterface"])
def test_what_has_a_resource_in_other_uses_only_counts_as_one_without(action: str) -> None:
    assert not takes_resource(action)


def test_the_table_is_current() -> None:
    script = ROOT / "scripts/build_actions.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
