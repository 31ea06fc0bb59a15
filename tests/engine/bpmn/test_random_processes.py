"""Random processes against the oracle, and mutants of the engine that these must notice. `./run fuzz` plays more."""

import pytest

from tests.campaigns.mutants import MUTANTS, killed_by
from tests.engine.bpmn.fuzzing import play

SEEDS = 320
BLOCK = 40


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_the_engine_and_the_oracle_agree_on_random_processes(first: int) -> None:
    assert sum(play(seed, depth=3) for seed in range(first, first + BLOCK)) > BLOCK


HANDFUL = ("a parallel join never waits", "an inclusive join goes on too early", "walls let variables out",
           "results of items are lost on saving", "all results of items go to the first place",
           "events outlive their activity", "an event happens once only", "what runs inside is not taken away")


@pytest.mark.parametrize("name", HANDFUL)
def test_a_mutant_of_the_engine_is_killed(name: str) -> None:
    target, attribute, change = next(mutant[1:] for mutant in MUTANTS if mutant[0] == name)
    assert killed_by(target, attribute, change, 60) is not None
