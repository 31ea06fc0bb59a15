"""Opening a file: a report when somebody tells of a danger, a case for one person when screening decides so, a
complaint, an inspection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.actor import Actor
from engine.bpmn import commands
from engine.commands.moving import Moved, think, write
from engine.commands.standing import Standing, Verb
from engine.definitions import Definitions
from engine.facts import Facts
from engine.kinds import Kind
from engine.masar import Masar
from engine.store import cases, numbers
from engine.store.cases import CaseFile


@dataclass(frozen=True)
class Opening:
    """What to open. `origin` names the cause, so that the same cause twice opens one file; `number_as` is the
    variable that carries its number."""

    kind: Kind
    process: str
    unit_id: int
    unit_path: str
    variables: Mapping[str, Any]
    number_as: str
    event: str
    origin: str
    parent_id: int | None = None
    about: str | None = None
    """To whom the file does not exist, as the column of the file holds it."""
    reporter: int | None = None
    happened_at: datetime | None = None
    """When it came about, where that was before now."""
    particulars: Mapping[str, Any] = field(default_factory=dict)
    """What else its first event holds, such as the form that was filled."""


@dataclass(frozen=True)
class Opened:
    """The file that stands now, and whether this very call opened it."""

    id: int
    number: str
    fresh: bool


def open_file(
    masar: Masar, actor: Actor, opening: Opening, also: Callable[[Connection, int], None] | None = None
) -> Opened:
    """Opens a file and starts its process; `also` writes further rows in the same transaction."""
    known = _known(masar, opening.origin)
    if known:
        return known
    now = masar.clock()
    case_id, number = masar.db.run(lambda conn: numbers.take_case(conn, opening.kind, now.year))
    masar.vault.new_key(case_id)
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        case = CaseFile(
            id=case_id, number=number, kind=opening.kind, process=opening.process, bundle_id=definitions.id,
            unit_id=opening.unit_id, unit_path=opening.unit_path, opened_at=now, origin_key=opening.origin,
            parent_id=opening.parent_id, about=opening.about,
        )
        standing = Standing(case, _facts(definitions, opening), definitions)
        start = commands.Start(opening.process, {**opening.variables, opening.number_as: number})
        kept_from = {"about": opening.about} if opening.about else {}
        verb = Verb(opening.event, start, {**opening.particulars, **kept_from}, opening.happened_at)
        prepared = think(masar, conn, actor, standing, verb, now)

    def work(conn: Connection) -> Moved | None:
        if cases.by_origin(conn, opening.origin) is not None:
            return None
        moved = write(masar, conn, actor, prepared, now, opens=True)
        if also:
            also(conn, case_id)
        return moved

    if masar.db.run(work) is None:
        found = _known(masar, opening.origin)
        assert found is not None
        return found
    return Opened(case_id, number, True)


def about_of(masar: Masar, case_id: int) -> str | None:
    """To whom a file does not exist: what comes of it is kept from them as well."""
    with masar.db.read() as conn:
        found = cases.load_plain(conn, case_id)
    return found.about if found else None


def _facts(definitions: Definitions, opening: Opening) -> Facts:
    """Who reported counts as who did the start event, so that a diagram can bar them from screening (four eyes)."""
    process = definitions.bpmn.processes.get(opening.process)
    if opening.reporter is None or process is None:
        return Facts(reporter=opening.reporter)
    did = {element: (opening.reporter,) for element in process.plain_starts}
    return Facts(reporter=opening.reporter, performers=did)


def _known(masar: Masar, origin: str) -> Opened | None:
    with masar.db.read() as conn:
        case_id = cases.by_origin(conn, origin)
        case = cases.load(conn, masar.vault, case_id) if case_id is not None else None
    return Opened(case.id, case.number, False) if case else None
