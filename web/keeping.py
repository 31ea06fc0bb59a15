"""What somebody typed while their session ended becomes the draft of their work item after the sign-in."""

import re

from flask import request

from engine.commands.keeping import open_typing, seal_typing
from engine.commands.work import save_draft
from engine.errors import MasarError
from engine.queries.accounts import actor_of_session
from web.incoming import hidden, typed
from web.sessions import masar, session_token

KEPT = "kept"
"""The hidden field of the sign-in page that carries it, in as many parts as its length takes."""
_PART = 60_000
_DEEP = 3  # slashes
_WORK = re.compile(r"(/work/[1-9][0-9]{0,18})(?:/draft)?")


def page_of(path: str) -> str:
    """Where to go on after the sign-in of somebody who sent a form there: addresses that are only posted to have no
    page."""
    found = _WORK.fullmatch(path)
    return found[1] if found else path if path.count("/") < _DEEP else "/"


def kept_parts() -> list[str]:
    """What this request was to save, sealed for the account whose session ended; nothing where that is not known, or
    where the form is no work item."""
    found = _WORK.fullmatch(request.path)
    if not found or not session_token() or "password" in request.form:
        return []
    sealed = seal_typing(masar(), session_token(), hidden("_csrf"), found[1], typed())
    return [sealed[at : at + _PART] for at in range(0, len(sealed), _PART)]


def keep_typing(token: str, target: str, parts: list[str]) -> str:
    """Saves kept typing as the draft it was meant for, where it is this person's and they still may; returns where to
    go on."""
    if not parts:
        return target
    signed_in = actor_of_session(masar(), token)
    kept = open_typing(masar(), signed_in.actor.id, "".join(parts)) if signed_in else None
    if signed_in is None or kept is None:
        return "/"  # somebody else signed in
    page, fields = kept
    try:
        save_draft(masar(), signed_in.actor, page.removeprefix("/work/"), fields)
    except MasarError:
        return "/"  # the work item is done, or no longer theirs
    return page
