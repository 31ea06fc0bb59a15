"""Hostile files by HTTP: findings or a clear 4xx, nothing stored; and meanwhile another person's pages stay fast."""

import io
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.store.definitions import definition
from tests.engine.hostile import BY_FILE
from tests.web.served.api import token_for
from tests.web.served.world import SECRET, World, build, token_of

STUDIO = {".bpmn": "process/case", ".form": "form/note", ".yaml": "list/common", ".dmn": "decision/d1"}
SAMPLE = (
    "billion_laughs.bpmn", "external_entity.bpmn", "five_thousand_levels.bpmn", "gzip_of_zeros.bpmn", "utf_7.bpmn",
    "markup_in_names.bpmn", "python_as_condition.bpmn", "calls_itself.bpmn", "prototype_keys.form",
    "deep_json.form", "alias_bomb.yaml",
)  # fmt: skip
WORST = (
    "many_states.bpmn",
    "every_gateway_to_every_other.bpmn",
    "twenty_thousand_nodes.bpmn",
    "two_thousand_nodes.bpmn",
)
SECONDS = 12.0
"""How long the uploads go on."""


@pytest.fixture
def world(masar: Masar) -> World:
    """The world, at this very moment, since a server of its own looks at the clock of the machine."""
    return build(masar, StoppedClock(datetime.now(UTC)))


def stored(world: World) -> int:
    """How many versions of definitions there are."""
    with world.masar.db.read() as conn:
        return int(conn.scalar(select(func.count()).select_from(definition)) or 0)


@pytest.mark.parametrize("file", SAMPLE)
def test_a_hostile_file_ends_in_findings_or_a_clear_refusal(world: World, file: str) -> None:
    before, case = stored(world), BY_FILE[file]
    place = STUDIO[Path(file).suffix]
    client = world.app.test_client()
    client.set_cookie("masar_session", token_of("analyst"))
    found = client.post(f"/studio/{place}/findings", data=case.data, headers={"X-CSRF": SECRET})
    assert found.status_code in (200, 404, 413, 422), found.text  # this world has no list to overwrite
    if found.status_code == 200:
        assert "error" in [one["severity"] for one in found.get_json()["findings"]]
    sent = {"note": "why", "files": (io.BytesIO(case.data), f"{Path(place).name}{Path(file).suffix}")}
    bearer = {"Authorization": f"Bearer {token_for(world.masar, 'analyst')}"}
    published = world.app.test_client().post("/api/v1/definitions", data=sent, headers=bearer)
    assert published.status_code in (413, 422), published.text
    assert published.mimetype == "application/problem+json"
    for answer in (found, published):
        assert not any(word in answer.text for word in ("Traceback", "lxml", "engine/", "root:", "site-packages"))
    assert stored(world) == before


@contextmanager
def serving(home: Path) -> Iterator[int]:
    """`masar serve` as it is served, with the processes and threads of its settings."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    settings = {**os.environ, "MASAR_HOME": str(home), "PORT": str(port), "HOST": "127.0.0.1", "DATABASE_URL": ""}
    server = subprocess.Popen(
        [sys.executable, "-m", "engine.cli.main", "serve"], env=settings, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with suppress(OSError):
                if ask(port, "GET", "/sign-in")[0] == 200:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def ask(port: int, method: str, address: str, who: str = "", body: bytes | None = None) -> tuple[int, float]:
    """One request: its status (413 where the server did not take the whole of it), and the seconds that it took."""
    head = {"Cookie": f"masar_session={token_of(who)}", "X-CSRF": SECRET, "Content-Type": "application/xml"}
    began = time.monotonic()
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        try:
            connection.request(method, address, body, head)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (BrokenPipeError, ConnectionResetError):
            if body is None:
                raise
            status = 413
    return status, time.monotonic() - began


def test_another_persons_worklist_is_fast_while_the_worst_files_are_checked(world: World) -> None:
    world.masar.db.close()
    with serving(world.home) as port:
        quiet = sorted(ask(port, "GET", "/work", "manager")[1] for _ in range(10))
        until, statuses = time.monotonic() + SECONDS, list[int]()

        def upload(number: int) -> None:
            while time.monotonic() < until:
                body = BY_FILE[WORST[number]].data
                statuses.append(ask(port, "POST", "/studio/process/case/findings", "analyst", body)[0])

        uploads = [threading.Thread(target=upload, args=(number,)) for number in range(len(WORST))]
        for one in uploads:
            one.start()
        times = []
        while time.monotonic() < until:
            status, seconds = ask(port, "GET", "/work", "manager")
            assert status == 200
            times.append(seconds)
            time.sleep(0.05)
        for one in uploads:
            one.join()
    times.sort()
    told = f"quiet {quiet[5]:.2f} s; median {times[len(times) // 2]:.2f} s, slowest {times[-1]:.2f} s of {len(times)}"
    print(told, sorted(set(statuses)), len(statuses))
    assert statuses and set(statuses) <= {200, 413, 422}
    assert times[len(times) * 9 // 10] < max(1.0, 10 * quiet[5]), told
