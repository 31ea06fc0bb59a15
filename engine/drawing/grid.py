"""The grid of aisles between the shapes: which steps are free, and what it costs to take them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise

from engine.drawing.labels import usual_label
from engine.drawing.lines import Point, span
from engine.drawing.model import EVENTS, Box
from engine.drawing.places import Places

Spot = tuple[int, int]
"""A crossing of the grid, by the numbers of its lines."""
Step = tuple[Spot, Spot]
CLEARANCE = 6
CROSSING, ALONG, MERGED, LABEL = 25, 260, 8, 120
"""What a step pays: for crossing an arrow, running on one, running on one to the same target, touching a label."""


class Grid:
    """Steps between neighbouring crossings, with what stands on them and what runs along them."""

    def __init__(self, places: Places) -> None:
        self.xs, self.ys = sorted(places.xs), sorted(places.ys)
        self.free: dict[Step, float] = {}
        self.running: dict[Step, set[str]] = defaultdict(set)
        self.passed: dict[tuple[Spot, bool], int] = defaultdict(int)
        boxes = [box.grown(CLEARANCE) for box in places.boxes.values()]
        events = [id for id, node in places.scope.nodes.items() if node.kind in EVENTS and node.name]
        labels = [usual_label(places, id) for id in events]
        for i in range(len(self.xs)):
            for j in range(len(self.ys)):
                for step in (((i, j), (i + 1, j)), ((i, j), (i, j + 1))):
                    self._open(step, boxes, labels)

    def _open(self, step: Step, boxes: list[Box], labels: list[Box]) -> None:
        (_, _), (i, j) = step
        if i >= len(self.xs) or j >= len(self.ys):
            return
        segment = span(self.point(step[0]), self.point(step[1]))
        if not any(segment.meets(box) for box in boxes):
            touched = sum(1 for label in labels if segment.meets(label))
            self.free[step] = segment.width + segment.height + LABEL * touched

    def point(self, spot: Spot) -> Point:
        """Where a crossing lies, in pixels."""
        return self.xs[spot[0]], self.ys[spot[1]]

    def outside(self, port: Point, dx: int, dy: int) -> Spot | None:
        """The first crossing that one meets on leaving a side of a shape."""
        x, y = port
        if dx:
            j = bisect_left(self.ys, y - 0.01)
            i = bisect_right(self.xs, x + CLEARANCE) if dx > 0 else bisect_left(self.xs, x - CLEARANCE) - 1
        else:
            i = bisect_left(self.xs, x - 0.01)
            j = bisect_right(self.ys, y + CLEARANCE) if dy > 0 else bisect_left(self.ys, y - CLEARANCE) - 1
        return (i, j) if 0 <= i < len(self.xs) and 0 <= j < len(self.ys) else None

    def price(self, at: Spot, to: Spot, target: str) -> float | None:
        """What the step costs an arrow to `target`; None if a shape is in the way."""
        step = (at, to) if at < to else (to, at)
        price = self.free.get(step)
        if price is None:
            return None
        others = self.running.get(step)
        if others:
            price += MERGED if others == {target} else ALONG
        level = at[1] == to[1]
        return price + CROSSING * self.passed.get((to, not level), 0)

    def occupy(self, spots: list[Spot], target: str) -> None:
        """Write down that an arrow runs here."""
        for at, to in pairwise(spots):
            self.running[(at, to) if at < to else (to, at)].add(target)
        for before, at, to in zip(spots, spots[1:], spots[2:], strict=False):
            if before[1] == at[1] == to[1]:
                self.passed[(at, True)] += 1
            elif before[0] == at[0] == to[0]:
                self.passed[(at, False)] += 1
