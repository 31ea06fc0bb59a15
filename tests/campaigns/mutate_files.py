"""Damages good files at random and checks them: `./run mutate-files [how many] [first seed]`, 10,000 by default."""

import random
import sys
import time
from pathlib import Path

from engine.check import Installed, check_sources
from engine.checks.source import Reader, Source, kind_of
from tests.engine.mutating import good_files, mutate

SLOW_SECONDS = 5.0  # of processor time: other work on the machine is not ours
FAILURES = frozenset({"check-failed", "check-too-slow"})


def main(count: int = 10_000, first: int = 0) -> int:
    """Runs the campaign; returns the number of mutations that failed."""
    reader = Reader()
    reader.read(good_files())
    installed, failed, refused, slowest = Installed(reader.sources), 0, 0, 0.0
    for seed in range(first, first + count):
        path, data = damaged(seed)
        kind = kind_of(path)
        assert kind is not None
        began = time.process_time()
        findings = check_sources([Source(str(path), Path(path), kind, data)], installed)
        seconds = time.process_time() - began
        slowest = max(slowest, seconds)
        refused += any(finding.severity == "error" for finding in findings)
        bad = [finding for finding in findings if finding.rule in FAILURES]
        if bad or seconds > SLOW_SECONDS:
            failed += 1
            print(f"seed {seed}: {path.name}: {seconds:.1f} s {[f.message.en for f in bad]}")
    told = f"{refused} refused, {count - refused} still good, {failed} failed, slowest {slowest:.2f} s"
    print(f"{count} mutations: {told}")
    return failed


def damaged(seed: int) -> tuple[Path, bytes]:
    """The file that a seed damages, and what becomes of it."""
    chance = random.Random(seed)
    path = chance.choice(good_files())
    return path, mutate(path.read_bytes(), chance)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:3])) else 0)
