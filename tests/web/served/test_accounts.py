"""Accounts: what a new one must be, and which roles it holds."""

import pytest

from engine.commands.accounts import add_membership, create_account, set_password
from engine.errors import Invalid, NotFound
from engine.masar import Masar
from engine.queries.accounts import accounts_with_role, actor_named, all_accounts
from engine.text import Text
from tests.web.served.conftest import PASSWORD


@pytest.mark.parametrize(("login", "password"), [
    ("ab", PASSWORD), ("عربي", PASSWORD), ("a b", PASSWORD), ("manager", PASSWORD), ("fresh", "short"),
    ("long.enough.login", "long.enough.login"), ("fresh", "x" * 257),
])  # fmt: skip
def test_an_account_is_refused_with_the_reason(masar: Masar, login: str, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create_account(masar, login, Text("اسم"), password)
    assert set(refusal.value.fields) <= {"login", "password"}
    assert refusal.value.fields


def test_a_new_account_holds_the_roles_it_is_given_and_no_other(masar: Masar) -> None:
    create_account(masar, "Fresh", Text("جديد", "Fresh"), PASSWORD, "en")
    add_membership(masar, "fresh", "case_manager", "centre")
    add_membership(masar, "fresh", "case_manager", "centre")
    with masar.db.read() as conn:
        actor = actor_named(conn, "fresh")
        managers = accounts_with_role(conn, frozenset({"case_manager"}), "/1/2/3/4/")
        elsewhere = accounts_with_role(conn, frozenset({"case_manager", "dept_head"}), "/1/2/3/5/")
    assert actor is not None
    assert [(m.role, m.unit_path) for m in actor.memberships] == [("case_manager", "/1/2/3/4/")]
    assert [row.login for row in managers] == ["colleague", "fresh", "manager"]
    assert [row.login for row in elsewhere] == ["head"]
    assert ("case_manager", "centre") in {r.login: r for r in all_accounts(masar)}["fresh"].memberships


def test_commands_on_accounts_name_what_is_missing(masar: Masar) -> None:
    with pytest.raises(NotFound):
        set_password(masar, "nobody.at.all", PASSWORD)
    with pytest.raises(NotFound):
        add_membership(masar, "manager", "case_manager", "nowhere")
