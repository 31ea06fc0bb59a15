"""`masar practitioners`: the register of practitioners, from a spreadsheet."""

from pathlib import Path

import click

from engine.cli.plainly import Plainly
from engine.cli.registering import FILES, NEW_FILE, import_lines, write_template
from engine.commands.register_import import import_accreditations, plan_accreditations
from engine.registers.sheets import NEEDED_OF_PRACTITIONERS, PRACTITIONER_COLUMNS


@click.group(cls=Plainly)
def practitioners() -> None:
    """The register of practitioners, from a spreadsheet (.xlsx or .csv)."""


@practitioners.command("template")
@click.argument("file", type=NEW_FILE)
@click.option("--language", type=click.Choice(["ar", "en"]), default="ar", show_default=True)
def template(file: Path, language: str) -> None:
    """Write an empty spreadsheet (FILE.csv): one row for each person and setting."""
    write_template(file, PRACTITIONER_COLUMNS, language)


@practitioners.command("import")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--by", required=True, metavar="LOGIN", help="Who enters them: an account that keeps this register.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, row by row, and do nothing.")
def import_files(files: tuple[Path, ...], by: str, dry_run: bool) -> None:
    """Enter and change the accreditations of FILES: all of it or, when a row is refused, nothing.

    Doing it again changes nothing. Nothing is removed for not being listed.
    """
    columns, needed = PRACTITIONER_COLUMNS, NEEDED_OF_PRACTITIONERS
    import_lines(files, columns, needed, by, dry_run, plan_accreditations, import_accreditations)
