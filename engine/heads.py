"""The ends of all chains as a file to keep outside: whoever holds an old one can prove that nothing in it was changed
or put back since, even by somebody who owns the database and every key.

Lines of tabulator-separated words: `case`, its id and number, then number and hash of its last event and of its last
reading; one line `seal`; the last line holds a keyed hash of all before it, so that a damaged copy is told from a
changed database. No name and no content stands in it.
"""

import hmac
from collections.abc import Iterator

from sqlalchemy import Connection, select

from engine.errors import Invalid
from engine.masar import Masar
from engine.store import cases, seals
from engine.store.events import event
from engine.store.reads import read_head, read_log
from engine.store.seals import Sealed
from engine.store.vault import Vault
from engine.text import Text

FIRST_LINE = "masar heads 1"
PAGE = 500
_BAD = Text(
    "هذا الملف ليس قائمة رؤوس سليمة من هذه المنصة.",
    "This file is not a sound list of heads of this installation: it was damaged, or made under another master key.",
)


def heads_of(masar: Masar) -> Iterator[str]:
    """The lines of the file, as everything stands at this moment."""
    lines = [FIRST_LINE, f"at\t{masar.clock().isoformat()}"]
    with masar.db.read() as conn:
        after = 0
        while page := cases.ids_after(conn, after, PAGE):
            lines += _of_cases(conn, page)
            after = page[-1]
        newest = seals.last(conn)
    lines.append(f"seal\t{newest.seq}\t{newest.mac.hex()}" if newest else "seal\t0\t-")
    yield from lines
    yield f"mac\t{_mac(masar.vault, lines)}"


def against(masar: Masar, text: str) -> list[Text]:
    """What no longer agrees with an older list of heads. Raises Invalid for what is no such list."""
    *lines, end = text.splitlines() or [""]
    if not lines or lines[0] != FIRST_LINE or not hmac.compare_digest(f"mac\t{_mac(masar.vault, lines)}", end):
        raise Invalid(_BAD)
    problems: list[Text] = []
    with masar.db.read() as conn:
        for line in lines[2:]:
            kind, *words = line.split("\t")
            problems += _seal_differs(conn, words) if kind == "seal" else _case_differs(conn, words)
    return problems


def _of_cases(conn: Connection, ids: list[int]) -> list[str]:
    file, last = cases.case_file.c, event.c
    rows = conn.execute(
        select(file.id, file.number, file.head_seq, last.mac, read_head.c.seq, read_log.c.mac.label("read_mac"))
        .join(event, (last.case_id == file.id) & (last.seq == file.head_seq))
        .outerjoin(read_head, read_head.c.case_id == file.id)
        .outerjoin(read_log, (read_log.c.case_id == file.id) & (read_log.c.seq == read_head.c.seq))
        .where(file.id.in_(ids)).order_by(file.id)
    )
    return [
        f"case\t{row.id}\t{row.number}\t{row.head_seq}\t{bytes(row.mac).hex()}\t{row.seq or 0}\t"
        f"{bytes(row.read_mac).hex() if row.read_mac else '-'}"
        for row in rows
    ]


def _case_differs(conn: Connection, words: list[str]) -> list[Text]:
    case_id, number, events, mac, readings, read_mac = words
    if cases.by_number(conn, number) != int(case_id):
        return [Text(f"الملف {number} لم يعد موجوداً.", f"case {case_id} ({number}) is no longer there")]
    problems = seals.differs(conn, Sealed(int(case_id), seals.EVENTS, int(events), bytes.fromhex(mac)))
    if read_mac != "-":
        problems += seals.differs(conn, Sealed(int(case_id), seals.READINGS, int(readings), bytes.fromhex(read_mac)))
    return problems


def _seal_differs(conn: Connection, words: list[str]) -> list[Text]:
    number, mac = int(words[0]), words[1]
    found = conn.scalar(select(seals.seal.c.mac).where(seals.seal.c.seq == number))
    if number and (found is None or bytes(found).hex() != mac):
        return [Text(f"الختم {number} غير ما كان.", f"seal {number} is not the one in the list, or is gone")]
    return []


def _mac(vault: Vault, lines: list[str]) -> str:
    return vault.mac("heads", "\n".join(lines).encode()).hex()
