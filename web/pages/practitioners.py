"""The register of practitioners, and the conflicts of interest that people declare themselves."""

from collections.abc import Callable, Mapping

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.practitioners import (
    ACCREDITATION_FORM,
    CONFLICT_FORM,
    TRAINING_FORM,
    accredit,
    declare_conflict,
    end_conflict,
    enter_training,
    withdraw_accreditation,
)
from engine.errors import Invalid
from engine.queries.practitioners import own_conflicts, practitioner_page, register_form, register_page
from engine.text import Text
from web.incoming import asked, is_submit, typed
from web.sessions import actor, masar
from web.showing import form_view

pages = Blueprint("practitioners", __name__, url_prefix="/practitioners")
LARGEST = 2**31 - 1


@pages.get("")
def register() -> str:
    """The people of the signed-in person's units."""
    return render_template("registers/practitioners.html", page=register_page(masar(), actor()))


@pages.get("/<number:account_id>")
def practitioner(account_id: str) -> Response:
    """One person in the register."""
    return _person(account_id)


@pages.get("/<number:account_id>/accreditation")
def accreditation(account_id: str) -> Response:
    """An empty accreditation."""
    return _form(ACCREDITATION_FORM, account_id, "accreditation")


@pages.post("/<number:account_id>/accreditation")
def accredited(account_id: str) -> Response:
    """Accredits somebody."""
    return _sent(ACCREDITATION_FORM, account_id, "accreditation", accredit)


@pages.get("/<number:account_id>/training")
def training(account_id: str) -> Response:
    """An empty training."""
    return _form(TRAINING_FORM, account_id, "training")


@pages.post("/<number:account_id>/training")
def trained(account_id: str) -> Response:
    """Enters a training, or a need of one."""
    return _sent(TRAINING_FORM, account_id, "training", enter_training)


@pages.post("/<number:account_id>/withdrawal")
def withdrawal(account_id: str) -> Response:
    """Withdraws an accreditation."""
    setting, reason = (typed().get(name, [""])[0] for name in ("setting", "reason"))
    try:
        withdraw_accreditation(masar(), actor(), _account(account_id), setting, reason)
    except Invalid as problem:
        return _person(account_id, problem.fields, 422)
    return redirect(f"/practitioners/{account_id}?done=withdrawal", 303)


@pages.post("/conflicts/<number:conflict_id>/end")
def conflict_end(conflict_id: str) -> Response:
    """Ends a conflict of interest."""
    account_id = end_conflict(masar(), actor(), _account(conflict_id), typed().get("reason", [""])[0])
    return redirect(f"/practitioners/{account_id}?done=conflict_end", 303)


@pages.get("/conflicts")
def conflicts() -> Response:
    """What the signed-in person declared, and the form for more."""
    return _own()


@pages.post("/conflicts")
def declaration() -> Response:
    """Declares a conflict of interest."""
    if not is_submit():
        return _own(typed())
    try:
        declare_conflict(masar(), actor(), typed())
    except Invalid as problem:
        return _own(typed(), problem)
    return redirect("/practitioners/conflicts?done=declared", 303)


def _own(raw: Mapping[str, list[str]] | None = None, problem: Invalid | None = None) -> Response:
    page = register_form(masar(), actor(), CONFLICT_FORM)
    declared = gettext("It is noted. No case with this person in it will be given to you.")
    html = render_template(
        "registers/conflicts.html", form=form_view(page, raw, problem.fields if problem else None),
        conflicts=own_conflicts(masar(), actor()), notices=[declared] if asked("done") == "declared" else [],
    )
    return make_response(html, 422 if problem else 200)


def _sent(key: str, account_id: str, what: str, keep: Callable[..., None]) -> Response:
    raw = typed()
    if not is_submit():
        return _form(key, account_id, what, raw)
    try:
        keep(masar(), actor(), _account(account_id), raw)
    except Invalid as problem:
        return _form(key, account_id, what, raw, problem)
    return redirect(f"/practitioners/{account_id}?done={what}", 303)


def _form(
    key: str, account_id: str, what: str, raw: Mapping[str, list[str]] | None = None, problem: Invalid | None = None
) -> Response:
    page = register_form(masar(), actor(), key, _account(account_id))
    back = f"/practitioners/{account_id}"
    html = render_template(
        "registers/form.html", form=form_view(page, raw, problem.fields if problem else None), back=back, token="",
        action=f"{back}/{what}", here="practitioners",
    )
    return make_response(html, 422 if problem else 200)


def _person(account_id: str, wrong: Mapping[str, Text] | None = None, status: int = 200) -> Response:
    told = {
        "accreditation": gettext("The accreditation is kept."), "training": gettext("It is kept."),
        "withdrawal": gettext("The accreditation is withdrawn: no case of this setting is given to them any more."),
        "conflict_end": gettext("The conflict of interest has ended."),
    }
    done = asked("done")
    page = practitioner_page(masar(), actor(), _account(account_id))
    html = render_template(
        "registers/practitioner.html", page=page, wrong=wrong or {}, raw=typed(),
        notices=[told[done]] if done in told else [],
    )
    return make_response(html, status)


def _account(number: str) -> int:
    """An id in the reach of our tables; a larger one stands for none."""
    return min(int(number), LARGEST)
