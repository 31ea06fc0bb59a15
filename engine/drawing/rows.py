"""Which row a node stands in: the first way out of every node goes straight on, other ways get rows below."""

from collections import defaultdict

from engine.drawing.columns import entrances, leads_to
from engine.drawing.model import Scope


class Rows:
    """Rows are counted per lane, from its top. A branch takes the first row that is free over its whole length."""

    def __init__(self, scope: Scope, column: dict[str, int], back: set[str]) -> None:
        self.scope, self.column = scope, column
        self.out = {id: [target for arrow, target in arrows if arrow not in back]
                    for id, arrows in leads_to(scope).items()}
        self.taken: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.row: dict[str, int] = {}

    def place_all(self) -> dict[str, int]:
        """The row of every node that is no boundary event."""
        loose = [id for id in entrances(self.scope) if not self.out.get(id)]
        for id in entrances(self.scope):
            if id not in loose:
                self._branch(id, 0, self.column[id])
        while True:
            open_ways = [(self.column[id], self.row[id], id, target)
                         for id in self.row for target in self.out.get(id, []) if target not in self.row]
            if not open_ways:
                break
            _, row, id, target = min(open_ways, key=lambda way: way[:2])
            self._branch(target, row + (self._lane(target) == self._lane(id)), self.column[id])
        self._loose([*loose, *(id for id in self.column if id not in self.row and id not in loose)])
        return self.row

    def _lane(self, id: str) -> int:
        return self.scope.nodes[id].lane

    def _branch(self, first: str, wanted: int, source_column: int) -> None:
        """Place a chain of first ways out, as far as it is new and stays in its lane."""
        chain = [first]
        while True:
            onward = [t for t in self.out.get(chain[-1], []) if self._lane(t) == self._lane(first)]
            if not onward or onward[0] in self.row or onward[0] in chain:
                break
            chain.append(onward[0])
        joins = [self.column[t] - 1 for t in self.out.get(chain[-1], []) if t in self.row]
        last = max([self.column[chain[-1]], *joins])
        begin = min(source_column + 1, self.column[first])
        span = set(range(begin, last + 1)) | {self.column[id] for id in chain}
        row = max(wanted, 0)
        while self.taken[(self._lane(first), row)] & span:
            row += 1
        self.taken[(self._lane(first), row)] |= span
        for id in chain:
            self.row[id] = row

    def _loose(self, ids: list[str]) -> None:
        """Nodes without arrows (event sub-processes) stand in free places of their lane, from the left."""
        for id in ids:
            lane = self._lane(id)
            rows = 1 + max((row for other, row in self.row.items() if self._lane(other) == lane), default=-1)
            free = [(column, row) for row in reversed(range(rows)) for column in range(1, max(self.column.values()))
                    if not self.taken[(lane, row)] & {column - 1, column, column + 1}]
            self.column[id], self.row[id] = min(free) if free else (1, rows)
            self.taken[(lane, self.row[id])].add(self.column[id])
