"""Absences: while somebody is away, their work is also their deputy's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from engine.access import AUDITORS, CONTENT_FREE, EXTERNAL, AccessFacts, covers, may
from engine.actor import Actor
from engine.commands.freshness import demand_same_rights
from engine.commands.signals import tell_cases_of
from engine.errors import Invalid, NotAllowed, NotFound
from engine.forms.cleaning import western
from engine.masar import Masar
from engine.powers import STAFF_UNAVAILABLE
from engine.queries.accounts import actor_by_id, actor_named
from engine.store import absences
from engine.store.accounts import account
from engine.text import Text

LONGEST = timedelta(days=366)

_BAD_DAY = Text("اكتب يوماً صحيحاً.", "Write a day that exists.")
_ORDER = Text("آخر يوم قبل أول يوم أو قبل اليوم.", "The last day is before the first one, or past.")
_TOO_LONG = Text("سنة على الأكثر.", "A year at most.")
_NO_DEPUTY = Text("اختر نائباً.", "Choose a deputy.")
_NOT_FIT = Text(
    "لا يصلح هذا الحساب نائباً: ليس له دور مشترك في الوحدة نفسها أو فوقها.",
    "This account cannot stand in: it shares no role in the same unit or above it.",
)
_AWAY_TOO = Text("النائب غائب في جزء من هذه المدة.", "The deputy is away for a part of this time.")
_TWICE = Text("سُجّل غياب في جزء من هذه المدة.", "An absence is entered for a part of this time already.")


def enter_absence(
    masar: Masar, actor: Actor, account_id: int, first_day: str, last_day: str, deputy_login: str
) -> int:
    """Enters that somebody is away from the start of one day (or now) to the end of another, and who stands in;
    returns the absence's id. For oneself, or by a supervisor of the person. Raises Invalid (first, last, deputy),
    NotAllowed, NotFound."""
    now, zone = masar.clock(), ZoneInfo(masar.settings.time_zone)
    unfit: dict[str, Text] = {}
    begins, ends = _day(first_day, "first", unfit), _day(last_day, "last", unfit)
    from_at = max(datetime.combine(begins, time(), zone), now)
    until_at = datetime.combine(ends + timedelta(days=1), time(), zone)
    if not unfit and (until_at <= from_at or ends < begins):
        unfit["last"] = _ORDER
    if not unfit and until_at - from_at > LONGEST:
        unfit["last"] = _TOO_LONG

    def work(conn: Connection) -> int:
        demand_same_rights(conn, actor, now)
        person, wrong = demand_absence(conn, actor, account_id), dict(unfit)
        # Two absences of one person entered at once wait for each other here.
        conn.execute(select(account.c.id).where(account.c.id == person.id).with_for_update())
        deputy = actor_named(conn, deputy_login) if deputy_login else None
        if deputy is None or not can_stand_in(deputy, person):
            wrong["deputy"] = _NOT_FIT if deputy else _NO_DEPUTY
        elif not wrong and absences.overlaps(conn, deputy.id, from_at, until_at):
            wrong["deputy"] = _AWAY_TOO
        elif not wrong and absences.overlaps(conn, person.id, from_at, until_at):
            wrong["first"] = _TWICE
        if wrong or deputy is None:
            raise Invalid(next(iter(wrong.values())), wrong)
        return absences.add(conn, person.id, deputy.id, from_at, until_at, actor.id, now)

    absence_id = masar.db.run(work)
    _tell_cases(masar, account_id, absence_id)
    return absence_id


def _tell_cases(masar: Masar, account_id: int, absence_id: int) -> None:
    """Each case of whoever will be away learns for how long: its diagram says whether the deputy is enough."""
    with masar.db.read() as conn:
        person, row = actor_by_id(conn, account_id), absences.get(conn, absence_id)
    if person is None or row is None:
        return
    said = {"login": person.login, "days": (row.until_at - row.from_at).days, "reason": "leave"}
    tell_cases_of(masar, account_id, STAFF_UNAVAILABLE, {STAFF_UNAVAILABLE: said}, f"absence {absence_id}")


def end_absence(masar: Masar, actor: Actor, absence_id: int) -> int:
    """Ends an absence now (one that has not begun never begins); returns whose it was. Raises NotAllowed, NotFound."""
    now = masar.clock()

    def work(conn: Connection) -> int:
        demand_same_rights(conn, actor, now)
        row = absences.get(conn, absence_id)
        if row is None:
            raise NotFound
        person = demand_absence(conn, actor, row.account_id)
        if row.until_at > now:
            absences.end(conn, absence_id, actor.id, max(row.from_at, now), now)
        return person.id

    return masar.db.run(work)


def demand_absence(conn: Connection, actor: Actor, account_id: int) -> Actor:
    """The person, where the actor may enter their absence. Raises NotAllowed, NotFound."""
    person = actor_by_id(conn, account_id)
    if person is None:
        raise NotFound
    own = person.id == actor.id and may(actor, "be_away")
    if not own and not leads(actor, person, "note_absence"):
        raise NotAllowed if leads(actor, person, "lead") or person.id == actor.id else NotFound
    return person


def leads(actor: Actor, person: Actor, action: str = "lead") -> bool:
    """Whether the actor has a leading role (that gives this action) over a unit in which the person works."""
    places = [m.unit_path for m in person.memberships if m.role not in EXTERNAL]
    return any(may(actor, action, AccessFacts(unit_path=path)) for path in places)


def can_stand_in(deputy: Actor, person: Actor) -> bool:
    """Whether the deputy holds a role of the person, in the same unit or above it."""
    idle = EXTERNAL | CONTENT_FREE | AUDITORS
    return deputy.id != person.id and any(
        m.role not in idle and d.role == m.role and covers(d, m.unit_path)
        for m in person.memberships for d in deputy.memberships
    )  # fmt: skip


def _day(typed: str, name: str, wrong: dict[str, Text]) -> date:
    try:
        found = date.fromisoformat(western(typed).strip())
        if not 2000 <= found.year <= 2200:
            raise ValueError
    except ValueError:
        wrong[name] = _BAD_DAY
        return date(2000, 1, 1)
    return found
