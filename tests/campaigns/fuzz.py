"""`./run fuzz [--seeds N] [--from N] [--depth N] [--workers N]`: random processes against the oracle. Each move is made
by a process of its own from what was saved, which is killed between moves and within them; each run is replayed."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context

from tests.campaigns.movers import Mover
from tests.engine.bpmn.fuzzing import CAMPAIGN_DEPTH, play

SEEDS = 10_000
PORTION = 50
SHOWN = 5


@dataclass
class Tally:
    """What came of some seeds."""

    moves: int = 0
    kills: int = 0
    deviations: list[str] = field(default_factory=list)


def portion(job: tuple[int, int, int]) -> Tally:
    """Plays the seeds from one to another."""
    first, last, depth = job
    tally = Tally()
    with closing(Mover(first)) as mover:
        for seed in range(first, last):
            try:
                tally.moves += play(seed, depth, mover.moving)
            except Exception as problem:  # a crash is a deviation too
                tally.deviations.append(f"seed {seed}: {type(problem).__name__}: {str(problem)[:2000]}")
        tally.kills = mover.kills
    return tally


def portions(first: int, last: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """The seeds in portions."""
    for begin in range(first, last, PORTION):
        yield begin, min(begin + PORTION, last), depth


def main() -> int:
    """Plays the seeds and tells the deviations; exit code 1 if there are any."""
    parser = argparse.ArgumentParser(prog="./run fuzz", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--depth", type=int, default=CAMPAIGN_DEPTH)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    said = parser.parse_args()
    whole, began = Tally(), time.monotonic()
    with ProcessPoolExecutor(said.workers, get_context("spawn")) as pool:
        jobs = portions(said.first, said.first + said.seeds, said.depth)
        for tally in pool.map(portion, jobs):
            for deviation in tally.deviations[: max(SHOWN - len(whole.deviations), 0)]:
                print(deviation, flush=True)
            whole.moves, whole.kills = whole.moves + tally.moves, whole.kills + tally.kills
            whole.deviations += tally.deviations
    print(f"{said.seeds} processes, {whole.moves} moves, {whole.kills} processes killed, each run replayed, "
          f"{len(whole.deviations)} deviations, {time.monotonic() - began:.0f} s")
    return 1 if whole.deviations else 0


if __name__ == "__main__":
    sys.exit(main())
