"""`masar verify`: prove that the record is whole."""

import sys
from collections.abc import Iterator
from contextlib import closing

import click

from engine.masar import Masar, open_masar
from engine.replay import case_ids, verify_case
from engine.store.cases import by_number

NOT_PROVEN = (
    "Not proven by this: that nobody with both the database and the master key rewrote a whole history; keep a copy "
    "of the heads (number and hash of the last event) elsewhere to prove that too."
)


@click.command()
@click.argument("numbers", nargs=-1)
@click.option("--heads", is_flag=True, help="Print number and hash of the last event of each case.")
def verify(numbers: tuple[str, ...], heads: bool) -> None:
    """Verify cases and reports by number, or all of them: chain, states rebuilt from events, lists."""
    with closing(open_masar()) as masar:
        checked = problems = 0
        for case_id in _chosen(masar, numbers):
            verdict = verify_case(masar, case_id)
            checked, problems = checked + 1, problems + len(verdict.problems)
            for problem in (*verdict.problems, *(f"{verdict.number}: {note.in_('en')}" for note in verdict.unproven)):
                click.echo(problem)
            if heads:
                click.echo(f"{verdict.number}\t{verdict.events}")
    click.echo(f"{checked} cases and reports verified, {problems} problems. {NOT_PROVEN}")
    sys.exit(1 if problems else 0)


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


