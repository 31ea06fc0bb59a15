"""Sealing: once a minute a worker writes down where the chains end that grew since, and keeps the last seal apart.

A case that nobody touched costs nothing. What was written within the last minute is not sealed yet."""

from datetime import timedelta

from sqlalchemy import Connection

from engine.commands.rounds import take_round
from engine.masar import Masar
from engine.store import reads, rounds, seals
from engine.store.seals import Anchor

ROUND = "seals"
BETWEEN = timedelta(minutes=1)
LEASE = timedelta(minutes=1)


def begin_sealing(masar: Masar) -> None:
    """Makes sure that seals are made; a worker does it when it starts."""
    now = masar.clock()
    masar.db.run(lambda conn: rounds.begin(conn, ROUND, now))


def seal_if_due(masar: Masar) -> int:
    """Seals what grew, if it is time, a bounded number of chains at once; returns how many."""
    now = masar.clock()
    if take_round(masar, ROUND, LEASE) is None:
        return 0
    count = seal_heads(masar)
    next_at = now if count >= seals.PAGE else now + BETWEEN
    masar.db.run(lambda conn: rounds.go_on(conn, ROUND, 0, next_at))
    return count


def seal_heads(masar: Masar) -> int:
    """Seals the ends of chains that grew; returns how many there were."""
    now = masar.clock()
    with masar.db.read() as conn:
        newest, waiting = seals.last(conn), bool(seals.grown(conn, 1))
    if newest is None:
        while masar.db.run(lambda conn: reads.adopt(conn, masar.vault)):
            waiting = True

    def work(conn: Connection) -> tuple[Anchor | None, int]:
        heads = seals.grown(conn)
        return (seals.add(conn, masar.vault, heads, now) if heads else seals.last(conn)), len(heads)

    made, count = masar.db.run(work) if waiting else (newest, 0)
    if made is not None:  # also after a worker that died between the two
        masar.vault.keys.keep_anchor(made.seq, made.mac)
    return count


def keep_where_seals_end(masar: Masar) -> None:
    """After a backup was restored: the seals end where those of the backup do."""
    with masar.db.read() as conn:
        newest = seals.last(conn) or Anchor(0, b"")
    masar.vault.keys.keep_anchor(newest.seq, newest.mac, back=True)


def kept_anchor(masar: Masar) -> Anchor | None:
    """Where the chain of seals ended when it was last kept apart."""
    found = masar.vault.keys.anchor()
    return None if found is None else Anchor(*found)
