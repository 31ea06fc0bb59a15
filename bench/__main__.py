"""`./run bench`: measures what the issue and the design promise, prints it and appends it to bench/RESULTS.md.

CPU is that of our process alone (the database server's is not counted), medians, on whatever else the machine does;
trust the ratios, which come from pairs measured in turns, more than the milliseconds.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import psycopg

from bench import completion, feel, lists, move, pages
from bench.serving import MASAR, served
from bench.world import MANAGER, SUPERVISOR, new_world, open_item, open_session, open_visits, visit_answers
from engine.cli.scale_up import postgres_in
from engine.commands.work import complete_work
from engine.masar import Masar, open_masar
from engine.queries.accounts import actor_named
from engine.replay import verify_case
from engine.settings import load_settings

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "RESULTS.md"
EVENTS = 1_000


@dataclass
class Line:
    """One figure of the table."""

    name: str
    found: str
    bound: str = ""
    holds: bool = True


def main() -> int:
    """Measures, prints, appends; exit code 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer rounds and rows; the figures are rougher.")
    parser.add_argument("--no-write", action="store_true", help="Do not append to bench/RESULTS.md.")
    said = parser.parse_args()
    warnings.simplefilter("ignore")
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="masar-bench-") as folder:
        for measured in _all(Path(folder), said.quick):
            lines += measured
            print("\n".join(_row(line) for line in measured), flush=True)
    if not said.no_write:
        _append(lines, said.quick)
    return 0 if all(line.holds for line in lines) else 1


def _all(folder: Path, quick: bool) -> Iterator[list[Line]]:
    sqlite = folder / "sqlite"
    sqlite.mkdir()
    url = f"sqlite:///{sqlite / 'masar.db'}"
    yield _completion("SQLite", sqlite, url, f"sqlite:///{sqlite / 'floor.db'}", quick)
    yield _standing("SQLite", sqlite, url, quick)
    yield _pages(sqlite, url)
    with _postgres(folder) as (postgres, floor):
        home = folder / "postgres-home"
        home.mkdir()
        yield _completion("PostgreSQL", home, postgres, floor, quick)
        yield _standing("PostgreSQL", home, postgres, quick)
    yield _core(quick)


@contextmanager
def _postgres(folder: Path) -> Iterator[tuple[str, str]]:
    folder.chmod(0o755)  # the server may run as another account
    (folder / "postgres").mkdir()
    with postgres_in(folder / "postgres") as url:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as conn:
            for name in ("floor", "few", "many"):
                conn.execute(f"CREATE DATABASE {name}")
        yield url, _beside(url, "floor")


def _completion(name: str, home: Path, url: str, floor_url: str, quick: bool) -> list[Line]:
    pairs, visits = (60, 200) if quick else (300, 2_000)
    found = completion.measure(home, url, floor_url, pairs, visits)
    with closing(open_masar(load_settings({"MASAR_HOME": str(home), "DATABASE_URL": url}))) as masar:
        statements, commits = _statements(masar)
    growth = found.late / found.early
    told = f"{found.masar:.1f} ms : {found.floor:.1f} ms = {found.ratio:.2f}"
    return [
        Line(f"{name}: one completed work item over HTTP, CPU beside the floor's", told, "≤ 2.2", found.ratio <= 2.2),
        Line(f"{name}: its SQL statements, commits", f"{statements}, {commits}", "≤ 12, 1",
             statements <= 12 and commits == 1),
        Line(f"{name}: visit {found.visits} beside visit 1", f"{found.late:.1f} ms : {found.early:.1f} ms"
             f" = {growth:.2f}", "≤ 1.1", growth <= 1.1),
        Line(f"{name}: opening the page of a work item (GET), CPU", f"{found.opened:.1f} ms"),
        Line(f"{name}: stored state, three live tokens, four filled forms", f"{found.state_bytes} bytes", "≤ 8192",
             found.state_bytes <= 8192),
    ]


def _statements(masar: Masar) -> tuple[int, int]:
    """Statements and commits of one completion, the session's included."""
    with masar.db.read() as conn:
        mona = actor_named(conn, MANAGER)
    assert mona is not None
    case = open_visits(masar, "statements")
    raw = {name: [str(value)] for name, value in visit_answers().items() if name != "_do"}
    for token in ("warm", "counted"):
        item = open_item(masar, case)
        with masar.db.counted() as counted:
            complete_work(masar, mona, str(item), raw, token)
    return len(counted.statements) + 1, counted.commits  # the session is one statement more


def _standing(name: str, home: Path, url: str, quick: bool) -> list[Line]:
    small, large = (
        load_settings({"MASAR_HOME": str(home / name), "DATABASE_URL": _beside(url, name)}) for name in ("few", "many")
    )
    with closing(open_masar(load_settings({"MASAR_HOME": str(home), "DATABASE_URL": url}))) as masar:
        replayed = _replay(masar, 200 if quick else EVENTS)
    with closing(new_world(small)) as few, closing(new_world(large)) as many:
        flat = lists.measure(few, many, 100, 5_000 if quick else 100_000)
    many_few = f"{flat.many} open items beside {flat.few}"
    growth = flat.worklist_many / flat.worklist_few
    rest = flat.pass_many / flat.pass_few
    return [
        replayed(name),
        Line(f"{name}: worklist with {many_few}",
             f"{flat.worklist_many:.1f} ms : {flat.worklist_few:.1f} ms = {growth:.2f}", "0.9 to 1.1",
             0.9 <= growth <= 1.1),
        Line(f"{name}: statements of a worklist with its counts", str(flat.worklist_statements), "≤ 6",
             flat.worklist_statements <= 6),
        Line(f"{name}: worker's pass, nothing due, {flat.many} cases beside {flat.few}",
             f"{flat.pass_many:.2f} ms : {flat.pass_few:.2f} ms = {rest:.2f}, {flat.pass_statements} statement",
             "≤ 1.1", rest <= 1.1),
    ]


def _beside(url: str, name: str) -> str:
    """The URL of another database beside this one."""
    return url.replace("/masar.db", f"/{name}.db").replace("/masar?", f"/{name}?")


def _replay(masar: Masar, wanted: int) -> Callable[[str], Line]:
    with masar.db.read() as conn:
        mona = actor_named(conn, MANAGER)
    assert mona is not None
    case = open_visits(masar, "replay")
    raw = {name: [str(value)] for name, value in visit_answers().items() if name != "_do"}
    for number in range(wanted - 1):
        complete_work(masar, mona, str(open_item(masar, case)), raw, str(number))
    began = process_time()
    verdict = verify_case(masar, case)
    seconds = process_time() - began

    def line(name: str) -> Line:
        told = f"{seconds:.2f} s{', PROBLEMS' if verdict.problems else ''}"
        holds = seconds <= 2.0 and not verdict.problems
        return Line(f"{name}: replay of a case of {verdict.events} events, all verified", told, "≤ 2 s", holds)

    return line


def _pages(home: Path, url: str) -> list[Line]:
    environment = {"MASAR_HOME": str(home), "DATABASE_URL": url}
    seconds, cpu = pages.second_start(environment)
    with closing(open_masar(load_settings(environment))) as masar:
        token, case = open_session(masar, SUPERVISOR), open_visits(masar, "pages")
        item = open_item(masar, case, "second_opinion")
    cookie = f"masar_session={token}"
    named = {"sign-in": "/sign-in", "worklist": "/work", "work item": f"/work/{item}", "case": f"/cases/{case}"}
    with served(MASAR, environment, cookie) as ours:
        found = pages.weights(ours.port, cookie, named)
    return [
        Line("second start to the first page", f"{seconds:.2f} s ({cpu:.2f} s of CPU)", "≤ 2 s", seconds <= 2.0),
        *(
            Line(f"page {name}", f"HTML {html / 1024:.0f} KB ({packed / 1024:.0f} KB deflated), files on the line"
                 f" {files / 1024:.0f} KB") for name, (html, packed, files) in found.items()
        ),
    ]


def _core(quick: bool) -> list[Line]:
    found = feel.measured()
    gateway = next(iter(found.values()))
    rounds = 60 if quick else move.STOCK_LIMIT
    baseline = move.stock(rounds)
    played = move.monitoring(100 if quick else 1_000)
    return [
        Line("compiled gateway condition", f"{gateway:.1f} µs", "≤ 30 µs", gateway <= 30),
        *(Line(name, f"{micros:.1f} µs") for name, micros in list(found.items())[1:]),
        Line("one move of the engine, visit 1–5 and the last ten",
             f"{played.median(1, 5):.2f} ms, {played.median(played.visit - 10, played.visit):.2f} ms", "≤ 1.5 ms",
             played.median(played.visit - 10, played.visit) <= 1.5),
        *(Line(f"baseline, SpiffWorkflow alone: load, step, save, round {round}",
               "{:.2f} ms, {} bytes".format(*baseline(round))) for round in (5, rounds // 2, rounds)),
    ]


def _row(line: Line) -> str:
    mark = "" if not line.bound else "yes" if line.holds else "**no**"
    return f"| {line.name} | {line.found} | {line.bound} | {mark} |"


def _append(lines: list[Line], quick: bool) -> None:
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    head = RESULTS.read_text("utf-8") if RESULTS.exists() else f"# Figures\n\n{(__doc__ or '').strip()}\n"
    load = " ".join(f"{average:.1f}" for average in os.getloadavg())
    title = (
        f"\n## {when}, commit {commit.stdout.strip() or 'unknown'}{', quick' if quick else ''}\n\n"
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}.\n\n"
        "| figure | found | bound | holds |\n|---|---|---|---|\n"
    )
    RESULTS.write_text(head + title + "\n".join(_row(line) for line in lines) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
