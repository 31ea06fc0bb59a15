"""What goes wrong, told in words: a command ends with a sentence and a code, not with a traceback."""

import click

from engine.errors import MasarError
from engine.settings import WrongSetting


class Plainly(click.Group):
    """A group whose commands fail in sentences. What it does not know is a fault of ours and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command; raises ClickException for what a person can mend."""
        try:
            return super().invoke(ctx)
        except MasarError as error:
            raise click.ClickException(f"{error.text.ar}\n{error.text.en}") from error
        except WrongSetting as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")) from error
        except Exception as error:
            if not type(error).__module__.startswith("sqlalchemy."):  # by name: loading it takes a third of a second
                raise
            raise click.ClickException(f"The database refused: {_first_line(error)}\n{_UPGRADE}") from error


_UPGRADE = "If it is not at this version yet: masar database upgrade"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
