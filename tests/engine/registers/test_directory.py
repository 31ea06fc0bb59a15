"""The directory of services: who may be chosen, what a search finds and does not find, and the record of it all."""

from typing import Any

import pytest
from sqlalchemy import update

from engine.commands.needs import note_gap
from engine.commands.providers import (
    change_provider,
    reinstate_provider,
    renew_provider,
    suspend_provider,
    verify_provider,
)
from engine.commands.work import complete_work
from engine.errors import Conflict, Invalid, NotAllowed
from engine.queries.endangered import endangered_referrals
from engine.queries.providers import Need, kept_page, provider_page, search_page
from engine.queries.registers import verify_registers
from engine.queries.service_gaps import gaps_page
from engine.store.register_log import register_log
from engine.text import Text
from tests.engine.bpmn import diagrams as d
from tests.engine.registers.office import REFERRED, Office, provider_raw

FAMILY = Need("counselling_family", "damascus")


def found(office: Office, **need: Any) -> list[str]:
    """The codes that a search finds."""
    asked = Need(**{"service": "counselling_family", "governorate": "damascus", **need})
    page = search_page(office.masar, office.person("mona"), asked)
    return [row.code for row in page.found or ()]


def referral(office: Office, **variables: Any) -> str:
    """A case in which a referral is to be made: the key of that work item."""
    office.house.publish(REFERRED)
    case = office.house.open("case", origin=f"r{office.house.open_count()}", case_manager="mona", **variables)
    return office.house.key(case.id, "refer")


def offered(office: Office, item: str) -> dict[str, str | None]:
    """Which providers stand in the list of the form, with why they may not be chosen."""
    return office.offered(item, "referring", "directory.providers")


def refer(office: Office, item: str, provider: str, service: str = "counselling_family") -> None:
    """Chooses a provider."""
    raw = {"service_type": [service], "provider": [provider]}
    complete_work(office.masar, office.person("mona"), item, raw, "")


def test_until_the_directory_is_begun_the_list_that_was_published_holds(office: Office) -> None:
    item = referral(office)
    assert "prov_nour" in offered(office, item) and "prov_bayt" not in offered(office, item)
    refer(office, item, "prov_nour")


def test_once_it_is_begun_only_who_stands_in_it_may_be_chosen(office: Office) -> None:
    office.provider("help")
    item = referral(office)
    found_ = offered(office, item)
    assert found_["help"] is None and found_["prov_nour"] == "not in the directory of services"
    with pytest.raises(Invalid) as told:
        refer(office, item, "prov_nour")
    assert "not in the directory" in told.value.fields["provider"].en
    refer(office, item, "help")


@pytest.mark.parametrize(("more", "why"), [
    ({"licence_until": "2026-11-21"}, "licence ended on 21 November 2026"),
    ({"licence": "none", "licence_until": ""}, "not licensed"), ({"licence_until": ""}, "not licensed"),
    ({"agreement_until": ""}, "no agreement"), ({"agreement_until": "2026-11-21"}, "agreement ended"),
    ({"agency_type": "hospital", "agreement_until": ""}, None), ({"licence_until": "2026-11-22"}, None),
    ({"agency_type": "court", "licence": "none", "licence_until": "", "agreement_until": ""}, None),
])  # fmt: skip
def test_who_lacks_what_their_kind_of_agency_needs_is_not_found(office: Office, more: Any, why: str | None) -> None:
    office.provider("help", **more)
    assert found(office) == ([] if why else ["help"])
    page = provider_page(office.masar, office.person("mona"), "help")
    assert (page.row.why_not is None) == (why is None) and (why or "") in (page.row.why_not or Text("")).en


def test_a_licence_that_ends_between_the_page_and_the_sending_is_refused_by_the_server(office: Office) -> None:
    office.provider("help")
    item = referral(office)
    assert offered(office, item)["help"] is None
    suspend_provider(office.masar, office.person("nawal"), "help", "شكوى")
    with pytest.raises(Invalid) as told:
        refer(office, item, "help")
    assert "suspended" in told.value.fields["provider"].en


def test_a_service_that_the_provider_does_not_offer_is_refused(office: Office) -> None:
    office.provider("help")
    with pytest.raises(Invalid):
        refer(office, referral(office), "help", "legal_aid")


def test_a_search_goes_by_need_area_age_sex_price_and_free_places(office_on_both: Office) -> None:
    office = office_on_both
    one = {"age_min": "6", "age_max": "17", "sex": "female", "price": "paid", "places_free": "0"}
    office.provider("girls", services=[("counselling_family", one)], areas=[("damascus", "midan")])
    office.provider("all", areas=[("", "")])
    office.provider("north", areas=[("aleppo", "")])
    assert found(office) == ["all", "girls"]
    assert found(office, governorate="aleppo") == ["all", "north"]
    assert found(office, district="midan") == ["all", "girls"] and found(office, district="mazzeh") == ["all"]
    assert found(office, age=9) == ["all", "girls"] and found(office, age=18) == ["all"]
    assert found(office, sex="male") == ["all"] and found(office, sex="female") == ["all", "girls"]
    assert found(office, free_of_charge=True) == ["all"] == found(office, with_places=True)
    assert found(office, service="legal_aid") == [] and found(office, governorate="") == ["all", "north", "girls"]


def test_places_that_are_free_come_first_and_those_of_the_persons_area_lead_the_list(office: Office) -> None:
    office.provider("full", services=[("counselling_family", {"places_free": "0"})])
    office.provider("unknown", services=[("counselling_family", {"places_free": ""})])
    office.provider("far", areas=[("aleppo", "")])
    office.provider("free")
    assert found(office) == ["free", "unknown", "full"]
    listed = [code for code, why in offered(office, referral(office, governorate="aleppo")).items() if why is None]
    assert listed[0] == "far" and set(listed) == {"far", "free", "full", "unknown"}


def test_a_search_that_finds_nobody_is_one_need_a_day_and_names_no_one(office_on_both: Office) -> None:
    office, need = office_on_both, Need("addiction", "damascus", age=14)
    for login in ("mona", "karim", "samer", "huda", "reem"):
        for _ in range(3):
            assert note_gap(office.masar, office.person(login), need)
    assert not note_gap(office.masar, office.person("mona"), Need("سامي الحسن", "damascus"))
    office.provider("help")
    assert not note_gap(office.masar, office.person("mona"), FAMILY)
    (gap,) = gaps_page(office.masar, office.person("lubna"))
    assert (gap.service.en, gap.governorate.en, gap.ages.en, gap.missed) == (
        "Addiction treatment", "Damascus", "12–17 years", 5)


def test_counts_below_five_are_not_told_and_their_order_gives_nothing_away(office: Office) -> None:
    for login in ("mona", "karim", "samer"):
        note_gap(office.masar, office.person(login), Need("probation", "homs"))
    note_gap(office.masar, office.person("mona"), Need("addiction", "homs"))
    gaps = gaps_page(office.masar, office.person("huda"))
    assert [(gap.service.en, gap.missed) for gap in gaps] == [
        ("Probation and social supervision", None), ("Addiction treatment", None)]
    with pytest.raises(NotAllowed):
        gaps_page(office.masar, office.person("mona"))


def test_every_change_is_recorded_with_who_when_and_why_and_the_record_shows_when_it_is_touched(
    office_on_both: Office,
) -> None:
    office, nawal = office_on_both, office_on_both.person("nawal")
    office.provider("help")
    change_provider(office.masar, nawal, "help", provider_raw("help", contact="سلمى", reason="اتصلت"), "1")
    renew_provider(office.masar, nawal, "help", {"licence_until": ["2030-01-01"], "reason": ["الترخيص الجديد"]})
    verify_provider(office.masar, nawal, "help")
    page = provider_page(office.masar, nawal, "help")
    assert [act.what.en for act in page.record] == ["Checked and found right", "Renewed", "Changed", "Entered"]
    assert page.record[1].changed[0].ar == "licence_until" and page.record[2].reason == "اتصلت"
    assert page.entry["licence_until"] == "2030-01-01" and page.entry["contact"] == "سلمى"
    assert verify_registers(office.masar) == []
    office.masar.db.run(lambda conn: conn.execute(update(register_log).values(reason="غيره")))
    assert verify_registers(office.masar) != []


def test_two_who_change_the_same_provider_do_not_overwrite_each_other(office: Office) -> None:
    office.provider("help")
    change_provider(office.masar, office.person("nawal"), "help", provider_raw("help", contact="أ"), "1")
    with pytest.raises(Conflict):
        change_provider(office.masar, office.person("nawal"), "help", provider_raw("help", contact="ب"), "1")


def test_whoever_suspended_a_provider_does_not_lift_it(office: Office) -> None:
    office.provider("help")
    nawal = office.person("nawal")
    with pytest.raises(Invalid):
        suspend_provider(office.masar, nawal, "help", " ")
    suspend_provider(office.masar, nawal, "help", "شكوى قيد التحقيق")
    renew_provider(office.masar, nawal, "help", {"licence_until": ["2030-01-01"], "reason": ["وثيقة"]})
    assert found(office) == []
    with pytest.raises(Conflict):
        reinstate_provider(office.masar, nawal, "help", "انتهى التحقيق")
    office.give_role("lubna", "directory_manager", "ministry")
    reinstate_provider(office.masar, office.person("lubna"), "help", "انتهى التحقيق")
    assert found(office) == ["help"]


def test_a_provider_is_kept_by_its_own_unit_and_those_above(office: Office) -> None:
    office.provider("help")
    office.give_role("lubna", "directory_manager")
    with pytest.raises(NotAllowed):
        suspend_provider(office.masar, office.person("lubna"), "help", "سبب")
    assert kept_page(office.masar, office.person("lubna")).rows == ()
    assert [row.code for row in kept_page(office.masar, office.person("nawal")).rows] == ["help"]


def test_mistakes_of_the_form_are_named_by_their_field(office: Office) -> None:
    twice = [("counselling_family", {"age_min": "12", "age_max": "5"}), ("counselling_family", {})]
    with pytest.raises(Invalid) as told:
        office.provider("centre", services=twice)
    assert set(told.value.fields) == {"code", "services.0.age_max", "services.1.service_type"}


ANSWER = d.tag(
    "intermediateCatchEvent", {"id": "answer"},
    d.extended(d.properties({"offer_to": "provider_user", "offer_unit": "=to"})), d.message_event("m"),
)
OFFERED = d.file(
    d.process("case", d.start(), ANSWER, d.end(), d.path("S", "answer", "E")),
    d.message("m", "provider_answer", "=case_number"),
)


def test_who_manages_a_case_is_warned_when_the_provider_of_an_open_referral_is_suspended_or_ends_soon(
    office_on_both: Office,
) -> None:
    office, mona = office_on_both, office_on_both.person("mona")
    office.house.publish(OFFERED)
    for code, ends in (("soon", "2026-12-01"), ("later", "2027-12-01"), ("held", "2027-12-01")):
        office.provider(code, licence_until=ends)
        office.provider_unit(code)
        office.house.open("case", origin=code, case_manager="mona", unit="centre", to=code)
    assert [one.provider.en for one in endangered_referrals(office.masar, mona)] == ["Provider soon"]
    suspend_provider(office.masar, office.person("nawal"), "held", "شكوى")
    with office.masar.db.counted() as counted:
        warned = endangered_referrals(office.masar, mona)
    assert [(one.provider.en, one.suspended) for one in warned] == [("Provider held", True), ("Provider soon", False)]
    assert len(counted.statements) == 1
    assert endangered_referrals(office.masar, office.person("karim")) == ()


def test_a_search_and_the_list_of_a_form_cost_the_same_for_few_providers_and_for_many(office: Office) -> None:
    office.provider("first")
    item = referral(office, governorate="damascus")
    with office.masar.db.counted() as few:
        found(office)
        offered(office, item)
    for nth in range(40):
        office.provider(f"more{nth}")
    with office.masar.db.counted() as many:
        assert len(found(office)) == 41
        offered(office, item)
    assert len(many.statements) == len(few.statements)
