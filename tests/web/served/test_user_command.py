"""`masar user` on a real installation."""

import pytest
from click.testing import CliRunner, Result

from engine.cli.user import user
from engine.masar import Masar
from tests.web.served.conftest import PASSWORD, Browser


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


def test_a_made_up_password_is_printed_once_and_works(masar_user: Command, browser: Browser) -> None:
    told = masar_user("add", "fresh", "--name", "جديد").output
    assert browser.sign_in("fresh", told.split("Password: ")[1].strip()).status_code == 303
    changed = masar_user("password", "fresh").output
    assert browser.get("/work").status_code == 303
    assert browser.sign_in("fresh", changed.split("Password: ")[1].strip()).status_code == 303


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
    ("add", "x", "--name", "س"), ("add", "manager", "--name", "س"), ("password", "nobody.at.all"),
    ("role", "manager", "case_manager@nowhere"), ("role", "manager", "case_manager"), ("deactivate", "none"),
    ("add", "fresh", "--name", "س", "--role", "@centre"),
])  # fmt: skip
def test_a_mistake_is_named_and_nothing_is_done(masar_user: Command, arguments: tuple[str, ...]) -> None:
    before = masar_user("list").output
    refused = masar_user(*arguments)
    assert refused.exit_code in {1, 2}
    assert "Traceback" not in refused.output
    assert masar_user("list").output == before
