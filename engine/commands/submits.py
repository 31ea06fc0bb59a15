"""What makes two submits the same: who sent it, from which page, about what, and every word of it."""

import json

from engine.actor import Actor
from engine.commands.answers import Sent
from engine.forms import Document
from engine.store.vault import Vault


def mark_of(vault: Vault, actor: Actor, about: str, token: str, raw: Sent) -> bytes:
    """A keyed hash of a submit. `about` is the thing it is sent to. A page that is sent again with other words (with
    the browser's way back, or without any token) is another submit: nothing that somebody wrote may be taken for
    something that is known already."""
    if isinstance(raw, Document):
        words: object = [json.dumps(raw.values, sort_keys=True, default=str)]
    else:
        words = {name: raw[name] for name in sorted(raw) if not name.startswith("_")}
    return vault.hash("submission", json.dumps([actor.id, about, token, words]))
