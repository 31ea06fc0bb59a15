"""Kills random processes while people work: `./run chaos [--kills N] [--database sqlite|postgresql|both] [--seed N]`.

Eight clients complete visits over HTTP, a worker fires timers on the same cases, and at random moments a web worker,
the worker or PostgreSQL is killed (SIGKILL) and comes back. Every client keeps a ledger of what it was told. In the
end the histories are compared with it: what was acknowledged stands exactly once, what was refused does not stand,
what was never answered stands at most once; and every case verifies: chain, replay, state and lists.
"""

import argparse
import http.client
import random
import sys
import time
import urllib.parse
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock, Thread

from bench.world import MANAGER, SECRET, new_world, open_item, open_session, open_visits, visit_answers
from engine.errors import Unavailable
from engine.history import document_of
from engine.masar import Masar, open_masar
from engine.replay import verify_case
from engine.store import events
from tests.campaigns.stage import Stage, stage, wait_for

CLIENTS, CASES = 8, 6
WORK_BETWEEN = 8  # acknowledgements before a kill, so that each meets people at work
RINGS_EVERY = timedelta(seconds=1)


@dataclass
class Ledger:
    """What clients were told, by the mark in the answers they sent."""

    thanked: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    answers: Counter[int] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def note(self, mark: str, status: int) -> None:
        """One answer: 303 thanks, 409 or 404 refuses, 0 is a broken line."""
        with self.lock:
            self.answers[status] += 1
            if status == 303:
                self.thanked[mark] += 1
                self.unanswered.discard(mark)
            elif status in (404, 409):
                self.refused.add(mark)
                self.unanswered.discard(mark)
            else:
                self.unanswered.add(mark)


@dataclass
class Client:
    """Somebody who completes visits until told to stop, and sends again what was not answered."""

    number: int
    stage: Stage
    masar: Masar
    cases: list[int]
    token: str
    ledger: Ledger
    chance: random.Random

    def work_until(self, stop: Event) -> None:
        """Visits, one after the other."""
        count = 0
        while not stop.is_set():
            count += 1
            mark = f"mark {self.number}-{count};"
            try:
                item = open_item(self.masar, self.chance.choice(self.cases))
            except Unavailable:
                time.sleep(0.05)
                continue
            again = self.chance.random() < 0.9  # some people give up when nobody answers
            while self._send(item, mark) and again and not stop.is_set():
                time.sleep(self.chance.uniform(0.05, 0.2))

    def _send(self, item: int, mark: str) -> bool:
        """Sends a visit; true where it was not answered for good."""
        fields = {"_csrf": SECRET, "_token": mark, **visit_answers({"actions_agreed": mark})}
        headers = {"Cookie": f"masar_session={self.token}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.stage.settings.port, timeout=30)
            with closing(line):
                line.request("POST", f"/work/{item}", urllib.parse.urlencode(fields), headers)
                status = line.getresponse().status
        except (OSError, http.client.HTTPException):
            status = 0
        self.ledger.note(mark, status)
        return status not in (303, 404, 409)


@dataclass
class Report:
    """How a campaign went on one database."""

    database: str
    kills: Counter[str]
    ledger: Ledger
    visits: int
    rings: int
    slowest: Mapping[str, float]
    problems: list[str]

    def told(self) -> str:
        """One paragraph."""
        counts = sorted(self.ledger.answers.items())
        answers = ", ".join(f"{count} × {status or 'no answer'}" for status, count in counts)
        thanked = len(self.ledger.thanked)
        slow = ", ".join(f"{kind} {seconds:.1f} s" for kind, seconds in sorted(self.slowest.items()))
        return "\n".join([
            f"{self.database}: {sum(self.kills.values())} kills ({dict(self.kills)}); answers: {answers}",
            f"  {thanked} visits acknowledged, {self.visits} in the histories, {self.rings} timers fired",
            f"  slowest return to a page after a process was back: {slow}",
            *(f"  PROBLEM {problem}" for problem in self.problems),
            f"  {len(self.problems)} problems",
        ])


def campaign(database: str, kills: int, seed: int, between: int = WORK_BETWEEN) -> Report:
    """Runs one campaign on one database, with so many acknowledgements before each kill."""
    chance = random.Random(seed)
    with stage(database) as on:
        with closing(new_world(on.settings)) as masar:
            cases = [open_visits(masar, f"case {number}", RINGS_EVERY) for number in range(CASES)]
            tokens = [open_session(masar, MANAGER) for _ in range(CLIENTS)]
        on.start()
        with closing(open_masar(on.settings)) as masar:
            ledger, killed, slowest = Ledger(), Counter[str](), dict[str, float]()
            clients = [
                Client(number, on, masar, cases, token, ledger, random.Random(seed * 100 + number))
                for number, token in enumerate(tokens)
            ]
            _shake(on, clients, kills, between, chance, killed, slowest)
            problems, visits, rings = compare(masar, cases, ledger)
    return Report(database, killed, ledger, visits, rings, slowest, problems)


def _shake(
    on: Stage, clients: list[Client], kills: int, between: int, chance: random.Random,
    killed: Counter[str], slowest: dict[str, float],
) -> None:
    """Lets everybody work and kills meanwhile."""
    stop = Event()
    threads = [Thread(target=client.work_until, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        for number in range(kills):
            _work(clients[0].ledger, between)
            time.sleep(chance.uniform(0, 0.3))
            kind = on.kinds()[number % len(on.kinds())] if number < 3 else chance.choice(on.kinds())
            slowest[kind] = max(slowest.get(kind, 0.0), on.kill(kind, chance))
            killed[kind] += 1
        _work(clients[0].ledger, between)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        on.stop()


def _work(ledger: Ledger, count: int) -> None:
    before = len(ledger.thanked)
    wait_for(lambda: len(ledger.thanked) >= before + count, "people at work")


def compare(masar: Masar, cases: list[int], ledger: Ledger) -> tuple[list[str], int, int]:
    """What the histories hold against what people were told: problems, visits, timers fired."""
    problems: list[str] = []
    found: Counter[str] = Counter()
    rings = 0
    for case_id in cases:
        problems += verify_case(masar, case_id).problems
        open_item(masar, case_id)
        with masar.db.read() as conn:
            history = events.read(conn, masar.vault, case_id)
        rings += sum(event.kind == "timer_fired" for event in history)
        for event in history:
            if event.kind == "work_completed":
                found[str(document_of(event.payload)["command"]["answers"]["actions_agreed"])] += 1
    problems += [f"{mark} was acknowledged, and is lost" for mark in ledger.thanked if not found[mark]]
    problems += [f"{mark} stands {count} times" for mark, count in found.items() if count > 1]
    problems += [f"{mark} was refused, and stands" for mark in ledger.refused if found[mark]]
    known = ledger.thanked.keys() | ledger.refused | ledger.unanswered
    problems += [f"{mark} was never sent" for mark in found if mark not in known]
    return problems, sum(found.values()), rings


def main() -> int:
    """Runs the campaign; the exit code tells whether anything was found."""
    parser = argparse.ArgumentParser(prog="./run chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    said = parser.parse_args()
    print(f"seed {said.seed}")
    failed = 0
    for database in ("sqlite", "postgresql") if said.database == "both" else (said.database,):
        report = campaign(database, said.kills, said.seed)
        print(report.told())
        failed += len(report.problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
