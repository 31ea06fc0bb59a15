"""Signing in and out, and what a session is worth."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from sqlalchemy import func, select

from engine.clock import StoppedClock
from engine.commands.accounts import (
    deactivate_account,
    remove_membership,
    set_password,
    verified,
)
from engine.commands.sessions import MOST_PER_ADDRESS, MOST_PER_LOGIN, SignInRefused, Throttled, sign_in
from engine.library import Library
from engine.masar import Masar
from engine.queries.accounts import actor_of_session
from engine.settings import Settings
from engine.store.accounts import session, sign_in_attempt
from engine.store.database import Database
from engine.store.vault import Vault
from tests.web.served.conftest import PASSWORD, Browser, settle
from web.app import create_app

QUARTER = timedelta(minutes=15)


def test_a_person_signs_in_and_out(browser: Browser) -> None:
    assert browser.sign_in("manager").headers["Location"] == "/"
    assert browser.get("/work").status_code == 200
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"
    assert browser.get("/work").headers["Location"] == "/sign-in?next=/work"


def test_sessions_work_on_both_databases(
    settings: Settings, db: Database, vault: Vault, clock: StoppedClock, password_hash: str
) -> None:
    masar = Masar(settings, db, vault, Library(), clock)
    db.run(lambda conn: settle(conn, masar, password_hash))
    browser = Browser(create_app(masar).test_client())
    assert browser.sign_in("manager", "wrong password").status_code == 401
    assert browser.sign_in("manager").status_code == 303
    clock.advance(timedelta(minutes=2))
    assert browser.get("/work").status_code == 200
    assert browser.post("/language", {"language": "en"}).status_code == 303
    deactivate_account(masar, "manager")
    assert browser.get("/work").status_code == 303


def test_a_login_is_taken_in_any_case_and_with_blanks_around(browser: Browser) -> None:
    assert browser.sign_in(" Manager ").status_code == 303


@pytest.mark.parametrize(("login", "password"), [
    ("manager", "wrong password"), ("nobody.at.all", PASSWORD), ("manager", ""), ("", ""),
    ("x" * 5000, "y" * 5000),
])  # fmt: skip
def test_every_refusal_reads_the_same(browser: Browser, login: str, password: str) -> None:
    answer = browser.sign_in(login, password)
    assert answer.status_code == 401
    assert "اسم الدخول أو كلمة المرور غير صحيحين" in answer.text
    assert browser.get("/work").status_code == 303


def test_an_unknown_login_costs_a_verification_too(masar: Masar, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []
    real = PasswordHasher.verify

    def counted(hasher: PasswordHasher, password_hash: str, password: str) -> bool:
        tries.append(password_hash)
        return bool(real(hasher, password_hash, password))

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for login in ("manager", "nobody.at.all"):
        with pytest.raises(SignInRefused):
            sign_in(masar, login, "wrong password", "192.0.2.1")
    known, unknown = (extract_parameters(password_hash) for password_hash in tries)
    assert known == unknown
    assert not verified("", "nobody has this password")


def test_a_deactivated_account_signs_nobody_in(masar: Masar, browser: Browser) -> None:
    deactivate_account(masar, "manager")
    assert browser.sign_in("manager").status_code == 401


def test_the_token_lives_in_a_cookie_that_scripts_cannot_read_and_only_its_hash_is_kept(
    masar: Masar, browser: Browser
) -> None:
    cookie = next(c for c in browser.sign_in("manager").headers.getlist("Set-Cookie") if "masar_session" in c)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    with masar.db.read() as conn:
        kept = conn.execute(select(session)).one()
    assert token.encode() not in bytes(kept.token_hash)
    assert kept.csrf != token


def test_cookies_travel_by_tls_alone_where_there_is_tls(app: Flask) -> None:
    browser = Browser(app.test_client())
    page = browser.get("/sign-in", base_url="https://localhost")
    assert "Secure" in page.headers["Set-Cookie"]
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_signing_in_takes_a_new_token_whatever_the_cookie_said(browser: Browser) -> None:
    browser.client.set_cookie("masar_session", "chosen-by-somebody-else")
    answer = browser.sign_in("manager")
    assert "chosen-by-somebody-else" not in answer.headers["Set-Cookie"]
    browser.client.set_cookie("masar_session", "chosen-by-somebody-else")
    assert browser.get("/work").status_code == 303


def test_after_too_many_tries_even_the_right_password_waits_a_quarter_of_an_hour(
    browser: Browser, clock: StoppedClock
) -> None:
    for _ in range(MOST_PER_LOGIN):
        assert browser.sign_in("manager", "wrong password").status_code == 401
    refused = browser.sign_in("manager")
    assert refused.status_code == 429
    clock.advance(QUARTER)
    assert browser.sign_in("manager").status_code == 303


def test_an_unknown_login_is_throttled_like_any_other(browser: Browser) -> None:
    for _ in range(MOST_PER_LOGIN):
        browser.sign_in("nobody.at.all")
    assert browser.sign_in("nobody.at.all").status_code == 429


def test_an_address_that_tries_many_logins_is_throttled(masar: Masar) -> None:
    for number in range(MOST_PER_ADDRESS):
        with pytest.raises(SignInRefused):
            sign_in(masar, f"guess{number // 4}", "x", "192.0.2.7")
    with pytest.raises(Throttled):
        sign_in(masar, "manager", PASSWORD, "192.0.2.7")
    assert sign_in(masar, "manager", PASSWORD, "192.0.2.8")


def test_an_office_that_signs_in_rightly_is_never_throttled(masar: Masar) -> None:
    for _ in range(MOST_PER_LOGIN + 2):
        sign_in(masar, "manager", PASSWORD, "192.0.2.7")
    with masar.db.read() as conn:
        assert conn.scalar(select(func.count()).select_from(sign_in_attempt)) == 0


def test_attempts_are_kept_under_keyed_hashes_and_forgotten(masar: Masar, clock: StoppedClock) -> None:
    with pytest.raises(SignInRefused):
        sign_in(masar, "manager", "x", "192.0.2.7")
    with masar.db.read() as conn:
        subjects = [bytes(row.subject_hash) for row in conn.execute(select(sign_in_attempt))]
    assert len(subjects) == 2
    assert not any(b"manager" in subject or b"192" in subject for subject in subjects)
    clock.advance(QUARTER)
    sign_in(masar, "manager", PASSWORD, "192.0.2.8")
    with masar.db.read() as conn:
        assert conn.scalar(select(func.count()).select_from(sign_in_attempt)) == 0


def test_a_session_locks_after_a_quarter_of_an_hour_without_a_request(
    browser: Browser, clock: StoppedClock
) -> None:
    browser.sign_in("manager")
    for _ in range(3):
        clock.advance(timedelta(minutes=14))
        assert browser.get("/work").status_code == 200
    clock.advance(QUARTER)
    assert browser.get("/work").status_code == 303


def test_a_session_ends_after_its_longest_life_however_busy(browser: Browser, clock: StoppedClock) -> None:
    browser.sign_in("manager")
    for _ in range(12 * 6 - 1):
        clock.advance(timedelta(minutes=10))
        assert browser.get("/health").status_code == 200
    assert browser.get("/work").status_code == 200
    clock.advance(timedelta(minutes=10))
    assert browser.get("/work").status_code == 303


def test_one_statement_loads_the_session_and_presence_is_noted_once_a_minute(
    masar: Masar, browser: Browser, clock: StoppedClock
) -> None:
    browser.sign_in("manager")
    with masar.db.counted() as counted:
        browser.get("/reports/new?")
    quiet = [text for text in counted.statements if "session" in text]
    clock.advance(timedelta(seconds=61))
    with masar.db.counted() as later:
        browser.get("/reports/new?")
    assert len(quiet) == 1
    assert sum("UPDATE session" in text for text in later.statements) == 1


def test_a_right_taken_away_is_gone_at_the_next_request(masar: Masar, browser: Browser) -> None:
    browser.sign_in("supervisor")
    assert 'href="/cases"' in browser.get("/work").text
    token = browser.client.get_cookie("masar_session")
    assert token is not None
    remove_membership(masar, "supervisor", "case_supervisor", "centre")
    signed_in = actor_of_session(masar, token.value)
    assert signed_in is not None
    assert signed_in.actor.memberships == ()
    deactivate_account(masar, "supervisor")
    assert browser.get("/work").status_code == 303


def test_a_new_password_ends_every_session(masar: Masar, browser: Browser) -> None:
    browser.sign_in("manager")
    set_password(masar, "manager", "another long password")
    assert browser.get("/work").status_code == 303
    assert browser.sign_in("manager").status_code == 401
    assert browser.sign_in("manager", "another long password").status_code == 303


def test_the_way_back_after_sign_in_leads_only_to_our_own_pages(browser: Browser) -> None:
    assert browser.sign_in("manager", next="/cases?q=%D8%B9").headers["Location"] == "/cases?q=%D8%B9"
    for elsewhere in ("https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", ""):
        browser.post("/sign-out")
        assert browser.sign_in("manager", next=elsewhere).headers["Location"] == "/"


def test_a_form_without_the_secret_of_its_page_is_refused(browser: Browser) -> None:
    browser.sign_in("manager")
    for secret in ("", "guessed", "ع"):
        answer = browser.client.post("/sign-out", data={"_csrf": secret})
        assert answer.status_code == 400
    assert browser.get("/work").status_code == 200


def test_a_form_sent_from_another_site_is_refused(browser: Browser) -> None:
    browser.sign_in("manager")
    answer = browser.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400


def test_the_secret_of_one_session_opens_no_other(app: Flask) -> None:
    first, second = Browser(app.test_client()), Browser(app.test_client())
    first.sign_in("manager")
    second.sign_in("colleague")
    second.page = first.page
    assert second.post("/sign-out").status_code == 400


def test_the_language_is_remembered_by_browser_and_account(app: Flask, browser: Browser) -> None:
    browser.sign_in("manager")
    assert browser.post("/language", {"language": "en", "next": "/work?view=groups"}).headers["Location"] == (
        "/work?view=groups"
    )
    page = browser.get("/work").text
    assert '<html lang="en" dir="ltr">' in page
    elsewhere = Browser(app.test_client())
    elsewhere.sign_in("manager")
    assert '<html lang="en" dir="ltr">' in elsewhere.get("/work").text


def test_an_unknown_language_changes_nothing(browser: Browser) -> None:
    browser.get("/sign-in")
    browser.post("/language", {"language": "../../etc", "next": "//example.org"})
    assert '<html lang="ar" dir="rtl">' in browser.get("/sign-in").text
