"""What the two registers share on the command line: templates, who imports, telling the verdicts."""

import csv
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click

from engine.actor import Actor
from engine.errors import NotFound
from engine.masar import Masar, open_masar
from engine.queries.accounts import actor_named
from engine.registers.judging import Imported
from engine.registers.sheets import lines_in
from engine.staff.judged import VERDICTS
from engine.staff.lines import Line
from engine.staff.tables import read_sheets
from engine.text import Text

Judge = Callable[[Masar, Actor, Sequence[Line]], Imported]
FILES = click.Path(path_type=Path, dir_okay=False, exists=True)
NEW_FILE = click.Path(path_type=Path, dir_okay=False)


def write_template(file: Path, columns: Mapping[str, Text], language: str) -> None:
    """Writes an empty .csv with the headings, as every spreadsheet opens it."""
    if file.exists():
        raise click.ClickException(f"{file} is there already.")
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerow([text.in_(language) for text in columns.values()])
    click.echo(f"{file}: one row for each line; then import it with --dry-run first.")


def import_lines(
    files: Sequence[Path], columns: Mapping[str, Text], needed: Sequence[str], by: str, dry_run: bool,
    plan: Judge, write: Judge,
) -> None:  # fmt: skip
    """Judges the rows of some files in the name of somebody, tells every verdict, and writes all or nothing."""
    lines = lines_in([sheet for file in files for sheet in read_sheets(file)], columns, needed)
    with closing(open_masar()) as masar:
        with masar.db.read() as conn:
            actor = actor_named(conn, by)
        if actor is None:
            raise NotFound(Text(f"لا حساب باسم {by}.", f"There is no account {by}."))
        judged = plan(masar, actor, lines)
        _tell(judged)
        if judged.refused:
            count = len(judged.refused)
            raise click.ClickException(f"رُفضت {count} أسطر، فلم يُحفظ شيء.\n{count} rows are refused: nothing is done.")
        if dry_run:
            click.echo("تجربة: لم يُحفظ شيء.\nA dry run: nothing was done.")
            return
        write(masar, actor, lines)
        click.echo("حُفظت السطور كلها.\nAll rows are kept.")


def _tell(plan: Imported) -> None:
    for one in plan.judged:
        verdict = VERDICTS[one.verdict]
        told = f"{verdict.ar}: {one.text.ar} | {verdict.en}: {one.text.in_('en')}"
        click.echo(f"{one.sheet}:{one.row}  {one.about}  {told}")
    counts = {verdict: sum(one.verdict == verdict for one in plan.judged) for verdict in VERDICTS}
    click.echo("، ".join(f"{VERDICTS[verdict].ar}: {count}" for verdict, count in counts.items()))
    click.echo(", ".join(f"{VERDICTS[verdict].en}: {count}" for verdict, count in counts.items()))
