"""Which language a page speaks: as chosen in this browser, else as the account says, else Arabic."""

from flask import Flask, g, request
from flask_babel import Babel

from engine.text import Text
from web.routing import of_the_api

COOKIE = "language"
LOCALES = {"ar": "ar_EG", "en": "en_GB"}
"""Territories settle the shape of numbers and hours; the names of months are those of the country served
(web/words.py)."""


def speak(app: Flask) -> None:
    """Makes the language known to the templates and to Babel."""
    app.config["BABEL_DEFAULT_LOCALE"] = LOCALES["ar"]
    Babel(app, locale_selector=lambda: LOCALES[locale()])
    app.context_processor(lambda: {"locale": locale(), "direction": direction()})


def speak_as_asked() -> None:
    """Takes the language from the address (`?lang=en`), for pages that set no cookie."""
    if request.args.get("lang") in LOCALES:
        g.language = request.args["lang"]


def locale() -> str:
    """"ar" or "en"; programs say it themselves (Accept-Language)."""
    if of_the_api():
        return request.accept_languages.best_match(tuple(LOCALES), "ar")
    chosen: str = g.get("language") or request.cookies.get(COOKIE, "")
    if chosen in LOCALES:
        return chosen
    signed_in = g.get("signed_in")
    return signed_in.locale if signed_in and signed_in.locale in LOCALES else "ar"


def direction() -> str:
    """"rtl" or "ltr"."""
    return "rtl" if locale() == "ar" else "ltr"


def words(text: Text) -> str:
    """A text of the engine in the language of this page."""
    return text.in_(locale())
