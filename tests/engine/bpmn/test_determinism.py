"""The same commands give the same bytes: in every process, whatever the hash seed, in every thread; and cheaply."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

from tests.engine.bpmn.diagrams import call, each, end, file, flow, gateway, path, process, simple, start, user
from tests.engine.bpmn.fuzzing import last_state
from tests.engine.bpmn.story import Story, bundle

ROOT = Path(__file__).parents[3]
SEEDS = range(500, 506)


def fingerprint() -> str:
    """The states of some random cases after all their moves."""
    digest = hashlib.sha256()
    for seed in SEEDS:
        digest.update(last_state(seed))
    return digest.hexdigest()


def test_hash_seeds_change_nothing() -> None:
    command = [sys.executable, "-c", "from tests.engine.bpmn.test_determinism import fingerprint; print(fingerprint())"]
    found = {subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout for seed in ("1", "2")}
    assert found == {fingerprint() + "\n"}


def test_threads_share_definitions_without_disturbing_each_other() -> None:
    alone = fingerprint()
    with ThreadPoolExecutor(6) as pool:
        assert {future.result() for future in [pool.submit(fingerprint) for _ in range(6)]} == {alone}


def monitoring() -> Story:
    """A loop of visits with a review by two people and a called process inside."""
    return Story(bundle(file(process(
        "p", start(), gateway("exclusive", "m"), user("visit"), gateway("parallel", "f"),
        user("review", each('=["specialist", "supervisor"]', "who", "opinions", "={by: who, ok: review.ok}")),
        call("note", "q"), gateway("parallel", "j"), gateway("exclusive", "x", "x__E"), end(),
        path("S", "m", "visit", "f", "review", "j", "x", "E"), path("f", "note", "j"),
        flow("x", "m", when="=visit.more"))), simple("q", user("write"), ids=["write"])))


def visit(story: Story, more: bool) -> None:
    """One round."""
    story.complete("visit", more=more)
    story.complete("review", 1, ok=True)
    story.complete("write", text="…")
    story.complete("review", ok=False)


def test_a_loop_of_many_visits_costs_the_same_at_its_end_and_ends() -> None:
    story = monitoring()
    visit(story, True)
    size = len(story.state or b"")
    for _ in range(120):
        visit(story, True)
    assert story.items == ["visit"] and len(story.state or b"") <= size + 20
    visit(story, False)
    assert story.out.finished and story.variables["opinions"] == [
        {"by": "specialist", "ok": False}, {"by": "supervisor", "ok": True}]


def test_a_thousand_events_are_replayed_within_two_seconds() -> None:
    story = monitoring()
    while len(story.past) < 1000:
        visit(story, True)
    began = process_time()
    story.replay()
    assert process_time() - began < 2

