"""Every route × method × kind of actor × relation to the thing. A route without a row fails.

One line per method, address and thing: who gets which answer. Whoever is not named gets the answer for strangers:
404 (it does not exist for them), or to the sign-in page for a visitor (303 for reading, 401 for sending).
"""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.audit_rows import AUDIT
from tests.web.served.complaint_rows import COMPLAINTS
from tests.web.served.conftest import ACCOUNTS
from tests.web.served.procedure_rows import PROCEDURE
from tests.web.served.register_rows import REGISTERS
from tests.web.served.studio_rows import STUDIO
from tests.web.served.team_rows import TEAM
from tests.web.served.visitors import ANONYMOUS
from tests.web.served.world import NOBODY, World, build, expected_rows

EVERYBODY = " ".join(ACCOUNTS)
STAFF = "manager colleague supervisor stranger reception organiser head director duty auditor"
REGISTRARS, DESK = "keeper trainer coordinator", "complaints central inspector"
REPORTERS = "reception organiser duty partner other.partner"

# What is open to all, whoever asks and whatever is signed in.
OPEN = {
    ("GET", "/health"): 200, ("GET", "/live"): 200, ("GET", "/ready"): 200, ("GET", "/metrics"): 404,
    ("GET", "/static/favicon.svg"): 200, ("GET", "/static/dist/none.js"): 404,
    ("GET", "/sign-in/code"): 200, ("POST", "/sign-in/code"): 422,
    ("GET", "/sign-in"): 303, ("POST", "/sign-in"): 401, ("POST", "/language"): 303, ("POST", "/sign-out"): 303,
}
TABLE = f"""
GET  /                                 | 303: {EVERYBODY}
GET  /work                             | 200: {EVERYBODY}
GET  /work?view=groups                 | 200: {EVERYBODY}
GET  /work?view=overdue                | 200: {EVERYBODY}

GET  /work/{{plan}}                    | 200: manager supervisor duty | 409: colleague head director auditor
POST /work/{{plan}}                    | 303: manager | 409: colleague supervisor head director duty auditor
POST /work/{{plan}}/draft              | 303: manager | 409: colleague supervisor head director duty auditor
POST /work/{{plan}}/claim              | 303: manager | 409: colleague supervisor head director duty auditor
POST /work/{{plan}}/release            | 303: manager | 403: supervisor duty
GET  /work/{{plan}}/assignment         | 200: supervisor duty head | 403: manager
POST /work/{{plan}}/assignment         | 303: supervisor duty head | 403: manager
GET  /work/{{plan}}/deadline           | 409: supervisor duty head | 403: manager
POST /work/{{plan}}/deadline           | 409: supervisor duty head | 403: manager

GET  /work/{{review}}                  | 200: supervisor manager duty
POST /work/{{review}}                  | 303: supervisor | 403: manager duty
POST /work/{{review}}/draft            | 303: supervisor | 403: manager duty
POST /work/{{review}}/claim            | 303: supervisor | 403: manager duty
POST /work/{{review}}/release          | 403: supervisor manager duty
GET  /work/{{review}}/assignment | 200: supervisor duty head | 403: manager
POST /work/{{review}}/assignment       | 422: supervisor duty head | 403: manager
GET  /work/{{review}}/deadline         | 409: supervisor duty head | 403: manager
POST /work/{{review}}/deadline         | 409: supervisor duty head | 403: manager

GET  /work/{{second_check}}            | 200: supervisor manager duty
POST /work/{{second_check}}            | 403: supervisor manager duty
POST /work/{{second_check}}/draft      | 403: supervisor manager duty
POST /work/{{second_check}}/claim      | 403: supervisor manager duty
POST /work/{{second_check}}/release    | 403: supervisor manager duty
GET  /work/{{second_check}}/assignment | 200: supervisor duty head | 403: manager
POST /work/{{second_check}}/assignment | 422: supervisor duty head | 403: manager
GET  /work/{{second_check}}/deadline   | 409: supervisor duty head | 403: manager
POST /work/{{second_check}}/deadline   | 409: supervisor duty head | 403: manager

GET  /work/{{check}}                   | 409: manager supervisor head director duty auditor
POST /work/{{check}}                   | 409: manager supervisor head director duty auditor
POST /work/{{check}}/draft             | 409: manager supervisor head director duty auditor
POST /work/{{check}}/claim             | 409: manager supervisor head director duty auditor
POST /work/{{check}}/release           | 409: manager supervisor head director duty auditor
GET  /work/{{check}}/assignment        | 409: supervisor duty head | 403: manager
POST /work/{{check}}/assignment        | 409: manager supervisor head director duty auditor
GET  /work/{{check}}/deadline          | 409: supervisor duty head | 403: manager
POST /work/{{check}}/deadline          | 409: supervisor duty head | 403: manager

GET  /work/{{screening}}               | 200: reception organiser duty
POST /work/{{screening}}               | 303: reception | 403: organiser duty
POST /work/{{screening}}/draft         | 303: reception | 403: organiser duty
POST /work/{{screening}}/claim         | 303: reception | 403: organiser duty
POST /work/{{screening}}/release       | 403: reception organiser duty
GET  /work/{{screening}}/assignment    | 200: duty head | 403: reception organiser
POST /work/{{screening}}/assignment    | 422: duty head | 403: reception organiser
GET  /work/{{screening}}/deadline      | 409: duty head | 403: reception organiser
POST /work/{{screening}}/deadline      | 409: duty head | 403: reception organiser

GET  /cases                            | 200: {STAFF} {DESK} | 403: admin analyst provider other.provider partner other.partner {REGISTRARS} nobody
GET  /cases?q=ليلى                     | 200: {STAFF} {DESK} | 403: admin analyst provider other.provider partner other.partner {REGISTRARS} nobody
GET  /cases/{{case}}                   | 200: manager supervisor head director duty auditor
GET  /cases/{{case}}/timeline          | 200: manager supervisor head director duty auditor
GET  /cases/{{case}}/diagrams/case.bpmn | 200: manager supervisor head director duty auditor
GET  /cases/{{case}}/offers/{{offer}}  | 200: provider manager | 403: supervisor head director duty auditor
POST /cases/{{case}}/offers/{{offer}}  | 303: provider manager | 403: supervisor head director duty auditor
GET  /cases/{{case}}/offers/{{offer}}/link | 200: manager | 403: supervisor head director duty auditor
POST /cases/{{case}}/offers/{{offer}}/link | 422: manager | 403: supervisor head director duty auditor
POST /cases/{{case}}/offers/{{offer}}/link/end | 303: manager | 403: supervisor head director duty auditor
GET  /answered                         | 200: provider other.provider | 403: {STAFF} admin analyst partner other.partner {REGISTRARS} {DESK} nobody
GET  /answered/1                       | 404: provider other.provider | 403: {STAFF} admin analyst partner other.partner {REGISTRARS} {DESK} nobody
GET  /cases/{{stuck}}                  | 200: manager supervisor head director duty auditor
POST /cases/{{stuck}}/incidents/{{incident}}/retry | 303: supervisor duty | 403: manager head director auditor

GET  /reports/new                      | 200: {REPORTERS} | 403: manager colleague supervisor stranger head director auditor admin analyst provider other.provider {REGISTRARS} {DESK} nobody
POST /reports/new                      | 201: {REPORTERS} | 403: manager colleague supervisor stranger head director auditor admin analyst provider other.provider {REGISTRARS} {DESK} nobody
"""  # noqa: E501
FIELDS = {
    "summary": "ما كُتب", "_token": "sent once", "to": "colleague", "reason": "إجازة", "login": "x", "password": "y",
}
EXPECTED = {(method, address, name): status for method, address, status, name in expected_rows(TABLE + TEAM + AUDIT + STUDIO + PROCEDURE + REGISTERS + COMPLAINTS)}  # noqa: E501
ROWS = sorted({(method, address) for method, address, _ in EXPECTED})



@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def test_every_route_answers_every_kind_of_actor_as_the_table_says(world: World) -> None:
    wrong = []
    for method, address in ROWS:
        for who in (*ACCOUNTS, NOBODY):
            stranger = 404 if who != NOBODY else 303 if method == "GET" else 401
            expected = EXPECTED.get((method, address, who), stranger)
            got = world.ask(who, method, address, FIELDS).status_code
            if got != expected:
                wrong.append(f"{method} {address} by {who}: {got}, not {expected}")
            if method != "GET":
                world.undo()
    assert not wrong, "\n".join(wrong)


def test_what_is_open_is_open_to_visitors_and_to_everybody(world: World) -> None:
    for (method, address), status in OPEN.items():
        assert world.ask("manager", method, address, {"login": "x", "password": "y"}).status_code == status
    assert world.ask(NOBODY, "GET", "/sign-in").status_code == 200
    assert world.ask(NOBODY, "GET", "/health").status_code == 200


def test_no_route_is_without_a_row(app: Flask) -> None:
    covered = {_rule(app, method, address) for method, address in [*ROWS, *OPEN, *ANONYMOUS]}
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/")  # test_api_routes.py holds those
        for method in (rule.methods or set()) - {"HEAD"}
    }
    assert routes - covered == set()
    assert all(method in {"GET", "POST"} for method, _ in routes)


def test_no_form_is_taken_without_the_secret_of_its_page(world: World) -> None:
    for method, address in ROWS:
        if method == "POST":
            answer = world.ask("manager", method, address, {**FIELDS, "_csrf": "another"})
            assert answer.status_code == 400, address


def test_head_answers_as_get_without_content(world: World) -> None:
    for method, address in ROWS:
        if method == "GET":
            head = world.ask("manager", "HEAD", address)
            assert (head.status_code, head.data) == (world.ask("manager", "GET", address).status_code, b"")


@pytest.mark.parametrize("who", ["head", "director", "auditor"])
def test_names_and_protected_answers_are_masked_for_who_only_oversees(world: World, who: str) -> None:
    for address in ("/cases/{case}", "/cases/{case}/timeline", "/reports/{report}", "/cases/{report}/timeline"):
        page = world.ask(who, "GET", address).text
        assert "ليلى" not in page
        assert "تفصيل" not in page


def test_a_partner_sees_the_receipt_of_a_report_and_nothing_of_the_work_on_it(world: World) -> None:
    page = world.ask("partner", "GET", "/reports/{report}").text
    assert "فرز البلاغ" not in page
    assert "تفصيل" not in page


def test_a_provider_learns_nothing_of_the_case_beside_the_offer(world: World) -> None:
    page = world.ask("provider", "GET", "/cases/{case}/offers/{offer}").text
    assert "رد مقدم الخدمة" in page
    assert "ليلى" not in page


def test_an_offer_that_is_gone_is_told_to_its_addressees_and_to_who_sees_the_case_only(world: World) -> None:
    address = "/cases/{case}/offers/{offer}"
    assert world.ask("provider", "POST", address, FIELDS).status_code == 303
    later = {**FIELDS, "_token": "another", "_form": "note"}
    answers = {who: world.ask(who, "POST", address, later) for who in ACCOUNTS}
    told = {who for who, answer in answers.items() if answer.status_code == 409}
    assert told == {"provider", "manager", "supervisor", "head", "director", "duty", "auditor"}
    assert {answer.status_code for who, answer in answers.items() if who not in told} == {404}
    assert "الخلاصة" in answers["provider"].text and 'value="ما كُتب"' in answers["provider"].text


def test_who_may_not_open_a_work_item_gets_no_link_to_it(world: World) -> None:
    assert world.ask("supervisor", "GET", "/cases/{case}").text.count('href="/work/{plan}"'.format(**world.things)) == 1
    for who in ("head", "director", "auditor"):
        page = world.ask(who, "GET", "/cases/{case}").text
        assert "خطة الحالة" in page
        assert 'href="/work/{plan}"'.format(**world.things) not in page


def test_reassigning_names_what_is_missing_and_then_tells_it_in_the_history(world: World) -> None:
    wrong = world.ask("head", "POST", "/work/{plan}/assignment", {"to": "colleague", "reason": " "})
    assert wrong.status_code == 422
    assert 'id="reason-error"' in wrong.text and 'value="colleague" checked' in wrong.text
    done = world.ask("head", "POST", "/work/{plan}/assignment", FIELDS)
    page = world.ask("head", "GET", done.location).text
    assert "حساب colleague" in page and "إجازة" in page


def test_people_of_a_provider_begin_with_what_waits_for_their_answer(world: World) -> None:
    address = "/cases/{case}/offers/{offer}".format(**world.things)
    assert address in world.ask("provider", "GET", "/work").text
    assert address not in world.ask("other.provider", "GET", "/work").text


def test_the_same_submit_twice_is_answered_with_what_the_first_did(world: World) -> None:
    offer = "/cases/{case}/offers/{offer}"
    for who, address, told in (("manager", "/work/{plan}", "work"), ("provider", offer, "answer")):
        first, second = (world.ask(who, "POST", address, FIELDS) for _ in range(2))
        assert (first.status_code, first.location) == (303, f"/work?done={told}")
        assert (second.status_code, second.location) == (303, f"/work?done={told}")
    receipts = [world.ask("reception", "POST", "/reports/new", FIELDS) for _ in range(2)]
    assert receipts[0].status_code == receipts[1].status_code == 201
    assert receipts[0].text == receipts[1].text


def test_a_wrong_answer_is_shown_again_with_the_typing_and_the_mistake_beside_it(world: World) -> None:
    for who, address in (("manager", "/work/{plan}"), ("provider", "/cases/{case}/offers/{offer}"),
                         ("reception", "/reports/new")):  # fmt: skip
        answer = world.ask(who, "POST", address, {"details": "<b>طويل</b>", "_token": "t"})
        assert answer.status_code == 422
        assert "&lt;b&gt;طويل&lt;/b&gt;" in answer.text
        assert 'id="mistakes"' in answer.text


def test_a_lost_race_is_told_with_the_typing(world: World) -> None:
    answer = world.ask("manager", "POST", "/work/{check}", FIELDS)
    assert answer.status_code == 409
    assert "حساب supervisor" in answer.text
    assert 'value="ما كُتب"' in answer.text
    assert "الخلاصة" in answer.text


def test_a_button_inside_a_form_shows_it_again_and_stores_nothing(world: World) -> None:
    typed = {"summary": "", "persons.0.person_name": "ليلى", "_add.persons": "1", "_token": "kept"}
    page = world.ask("reception", "POST", "/reports/new", typed)
    assert page.status_code == 200
    assert 'name="persons.0.person_name" value="ليلى"' in page.text
    assert 'name="persons.1.person_name"' in page.text
    assert 'name="_token" value="kept"' in page.text
    assert 'id="mistakes"' not in page.text
    without = {**typed, "_remove.persons.0": "1", "persons.1.person_name": "سعاد"}
    del without["_add.persons"]
    page = world.ask("reception", "POST", "/reports/new", without)
    assert 'name="persons.0.person_name" value="سعاد"' in page.text
    assert "ليلى" not in page.text


def test_a_script_that_asks_for_the_form_again_completes_nothing(world: World) -> None:
    refreshed = world.ask("manager", "POST", "/work/{plan}", {**FIELDS, "_do": "refresh"})
    assert refreshed.status_code == 200
    assert world.ask("manager", "GET", "/work/{plan}").status_code == 200


def test_a_right_taken_away_holds_at_the_next_request_of_an_open_session(world: World) -> None:
    from_before = world.ask("supervisor", "GET", "/cases/{case}").status_code
    world.masar.db.run(lambda conn: conn.exec_driver_sql("DELETE FROM membership"))
    assert (from_before, world.ask("supervisor", "GET", "/cases/{case}").status_code) == (200, 404)


def test_the_figures_of_a_page_hold(world: World, clock: StoppedClock) -> None:
    world.ask("manager", "GET", "/work")
    clock.advance(timedelta(minutes=5))
    with world.masar.db.counted() as worklist:
        assert world.ask("manager", "GET", "/work").status_code == 200
    with world.masar.db.counted() as completion:
        assert world.ask("manager", "POST", "/work/{plan}", FIELDS).status_code == 303
    assert len(worklist.statements) <= 6, "\n".join(worklist.statements)
    assert len(completion.statements) <= 12, "\n".join(completion.statements)
    assert completion.commits == 1


def _rule(app: Flask, method: str, address: str) -> tuple[str, str]:
    names = "plan review check second_check screening case offer report stuck incident person absence shift look_into"
    names += " complaint inspection visit_home listed conflict"
    things = dict.fromkeys(names.split(), "1")
    try:
        rule, _ = app.url_map.bind("").match(address.format(**things).split("?")[0], method, return_rule=True)
    except (NotFound, MethodNotAllowed):
        return method, "nothing"
    return method, rule.rule
