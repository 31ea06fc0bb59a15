"""The real application on a real database, with a stopped clock and a few people in a small ministry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert
from werkzeug.test import TestResponse

from engine.clock import StoppedClock
from engine.commands.accounts import insert_account, password_hash_of
from engine.library import Library
from engine.masar import Masar
from engine.settings import Settings
from engine.setup import publish_shipped
from engine.store.accounts import membership
from engine.store.database import Database
from engine.store.units import unit
from engine.store.vault import Vault
from engine.text import Text
from tests.web.served.visitors import ADDRESS
from web.app import create_app

PASSWORD = "a long enough password"
UNITS = {
    "ministry": (1, None, "/1/"), "directorate": (2, 1, "/1/2/"), "department": (3, 2, "/1/2/3/"),
    "centre": (4, 3, "/1/2/3/4/"), "other-centre": (5, 3, "/1/2/3/5/"), "provider": (8, 2, "/1/2/8/"),
    "other-provider": (9, 2, "/1/2/9/"), "partner": (10, 3, "/1/2/3/10/"),
}
ACCOUNTS = {
    "manager": ("case_manager", "centre"), "colleague": ("case_manager", "centre"),
    "supervisor": ("case_supervisor", "centre"), "stranger": ("case_supervisor", "other-centre"),
    "reception": ("reception_officer", "department"), "organiser": ("form_organiser", "department"),
    "head": ("dept_head", "department"), "director": ("directorate_director", "directorate"),
    "duty": ("duty_supervisor", "directorate"), "auditor": ("auditor", "ministry"),
    "admin": ("system_admin", "ministry"), "analyst": ("process_analyst", "ministry"),
    "provider": ("provider_user", "provider"), "other.provider": ("provider_user", "other-provider"),
    "partner": ("partner_user", "partner"), "other.partner": ("partner_user", "partner"),
    "keeper": ("directory_manager", "directorate"), "trainer": ("training_officer", "ministry"),
    "coordinator": ("coordination_member", "directorate"),
    "complaints": ("complaint_officer", "directorate"), "central": ("central_services", "ministry"),
    "inspector": ("inspector", "ministry"),
    "nobody": None,
}


@dataclass
class Browser:
    """A person at a browser: follows forms with their hidden fields, as a page of ours would send them."""

    client: FlaskClient
    page: str = field(default="")

    def get(self, address: str, **options: object) -> TestResponse:
        """Opens a page."""
        return self._kept(self.client.get(address, **options))

    def post(
        self, address: str, fields: Mapping[str, object] | None = None, **options: object
    ) -> TestResponse:
        """Sends a form with the secret of the page that was seen last."""
        data = {"_csrf": self.secret(), **(fields or {})}
        return self._kept(self.client.post(address, data=data, **options))

    def sign_in(self, login: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        """Fills the sign-in form."""
        self.get("/sign-in")
        answer = self.post("/sign-in", {"login": login, "password": password, **fields})
        if answer.status_code == 303:
            self.get("/work")
        return answer

    def secret(self) -> str:
        """The synchroniser token of the page that was seen last."""
        found = re.search(r'name="_csrf" value="([^"]+)"', self.page)
        return found[1] if found else ""

    def _kept(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and "_csrf" in answer.text:
            self.page = answer.text
        return answer


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The argon2 hash of everybody's password here; made once, since it takes 60 ms."""
    return password_hash_of(PASSWORD)


@pytest.fixture
def masar(
    sqlite_settings: Settings, vault: Vault, clock: StoppedClock, password_hash: str
) -> Iterator[Masar]:
    """An installation with units and accounts on SQLite; the store's own tests cover both databases."""
    database = Database(sqlite_settings.database_url)
    opened = Masar(sqlite_settings, database, vault, Library(), clock)
    opened.db.run(lambda conn: settle(conn, opened, password_hash))
    yield opened
    database.close()


@pytest.fixture
def app(masar: Masar) -> Flask:
    """The application, with errors answered as in production."""
    return create_app(masar)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser nobody is signed in at."""
    return Browser(app.test_client())


@pytest.fixture
def shipped(masar: Masar) -> Masar:
    """The same installation with the shipped diagrams, forms and lists."""
    publish_shipped(masar)
    return masar


@pytest.fixture
def visitor(shipped: Masar) -> FlaskClient:
    """Somebody unknown, far away."""
    client = create_app(shipped).test_client()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    return client


def settle(conn: Connection, masar: Masar, password_hash: str) -> None:
    """Writes the units and accounts of this ministry."""
    for code, (number, parent, path) in UNITS.items():
        kind = code.removeprefix("other-")
        row = {"id": number, "code": code, "parent_id": parent, "path": path, "kind": kind, "name_ar": code}
        conn.execute(insert(unit).values(row))
    for login, held in ACCOUNTS.items():
        number = insert_account(conn, login, Text(f"حساب {login}", login), password_hash, "ar", masar.clock())
        if held:
            row = {"account_id": number, "role": held[0], "unit_id": UNITS[held[1]][0]}
            conn.execute(insert(membership).values(row))
