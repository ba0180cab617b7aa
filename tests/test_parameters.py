"""Parameter files are read in every form that AWS's tools write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wascan.parameters import ParametersError, read

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {
    "cli.json": '[{"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Old", "UsePreviousValue": true}]',
    "deploy.json": '["Env=prod"]',
    "pipeline.json": '{"Parameters": {"Env": "prod"}, "Tags": {"owner": "me"}}',
    "plain.yaml": "Env: prod\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FORMS[name])
    assert read(str(tmp_path / name)) == {"Env": "prod"}


def test_values_are_text_as_cloudformation_has_them(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("Multi: true\nDays: 7\nZones: [a, b]\nAccount: 000123456789\n")
    assert read(str(tmp_path / "p.yaml")) == {"Multi": "true", "Days": "7", "Zones": "a,b", "Account": "000123456789"}


@pytest.mark.parametrize("text", ["[1]", "'text'", "A: {b: c}", "{", "[{}]"])
def test_what_is_no_parameter_file_is_said_so(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(text)
    with pytest.raises(ParametersError, match=r"p\.yaml"):
        read(str(tmp_path / "p.yaml"))


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ParametersError, match="cannot be read"):
        read(str(tmp_path / "none.json"))
