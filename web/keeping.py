"""What somebody typed while their session ended becomes the draft of their work item after the sign-in."""

import re

from engine.commands.work import save_draft
from engine.errors import MasarError
from engine.queries.accounts import actor_of_session
from web.sessions import masar

_WORK = re.compile(r"(/work/[1-9][0-9]{0,18})(?:/draft)?")


def keep_typing(token: str, target: str, kept: dict[str, list[str]]) -> str:
    """Saves kept typing as the draft it was meant for, where the person may; returns where to go on."""
    found = _WORK.fullmatch(target)
    if not kept or not found:
        return target if target.count("/") < 3 or not kept else "/"
    signed_in = actor_of_session(masar(), token)
    try:
        if signed_in:
            save_draft(masar(), signed_in.actor, found[1].removeprefix("/work/"), kept)
    except MasarError:
        return "/"  # somebody else signed in, or the work item is done
    return found[1]
