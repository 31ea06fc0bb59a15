"""Somebody unknown who reports: what they send, and what every page for them answers."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.masar import Masar
from engine.store.cases import case_file

ADDRESS = "203.0.113.77"
SAID = {"concern_description": "طفل يُضرب كل ليلة", "danger_signs": "none", "_token": "a token of this very page"}
NOBODYS_CODE = "k7qm-2xwd-54tb-hrz3"
# What knows nobody: the same answer for a visitor and for whoever is signed in.
ANONYMOUS = {
    ("GET", "/report"): 200, ("POST", "/report"): 422, ("GET", "/report/blank"): 200, ("GET", "/track"): 200,
    ("POST", "/track"): 422, ("GET", "/answer/none"): 200, ("POST", "/answer/none"): 404, ("GET", "/leave"): 303,
    ("GET", "/calendar"): 200, ("GET", "/complaint"): 200, ("POST", "/complaint"): 422,
}


def send(visitor: FlaskClient, **more: str) -> TestResponse:
    """Sends the report form."""
    return visitor.post("/report", data={**SAID, **more})


def code_in(answer: TestResponse) -> str:
    """The tracking code on a receipt."""
    found = re.search(r'class="code">([a-z2-7-]{19})<', answer.text)
    assert found
    return found[1]


def reports(masar: Masar) -> list[int]:
    """The ids of all reports."""
    with masar.db.read() as conn:
        return list(conn.scalars(select(case_file.c.id).where(case_file.c.kind == "report")))
