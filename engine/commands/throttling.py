"""A brake on the public pages, over all processes and machines, that learns nobody's address."""

import ipaddress
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
_INNER = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")))
_LATER = Text(
    "أُرسل الكثير من هذا المكان خلال دقائق. انتظر خمس دقائق ثم أرسل مرة أخرى.",
    "Much was sent from this place within minutes. Wait five minutes, then send again.",
)


def admit(masar: Masar, purpose: str, address: str, most: int) -> None:
    """Counts one visit from an address; raises Throttled beyond `most` within five to ten minutes. An address of an
    inner network counts for nothing: it may be a proxy that nobody told us of, with the whole country behind it."""
    network = network_of(address)
    if network is None:
        return
    now, bucket = masar.clock(), bucket_of(masar, purpose, network)
    slot = _slot_of(now)
    count = masar.db.run(lambda conn: visits.count(conn, purpose, bucket, slot, slot - SLOT))
    if count > most:
        raise Throttled(_LATER)


def bucket_of(masar: Masar, purpose: str, network: str) -> int:
    """The bucket that a network falls into."""
    return int.from_bytes(masar.vault.hash(f"visit {purpose}", network)[:_BUCKET_BYTES], "big")


def forget(masar: Masar) -> None:
    """Drops every trace of an address whose minutes are over, also when nobody comes any more (the worker calls)."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        visits.forget_before(conn, now - REMEMBERED)
        conn.execute(delete(sign_in_attempt).where(sign_in_attempt.c.at <= now - WINDOW))

    masar.db.run(work)


def _slot_of(now: datetime) -> datetime:
    return now - timedelta(seconds=now.timestamp() % SLOT.total_seconds())


def network_of(address: str) -> str | None:
    """What counts as one place: an IPv4 address, or the /64 of IPv6 that one household holds; None for what is no
    address of the outer world."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback or any(found in inner for inner in _INNER):
        return None
    return str(ipaddress.ip_network((found, 32 if found.version == 4 else 64), strict=False))
