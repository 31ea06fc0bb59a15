"""People are found without their names being readable: keyed hashes of name parts, of how they sound and are
misspelled, and of identity numbers."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Column, Connection, Index, LargeBinary, String, Table, delete, insert, select

from engine.store.metadata import Id, Moment, metadata
from engine.store.names import misspellings, name_parts, normalise_number, sound
from engine.store.vault import Vault

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("created_at", Moment, nullable=False),
)
"""Somebody who may have several cases over time. Who it is stands sealed in the cases, nowhere else."""

name_part = Table(
    "name_part",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False),  # part | spelling | sound | number
    Index("ix_name_part_case_id", "case_id"),
    sqlite_with_rowid=False,
)
"""One row per keyed hash under which a case or report is found. The kind is hashed in, so hashes of different
kinds never meet; 16 bytes are kept."""

MOST_SHARED = 2000
"""Of a name part that more cases share than this, only the newest so many are looked at, unless a rarer part
narrows them down."""


def new_person(conn: Connection, now: datetime) -> int:
    """A person nobody met before."""
    created = conn.execute(insert(person).values(created_at=now).returning(person.c.id))
    return int(created.scalar_one())


def index_person(
    conn: Connection, vault: Vault, case_id: int, names: Iterable[str], numbers: Iterable[str] = ()
) -> None:
    """Makes a case or report findable under these names and identity numbers, in place of earlier ones."""
    found: dict[bytes, str] = {}
    for part in dict.fromkeys(part for name in names for part in name_parts(name)):
        found.setdefault(_hash(vault, "part", part), "part")
        found.setdefault(_hash(vault, "sound", sound(part)), "sound")
        for wrong in misspellings(part):
            found.setdefault(_hash(vault, "spelling", wrong), "spelling")
    for number in filter(None, map(normalise_number, numbers)):
        found.setdefault(_hash(vault, "number", number), "number")
    forget_person(conn, case_id)
    if found:
        rows = [{"hash": key, "case_id": case_id, "kind": kind} for key, kind in found.items()]
        conn.execute(insert(name_part), rows)


def forget_person(conn: Connection, case_id: int) -> None:
    """Makes a case unfindable by name, as when its key is destroyed."""
    conn.execute(delete(name_part).where(name_part.c.case_id == case_id))


def bears(conn: Connection, vault: Vault, case_id: int, name: str, numbers: Iterable[str] = ()) -> bool:
    """Whether a case was opened for somebody of this name: it bears each of its parts as written (but for the spellings
    that people mix up). That it sounds alike is not enough, as brother and sister may; a name of one part needs an
    identity number beside it; a number alone is not enough, as children are put down under that of their father."""
    parts = list(dict.fromkeys(name_parts(name)))
    if not parts or not all(_bearers(conn, {_hash(vault, "part", part): 1}, [case_id]) for part in parts):
        return False
    marks = {_hash(vault, "number", number): 1 for number in filter(None, map(normalise_number, numbers))}
    return len(parts) > 1 or bool(marks and _bearers(conn, marks, [case_id]))


def find_people(conn: Connection, vault: Vault, text: str, limit: int = 100) -> list[int]:
    """The cases and reports whose people answer to a text, best first: an identity number, or name parts of
    which every one is borne as written, as it sounds, or with one letter wrong."""
    number = normalise_number(text)
    if number and any(letter.isdigit() for letter in number):
        wanted = [{_hash(vault, "number", number): 4}]
    else:
        wanted = [_alternatives(vault, part) for part in dict.fromkeys(name_parts(text))]
    if not wanted:
        return []
    borne = [(_bearers(conn, alternatives), alternatives) for alternatives in wanted]
    scores = _narrowed(conn, sorted(borne, key=lambda pair: len(pair[0])))
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], -pair[0]))
    return [case_id for case_id, _ in ranked[:limit]]


def _narrowed(conn: Connection, borne: list[tuple[dict[int, int], dict[bytes, int]]]) -> dict[int, int]:
    """The cases that bear every part, the rarest part first; parts with too many bearers are looked up again
    among those that are left."""
    scores = borne[0][0]
    for bearers, alternatives in borne[1:]:
        if len(bearers) >= MOST_SHARED // len(alternatives):
            bearers = _bearers(conn, alternatives, list(scores))
        scores = {case_id: scores[case_id] + bearers[case_id] for case_id in scores.keys() & bearers.keys()}
    return scores


def _alternatives(vault: Vault, part: str) -> dict[bytes, int]:
    """The hashes under which a part as typed may be kept, with how good a match each is."""
    scores = {_hash(vault, "sound", sound(part)): 2, _hash(vault, "spelling", part): 1}
    for wrong in misspellings(part):
        scores.setdefault(_hash(vault, "spelling", wrong), 1)
        scores.setdefault(_hash(vault, "part", wrong), 1)
    return scores | {_hash(vault, "part", part): 3}


def _bearers(
    conn: Connection, alternatives: dict[bytes, int], among: list[int] | None = None
) -> dict[int, int]:
    query = select(name_part.c.hash, name_part.c.case_id).where(name_part.c.hash.in_(list(alternatives)))
    if among is not None:
        query = query.where(name_part.c.case_id.in_(among))
    best: dict[int, int] = {}
    for key, case_id in conn.execute(query.order_by(name_part.c.case_id.desc()).limit(MOST_SHARED)):
        best[case_id] = max(best.get(case_id, 0), alternatives[bytes(key)])
    return best


def _hash(vault: Vault, kind: str, text: str) -> bytes:
    return vault.hash(f"people {kind}", text)[:16]
