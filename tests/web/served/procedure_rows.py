"""Who gets which answer from the procedure; read by test_routes.py. Staff read it, nobody from outside does."""

from tests.web.served.conftest import ACCOUNTS

OUTSIDE = ("provider", "other.provider", "partner", "other.partner", "nobody")
INSIDE = " ".join(name for name in ACCOUNTS if name not in OUTSIDE)
NOT_INSIDE = " ".join(OUTSIDE)

PROCEDURE = "".join(
    f"GET  {address} | {status}: {INSIDE} | 403: {NOT_INSIDE}\n" for address, status in (
        ("/procedure", 200), ("/procedure?q=note", 200), ("/procedure/words", 200), ("/procedure/case", 200),
        ("/procedure/case/diagram.bpmn", 200), ("/procedure/forms/note", 200), ("/procedure/none", 404),
        ("/procedure/decisions/none", 404),
    ))
