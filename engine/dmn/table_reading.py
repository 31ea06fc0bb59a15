"""The XML of a decision table to a table that decides."""

from engine.dmn.document import MASAR, Element, child, children, nearest_id, text_of, words_of
from engine.dmn.hits import AGGREGATIONS, HIT_POLICIES
from engine.dmn.problems import DmnError
from engine.dmn.reader import Reader
from engine.dmn.tables import Input, Output, Rule, Table
from engine.feel.scope import Scope
from engine.feel.values import Value
from engine.text import Text


def table(element: Element, reader: Reader) -> Table:
    """The decision table of an element; what is wrong with it goes to the reader's problems."""
    policy = element.get("hitPolicy", "UNIQUE").upper()
    if policy not in HIT_POLICIES:
        reader.problems.append(DmnError(Text(
            f"سياسة تطابق غير معروفة «{policy}».", f"Unknown hit policy {policy!r}."), nearest_id(element)))
        policy = "UNIQUE"
    aggregation = element.get("aggregation")
    outputs = tuple(_output(column, reader) for column in children(element, "output"))
    inputs = tuple(_input(column, reader) for column in children(element, "input"))
    rules = tuple(_rule(row, reader, len(inputs), len(outputs)) for row in children(element, "rule"))
    return Table(nearest_id(element), inputs, outputs, rules, policy,
                 aggregation if aggregation in AGGREGATIONS else None)


def _input(column: Element, reader: Reader) -> Input:
    expression = child(column, "inputExpression")
    text = text_of(expression)
    allowed = child(column, "inputValues")
    return Input(text, reader.expression(column, text),
                 reader.tests(allowed, text_of(allowed)) if allowed is not None else None)


def _output(column: Element, reader: Reader) -> Output:
    values, default = child(column, "outputValues"), child(column, "defaultOutputEntry")
    priorities = reader.expression(values, f"[{text_of(values)}]") if values is not None and text_of(values) else None
    return Output(column.get("name") or "", priorities,
                  reader.expression(default, text_of(default)) if default is not None else None)


def _rule(row: Element, reader: Reader, inputs: int, outputs: int) -> Rule:
    texts = [text_of(cell) for cell in children(row, "inputEntry")]
    tests = [reader.tests(cell, text_of(cell)) for cell in children(row, "inputEntry")]
    results = [reader.expression(cell, text_of(cell)) for cell in children(row, "outputEntry")]
    if len(tests) != inputs or len(results) != outputs:
        reader.problems.append(DmnError(Text(
            "عدد خلايا القاعدة لا يساوي عدد أعمدة الجدول.", "The rule has not as many cells as the table has columns."),
            nearest_id(row)))
        texts, tests = (texts + [""] * inputs)[:inputs], (tests + [_never] * inputs)[:inputs]
        results = (results + [_never] * outputs)[:outputs]
    return Rule(tuple(tests), tuple(texts), tuple(results), note_of(row))


def note_of(row: Element) -> Text:
    """What a rule says of itself."""
    return Text(words_of(row, "description") or _annotation(row), row.get(f"{{{MASAR}}}note_en", ""))


def _never(_: Scope) -> Value:
    return None


def _annotation(row: Element) -> str:
    return "، ".join(text for text in (text_of(entry) for entry in children(row, "annotationEntry")) if text)
