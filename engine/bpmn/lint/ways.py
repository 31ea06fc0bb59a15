"""Whether the conditions of a gateway leave some value without a way out: sought by trying what they compare with."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product
from typing import Any, NamedTuple

from engine.feel import FeelError, compile
from engine.feel import nodes as n
from engine.feel.names import Reads

MOST_TRIED = 1_000
SOMETHING_ELSE = "…"
BESIDE = Decimal("0.001")

Path = tuple[str, ...]
Compared = dict[Path, dict[str, Any]]
"""What each variable is compared with, by how it is written: FEEL tells true from 1."""


class Ways(NamedTuple):
    """What was found out: `stuck` is a value of what the conditions read for which none holds; `proven` says that
    there is none."""

    stuck: Mapping[Path, Any] | None
    proven: bool


def ways_out(conditions: Sequence[str]) -> Ways:
    """Tries conditions (FEEL, without their sign) with null and with every value that makes a difference."""
    try:
        programs = [compile(text) for text in conditions]
    except FeelError:
        return Ways(None, False)
    compared: Compared = {}
    simple = all([_read(program.tree, compared) for program in programs])
    paths = sorted(compared)
    count = 0
    for values in islice(product(*(_tried(list(compared[path].values())) for path in paths)), MOST_TRIED):
        count += 1
        given = dict(zip(paths, values, strict=True))
        if (simple or not any(v is not None for v in values)) and not _one_holds(programs, given):
            return Ways(given, False)
    nested = any(one != other and other[: len(one)] == one for one in paths for other in paths)
    return Ways(None, simple and not nested and count < MOST_TRIED)


def _one_holds(programs: Sequence[Any], given: Mapping[Path, Any]) -> bool:
    context: dict[str, Any] = {}
    for path, value in given.items():
        at = context
        for name in path[:-1]:
            inner = at.setdefault(name, {})
            at = inner if isinstance(inner, dict) else {}
        at.setdefault(path[-1], value)
    try:
        return any(program(context) is True for program in programs)
    except FeelError:
        return True  # nobody can tell


def _tried(values: Sequence[Any]) -> Iterator[Any]:
    """Null, each value, and one beside each: those are all that comparisons with these values can tell apart."""
    yield None
    yield from sorted(values, key=repr)
    if any(isinstance(value, bool) for value in values):
        yield from (True, False)
    if all(value is None for value in values) or any(isinstance(value, str) for value in values):
        yield SOMETHING_ELSE
    for number in sorted(value for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)):
        yield from (number - BESIDE, number + BESIDE)


def _read(tree: n.Node, compared: Compared) -> bool:
    """Notes what a condition compares its variables with; False where it does more than compare."""
    if _is_simple(tree, compared):
        return True
    for name in Reads(tree).certain:
        compared.setdefault((name,), {})
    return False


def _is_simple(tree: n.Node, compared: Compared) -> bool:
    match tree:
        case n.Logical(operands=operands):
            return all([_read(one, compared) for one in operands])
        case n.Call(function=n.Name(name="not"), arguments=(one,), named=()):
            return _read(one, compared)
        case n.Comparison(left=left, right=right):
            return _compared(left, [right], compared) or _compared(right, [left], compared)
        case n.Between(value=value, low=low, high=high):
            return _compared(value, [low, high], compared)
        case n.In(value=value, tests=tests):
            return _compared(value, tests, compared)
        case n.Literal():
            return True
        case n.Name() | n.Path():
            return _compared(tree, [n.Literal(True), n.Literal(False)], compared)
    return False


def _compared(value: n.Node, others: Sequence[n.Node], compared: Compared) -> bool:
    path = _path(value)
    if path is None:
        return False
    known = compared.setdefault(path, {})
    return all([_literal(other, known) for other in others])


def _path(tree: n.Node) -> Path | None:
    names: list[str] = []
    while isinstance(tree, n.Path):
        names.append(tree.name)
        tree = tree.base
    return (tree.name, *reversed(names)) if isinstance(tree, n.Name) and not tree.local else None


def _literal(tree: n.Node, known: dict[str, Any]) -> bool:
    match tree:
        case n.Literal(value=value) if isinstance(value, str | int | bool | Decimal) or value is None:
            known[repr(value)] = value
            return True
        case n.Negate(operand=n.Literal(value=value)) if isinstance(value, int | Decimal):
            known[repr(-value)] = -value
            return True
        case n.ListOf(items=items):
            return all([_literal(item, known) for item in items])
        case n.Test(expression=one, asks=False):
            return _literal(one, known)
        case n.RangeOf(start=start, end=end):
            return all([_literal(start, known), _literal(end, known)])
        case n.OpenRange(operand=one):
            return _literal(one, known)
    return False
