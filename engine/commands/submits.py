"""What makes two submits the same: who sent it, from which page, about what, and every word of it."""

import json
from collections.abc import Mapping

from engine.actor import Actor
from engine.store.vault import Vault


def mark_of(vault: Vault, actor: Actor, about: str, token: str, raw: Mapping[str, list[str]]) -> bytes:
    """A keyed hash of a submit. `about` is the thing it is sent to. A page that is sent again with other words (with
    the browser's way back, or without any token) is another submit: nothing that somebody wrote may be taken for
    something that is known already."""
    sent = [actor.id, about, token, {name: raw[name] for name in sorted(raw) if not name.startswith("_")}]
    return vault.hash("submission", json.dumps(sent))
