"""Why a case moved as it did: what decision tables said, in words."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from engine.definitions import Definitions
from engine.dmn import DecisionInfo, OutputInfo
from engine.queries.naming import element_name
from engine.queries.rows import Reason
from engine.text import Text
from engine.words import NO, YES, span_in_words

MOST_AT_ONCE = 3
"""A table that answers more than this is told by its rule, and its answers on demand."""
BASIS, WORKING = "basis", "working"
"""The answer that says how the time limits beside it are counted."""
_IN_ARABIC = "_ar"


def why_of(document: Mapping[str, Any], definitions: Definitions) -> tuple[Reason, ...]:
    """The decisions that the event's move took: what each said, and the rule that said it."""
    told = []
    for entry in document.get("log") or ():
        if entry[0] == "decided" and len(entry) > 4 and entry[4].get("value") is not None:
            decision = definitions.decision(str(entry[4].get("decision")))
            told.append(_reason(element_name(definitions, entry[1], entry[2]), entry[4], decision, definitions))
    return tuple(told)


def _reason(
    name: Text, detail: Mapping[str, Any], decision: DecisionInfo | None, definitions: Definitions
) -> Reason:
    answers, rule = tuple(_answers(detail["value"], decision, definitions)), _rule(detail, decision)
    many = len(answers) > MOST_AT_ONCE
    told = [words for words, is_limit in answers if not (many and is_limit)]
    more = (*(words for words, is_limit in answers if many and is_limit), *_because(detail, definitions))
    if not told:
        return Reason(_joined(name, rule), more)
    said = Text("، ".join(words.ar for words in told), ", ".join(words.in_("en") for words in told))
    return Reason(Text(f"{name.ar}: {said.ar}{_in_brackets(rule.ar)}",
                       f"{name.in_('en')}: {said.en}{_in_brackets(rule.en)}"), more)


def _because(detail: Mapping[str, Any], definitions: Definitions) -> Iterator[Text]:
    """What other tables said on the way, each by its rule; never what they were asked, which may be protected."""
    for owner, rules in (one for one in detail.get("because") or () if one[1]):
        decision = definitions.decision(str(owner))
        yield _rule({"decision": owner, "rules": rules, "value": None}, decision)


def _answers(value: Any, decision: DecisionInfo | None, definitions: Definitions) -> Iterator[tuple[Text, bool]]:
    """Every answer with its label (the only one without), and whether it is a time limit or a number."""
    columns = decision.columns if decision else ()
    if not isinstance(value, Mapping):
        yield _words(value, columns[0] if columns else None, definitions, False), False
        return
    known = {column.name: column for column in columns}
    told = {name: answer for name, answer in value.items() if answer is not None and not name.endswith(_IN_ARABIC)}
    working = value.get(BASIS) == WORKING
    for name in [column.name for column in columns if column.name in told] or sorted(told):
        words = _words(told[name], known.get(name), definitions, working)
        label = known[name].label if name in known else Text(name)
        is_limit = name == BASIS or not isinstance(told[name], str | bool)
        yield (_joined(label, words) if len(told) > 1 else words), is_limit


def _words(value: Any, column: OutputInfo | None, definitions: Definitions, working: bool) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, timedelta):
        return span_in_words(value, working)
    parts = [_labelled(part.strip(), column, definitions) for part in str(value).split(",")]
    return Text("، ".join(part.ar for part in parts), ", ".join(part.in_("en") for part in parts))


def _labelled(value: str, column: OutputInfo | None, definitions: Definitions) -> Text:
    option = definitions.lists.option(column.list, value) if column and column.list else None
    return option.label if option else Text(value, value)


def _rule(detail: Mapping[str, Any], decision: DecisionInfo | None) -> Text:
    """The rule in its own words, and where it stands."""
    numbers = [int(number) for number in detail.get("rules") or ()]
    if not numbers:
        return Text("", "")
    notes = [decision.notes[n - 1] for n in numbers if decision and 0 < n <= len(decision.notes)]
    title = decision.title if decision else Text(str(detail.get("decision")))
    listed = "، ".join(map(str, numbers))
    own = detail["value"] if isinstance(detail["value"], Mapping) else {}
    said_ar = next((str(v) for k, v in own.items() if k.endswith(_IN_ARABIC) and v), "") or "؛ ".join(
        note.ar for note in notes if note.ar)
    said_en = "; ".join(note.en for note in notes if note.en)
    return Text(
        f"{said_ar}{' – ' if said_ar else ''}القاعدة {listed} من جدول «{title.ar}»",
        f"{said_en}{' – ' if said_en else ''}rule {', '.join(map(str, numbers))} of the table “{title.in_('en')}”",
    )


def _joined(label: Text, words: Text) -> Text:
    return Text(f"{label.ar}: {words.ar}", f"{label.in_('en')}: {words.in_('en')}")


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""
