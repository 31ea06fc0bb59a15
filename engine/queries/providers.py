"""The directory of services as pages show it: a search by need, the page of a provider, what its keepers look after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.errors import NotAllowed, NotFound
from engine.forms import Form, Lists
from engine.masar import Masar
from engine.queries.inspections import Inspected, inspections_of
from engine.queries.naming import Names
from engine.queries.registers import DIRECTORY, house_lists, in_force, today
from engine.queries.typed import TypedForm
from engine.registers.entry import AGENCY_TYPES, SERVICES, Entry, loaded, needs_of, why_not
from engine.store import providers, register_log
from engine.text import Text

MOST_FOUND = 50
MOST_KEPT = 100
SOON = timedelta(days=30)
STALE = timedelta(days=90)
GOVERNORATES, DISTRICTS, SEXES, PRICES, LICENCES = (
    "governorates", "districts", "service_sex", "service_price", "provider_licence"
)  # fmt: skip

ACTS = {
    "added": Text("أُدخلت", "Entered"), "changed": Text("غُيّرت", "Changed"), "renewed": Text("جُدّدت", "Renewed"),
    "verified": Text("رُوجعت ووُجدت صحيحة", "Checked and found right"), "suspended": Text("أُوقفت", "Suspended"),
    "reinstated": Text("رُفع إيقافها", "Suspension lifted"),
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """What somebody looks for. Nothing here tells who needs it."""

    service: str = ""
    governorate: str = ""
    district: str = ""
    age: int | None = None
    sex: str = ""
    free_of_charge: bool = False
    with_places: bool = False


@dataclass(frozen=True)
class Service:
    """What a provider offers, in words."""

    name: Text
    ages: tuple[int, int]
    sex: Text
    price: Text
    cost: int | None
    capacity: int | None
    places_free: int | None


@dataclass(frozen=True)
class ProviderRow:
    """A provider as lists show it."""

    code: str
    name: Text
    kind: Text
    contact: str
    around_the_clock: bool
    services: tuple[Service, ...]
    areas: tuple[Text, ...]
    why_not: Text | None
    ends: date | None
    """The last day on which it may be chosen, where that is near or past."""
    stale: bool
    """Whether nobody has checked the entry for 90 days."""


@dataclass(frozen=True)
class SearchPage:
    """What a search found; None before anybody searched."""

    lists: Lists
    found: tuple[ProviderRow, ...] | None
    more: bool
    keeps: bool
    sees_gaps: bool


@dataclass(frozen=True)
class Act:
    """One line of a provider's record."""

    what: Text
    who: Text
    at: datetime
    reason: str
    changed: tuple[Text, ...]


@dataclass(frozen=True)
class ProviderPage:
    """Everything about a provider, and what its keeper may do."""

    row: ProviderRow
    entry: Entry
    licence: Text
    days: Mapping[str, date | None]
    version: int
    suspended: bool
    may_keep: bool
    may_reinstate: bool
    record: tuple[Act, ...]
    inspected: Inspected | None = None
    """Its inspections, for who may see them."""


@dataclass(frozen=True)
class KeptPage:
    """The providers that somebody keeps."""

    rows: tuple[ProviderRow, ...]
    after: str | None
    in_force: bool


def search_page(masar: Masar, actor: Actor, need: Need | None) -> SearchPage:
    """Who offers a service that somebody needs. The statements do not grow with the directory. Raises NotAllowed."""
    if not may(actor, "search_directory"):
        raise NotAllowed
    with masar.db.read() as conn:
        lists = _of_this_country(house_lists(masar, conn))
        rows = found_for(masar, conn, need, MOST_FOUND + 1) if need and need.service else None
        shown = None if rows is None else _rows(masar, lists, rows[:MOST_FOUND], need)
    return SearchPage(
        lists, shown, bool(rows and len(rows) > MOST_FOUND), keeps(actor), _somewhere(actor, "see_gaps")
    )


def _of_this_country(lists: Lists) -> Lists:
    """The lists with the districts of those governorates alone that are offered here."""
    offered = {one.value for one in lists.get(GOVERNORATES, ()) if one.active}
    districts = tuple(one for one in lists.get(DISTRICTS, ()) if offered.intersection(one.parents))
    return lists.with_dynamic({DISTRICTS: districts})


def found_for(masar: Masar, conn: Connection, need: Need, limit: int) -> list[Any]:
    """The rows of those who may be chosen today for a need."""
    rows = providers.search(
        conn, need.service, need.governorate, need.district, today(masar), limit, age=need.age, sex=need.sex,
        free_of_charge=need.free_of_charge, with_places=need.with_places,
    )
    return list(rows)


def provider_page(masar: Masar, actor: Actor, code: str) -> ProviderPage:
    """The page of one provider. Raises NotAllowed, NotFound."""
    if not may(actor, "search_directory"):
        raise NotAllowed
    with masar.db.read() as conn:
        found: Any = providers.by_code(conn, code)
        if found is None:
            raise NotFound
        lists, entry = house_lists(masar, conn), loaded(found.entry)
        may_keep = may(actor, "keep_directory", AccessFacts(unit_path=found.unit_path))
        log: list[Any] = list(register_log.of_subject(conn, DIRECTORY, code)) if may_keep else []
        names = Names(conn, [act.actor_id for act in log])
        row = _rows(masar, lists, [found])[0]
        inspected = inspections_of(conn, actor, lists, found)
    return ProviderPage(
        row, entry, _word(lists, LICENCES, entry.get("licence")),
        {name: _day(entry.get(name)) for name in ("licence_until", "agreement_until", "standard_until")},
        found.version, found.suspended, may_keep, may_keep and found.suspended_by != actor.id,
        tuple(_act(log[at], log[at + 1] if at + 1 < len(log) else None, names) for at in range(len(log))),
        inspected,
    )


def kept_page(masar: Masar, actor: Actor, after: str = "") -> KeptPage:
    """The providers that the actor keeps, a page at a time. Raises NotAllowed."""
    paths = _paths(actor, "keep_directory")
    if not paths:
        raise NotAllowed
    with masar.db.read() as conn:
        rows: list[Any] = list(providers.kept_below(conn, paths, after, MOST_KEPT + 1))
        lists = house_lists(masar, conn)
        shown = _rows(masar, lists, rows[:MOST_KEPT])
        next_ = rows[MOST_KEPT - 1].code if len(rows) > MOST_KEPT else None
        return KeptPage(shown, next_, in_force(masar, conn, DIRECTORY))


def entry_form(masar: Masar, actor: Actor, key: str, code: str | None = None) -> TypedForm:
    """A form of the directory, filled with the entry of a provider. Raises NotAllowed, NotFound."""
    if not keeps(actor):
        raise NotAllowed
    now = masar.clock()
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        form, env = definitions.form(key), definitions.env(now)
        values: Mapping[str, object] = {}
        if code is not None:
            row: Any = providers.by_code(conn, code)
            if row is None:
                raise NotFound
            if not may(actor, "keep_directory", AccessFacts(unit_path=row.unit_path)):
                raise NotAllowed
            values = form.typed(_answers(form, loaded(row.entry)), env)
    return TypedForm(form, definitions.lists, env, definitions.decider(now), values)


def keeps(actor: Actor) -> bool:
    """Whether the actor keeps any part of the directory."""
    return _somewhere(actor, "keep_directory")


def _somewhere(actor: Actor, action: str) -> bool:
    return bool(_paths(actor, action))


def _paths(actor: Actor, action: str) -> list[str]:
    return [m.unit_path for m in actor.memberships if may(actor, action, AccessFacts(unit_path=m.unit_path))]


def _answers(form: Form, entry: Entry) -> dict[str, Any]:
    """The entry as the form's answers: days are days again."""
    return {name: _day(value) if name.endswith("_until") else value for name, value in entry.items()
            if name in form.scope.by_path}


def _rows(
    masar: Masar, lists: Lists, rows: Iterable[Any], need: Need | None = None
) -> tuple[ProviderRow, ...]:
    day = today(masar)
    soon = (date.fromisoformat(day) + SOON).isoformat()
    stale = (date.fromisoformat(day) - STALE).isoformat()
    return tuple(_row(lists, row, day, soon, stale, need) for row in rows)


def _row(lists: Lists, row: Any, day: str, soon: str, stale: str, need: Need | None) -> ProviderRow:
    entry = loaded(row.entry)
    services = [one for one in entry.get("services", ()) if need is None or one["service_type"] == need.service]
    ends = row.usable_until if row.usable_until and row.usable_until <= soon else ""
    return ProviderRow(
        row.code, Text(row.name_ar, row.name_en), _word(lists, AGENCY_TYPES, row.agency_type),
        str(entry.get("contact", "")), bool(entry.get("emergency_24_7")),
        tuple(_service(lists, one) for one in services), tuple(_areas(lists, entry)),
        why_not(entry, row.suspended, needs_of(lists, row.agency_type), day, lists.months), _day(ends),
        row.verified_on < stale,
    )


def _service(lists: Lists, line: Mapping[str, Any]) -> Service:
    return Service(
        _word(lists, SERVICES, line["service_type"]), (line.get("age_min", 0), line.get("age_max", 200)),
        _word(lists, SEXES, line.get("sex", "any")), _word(lists, PRICES, line.get("price")), line.get("cost"),
        line.get("capacity"), line.get("places_free"),
    )


def _areas(lists: Lists, entry: Entry) -> Iterable[Text]:
    for line in entry.get("areas", ()):
        name = _word(lists, GOVERNORATES, line["governorate"])
        if line.get("district"):
            part = _word(lists, DISTRICTS, line["district"])
            name = Text(f"{name.ar}: {part.ar}", f"{name.in_('en')}: {part.in_('en')}")
        yield name


def _act(row: Any, before: Any, names: Names) -> Act:
    """One act, with the fields that it changed."""
    changed: tuple[Text, ...] = ()
    if before is not None and row.act in ("changed", "renewed"):
        was, is_now = loaded(before.entry), loaded(row.entry)
        changed = tuple(Text(name) for name in sorted(was.keys() | is_now.keys()) if was.get(name) != is_now.get(name))
    return Act(ACTS.get(row.act, Text(row.act)), names.account(row.actor_id) or Text("—"), row.at, row.reason, changed)


def _word(lists: Lists, key: str, value: object) -> Text:
    option = lists.option(key, str(value)) if value else None
    return option.label if option else Text(str(value or "—"))


def _day(iso: object) -> date | None:
    return date.fromisoformat(iso) if isinstance(iso, str) and iso else None
