"""Races of two completions of one work item: `./run races [how many] [sqlite|postgresql|both]`, 500 on both by default.

In most races two people send the visit at the same moment: one is thanked, the other gets a 409 that names the winner
and the minute. In every fourth the same person's submit arrives twice at the same moment: both are thanked, and it
counts once.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Barrier

from flask import Flask
from sqlalchemy import Connection, func, insert, select
from werkzeug.test import TestResponse

from bench.world import MANAGER, SECRET, UNIT, new_world, open_item, open_session, open_visits, visit_answers
from engine.clock import StoppedClock
from engine.masar import Masar
from engine.replay import verify_case
from engine.settings import Settings, load_settings
from engine.store.accounts import account, membership
from engine.store.events import event
from engine.store.units import unit
from tests import postgres
from web.app import create_app

COLLEAGUE = "karim"
EVERY_SAME = 4
Says = Callable[[str], None]


@dataclass
class Track:
    """Where races are run: one case that visits in a loop, and two people who may do the visit."""

    masar: Masar
    app: Flask
    case: int
    tokens: dict[str, str]
    names: dict[str, str]

    def send(self, login: str, item: int, token: str, gate: Barrier | None = None) -> TestResponse:
        """Completes a visit over HTTP, at the moment when everybody stands at the gate."""
        client = self.app.test_client()
        client.set_cookie("masar_session", self.tokens[login])
        if gate:
            gate.wait(timeout=30)
        return client.post(f"/work/{item}", data={"_csrf": SECRET, "_token": token, **visit_answers()})

    def visit(self, token: str) -> None:
        """Completes the visit that is open."""
        assert self.send(MANAGER, self.open_item(), token).status_code == 303

    def get(self, login: str, address: str) -> TestResponse:
        """Opens a page."""
        client = self.app.test_client()
        client.set_cookie("masar_session", self.tokens[login])
        return client.get(address)

    def open_item(self) -> int:
        """The work item that is open."""
        return open_item(self.masar, self.case)

    def completed(self) -> int:
        """How many visits the history holds."""
        query = select(func.count()).where(event.c.case_id == self.case, event.c.kind == "work_completed")
        with self.masar.db.read() as conn:
            return int(conn.scalar(query) or 0)


@contextmanager
def track(settings: Settings) -> Iterator[Track]:
    """Builds one on an empty installation."""
    clock = StoppedClock()
    with closing(new_world(settings, clock)) as masar:
        def join(conn: Connection) -> None:
            place = select(unit.c.id).where(unit.c.code == UNIT).scalar_subquery()
            who = select(account.c.id).where(account.c.login == COLLEAGUE).scalar_subquery()
            conn.execute(insert(membership).values(account_id=who, unit_id=place, role="case_manager"))

        masar.db.run(join)
        with masar.db.read() as conn:
            names = dict(conn.execute(select(account.c.login, account.c.name_ar)).all())
        tokens = {login: open_session(masar, login) for login in (MANAGER, COLLEAGUE)}
        yield Track(masar, create_app(masar), open_visits(masar, "races", manager=None), tokens, names)


def run_races(on: Track, count: int) -> list[str]:
    """Runs so many races; returns what went wrong, as plain sentences."""
    problems = []
    with ThreadPoolExecutor(2) as pool:
        for number in range(count):
            same = number % EVERY_SAME == 0
            runners = (MANAGER, MANAGER) if same else (MANAGER, COLLEAGUE)
            item, gate = open_item(on.masar, on.case), Barrier(2)
            tokens = [f"race {number}" if same else f"race {number} of {login} {n}" for n, login in enumerate(runners)]
            runs = [pool.submit(on.send, login, item, token, gate)
                    for login, token in zip(runners, tokens, strict=True)]
            answers = dict(enumerate(run.result() for run in runs))
            wrong = _both_thanked(answers) if same else _one_won(on, runners, answers)
            problems += [f"race {number}: {what}" for what in wrong]
            if on.completed() != number + 1:
                problems.append(f"race {number}: {on.completed()} visits in the history instead of {number + 1}")
                break
    return problems + list(verify_case(on.masar, on.case).problems)


def _both_thanked(answers: dict[int, TestResponse]) -> list[str]:
    statuses = [answer.status_code for answer in answers.values()]
    return [] if statuses == [303, 303] else [f"the same submit twice was answered {statuses}"]


def _one_won(on: Track, runners: tuple[str, str], answers: dict[int, TestResponse]) -> list[str]:
    statuses = sorted(answer.status_code for answer in answers.values())
    if statuses != [303, 409]:
        return [f"two people were answered {statuses}"]
    loser = next(number for number, answer in answers.items() if answer.status_code == 409)
    winner, page = on.names[runners[1 - loser]], answers[loser].text
    wrong = [] if winner in page else [f"the 409 does not name {winner}"]
    when = on.masar.clock().strftime("%Y-%m-%dT%H:%M")
    if not re.search(rf'<time[^>]+datetime="{when}', page):
        wrong.append("the 409 does not say when")
    return wrong


def main(count: int = 500, database: str = "both") -> int:
    """Runs the campaign; returns the number of things that went wrong."""
    failed = 0
    for name in ("sqlite", "postgresql") if database == "both" else (database,):
        with tempfile.TemporaryDirectory() as folder:
            settings = load_settings({"MASAR_HOME": str(Path(folder) / "var")})
            url = postgres.empty_database() if name == "postgresql" else settings.database_url
            with track(replace(settings, database_url=url)) as on:
                problems = run_races(on, count)
            if name == "postgresql":
                postgres.drop_database(url)
        print("\n".join([*problems, f"{name}: {count} races, {len(problems)} problems"]))
        failed += len(problems)
    return failed


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(1 if main(int(arguments[0]) if arguments else 500, *arguments[1:2]) else 0)
