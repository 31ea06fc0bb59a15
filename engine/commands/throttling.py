"""A brake on the public pages, over all processes and machines, that learns nobody's address."""

import ipaddress
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from engine.commands.sessions import WINDOW, Throttled
from engine.masar import Masar
from engine.store import visits
from engine.store.accounts import sign_in_attempt
from engine.text import Text

SLOT = timedelta(minutes=5)
REMEMBERED = 2 * SLOT
"""No visit is known for longer than this."""
_BUCKET_BYTES = 2
_LATER = Text(
    "أُرسل الكثير من هذا المكان خلال دقائق. انتظر خمس دقائق ثم أرسل مرة أخرى.",
    "Much was sent from this place within minutes. Wait five minutes, then send again.",
)


def admit(masar: Masar, purpose: str, address: str, most: int) -> None:
    """Counts one visit from an address; raises Throttled beyond `most` within five to ten minutes."""
    now, bucket = masar.clock(), bucket_of(masar, purpose, address)
    slot = _slot_of(now)
    count = masar.db.run(lambda conn: visits.count(conn, purpose, bucket, slot, slot - SLOT))
    if count > most:
        raise Throttled(_LATER)


def bucket_of(masar: Masar, purpose: str, address: str) -> int:
    """The bucket of the network that an address lies in: for IPv6 the /64 that one household holds."""
    return int.from_bytes(masar.vault.hash(f"visit {purpose}", _network_of(address))[:_BUCKET_BYTES], "big")


def forget(masar: Masar) -> None:
    """Drops every trace of an address whose minutes are over, also when nobody comes any more (the worker calls)."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        visits.forget_before(conn, now - REMEMBERED)
        conn.execute(delete(sign_in_attempt).where(sign_in_attempt.c.at <= now - WINDOW))

    masar.db.run(work)


def _slot_of(now: datetime) -> datetime:
    return now - timedelta(seconds=now.timestamp() % SLOT.total_seconds())


def _network_of(address: str) -> str:
    with suppress(ValueError):
        found = ipaddress.ip_address(address)
        if isinstance(found, ipaddress.IPv6Address):
            mapped = found.ipv4_mapped
            return str(mapped or ipaddress.ip_network((found, 64), strict=False))
        return str(found)
    return address
