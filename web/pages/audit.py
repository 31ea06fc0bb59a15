"""The auditor's pages of one case: its history step by step, verification, and who read it."""

from flask import Blueprint, g, render_template
from werkzeug.exceptions import NotFound

from engine.access import may
from engine.commands.auditing import verify_for
from engine.queries.readings import readings_of
from engine.queries.replaying import audited_summary, replay_page
from web.incoming import asked
from web.security import shows_a_diagram
from web.sessions import actor, masar

pages = Blueprint("audit", __name__, url_prefix="/cases/<number:case_id>")
LONGEST_NUMBER = 9  # digits


@pages.app_context_processor
def _for_templates() -> dict[str, object]:
    """Whether the reader audits anywhere, for links; each page still decides for its case."""
    return {"may_audit": g.get("signed_in") is not None and may(actor(), "audit_cases")}


@pages.get("/replay")
def replay(case_id: str) -> str:
    """One step of the case: the first, where none is asked for."""
    shows_a_diagram()
    step = _number(asked("step")) or 1
    page = replay_page(masar(), actor(), case_id, step, asked("diagram"))
    return render_template("audit/replay.html", page=page)


@pages.get("/verification")
def verification(case_id: str) -> str:
    """What verification looks at, and what it does not prove."""
    case = audited_summary(masar(), actor(), case_id)
    return render_template("audit/verification.html", case=case, found=None)


@pages.post("/verification")
def verify(case_id: str) -> str:
    """Looks at everything anew and shows what was found; sent again, it looks again."""
    found = verify_for(masar(), actor(), case_id)
    return render_template("audit/verification.html", case=found.case, found=found)


@pages.get("/readings")
def readings(case_id: str) -> str:
    """Who read the case, a page at a time."""
    page = readings_of(masar(), actor(), case_id, _number(asked("after")))
    return render_template("audit/readings.html", case=page.case, page=page.readings)


def _number(text: str) -> int:
    """A number of the address in any digits, 0 where it is missing; raises NotFound for what is none."""
    if text and not (text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise NotFound
    return int(text or 0)
