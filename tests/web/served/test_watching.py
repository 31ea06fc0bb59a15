"""Those who watch over an installation: health, figures and logs, none of which knows anybody."""

import io
import json
import logging
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlalchemy import insert

from engine.clock import StoppedClock
from engine.errors import Unavailable
from engine.logs import JsonLines, log_to
from engine.masar import Masar
from engine.queries.figures import figures
from engine.settings import Settings, WrongSetting, load_settings
from engine.store import worker_passes
from engine.store.database import Database
from engine.store.incidents import incident
from engine.store.schema import downgrade
from engine.text import Text
from tests.web.served.conftest import Browser
from tests.web.served.visitors import SAID
from tests.web.served.world import build
from web.app import create_app
from web.pages import public
from web.server_log import ServerLines
from web.tally import Tally, use_slot

TOKEN = "a token that only the monitor knows"
SENT = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(shipped: Masar) -> Masar:
    """An installation with content, and a monitor that knows a token."""
    return replace(shipped, settings=replace(shipped.settings, metrics_token=TOKEN))


def scraped(masar: Masar) -> dict[str, float]:
    """What a monitor reads now, by name and labels; fails on a line that is not of the format."""
    text = create_app(masar).test_client().get("/metrics", headers=SENT).text
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    assert all(re.fullmatch(r'masar_\w+(\{(\w+="[^"\\]*",?)+\})? [0-9.e+-]+', line) for line in lines), text
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"},
                                  {"Authorization": TOKEN}])  # fmt: skip
def test_figures_are_not_there_for_who_does_not_know_the_token(watched: Masar, sent: dict[str, str]) -> None:
    assert create_app(watched).test_client().get("/metrics", headers=sent).status_code == 404


def test_without_a_token_nobody_reads_figures(shipped: Masar) -> None:
    client = create_app(shipped).test_client()
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    with pytest.raises(WrongSetting, match="METRICS_TOKEN"):
        load_settings({"METRICS_TOKEN": "short"})


def test_figures_tell_what_waits_what_failed_and_who_works(watched: Masar, clock: StoppedClock) -> None:
    before = scraped(watched)
    build(watched, clock)
    clock.advance(timedelta(minutes=1))
    watched.db.run(lambda conn: worker_passes.note(conn, 7, clock()))
    clock.advance(timedelta(seconds=30))
    now = scraped(watched)
    assert (before["masar_database_up"], before["masar_work_items_open"]) == (1, 0)
    assert now["masar_work_items_open"] > 3
    assert now["masar_incidents_open"] >= 1
    assert (now["masar_workers"], now["masar_worker_last_pass_seconds"]) == (1, 30)
    assert sum(name.startswith("masar_info{") for name in now) == 1


def test_figures_cost_six_statements_and_every_few_seconds_only(watched: Masar, clock: StoppedClock) -> None:
    client = create_app(watched).test_client()
    with watched.db.counted() as sent:
        for _ in range(5):
            client.get("/metrics", headers=SENT)
    # the first of them asks whether there are tables at all
    assert len([text for text in sent.statements if "PRAGMA" not in text]) <= 7
    clock.advance(timedelta(seconds=16))
    with watched.db.counted() as again:
        client.get("/metrics", headers=SENT)
    assert again.statements


def test_figures_work_on_both_databases_and_look_at_a_bounded_number_of_rows(
    settings: Settings, db: Database, shipped: Masar, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    masar = replace(shipped, settings=settings, db=db)
    rows = [{"id": n, "case_id": n, "process": "p", "element": "e", "text": b"", "opened_at": clock(), "fingerprint": 0}
            for n in range(30)]  # fmt: skip
    db.run(lambda conn: conn.execute(insert(incident), rows))
    assert figures(masar).incidents == 30
    monkeypatch.setattr("engine.queries.figures.MOST_COUNTED", 10)
    assert figures(masar).incidents == 10


def test_a_lost_database_is_a_figure_and_not_a_failure(watched: Masar, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: Masar) -> None:
        raise Unavailable(Text("لا تجيب", "the database does not answer"))

    monkeypatch.setattr("web.metrics.figures", lost)
    assert scraped(watched)["masar_database_up"] == 0


def test_requests_are_counted_by_page_and_never_by_address(watched: Masar) -> None:
    client = create_app(watched).test_client()
    client.get("/sign-in?q=secret-word")
    client.get("/nowhere-secret-word")
    text = client.get("/metrics", headers=SENT).text
    assert 'masar_requests_total{page="sign_in.form",status="200"}' in text
    assert 'masar_requests_total{page="none",status="404"}' in text
    assert "secret-word" not in text and "127.0.0.1" not in text
    assert 'masar_request_seconds_bucket{page="sign_in.form",le="+Inf"}' in text


def test_counts_of_several_processes_are_added_up() -> None:
    tally = Tally(["a", "b"])
    before = {page: by_status for page, by_status, _, _ in tally.pages()}
    children = []
    for number in (11, 12):
        child = os.fork()
        if not child:
            use_slot(number)
            tally.add("a", 200, 0.03)
            tally.add("a", 418, 20.0)
            os._exit(0)
        children.append(child)
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    after = {page: by_status for page, by_status, _, _ in tally.pages()}
    grown = {status: count - before.get("a", {}).get(status, 0) for status, count in after["a"].items()}
    assert (grown[200], grown[0]) == (2, 2)


def test_alive_ready_and_healthy_are_three_questions(masar: Masar, shipped: Masar) -> None:
    client = create_app(shipped).test_client()
    assert [client.get(page).status_code for page in ("/live", "/ready", "/health")] == [200, 200, 200]
    downgrade(shipped.db, "0004")
    assert [client.get(page).status_code for page in ("/live", "/ready", "/health")] == [200, 503, 200]


# Logs


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as it would be written."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()
    log_to(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_no_word_of_a_report_and_no_address_reaches_a_log(
    shipped: Masar, log: io.StringIO, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = {**SAID, "concern_description": "كلمة-سرية-جداً very-secret-word"}
    client = create_app(shipped).test_client()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    assert client.post("/report", data=secret).status_code == 201
    wrong = {**secret, "danger_signs": "very-secret-word"}
    assert client.post("/report?very-secret-word=1", data=wrong).status_code == 422
    browser.sign_in("very-secret-word", "very-secret-word")

    def breaks(*_: object) -> NoReturn:
        raise ValueError("very-secret-word كلمة-سرية-جداً")

    monkeypatch.setattr(public, "REPORT", replace(public.REPORT, send=breaks))
    assert client.post("/report", data=secret).status_code == 500
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {line["status"] for line in lines if line["event"] == "request"} >= {201, 422, 500}
    assert any(line["event"] == "failure" and line["error"] == "ValueError" for line in lines)
    for word in ("secret", "سرية", "203.0.113"):
        assert word not in log.getvalue()


def test_lines_about_one_request_share_its_number(
    shipped: Masar, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "REPORT", replace(public.REPORT, send=None))  # type: ignore[arg-type]  # it fails
    client = create_app(shipped).test_client()
    client.post("/report", data=SAID)
    client.get("/sign-in")
    numbers = [json.loads(line)["request"] for line in log.getvalue().splitlines()]
    assert len(numbers) == 3 and len(set(numbers)) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)


@pytest.mark.parametrize(("message", "arguments", "kept"), [
    ("Invalid request from ip=203.0.113.77: Invalid HTTP Header: 'secret'", (), "bad_request"),
    ("Error handling request %s %s", ("GET", "/track?code=secret"), "bad_request"),
    ("Worker (pid:%s) was sent SIGKILL!", (12,), "server"),
])  # fmt: skip
def test_the_web_server_writes_no_address_and_no_line_of_a_request(
    message: str, arguments: tuple[object, ...], kept: str
) -> None:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 1, message, arguments, None)
    written = ServerLines().format(record)
    assert json.loads(written)["event"] == kept
    assert "203.0.113.77" not in written and "secret" not in written


def test_a_message_of_several_lines_is_one_line() -> None:
    record = logging.LogRecord("other", logging.WARNING, "", 1, "one\ntwo \u2028 %s", ("three",), None)
    assert JsonLines().format(record).count("\n") == 0


# Proxies

@pytest.mark.parametrize(("count", "peer", "believed"), [
    (0, "127.0.0.1", False), (1, "127.0.0.1", True), (1, "10.0.0.5", True), (1, "::ffff:10.0.0.5", True),
    (1, "203.0.113.9", False), (1, "", False),
])  # fmt: skip
def test_forwarded_headers_are_believed_of_known_proxies_only(
    masar: Masar, count: int, peer: str, believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(masar.settings, trusted_proxies=count, proxies="127.0.0.1, 10.0.0.0/24")
    seen: list[str] = []

    def sign_in(_masar: Masar, _login: str, _password: str, address: str) -> str:
        seen.append(address)
        return "token"

    monkeypatch.setattr("web.pages.sign_in.sign_in", sign_in)
    client = create_app(replace(masar, settings=settings)).test_client()
    client.environ_base["REMOTE_ADDR"] = peer
    told = {"X-Forwarded-For": "198.51.100.1, 198.51.100.2", "X-Forwarded-Proto": "https", "Forwarded": "for=1.2.3.4"}
    browser = Browser(client)
    page = browser.get("/sign-in", headers=told)
    assert ("Strict-Transport-Security" in page.headers) is believed
    assert ("Secure" in page.headers["Set-Cookie"]) is believed
    if not believed:
        browser.post("/sign-in", {"login": "x", "password": "y"}, headers=told)
        assert seen == [peer]


def test_a_wrong_network_is_named() -> None:
    with pytest.raises(WrongSetting, match="PROXIES"):
        load_settings({"PROXIES": "everybody"})
