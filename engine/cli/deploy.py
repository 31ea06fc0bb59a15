"""`masar deploy`: publish the files of the two analysts' folders."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from engine.check import check_paths
from engine.countries import country_sources, lay_out
from engine.library import publish
from engine.masar import open_masar


@click.command()
@click.option("--processes", type=click.Path(file_okay=False, path_type=Path), help="Folder of diagrams and decisions.")
@click.option("--forms", type=click.Path(file_okay=False, path_type=Path), help="Folder of forms and lists.")
@click.option("--note", default="", help="Why this version is published.")
def deploy(processes: Path | None, forms: Path | None, note: str) -> None:
    """Check and publish diagrams, decisions, forms and lists. Running cases keep the versions they began with."""
    with closing(open_masar()) as masar:
        processes, forms = processes or masar.settings.processes, forms or masar.settings.forms
        country = masar.settings.country
        with TemporaryDirectory() as folder:
            paths = lay_out(processes, forms, country, Path(folder)) if country else (processes, forms)
            errors = [f for f in check_paths(paths) if f.severity == "error"]
        if errors:
            raise click.ClickException("\n".join(f"{f.file} {f.element}: {f.message.en}" for f in errors))
        sources, now = country_sources(processes, forms, country), masar.clock()
        bundle = masar.db.run(lambda conn: publish(conn, sources, 0, note, now))
    click.echo(f"New cases begin with bundle {bundle}.")
