"""Open referrals that must be looked at because of who answers them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.access import MANAGERS
from engine.actor import Actor
from engine.masar import Masar
from engine.queries.providers import SOON
from engine.queries.registers import today
from engine.store import providers
from engine.text import Text

MOST_WARNED = 20


@dataclass(frozen=True)
class Endangered:
    """An open referral that must be looked at: its provider takes nobody any more, or soon will not."""

    case_id: str
    number: str
    provider: Text
    suspended: bool
    ends: date | None


def endangered_referrals(masar: Masar, actor: Actor) -> tuple[Endangered, ...]:
    """The open referrals of the actor's own cases whose provider was suspended, or whose licence or agreement ends
    within 30 days. One statement; none for who manages no cases."""
    if not actor.roles & MANAGERS:
        return ()
    soon = (date.fromisoformat(today(masar)) + SOON).isoformat()
    with masar.db.read() as conn:
        rows: list[Any] = list(providers.ending_under(conn, actor.id, soon, MOST_WARNED))
    return tuple(
        Endangered(str(r.id), r.number, Text(r.name_ar, r.name_en), r.suspended,
                   date.fromisoformat(r.usable_until) if r.usable_until else None)
        for r in rows
    )  # fmt: skip
