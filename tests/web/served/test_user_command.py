"""`masar user` on a real installation."""

import re

import pytest
from click.testing import CliRunner, Result

from engine.cli.user import user
from engine.masar import Masar
from tests.web.served.conftest import PASSWORD, Browser
from tests.web.served.test_sign_in_codes import use

CODE = re.compile(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){3}")


@pytest.fixture
def masar_user(masar: Masar, monkeypatch: pytest.MonkeyPatch) -> "Command":
    """The command line on the same installation as the pages."""
    monkeypatch.setenv("MASAR_HOME", str(masar.settings.home))
    return Command()


class Command:
    """Calls `masar user …` in this process."""

    def __call__(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(user, list(arguments), input=typed)


def test_an_account_added_on_the_command_line_signs_in(masar_user: Command, browser: Browser) -> None:
    added = masar_user("add", "fresh", "--name", "جديد", "--role", "case_manager@centre", "--password-stdin",
                       typed=PASSWORD + "\n")  # fmt: skip
    assert added.exit_code == 0
    assert browser.sign_in("fresh").status_code == 303
    assert "fresh\tجديد\tactive\tcase_manager@centre" in masar_user("list").output


def test_a_new_account_gets_a_one_time_code_and_no_password(masar_user: Command, browser: Browser) -> None:
    told = masar_user("add", "fresh", "--name", "جديد").output
    assert browser.sign_in("fresh", "").status_code == 401
    assert use(browser, CODE.findall(told)[0], "fresh") == 303
    browser.get("/work")
    browser.post("/sign-out")
    assert use(browser, CODE.findall(masar_user("code", "fresh").output)[0], "fresh") == 303


def test_a_password_that_is_set_ends_the_sessions(masar_user: Command, browser: Browser) -> None:
    browser.sign_in("manager")
    assert masar_user("password", "manager", typed="another long password\n").exit_code == 0
    assert browser.get("/work").status_code == 303
    assert browser.sign_in("manager", "another long password").status_code == 303


def test_there_is_one_first_administrator(masar_user: Command) -> None:
    founding = ("first-admin", "chief", "--name", "المدير الأول", "--ministry", "الوزارة")
    assert "already" in masar_user(*founding).output
    assert masar_user("deactivate", "admin").exit_code == 0
    assert CODE.findall(masar_user(*founding).output)
    assert "chief\tالمدير الأول\tactive\tsystem_admin@ministry" in masar_user("list").output


def test_a_role_is_given_and_taken(masar_user: Command) -> None:
    assert masar_user("role", "manager", "case_supervisor@centre").exit_code == 0
    assert "case_manager@centre, case_supervisor@centre" in masar_user("list").output
    assert masar_user("role", "manager", "case_supervisor@centre", "--remove").exit_code == 0
    assert "case_supervisor@centre" not in masar_user("list").output.split("manager\t")[-1].splitlines()[0]


def test_a_deactivated_account_is_shown_as_such(masar_user: Command, browser: Browser) -> None:
    assert masar_user("deactivate", "manager").exit_code == 0
    assert "manager\tحساب manager\tdeactivated" in masar_user("list").output
    assert browser.sign_in("manager").status_code == 401


@pytest.mark.parametrize("arguments", [
    ("add", "x", "--name", "س"), ("add", "manager", "--name", "س"), ("code", "nobody.at.all"),
    ("role", "manager", "case_manager@nowhere"), ("role", "manager", "case_manager"), ("deactivate", "none"),
    ("add", "fresh", "--name", "س", "--role", "@centre"),
])  # fmt: skip
def test_a_mistake_is_named_and_nothing_is_done(masar_user: Command, arguments: tuple[str, ...]) -> None:
    before = masar_user("list").output
    refused = masar_user(*arguments)
    assert refused.exit_code in {1, 2}
    assert "Traceback" not in refused.output
    assert masar_user("list").output == before
