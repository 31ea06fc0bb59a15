"""Lists that only the moment knows: accounts that may take a case, units, providers."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, select

from engine.forms import Form, Lists, Option
from engine.queries.accounts import accounts_with_role
from engine.store.units import unit
from engine.text import Text

USERS = "users."
UNITS = "units"
PROVIDERS = "directory.providers"


def lists_for(conn: Connection, lists: Lists, form: Form, unit_path: str) -> Lists:
    """The lists of a bundle with the dynamic ones that this form asks for, as they are for a case of this unit."""
    wanted = form.dynamic_lists
    if not wanted:
        return lists
    return lists.with_dynamic({key: _options(conn, key, unit_path) for key in wanted})


def _options(conn: Connection, key: str, unit_path: str) -> tuple[Option, ...]:
    if key.startswith(USERS):
        rows = accounts_with_role(conn, frozenset({key.removeprefix(USERS)}), unit_path)
        return tuple(Option(row.login, row.name) for row in rows)
    return _UNIT_LISTS[key](conn) if key in _UNIT_LISTS else ()


def _units(conn: Connection) -> tuple[Option, ...]:
    return _of_kind(conn, provider=False)


def _providers(conn: Connection) -> tuple[Option, ...]:
    return _of_kind(conn, provider=True)


def _of_kind(conn: Connection, provider: bool) -> tuple[Option, ...]:
    kind = unit.c.kind == "provider" if provider else unit.c.kind != "provider"
    rows = conn.execute(select(unit.c.code, unit.c.name_ar, unit.c.name_en).where(kind).order_by(unit.c.code))
    return tuple(Option(row.code, Text(row.name_ar, row.name_en)) for row in rows)


_UNIT_LISTS: Mapping[str, Callable[[Connection], tuple[Option, ...]]] = {UNITS: _units, PROVIDERS: _providers}
