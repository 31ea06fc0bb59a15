"""`masar migrate`: move running cases to the newest version by a plan."""

import json
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from engine.bpmn.migrating import Reason, judge
from engine.commands.migrating import Migration
from engine.commands.migration_job import work_on_migrations
from engine.commands.migration_plans import begun_by_the_server, proposed_plan, turn_from_the_server
from engine.errors import MasarError
from engine.findings import Finding
from engine.masar import Masar, open_masar
from engine.migration_file import read_plan, write_plan
from engine.queries.changed import changed_between, told
from engine.queries.rehearsal import Rehearsal, rehearse
from engine.store import case_migrations, definitions
from engine.text import Text

ENGLISH = "en"


@click.group()
def migrate() -> None:
    """Move running cases and reports to the newest version: propose a plan, check it, apply it, see how far it is."""


@migrate.command()
@click.option("--from", "old", type=int, help="The bundle that the cases run under; needed where there are several.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the plan here, not to the screen.")
def propose(old: int | None, out: Path | None) -> None:
    """Compare an older version with the newest, and write the plan that follows."""
    with closing(open_masar()) as masar:
        old = _only_old(masar) if old is None else old
        try:
            plan, new = proposed_plan(masar, old)
        except MasarError as problem:
            raise click.ClickException(problem.text.in_(ENGLISH)) from problem
        with masar.db.read() as conn:
            before, after = masar.library.of(conn, old), masar.library.of(conn, new)
            changed = [told(one) for one in changed_between(conn, old, new)]
        written = write_plan(plan, before, after, changed)
    if out is not None:
        out.write_text(written, encoding="utf-8")
        click.echo(f"{out}: {len(plan.undecided())} to be said by a person.")
    else:
        click.echo(written, nl=False)


@migrate.command()
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(plan: Path) -> None:
    """Say what is wrong with a plan, and how many cases would move or stay, and why. Nothing is written."""
    with closing(open_masar()) as masar:
        migration = _migration(masar, plan)
        findings = judge(migration.old.bpmn, migration.new.bpmn, migration.plan)
        _tell_findings(findings)
        if any(one.severity == "error" for one in findings):
            raise click.ClickException("the plan cannot be followed.")
        found = rehearse(masar, migration, tell=lambda sofar: click.echo(
            f"\r{sofar.looked} of {sofar.total}", nl=False, err=True))
        click.echo(err=True)
        _tell_rehearsal(found)


@migrate.command()
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", required=True, help="Why the cases are moved.")
@click.option("--wait/--no-wait", default=True, help="Move them here and now, or leave it to the workers.")
def apply(plan: Path, note: str, wait: bool) -> None:
    """Move the cases. Stopped in the middle, it goes on with the next worker, or with the same command."""
    with closing(open_masar()) as masar:
        migration = _migration(masar, plan)
        findings = judge(migration.old.bpmn, migration.new.bpmn, migration.plan)
        if any(one.severity == "error" for one in findings):
            _tell_findings(findings)
            raise click.ClickException("the plan cannot be followed.")
        number = begun_by_the_server(masar, migration, note)
        while wait and _runs(masar, number):
            if not work_on_migrations(masar).cases:
                break  # a worker is at it
            _tell_progress(masar, number)
        click.echo(err=True)
        _tell_standing(masar, number)


@migrate.command()
@click.argument("number", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per migration.")
def status(number: int | None, as_json: bool) -> None:
    """How far migrations are; of one, which cases stayed and why."""
    with closing(open_masar()) as masar:
        with masar.db.read() as conn:
            one = case_migrations.get(conn, number) if number is not None else None
            rows: Iterable[Any] = case_migrations.newest(conn) if number is None else [one] if one is not None else []
            counts = case_migrations.running(conn)
        if number is not None and one is None:
            raise click.ClickException(f"There is no migration {number}.")
        for row in rows:
            _tell_row(row, as_json)
        if number is not None:
            _tell_stays(masar, number, as_json)
        elif not as_json:
            for bundle_id, count in sorted(counts.items()):
                click.echo(f"bundle {bundle_id}: {count} cases and reports run under it")


@migrate.command()
@click.argument("number", type=int)
def pause(number: int) -> None:
    """Stop a migration behind the case that is being moved."""
    _turned(number, "paused")


@migrate.command()
@click.argument("number", type=int)
def resume(number: int) -> None:
    """Let a paused one go on, or one that is done try those again that stayed."""
    _turned(number, "running")


def _turned(number: int, to: str) -> None:
    with closing(open_masar()) as masar:
        try:
            turn_from_the_server(masar, number, to)
        except MasarError as problem:
            raise click.ClickException(problem.text.in_(ENGLISH)) from problem
        _tell_standing(masar, number)


def _only_old(masar: Masar) -> int:
    with masar.db.read() as conn:
        counts, newest = case_migrations.running(conn), definitions.newest_bundle_id(conn)
    old = {id_: count for id_, count in counts.items() if id_ != newest}
    if len(old) == 1:
        return next(iter(old))
    told_of = ", ".join(f"{id_} ({count})" for id_, count in sorted(old.items()))
    raise click.ClickException(
        f"Say --from: cases run under the bundles {told_of}." if old else "All cases run under the newest version.")


def _migration(masar: Masar, file: Path) -> Migration:
    try:
        found = read_plan(file.read_bytes())
    except MasarError as problem:
        raise click.ClickException(f"{file}: {problem.text.in_(ENGLISH)}") from problem
    with masar.db.read() as conn:
        ids = [definitions.bundle_named(conn, sha256) for sha256 in (found.old, found.new)]
        if ids[0] is None or ids[1] is None:
            raise click.ClickException(f"{file}: it is made for versions that are not stored here.")
        if ids[1] != definitions.newest_bundle_id(conn):
            raise click.ClickException(f"{file}: a newer version was published since; propose it anew.")
        return Migration(0, found.plan, masar.library.of(conn, ids[0]), masar.library.of(conn, ids[1]))


def _runs(masar: Masar, number: int) -> bool:
    with masar.db.read() as conn:
        row: Any = case_migrations.get(conn, number)
    return row is not None and row.state == "running"


def _tell_findings(findings: Iterable[Finding]) -> None:
    for one in findings:
        click.echo(f"{one.file}: {one.element}\n  {one.severity} [{one.rule}] {one.message.in_(ENGLISH)}")
        click.echo(f"  {one.message.ar}\n  mend: {one.mend.in_(ENGLISH)}")


def _tell_rehearsal(found: Rehearsal) -> None:
    click.echo(f"{found.moves} of {found.looked} would move, {found.stays} would stay.")
    _tell_reasons(found.reasons)


def _tell_reasons(reasons: Counter[Reason]) -> None:
    for reason, count in reasons.most_common():
        text: Text = reason.text
        click.echo(f"  {count}: {reason.process}: {text.in_(ENGLISH)} ({text.ar})")


def _tell_progress(masar: Masar, number: int) -> None:
    with masar.db.read() as conn:
        row: Any = case_migrations.get(conn, number)
    click.echo(f"\r{row.moved + row.stayed} of {row.total}, {row.stayed} stay", nl=False, err=True)


def _tell_standing(masar: Masar, number: int) -> None:
    with masar.db.read() as conn:
        row = case_migrations.get(conn, number)
    _tell_row(row, as_json=False)


def _tell_row(row: Any, as_json: bool) -> None:
    told_of = {
        "migration": row.id, "state": row.state, "from": row.old_bundle_id, "to": row.new_bundle_id,
        "total": row.total, "moved": row.moved, "stayed": row.stayed, "plan_sha256": row.plan_sha256,
    }
    click.echo(json.dumps(told_of) if as_json else (
        f"migration {row.id}: {row.state}, bundle {row.old_bundle_id} to {row.new_bundle_id}: "
        f"{row.moved} of {row.total} moved, {row.stayed} stay"))


def _tell_stays(masar: Masar, number: int, as_json: bool) -> None:
    with masar.db.read() as conn:
        rows: Iterable[Any] = case_migrations.stays_of(conn, number)
    for row in rows:
        reasons = [Reason(*one) for one in json.loads(row.reasons)]
        texts = [one.text.in_(ENGLISH) for one in reasons]
        click.echo(json.dumps({"case": row.number, "reasons": texts}) if as_json else
                   f"  {row.number}: {'; '.join(texts)}")
