"""`for`, `some` and `every`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from engine.feel import nodes as n
from engine.feel.closures.core import Closure, closed, closes
from engine.feel.compare import both, either
from engine.feel.decimals import WHOLE
from engine.feel.limits import bounded_list
from engine.feel.scope import Scope
from engine.feel.values import Range, Value, is_number, kind, plain
from engine.feel.weights import weight

Source = tuple[str, Closure, Closure | None]
Members = Iterable[Value] | None


def _sources(iterators: tuple[n.Iterator, ...]) -> tuple[Source, ...]:
    return tuple((i.name, closed(i.source), closed(i.stop) if i.stop else None) for i in iterators)


def _members(source: Closure, stop: Closure | None, scope: Scope) -> Members:
    first = plain(source(scope))
    if stop is not None:
        return _count(first, plain(stop(scope)))
    if isinstance(first, list):
        return first
    if isinstance(first, Range):
        return _within(first)
    return None if first is None else [first]


def _within(range_: Range) -> Members:
    found = _count(range_.start, range_.end)
    if found is None:
        return None
    return (value for value in found if (range_.start_included or value != range_.start)
            and (range_.end_included or value != range_.end))


def _count(first: Value, last: Value) -> Members:
    if is_number(first) and is_number(last) and _is_whole(first) and _is_whole(last):
        begin, end = int(first), int(last)
        return range(begin, end + 1) if begin <= end else range(begin, end - 1, -1)
    if kind(first) == kind(last) == "date":
        return _days(first, last)
    return None


def _is_whole(value: int | Decimal) -> bool:
    """Whether a loop can count from or to a number: beyond 34 digits the next number is the same one."""
    return -WHOLE < value < WHOLE and value == int(value)


def _days(first: date, last: date) -> Iterator[Value]:
    step = timedelta(days=1 if first <= last else -1)
    day = first
    yield day
    while day != last:
        day += step
        yield day


@closes(n.For)
def for_(node: n.For) -> Closure:
    return looped(_sources(node.iterators), closed(node.body), _round(node))


def _round(node: n.For | n.Quantified) -> int:
    """The steps of one round of a loop, lists of further iterators included."""
    inner = node.iterators[1:]
    return 1 + weight(node.body) + sum(weight(i.source) + (weight(i.stop) if i.stop else 0) for i in inner)


def looped(sources: tuple[Source, ...], body: Closure, steps: int) -> Closure:
    """The list of what the body comes to for every combination of members; a round costs so many steps."""

    def run(scope: Scope) -> Value:
        made: list[Value] = []

        def visit(inner: Scope) -> bool:
            inner["partial"] = made
            made.append(body(inner))
            return True

        complete = _walk(sources, 0, Scope({}, scope, scope.run), visit, steps)
        return bounded_list(made) if complete is not None else None

    return run


def _walk(
    sources: tuple[Source, ...], level: int, scope: Scope, visit: Callable[[Scope], bool], steps: int
) -> bool | None:
    """Visit every combination; False when a visit said stop, None when a source is nothing to walk through."""
    name, source, stop = sources[level]
    members = _members(source, stop, scope)
    if members is None:
        return None
    last = level + 1 == len(sources)
    for member in members:
        scope.run.spend(steps)
        inner = Scope({name: plain(member)}, scope, scope.run)
        going = visit(inner) if last else _walk(sources, level + 1, inner, visit, steps)
        if not going:
            return going
    return True


@closes(n.Quantified)
def quantified(node: n.Quantified) -> Closure:
    return quantify(_sources(node.iterators), closed(node.body), node.every, _round(node))


def quantify(sources: tuple[Source, ...], body: Closure, every: bool, steps: int) -> Closure:
    """Whether the body holds for every combination of members, or for some; a round costs so many steps."""
    combine = both if every else either

    def run(scope: Scope) -> Value:
        result: bool | None = every

        def visit(inner: Scope) -> bool:
            nonlocal result
            value = body(inner)
            result = combine(result, value if isinstance(value, bool) else None)
            return result is every or result is None

        complete = _walk(sources, 0, Scope({}, scope, scope.run), visit, steps)
        return result if complete is not None else None

    return run


