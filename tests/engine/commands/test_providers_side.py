"""What a provider sees of a referral and how it answers: by account, by a one-time link, or typed in by the manager."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from engine.actor import Actor
from engine.calls.gaps import do_note_service_gap
from engine.calls.work import Work
from engine.commands.answer_links import LASTS, end_link, make_link, open_link, use_link
from engine.commands.messages import answer_offer
from engine.commands.sessions import Throttled
from engine.commands.work import complete_work
from engine.definitions import Source, sources_in
from engine.errors import Invalid, NotAllowed, NotFound
from engine.library import publish
from engine.powers import VISIBLE_AFTER_ANSWER
from engine.queries.answer_links import links_page
from engine.queries.cases import case_page
from engine.queries.offers import offer_page, offers_for
from engine.queries.provider_records import record_page, records_for
from engine.replay import verify_case
from engine.store import provider_records
from engine.store.accounts import account, membership
from engine.store.messages import message_wait
from engine.store.service_gaps import service_gap
from engine.store.units import unit
from tests.engine.commands.house import ROOT, House
from tests.engine.commands.test_worker import settle

DIAGRAMS = {"referral", "referral_clearance", "sent_referral", "service_delivery", "provider_suspended", "consent"}
DECISIONS = {"D09_referral_deadlines", "D09b_referral_urgency", "D14_consent", "D15_escalation"}
FORMS = {
    "referral", "referral_response", "referral_withdrawal", "withdrawal_receipt", "provider_feedback", "service_start",
    "service_end", "no_show_contact", "licence_check", "action_report", "supervisor_review", "budget_decision",
    "consent", "best_interest_decision", "provider_suspension_check",
}
REFERRAL: Mapping[str, Any] = {
    "referral_type": "external", "service_type": "counselling_family", "provider": "prov_nour", "urgency": "soon",
    "legal_basis": "consent", "info_shared": ["name_contact", "age_sex"], "provider_summary": "سرّ لم يُحدد",
    "safe_contact_method": "هاتف الأم", "accompany_needed": "no",
}
YAMEN = {"first_name": "يامن", "family_name": "الشامي", "age": 9, "sex": "male"}
REJECTS = {"decision": "rejected", "rejection_reason": "no_capacity"}
WAITS = {"decision": "waitlist", "waiting_days": 3}
FAR = "203.0.113.9"


@pytest.fixture(scope="module")
def shipped() -> list[Source]:
    """The parts of the shipped content that a referral needs."""
    wanted = {"process": DIAGRAMS, "decision": DECISIONS, "form": FORMS}
    return [
        one for one in sources_in(ROOT / "processes", ROOT / "forms")
        if one.key in wanted.get(one.kind, {one.key})
    ]


@pytest.fixture
def amal(house: House, shipped: list[Source]) -> Actor:
    """Somebody of the provider that is asked; with her comes everything a referral needs."""
    house.masar.db.run(lambda conn: publish(conn, shipped, 0, "test", house.clock()))

    def hire(conn: Any) -> None:
        for number, code in ((80, "prov_nour"), (81, "prov_aman")):
            path = f"/1/{number}/"
            conn.execute(insert(unit).values(
                id=number, code=code, parent_id=1, path=path, kind="provider", name_ar=code))  # fmt: skip
            row = {"login": f"of.{code}", "name_ar": code, "name_en": code, "created_at": house.clock()}
            made = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
            conn.execute(insert(membership).values(account_id=made, role="provider_user", unit_id=number))

    house.masar.db.run(hire)
    return house.person("of.prov_nour")


def refer(house: House, **more: Any) -> str:
    """A referral that was sent; the id of its case."""
    until = house.clock().date() + timedelta(days=90)
    given = {"purpose": "share_referral", "agency": "prov_nour", "status": "given", "basis": "consent", "until": until}
    variables = {
        "case_manager": "mona", "person": YAMEN, "consents": [given], "referral": {**REFERRAL, **more},
        "risk_level": "medium",
    }
    return str(house.open("referral", origin=f"referral {more} {house.clock()}", **variables).id)


def offer(house: House, case_id: str, element: str = "provider_answer") -> str:
    """The id of what waits for an answer."""
    with house.masar.db.read() as conn:
        found = select(message_wait.c.id).where(
            message_wait.c.case_id == int(case_id), message_wait.c.element == element)
        return str(conn.scalar(found))


def typed(house: House, form: str, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers as somebody types them."""
    with house.masar.db.read() as conn:
        definitions = house.masar.library.latest(conn)
    filled = {"happened_at": house.clock(), **answers}
    return definitions.forms[form].typed(filled, definitions.env(house.clock()))


def words_of(page: Any) -> str:
    """Everything that a page of a provider tells."""
    return " ".join(answer.value.ar for answer in page.shared)


def test_an_account_of_the_provider_sees_what_was_ticked_and_no_other_agency_sees_anything(
    house: House, amal: Actor
) -> None:
    wait = offer(house, refer(house))
    page = offer_page(house.masar, amal, wait)
    assert "يامن الشامي" in words_of(page) and "هاتف الأم" in words_of(page)
    assert "سرّ لم يُحدد" not in words_of(page)
    referral = page.context["referral"]
    assert set(page.context) == {"referral"} and isinstance(referral, Mapping)
    assert "provider_summary" not in referral
    other = house.person("of.prov_aman")
    assert offers_for(house.masar, other).rows == ()
    with pytest.raises(NotFound):
        offer_page(house.masar, other, wait)


def test_a_link_shows_the_ticked_data_takes_one_answer_and_then_opens_nothing(house: House, amal: Actor) -> None:
    del amal
    mona, case_id = house.person("mona"), refer(house)
    wait = offer(house, case_id)
    token = make_link(house.masar, mona, wait, "سلمى، هاتف المركز", case_id)
    assert len(token) >= 20
    opened = open_link(house.masar, token, FAR)
    assert "يامن الشامي" in words_of(opened.page) and "سرّ لم يُحدد" not in words_of(opened.page)
    raw = typed(house, "referral_response", REJECTS)
    with pytest.raises(Invalid) as wrong:
        use_link(house.masar, token, "  ", raw, "page one", FAR)
    assert set(wrong.value.fields) == {"said_by"}
    with pytest.raises(Invalid):
        use_link(house.masar, token, "سلمى", {}, "page one", FAR)
    use_link(house.masar, token, "سلمى، مديرة المركز", raw, "page one", FAR)
    use_link(house.masar, token, "سلمى، مديرة المركز", raw, "page one", FAR)  # the same submit: counted, and no error
    with pytest.raises(NotFound):
        open_link(house.masar, token, FAR)
    with pytest.raises(NotFound):
        use_link(house.masar, token, "غيرها", raw, "page two", FAR)
    assert house.kinds(int(case_id)).count("message_received") == 1
    told = case_page(house.masar, mona, case_id).timeline.rows
    assert any(change.after.ar == "سلمى، مديرة المركز" for entry in told for change in entry.changes)
    assert any("برابط لمرة واحدة" in entry.who.ar for entry in told)
    assert verify_case(house.masar, int(case_id)).problems == ()


def test_links_that_are_old_ended_replaced_tampered_or_without_an_offer_all_say_the_same(
    house: House, amal: Actor
) -> None:
    del amal
    mona, case_id = house.person("mona"), refer(house)
    wait = offer(house, case_id)
    replaced = make_link(house.masar, mona, wait, "سلمى", case_id)
    living = make_link(house.masar, mona, wait, "سلمى", case_id)
    told = {said(house, bad) for bad in (replaced, living[:-1], living.swapcase(), living + "x" * 100, "", "a")}
    end_link(house.masar, mona, wait, case_id)
    told.add(said(house, living))
    old = make_link(house.masar, mona, wait, "سلمى", case_id)
    house.clock.advance(LASTS)
    told.add(said(house, old))
    assert len(told) == 1
    page = links_page(house.masar, mona, case_id, wait)
    assert [link.living for link in page.links] == [False, False, False]


def said(house: House, token: str) -> str:
    """What a dead link tells."""
    with pytest.raises(NotFound) as dead:
        open_link(house.masar, token, FAR)
    return dead.value.text.ar


def test_after_a_withdrawal_a_link_opens_nothing_and_the_provider_learns_only_that(house: House, amal: Actor) -> None:
    mona, case_id = house.person("mona"), refer(house)
    token = make_link(house.masar, mona, offer(house, case_id), "سلمى", case_id)
    answer = {"withdrawal_reason": "consent_withdrawn", "person_view": "لا تريد"}
    taken = offer(house, case_id, "referral_withdrawn")
    answer_offer(house.masar, mona, taken, typed(house, "referral_withdrawal", answer), "t", case_id)
    said(house, token)
    page = offer_page(house.masar, amal, offer(house, case_id, "withdrawal_noted"))
    assert page.shared == () and not page.context
    row, = offers_for(house.masar, amal).rows
    assert row.asked == ()


def test_only_who_manages_the_case_makes_links_and_only_to_offers_for_providers(house: House, amal: Actor) -> None:
    case_id = refer(house)
    wait, taken = offer(house, case_id), offer(house, case_id, "referral_withdrawn")
    for who, error in (("karim", NotFound), ("samer", NotAllowed), ("huda", NotAllowed)):
        with pytest.raises(error):
            make_link(house.masar, house.person(who), wait, "سلمى", case_id)
    with pytest.raises(NotFound):
        make_link(house.masar, amal, wait, "سلمى", case_id)
    with pytest.raises(NotFound):
        make_link(house.masar, house.person("mona"), taken, "سلمى", case_id)
    with pytest.raises(NotFound):
        make_link(house.masar, house.person("mona"), wait, "سلمى", refer(house, urgency="urgent"))
    for nobody in ("", " \n", "س" * 151):
        with pytest.raises(Invalid):
            make_link(house.masar, house.person("mona"), wait, nobody, case_id)


def test_too_many_looks_from_one_place_wait(house: House, amal: Actor) -> None:
    del amal
    with pytest.raises(Throttled):
        for _ in range(80):
            try:
                open_link(house.masar, "guess", FAR)
            except NotFound:
                continue


def test_the_token_of_a_link_stands_nowhere_in_the_database(house: House, amal: Actor) -> None:
    del amal
    case_id = refer(house)
    token = make_link(house.masar, house.person("mona"), offer(house, case_id), "سلمى الحكيم", case_id)
    with house.masar.db.read() as conn:
        for table in ("answer_link", "event", "submission"):
            for row in conn.execute(text(f"SELECT * FROM {table}")):
                kept = b" ".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
                assert token.encode() not in kept and "سلمى".encode() not in kept


def test_a_typed_in_answer_says_who_gave_it_how_and_what_proves_it(house: House, amal: Actor) -> None:
    mona, case_id = house.person("mona"), refer(house)
    wait = offer(house, case_id)
    raw = typed(house, "referral_response", WAITS)
    with pytest.raises(Invalid) as wrong:
        answer_offer(house.masar, mona, wait, raw, "t", case_id)
    assert {"reply_given_by", "reply_channel", "reply_evidence"} <= set(wrong.value.fields)
    proof = {"reply_given_by": "سلمى", "reply_channel": "call", "reply_evidence": "اتصلت بالرقم المسجل صباح اليوم"}
    answer_offer(house.masar, mona, wait, typed(house, "referral_response", {**WAITS, **proof}), "t", case_id)
    entry = case_page(house.masar, mona, case_id).timeline.rows[0]
    assert entry.what.ar.startswith("سُجّل نيابة عن الجهة")
    assert [row.number for row in records_for(house.masar, amal).rows]  # the agency may look at what was said for it


def test_a_provider_looks_back_for_thirty_days_and_then_at_nothing(house: House, amal: Actor) -> None:
    case_id = refer(house)
    answer_offer(house.masar, amal, offer(house, case_id), typed(house, "referral_response", WAITS), "t", case_id)
    row, = records_for(house.masar, amal).rows
    kept = record_page(house.masar, amal, row.id)
    assert "يامن الشامي" in " ".join(answer.value.ar for answer in kept.shared)
    with pytest.raises(NotFound):
        record_page(house.masar, house.person("of.prov_aman"), row.id)
    assert records_for(house.masar, house.person("mona")).rows == ()
    house.clock.advance(VISIBLE_AFTER_ANSWER)
    assert records_for(house.masar, amal).rows == ()
    with pytest.raises(NotFound):
        record_page(house.masar, amal, row.id)
    house.masar.db.run(lambda conn: provider_records.forget(conn, house.clock()))
    with house.masar.db.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM provider_record")).scalar() == 0


def test_a_provider_that_declined_keeps_nothing_to_look_at(house: House, amal: Actor) -> None:
    case_id = refer(house)
    answer_offer(house.masar, amal, offer(house, case_id), typed(house, "referral_response", REJECTS), "t", case_id)
    assert records_for(house.masar, amal).rows == ()


def test_a_service_gap_of_a_case_is_one_need_and_tells_of_nobody(house: House, amal: Actor) -> None:
    del amal
    said = {"service_type": "counselling_family", "governorate": "damascus", "district": None, "age": 9}
    work = Work(7, 1, 2, "/1/2/", "C-1", {}, said)
    assert [do_note_service_gap(house.masar, work)["noted"] for _ in range(2)] == [True, True]
    poisoned = Work(8, 1, 2, "/1/2/", "C-1", {}, {**said, "service_type": "يامن الشامي"})
    assert do_note_service_gap(house.masar, poisoned) == {"noted": False}
    with house.masar.db.read() as conn:
        row, = conn.execute(select(service_gap)).all()
    assert (row.service_type, row.governorate, row.unit_path) == ("counselling_family", "damascus", "/1/2/")
    assert set(row._mapping) == {
        "id", "service_type", "governorate", "district", "age_band", "unit_path", "at", "once"}


def test_a_withdrawal_takes_away_what_a_provider_could_look_back_at(house: House, amal: Actor) -> None:
    mona, case_id = house.person("mona"), refer(house)
    answer_offer(house.masar, amal, offer(house, case_id), typed(house, "referral_response", WAITS), "t", case_id)
    began = typed(house, "service_start", {"start_result": "started", "person_view": "حضرت"})
    complete_work(house.masar, mona, house.key(int(case_id), "confirm_start"), began, "t2")
    assert offers_for(house.masar, amal).rows[0].name.ar == "تقرير مقدم الخدمة"
    answer = {"withdrawal_reason": "safety", "person_view": "تخاف"}
    taken = offer(house, case_id, "referral_withdrawn")
    answer_offer(house.masar, mona, taken, typed(house, "referral_withdrawal", answer), "t3", case_id)
    assert records_for(house.masar, amal).rows == ()
    house.clock.advance(timedelta(days=2))
    settle(house.masar)
    assert "tell_recipient" in house.items(int(case_id))
