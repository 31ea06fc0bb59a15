"""Units and people from a spreadsheet: all of it in one transaction, or nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from engine.commands.accounts import insert_account
from engine.commands.sign_in_codes import VALID_FOR, code_for
from engine.errors import Invalid, NotFound
from engine.masar import Masar
from engine.staff.judged import Plan
from engine.staff.judging import judge
from engine.staff.lines import Staffing
from engine.staff.present import PersonState, Present, UnitState
from engine.staff.words import ROLES
from engine.store import sign_in_codes
from engine.store.accounts import account, membership, session
from engine.store.units import unit
from engine.text import Text

_REFUSED = Text("في الملف أسطر مرفوضة، فلم يُحفظ منه شيء.", "Rows of the file were refused, so nothing of it was kept.")


@dataclass(frozen=True)
class Invited:
    """Somebody who has to choose a password, with the code for it. It is told once and kept nowhere."""

    login: str
    name: Text
    code: str
    expires_at: datetime


def plan_staffing(masar: Masar, staffing: Staffing) -> Plan:
    """What the spreadsheet would do now, row by row; writes nothing."""
    with masar.db.read() as conn:
        return judge(staffing, _present(conn), _role_names(masar, conn))


def import_staffing(masar: Masar, staffing: Staffing, valid_for: timedelta = VALID_FOR) -> tuple[Plan, list[Invited]]:
    """Writes what the spreadsheet asks for, and gives everybody who is new a one-time code. The rows are judged again
    in the transaction. Raises Invalid when a row is refused; then nothing is written."""
    now = masar.clock()

    def work(conn: Connection) -> tuple[Plan, list[Invited]]:
        plan = judge(staffing, _present(conn), _role_names(masar, conn))
        if plan.refused:
            told = plan.refused[0].text
            raise Invalid(Text(f"{_REFUSED.ar} {told.ar}", f"{_REFUSED.en} {told.in_('en')}"))
        ids = _write_units(conn, plan)
        invited = [_add(masar, conn, person, ids, now, valid_for) for person in plan.new_people]
        invited += [one for person in plan.changed_people
                    if (one := _change(masar, conn, person, ids, now, valid_for))]  # fmt: skip
        return plan, [one for one in invited if one.code]

    return masar.db.run(work)


def _present(conn: Connection) -> Present:
    codes = {row.id: row.code for row in conn.execute(select(unit.c.id, unit.c.code))}
    units = {
        row.code: UnitState(
            row.code, codes.get(row.parent_id, ""), row.kind, Text(row.name_ar, row.name_en), row.country
        )
        for row in conn.execute(select(unit))
    }
    held: dict[int, set[tuple[str, str]]] = {}
    for row in conn.execute(select(membership)):
        held.setdefault(row.account_id, set()).add((row.role, codes[row.unit_id]))
    people = {
        row.login: PersonState(row.login, Text(row.name_ar, row.name_en), row.locale, row.active,
                               frozenset(held.get(row.id, ())))
        for row in conn.execute(select(account))
    }  # fmt: skip
    return Present(units, people)


def _role_names(masar: Masar, conn: Connection) -> dict[str, Text]:
    """Every role by its key; its name where the published lists tell it."""
    try:
        listed = {option.value: option.label for option in masar.library.latest(conn).lists.get("roles", ())}
    except NotFound:
        listed = {}
    return {role: listed.get(role, Text(role, role)) for role in sorted(ROLES)}


def _write_units(conn: Connection, plan: Plan) -> dict[str, int]:
    """Writes new and renamed units; returns the ids of all, by code."""
    rows = conn.execute(select(unit.c.id, unit.c.code, unit.c.path)).all()
    ids, paths = {row.code: row.id for row in rows}, {row.code: row.path for row in rows}
    for one in plan.new_units:
        values = {
            "code": one.code, "parent_id": ids.get(one.parent), "path": "", "kind": one.kind, "name_ar": one.name.ar,
            "name_en": one.name.en, "country": one.country,
        }
        made = int(conn.execute(insert(unit).values(values).returning(unit.c.id)).scalar_one())
        ids[one.code], paths[one.code] = made, f"{paths.get(one.parent, '/')}{made}/"
        conn.execute(update(unit).where(unit.c.id == made).values(path=paths[one.code]))
    for one in plan.changed_units:
        named = {"name_ar": one.name.ar, "name_en": one.name.en, "country": one.country}
        conn.execute(update(unit).where(unit.c.id == ids[one.code]).values(named))
    return ids


def _add(
    masar: Masar, conn: Connection, person: PersonState, ids: dict[str, int], now: datetime, valid_for: timedelta
) -> Invited:
    made = insert_account(conn, person.login, person.name, "", person.language, now)
    for role, code in sorted(person.held):
        conn.execute(insert(membership).values(account_id=made, role=role, unit_id=ids[code]))
    if not person.active:
        conn.execute(update(account).where(account.c.id == made).values(active=False))
        return Invited(person.login, person.name, "", now)
    return Invited(person.login, person.name, code_for(masar, conn, made, now + valid_for), now + valid_for)


def _change(
    masar: Masar, conn: Connection, person: PersonState, ids: dict[str, int], now: datetime, valid_for: timedelta
) -> Invited | None:
    """Brings an account to what was asked for. Who comes back gets a new code: the old password is forgotten."""
    row = conn.execute(select(account.c.id, account.c.active).where(account.c.login == person.login)).one()
    known = {(r.role, r.unit_id) for r in conn.execute(select(membership).where(membership.c.account_id == row.id))}
    for role, code in sorted(person.held):
        if (role, ids[code]) not in known:
            conn.execute(insert(membership).values(account_id=row.id, role=role, unit_id=ids[code]))
    values: dict[str, object] = {"name_ar": person.name.ar, "name_en": person.name.en, "locale": person.language,
                                 "active": person.active}  # fmt: skip
    comes_back = person.active and not row.active
    if comes_back:
        values["password_hash"] = ""
    if not person.active:
        conn.execute(delete(session).where(session.c.account_id == row.id))
        sign_in_codes.drop(conn, row.id)
    conn.execute(update(account).where(account.c.id == row.id).values(values))
    if not comes_back:
        return None
    return Invited(person.login, person.name, code_for(masar, conn, row.id, now + valid_for), now + valid_for)
