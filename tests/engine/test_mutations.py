"""Whatever is done to a good file, checking it gives findings and nothing else."""

import random
from pathlib import Path

import pytest

from engine.check import Installed, check_sources
from engine.checks.source import Reader, Source, kind_of
from tests.engine.mutating import good_files, mutate


@pytest.fixture(scope="module")
def installed() -> Installed:
    reader = Reader()
    reader.read(good_files())
    return Installed(reader.sources)


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_file_ends_in_findings(seed: int, installed: Installed) -> None:
    chance = random.Random(seed)
    path = chance.choice(good_files())
    kind = kind_of(path)
    assert kind is not None
    findings = check_sources([Source(str(path), Path(path), kind, mutate(path.read_bytes(), chance))], installed)
    assert [f for f in findings if f.rule in {"check-failed", "check-too-slow"}] == []
