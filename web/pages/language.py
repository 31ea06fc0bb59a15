"""The language switch: a cookie for this browser, and the account remembers."""

from flask import Blueprint, g, redirect
from werkzeug.wrappers import Response

from engine.commands.accounts import set_locale
from web.incoming import typed
from web.language import COOKIE, LOCALES
from web.sessions import is_secure, masar, open_to_all, safe_next

pages = Blueprint("language", __name__)
A_YEAR = 31_536_000  # seconds


@pages.post("/language")
@open_to_all
def switch() -> Response:
    """Changes the language and returns to the page."""
    fields = typed()
    chosen, back = fields.get("language", [""])[0], safe_next(fields.get("next", ["/"])[0])
    response = redirect(back.rstrip("?"), 303)
    if chosen in LOCALES:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=is_secure())
        if g.signed_in and g.signed_in.locale != chosen:
            set_locale(masar(), g.signed_in.actor.id, chosen)
    return response
