"""`masar staff`: units and people from a spreadsheet."""

import os
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from engine.cli.plainly import Plainly
from engine.commands.staffing import Invited, import_staffing, plan_staffing
from engine.masar import open_masar
from engine.settings import Settings
from engine.staff.judged import VERDICTS, Judged, Plan
from engine.staff.lines import lines_of
from engine.staff.tables import read_sheets
from engine.staff.template import template

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(cls=Plainly)
def staff() -> None:
    """Units and people, from a spreadsheet (.xlsx or .csv)."""


@staff.command("template")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--language", type=click.Choice(["ar", "en"]), default="ar", show_default=True)
def make_template(file: Path, language: str) -> None:
    """Write an empty spreadsheet (FILE.xlsx) with the headings, the roles and the kinds of units."""
    if file.exists():
        raise click.ClickException(f"{file} is there already.")
    file.write_bytes(template(language))
    click.echo(f"{file}: fill in the first two sheets, then: masar staff import {file} --dry-run")


@staff.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, row by row, and do nothing.")
@click.option("--codes", type=click.Path(path_type=Path, dir_okay=False), help="Where the one-time codes are written.")
@click.option("--days", type=click.IntRange(1, 30), default=3, show_default=True, help="How long the codes are good.")
def import_staff(files: tuple[Path, ...], dry_run: bool, codes: Path | None, days: int) -> None:
    """Create and change the units and people of FILES: all of it or, when a row is refused, nothing.

    Doing it again changes nothing. Whoever is new gets a one-time code, in a file that only its owner reads: hand the
    codes over in person or by telephone. Nobody is removed for not being listed.
    """
    staffing = lines_of([sheet for file in files for sheet in read_sheets(file)])
    with closing(open_masar()) as masar:
        plan = plan_staffing(masar, staffing)
        _tell(plan)
        if plan.refused:
            raise click.ClickException(
                f"رُفضت {len(plan.refused)} أسطر، فلم يُحفظ شيء.\n{len(plan.refused)} rows are refused: nothing is done."
            )
        if dry_run:
            click.echo("تجربة: لم يُحفظ شيء.\nA dry run: nothing was done.")
            return
        target = _new_file(codes or masar.settings.home / f"sign-in-codes-{masar.clock():%Y%m%d-%H%M%S}.txt")
        try:
            _, invited = import_staffing(masar, staffing, timedelta(days=days))
        except BaseException:
            target.unlink()
            raise
        _hand_out(target, invited, masar.settings)


def _tell(plan: Plan) -> None:
    for one in plan.judged:
        click.echo(_line(one))
    counts = {verdict: sum(one.verdict == verdict for one in plan.judged) for verdict in VERDICTS}
    click.echo("، ".join(f"{VERDICTS[verdict].ar}: {count}" for verdict, count in counts.items()))
    click.echo(", ".join(f"{VERDICTS[verdict].en}: {count}" for verdict, count in counts.items()))


def _line(one: Judged) -> str:
    verdict = VERDICTS[one.verdict]
    return f"{one.sheet}:{one.row}  {one.about}  {verdict.ar}: {one.text.ar} | {verdict.en}: {one.text.in_('en')}"


def _new_file(path: Path) -> Path:
    """Makes the file of the codes before anything is written, so that no code is lost for want of a place."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def _hand_out(target: Path, invited: Sequence[Invited], settings: Settings) -> None:
    if not invited:
        target.unlink()
        click.echo("لا رموز جديدة.\nDone; no new codes.")
        return
    target.write_text("\n".join(slip(one, settings) for one in invited), "utf-8")
    click.echo(f"رموز الدخول لمرة واحدة ({len(invited)}) في {target}: سلّمها ثم امحُ الملف.\n"
               f"{len(invited)} one-time codes are in {target}: hand them over, then delete the file.")  # fmt: skip


def slip(one: Invited, settings: Settings) -> str:
    """What one person is handed, in both languages."""
    until = one.expires_at.astimezone(ZoneInfo(settings.time_zone))
    address = f"{settings.public_url.rstrip('/')}/sign-in/code"
    return (
        f"{one.name.ar}\n  افتح {address} وأدخل اسم الدخول والرمز، ثم اختر كلمة مرورك.\n"
        f"{one.name.in_('en')}\n  Open {address}, enter user name and code, and choose your password.\n"
        f"    {one.login}    {one.code}    (≤ {until:%Y-%m-%d %H:%M})\n"
    )
