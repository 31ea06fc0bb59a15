"""The data of a case at a moment, in words, as far as an actor may see it."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn import Held
from engine.queries.fieldbook import FieldBook, in_words
from engine.queries.naming import element_name, listed_words, process_name
from engine.queries.reasons import BASIS, WORKING
from engine.queries.replayed import Section
from engine.queries.rows import Answered
from engine.text import Text

OF_THE_CASE = Text("بيانات الحالة", "Of the case")
# The closed list of variables that the platform itself reads; none of them says more than the head of the case.
PLATFORM: Mapping[str, Text] = {
    "case_number": Text("رقم الحالة", "Case number"), "report_number": Text("رقم البلاغ", "Report number"),
    "risk_level": Text("درجة الخطورة", "Risk level"), "unit": Text("الوحدة", "Unit"),
    "case_manager": Text("مدير الحالة", "Case manager"), "case_supervisor": Text("مشرف الحالة", "Case supervisor"),
}
_TITLES: Mapping[str, Text] = {
    "person": Text("صاحب الحالة", "Person concerned"), "report": Text("البلاغ", "Report"),
}
NAMED = ("case_manager", "case_supervisor", "unit")
"""Those that hold a login or the code of a unit."""
MOST = 60
"""Values told of one variable."""


class Teller:
    """Tells variables to an actor who may see `classes`."""

    def __init__(self, book: FieldBook, named: Mapping[str, Text], classes: frozenset[str]) -> None:
        """`named` has the names of people by login and of units by code."""
        self.book, self.named, self.classes = book, named, classes
        found = book.definitions.bpmn.processes.values()
        traits = [element.traits.decision for process in found for element in process.elements.values()]
        self._decided = {result: decision for decision, result in filter(None, traits)}

    def sections(self, scopes: list[Held]) -> tuple[Section, ...]:
        """Every scope: what stands alone under the name of its scope, then each context under its own name."""
        found: list[Section] = []
        told: list[tuple[str, Any]] = []
        for scope in scopes:
            alone = [self._alone(name, value) for name, value in scope.values.items() if not _is_context(value)]
            if alone:
                found.append(_section(self._title(scope), alone))
            for name, value in scope.values.items():
                if _is_context(value) and value and (name, value) not in told:  # inner scopes hold copies of the case's
                    told.append((name, value))
                    found.append(_section(*self._context(name, value)))
        return tuple(found)

    def _title(self, scope: Held) -> Text:
        if scope.element is None:
            return OF_THE_CASE
        definitions = self.book.definitions
        process, element = process_name(definitions, scope.process), element_name(
            definitions, scope.process, scope.element)
        return Text(f"{process.ar} – {element.ar}", f"{process.in_('en')} – {element.in_('en')}")

    def _alone(self, name: str, value: Any) -> tuple[Text, Text | None]:
        if name in PLATFORM:
            return PLATFORM[name], self._of_platform(name, value)
        if name in self._decided and not self.book.is_asked(name):
            return self.book.label(name) or Text(name, name), self.book.words(name, value)
        return self._told(name, value)

    def _told(self, name: str, value: Any) -> tuple[Text, Text | None]:
        label = self.book.label(name) or Text(name, name)
        if self.book.sensitivity(name) not in self.classes:
            return label, None
        return label, self.book.words(name, value)

    def _of_platform(self, name: str, value: Any) -> Text:
        definitions = self.book.definitions
        if name in NAMED and value in self.named:
            return self.named[value]
        if name == "risk_level" and value:
            return listed_words(definitions, "risk_levels", str(value))
        return in_words(value, definitions)

    def _context(self, name: str, value: Any) -> tuple[Text, list[tuple[Text, Text | None]]]:
        if isinstance(value, Mapping):
            form = self.book.form_of(name, value)
            if form is not None:
                told = form[0].describe(value, self.book.lists)
                return form[1], [(o.label, o.value if self._sees(o.sensitivity, o.path) else None) for o in told]
        title = _TITLES.get(name) or self.book.label(name) or Text(name, name)
        open_keys = frozenset[str]()
        decision = self.book.definitions.decision(self._decided.get(name, ""))
        if decision is not None:
            title = decision.title if decision.title.ar else title
            open_keys = frozenset(column.name for column in decision.columns if not self.book.is_asked(column.name))
        return title, list(self._flat(name, value, open_keys))

    def _sees(self, sensitivity: str, path: str) -> bool:
        return sensitivity in self.classes and self.book.sensitivity(path.rsplit(".", 1)[-1]) in self.classes

    def _flat(
        self, name: str, value: Any, open_keys: frozenset[str], above: str = ""
    ) -> Iterator[tuple[Text, Text | None]]:
        """Contexts and lists of contexts, value by value; what a table answered (`open_keys`) is open to all."""
        listed = isinstance(value, list)
        inner = list(enumerate(value, 1)) if listed else list(value.items())
        working = not listed and value.get(BASIS) == WORKING
        for key, one in inner:
            place = f"{above}{key} – " if listed else above
            if _is_context(one):
                yield from self._flat(name if listed else str(key), one, open_keys, place)
                continue
            asked = name if listed else str(key)
            label, words = self._told(asked, one)
            if asked in open_keys:
                words = self.book.words(asked, one, working)
            yield Text(f"{place}{label.ar}", f"{place}{label.in_('en')}"), words


def _is_context(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value))


def _section(title: Text, told: list[tuple[Text, Text | None]]) -> Section:
    seen = [Answered(label, words) for label, words in told if words is not None]
    return Section(title, tuple(seen[:MOST]), tuple(label for label, words in told if words is None)[:MOST])
