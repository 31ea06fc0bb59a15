"""Anybody reports without signing in: what arrives, what is never kept, what is told when something is in the way."""

import logging
import re
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from engine.actor import PUBLIC
from engine.clock import StoppedClock
from engine.commands.public import MOST_REPORTS
from engine.commands.throttling import REMEMBERED, forget
from engine.masar import Masar
from engine.store import cases, events
from engine.store.accounts import account, membership
from engine.store.cases import case_file
from engine.store.database import Database
from engine.store.units import unit
from engine.store.visits import visit
from tests.web.served.conftest import ACCOUNTS, Browser
from tests.web.served.visitors import ADDRESS, ANONYMOUS, NOBODYS_CODE, SAID, code_in, reports, send
from tests.web.served.world import NOBODY, build
from web import bundle
from web.app import create_app

OUTSIDE = re.compile(r'(?:href|src|action)="(?:https?:)?//')
PAGES = ("/report", "/track", "/report/blank", "/calendar")


def test_pages_for_anybody_answer_everybody_alike(masar: Masar, clock: StoppedClock) -> None:
    world = build(masar, clock)
    for (method, address), status in ANONYMOUS.items():
        answers = [world.ask(who, method, address, {"_token": "one and the same"}) for who in (*ACCOUNTS, NOBODY)]
        assert {answer.status_code for answer in answers} == {status}, address
        if method == "POST":
            assert len({answer.text for answer in answers}) == 1, address


def test_a_public_report_waits_at_reception_like_any_other(
    shipped: Masar, visitor: FlaskClient, browser: Browser
) -> None:
    answer = send(visitor)
    assert answer.status_code == 201
    browser.sign_in("reception")
    assert "فرز البلاغ" in browser.get("/work?view=groups").text
    page = browser.get(f"/cases/{reports(shipped)[0]}").text
    assert "طفل يُضرب كل ليلة" in page
    assert "مبلّغ من الجمهور" in page
    assert "البوابة الإلكترونية" in page


def test_the_receipt_tells_the_code_and_no_number_of_the_report(shipped: Masar, visitor: FlaskClient) -> None:
    answer = send(visitor)
    with shipped.db.read() as conn:
        report = cases.load(conn, shipped.vault, reports(shipped)[0])
    assert report and report.number not in answer.text
    assert code_in(answer)


def test_the_same_page_sent_twice_counts_once_and_other_words_are_another_report(
    shipped: Masar, visitor: FlaskClient
) -> None:
    first, again = send(visitor), send(visitor)
    assert code_in(first) == code_in(again)
    assert code_in(send(visitor, concern_description="طفل آخر")) != code_in(first)
    assert len(reports(shipped)) == 2


def test_without_a_token_of_ours_nobody_comes_to_the_receipt_of_another(shipped: Masar, visitor: FlaskClient) -> None:
    assert code_in(send(visitor, _token="")) != code_in(send(visitor, _token=""))
    assert len(reports(shipped)) == 2


def test_no_file_and_no_log_keeps_the_address_of_who_reports(
    shipped: Masar, visitor: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert send(visitor).status_code == 201
    visitor.post("/track", data={"code": NOBODYS_CODE})
    kept = b"".join(path.read_bytes() for path in Path(shipped.settings.home).rglob("*") if path.is_file())
    traces = [ADDRESS.encode(), socket.inet_aton(ADDRESS), ADDRESS.replace(".", "").encode()]
    traces += [shipped.vault.hash(f"visit {what}", ADDRESS) for what in ("report", "track")]
    traces += [shipped.vault.hash(f"visit {what}", f"{ADDRESS}/32") for what in ("report", "track")]
    assert "طفل يُضرب كل ليلة".encode() not in kept
    assert [trace for trace in traces if trace in kept or trace.hex().encode() in kept] == []
    assert ADDRESS not in caplog.text


def test_the_brake_knows_a_bucket_and_a_stretch_of_minutes_and_forgets_both(
    shipped: Masar, visitor: FlaskClient, clock: StoppedClock
) -> None:
    clock.advance(timedelta(minutes=3))
    send(visitor)
    with shipped.db.read() as conn:
        row = conn.execute(select(visit)).one()
    assert row.slot == clock() - timedelta(minutes=3)
    assert 0 <= row.bucket < 65_536
    clock.advance(REMEMBERED + timedelta(minutes=5))
    forget(shipped)
    with shipped.db.read() as conn:
        assert conn.scalar(select(func.count()).select_from(visit)) == 0


def test_beyond_the_limit_the_page_keeps_the_typing_and_tells_whom_to_call(
    shipped: Masar, visitor: FlaskClient, clock: StoppedClock
) -> None:
    for number in range(MOST_REPORTS):
        assert send(visitor, _token=f"another page, number {number}").status_code == 201
    braked = send(visitor, concern_description="أخي في خطر")
    assert braked.status_code == 429
    assert braked.headers["Retry-After"] == "300"
    assert "أخي في خطر</textarea>" in braked.text
    assert 'href="tel:112"' in braked.text
    assert len(reports(shipped)) == MOST_REPORTS
    clock.advance(REMEMBERED)
    assert send(visitor, concern_description="أخي في خطر").status_code == 201


def test_what_a_machine_fills_in_costs_no_report(shipped: Masar, visitor: FlaskClient) -> None:
    trapped = send(visitor, website="https://example.org")
    assert trapped.status_code == 200
    assert reports(shipped) == []
    assert "طفل يُضرب كل ليلة</textarea>" in trapped.text
    assert "example.org" not in trapped.text
    assert send(visitor, website="").status_code == 201


def test_a_report_without_a_word_is_asked_for_one(visitor: FlaskClient) -> None:
    answer = send(visitor, concern_description="", address_details="قرب المدرسة")
    assert answer.status_code == 422
    assert 'id="mistakes"' in answer.text
    assert "قرب المدرسة</textarea>" in answer.text


def test_the_questions_that_only_staff_can_answer_are_not_asked(visitor: FlaskClient) -> None:
    page = visitor.get("/report").text
    assert "report_channel" not in page
    assert "reported_at" not in page
    assert 'class="lock"' not in page


def test_no_page_sets_a_cookie_or_asks_another_host(visitor: FlaskClient) -> None:
    for answer in (*map(visitor.get, PAGES), send(visitor), visitor.post("/track", data={"code": ""})):
        assert "Set-Cookie" not in answer.headers
        assert not OUTSIDE.search(answer.text)
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_from_another_site_is_refused_and_nobody_who_is_signed_in_shows(
    shipped: Masar, browser: Browser
) -> None:
    browser.sign_in("manager")
    assert "حساب manager" not in browser.get("/report").text
    elsewhere = browser.client.post("/report", data=SAID, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 400
    assert browser.client.post("/report", data=SAID, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201
    with shipped.db.read() as conn:
        first = events.read(conn, shipped.vault, reports(shipped)[0], limit=1)[0]
    assert first.actor_id == PUBLIC.id


def test_while_the_database_is_away_the_numbers_are_told_and_the_typing_waits(shipped: Masar) -> None:
    lost = Database("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1")
    client = create_app(replace(shipped, db=lost)).test_client()
    answer = client.post("/report", data={**SAID, "website": ""})
    assert answer.status_code == 503
    assert 'href="tel:112"' in answer.text
    assert 'name="concern_description" value="طفل يُضرب كل ليلة"' in answer.text
    assert 'name="_token"' in answer.text and "website" not in answer.text
    assert client.get("/report").status_code == 503
    assert 'href="tel:112"' in client.get("/track").text
    lost.close()


def test_the_governorate_settles_which_unit_takes_the_report(shipped: Masar, visitor: FlaskClient) -> None:
    def unit_of_the_last() -> str:
        with shipped.db.read() as conn:
            return str(conn.scalar(select(unit.c.code).where(
                unit.c.id == select(case_file.c.unit_id).order_by(case_file.c.id.desc()).limit(1).scalar_subquery()
            )))  # fmt: skip

    send(visitor, governorate="aleppo")
    assert unit_of_the_last() == "department"  # there is no unit `north` here: the first with people who screen
    shipped.db.run(lambda conn: conn.execute(insert(unit).values(
        id=20, code="north", parent_id=1, path="/1/20/", kind="directorate", name_ar="الشمال")))  # fmt: skip
    send(visitor, governorate="aleppo", concern_description="ثانٍ")
    assert unit_of_the_last() == "department"  # nobody would see it in `north`
    manager = select(account.c.id).where(account.c.login == "nobody").scalar_subquery()
    shipped.db.run(lambda conn: conn.execute(
        insert(membership).values(account_id=manager, role="hotline_officer", unit_id=20)))  # fmt: skip
    send(visitor, governorate="aleppo", concern_description="ثالث")
    assert unit_of_the_last() == "north"
    settled = create_app(replace(shipped, settings=replace(shipped.settings, receiving_unit="north"))).test_client()
    settled.post("/report", data={**SAID, "concern_description": "رابع"})
    assert unit_of_the_last() == "north"


@pytest.mark.skipif(not bundle.read_names(bundle.FOLDER), reason="The assets are not built: ./run builds them.")
def test_the_whole_public_form_weighs_less_than_60_kilobytes(visitor: FlaskClient) -> None:
    page = visitor.get("/report").text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) == 2
    weight = len(page.encode())
    for file in files:
        with visitor.get(file, headers={"Accept-Encoding": "gzip"}) as sent:
            weight += len(sent.data)
    assert weight < 60_000
    assert weight < 32_000, "grown by a fifth since it was first measured: is that wanted?"
