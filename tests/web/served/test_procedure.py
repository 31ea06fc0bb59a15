"""The procedure as staff look it up: what is in force, in the reader's language, without a script or a case."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, select

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.queries.accounts import hash_of
from engine.queries.procedure import reading_order
from engine.store.accounts import account, session
from tests.web.served.world import SECRET, World, build, token_of
from web.app import create_app

LINK = re.compile(r'href="(/procedure/[^"#]+)')


@pytest.fixture
def reader(shipped: Masar) -> FlaskClient:
    """A case manager in front of the shipped procedure."""

    def sign_in(conn: Connection) -> None:
        number, now = conn.scalar(select(account.c.id).where(account.c.login == "manager")), shipped.clock()
        conn.execute(insert(session).values(token_hash=hash_of(token_of("manager")), account_id=number, csrf=SECRET,
                                            created_at=now, seen_at=now, expires_at=now.replace(year=2027)))

    shipped.db.run(sign_in)
    client = create_app(shipped).test_client()
    client.set_cookie("masar_session", token_of("manager"))
    return client


def page(reader: FlaskClient, address: str, language: str = "ar") -> str:
    reader.set_cookie("language", language)
    answer = reader.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.text)


def test_a_process_is_read_with_who_does_what_why_and_by_which_rule(reader: FlaskClient) -> None:
    arabic, english = (page(reader, "/procedure/closure", language) for language in ("ar", "en"))
    assert "مدير الحالة يقيّم من جديد قبل أن يقترح" in arabic and "عمل شخص" in arabic
    for words in ("The case manager assesses anew before proposing", "Work of a person", "Case manager", "D07",
                  'id="closing_assessment"', 'href="/procedure/forms/risk_assessment"',
                  'href="/procedure/decisions/D12_closure"', 'href="/procedure/closure_decision"',
                  'data-diagram="/procedure/closure/diagram.bpmn"', "<noscript>", "Words on this page"):
        assert words in english, words
    assert "<bpmn:process" in reader.get("/procedure/closure/diagram.bpmn").text


def test_every_page_that_the_procedure_leads_to_is_there_in_both_languages(reader: FlaskClient) -> None:
    waiting, seen = ["/procedure", "/procedure/words"], set[str]()
    while waiting:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            waiting += LINK.findall(page(reader, address, "en" if len(seen) % 2 else "ar"))
    kinds = {kind: sum(f"/{kind}/" in one for one in seen) for kind in ("forms", "decisions")}
    assert kinds["forms"] > 50 and kinds["decisions"] > 15 and len(seen) > sum(kinds.values()) + 40


def test_reading_begins_with_the_report_and_follows_the_calls(shipped: Masar) -> None:
    with shipped.db.read() as conn:
        definitions = shipped.library.latest(conn)
    order = reading_order(definitions)
    assert order[0] == "reporting" and set(order) == set(definitions.bpmn.processes)
    assert order.index("admission") < order.index("case") < order.index("closure")


def test_a_decision_is_read_as_its_table_and_a_form_with_its_questions(reader: FlaskClient) -> None:
    table = page(reader, "/procedure/decisions/D12_closure", "en")
    for words in ("Final risk", '"death"', "A death review is held", "The first row that fits counts",
                  'href="/procedure/closure"'):
        assert words in table, words
    form = page(reader, "/procedure/forms/risk_assessment")
    assert "يُختار منها" in form and 'href="/procedure/closure"' in form
    assert reader.get("/procedure/decisions/none").status_code == reader.get("/procedure/none").status_code == 404


def test_the_search_finds_steps_forms_tables_and_words_however_their_letters_are_spelt(reader: FlaskClient) -> None:
    found = page(reader, "/procedure?q=risk assessment before closing", "en")
    assert 'href="/procedure/closure#closing_assessment"' in found
    spelt = page(reader, "/procedure?q=تقييم الخطوره قبل الاغلاق")
    assert 'href="/procedure/closure#closing_assessment"' in spelt
    assert 'href="/procedure/decisions/D12_closure"' in page(reader, "/procedure?q=D12")
    assert 'href="/procedure/words#case_manager"' in page(reader, "/procedure?q=مدير الحالة")
    assert "لم يوجد شيء" in page(reader, "/procedure?q=زرافة")
    assert "لم يوجد شيء" in page(reader, "/procedure?q=<script>alert(1)</script>")
    assert reader.get("/procedure", query_string={"q": "x" * 201}).status_code == 400


def test_a_work_item_leads_to_its_step(masar: Masar, clock: StoppedClock) -> None:
    world: World = build(masar, clock)
    shown = world.ask("manager", "GET", "/work/{plan}").text
    assert 'href="/procedure/case#plan"' in shown
    assert 'id="plan"' in world.ask("manager", "GET", "/procedure/case").text
    assert "ليلى" not in world.ask("manager", "GET", "/procedure/case").text
