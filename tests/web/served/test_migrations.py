"""Running cases are moved on the pages of the studio: proposed, rehearsed, approved by another, paused; analysts see
numbers and nothing of any case."""

import io

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.worker import run_pass
from tests.web.served.analysts import CASE, SECOND, Studio, with_two_analysts
from tests.web.served.world import SECRET

ALL = "/studio/migrations"
PERSON = "ليلى"


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts and two running cases, after the step `plan` was drawn under another id."""
    studio = with_two_analysts(masar, clock, password_hash)
    revision = studio.draft(CASE, '"plan"', '"case_plan"')
    assert studio.publish(CASE, revision).status_code == 303
    return studio


def begun(studio: Studio) -> str:
    made = studio.post(ALL, {"old": "1"})
    assert made.status_code == 303, made.text
    return str(made.location)


def test_after_publishing_the_page_says_how_many_cases_stay_and_leads_to_a_plan(studio: Studio) -> None:
    assert "الحالات الجارية" in studio.get("/studio").text
    assert f'href="{ALL}"' in studio.get(f"{CASE}?done=published").text
    page = studio.get(ALL).text
    assert 'name="old" value="1"' in page
    assert PERSON not in page
    assert studio.post(ALL, {"old": "2"}).status_code == 404
    assert begun(studio) == f"{ALL}/1" == begun(studio)


def test_a_plan_goes_from_its_author_to_a_second_person_and_the_cases_go_on_under_it(studio: Studio) -> None:
    address = begun(studio)
    page = studio.get(address).text
    assert '<option value="case_plan" selected>' in page
    rehearsal = studio.get(f"{address}/rehearsal", SECOND).text
    assert "ستنتقل" in rehearsal
    assert PERSON not in page + rehearsal
    assert studio.post(f"{address}/proposal", {"revision": "1", "note": " "}).status_code == 422
    proposed = studio.post(f"{address}/proposal", {"revision": "1", "note": "لأن"})
    assert proposed.location == f"{address}?done=proposed"
    assert studio.post(f"{address}/approval").status_code == 403
    assert studio.post(f"{address}/refusal", {"reason": " "}, SECOND).status_code == 422
    assert studio.post(f"{address}/approval", who=SECOND).location == f"{address}?done=approved"
    assert studio.post(f"{address}/approval", who=SECOND).status_code == 409
    assert studio.post(f"{address}/pause").location == f"{address}?done=paused"
    assert studio.post(f"{address}/resumption").location == f"{address}?done=resumed"
    while run_pass(studio.world.masar).anything:
        pass
    assert "<progress" in studio.get(address).text and "انتهت" in studio.get(ALL).text
    sent = studio.world.ask("manager", "POST", "/work/{plan}", {"summary": "ما كُتب قبل النقل", "_token": "t"})
    assert sent.status_code == 303, sent.text
    assert "إصدار أحدث" in studio.world.ask("manager", "GET", "/cases/{case}").text


def test_what_is_chosen_on_the_page_is_kept_for_the_revision_that_was_seen(studio: Studio) -> None:
    address = begun(studio)
    page = studio.get(address).text
    number = page.partition('<option value="case_plan" selected>')[0].rpartition('name="to.')[2].partition('"')[0]
    field = f"to.{number}"
    for value in ("", "-", "case_plan"):
        revision = studio.get(address).text.partition('name="revision" value="')[2].partition('"')[0]
        saved = studio.post(f"{address}/plan", {"revision": revision, field: value, f"again.{number}": "1"})
        assert saved.location == f"{address}?done=saved", saved.text
    assert "to: case_plan, recompute: true" in studio.get(f"{address}/plan.yaml").text
    assert studio.post(f"{address}/plan", {"revision": "1", field: ""}).status_code == 409
    odd = {"revision": "4", field: "no such step", "to.999999": "x", "to.x": "y", "other": "z"}
    assert studio.post(f"{address}/plan", odd).status_code == 303
    assert "to: case_plan, recompute: true" in studio.get(f"{address}/plan.yaml").text


def test_a_plan_is_changed_as_a_file(studio: Studio) -> None:
    address = begun(studio)
    file = studio.get(f"{address}/plan.yaml")
    assert file.headers["Content-Disposition"].startswith("attachment")

    def send(content: bytes, revision: int) -> int:
        fields = {"_csrf": SECRET, "revision": str(revision), "file": (io.BytesIO(content), "plan.yaml")}
        return studio.client().post(f"{address}/file", data=fields).status_code

    assert send(file.data.replace(b"plan: case_plan", b"plan: {drop: true}"), 1) == 303
    assert "{drop: true}" in studio.get(f"{address}/plan.yaml").text
    assert send(b"masar_migration: 1", 2) == 422
    assert send(file.data.replace(b"sha256: ", b"sha256: 0"), 2) == 422
    assert send(b"", 2) == 422
    assert studio.post(f"{address}/withdrawal").location == f"{address}?done=withdrawn"
    assert studio.post(f"{address}/plan", {"revision": "2"}).status_code == 409
