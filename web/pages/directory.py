"""The directory of services: searching it, keeping it, and the needs that it could not answer."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.needs import note_gap
from engine.commands.providers import (
    ENTRY_FORM,
    RENEWAL_FORM,
    add_provider,
    change_provider,
    reinstate_provider,
    renew_provider,
    suspend_provider,
    verify_provider,
)
from engine.errors import Invalid
from engine.forms.cleaning import western
from engine.queries.providers import Need, entry_form, kept_page, provider_page, search_page
from engine.queries.service_gaps import FEWEST, gaps_page
from engine.text import Text
from web.incoming import asked, hidden, is_submit, typed
from web.sessions import actor, masar
from web.showing import form_view

pages = Blueprint("directory", __name__, url_prefix="/directory")
OLDEST = 150


@pages.get("")
def search() -> str:
    """Who offers what somebody needs. A search that finds nobody is noted as a need."""
    need = _need()
    page = search_page(masar(), actor(), need)
    missed = page.found == () and note_gap(masar(), actor(), need)
    return render_template("registers/search.html", page=page, need=need, missed=missed)


@pages.get("/gaps")
def gaps() -> str:
    """The needs that nobody answered, ranked."""
    return render_template("registers/gaps.html", gaps=gaps_page(masar(), actor()), fewest=FEWEST)


@pages.get("/kept")
def kept() -> str:
    """The providers that the signed-in person keeps."""
    return render_template("registers/kept.html", page=kept_page(masar(), actor(), asked("after")))


@pages.get("/new")
def new() -> Response:
    """An empty provider."""
    return _form(ENTRY_FORM, "/directory/new")


@pages.post("/new")
def addition() -> Response:
    """Enters a provider."""
    if not is_submit():
        return _form(ENTRY_FORM, "/directory/new", typed())
    try:
        code = add_provider(masar(), actor(), typed())
    except Invalid as problem:
        return _form(ENTRY_FORM, "/directory/new", typed(), problem)
    return redirect(f"/directory/providers/{code}?done=added", 303)


@pages.get("/providers/<code>")
def provider(code: str) -> Response:
    """The page of a provider."""
    return _provider(code)


@pages.get("/providers/<code>/change")
def change(code: str) -> Response:
    """A provider as it stands, to be changed."""
    version = str(provider_page(masar(), actor(), code).version)
    return _form(ENTRY_FORM, f"/directory/providers/{code}/change", code=code, version=version)


@pages.post("/providers/<code>/change")
def changed(code: str) -> Response:
    """Changes a provider."""
    return _sent(ENTRY_FORM, code, "change", partial(change_provider, version=hidden("_token")))


@pages.get("/providers/<code>/renewal")
def renewal(code: str) -> Response:
    """The form of a renewal, with the days as they stand."""
    return _form(RENEWAL_FORM, f"/directory/providers/{code}/renewal", code=code)


@pages.post("/providers/<code>/renewal")
def renewed(code: str) -> Response:
    """Renews licence, agreement or standard."""
    return _sent(RENEWAL_FORM, code, "renewal", renew_provider)


@pages.post("/providers/<code>/verification")
def verification(code: str) -> Response:
    """Notes that an entry was checked today."""
    verify_provider(masar(), actor(), code)
    return redirect(f"/directory/providers/{code}?done=verified", 303)


@pages.post("/providers/<code>/suspension")
def suspension(code: str) -> Response:
    """Stops referrals to a provider."""
    return _held(code, suspend_provider, "suspended")


@pages.post("/providers/<code>/reinstatement")
def reinstatement(code: str) -> Response:
    """Lifts a suspension."""
    return _held(code, reinstate_provider, "reinstated")


def _need() -> Need:
    age = western(asked("age"))
    return Need(
        asked("service"), asked("governorate"), asked("district"),
        int(age) if age.isascii() and age.isdigit() and len(age) < 4 and int(age) <= OLDEST else None,
        asked("sex") if asked("sex") in ("female", "male") else "", bool(asked("free")), bool(asked("places")),
    )


def _held(code: str, hold: Callable[..., None], done: str) -> Response:
    reason = typed().get("reason", [""])[0]
    try:
        hold(masar(), actor(), code, reason)
    except Invalid as problem:
        return _provider(code, problem.fields, 422)
    return redirect(f"/directory/providers/{code}?done={done}", 303)


def _provider(code: str, wrong: Mapping[str, Text] | None = None, status: int = 200) -> Response:
    told = {
        "added": gettext("The provider stands in the directory."), "change": gettext("The change is kept."),
        "renewal": gettext("The renewal is kept."), "verified": gettext("Noted: checked today and found right."),
        "suspended": gettext("Nobody can be referred to this provider any more."),
        "reinstated": gettext("The suspension is lifted."),
    }
    done = asked("done")
    html = render_template(
        "registers/provider.html", page=provider_page(masar(), actor(), code), wrong=wrong or {}, raw=typed(),
        notices=[told[done]] if done in told else [],
    )
    return make_response(html, status)


def _sent(key: str, code: str, what: str, keep: Callable[..., None]) -> Response:
    raw, address = typed(), f"/directory/providers/{code}"
    if not is_submit():
        return _form(key, f"{address}/{what}", raw, code=code, version=hidden("_token"))
    try:
        keep(masar(), actor(), code, raw)
    except Invalid as problem:
        return _form(key, f"{address}/{what}", raw, problem, code, hidden("_token"))
    return redirect(f"{address}?done={what}", 303)


def _form(
    key: str, action: str, raw: Mapping[str, list[str]] | None = None, problem: Invalid | None = None,
    code: str | None = None, version: str = "",
) -> Response:  # fmt: skip
    view = form_view(entry_form(masar(), actor(), key, code), raw, problem.fields if problem else None)
    back = f"/directory/providers/{code}" if code else "/directory/kept"
    html = render_template("registers/form.html", form=view, action=action, token=version, back=back, here="directory")
    return make_response(html, 422 if problem else 200)
