"""The built-in function `range`: a range from its text, whose ends are literals."""

from datetime import UTC, datetime

from engine.feel import nodes as n
from engine.feel.builtins.registry import builtin
from engine.feel.closures import closed
from engine.feel.compare import compare
from engine.feel.env import Env
from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import Run
from engine.feel.parser import parse
from engine.feel.scope import Scope
from engine.feel.values import Range, Value, kind

_MAKERS = frozenset({"date", "time", "date and time", "duration"})
_LONGEST = 500
_NO_ENV = Env(now=datetime(1970, 1, 1, tzinfo=UTC))


@builtin("range", "from: string", cost=200)
def range_from(text: str) -> Value:
    """A range such as `[1..5)`; null for any other text."""
    if len(text) > _LONGEST:
        return None
    try:
        tree = parse(text.strip())
    except FeelSyntaxError:
        return None
    if not isinstance(tree, n.RangeOf) or not (_is_literal(tree.start) and _is_literal(tree.end)):
        return None
    found = closed(tree)(Scope({}, None, Run(_NO_ENV)))
    return found if isinstance(found, Range) and _in_order(found) else None


def _in_order(range_: Range) -> bool:
    if range_.start is None or range_.end is None:
        return range_.start is not range_.end
    ordered = compare(lambda a, b: bool(a <= b), range_.start, range_.end)
    return kind(range_.start) == kind(range_.end) and ordered is True


def _is_literal(node: n.Node) -> bool:
    if isinstance(node, n.Negate):
        node = node.operand
    if isinstance(node, n.Call):
        made_by = node.function.name if isinstance(node.function, n.Name) else ""
        return made_by in _MAKERS and all(isinstance(argument, n.Literal) for argument in node.arguments)
    return isinstance(node, n.Literal)
