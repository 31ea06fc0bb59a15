from collections.abc import Iterator
from dataclasses import fields

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, Element, Written, name_of, type_named
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import child, local, text_of
from engine.feel import nodes as n
from engine.feel.types import Simple, Type, simple_type
from engine.feel.values import Value, kind
from engine.text import Text

OF_TIME = frozenset({"date", "date and time"})


@decision_rule(
    "error",
    Text(
        "خلايا من نوع غير نوع عمودها، كنص في عمود أرقام: لا تنطبق أبداً.",
        "Cells of another kind than their column, such as text in a column of numbers: they never hold.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for one in model.written:
        if local(one.element) not in ("inputEntry", "outputEntry") or one.feel is None:
            continue
        column = model.columns.get(one.element)
        wanted = _kind_of(model, column, one.part) if column is not None else None
        found = {kind(value) or wanted for value in _compared(one)} if wanted else set()
        strange = sorted(str(other) for other in found if other != wanted and not {other, wanted} <= OF_TIME)
        if wanted and strange:
            yield Flaw(
                one.place,
                Text(
                    f"الخلية {text_of(one.element)[:60]} من نوع {strange[0]}، والعمود من نوع {wanted}.",
                    f"The cell {text_of(one.element)[:60]} is of kind {strange[0]}, its column of kind {wanted}.",
                ),
                Text("صحّح الخلية أو نوع العمود.", "Correct the cell, or the type of the column."),
            )


def _kind_of(model: DecisionModel, column: Element, part: Element) -> str | None:
    """The simple kind of a column; None where it has none, or any."""
    asks = child(column, "inputExpression")
    named = type_named(asks if asks is not None else column)
    if not named and asks is not None:
        given = (child(one, "variable") for one in model.required(part) if name_of(one) == text_of(asks))
        named = next((type_named(one) for one in given if one is not None), "")
    type_: Type | None = model.types.get(named) or simple_type(named)
    return type_.name if isinstance(type_, Simple) and type_.name not in ("Any", "Null", "function") else None


def _compared(one: Written) -> list[Value]:
    """The plain values with which a cell compares its column, or which it gives."""
    assert one.feel is not None
    return [node.value for node in _plain(one.feel.tree, local(one.element) == "inputEntry")]


def _plain(tree: object, tests: bool) -> list[n.Literal]:
    """The literals that stand for the value of the column itself, not those inside of calls and comparisons."""
    if isinstance(tree, n.Literal):
        return [tree]
    if not tests or isinstance(tree, n.Call | n.Comparison | n.Arithmetic | n.Logical | n.If | n.Between | n.In):
        return []
    if isinstance(tree, tuple):
        return [found for one in tree for found in _plain(one, tests)]
    if isinstance(tree, n.Node) and not isinstance(tree, n.Name | n.Path | n.Filter | n.For | n.Quantified | n.ListOf):
        return [found for part in fields(tree) for found in _plain(getattr(tree, part.name), tests)]
    return []
