"""Planning who is on call."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from engine.actor import Actor
from engine.commands.freshness import demand_same_rights
from engine.errors import Invalid, NotFound
from engine.forms.cleaning import western
from engine.masar import Masar
from engine.queries.accounts import accounts_with_role
from engine.queries.duty import ON_CALL, planned_by
from engine.store import duty
from engine.store.units import unit
from engine.text import Text

LONGEST_DAYS = 31

_BAD_MOMENT = Text("اكتب يوماً وساعة صحيحين.", "Write a day and an hour that exist.")
_ORDER = Text("النهاية قبل البداية أو مضت.", "The end lies before the start, or is past.")
_TOO_LONG = Text("المناوبة شهر على الأكثر.", "A shift lasts a month at most.")
_NOT_FIT = Text("اختر مشرف مناوبة في هذه المديرية.", "Choose a duty supervisor of this directorate.")
_BOTH = Text(
    "هذا الشخص مناوب في الموقع الآخر في الوقت نفسه؛ يلزم شخصان.",
    "This person is at the other post at the same time; it takes two people.",
)
_NO_POST = Text("اختر الموقع.", "Choose the post.")


def add_shift(masar: Masar, actor: Actor, unit_id: int, post: str, login: str, begins: str, ends: str) -> int:
    """Puts somebody on the roster of a directorate; moments are as <input type=datetime-local> gives them. Raises
    Invalid (post, person, from, until), NotFound."""
    now = masar.clock()
    unfit: dict[str, Text] = {}
    from_at, until_at = (_moment(masar, typed, name, unfit) for typed, name in ((begins, "from"), (ends, "until")))
    if post not in duty.POSTS:
        unfit["post"] = _NO_POST
    if not unfit and (until_at <= from_at or until_at <= now):
        unfit["until"] = _ORDER
    elif not unfit and (until_at - from_at).days > LONGEST_DAYS:
        unfit["until"] = _TOO_LONG

    def work(conn: Connection) -> int:
        demand_same_rights(conn, actor, now)
        wrong, place = dict(unfit), _planned(conn, actor, unit_id)
        conn.execute(select(unit.c.id).where(unit.c.id == unit_id).with_for_update())  # one planner at a time
        people = accounts_with_role(conn, ON_CALL, place.path)
        chosen = next((one for one in people if one.login == login), None)
        if chosen is None:
            wrong["person"] = _NOT_FIT
        elif not wrong and any(
            row.account_id == chosen.id and row.post != post for row in duty.between(conn, [unit_id], from_at, until_at)
        ):
            wrong["person"] = _BOTH
        if wrong or chosen is None:
            raise Invalid(next(iter(wrong.values())), wrong)
        return duty.add(conn, unit_id, post, chosen.id, from_at, until_at, actor.id, now)

    return masar.db.run(work)


def withdraw_shift(masar: Masar, actor: Actor, shift_id: int) -> None:
    """Takes a shift off the roster; it stays on record. Raises NotFound."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        demand_same_rights(conn, actor, now)
        row = duty.get(conn, shift_id)
        if row is None:
            raise NotFound
        _planned(conn, actor, row.unit_id)
        if row.withdrawn_at is None:
            duty.withdraw(conn, shift_id, actor.id, now)

    masar.db.run(work)


def _planned(conn: Connection, actor: Actor, unit_id: int) -> Any:
    place = next((row for row in planned_by(conn, actor) if row.id == unit_id), None)
    if place is None:
        raise NotFound
    return place


def _moment(masar: Masar, typed: str, name: str, wrong: dict[str, Text]) -> datetime:
    zone = ZoneInfo(masar.settings.time_zone)
    try:
        found = datetime.fromisoformat(western(typed).strip()).replace(tzinfo=zone)
        if not 2000 <= found.year <= 2200:
            raise ValueError
    except ValueError:
        wrong[name] = _BAD_MOMENT
        return datetime(2000, 1, 1, tzinfo=zone)
    return found
