"""Access tokens on both databases: whose they are, how long they live, and what becomes of wrong ones."""

from datetime import timedelta

import pytest

from engine.commands.accounts import deactivate_account
from engine.commands.sessions import MOST_PER_ADDRESS, WINDOW, Throttled
from engine.commands.tokens import (
    MOST_TOKENS,
    create_token,
    note_use,
    note_wrong_token,
    revoke_token,
)
from engine.errors import Invalid, NotFound
from engine.queries.tokens import bearer_of, tokens_of
from tests.engine.commands.house import House

WHO = "mona"


def test_a_token_stands_for_its_account_as_long_as_it_lives(house: House) -> None:
    masar = house.masar
    token = create_token(masar, WHO, "  a   program ", ["read"], days=2)
    found = bearer_of(masar, token)
    assert found is not None and found.actor == house.person(WHO) and found.scopes == {"read"}
    note_use(masar, found)
    row = tokens_of(masar, WHO)[0]
    assert (row.name, row.scopes, row.used_at) == ("a program", ("read",), house.clock())
    house.clock.advance(timedelta(days=2))
    assert bearer_of(masar, token) is None
    assert bearer_of(masar, "masar_nothing") is None


def test_a_revoked_token_and_those_of_a_deactivated_account_are_worth_nothing(house: House) -> None:
    masar = house.masar
    first, second = (create_token(masar, WHO, name) for name in ("first", "second"))
    other = tokens_of(masar, WHO)[1].id
    with pytest.raises(NotFound):
        revoke_token(masar, "karim", other)
    revoke_token(masar, WHO, other)
    with pytest.raises(NotFound):
        revoke_token(masar, WHO, other)
    assert bearer_of(masar, first) is None and bearer_of(masar, second) is not None
    deactivate_account(masar, WHO)
    assert bearer_of(masar, second) is None
    assert all(row.revoked_at for row in tokens_of(masar, WHO))


def test_a_token_that_cannot_be_made_is_refused_in_words(house: House) -> None:
    masar = house.masar
    for name, scopes, days in (("", ["read"], 1), ("x" * 101, ["read"], 1), ("a\u202eb", ["read"], 1), ("x", [], 1),
                               ("x", ["root"], 1), ("x", ["read"], 0), ("x", ["read"], 367)):  # fmt: skip
        with pytest.raises(Invalid):
            create_token(masar, WHO, name, scopes, days)
    with pytest.raises(NotFound):
        create_token(masar, "nobody.at.all", "x")
    for number in range(MOST_TOKENS):
        create_token(masar, WHO, f"{number}")
    with pytest.raises(Invalid):
        create_token(masar, WHO, "one more")


def test_wrong_tokens_of_one_address_are_counted_for_a_quarter_of_an_hour(house: House) -> None:
    for _ in range(MOST_PER_ADDRESS):
        note_wrong_token(house.masar, "203.0.113.7")
    with pytest.raises(Throttled):
        note_wrong_token(house.masar, "203.0.113.7")
    note_wrong_token(house.masar, "203.0.113.8")
    house.clock.advance(WINDOW + timedelta(seconds=1))
    note_wrong_token(house.masar, "203.0.113.7")
