"""Functions on ranges: which lies before, within or across which. A point counts as a range of itself."""

from collections.abc import Callable
from dataclasses import replace

from engine.feel.builtins.registry import builtin
from engine.feel.compare import ORDERED, both, compare, either, equal
from engine.feel.values import Range, Value, kind

LOWEST, HIGHEST = object(), object()
"""The ends of ranges that have none, such as `(> 5)`."""


def _lt(left: Value, right: Value) -> bool | None:
    if left is right and left in (LOWEST, HIGHEST):
        return False
    if left is LOWEST or right is HIGHEST:
        return True
    if left is HIGHEST or right is LOWEST:
        return False
    return compare(lambda a, b: bool(a < b), left, right)


def _same(left: Value, right: Value) -> bool | None:
    if {left is LOWEST, left is HIGHEST, right is LOWEST, right is HIGHEST} != {False}:
        return left is right
    return equal(left, right)


def _span(value: Value) -> Range | None:
    if isinstance(value, Range):
        if not value.unbounded:
            return value
        return replace(value, start=LOWEST if value.start is None else value.start,
                       end=HIGHEST if value.end is None else value.end)
    return Range(value, value) if kind(value) in ORDERED else None


Relation = Callable[[Range, Range], bool | None]


def _two(name: str, first: str, second: str) -> Callable[[Relation], Relation]:
    def declare(relation: Relation) -> Relation:
        def call(left: Value, right: Value) -> Value:
            one, other = _span(left), _span(right)
            return None if one is None or other is None else relation(one, other)

        for names in _NAMES:
            builtin(name, f"{names[0] or first}: any", f"{names[1] or second}: any", cost=12)(call)
        return relation

    return declare


_NAMES = (
    ("", ""), ("range1", "range2"), ("point1", "point2"), ("point", "range"), ("range", "point"), ("range", "range2"),
)


@_two("before", "point1", "point2")
def before(left: Range, right: Range) -> bool | None:
    touching = not (left.end_included and right.start_included)
    return either(_lt(left.end, right.start), both(_same(left.end, right.start), touching))


@_two("after", "point1", "point2")
def after(left: Range, right: Range) -> bool | None:
    touching = not (left.start_included and right.end_included)
    return either(_lt(right.end, left.start), both(_same(right.end, left.start), touching))


@_two("meets", "range1", "range2")
def meets(left: Range, right: Range) -> bool | None:
    return both(left.end_included and right.start_included, _same(left.end, right.start))


@_two("met by", "range1", "range2")
def met_by(left: Range, right: Range) -> bool | None:
    return meets(right, left)


@_two("overlaps", "range1", "range2")
def overlaps(left: Range, right: Range) -> bool | None:
    one = either(_lt(right.start, left.end),
                 both(_same(right.start, left.end), left.end_included and right.start_included))
    other = either(_lt(left.start, right.end),
                   both(_same(left.start, right.end), left.start_included and right.end_included))
    return both(one, other)


@_two("overlaps before", "range1", "range2")
def overlaps_before(left: Range, right: Range) -> bool | None:
    starts_first = either(_lt(left.start, right.start), both(
        _same(left.start, right.start), left.start_included and not right.start_included))
    ends_inside = either(_lt(left.end, right.end), both(
        _same(left.end, right.end), not left.end_included or right.end_included))
    reaches = either(_lt(right.start, left.end), both(
        _same(right.start, left.end), left.end_included and right.start_included))
    return both(both(starts_first, ends_inside), reaches)


@_two("overlaps after", "range1", "range2")
def overlaps_after(left: Range, right: Range) -> bool | None:
    starts_inside = either(_lt(right.start, left.start), both(
        _same(right.start, left.start), right.start_included and not left.start_included))
    ends_last = either(_lt(right.end, left.end), both(
        _same(left.end, right.end), not right.end_included or left.end_included))
    reaches = either(_lt(left.start, right.end), both(
        _same(left.start, right.end), left.start_included and right.end_included))
    return both(both(starts_inside, either(ends_last, False)), reaches)


@_two("finishes", "point", "range")
def finishes(left: Range, right: Range) -> bool | None:
    same_end = both(left.end_included == right.end_included, _same(left.end, right.end))
    return both(same_end, _starts_within(left, right))


@_two("finished by", "range", "point")
def finished_by(left: Range, right: Range) -> bool | None:
    return finishes(right, left)


@_two("starts", "point", "range")
def starts(left: Range, right: Range) -> bool | None:
    same_start = both(left.start_included == right.start_included, _same(left.start, right.start))
    return both(same_start, _ends_within(left, right))


@_two("started by", "range", "point")
def started_by(left: Range, right: Range) -> bool | None:
    return starts(right, left)


@_two("includes", "range", "point")
def includes(left: Range, right: Range) -> bool | None:
    return both(_starts_within(right, left), _ends_within(right, left))


@_two("during", "point", "range")
def during(left: Range, right: Range) -> bool | None:
    return includes(right, left)


@_two("coincides", "range1", "range2")
def coincides(left: Range, right: Range) -> bool | None:
    same_ends = left.start_included == right.start_included and left.end_included == right.end_included
    return both(same_ends, both(_same(left.start, right.start), _same(left.end, right.end)))


def _starts_within(inner: Range, outer: Range) -> bool | None:
    return either(_lt(outer.start, inner.start), both(
        _same(outer.start, inner.start), outer.start_included or not inner.start_included))


def _ends_within(inner: Range, outer: Range) -> bool | None:
    return either(_lt(inner.end, outer.end), both(
        _same(inner.end, outer.end), outer.end_included or not inner.end_included))


