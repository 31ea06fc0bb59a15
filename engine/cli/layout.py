"""`masar layout`: draw diagrams that were written by hand."""

from pathlib import Path

import click

from engine.drawing import laid_out
from engine.errors import MasarError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["ar", "en"]), default="en", help="Language of the messages.")
def layout(files: tuple[Path, ...], language: str) -> None:
    """Give shapes, lanes and arrows to BPMN FILES. Any drawing that they have is replaced."""
    for file in files:
        try:
            drawn = laid_out(file.read_bytes())
        except MasarError as error:
            raise click.ClickException(f"{file}: {error.text.in_(language)}") from error
        file.write_bytes(drawn)
        click.echo(str(file))
