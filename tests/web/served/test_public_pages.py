"""The other pages for anybody: the status by tracking code, the form on paper, the quick exit."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.queries.tracking import MOST_LOOKS
from engine.store import events
from engine.store.cases import case_file
from engine.store.work_items import work_item
from tests.web.served.conftest import Browser
from tests.web.served.visitors import NOBODYS_CODE, SAID, code_in, reports, send
from web.app import create_app


def test_the_status_page_says_three_words_and_the_first_of_them_to_codes_that_nobody_has(
    shipped: Masar, visitor: FlaskClient
) -> None:
    def told(code: str) -> str:
        answer = visitor.post("/track", data={"code": code})
        assert answer.status_code == 200
        found = re.search(r'<h2 id="answer">([^<]+)<', answer.text)
        assert found
        return answer.text.replace(code, "CODE")

    code = code_in(send(visitor))
    assert told(code) == told(NOBODYS_CODE)
    assert ">وصل<" in told(code)
    shipped.db.run(lambda conn: conn.execute(work_item.update().values(assignee_id=1)))
    assert ">قيد النظر<" in told(f" {code.upper().replace('-', ' ')} ")
    shipped.db.run(lambda conn: conn.execute(case_file.update().values(status="closed")))
    assert ">تمت معالجته<" in told(code)


def test_a_known_and_an_unknown_code_cost_the_same_statements(shipped: Masar, visitor: FlaskClient) -> None:
    code = code_in(send(visitor))
    counted = []
    for asked in (code, NOBODYS_CODE):
        with shipped.db.counted() as statements:
            visitor.post("/track", data={"code": asked})
        counted.append([statement.split("WHERE")[0] for statement in statements.statements])
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "typed", ["", "x", "k7qm-2xwd-54tb-hrz", "k7qm-2xwd-54tb-hrz33", "????-????-????-????", "ا" * 16]
)
def test_what_cannot_be_a_code_is_said_to_be_none(visitor: FlaskClient, typed: str) -> None:
    answer = visitor.post("/track", data={"code": typed})
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


def test_guessing_codes_is_braked(visitor: FlaskClient) -> None:
    for _ in range(MOST_LOOKS):
        visitor.post("/track", data={"code": NOBODYS_CODE})
    answer = visitor.post("/track", data={"code": NOBODYS_CODE})
    assert answer.status_code == 429
    assert 'href="tel:112"' in answer.text


def test_a_paper_form_bears_its_own_day_beside_the_day_it_was_typed_in(
    shipped: Masar, browser: Browser, clock: StoppedClock
) -> None:
    browser.sign_in("reception")
    form = browser.get("/reports/new?paper").text
    assert re.search(r'<option value="paper_form" selected>', form)
    assert re.search(r'name="reported_at.day" value=""', form)
    day = {"reported_at.day": "19", "reported_at.month": "11", "reported_at.year": "2026", "reported_at.time": "10:30"}
    sent = browser.post("/reports/new", {**SAID, "report_channel": "paper_form", **day})
    assert sent.status_code == 201
    with shipped.db.read() as conn:
        first = events.read(conn, shipped.vault, reports(shipped)[0], limit=1)[0]
    assert first.happened_at == datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
    assert first.recorded_at == clock()
    page = browser.get(f"/cases/{reports(shipped)[0]}").text
    assert "سُجّل" in page and "19 تشرين الثاني 2026" in page


@pytest.mark.parametrize(("lang", "word"), [("ar", "ماذا حدث؟"), ("en", "What happened?")])
def test_the_blank_form_has_every_question_and_nothing_to_type_in(visitor: FlaskClient, lang: str, word: str) -> None:
    page = visitor.get(f"/report/blank?lang={lang}").text
    questions = {"ar": ("هاتفك", "الشخص 2", "حلب"), "en": ("Your phone number", "Person 2", "Aleppo")}
    assert all(one in page for one in (word, *questions[lang]))
    assert not re.search(r"<(input|textarea|select|form)\b", page)


@pytest.mark.parametrize("page", ["/report", "/complaint", "/track"])
def test_what_browsers_remember_of_a_public_page_does_not_say_what_it_is(visitor: FlaskClient, page: str) -> None:
    """On a phone that others use, too; the heading of the page says it in full."""
    for lang, title in (("ar", "استمارة"), ("en", "Form")):
        assert f"<title>{title}</title>" in visitor.get(f"{page}?lang={lang}").text


def test_the_quick_exit_leads_to_a_page_that_says_nothing_of_us(visitor: FlaskClient) -> None:
    left = visitor.get("/leave")
    assert (left.status_code, left.location) == (303, "/calendar?lang=ar")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    page = visitor.get(left.location).text
    assert "تشرين الثاني 2026" in page
    assert not re.search("مسار|بلاغ|خطر", page)


def test_the_quick_exit_may_lead_elsewhere(shipped: Masar) -> None:
    settled = replace(shipped.settings, quick_exit_url="https://weather.example/")
    client = create_app(replace(shipped, settings=settled)).test_client()
    assert client.get("/leave").location == "https://weather.example/"


