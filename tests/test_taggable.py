"""The long tail of types that take tags: the table is true, and costs nothing where nobody asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wascan.kind import kind_of
from wascan.kinds._index import MODULES
from wascan.kinds.taggable import LongTail, kind_in_tail, slugs
from wascan.packs import Packs

ROOT = Path(__file__).resolve().parent.parent


def test_the_table_is_current() -> None:
    script = ROOT / "scripts/build_taggable.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_slug_and_a_type_stand_once() -> None:
    text = (ROOT / "scanner/wascan/data/taggable.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines()[1:]]
    types = [entry.partition("=")[0] for line in lines for entry in line[1:]]
    assert len(types) == len(set(types))
    assert len({line[0] for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("type", "slug", "noun", "plural", "types"),
    [
        (
            "AWS::IVS::RecordingConfiguration",
            "ivs-recording-configuration",
            "IVS recording configuration",
            "IVS recording configurations",
            ("AWS::IVS::RecordingConfiguration", "aws_ivs_recording_configuration"),
        ),
        (
            "aws_ec2_fleet",
            "ec2-fleet",
            "ec2 fleet",
            "ec2 fleets",
            ("aws_ec2_fleet",),
        ),
        (
            "AWS::EC2::DHCPOptions",
            "ec2-dhcp-options",
            "EC2 DHCP options",
            "EC2 DHCP options",
            ("AWS::EC2::DHCPOptions", "aws_vpc_dhcp_options", "aws_default_vpc_dhcp_options"),
        ),
    ],
)
def test_a_line_makes_a_kind(type: str, slug: str, noun: str, plural: str, types: tuple[str, ...]) -> None:
    kind = kind_in_tail(type)
    assert kind is not None
    assert issubclass(kind, LongTail)
    assert (kind.slug, kind.noun, kind.plural, kind.types) == (slug, noun, plural, types)
    assert kind_of(type) is kind


def test_the_beginning_of_a_type_is_not_the_type() -> None:
    assert kind_in_tail("AWS::IVS::Recording") is None
    assert kind_in_tail("AWS::EC2::RouteTableAssociation") is None


def test_a_type_with_a_class_of_its_own_is_no_part_of_the_tail() -> None:
    assert kind_in_tail("AWS::SQS::Queue") is None
    assert "sqs-queue" not in slugs()
    for type in ("AWS::IVS::RecordingConfiguration", "aws_ec2_fleet", "AWS::EC2::DHCPOptions"):
        kind = kind_in_tail(type)
        assert kind is not None
        assert MODULES.keys().isdisjoint(kind.types)
        assert kind.slug in slugs()


def test_nothing_is_asked_of_the_tail_unless_somebody_says_what() -> None:
    packs = Packs()
    assert not packs.judges_tail(set())
    assert packs.judges_tail({"required-tags"})
    for check in packs.checks(LongTail):
        assert any(option.required for option in check.rule.options.values()), check


def test_checks_on_the_tail_can_be_named() -> None:
    vocabulary = Packs().vocabulary()
    assert vocabulary.no_rule("required-tags.ivs-recording-configuration") is None
    assert vocabulary.no_rule("required-tags.ivs-recording") is not None
    assert vocabulary.no_rule("required-tags.taggable") is not None
