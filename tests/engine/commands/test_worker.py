"""What the worker does: timers, deadlines, calls; at least once, never twice."""

import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from engine.commands.waiting import retry_incident
from engine.commands.work import claim_work, complete_work, release_work
from engine.masar import Masar
from engine.queries.cases import case_page, timeline_of
from engine.queries.worklist import counts_for, worklist_for
from engine.replay import verify_case
from engine.store import incidents
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House


def settle(masar: Masar) -> None:
    """Passes until nothing is due."""
    while run_pass(masar).anything:
        pass


def test_a_due_timer_moves_its_case_and_an_idle_pass_is_one_statement(house: House) -> None:
    wait = d.catch("pause", d.timer(timeDuration="P2D"))
    house.publish(d.simple("case", wait, d.user("visit", groups="case_manager", form="note"), ids=("pause", "visit")))
    case = house.open("case").id
    with house.masar.db.counted() as counted:
        assert not run_pass(house.masar).anything
    assert len(counted.statements) == 1 and counted.commits == 0
    house.clock.advance(timedelta(days=2))
    assert run_pass(house.masar).timers == 1
    assert list(house.items(case)) == ["visit"]
    assert not run_pass(house.masar).anything


LADDERED = d.simple(
    "case",
    d.user(
        "visit", groups="case_manager", form="note", outputs={"risk_level": "=visit.risk"},
        due='=opened_at + (if case.risk_level = "high" then duration("P1D") else duration("P8D"))',
    ),
    d.user(
        "plan", groups="case_manager", form="note",
        due='=opened_at + (if case.risk_level = "high" then duration("P1D") else duration("P8D"))',
    ),
    ids=("visit", "plan"),
)


def test_late_work_climbs_the_ladder_once_per_rung(house: House) -> None:
    house.publish(LADDERED)
    case = house.open("case", risk_level="medium").id
    assert run_pass(house.masar).deadlines == 0
    house.clock.advance(timedelta(days=6, hours=1))  # three quarters of eight days
    settle(house.masar)
    assert house.kinds(case)[-1] == "deadline_near"
    house.clock.advance(timedelta(days=2))
    settle(house.masar)
    settle(house.masar)
    assert house.kinds(case).count("deadline_passed") == 1
    told = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert "visit" in told.what.en
    house.clock.advance(timedelta(days=30))
    settle(house.masar)
    assert house.kinds(case).count("deadline_passed") == 2  # only the highest rung is told


REMINDED = d.file(d.process(
    "case", d.start(), d.gateway("parallel", "fork"),
    *(
        d.user(name, groups="case_manager", form="note", due='=opened_at + duration("P8D")',
               follow_up=f'=opened_at + duration("{remind}")')
        for name, remind in (("action", "P5D"), ("usual", "-P1D"))
    ),
    d.gateway("parallel", "join"), d.end(),
    d.path("S", "fork", "action", "join", "E"), d.path("fork", "usual", "join"),
))  # fmt: skip


def test_whoever_has_work_is_reminded_when_the_diagram_says(house: House) -> None:
    house.publish(REMINDED)
    case = house.open("case", risk_level="medium").id
    for after, soon in ((timedelta(days=5, hours=-1), set()), (timedelta(hours=2), {"action"}),
                        (timedelta(days=1), {"action", "usual"})):  # a reminder that was over counts as none
        house.clock.advance(after)
        settle(house.masar)
        settle(house.masar)
        assert house.kinds(case).count("deadline_near") == len(soon)
        rows = worklist_for(house.masar, house.person("mona"), "groups").rows
        assert {row.name.en for row in rows if row.timeliness == "soon"} == soon and len(rows) == 2
    house.clock.advance(timedelta(days=2))
    settle(house.masar)
    assert house.kinds(case).count("deadline_passed") == 2


def test_whom_the_ladder_names_sees_late_work_of_others_until_it_is_done(house: House) -> None:
    house.publish(LADDERED)
    case = house.open("case", risk_level="medium").id
    mona, samer, key = house.person("mona"), house.person("samer"), house.key(case, "visit")
    claim_work(house.masar, mona, key)
    house.clock.advance(timedelta(days=8, hours=1))
    assert worklist_for(house.masar, samer, "overdue").rows == ()
    settle(house.masar)
    [row] = worklist_for(house.masar, samer, "overdue").rows
    assert row.id == key and not row.mine and counts_for(house.masar, samer).overdue == 1
    release_work(house.masar, mona, key)
    assert [row.id for row in worklist_for(house.masar, samer, "overdue").rows] == [key]
    assert worklist_for(house.masar, samer, "groups").rows == ()
    complete_work(house.masar, mona, key, {"text": ["زيارة"], "risk": ["medium"]}, "t")
    assert worklist_for(house.masar, samer, "overdue").rows == ()


def test_a_raised_risk_brings_due_dates_forward_and_records_both(house: House) -> None:
    forked = d.file(d.process(
        "case", d.start(), d.gateway("parallel", "fork"),
        d.user("visit", groups="case_manager", form="note", outputs={"risk_level": "=visit.risk"}),
        d.user("plan", groups="case_manager", form="note",
               due='=opened_at + (if case.risk_level = "high" then duration("P1D") else duration("P8D"))'),
        d.gateway("parallel", "join"), d.end(),
        d.path("S", "fork", "visit", "join", "E"), d.path("fork", "plan", "join"),
    ))  # fmt: skip
    house.publish(forked)
    case = house.open("case", risk_level="medium").id
    before = house.items(case)["plan"].due_at
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": ["خطر"], "risk": ["high"]}, "t")
    after = house.items(case)["plan"].due_at
    assert before - after == timedelta(days=7)
    newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert any("plan" in c.label.en and c.before and c.after for c in newest.changes)
    assert house.items(case)["plan"].risk == "high"
    assert verify_case(house.masar, case).problems == ()


class _Inbox:
    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content.decode())
        return "250 OK"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def posted() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A receiver of webhooks on this machine: its address and what it got."""
    got: list[tuple[dict[str, str], bytes]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got
    server.shutdown()
    thread.join()
    server.server_close()


def calls(kind: str, destination: str) -> bytes:
    """A process that makes one call with a name that must not leave, then ends."""
    call = d.job(
        "tell", kind, headers={"destination": destination},
        inputs={"fields": '={number: case_number, name: "ليلى"}'},
    )
    return d.simple("case", call, ids=("tell",))


def with_destinations(house: House, folder: Path, line: str, smtp: str = "") -> Masar:
    """The same installation with one destination on the engineers' list."""
    path = folder / "destinations.yaml"
    path.write_text(f"destinations: {{there: {line}}}", "utf-8")
    return replace(house.masar, settings=replace(house.masar.settings, destinations_file=path, smtp_url=smtp))


def test_mail_goes_to_the_listed_address_with_the_allowed_fields_alone(house: House, tmp_path: Path) -> None:
    inbox = _Inbox()
    port = _free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        line = "{kind: mail, to: head@ministry.example, fields: [number]}"
        masar = with_destinations(house, tmp_path, line, f"smtp://127.0.0.1:{port}")
        house.publish(calls("mail", "there"))
        case = house.open("case")
        settle(masar)
    finally:
        server.stop()
    assert len(inbox.taken) == 1
    assert case.number in inbox.taken[0] and "name" not in inbox.taken[0]
    assert house.kinds(case.id)[-1] == "call_finished"


def test_a_webhook_is_signed_and_tells_its_repetitions(
    house: House, tmp_path: Path, posted: tuple[str, list[tuple[dict[str, str], bytes]]]
) -> None:
    address, got = posted
    line = f"{{kind: webhook, to: '{address}', fields: [number], secret: shared}}"
    masar = with_destinations(house, tmp_path, line)
    house.publish(calls("webhook", "there"))
    case = house.open("case")
    settle(masar)
    [(headers, body)] = got
    signature = hmac.new(b"shared", body, "sha256").hexdigest()
    assert headers["Masar-Signature"] == f"sha256={signature}" and headers["Idempotency-Key"].isdigit()
    assert json.loads(body)["fields"] == {"number": case.number}


def test_a_call_that_keeps_failing_becomes_an_incident_that_a_person_can_retry(house: House) -> None:
    house.publish(calls("mail", "nowhere"))
    case = house.open("case").id
    for _ in range(3):
        settle(house.masar)
        house.clock.advance(timedelta(minutes=10))
    assert house.kinds(case)[-1] == "call_failed"
    with house.masar.db.read() as conn:
        [incident] = incidents.of_case(conn, house.masar.vault, case)
    assert case_page(house.masar, house.person("samer"), str(case)).case.status == "incident"
    retry_incident(house.masar, house.person("samer"), str(incident.id))
    assert house.kinds(case)[-1] == "incident_retried"
    assert verify_case(house.masar, case).problems == ()


def test_two_workers_never_act_twice(house: House) -> None:
    inner = d.simple("other", d.user("visit", groups="case_manager", form="note"), ids=("visit",))
    wait = d.catch("pause", d.timer(timeDuration="PT1H"))
    house.publish(d.simple("case", wait, ids=("pause",)), inner)
    ids = [house.open("case", origin=f"test {n}").id for n in range(12)]
    house.clock.advance(timedelta(hours=1))
    workers = [threading.Thread(target=settle, args=(house.masar,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [house.kinds(case) for case in ids] == [["case_opened", "timer_fired"]] * 12
