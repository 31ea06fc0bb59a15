"""Points, straight lines and ways."""

from engine.drawing.model import Box

Point = tuple[float, float]


def span(a: Point, b: Point) -> Box:
    """The straight line between two points, as a box without width or without height."""
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))


def corners(way: list[Point]) -> list[Point]:
    """The way without the points where it goes straight on."""
    kept = [way[0]]
    for before, at, after in zip(way, way[1:], way[2:], strict=False):
        if not (before[0] == at[0] == after[0] or before[1] == at[1] == after[1]):
            kept.append(at)
    return [*kept, way[-1]]
