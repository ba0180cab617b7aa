"""The command line: the commands by name. Everything but click is imported when a command needs it."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

CLEAN, FINDINGS, TROUBLE, NOTHING = 0, 1, 2, 3
"""Exit statuses: nothing at or above ``--fail-on``; findings; something could not be done or read; nothing to scan."""
INTERRUPTED = 130
"""What shells expect of a program that Ctrl-C ended: 128 and the number of the signal."""

COMMANDS = {
    "scan": "scan",
    "rules": "rules",
    "rule": "rules",
    "practices": "rules",
    "explain": "explain",
    "graph": "graph",
    "baseline": "baseline",
    "init": "init",
    "migrate": "migrate",
    "test": "test",
}
"""The commands, and the modules of `wascan.commands` that they are in."""


class _Commands(click.Group):
    """``wascan PATH...`` is ``wascan scan PATH...``, and ``wascan`` alone is ``wascan scan``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:  # a shell wants the first word completed
            return super().parse_args(ctx, args)
        if not args or (args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version")):
            args = ["scan", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read it has seen enough (`| head`), and click would call that an error
            hush()
            leave(CLEAN)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The first word: a command, or what `scan` begins with."""
        from click.shell_completion import CompletionItem

        scan = self.get_command(ctx, "scan")
        assert scan is not None
        with click.Context(scan, parent=ctx, info_name="scan") as inner:
            options = scan.shell_complete(inner, incomplete)
        return [*super().shell_complete(ctx, incomplete), *options, CompletionItem(incomplete, type="file")]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"wascan.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from wascan import __version__

        click.echo(f"wascan {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli() -> None:
    """Say where infrastructure departs from the AWS Well-Architected Framework.

    \b
    wascan                      scan what is here
    wascan template.yaml        scan a CloudFormation or SAM template
    wascan cdk.out              scan a synthesised CDK app
    terraform show -json plan | wascan -
    """


def stop(messages: list[str]) -> NoReturn:
    """End with what is wrong."""
    from wascan.words import printable

    for message in messages:
        click.echo(printable(message), err=True)
    leave(TROUBLE)


def leave(status: int) -> NoReturn:
    """End, in a process of our own without tearing down what the system takes back anyway: 40 to 300 ms on big
    inputs."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # nobody reads on, which changes nothing
        hush()
    if _OWN_PROCESS:
        os._exit(status)
    raise SystemExit(status)


def hush() -> None:
    """Lets nothing more be said on standard output, which nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


_OWN_PROCESS = False


def main() -> None:
    """The ``wascan`` command. A scan makes no garbage worth collecting before the process ends."""
    global _OWN_PROCESS
    import gc

    gc.disable()
    _OWN_PROCESS = True
    try:
        leave(cli(standalone_mode=False) or CLEAN)
    except click.Abort:  # what click makes of Ctrl-C
        from wascan.whole import whole

        whole.discard()
        leave(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        leave(error.exit_code)
