"""Diagrams of other makers in the studio: a press mends what can be mended, and what is to be decided stays told."""

import io
import re

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.engine.bpmn.importing.golden import SAMPLES
from tests.web.served.analysts import CASE, SECOND, Studio, with_two_analysts
from tests.web.served.world import SECRET

BY_NAME = {sample.name: sample.read_bytes() for sample in SAMPLES}
FOREIGN = BY_NAME["c7_gateways_and_expressions.bpmn"]
LEAVE = BY_NAME["flowable_leave.bpmn20.xml"]


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts."""
    return with_two_analysts(masar, clock, password_hash)


def mend(studio: Studio, revision: int, who: str = "analyst", **more: str) -> int:
    """Presses the button; returns the status of the answer."""
    return studio.post(f"{CASE}/mend", {"revision": str(revision), **more}, who).status_code


def offered(page: str) -> set[str]:
    """The elements for which the page offers a mend."""
    return set(re.findall(r'name="element" value="([^"]+)"', page))


def test_a_finding_says_what_a_press_would_change_and_what_stays_to_be_decided(studio: Studio) -> None:
    studio.save(CASE, FOREIGN, 0)
    page = studio.get(f"{CASE}/edit").text
    assert "t" in offered(page) and "data-mend hidden" not in page
    assert "ويبقى أن تقرر" in page
    head = {"X-CSRF": SECRET, "Content-Type": "application/xml"}
    found = studio.client().post(f"{CASE}/findings", data=FOREIGN, headers=head).json
    assert found
    told = next(one["mending"] for one in found["findings"] if one["element"] == "t" and one["mending"])
    assert told["element"] == "t" and told["changes"] and any("notifier" in words for words in told["open"])


def test_one_press_mends_one_element_and_leaves_the_others_as_they_were(studio: Studio) -> None:
    studio.save(CASE, FOREIGN, 0)
    before = offered(studio.get(f"{CASE}/edit").text)
    assert len(before) > 1
    assert mend(studio, 1, element="t") == 303
    there = studio.get(f"{CASE}/draft")
    assert there.headers["X-Revision"] == "2" and b"zeebe:assignmentDefinition" in there.data
    assert b"${" in there.data  # the conditions of the flows wait for a press of their own
    page = studio.get(f"{CASE}/edit").text
    assert offered(page) == before - {"t"}
    assert "was_create" in page and "was-left" in page  # what the listener did is not forgotten


def test_another_press_mends_all_the_rest(studio: Studio) -> None:
    studio.save(CASE, LEAVE, 0)
    assert mend(studio, 1) == 303
    page = studio.get(f"{CASE}/edit?done=mended").text
    assert not offered(page) and "data-mend hidden" in page
    assert "أُصلح ما يمكن إصلاحه" in page and "was-left" in page
    assert mend(studio, 2) == 422  # nothing is left that a button mends
    assert studio.get(f"{CASE}/draft").headers["X-Revision"] == "2"


def test_who_mends_over_a_newer_draft_is_told_and_overwrites_nothing(studio: Studio) -> None:
    studio.save(CASE, FOREIGN, 0)
    studio.save(CASE, LEAVE, 1, SECOND)
    assert mend(studio, 1) == 409
    assert studio.get(f"{CASE}/draft").data == LEAVE
    assert b"zeebe:" in studio.get(f"{CASE}/aside").data


def test_a_file_is_mended_as_it_is_brought_in_where_somebody_asks_for_it(studio: Studio) -> None:
    file = (io.BytesIO(FOREIGN), "old.bpmn")
    answer = studio.post(f"{CASE}/draft", {"revision": "0", "mend": "1", "file": file})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/studio/process/case/edit?done=mended#findings")
    there = studio.get(f"{CASE}/draft")
    assert there.headers["X-Revision"] == "2" and b"xmlns:camunda" not in there.data
    ours = (io.BytesIO(studio.get(f"{CASE}/versions/1/file").data), "ours.bpmn")
    answer = studio.post(f"{CASE}/draft", {"revision": "2", "mend": "1", "file": ours})
    assert answer.headers["Location"] == "/studio/process/case/edit?done=saved"


def test_what_cannot_be_read_is_not_mended_and_stays(studio: Studio) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>'
    for number, content in enumerate((b"<no", bomb, b"<a/>")):
        studio.save(CASE, content, number)
        assert mend(studio, number + 1) == 422
        assert studio.get(f"{CASE}/draft").data == content
