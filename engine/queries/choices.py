"""Lists that only the moment knows: accounts, units, providers, for telling what answers name. Who of them
may be chosen just now is for `offered`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from engine.access import DUTY
from engine.forms import Form, Lists, Option
from engine.store import providers
from engine.store.accounts import account, membership
from engine.store.units import ancestors, unit
from engine.text import Text

USERS = "users."
UNITS = "units"
PEOPLE, MOST_PEOPLE = "people", 2000
"""Everybody of the house around a unit, whatever they do, for naming whom something concerns."""
INSTITUTIONS, MOST_INSTITUTIONS = "directory.institutions", 5000
"""Every provider of the directory, whether or not it may be chosen for a referral."""
PROVIDERS = "directory.providers"
EXTERNAL_UNITS = ("provider", "partner")
MOST_NAMED = 200

_REACHES = or_(unit.c.path.like(bindparam("below")), unit.c.id.in_(bindparam("above", expanding=True)))
_PEOPLE = (
    select(account.c.id, account.c.login, account.c.name_ar, account.c.name_en, membership.c.role)
    .add_columns(unit.c.name_ar.label("of_ar"), unit.c.name_en.label("of_en"))
    .join(membership, membership.c.account_id == account.c.id)
    .join(unit, unit.c.id == membership.c.unit_id)
    .where(_REACHES)
    .order_by(account.c.name_ar)
)
_HOLDERS = _PEOPLE.where(account.c.active, membership.c.role.in_(bindparam("roles", expanding=True)))
_HOUSE = _PEOPLE.where(unit.c.kind.not_in(EXTERNAL_UNITS)).limit(MOST_PEOPLE)


def lists_for(conn: Connection, lists: Lists, form: Form, unit_path: str, *said: object) -> Lists:
    """The lists of a bundle with the dynamic ones that this form asks for, as they are for a case of this unit.
    Providers of the directory are those that `said` (answers, variables) names."""
    dynamic = form.dynamic_lists
    found = {key: _options(conn, key, unit_path, lists.get(PROVIDERS, ())) for key in dynamic if key not in lists}
    if PROVIDERS in dynamic and (codes := codes_in(said)):
        named = _named(conn, codes)
        known = tuple(option for option in lists.get(PROVIDERS, ()) if option.value not in named)
        found[PROVIDERS] = (*known, *named.values())
    return lists.with_dynamic(found) if found else lists


def codes_in(said: Iterable[object]) -> frozenset[str]:
    """The codes of providers that some answers and variables name."""
    return frozenset(code for code, _ in zip(_codes(list(said), 0), range(MOST_NAMED), strict=False))


def accounts_for(conn: Connection, roles: Iterable[str], unit_path: str) -> dict[str, Any]:
    """Who holds one of the roles in the case's unit, above it or below it: a directorate hands cases down to its
    centres. Rows by login, with one role each and its unit's names as `of_ar`, `of_en`."""
    rows = conn.execute(_HOLDERS, {"roles": sorted(roles), **_reach(unit_path)})
    found: dict[str, Any] = {}
    for row in rows:
        if row.login not in found or found[row.login].role == DUTY:  # whoever does both counts as what they do by day
            found[row.login] = row
    return found


def _reach(unit_path: str) -> dict[str, object]:
    """What of the tree of units is around one: itself, all below it and all above it. Paths are ids and strokes."""
    return {"below": f"{unit_path}%", "above": list(ancestors(unit_path))}


def words_of(row: Any) -> Text:
    """An account of `accounts_for` as a choice."""
    return Text(f"{row.name_ar} – {row.of_ar}", f"{row.name_en} – {row.of_en}")


def roles_in(key: str) -> frozenset[str]:
    """The roles that a list of accounts names ("users.a+b"); none for another list."""
    return frozenset(key.removeprefix(USERS).split("+")) if key.startswith(USERS) else frozenset()


def _options(conn: Connection, key: str, unit_path: str, listed: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options of a dynamic list; `listed` are the providers that count until the directory is begun."""
    if key.startswith(USERS):
        found = accounts_for(conn, roles_in(key), unit_path)
        return tuple(Option(login, words_of(row)) for login, row in found.items())
    if key == PEOPLE:
        return _people(conn, unit_path)
    if key == INSTITUTIONS:
        rows: Iterable[Any] = providers.names(conn, MOST_INSTITUTIONS)
        return tuple(Option(row.code, Text(row.name_ar, row.name_en)) for row in rows) or listed
    return _units(conn) if key == UNITS else ()


def _people(conn: Connection, unit_path: str) -> tuple[Option, ...]:
    rows = conn.execute(_HOUSE, _reach(unit_path))
    return tuple({row.login: Option(row.login, words_of(row)) for row in rows}.values())


def _units(conn: Connection) -> tuple[Option, ...]:
    rows = conn.execute(
        select(unit.c.code, unit.c.name_ar, unit.c.name_en)
        .where(unit.c.kind.not_in(EXTERNAL_UNITS))
        .order_by(unit.c.path)
    )
    return tuple(Option(row.code, Text(row.name_ar, row.name_en)) for row in rows)


def _named(conn: Connection, codes: Iterable[str]) -> dict[str, Option]:
    rows: Iterable[Any] = providers.by_codes(conn, list(codes))
    return {row.code: Option(row.code, Text(row.name_ar, row.name_en), active=False) for row in rows}


def _codes(value: object, depth: int, key: str = "") -> Iterator[str]:
    """What stands under a name of a provider, however deep."""
    if isinstance(value, str):
        if "provider" in key and value and len(value) < 65:
            yield value
    elif depth < 8 and isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _codes(inner, depth + 1, str(name))
    elif depth < 8 and isinstance(value, list | tuple):
        for inner in value:
            yield from _codes(inner, depth + 1, key)
