"""The pages of the procedure in a real Chromium: sound in both languages and on a phone, and the picture is drawn."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Connection, insert, select

from engine.library import Library
from engine.masar import Masar
from engine.queries.accounts import hash_of
from engine.store.accounts import account, session
from tests.chromium import in_a_browser
from tests.web.address import Address
from tests.web.axe import is_sound
from tests.web.served.world import SECRET, token_of
from web.app import create_app

pytestmark = in_a_browser
PAGES = ("/procedure", "/procedure?q=D12", "/procedure/closure", "/procedure/decisions/D12_closure",
         "/procedure/forms/closure", "/procedure/words")


@pytest.fixture
def site(shipped: Masar) -> Iterator[str]:
    """The shipped procedure on a local address."""

    def sign_in(conn: Connection) -> None:
        number, now = conn.scalar(select(account.c.id).where(account.c.login == "manager")), shipped.clock()
        conn.execute(insert(session).values(token_hash=hash_of(token_of("manager")), account_id=number, csrf=SECRET,
                                            created_at=now, seen_at=now, expires_at=now.replace(year=2027)))

    shipped.db.run(sign_in)
    with Address(create_app(replace(shipped, library=Library()))) as served:
        yield served.address


def test_the_pages_are_sound_in_both_languages_and_the_picture_is_drawn(chromium: Browser, site: str) -> None:
    for language in ("ar", "en"):
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        for name, value in (("masar_session", token_of("manager")), ("language", language)):
            context.add_cookies([{"name": name, "value": value, "url": site}])
        page = context.new_page()
        for address in PAGES:
            is_sound(page, f"{site}{address}")
        page.goto(f"{site}/procedure/closure")
        page.locator("[data-diagram] .djs-element").first.wait_for()
        context.close()
