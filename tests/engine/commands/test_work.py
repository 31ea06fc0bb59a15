"""What people do with work items, on both databases."""

from datetime import timedelta

import pytest

from engine.commands.work import claim_work, complete_work, reassign_work, release_work, save_draft
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.queries.cases import case_page, timeline_of
from engine.queries.work import work_page
from engine.queries.worklist import counts_for, worklist_for
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

TWO_STEPS = d.simple(
    "case",
    d.user("visit", groups="case_manager", form="note", due='=opened_at + duration("P3D")', name_en="Visit"),
    d.user("review", groups="case_supervisor,case_manager", form="note", not_done_by="visit"),
    ids=("visit", "review"),
)


@pytest.fixture
def case(house: House) -> int:
    """A case whose visit is open."""
    house.publish(TWO_STEPS)
    return house.open("case", unit="centre", person={"full_name": "ليلى منصور"}).id


def test_completing_a_work_item_opens_the_next_and_records_who_did_it(house: House, case: int) -> None:
    mona = house.person("mona")
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["زيارة آمنة"]}, "t1")
    assert list(house.items(case)) == ["review"]
    newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert newest.who.ar == "منى"
    assert [(c.label.en, c.before, c.after.ar) for c in newest.changes] == [("Text", None, "زيارة آمنة")]


def test_nobody_reviews_their_own_work(house: House, case: int) -> None:
    mona, karim = house.person("mona"), house.person("karim")
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["زيارة"]}, "t1")
    review = house.key(case, "review")
    with pytest.raises(NotFound):
        complete_work(house.masar, mona, review, {"text": ["ممتازة"]}, "t2")
    assert counts_for(house.masar, mona).groups == 0
    complete_work(house.masar, karim, review, {"text": ["روجعت"]}, "t3")
    assert house.items(case) == {}


def test_the_same_submit_twice_counts_once(house: House, case: int) -> None:
    mona, key = house.person("mona"), house.key(case, "visit")
    first = complete_work(house.masar, mona, key, {"text": ["زيارة"]}, "same")
    assert complete_work(house.masar, mona, key, {"text": ["زيارة"]}, "same") == first
    assert house.kinds(case).count("work_completed") == 1


def test_who_comes_second_is_told_who_was_first_and_when(house: House, case: int) -> None:
    key = house.key(case, "visit")
    when = house.clock.advance(timedelta(minutes=5))
    complete_work(house.masar, house.person("mona"), key, {"text": ["زيارة"]}, "a")
    house.clock.advance(timedelta(minutes=5))
    with pytest.raises(Conflict) as told:
        complete_work(house.masar, house.person("karim"), key, {"text": ["زيارة"]}, "b")
    assert told.value.who is not None and told.value.who.ar == "منى"
    assert told.value.when == when


def test_wrong_answers_name_their_fields_and_leave_nothing_behind(house: House, case: int) -> None:
    before = house.kinds(case)
    with pytest.raises(Invalid) as told:
        complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": [""]}, "t")
    assert set(told.value.fields) == {"text"}
    assert house.kinds(case) == before and list(house.items(case)) == ["visit"]


def test_a_claimed_item_leaves_the_others_worklists_until_it_is_released(house: House, case: int) -> None:
    mona, karim, key = house.person("mona"), house.person("karim"), house.key(case, "visit")
    claim_work(house.masar, mona, key)
    assert [row.id for row in worklist_for(house.masar, mona, "mine").rows] == [key]
    assert worklist_for(house.masar, karim, "groups").rows == ()
    with pytest.raises(Conflict):
        claim_work(house.masar, karim, key)
    release_work(house.masar, mona, key)
    assert [row.id for row in worklist_for(house.masar, karim, "groups").rows] == [key]
    assert house.kinds(case)[-2:] == ["work_claimed", "work_released"]


def test_a_supervisor_reassigns_with_a_reason_that_stands_in_the_record(house: House, case: int) -> None:
    samer, key = house.person("samer"), house.key(case, "visit")
    with pytest.raises(Invalid):
        reassign_work(house.masar, samer, key, "karim", " ")
    reassign_work(house.masar, samer, key, "karim", "إجازة")
    assert [row.id for row in worklist_for(house.masar, house.person("karim"), "mine").rows] == [key]
    assert "إجازة" in timeline_of(house.masar, samer, str(case), None).rows[0].what.ar
    with pytest.raises(NotAllowed):
        reassign_work(house.masar, house.person("karim"), key, "mona", "لا أريد")


def test_a_draft_keeps_what_was_typed_for_its_author_alone(house: House, case: int) -> None:
    mona, key = house.person("mona"), house.key(case, "visit")
    save_draft(house.masar, mona, key, {"text": ["نصف جملة"], "_token": ["x"]})
    assert work_page(house.masar, mona, key).values == {"text": ["نصف جملة"]}
    assert work_page(house.masar, house.person("karim"), key).draft_saved_at is None


def test_overdue_work_is_listed_as_such(house: House, case: int) -> None:
    mona = house.person("mona")
    assert counts_for(house.masar, mona).overdue == 0
    house.clock.advance(timedelta(days=4))
    assert counts_for(house.masar, mona).overdue == 1
    assert worklist_for(house.masar, mona, "overdue").rows[0].timeliness == "overdue"


def test_one_completed_work_item_is_one_commit_of_few_statements(house: House, case: int) -> None:
    mona, key = house.person("mona"), house.key(case, "visit")
    with house.masar.db.counted() as counted:
        complete_work(house.masar, mona, key, {"text": ["زيارة"]}, "t")
    assert counted.commits == 1
    assert len(counted.statements) <= 11, counted.statements  # and one for the session: 12 over HTTP


def test_the_page_of_a_case_hides_the_name_from_who_may_not_know_it(house: House, case: int) -> None:
    assert case_page(house.masar, house.person("samer"), str(case)).case.person == "ليلى منصور"
    assert case_page(house.masar, house.person("huda"), str(case)).case.person == "مخفي"
