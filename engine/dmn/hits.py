"""Hit policies: from the rules that matched to the one answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from engine.feel.arithmetic import add
from engine.feel.builtins.sorting import max_, min_
from engine.feel.compare import equal
from engine.feel.values import Value

Orders = Sequence[list[Value] | None]


@dataclass(frozen=True)
class Hit:
    """The results of one rule that matched."""

    values: tuple[Value, ...]


Chosen = Hit | list[Hit] | None


def _unique(hits: list[Hit], _: Orders) -> Chosen:
    return hits[0] if len(hits) == 1 else None


def _any(hits: list[Hit], _: Orders) -> Chosen:
    first = list(hits[0].values)
    return hits[0] if all(equal(list(hit.values), first) for hit in hits) else None


def _first(hits: list[Hit], _: Orders) -> Chosen:
    return hits[0]


def _priority(hits: list[Hit], orders: Orders) -> Chosen:
    return _in_order(hits, orders)[0]


def _all(hits: list[Hit], _: Orders) -> Chosen:
    return hits


def _in_order(hits: list[Hit], orders: Orders) -> list[Hit]:
    return sorted(hits, key=lambda hit: [_place(v, o) for v, o in zip(hit.values, orders, strict=True)])


def _place(value: Value, order: list[Value] | None) -> int:
    """Where a value stands in its column's list of values; unlisted ones come last."""
    if order is None:
        return 0
    return next((place for place, other in enumerate(order) if equal(value, other) is True), len(order))


HIT_POLICIES: dict[str, Callable[[list[Hit], Orders], Chosen]] = {
    "UNIQUE": _unique, "ANY": _any, "FIRST": _first, "PRIORITY": _priority, "COLLECT": _all, "RULE ORDER": _all,
    "OUTPUT ORDER": _in_order,
}


def aggregate(how: str, values: list[Value]) -> Value:
    """What COLLECT with SUM, COUNT, MIN or MAX makes of all results."""
    if how == "COUNT":
        return len(values)
    if how == "SUM":
        return reduce(add, values)
    return min_(values) if how == "MIN" else max_(values) if how == "MAX" else None


AGGREGATIONS = frozenset({"SUM", "COUNT", "MIN", "MAX"})
