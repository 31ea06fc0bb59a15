"""Publishing by programs: one release or nothing, findings where the check forbids it, and only who may."""

from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.api import Program, Upload, program, token_for, told
from tests.web.served.world import DEFINITIONS, World, build
from web.app import create_app

FORMS = Path(__file__).resolve().parents[3] / "forms"
NOTE = (DEFINITIONS / "note.form").read_bytes()
CHANGED = NOTE.replace("الخلاصة".encode(), "خلاصة".encode())
CASE = (DEFINITIONS / "case.bpmn").read_bytes()


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def publish(by: Program, *files: tuple[str, bytes], note: str = "a word changed", **more: str) -> TestResponse:
    """Sends files as one release."""
    return by.post("/definitions", Upload.of(*files, note=note, **more))


def test_files_become_one_release_that_new_cases_begin_with(world: World) -> None:
    analyst = program(world, "analyst")
    before = {row["key"]: row["version"] for row in analyst.read("/definitions")["rows"]}
    answer = publish(analyst, ("note.form", CHANGED))
    assert answer.status_code == 200, answer.text
    assert told(answer)["state"] == "published" and told(answer)["held"] == []
    after = {row["key"]: row["version"] for row in analyst.read("/definitions")["rows"]}
    assert after == before | {"note": before["note"] + 1}
    again = publish(analyst, ("note.form", CHANGED))
    assert again.status_code == 422


def test_what_the_check_forbids_is_named_and_nothing_of_it_is_published(world: World) -> None:
    analyst = program(world, "analyst")
    broken = CASE.replace(b"bpmn:exclusiveGateway", b"bpmn:complexGateway").replace(b"sequenceFlow", b"sequenceFlaw")
    answer = publish(analyst, ("note.form", CHANGED), ("case.bpmn", broken))
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    finding = next(one for one in told(answer)["findings"] if one["severity"] == "error")
    assert finding["file"] == "case.bpmn" and finding["message"] and finding["mend"]
    assert {row["key"]: row["version"] for row in analyst.read("/definitions")["rows"]}["note"] == 1


def test_uploads_that_are_no_definitions_are_refused_one_by_one(world: World) -> None:
    analyst = program(world, "analyst")
    for name in ("../case.bpmn", "a/b.form", "case.exe", "case", "حالة.bpmn", "a b.form", "x\u202e.bpmn"):
        answer = publish(analyst, ("note.form", CHANGED), (name, b"x"))
        assert (answer.status_code, list(told(answer)["errors"])) == (422, ["files.1"]), name
    large = publish(analyst, ("note.form", b" " * 2_000_001))
    assert (large.status_code, list(told(large)["errors"])) == (422, ["files.0"])
    assert publish(analyst, ("note.form", b" " * 16_000_001)).status_code == 413
    assert list(told(publish(analyst, ("note.form", NOTE), ("note.form", CHANGED)))["errors"]) == ["files.1"]
    assert publish(analyst).status_code == 422
    assert publish(analyst, ("note.form", CHANGED), note=" ").status_code == 422
    assert publish(analyst, ("note.form", CHANGED), more="x").status_code == 422
    assert analyst.post("/definitions", {"note": "x"}).status_code == 415


def test_only_analysts_with_a_token_for_it_publish(world: World) -> None:
    for who in ("manager", "admin", "auditor"):
        assert publish(program(world, who), ("note.form", CHANGED)).status_code == 403
    narrow = publish(program(world, "analyst", "read", "write"), ("note.form", CHANGED))
    assert narrow.status_code == 403
    assert 'scope="publish"' in narrow.headers["WWW-Authenticate"]


def test_what_is_about_consent_waits_for_a_second_person(shipped: Masar) -> None:
    analyst = Program(create_app(shipped), token_for(shipped, "analyst"))
    before = {row["key"]: row["version"] for row in analyst.read("/definitions")["rows"] if row["kind"] == "form"}
    form = (FORMS / "referral.form").read_bytes()
    answer = publish(analyst, ("referral.form", form.replace(b'"schemaVersion": 19', b'"schemaVersion":  19')))
    assert answer.status_code == 200, answer.text
    done = told(answer)
    assert (done["state"], done["bundle_id"], done["held"]) == ("waiting", None, ["referral.form"])
    assert done["proposal_id"] == "1"
    after = {row["key"]: row["version"] for row in analyst.read("/definitions")["rows"] if row["kind"] == "form"}
    assert after == before
    assert publish(analyst, ("referral.form", form + b"\n")).status_code == 409
