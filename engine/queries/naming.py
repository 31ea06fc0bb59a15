"""The names of people, units and elements that pages put beside ids."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from engine.actor import BY_LINK, PUBLIC
from engine.definitions import Definitions
from engine.store.accounts import account
from engine.store.units import unit
from engine.text import Text

SYSTEM_NAME = Text("النظام", "The system")
_UNKNOWN = Text("—", "—")
_NOT_ACCOUNTS = {who.id: who.name for who in (PUBLIC, BY_LINK)}


class Names:
    """Accounts and units by id, looked up together: at most one statement each."""

    def __init__(self, conn: Connection, accounts: Iterable[int | None], units: Iterable[int | None] = ()) -> None:
        people = {one for one in accounts if one}
        places = {one for one in units if one}
        self._accounts: Mapping[int, Text] = {}
        self._units: Mapping[int, Text] = {}
        if people:
            query = select(account.c.id, account.c.name_ar, account.c.name_en).where(account.c.id.in_(people))
            self._accounts = {row.id: Text(row.name_ar, row.name_en) for row in conn.execute(query)}
        if places:
            found = select(unit.c.id, unit.c.name_ar, unit.c.name_en).where(unit.c.id.in_(places))
            self._units = {row.id: Text(row.name_ar, row.name_en) for row in conn.execute(found)}

    def account(self, account_id: int | None) -> Text | None:
        """A person's name; the system's for 0, the public's for who reported without signing in, a word for
        who answered by a link; None for nobody."""
        if account_id is None:
            return None
        if account_id in _NOT_ACCOUNTS:
            return _NOT_ACCOUNTS[account_id]
        return SYSTEM_NAME if account_id == 0 else self._accounts.get(account_id, _UNKNOWN)

    def unit(self, unit_id: int | None) -> Text:
        """A unit's name."""
        return self._units.get(unit_id or 0, _UNKNOWN)


def element_name(definitions: Definitions, process: str, element: str) -> Text:
    """What an element of a diagram is called; its id where it has no name."""
    found = definitions.bpmn.processes.get(process)
    known = found.elements.get(element) if found else None
    return known.name if known and known.name.ar else Text(element, element)


def process_name(definitions: Definitions, process: str) -> Text:
    """What a process is called."""
    found = definitions.bpmn.processes.get(process)
    return found.name if found and found.name.ar else Text(process, process)


def listed_words(definitions: Definitions, key: str, value: str) -> Text:
    """What a list calls a value; the value itself where it does not know it."""
    option = definitions.lists.option(key, value)
    return option.label if option else Text(value, value)
