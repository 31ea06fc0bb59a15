"""The templates on a small application of their own, with made-up values: every page in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Never

from flask import Flask, g, render_template, request
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from engine.commands.waiting import NO_USE
from engine.feel import Env
from engine.forms import FormView, load_form
from engine.queries.assignment import AssignmentPage
from engine.queries.rows import IncidentRow, Page
from engine.text import Text
from tests.web import offer_samples, register_samples, sample_form, samples, sealed_samples, team_samples
from web import bundle, words

SIGNED_IN = {"actor": samples.MONA, "counts": samples.COUNTS}


@dataclass(frozen=True)
class Receipt:
    """What a sent report is answered with."""

    case_id: str
    number: str
    tracking_code: str


def given(**said: Any) -> Callable[[], dict[str, Any]]:
    """Values of a page for anybody."""
    return lambda: {**said}


def values(**said: Any) -> Callable[[], dict[str, Any]]:
    """Values of a page for a signed-in person."""
    return lambda: {**SIGNED_IN, **said}


ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted(path.stem for path in (ROOT / "forms").glob("*.form"))


def shipped(key: str) -> FormView:
    """An empty form as it is shipped, as the page would show it."""
    form = load_form((ROOT / "forms" / f"{key}.form").read_bytes())
    return form.view({}, {}, register_samples.LISTS, Env(now=samples.NOW), locale=_locale())




def work_with(key: str) -> dict[str, Any]:
    """Values of the page of a work item that asks a shipped form."""
    return {**SIGNED_IN, "page": samples.work_page(), "form": shipped(key), "problem": None}


EMPTY: Page[Never] = Page((), None)
PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "sign_in": ("sign_in.html", lambda: {"error": None, "login": "", "next": "/", "kept": []}),
    "sign_in_refused": (
        "sign_in.html",
        lambda: {
            "error": "اسم المستخدم أو كلمة المرور غير صحيحين.",
            "login": "mona",
            "next": "/",
            "kept": ["c2VhbGVk"],
        },
    ),
    "worklist": ("worklist.html", values(view="mine", page=samples.worklist(), first_page=True, notices=["تم."])),
    "worklist_later": ("worklist.html", values(view="overdue", page=samples.worklist(), first_page=False)),
    "worklist_empty": ("worklist.html", values(view="mine", page=EMPTY)),
    "worklist_groups_empty": ("worklist.html", values(view="groups", page=EMPTY)),
    "worklist_overdue_empty": ("worklist.html", values(view="overdue", page=EMPTY)),
    "work": ("work.html", values(page=samples.work_page(), form=sample_form.clean_form(), problem=None)),
    "work_wrong": ("work.html", values(page=samples.work_page(), form=sample_form.form(), problem="راجع الإجابات.")),
    "work_unclaimed": (
        "work.html",
        values(
            page=samples.work_page(row=samples.worklist().rows[2], may_complete=False, draft_saved_at=None),
            form=sample_form.clean_form(),
            problem=None,
        ),
    ),
    "work_of_another": (
        "work.html",
        values(
            page=samples.work_page(row=samples.worklist().rows[3], may_complete=False, draft_saved_at=None, known=()),
            form=sample_form.clean_form(),
            problem=None,
        ),
    ),
    "case": ("case.html", values(page=samples.case_page())),
    "case_closed": (
        "case.html",
        values(
            page=samples.case_page(
                case=samples.case(status="closed", closed_at=samples.NOW, risk=None), work=(), offers=(), timeline=EMPTY
            )
        ),
    ),
    "case_incident": (
        "case.html",
        values(
            page=samples.case_page(
                case=samples.case(status="incident"),
                incidents=(
                    IncidentRow("9", Text("تعذّر إرسال البريد", "The mail could not be sent"), True),
                    IncidentRow("10", Text("تعذّر حساب المهلة", "The time limit could not be computed"), False, NO_USE),
                ),
            )
        ),
    ),
    "timeline": ("timeline.html", values(case_id="8123", page=samples.timeline())),
    "cases": (
        "cases.html",
        values(q="أحمد", page=Page(tuple(row.case for row in samples.worklist().rows), "x")),
    ),
    "cases_none": ("cases.html", values(q="xyz", page=EMPTY)),
    "cases_empty": ("cases.html", values(q="", page=EMPTY)),
    "offer": ("offer.html", values(page=offer_samples.offer_page(), form=sample_form.clean_form(), problem=None)),
    "offer_outside": (
        "offer.html",
        values(
            page=offer_samples.offer_page(shared=offer_samples.ASKED, stages=(), due_at=samples.NOW, timeliness="soon"),
            form=sample_form.clean_form(),
            problem=None,
        ),
    ),
    "offers": ("offers.html", values(page=offer_samples.offers(), first_page=False)),
    "offers_empty": ("offers.html", values(page=EMPTY)),
    "assignment": ("assignment.html", values(page=offer_samples.assignment_page(), to="", reason="", errors={})),
    "assignment_wrong": (
        "assignment.html",
        values(page=offer_samples.assignment_page(), to="karim", reason="", errors={"reason": "اكتب السبب."}),
    ),
    "assignment_nobody": (
        "assignment.html",
        values(page=AssignmentPage(samples.work(), ()), to="", reason="", errors={}),
    ),
    "deadline": ("deadline.html", values(page=offer_samples.deadline_page(), share="half", reason="", errors={})),
    "deadline_wrong": (
        "deadline.html",
        values(page=offer_samples.deadline_page(), share="", reason="", errors={"share": "اختر الموعد الجديد."}),
    ),
    "report": ("report.html", values(form=sample_form.clean_form(), token="t", problem=None)),
    "complaint": ("complaint.html", values(form=sample_form.clean_form(), token="t", problem=None)),
    "complaint_receipt": (
        "complaint_receipt.html", values(receipt=Receipt("9", "Q-2026-00018", "K7QM-2XWD-94TB-HRZ3"))),
    "receipt": ("receipt.html", values(receipt=Receipt("9", "R-2026-01878", "K7QM-2XWD-94TB-HRZ3"))),
    "conflict": (
        "conflict.html",
        values(
            text=Text("أُنجزت هذه المهمة قبل قليل.", "This work item has just been completed."),
            who=Text("كريم سمير", "Karim Samir"),
            when=samples.NOW - timedelta(minutes=2),
            typing=["كان العم حاضراً طوال الوقت"],
        ),
    ),
    "conflict_form": ("conflict.html", values(text=None, who=None, when=None, form=sample_form.clean_form())),
    **{
        f"error_{status}": ("error.html", given(status=status, text=None, incident="9f3a"))
        for status in (400, 403, 404, 405, 413, 429, 500, 503)
    },
    **{
        f"form_{key}": ("work.html", partial(work_with, key))
        for key in FORMS
    },
    **team_samples.PAGES,
    **register_samples.PAGES,
    **sealed_samples.PAGES,
    "directory_entry": ("registers/form.html", lambda: {
        **SIGNED_IN, "form": shipped("directory_entry"), "action": "/directory/new", "token": "", "back": "/directory",
        "here": "directory",
    }),
    "own_conflicts": ("registers/conflicts.html", lambda: {
        **SIGNED_IN, "form": shipped("conflict_declaration"), "conflicts": register_samples.PERSON.conflicts,
    }),
    "error_with_words": ("error.html", values(status=403, text=Text("هذا الملف مقيّد.", "This file is sealed."))),
}


def app() -> Flask:
    """GET /<name of a page>?locale=en shows it; posting a form gives the page again, as the real ones do."""
    dressed = Flask("web")
    dressed.jinja_env.undefined = StrictUndefined
    dressed.jinja_env.trim_blocks = dressed.jinja_env.lstrip_blocks = True
    dressed.config.update(BABEL_DEFAULT_TIMEZONE="Asia/Damascus")
    Babel(dressed, locale_selector=lambda: "en_GB" if _locale() == "en" else "ar_EG")
    bundle.install(dressed)
    words.install(dressed, lambda: samples.NOW)
    dressed.context_processor(
        lambda: {
            "locale": _locale(),
            "direction": "ltr" if _locale() == "en" else "rtl",
            "csrf_token": "secret",
        }
    )

    @dressed.get("/show/<name>")
    def show(name: str) -> str:
        template, given = PAGES[name]
        return render_template(template, **given())

    @dressed.get("/cases/<case_id>/diagrams/<process>.bpmn")
    def diagram(case_id: str, process: str) -> Response:
        assert case_id
        return Response((ROOT / "processes" / f"{process}.bpmn").read_bytes(), mimetype="application/xml")

    @dressed.after_request
    def strict(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'"
        )
        return response

    return dressed


def _locale() -> str:
    return str(g.get("locale") or request.args.get("locale", "ar"))
