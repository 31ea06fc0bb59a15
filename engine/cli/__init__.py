"""The command line `masar`: one module per command, registered in one table."""

import click

from engine.cli.lazy import LazyGroup
from engine.cli.plainly import Plainly

COMMANDS = {
    name: (f"engine.cli.{name.replace('-', '_')}", name.replace("-", "_"))
    for name in (
        "up", "set-up", "serve", "worker", "demo", "check", "convert", "deploy", "feel", "decide", "replay", "verify",
        "bench", "user", "staff", "key", "backup", "restore", "database", "layout", "scale-up", "bundle", "units",
        "directory", "practitioners",
        "simulate", "migrate",
    )
}  # fmt: skip


class Masar(Plainly, LazyGroup):
    """The commands, loaded when they are called, with their failures told in words."""


@click.group(cls=Masar, where=COMMANDS, invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Masar (مسار): case management on editable diagrams.

    Without a command: sets up what is missing, then serves the demo ministry.
    """
    if context.invoked_subcommand is None:
        command = main.get_command(context, "up")
        assert command is not None
        context.invoke(command)
