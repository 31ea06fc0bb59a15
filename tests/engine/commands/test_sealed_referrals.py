"""A provider and a sealed file: its account answers while work goes on, no link opens it, nothing tells why."""

import pytest

from engine.actor import Actor
from engine.commands import sealed_files
from engine.commands.answer_links import make_link, open_link, use_link
from engine.commands.messages import answer_offer
from engine.errors import NotFound
from engine.queries.cases import case_page
from engine.queries.offers import offer_page, offers_for
from engine.queries.provider_records import records_for
from tests.engine.commands.house import House
from tests.engine.commands.test_providers_side import (
    FAR,
    REJECTS,
    WAITS,
    amal,
    offer,
    refer,
    shipped,
    typed,
    words_of,
)

__all__ = ["amal", "shipped"]


def said_of(house: House, token: str) -> str:
    """What a link that opens nothing says."""
    with pytest.raises(NotFound) as dead:
        open_link(house.masar, token, FAR)
    return dead.value.text.ar


def test_a_link_to_a_sealed_file_says_what_any_dead_link_says_and_no_new_one_is_made(
    house: House, amal: Actor
) -> None:
    del amal
    mona, case_id = house.person("mona"), refer(house)
    wait = offer(house, case_id)
    token = make_link(house.masar, mona, wait, "سلمى، هاتف المركز", case_id)
    assert case_page(house.masar, mona, case_id).offers
    sealed_files._seal(house.masar, int(case_id))
    assert said_of(house, token) == said_of(house, "no-such-link") and "مقيد" not in said_of(house, token)
    with pytest.raises(NotFound):
        use_link(house.masar, token, "سلمى", typed(house, "referral_response", REJECTS), "page", FAR)
    with pytest.raises(NotFound):
        make_link(house.masar, mona, wait, "سلمى", case_id)
    assert not offer_page(house.masar, mona, wait).may_link
    proof = {"reply_given_by": "سلمى", "reply_channel": "call", "reply_evidence": "اتصلت بالرقم المسجل صباح اليوم"}
    answer_offer(house.masar, mona, wait, typed(house, "referral_response", {**REJECTS, **proof}), "by hand")
    assert house.kinds(int(case_id))[-1] == "message_received"


def test_the_account_of_a_provider_answers_as_before_while_work_goes_on_in_a_sealed_file(
    house: House, amal: Actor
) -> None:
    case_id = refer(house)
    wait = offer(house, case_id)
    before = words_of(offer_page(house.masar, amal, wait))
    sealed_files._seal(house.masar, int(case_id))
    assert words_of(offer_page(house.masar, amal, wait)) == before
    assert [row.id for row in offers_for(house.masar, amal).rows] == [wait]
    answer_offer(house.masar, amal, wait, typed(house, "referral_response", WAITS), "answer")
    assert len(records_for(house.masar, amal).rows) == 1
