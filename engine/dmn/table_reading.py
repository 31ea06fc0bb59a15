"""The XML of a decision table to a table that decides."""

from engine.dmn.document import MASAR, Element, child, children, local, nearest_id, text_of, type_ref, words_of
from engine.dmn.hits import AGGREGATIONS, HIT_POLICIES
from engine.dmn.problems import DmnError
from engine.dmn.reader import Reader
from engine.dmn.tables import Input, Output, Rule, Table
from engine.feel.closures import Closure
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
    if aggregation is not None and aggregation not in AGGREGATIONS:
        reader.problems.append(DmnError(Text(
            f"تجميع غير معروف «{aggregation}».", f"Unknown aggregation {aggregation!r}."), nearest_id(element)))
    outputs = tuple(_output(column, reader) for column in children(element, "output"))
    names = [output.name for output in outputs]
    if len(names) > 1 and (not all(names) or len(set(names)) < len(names)):
        reader.problems.append(DmnError(Text(
            "لكل مخرج من عدة مخرجات اسم خاص به.", "Each of several outputs needs a name of its own."),
            nearest_id(element)))
    inputs = tuple(_input(column, reader) for column in children(element, "input"))
    rules = tuple(_rule(row, reader, len(inputs), len(outputs)) for row in children(element, "rule"))
    return Table(nearest_id(element), inputs, outputs, rules, policy,
                 aggregation if aggregation in AGGREGATIONS else None, _owner(element))


def _owner(element: Element) -> str:
    at: Element | None = element
    while at is not None and local(at) not in ("decision", "businessKnowledgeModel"):
        at = at.getparent()
    return nearest_id(element) if at is None else str(at.get("id") or at.get("name", ""))


def _input(column: Element, reader: Reader) -> Input:
    expression = child(column, "inputExpression")
    text = text_of(expression)
    allowed = child(column, "inputValues")
    return Input(text, reader.expression(column if expression is None else expression, text),
                 reader.tests(allowed, text_of(allowed)) if allowed is not None else None,
                 reader.types.of(type_ref(expression)))


def _output(column: Element, reader: Reader) -> Output:
    values, default = child(column, "outputValues"), child(column, "defaultOutputEntry")
    type_, allowed = reader.types.of(type_ref(column)), text_of(values)
    return Output(column.get("name") or "", _priorities(column, allowed or type_.listed, reader),
                  reader.expression(default, text_of(default)) if default is not None else None,
                  reader.tests(column if values is None else values, allowed), type_)


def _priorities(column: Element, listed: str, reader: Reader) -> Closure | None:
    """The values of a column in their order; none for tests that are no list of values, such as `> 5`."""
    return reader.expression(column, f"[{listed}]") if listed and reader.is_expression(f"[{listed}]") else None


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
