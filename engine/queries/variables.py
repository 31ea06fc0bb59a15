"""The data of a case as values, for programs: dates as text, every value that the actor may not see as null."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.access import visible_sensitivity
from engine.actor import Actor
from engine.bpmn import scopes_of
from engine.clock import iso_text
from engine.commands.work import as_key
from engine.feel.temporal import temporal_text
from engine.masar import Masar
from engine.queries.cases import note_reading, seen_case
from engine.queries.fieldbook import FieldBook
from engine.queries.held import PLATFORM

_LARGEST_NUMBER = 2**53
"""Beyond it a JSON number loses digits in many programs; such a number is told as text."""


@dataclass(frozen=True)
class Variables:
    """The variables of the whole case by name; `masked` are the paths of the values withheld from the actor."""

    values: Mapping[str, Any]
    masked: tuple[str, ...]


def variables_of(masar: Masar, actor: Actor, case_id: str) -> Variables:
    """The variables of a case as it stands. Raises NotFound for what the actor may not see; recorded as a reading."""
    with masar.db.read() as conn:
        case, _facts, relation, _items = seen_case(masar, conn, actor, as_key(case_id), "see_case")
        definitions = masar.library.of(conn, case.bundle_id)
    classes = visible_sensitivity(actor, relation)
    teller = _Values(FieldBook(definitions), classes)
    held = scopes_of(definitions.bpmn, case.state)
    whole = held[0].values if held and held[0].element is None else {}
    values = {name: teller.variable(name, value) for name, value in whole.items()}
    note_reading(masar, actor, case.id, "variables", classes)
    return Variables(values, tuple(teller.masked))


class _Values:
    """Tells values to an actor who may see `classes`, and keeps the paths of those that it did not tell."""

    def __init__(self, book: FieldBook, classes: frozenset[str]) -> None:
        self.book, self.classes = book, classes
        self.masked: list[str] = []
        found = book.definitions.bpmn.processes.values()
        traits = [element.traits.decision for process in found for element in process.elements.values()]
        self._decided = {result: decision for decision, result in filter(None, traits)}

    def variable(self, name: str, value: Any) -> Any:
        """A variable of the case: the platform's own are open, as the head of the case is; the others as the forms and
        tables say that ask for their values or give them."""
        if name in PLATFORM and not isinstance(value, Mapping | list):
            return _plain(value)
        form = self.book.form_of(name, value) if isinstance(value, Mapping) else None
        strict = {one.path: one.sensitivity for one in form[0].describe(value, self.book.lists)} if form else {}
        return self._told(name, name, value, strict, "", self._open_keys(name))

    def _open_keys(self, name: str) -> frozenset[str]:
        """What a table answered and no form asks for is open to all who see the case."""
        if name not in self._decided:
            return frozenset()
        decision = self.book.definitions.decision(self._decided[name])
        columns = decision.columns if decision else ()
        return frozenset(one for one in (name, *(c.name for c in columns)) if not self.book.is_asked(one))

    def _told(
        self, at: str, key: str, value: Any, strict: Mapping[str, str], path: str, open_keys: frozenset[str]
    ) -> Any:
        if isinstance(value, Mapping):
            return {
                str(name): self._told(f"{at}.{name}", str(name), one, strict, f"{path}{name}.", open_keys)
                for name, one in value.items()
            }
        if isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
            return [
                self._told(f"{at}.{index}", key, one, strict, f"{path}{index}.", open_keys)
                for index, one in enumerate(value)
            ]
        if value is None or key in open_keys or self._sees(key, strict.get(path.rstrip("."), "ordinary")):
            return _plain(value)
        self.masked.append(at)
        return None

    def _sees(self, key: str, sensitivity: str) -> bool:
        return sensitivity in self.classes and self.book.sensitivity(key) in self.classes


def _plain(value: Any) -> Any:
    """A value in JSON terms; what JSON has no word for as FEEL writes it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _LARGEST_NUMBER else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return iso_text(value) if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return temporal_text(value) or str(value)
