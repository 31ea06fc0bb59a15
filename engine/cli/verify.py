"""`masar verify`: prove that the record is whole."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TextIO

import click

from engine.errors import Invalid
from engine.heads import against, heads_of
from engine.masar import Masar, open_masar
from engine.queries.registers import verify_registers
from engine.queries.studio_record import verify_studio
from engine.replay import case_ids, verify_case, verify_seals
from engine.store.cases import by_number

PROVEN = """\
Proven, where no problem is named: every event and reading stands as it was recorded, in its order, and none is
missing; every state, made again from the events, is the one that is stored; lists and heads show what the events say;
no case that was sealed has vanished or was put back to an earlier state."""
NOT_PROVEN = """\
Not proven: what the last minute brought, until it is sealed; that nobody with the database, the key store and the
master key wrote everything anew, or put all of it back to an earlier day. Keep the file of --heads elsewhere and
compare with --against to prove that too. Never proven: that what people wrote is true."""
ONLY_CHOSEN = "Only the cases named were looked at: that no other one vanished is proven by a run without numbers."


@click.command()
@click.argument("numbers", nargs=-1)
@click.option("--heads", "heads_file", type=click.File("w", encoding="utf-8", lazy=True), metavar="FILE",
              help="Write number and hash of the last event and reading of every case to FILE (- for the screen), "
                   "to be kept elsewhere.")
@click.option("--against", "old_file", type=click.File("r", encoding="utf-8"), metavar="FILE",
              help="Compare everything with a FILE that --heads wrote earlier.")
def verify(numbers: tuple[str, ...], heads_file: TextIO | None, old_file: TextIO | None) -> None:
    """Verify cases and reports by number, or all of them: chains, states rebuilt from events, lists, seals."""
    with closing(open_masar()) as masar:
        checked = problems = 0
        for case_id in _chosen(masar, numbers):
            verdict = verify_case(masar, case_id)
            checked, problems = checked + 1, problems + len(verdict.problems)
            for problem in (*verdict.problems, *(f"{verdict.number}: {note.in_('en')}" for note in verdict.unproven)):
                click.echo(problem)
        if not numbers:
            found = (*verify_seals(masar), *verify_studio(masar), *verify_registers(masar))
            problems += _told(one.in_("en") for one in found)
        if old_file is not None:
            problems += _compared(masar, old_file)
        if heads_file is not None and not problems:
            heads_file.writelines(f"{line}\n" for line in heads_of(masar))
    click.echo(f"{checked} cases and reports verified, {problems} problems.")
    click.echo(f"{PROVEN}\n{NOT_PROVEN}" + (f"\n{ONLY_CHOSEN}" if numbers else ""))
    if heads_file is not None and problems:
        click.echo("The heads were not written: they would be those of a record that is not whole.", err=True)
    sys.exit(1 if problems else 0)


def _told(problems: Iterable[str]) -> int:
    told = list(problems)
    for problem in told:
        click.echo(problem)
    return len(told)


def _compared(masar: Masar, old_file: TextIO) -> int:
    try:
        return _told(one.in_("en") for one in against(masar, old_file.read()))
    except (Invalid, UnicodeDecodeError) as problem:
        raise click.ClickException(str(problem)) from problem


def _chosen(masar: Masar, numbers: tuple[str, ...]) -> Iterator[int]:
    if numbers:
        with masar.db.read() as conn:
            found = {number: by_number(conn, number) for number in numbers}
        for number, case_id in found.items():
            if case_id is None:
                raise click.ClickException(f"There is no case {number}.")
            yield case_id
        return
    after = 0
    while True:
        with masar.db.read() as conn:
            page = case_ids(conn, after)
        if not page:
            return
        yield from page
        after = page[-1]
