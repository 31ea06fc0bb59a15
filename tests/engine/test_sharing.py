"""When a provider may see what was ticked: the engine asks again whenever somebody looks, whatever the diagram said."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.queries.sharing import may_be_shared, narrowed

TODAY = date(2026, 11, 22)
YES, NO = {"decision": "approve"}, {"decision": "reject"}


def consent(status: str = "given", until: Any = TODAY, agency: str = "nour", purpose: str = "share_referral") -> Any:
    """A line of the list of consents."""
    return {"purpose": purpose, "agency": agency, "status": status, "basis": "consent", "until": until}


def context(basis: str | None = "consent", *held: Any, **more: Any) -> dict[str, Any]:
    """What the wait of a provider's answer sees."""
    referral = {"provider": "nour", "legal_basis": basis, "urgency": more.pop("urgency", "soon")}
    return {"referral": referral, "consents": list(held), "case": {}, **more}


@pytest.mark.parametrize(("told", "seen"), [
    (context("consent", consent()), True),
    (context("consent", consent(until=datetime(2026, 11, 22, 9, tzinfo=UTC))), True),
    (context("consent"), False),
    (context("consent", consent(until=date(2026, 11, 21))), False),
    (context("consent", consent(until=None)), False),
    (context("consent", consent(agency="aman")), False),
    (context("consent", consent(purpose="services")), False),
    (context("consent", consent("refused"), consent()), True),
    (context("consent", consent(), consent("withdrawn", None)), False),
    (context("consent", consent(), case={"consents": [consent(), consent("withdrawn", None)]}), False),
    (context("consent", consent(), consents=[consent()], withdrawal={"withdrawal_reason": "safety"}), False),
    (context(None, consent()), True),  # a referral from before bases were asked for stands on its consent
    (context(None), False),
    (context("consent", consent("best_interests")), False),
    (context("consent", consent("best_interests"), sharing_review=YES, data_protection_review=YES), True),
    (context("best_interest", sharing_review=YES), False),
    (context("best_interest", sharing_review=YES, data_protection_review=YES), True),
    (context("best_interest", sharing_review=YES, data_protection_review=NO), False),
    (context("best_interest", sharing_review=NO, data_protection_review=YES), False),
    (context("court_order", sharing_review=YES, hasty=True, urgency="emergency"), True),
    (context("court_order", sharing_review=YES, hasty=True, urgency="soon"), False),
    (context("court_order", sharing_review=YES, hasty=True, urgency="emergency", data_protection_review=NO), False),
    (context("court_order", sharing_review="approve", data_protection_review=YES), False),
    ({"consents": [consent()]}, False),
    ({"referral": "poisoned", "consents": "poisoned", "case": {"consents": 7}}, False),
])
def test_what_is_ticked_is_seen_with_a_consent_in_force_or_the_approval_of_two_others(
    told: dict[str, Any], seen: bool
) -> None:
    assert may_be_shared(told, TODAY) is seen


def test_a_referral_that_was_taken_back_leaves_its_recipient_no_variable_to_read() -> None:
    told = context("consent", consent(), withdrawal={"withdrawal_reason": "safety"})
    assert narrowed(told) == {}
    assert set(narrowed(context("consent", consent()))) == {"referral"}
