"""wascan in a terminal: help that fits, colour, progress, Ctrl-C, and readers that have seen enough."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from test_cli import OPEN, wascan, write
from wascan.cli import COMMANDS

WASCAN = [sys.executable, "-m", "wascan"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals and terminals")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def many(resources: int) -> str:
    body = {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "postgres", "StorageEncrypted": False}}
    return json.dumps({"Resources": {f"Orders{number}": body for number in range(resources)}}, indent=1)


@pytest.mark.parametrize("columns", ["80", "100"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_screen_and_shows_an_example(command: str, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = wascan(*command.split(), "--help")
    assert done.returncode == 0
    lines = done.stdout.rstrip().splitlines()
    assert len(lines) <= (40 if command == "scan" else 28)
    assert max(map(len, lines)) <= int(columns)
    assert re.search(rf"^  wascan {command}", done.stdout, re.MULTILINE), "no example"
    assert all(re.match(r"  (-\w, )?--[\w-]+( [\w\[\]=|]+)?  +\S", line) for line in lines if line.startswith("  -"))


def test_every_command_is_in_the_help() -> None:
    done = wascan("--help")
    assert "..." not in done.stdout.partition("Commands:")[2]
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": ""}, False),
    ],
)
def test_colour_is_for_those_who_see_it(
    environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("open.yaml", OPEN)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in wascan("open.yaml").stdout) is coloured


def in_terminal(*arguments: str, program: list[str] = WASCAN, **environment: str) -> tuple[str, int]:
    """What a terminal shows, and the exit status."""
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*program, *arguments], stdin=follower, stdout=follower, stderr=follower, env={**os.environ, **environment}
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            more = os.read(leader, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(leader)
    return shown.decode(errors="replace"), process.wait()


@POSIX
def test_on_a_terminal_there_is_colour_unless_somebody_minds() -> None:
    write("open.yaml", OPEN)
    shown, status = in_terminal("open.yaml")
    assert status == 1
    assert "\x1b[1;31m" in shown
    assert "\x1b[" not in in_terminal("open.yaml", NO_COLOR="1")[0]


@POSIX
def test_progress_is_shown_after_a_second_and_taken_away_again() -> None:
    write("open.yaml", OPEN)
    assert "judging" not in in_terminal("open.yaml")[0]
    slow = "import time, wascan.engine as e, wascan.cli as cli, sys\nask = e._ask\n"
    slow += "def late(*given):\n    time.sleep(0.1)\n    return ask(*given)\ne._ask = late\nsys.argv = ['wascan', 'many.json']\ncli.main()\n"
    write("many.json", many(3))
    write("slow.py", slow)
    shown, _ = in_terminal(program=[sys.executable, "slow.py"])
    bars = re.findall(r"judging \[(#*) *\] (\d+) of 3 resources", shown)
    assert bars
    assert shown.rindex("\x1b[K") > shown.rindex("judging")
    assert shown.rindex("\x1b[K") < shown.index("many.json:")


def test_progress_is_for_terminals_alone() -> None:
    write("many.json", many(2000))
    (line,) = wascan("many.json", "--output", "text=out.txt").stderr.splitlines()
    assert line.endswith("The report is in out.txt.")


def started(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*WASCAN, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@POSIX
def test_an_interrupted_scan_ends_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    os.mkfifo("pipe.yaml")
    process = started("pipe.yaml", "--output", "json=out/report.json")
    with open("pipe.yaml", "w"):  # it reads, and nothing comes
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=10)[1]
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert not Path("out").exists()


@POSIX
def test_a_report_that_is_interrupted_is_no_report() -> None:
    write("many.json", many(6000))
    write("out/report.json", "as it was")
    process = started("many.json", "--output", "json=out/report.json")
    while process.poll() is None:
        if len(os.listdir("out")) > 1:
            process.send_signal(signal.SIGINT)
            break
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert os.listdir("out") == ["report.json"]
    assert Path("out/report.json").read_text() == "as it was"


@POSIX
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("scan", "many.json"), 1),
        (("scan", "many.json", "--output", "sarif", "--output", "json=out.json"), 1),
        (("scan", "many.json", "--fail-on", "none"), 0),
        (("rules",), 0),
        (("graph", "many.json"), 0),
    ],
)
def test_a_reader_that_has_seen_enough_changes_nothing(arguments: tuple[str, ...], status: int) -> None:
    write("many.json", many(3000))
    with started(*arguments) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == status
    assert said == b""
    if "json=out.json" in arguments:
        assert json.loads(Path("out.json").read_text())["exit_code"] == 1


@POSIX
def test_names_of_files_steer_neither_terminal_nor_build_log() -> None:
    evil = "\x1b[31m::error::x.yaml"
    write(evil, OPEN)
    write("::error::broken.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tx")
    write("::notice::other.yaml", "some: thing")
    for arguments in ((), ("--show-files",)):
        done = wascan(*arguments)
        for line in (done.stdout + done.stderr).splitlines():
            assert "\x1b" not in line
            assert not line.startswith("::")


def completed(words: str, *, next: bool = False) -> set[str]:
    """What a shell is offered for the last of some words, or for the next one."""
    given = words.split()
    environment = {**os.environ, "COMP_WORDS": words, "COMP_CWORD": str(len(given) if next else len(given) - 1)}
    program = Path(sys.executable).with_name("wascan")
    done = subprocess.run(
        [program], capture_output=True, text=True, env={**environment, "_WASCAN_COMPLETE": "bash_complete"}
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_a_shell_completes_commands_options_and_files() -> None:
    assert completed("wascan ba") == {"plain,baseline", "file,ba"}
    assert {"plain,--fail-on", "plain,--fail-on-unknown"} <= completed("wascan --fail")
    assert completed("wascan scan --changed-s") == {"plain,--changed-since"}
    assert completed("wascan infra --changed-s") == {"plain,--changed-since"}
    assert completed("wascan baseline", next=True) == {"plain,write", "plain,compare", "plain,prune"}
    assert completed("wascan scan infra/x") == {"file,infra/x"}
    assert completed("wascan --config wasc") == {"file,wasc"}


def test_completion_is_there_for_the_shells_that_the_guide_names() -> None:
    for shell in ("bash", "zsh", "fish"):
        environment: dict[str, Any] = {**os.environ, "_WASCAN_COMPLETE": f"{shell}_source"}
        done = subprocess.run(
            [Path(sys.executable).with_name("wascan")], capture_output=True, text=True, env=environment
        )
        assert done.returncode == 0, done.stderr
        assert "_WASCAN_COMPLETE" in done.stdout
