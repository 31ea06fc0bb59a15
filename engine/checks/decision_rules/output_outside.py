from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, Written
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import child, local, text_of
from engine.feel import Env, FeelError, UnaryTests
from engine.feel.values import Value
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "نتائج ليست من القيم التي يذكرها عمودها.",
        "Results that are none of the values which their column states.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for one in model.written:
        column = model.columns.get(one.element) if local(one.element) == "outputEntry" else None
        if local(one.element) == "defaultOutputEntry":
            column = one.element.getparent()
        values = child(column, "outputValues") if column is not None else None
        if values is None or one.feel is None or one.feel.possible_names:
            continue
        try:
            tests = model.compile(values)
            assert isinstance(tests, UnaryTests)
            found = one.feel({}, Env())
            passes = all(tests(member, {}, Env()) is True for member in _members(found))
        except FeelError:
            continue
        if not passes:
            yield _flaw(one, text_of(values))


def _members(value: Value) -> list[Value]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if one is not None]


def _flaw(one: Written, values: str) -> Flaw:
    return Flaw(
        one.place,
        Text(
            f"النتيجة {text_of(one.element)[:60]} ليست من قيم العمود: {values[:80]}",
            f"The result {text_of(one.element)[:60]} is none of the column's values: {values[:80]}",
        ),
        Text("صحّح الخلية، أو أضف القيمة إلى قيم العمود.", "Correct the cell, or add the value to those of the column."),
    )
