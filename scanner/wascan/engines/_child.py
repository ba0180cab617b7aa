"""The processes in which other engines run: a question on a line of theirs, an answer on a line of ours.

They are far from small (checkov brings a hundred packages along) and do as they like with settings, logs and the
interpreter, so that none of them comes into ours. A file on which one dies or falls silent costs that file: the next one
is asked of a new process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, NamedTuple

START = 120
"""So many seconds an engine may take before it says its version; from a cold disk checkov takes 10."""

_OTHERS = ("BC_", "CFNLINT_", "CHECKOV_", "CKV_", "PRISMA_")
"""How the variables begin that would change what an engine finds, or have it tell others."""


class EngineError(Exception):
    """An engine cannot be used at all; the message says why."""


class Program(NamedTuple):
    """An engine to be run: its name, which is also that of our extra and its command; its package; and the script, of
    this folder, that answers questions in its process.
    """

    name: str
    package: str
    script: str

    def python(self) -> str:
        """The Python that has it: ours, or that of the command beside ours or on the PATH. Raises EngineError."""
        spec = find_spec(self.package)
        if spec is not None and spec.origin is not None:
            return sys.executable
        command = shutil.which(self.name, path=os.path.dirname(sys.executable)) or shutil.which(self.name)
        found = None if command is None else _python_of(command)
        if found is None:
            raise EngineError(
                f"{self.name} is not installed: pip install {self.name} beside wascan or anywhere on the PATH "
                f"(pipx install {self.name}), or pip install '.[{self.name}]' in a clone of wascan"
            )
        return found


def _python_of(command: str) -> str | None:
    """The Python that a command written in it is run by: the one beside it, else that of its first line."""
    real = os.path.realpath(command)
    for name in ("python", "python3", "python.exe"):
        beside = os.path.join(os.path.dirname(real), name)
        if os.path.isfile(beside):
            return beside
    with open(real, "rb") as stream:
        first = stream.readline(1000)
    interpreter = os.fsdecode(first[2:].strip()) if first.startswith(b"#!") else ""
    return interpreter if "python" in os.path.basename(interpreter) else None


class _DeadError(Exception):
    """A process ended or fell silent; the message says which."""


class _Child:
    """One process, started in an empty `folder`, for engines take settings from the one that they are started in."""

    def __init__(self, program: Program, python: str, folder: str) -> None:
        source = Path(__file__).parent.joinpath(program.script).read_text(encoding="utf-8")
        quiet = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)}
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
        self._process = subprocess.Popen(
            [python, "-c", source],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=folder,
            env={**quiet, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "ignore"},
        )
        try:
            self.version: str = self._line(START)["version"]
        except _DeadError:
            self.end()
            raise

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a question. Raises _DeadError."""
        assert self._process.stdin is not None
        with suppress(OSError):  # it is dead, and reading says of what
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
        return self._line(seconds)

    def _line(self, seconds: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        line = self._process.stdout.readline()
        timer.cancel()
        if line.endswith(b"\n"):
            found: dict[str, Any] = json.loads(line)
            return found
        self._process.wait()
        raise _DeadError(f"it took more than {seconds:g} seconds" if late.is_set() else self._last_words())

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return said or f"its process ended with status {self._process.returncode}"

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                with suppress(OSError):  # of what nobody read
                    stream.close()


class Answers(NamedTuple):
    """What an engine says of files: its version, and for each question an answer, in their order."""

    version: str
    answers: list[dict[str, Any]]


def ask(program: Program, questions: list[dict[str, Any]], seconds: float) -> Answers:
    """The answers to questions about files, each of which may take so many seconds. One without an answer has `crash`,
    which says why. Raises EngineError where the engine is not installed or does not start.
    """
    python = program.python()
    answers: list[dict[str, Any]] = [{} for _ in questions]
    todo = iter(enumerate(questions))
    taking = threading.Lock()
    versions: list[str] = []
    failures: list[str] = []

    def work(folder: str) -> None:
        child: _Child | None = None
        try:
            while not failures:
                with taking:
                    index, question = next(todo, (-1, {}))
                if index < 0:
                    return
                if child is None:
                    try:
                        child = _Child(program, python, folder)
                    except (_DeadError, OSError) as error:
                        failures.append(f"{program.name} cannot be started: {error}")
                        return
                    versions.append(child.version)
                try:
                    answers[index] = child.ask(question, seconds)
                except _DeadError as error:
                    answers[index] = {"crash": str(error)}
                    child.end()
                    child = None
        finally:
            if child is not None:
                child.end()

    with tempfile.TemporaryDirectory() as folder:
        several = min(os.cpu_count() or 1, 1 + len(questions) // 8)
        workers = [threading.Thread(target=work, args=(folder,), daemon=True) for _ in range(several)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    if failures:
        raise EngineError(failures[0])
    return Answers(versions[0] if versions else "", answers)
