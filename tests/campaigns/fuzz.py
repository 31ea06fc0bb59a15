"""`./run fuzz [--seeds N] [--from N] [--depth N]`: random processes against the oracle, saved and loaded each step."""

import argparse
import sys
import time

from tests.engine.bpmn.fuzzing import CAMPAIGN_DEPTH, play

SEEDS = 10_000
SHOWN = 5


def main() -> int:
    """Plays the seeds and tells the deviations; exit code 1 if there are any."""
    parser = argparse.ArgumentParser(prog="./run fuzz", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--depth", type=int, default=CAMPAIGN_DEPTH)
    said = parser.parse_args()
    moves = deviations = 0
    began = time.process_time()
    for seed in range(said.first, said.first + said.seeds):
        try:
            moves += play(seed, said.depth)
        except Exception as problem:  # a crash is a deviation too
            deviations += 1
            if deviations <= SHOWN:
                print(f"seed {seed}: {type(problem).__name__}: {str(problem)[:2000]}")
    seconds = time.process_time() - began
    print(f"{said.seeds} processes, {moves} moves, {deviations} deviations, {seconds:.0f} s")
    return 1 if deviations else 0


if __name__ == "__main__":
    sys.exit(main())
