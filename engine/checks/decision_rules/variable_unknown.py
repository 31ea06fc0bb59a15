from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import ITEMS, DecisionModel, Element, in_filter, name_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import child, local
from engine.feel import nodes as n
from engine.text import Text


@decision_rule(
    "warning",
    Text(
        "متغيرات يقرؤها تعبير ولا تذكرها مدخلات القرار ولا أعمدته.",
        "Variables that are read although neither the inputs of a decision nor the columns of its table state them.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    names = {name_of(part) for part in model.parts}
    stating = {part for part in model.parts if child(part, "informationRequirement") is not None}
    columns = _columns(model)
    for one in model.written:
        if one.feel is None or in_filter(one) or (local(one.element) == "inputExpression" and one.part not in stating):
            continue
        called = {node.function.name for node in one.nodes
                  if isinstance(node, n.Call) and isinstance(node.function, n.Name)}
        own = frozenset[str]() if one.part in stating else columns.get(one.part, frozenset[str]())
        for name in sorted(one.feel.names - one.bound - model.allowed(one.part) - names - ITEMS - own - called):
            yield Flaw(
                one.place,
                Text(
                    f"يقرأ التعبير «{name[:60]}» ولا شيء في الملف يذكره: يكون فارغاً ما لم يسلّمه الإجراء.",
                    f"Nothing in the file states “{name[:60]}”: it is null unless the process hands it over.",
                ),
                Text(
                    "صحّح الاسم، أو اذكره مدخلاً (inputData) يتطلبه القرار.",
                    "Correct the name, or state it as an input (inputData) that the decision requires.",
                ),
            )


def _columns(model: DecisionModel) -> dict[Element, frozenset[str]]:
    """What the input columns of each decision ask for: without requirements they say what it is given."""
    found: dict[Element, frozenset[str]] = {}
    for one in model.written:
        if local(one.element) == "inputExpression" and one.feel is not None:
            found[one.part] = found.get(one.part, frozenset()) | one.feel.names
    return found
