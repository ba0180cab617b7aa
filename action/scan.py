"""Scan, then tell GitHub: the log, the summary of the job, annotations, SARIF, outputs.

What the workflow says is in the environment (`INPUT_...`), and nothing of it goes through a shell. The step ends well
whatever was found, for the upload to follow; the output `exit-code` is what the action ends with.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import shlex
import subprocess
import sys
from typing import Any

MOST_ANNOTATIONS = 10
"""So many annotations of a level does GitHub show of a step (GitHub documentation, "Workflow commands")."""

MOST_SUMMARY = 1 << 20
"""So many bytes does GitHub take for the summary of a step (the same page, "Job summaries")."""

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
"""What GitHub's commands call SARIF's levels."""


class TroubleError(Exception):
    """The scan cannot begin; the message says why."""


def main() -> int:
    """Run the step."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    folder = os.path.join(os.environ["RUNNER_TEMP"], f"wascan-{secrets.token_hex(4)}")
    os.makedirs(folder)
    sarif = given("SARIF_FILE") or os.path.join(folder, "wascan.sarif")
    report, summary = os.path.join(folder, "report.json"), os.path.join(folder, "summary.md")
    if os.path.lexists(sarif):
        os.unlink(sarif)  # of an earlier run, which must not be taken for this one's
    try:
        wanted = [*options(), "--output", "text"]
        for form, path in (("github", sarif), ("json", report), ("markdown", summary)):
            wanted += ["--output", f"{form}={path}"]
        status = scan([*wanted, "--", *lines("PATHS")])
    except TroubleError as error:
        print(f"::error title=wascan::{escaped(str(error))}")
        status = 2
    found = read(report)
    if given("JOB_SUMMARY") == "true":
        summarise(summary, status)
    if given("ANNOTATIONS") == "true":
        annotate(read(sarif))
    errors = len(found.get("unreadable", ())) + sum(note["level"] == "error" for note in found.get("notes", ()))
    output("sarif-file", sarif if os.path.exists(sarif) else "")
    output("findings", str(found.get("summary", {}).get("failed", 0)))
    output("errors", str(errors if found else 1))
    output("exit-code", str(status))
    return 0


def given(name: str) -> str:
    """An input, without the space around it."""
    return os.environ.get(f"INPUT_{name}", "").strip()


def lines(name: str) -> list[str]:
    """The lines of an input."""
    return [line.strip() for line in given(name).splitlines() if line.strip()]


def options() -> list[str]:
    """The options of wascan that the inputs stand for. Raises TroubleError."""
    found = []
    for name, option in (("CONFIG", "--config"), ("FAIL_ON", "--fail-on"), ("BASELINE", "--baseline")):
        if given(name):
            found += [f"{option}={given(name)}"]
    for selector in re.split(r"[,\n]", given("SELECT")):
        if selector.strip():
            found += [f"--select={selector.strip()}"]
    for name, option in (("CHANGED_SINCE", "--changed-since"), ("SETTINGS_FROM", "--settings-from")):
        revision = base() if given(name) == "base" else given(name)
        if revision:
            found += [f"{option}={revision}"]
    try:
        return [*found, *shlex.split(given("ARGS"))]
    except ValueError as error:
        raise TroubleError(f"the input args cannot be read: {str(error)[:1].lower()}{str(error)[1:]}") from error


def base() -> str:
    """The revision that a pull request, or a group of them in a queue, is against; empty for other events."""
    event = read(os.environ.get("GITHUB_EVENT_PATH", ""))
    for name, key in (("pull_request", ("base", "sha")), ("merge_group", ("base_sha",))):
        found: Any = event.get(name)
        if isinstance(found, dict):
            for step in key:
                found = found[step]
            break
    else:
        return ""
    merged = os.environ.get("GITHUB_SHA", "")
    if name == "pull_request" and merged and git("rev-parse", "HEAD") == merged:
        # what is checked out is the merge, whose first parent is the base as it is now
        if not git("rev-parse", "--quiet", "--verify", "HEAD^1"):
            git("fetch", "--no-tags", "--depth=2", "origin", merged)
        found = git("rev-parse", "--quiet", "--verify", "HEAD^1") or found
    elif not git("rev-parse", "--quiet", "--verify", f"{found}^{{commit}}"):
        git("fetch", "--no-tags", "origin", found)
    if not git("rev-parse", "--quiet", "--verify", f"{found}^{{commit}}"):
        raise TroubleError(
            f"the base of the pull request, {found}, is not here: set fetch-depth: 2 for actions/checkout"
        )
    return str(found)


def git(*arguments: str) -> str:
    """What git prints; empty where it fails."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def scan(arguments: list[str]) -> int:
    """Run wascan, whose words are no commands to GitHub whatever they are."""
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}", flush=True)
    try:
        environment = {"FORCE_COLOR": "1", **os.environ}
        return subprocess.run([os.environ["WASCAN"], "scan", *arguments], check=False, env=environment).returncode
    finally:
        print(f"\n::{token}::", flush=True)


def read(path: str) -> dict[str, Any]:
    """A file of JSON; nothing where there is none."""
    try:
        with open(path, encoding="utf-8") as stream:
            found = json.load(stream)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def summarise(path: str, status: int) -> None:
    """Add to the summary of the job what was found, or that nothing could be."""
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
    except OSError:
        text = "## wascan could not scan\n\nThe log of the step says why.\n" if status == 2 else ""
    target = os.environ["GITHUB_STEP_SUMMARY"]
    size = os.path.getsize(target) if os.path.exists(target) else 0
    if size + len(text.encode()) < MOST_SUMMARY:
        with open(target, "a", encoding="utf-8") as stream:
            stream.write(text)


def annotate(sarif: dict[str, Any]) -> None:
    """Mark what could not be read, and the worst findings, where they stand."""
    run = sarif["runs"][0] if sarif else {"results": []}
    notifications = (run.get("invocations") or [{}])[0].get("toolExecutionNotifications") or []
    errors = [item for item in notifications if item.get("level") == "error"][:MOST_ANNOTATIONS]
    for error in errors:
        properties: dict[str, Any] = {}
        for location in error.get("locations") or ():
            place = location["physicalLocation"]
            properties["file"] = unquoted(place["artifactLocation"]["uri"])
            properties["line"] = place.get("region", {}).get("startLine", 1)
        command("error", {**properties, "title": "wascan"}, error["message"]["text"])
    for result in run["results"][: MOST_ANNOTATIONS - len(errors)]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        properties = {
            "file": unquoted(place["artifactLocation"]["uri"]),
            "line": region["startLine"],
            "endLine": region["endLine"],
            "title": f"wascan: {result['ruleId']}",
        }
        if region["startLine"] == region["endLine"]:
            properties |= {"col": region["startColumn"], "endColumn": region["endColumn"]}
        command(LEVELS.get(result["level"], "notice"), properties, result["message"]["text"])


def command(name: str, properties: dict[str, Any], text: str) -> None:
    """Tell GitHub something."""
    told = ",".join(f"{key}={escaped(str(value), inside=True)}" for key, value in properties.items())
    print(f"::{name} {told}::{escaped(text)}")


def unquoted(uri: str) -> str:
    """A uri as the path of a file."""
    from urllib.parse import unquote

    return unquote(uri)


def escaped(text: str, *, inside: bool = False) -> str:
    """A text as the message of a command, or the value of one of its properties (actions/toolkit, "command.ts")."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text


def output(name: str, value: str) -> None:
    """Set an output of the step."""
    mark = secrets.token_hex(16)
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as stream:
        stream.write(f"{name}<<{mark}\n{value}\n{mark}\n")


if __name__ == "__main__":
    sys.exit(main())
