"""Lists that only the moment knows: the accounts that may take a case, the units of the house."""

from sqlalchemy import Connection, or_, select

from engine.forms import Form, Lists, Option
from engine.store.accounts import account, membership
from engine.store.units import ancestors, unit
from engine.text import Text

USERS = "users."
UNITS = "units"
EXTERNAL_UNITS = ("provider", "partner")


def lists_for(conn: Connection, lists: Lists, form: Form, unit_path: str) -> Lists:
    """The lists of a bundle with the dynamic ones that this form asks for, as they are for a case of this unit."""
    wanted = [key for key in form.dynamic_lists if key not in lists]
    return lists.with_dynamic({key: _options(conn, key, unit_path) for key in wanted}) if wanted else lists


def _options(conn: Connection, key: str, unit_path: str) -> tuple[Option, ...]:
    if key.startswith(USERS):
        return _users(conn, key.removeprefix(USERS), unit_path)
    return _units(conn) if key == UNITS else ()


def _users(conn: Connection, roles: str, unit_path: str) -> tuple[Option, ...]:
    """Who holds one of the roles ("a+b") in the case's unit, above it or below it: a directorate hands cases down to
    its centres."""
    reaches = or_(unit.c.path.startswith(unit_path, autoescape=True), unit.c.id.in_(ancestors(unit_path)))
    of_unit = (unit.c.name_ar.label("of_ar"), unit.c.name_en.label("of_en"))
    rows = conn.execute(
        select(account.c.login, account.c.name_ar, account.c.name_en, *of_unit)
        .join(membership, membership.c.account_id == account.c.id)
        .join(unit, unit.c.id == membership.c.unit_id)
        .where(account.c.active, membership.c.role.in_(roles.split("+")), reaches)
        .order_by(account.c.name_ar)
    )
    options = {
        row.login: Option(row.login, Text(f"{row.name_ar} – {row.of_ar}", f"{row.name_en} – {row.of_en}"))
        for row in rows
    }
    return tuple(options.values())


def _units(conn: Connection) -> tuple[Option, ...]:
    rows = conn.execute(
        select(unit.c.code, unit.c.name_ar, unit.c.name_en)
        .where(unit.c.kind.not_in(EXTERNAL_UNITS))
        .order_by(unit.c.path)
    )
    return tuple(Option(row.code, Text(row.name_ar, row.name_en)) for row in rows)
