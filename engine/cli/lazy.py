"""A group of commands that are imported only when they are called, so that `masar serve` starts at once."""

import gc
from collections.abc import Mapping
from importlib import import_module

import click


class LazyGroup(click.Group):
    """Knows where each command lives; `where` maps a command to its module and name."""

    def __init__(self, *args: object, where: Mapping[str, tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._where = where

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All commands, in the order of the table."""
        return list(self._where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports one command."""
        if cmd_name not in self._where:
            return None
        module, name = self._where[cmd_name]
        gc.disable()  # loading code leaves no garbage to look for
        command: click.Command = getattr(import_module(module), name)
        gc.freeze()
        gc.enable()
        return command
