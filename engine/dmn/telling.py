"""A decision table for readers: its columns and rules as they are written, with the words of their notes."""

from dataclasses import dataclass

from engine.dmn.document import MASAR, Element, child, children, document, english, text_of, words_of
from engine.text import Text


@dataclass(frozen=True)
class ToldRule:
    """One rule: its cells as written ("" for any value), and its note."""

    asked: tuple[str, ...]
    given: tuple[str, ...]
    note: Text


@dataclass(frozen=True)
class ToldTable:
    """One decision of a file. `rules` are empty where it is no table; `formula` is then how it is worked out."""

    id: str
    title: Text
    policy: str
    asks: tuple[Text, ...]
    gives: tuple[Text, ...]
    rules: tuple[ToldRule, ...]
    formula: str
    why: str


def tables_of(source: bytes) -> list[ToldTable]:
    """Every decision of a file, in its order. Raises DmnError."""
    return [_told(one) for one in children(document(source), "decision")]


def _told(decision: Element) -> ToldTable:
    table = child(decision, "decisionTable")
    title = Text(decision.get("name", ""), english(decision))
    id, why = decision.get("id", ""), words_of(decision, "description")
    if table is None:
        return ToldTable(id, title, "", (), (), (), text_of(child(decision, "literalExpression")), why)
    return ToldTable(
        id, title, table.get("hitPolicy", "UNIQUE"),
        tuple(_column(one, text_of(child(one, "inputExpression"))) for one in children(table, "input")),
        tuple(_column(one, one.get("name", "")) for one in children(table, "output")),
        tuple(_rule(one) for one in children(table, "rule")), "", why)


def _column(element: Element, plain: str) -> Text:
    return Text(element.get("label") or plain, english(element) or plain)


def _rule(rule: Element) -> ToldRule:
    note = Text(words_of(rule, "description"), rule.get(f"{{{MASAR}}}note_en", ""))
    return ToldRule(
        tuple(_cell(one) for one in children(rule, "inputEntry")),
        tuple(_cell(one) for one in children(rule, "outputEntry")), note)


def _cell(entry: Element) -> str:
    text = text_of(entry)
    return "" if text == "-" else text
