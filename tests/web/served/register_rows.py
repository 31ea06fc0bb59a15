"""Who gets which answer from the pages of the two registers; read by test_routes.py."""

from tests.web.served.conftest import ACCOUNTS

CASE_PEOPLE = "manager colleague supervisor stranger reception organiser head director duty"
SEARCHERS = f"{CASE_PEOPLE} keeper coordinator inspector"
SEE_REGISTER = "trainer supervisor stranger head director duty"
LEAD_PERSON = "trainer supervisor head director duty"


def others(named: str) -> str:
    """Everybody with an account who is not named."""
    return " ".join(name for name in ACCOUNTS if name not in named.split())


def row(line: str, status: int, named: str) -> str:
    """A row: who is named gets the status, everybody else is not allowed."""
    return f"{line} | {status}: {named} | 403: {others(named)}\n"


REGISTERS = "".join((
    row("GET  /directory", 200, SEARCHERS),
    row("GET  /directory?service=advice", 200, SEARCHERS),
    row("GET  /directory/gaps", 200, "head coordinator"),
    row("GET  /directory/kept", 200, "keeper"),
    row("GET  /directory/new", 200, "keeper"),
    row("POST /directory/new", 422, "keeper"),
    row("GET  /directory/providers/{listed}", 200, SEARCHERS),
    row("GET  /directory/providers/{listed}/change", 200, "keeper"),
    row("POST /directory/providers/{listed}/change", 409, "keeper"),
    row("GET  /directory/providers/{listed}/renewal", 200, "keeper"),
    row("POST /directory/providers/{listed}/renewal", 422, "keeper"),
    row("POST /directory/providers/{listed}/verification", 303, "keeper"),
    row("POST /directory/providers/{listed}/suspension", 303, "keeper"),
    row("POST /directory/providers/{listed}/reinstatement", 409, "keeper"),
    row("GET  /practitioners", 200, SEE_REGISTER),
    row("GET  /practitioners/{person}", 200, LEAD_PERSON),
    row("GET  /practitioners/{person}/accreditation", 200, "trainer"),
    row("POST /practitioners/{person}/accreditation", 422, "trainer"),
    row("GET  /practitioners/{person}/training", 200, "trainer"),
    row("POST /practitioners/{person}/training", 422, "trainer"),
    row("POST /practitioners/{person}/withdrawal", 409, "trainer"),
    row("POST /practitioners/conflicts/{conflict}/end", 303, "trainer"),
    row("GET  /practitioners/conflicts", 200, CASE_PEOPLE),
    row("POST /practitioners/conflicts", 422, CASE_PEOPLE),
))
