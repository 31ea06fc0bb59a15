"""Why a decision came out as it did, for an auditor: what was asked, which rules answered, what came out.

What a table was asked is masked like the answers that it comes from. The rule and its note are told to whoever may
audit the case: "why high risk?" is the question they are there for, and a rule is the analysts' sentence, not the
person's answer. A table with a single masked question is the exception: there the rule would be the answer.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.dmn import DecisionInfo
from engine.queries.fieldbook import FieldBook
from engine.queries.naming import element_name
from engine.queries.reasons import BASIS, WORKING
from engine.queries.replayed import Explained, Rule
from engine.queries.rows import Answered
from engine.queries.summaries import HIDDEN
from engine.text import Text

_IN_ARABIC = "_ar"
"""An output of this ending is a sentence in Arabic about the rule itself."""


def decisions_of(document: Mapping[str, Any], book: FieldBook, classes: frozenset[str]) -> tuple[Explained, ...]:
    """The decisions that an event's move took, in order."""
    return tuple(
        _explained(entry, book, classes)
        for entry in document.get("log") or ()
        if entry[0] == "decided" and len(entry) > 4
    )


def _explained(entry: list[Any], book: FieldBook, classes: frozenset[str]) -> Explained:
    _kind, process, element, _token, detail = entry[:5]
    key = str(detail.get("decision"))
    decision = book.definitions.decision(key)
    inputs: Mapping[str, Any] = detail.get("inputs") or {}
    seen = [name for name in inputs if book.sensitivity(_root(name)) in classes or _is_answer(name, book)]
    rules = tuple(_rules(detail, decision, told=bool(seen) or len(inputs) != 1))
    asked = tuple(
        Answered(_asked_as(name, decision, book), book.words(_root(name), value) if name in seen else HIDDEN)
        for name, value in inputs.items()
    )
    return Explained(
        element_name(book.definitions, process, element),
        decision.title if decision and decision.title.ar else Text(key, key),
        asked, rules, tuple(_answers(detail.get("value"), decision, book)),
    )


def _is_answer(name: str, book: FieldBook) -> bool:
    """Whether it is what another table answered and no form asks for."""
    return not book.is_asked(_root(name)) and book.label(_root(name)) is not None


def _root(name: str) -> str:
    """The name behind a column: `reception.age_years` asks for an age."""
    return name.strip().rsplit(".", 1)[-1]


def _asked_as(name: str, decision: DecisionInfo | None, book: FieldBook) -> Text:
    """What the table calls a thing that it asks, else what forms call it."""
    label = next((column.label for column in decision.asks if column.name == name), None) if decision else None
    return label if label and label.ar else _label(name, book)


def _label(name: str, book: FieldBook) -> Text:
    return book.label(_root(name)) or Text(name, name)


def _rules(detail: Mapping[str, Any], decision: DecisionInfo | None, told: bool) -> Iterator[Rule]:
    value = detail.get("value")
    own = {k: str(v) for k, v in value.items() if k.endswith(_IN_ARABIC) and v} if isinstance(value, Mapping) else {}
    for number in map(int, detail.get("rules") or ()):
        notes = decision.notes if decision else ()
        note = notes[number - 1] if 0 < number <= len(notes) else Text("")
        words = Text(note.ar or next(iter(own.values()), ""), note.en)
        yield Rule(number, words if told and words.ar else None)


def _answers(value: Any, decision: DecisionInfo | None, book: FieldBook) -> Iterator[Answered]:
    columns = {column.name: column for column in decision.columns} if decision else {}
    if not isinstance(value, Mapping):
        name, column = next(iter(columns.items()), ("", None))
        label = column.label if column and column.label.ar else decision.title if decision else Text("")
        yield Answered(label, book.words(name, value))
        return
    for name in [name for name in columns if name in value] or sorted(value):
        if value[name] is None or name.endswith(_IN_ARABIC):
            continue
        label = columns[name].label if name in columns else Text("")
        words = book.words(name, value[name], value.get(BASIS) == WORKING)
        yield Answered(label if label.ar else _label(name, book), words)
