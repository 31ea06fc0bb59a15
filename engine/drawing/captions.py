"""Where the names of arrows stand: beside their way, near its beginning, off everything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.drawing.lines import Point, span
from engine.drawing.model import Box
from engine.drawing.places import Places
from engine.drawing.words import LINE, label_size

WIDEST = 84


def captions(places: Places, ways: dict[str, list[Point]], labels: dict[str, Box]) -> dict[str, Box]:
    """A box for the name of each arrow that has one."""
    taken = [*places.boxes.values(), *labels.values()]
    placed: dict[str, Box] = {}
    lines = {id: [span(a, b) for a, b in pairwise(way)] for id, way in ways.items()}
    for arrow in places.scope.arrows:
        if not arrow.name:
            continue
        size = label_size(arrow.name, WIDEST)
        others = [line for id, segments in lines.items() if id != arrow.id for line in segments]
        best = min(_candidates(ways[arrow.id], size),
                   key=lambda offer: offer[0] + _collisions(offer[1], taken, others, lines[arrow.id]))
        placed[arrow.id] = best[1]
        taken.append(best[1])
    return placed


def _collisions(box: Box, taken: list[Box], others: list[Box], own: list[Box]) -> float:
    """How much stands in the way, shapes and names far worse than lines."""
    return (1000 * sum(box.meets(other) for other in taken) + 300 * sum(box.meets(line) for line in others)
            + 200 * sum(box.meets(line) for line in own))


def _candidates(way: list[Point], size: tuple[float, float]) -> Iterator[tuple[float, Box]]:
    """Places along the way, each with how unusual it is: further from the beginning is worse."""
    width, height = size
    walked = 0.0
    for a, b in pairwise(way):
        length = abs(a[0] - b[0]) + abs(a[1] - b[1])
        for share in (0.5, 0.15, 0.35, 0.65, 0.85):
            at = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            cost = (walked + length * share) / 8
            if a[1] == b[1]:
                cost += max(0.0, width - length) / 4
                yield cost, Box(at[0] - width / 2, at[1] - height - 3, width, height)
                yield cost + 6, Box(at[0] - width / 2, at[1] + 4, width, height)
            else:
                cost += max(0.0, LINE - length)
                yield cost + 2, Box(at[0] + 5, at[1] - height / 2, width, height)
                yield cost + 8, Box(at[0] - width - 5, at[1] - height / 2, width, height)
        walked += length
