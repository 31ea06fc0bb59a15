"""What bad input gets: a clear answer in the reader's language, and nothing about our insides."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossible, Unavailable
from engine.logs import JsonLines
from engine.masar import Masar
from engine.store.database import Database
from engine.text import Text
from tests.web.served.conftest import Browser
from web.app import create_app
from web.incoming import LONGEST_VALUE, MOST_FIELDS

WORDS = Text("كلمات عربية", "English words")
INSIDES = ("Traceback", "sqlalchemy", "werkzeug", "flask", "sqlite", ".py", "jinja", "site-packages")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def failing(app: Flask, browser: Browser) -> Iterator[Browser]:
    """A browser signed in at an application with one more page, /work/7/wrong/<what>, that goes wrong."""
    errors = {
        "missing": NotFound(), "forbidden": NotAllowed(), "invalid": Invalid(WORDS),
        "conflict": Conflict(WORDS, Text("سعاد", "Suad")), "lost": Unavailable(WORDS),
        "barred": NotPossible(WORDS),
        "unforeseen": OperationalError("SELECT secret", {"name": "ليلى"}, Exception("/var/masar.db")),
    }

    def wrong(what: str) -> str:
        raise errors[what]

    app.add_url_rule("/wrong/<what>", "wrong", wrong, methods=["GET", "POST"])
    browser.sign_in("manager")
    yield browser


@pytest.mark.parametrize(("what", "status"), [
    ("missing", 404), ("forbidden", 403), ("invalid", 422), ("conflict", 409), ("lost", 503),
    ("unforeseen", 500),
])  # fmt: skip
def test_each_error_has_its_status_in_the_readers_language(failing: Browser, what: str, status: int) -> None:
    arabic = failing.get(f"/wrong/{what}")
    failing.client.set_cookie("language", "en")
    english = failing.get(f"/wrong/{what}")
    for answer, language in ((arabic, 'lang="ar" dir="rtl"'), (english, 'lang="en" dir="ltr"')):
        assert answer.status_code == status
        assert language in answer.text
        assert not [word for word in INSIDES if word in answer.text]
    if what in {"invalid", "conflict", "lost"}:
        assert WORDS.ar in arabic.text
        assert WORDS.en in english.text


def test_a_conflict_says_who_and_keeps_the_typing(failing: Browser) -> None:
    answer = failing.post("/wrong/conflict", {"notes": "طويلة <b>جداً</b>", "empty": ""})
    assert answer.status_code == 409
    assert "طويلة &lt;b&gt;جداً&lt;/b&gt;" in answer.text
    assert failing.secret() not in answer.text.split("<main")[1]


def test_what_may_not_be_done_at_all_does_not_blame_a_colleague(failing: Browser) -> None:
    failing.client.set_cookie("language", "en")
    assert "Somebody was faster" in failing.get("/wrong/conflict").text
    answer = failing.get("/wrong/barred")
    assert answer.status_code == 409 and "<h1>This is not possible as things stand</h1>" in answer.text
    assert "Somebody was faster" not in answer.text and WORDS.en in answer.text


def test_a_lost_database_says_when_to_come_back(failing: Browser) -> None:
    assert failing.get("/wrong/lost").headers["Retry-After"] == "5"


def test_a_script_gets_its_errors_as_json(failing: Browser) -> None:
    answer = failing.get("/wrong/conflict", headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.get_json() == {"error": WORDS.ar, "status": 409}


def test_an_unforeseen_error_is_logged_under_its_number_without_anybodys_data(
    failing: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setFormatter(JsonLines())
    answer = failing.get("/wrong/unforeseen?q=ليلى")
    lines = [json.loads(line) for line in caplog.text.splitlines()]
    failure = next(line for line in lines if line["event"] == "failure")
    assert failure["incident"] in answer.text
    assert failure["error"].startswith("OperationalError")
    assert any("test_errors.py" in frame for frame in failure["frames"])
    assert "ليلى" not in caplog.text
    assert "secret" not in caplog.text


def test_every_request_leaves_one_line_without_person_or_place(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setFormatter(JsonLines())
    caplog.set_level(logging.INFO)
    browser.sign_in("manager")
    caplog.clear()
    browser.get("/cases?q=ليلى")
    line = json.loads(caplog.text.strip())
    assert (line["event"], line["endpoint"], line["status"]) == ("request", "cases.search", 200)
    assert not {"manager", "ليلى", "127.0.0.1"} & set(caplog.text.split('"'))


@pytest.mark.parametrize("address", [
    "/nowhere", "/work/0", "/work/01", "/work/-1", "/work/9223372036854775808", "/work/1e3", "/work/٧",
    "/cases/x",
    "/cases/1/timeline?before=x", "/cases/1/timeline?before=-1", "/work?view=everything", "/static/../app.py",
    "/static/dist/../../app.py", "/cases/1/diagrams/..%2F..%2Fapp.bpmn",
])  # fmt: skip
def test_an_address_that_is_none_of_ours_is_not_found(browser: Browser, address: str) -> None:
    browser.sign_in("supervisor")
    answer = browser.get(address)
    assert answer.status_code == 404
    assert '<html lang="ar"' in answer.text


@pytest.mark.parametrize("address", [
    "/work?view=%ff", "/cases?q=%00", "/cases?q=a%00b", "/work?after=%c3%28", "/work/1%00",
    "/cases?q=" + "x" * 201,
])  # fmt: skip
def test_garbled_addresses_are_refused(browser: Browser, address: str) -> None:
    browser.sign_in("supervisor")
    assert browser.get(address).status_code == 400


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"login=%ff&_csrf={}", FORM, 400),
    (b"login=%00&_csrf={}", FORM, 400),
    (b"login=\xff&_csrf={}", FORM, 400),
    (b"login\x00=1&_csrf={}", FORM, 400),
    (b"n" * 300 + b"=1&_csrf={}", FORM, 400),
    (b"login=" + b"x" * (LONGEST_VALUE + 1) + b"&_csrf={}", FORM, 413),
    (b"&".join(b"f%d=1" % n for n in range(MOST_FIELDS + 1)) + b"&_csrf={}", FORM, 413),
    (b"login=" + b"x" * 1_000_001, FORM, 413),
    (b'{"login": "manager"}', "application/json", 415),
    (b"<login/>", "text/xml", 415),
    (b"login=manager&_csrf={}", "", 415),
    (b"login=manager&_csrf={}", "text/plain", 415),
    (b"no boundary at all", "multipart/form-data; boundary=x", 400),
    (b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n1\r\n--x--\r\n',
     "multipart/form-data; boundary=x", 415),
    (b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n\xff\r\n--x--\r\n',
     "multipart/form-data; boundary=x", 400),
])  # fmt: skip
def test_garbled_forms_are_refused(browser: Browser, body: bytes, kind: str, status: int) -> None:
    browser.get("/sign-in")
    sent = body.replace(b"{}", browser.secret().encode())
    answer = browser.client.post("/sign-in", data=sent, content_type=kind)
    assert answer.status_code == status
    assert not [word for word in INSIDES if word in answer.text]


def test_a_method_that_a_page_does_not_take_is_named(browser: Browser) -> None:
    browser.sign_in("manager")
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        answer = browser.client.open("/work", method=method)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_pages_carry_the_headers_that_keep_them_to_themselves(browser: Browser) -> None:
    for answer in (browser.get("/sign-in"), browser.get("/nowhere"), browser.sign_in("manager")):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_of_another_site_keeps_nothing(browser: Browser) -> None:
    answer = browser.client.post("/work/7", data={"notes": "planted"})
    assert answer.status_code == 401
    assert "planted" not in answer.text


def test_the_health_page_needs_no_sign_in_and_tells_nothing(browser: Browser) -> None:
    assert browser.get("/health").get_json() == {"status": "ok"}


def test_a_database_out_of_reach_is_told_as_such_on_every_page(masar: Masar) -> None:
    lost = Database("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1")
    client = create_app(replace(masar, db=lost)).test_client()
    client.set_cookie("masar_session", "any")
    for address in ("/work", "/cases/1", "/sign-in"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "قاعدة البيانات" in answer.text
        assert not [word for word in (*INSIDES, "psycopg", "127.0.0.1") if word in answer.text]
    assert client.get("/health").status_code == 503
    lost.close()
