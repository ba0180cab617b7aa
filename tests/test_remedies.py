"""Remedies name what the dialect has."""

from __future__ import annotations

from wascan.kind import kind_named
from wascan.rule import Check
from wascan.words import remedies
from wascan_rules.reliability.autoscaling import autoscaling
from wascan_rules.security.network_acl_protocols import network_acl_protocols


def test_a_simple_table_is_told_what_sam_has() -> None:
    told = dict(remedies(Check(autoscaling, kind_named("Table"))))
    assert told["SAM"] == "Leave out ProvisionedThroughput, or let Application Auto Scaling adjust reads and writes."
    assert told["CloudFormation"].startswith("Set BillingMode to PAY_PER_REQUEST, or")


def test_entries_that_stand_beside_their_acl_are_no_property_of_it() -> None:
    told = dict(remedies(Check(network_acl_protocols, kind_named("NetworkAcl"))))
    assert told["CloudFormation"].startswith("In its inbound entries, allow")
    assert told["Terraform"].startswith("In ingress, allow")
