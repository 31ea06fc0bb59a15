"""The register of practitioners as pages show it: who is accredited for what, trained in what, and needs what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.access import AUDITORS, CONTENT_FREE, EXTERNAL, AccessFacts, may
from engine.actor import Actor
from engine.commands.practitioners import kept
from engine.errors import NotAllowed
from engine.forms import Lists
from engine.masar import Masar
from engine.queries.naming import Names
from engine.queries.registers import PRACTITIONERS, house_lists, in_force, today
from engine.queries.typed import TypedForm
from engine.store import practitioners, register_log, team
from engine.text import Text

MOST = 1000
SOON = timedelta(days=60)
SETTINGS, TOPICS, PROFESSIONS, KINDS = (
    "accreditation_settings", "training_topics", "practitioner_professions", "conflict_kinds"
)  # fmt: skip
ACTS = {
    "accredited": Text("اعتُمد", "Accredited"), "withdrawn": Text("سُحب اعتماده", "Accreditation withdrawn"),
    "trained": Text("تدرّب", "Trained"), "needs_training": Text("يحتاج إلى تدريب", "Needs a training"),
    "conflict_declared": Text("أفصح عن تضارب مصالح", "Declared a conflict of interest"),
    "conflict_ended": Text("انتهى تضارب المصالح", "The conflict of interest ended"),
}  # fmt: skip


@dataclass(frozen=True)
class Accreditation:
    """An accreditation in words. `tone`: ok | warn (ends soon) | danger (holds no more, or not yet)."""

    setting: str
    name: Text
    profession: Text
    number: str
    valid_from: date
    valid_until: date
    withdrawn: bool
    tone: str


@dataclass(frozen=True)
class Practitioner:
    """A line of the register."""

    id: int
    name: Text
    accreditations: tuple[Accreditation, ...]
    needs: tuple[Text, ...]


@dataclass(frozen=True)
class RegisterPage:
    """The people of the actor's units, who must not be given cases first, and what trainings they need most."""

    people: tuple[Practitioner, ...]
    cut: bool
    in_force: bool
    may_keep: bool
    needs: tuple[tuple[Text, int], ...]


@dataclass(frozen=True)
class Training:
    """A training that somebody had, in words."""

    topic: Text
    done_on: date
    hours: int
    valid_until: date | None
    over: bool


@dataclass(frozen=True)
class ConflictLine:
    """A conflict of interest: that there is one, never with whom."""

    id: int
    kind: Text
    at: datetime


@dataclass(frozen=True)
class RegisterAct:
    """A line of somebody's record."""

    what: Text
    who: Text
    at: datetime
    reason: str


@dataclass(frozen=True)
class PractitionerPage:
    """One person in the register."""

    person: Practitioner
    trainings: tuple[Training, ...]
    conflicts: tuple[ConflictLine, ...]
    record: tuple[RegisterAct, ...]
    may_keep: bool
    own: bool


def register_page(masar: Masar, actor: Actor) -> RegisterPage:
    """The register of the actor's units. The statements do not grow with the people. Raises NotAllowed."""
    paths = _paths(actor, "see_practitioners")
    if not paths:
        raise NotAllowed
    with masar.db.read() as conn:
        rows = team.people_of(conn, paths, EXTERNAL | CONTENT_FREE | AUDITORS, MOST)
        names = {row.id: Text(row.name_ar, row.name_en) for row in rows if row.active}
        lists, day = house_lists(masar, conn), today(masar)
        people = _people(conn, lists, names, day)
        counted = Counter(need for one in people for need in one.needs)
        return RegisterPage(
            tuple(sorted(people, key=_urgency)), len(rows) == MOST, in_force(masar, conn, PRACTITIONERS),
            bool(_paths(actor, "keep_practitioners")), tuple(counted.most_common()),
        )


def practitioner_page(masar: Masar, actor: Actor, account_id: int) -> PractitionerPage:
    """One person in the register. Raises NotAllowed, NotFound."""
    with masar.db.read() as conn:
        person = kept(conn, actor, account_id, "see_practitioners")
        lists, day = house_lists(masar, conn), today(masar)
        line = _people(conn, lists, {person.id: person.name}, day)[0]
        log: list[Any] = list(register_log.of_subject(conn, PRACTITIONERS, person.login))
        names = Names(conn, [row.actor_id for row in log])
        done: list[Any] = [row for row in practitioners.trainings_of(conn, [person.id]) if row.done_on]
        may_keep = any(may(actor, "keep_practitioners", AccessFacts(unit_path=m.unit_path)) for m in person.memberships)
        return PractitionerPage(
            line, tuple(_training(lists, row, day) for row in done), _conflicts(conn, lists, person.id),
            tuple(RegisterAct(ACTS.get(row.act, Text(row.act)), names.account(row.actor_id) or Text("—"), row.at,
                              row.reason) for row in log),
            may_keep, person.id == actor.id,
        )  # fmt: skip


def keeps_practitioners(actor: Actor) -> bool:
    """Whether the actor keeps any part of the register."""
    return bool(_paths(actor, "keep_practitioners"))


def own_conflicts(masar: Masar, actor: Actor) -> tuple[ConflictLine, ...]:
    """What the actor declared. Raises NotAllowed."""
    if not may(actor, "declare_conflict"):
        raise NotAllowed
    with masar.db.read() as conn:
        return _conflicts(conn, house_lists(masar, conn), actor.id)


def register_form(masar: Masar, actor: Actor, key: str, account_id: int | None = None) -> TypedForm:
    """An empty form of the register, for somebody whose lines the actor keeps or for the actor. Raises NotAllowed,
    NotFound."""
    now = masar.clock()
    with masar.db.read() as conn:
        if account_id is not None:
            kept(conn, actor, account_id)
        elif not may(actor, "declare_conflict"):
            raise NotAllowed
        definitions = masar.library.latest(conn)
        form, env = definitions.form(key), definitions.env(now)
    return TypedForm(form, definitions.lists, env, definitions.decider(now), form.start({}, env))


def _paths(actor: Actor, action: str) -> list[str]:
    return [m.unit_path for m in actor.memberships if may(actor, action, AccessFacts(unit_path=m.unit_path))]


def _people(conn: Connection, lists: Lists, names: Mapping[int, Text], day: str) -> list[Practitioner]:
    held: dict[int, list[Accreditation]] = {}
    for row in _any(practitioners.accreditations_of(conn, list(names))):
        held.setdefault(row.account_id, []).append(_accreditation(lists, row, day))
    needs: dict[int, dict[str, None]] = {}
    met: dict[int, set[str]] = {}
    for row in _any(practitioners.trainings_of(conn, list(names))):  # the newest first: a training meets older needs
        if row.done_on:
            met.setdefault(row.account_id, set()).add(row.topic)
        elif row.topic not in met.get(row.account_id, ()):
            needs.setdefault(row.account_id, {})[row.topic] = None
    return [
        Practitioner(id_, name, tuple(held.get(id_, ())), tuple(_word(lists, TOPICS, t) for t in needs.get(id_, ())))
        for id_, name in names.items()
    ]


def _urgency(one: Practitioner) -> tuple[int, str]:
    tones = {a.tone for a in one.accreditations}
    return (0 if "danger" in tones else 1 if not tones else 2 if "warn" in tones else 3, one.name.ar)


def _accreditation(lists: Lists, row: Any, day: str) -> Accreditation:
    soon = (date.fromisoformat(day) + SOON).isoformat()
    holds = not row.withdrawn and row.valid_from <= day <= row.valid_until
    return Accreditation(
        row.setting, _word(lists, SETTINGS, row.setting), _word(lists, PROFESSIONS, row.profession), row.number,
        date.fromisoformat(row.valid_from), date.fromisoformat(row.valid_until), row.withdrawn,
        "danger" if not holds else "warn" if row.valid_until <= soon else "ok",
    )


def _training(lists: Lists, row: Any, day: str) -> Training:
    until = date.fromisoformat(row.valid_until) if row.valid_until else None
    return Training(_word(lists, TOPICS, row.topic), date.fromisoformat(row.done_on), row.hours, until,
                    bool(row.valid_until) and row.valid_until < day)  # fmt: skip


def _conflicts(conn: Connection, lists: Lists, account_id: int) -> tuple[ConflictLine, ...]:
    rows = _any(practitioners.conflicts_of(conn, account_id))
    return tuple(ConflictLine(row.id, _word(lists, KINDS, row.kind), row.declared_at) for row in rows)


def _word(lists: Lists, key: str, value: str) -> Text:
    option = lists.option(key, value)
    return option.label if option else Text(value, value)


def _any(rows: Iterable[Any]) -> Iterable[Any]:
    return rows
