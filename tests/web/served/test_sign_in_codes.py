"""One-time codes: people choose their own password, once, in time, and nobody else learns it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.clock import StoppedClock
from engine.commands.accounts import deactivate_account, set_password
from engine.commands.sessions import MOST_PER_LOGIN
from engine.commands.sign_in_codes import VALID_FOR, give_code
from engine.errors import NotFound
from engine.masar import Masar
from engine.store.sign_in_codes import sign_in_code
from tests.web.served.conftest import PASSWORD, Browser

CHOSEN = "a password of my own"
WRONG = "zzzz-zzzz-zzzz-zzzz"


def use(browser: Browser, code: str, login: str = "manager", password: str = CHOSEN, again: str = "") -> int:
    """Fills the page of the code; returns how it was answered."""
    browser.get("/sign-in/code")
    fields = {"login": login, "code": code, "password": password, "again": again or password}
    return browser.post("/sign-in/code", fields).status_code


def test_a_code_lets_its_owner_choose_a_password_and_signs_in_once(masar: Masar, browser: Browser) -> None:
    code, _ = give_code(masar, "manager")
    assert use(browser, code) == 303
    assert browser.get("/work").status_code == 200
    browser.post("/sign-out")
    assert use(browser, code) == 401
    assert browser.sign_in("manager", PASSWORD).status_code == 401
    assert browser.sign_in("manager", CHOSEN).status_code == 303


def test_a_code_is_read_however_it_was_written_down(masar: Masar, browser: Browser) -> None:
    code, _ = give_code(masar, "manager")
    assert use(browser, code.upper().replace("-", " ").replace("L", "1").replace("O", "0"), " Manager ") == 303


def test_a_code_ends_in_time(masar: Masar, browser: Browser, clock: StoppedClock) -> None:
    code, until = give_code(masar, "manager")
    assert until == clock() + VALID_FOR
    clock.advance(VALID_FOR)
    assert use(browser, code) == 401
    assert browser.sign_in("manager", PASSWORD).status_code == 303  # what was there before still holds


def test_only_the_last_code_of_an_account_is_good_and_for_that_account_alone(masar: Masar, browser: Browser) -> None:
    first, _ = give_code(masar, "manager")
    second, _ = give_code(masar, "manager")
    give_code(masar, "colleague")
    assert [use(browser, first), use(browser, second, "colleague"), use(browser, second)] == [401, 401, 303]


@pytest.mark.parametrize(("password", "again"), [("short", ""), ("manager", ""), (CHOSEN, "another password")])
def test_a_bad_password_is_told_and_leaves_the_code_good(
    masar: Masar, browser: Browser, password: str, again: str
) -> None:
    code, _ = give_code(masar, "manager")
    assert use(browser, code, password=password, again=again) == 422
    assert code in browser.page
    assert password not in browser.page.replace('value="manager"', "")
    assert use(browser, code) == 303


def test_guessing_is_counted_with_the_attempts_to_sign_in(
    masar: Masar, browser: Browser, clock: StoppedClock
) -> None:
    code, _ = give_code(masar, "manager")
    for _ in range(MOST_PER_LOGIN):
        assert use(browser, WRONG) == 401
    assert use(browser, code) == 429
    assert browser.sign_in("manager").status_code == 429
    clock.advance(timedelta(minutes=15))
    assert use(browser, code) == 303


def test_choosing_ends_every_other_session(masar: Masar, browser: Browser) -> None:
    browser.sign_in("manager")
    other = Browser(browser.client.application.test_client())
    code, _ = give_code(masar, "manager")
    assert use(other, code) == 303
    assert browser.get("/work").status_code == 303


def test_a_code_is_worth_nothing_once_the_account_is_closed_or_has_another_password(
    masar: Masar, browser: Browser
) -> None:
    codes = {login: give_code(masar, login)[0] for login in ("manager", "colleague")}
    deactivate_account(masar, "manager")
    set_password(masar, "colleague", CHOSEN)
    for login, code in codes.items():
        assert use(browser, code, login) == 401
    with pytest.raises(NotFound):
        give_code(masar, "manager")


def test_the_database_holds_no_code(masar: Masar) -> None:
    code, _ = give_code(masar, "manager")
    with masar.db.read() as conn:
        kept = bytes(conn.execute(select(sign_in_code)).one().code_hash)
    assert code.encode() not in kept and code.replace("-", "").encode() not in kept
