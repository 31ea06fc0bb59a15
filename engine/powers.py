"""Powers a diagram does not have: it picks from these lists, kept by engineers and the security officer."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

GROUPS = frozenset({
    "public", "partner_user", "provider_user", "hotline_officer", "reception_officer", "form_organiser",
    "case_manager", "social_specialist", "psych_specialist", "legal_adviser", "case_supervisor",
    "centre_head", "dept_head", "directorate_director", "central_services", "central_care_admin",
    "alt_care_officer", "local_kafala_committee", "high_kafala_committee", "probation_officer",
    "child_protection_counsellor", "institution_staff", "institution_director", "inspector",
    "quality_officer", "directory_manager", "coordination_member", "statistics_officer",
    "training_officer", "data_protection_officer", "system_admin", "duty_supervisor", "auditor",
    "process_analyst", "complaint_officer", "security_officer",
})
"""Roles that may be candidate groups."""

CALL_TYPES = frozenset({
    "open_case", "reopen_case", "hand_over_case", "seal_file", "note_service_gap", "publish_message", "mail", "webhook",
    "find_concerned", "open_report", "open_inspection", "note_inspection", "stop_provider",
})
"""Everything that a diagram can ask of the platform and of the outside."""

PLATFORM_INPUTS = {
    "reporting": frozenset({"report_number", "form_0_report", "unit", "from_complaint"}),
    "case": frozenset({"case_number", "unit", "reopened"}),
    "complaint": frozenset({"complaint_number", "complaint", "unit"}),
    "institution_inspection": frozenset({"inspection_number", "inspection", "unit"}),
}
"""Variables that the platform gives to the processes it starts itself."""

STAFF_UNAVAILABLE = "staff_unavailable"
PLATFORM_SIGNALS = frozenset({STAFF_UNAVAILABLE})
"""Signals that the platform sends itself: the manager of a case is away, or their account is closed."""

PROVIDER_SUSPENDED = "provider_suspended"
"""The message by which the platform tells each case with a referral to a provider, or a placement with it, that it was
suspended; its key is the code of the provider."""

CONCERNS = "concerns"
"""The variable of a complaint that names the logins to whom it must not exist."""

KEPT = ("person", "case_manager", "unit")
"""What a case knows of itself when it is opened again. Everything else is asked anew: what was true before the closure
may be so no longer; its history still tells it."""
REPORTS = "form_0_report"
"""What the reports on a case said, the latest first; who worked on it before the closure and after must know it."""

SECOND_PERSON = "second_person"
"""The list that names which definitions another person must approve before they are published."""
ALWAYS_SECOND_PERSON = (
    f"list {SECOND_PERSON}", "list registers", "decision D14", "decision D17", "decision D18",
)
"""Beginnings of what takes a second person whatever that list says: itself, consent, access and notification, and the
switch of the registers by which nobody is barred any more."""

REFERRAL = "referral"
"""The variable that holds a referral, and the form that it was asked for with."""

ASKED_OF_PROVIDERS = ("service_type", "urgency", "needed_by", "accompany_needed", "cost_requested")
"""Fields of a referral that say what is asked; a provider always sees them. They name nobody."""

SHARED_WITH_PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "name_contact": ("person.name", "referral.safe_contact_method"),
    "age_sex": ("person.age", "person.sex"),
    "need_summary": ("referral.provider_summary", "referral.special_needs"),
    "risk_level": ("case.risk_level",),
    "safety_alerts": (), "medical": (), "psychological": (), "legal": (), "family": (), "documents": (),
}
"""What each tick of `info_shared` opens to the provider of that referral; what is ticked and stands here without a
field is handed over by the case manager. Everything else of a case stays closed to providers."""

CONSENTS, SHARE_PURPOSE = "consents", "share_referral"
GIVEN, IN_BEST_INTERESTS = "given", "best_interests"
"""The variable that lists who agreed to what, and the purpose under which a referral is shared. The newest line of a
purpose and an agency holds."""
OTHER_BASES = frozenset({"legal_duty", "best_interest", "court_order"})
SHARING_REVIEWS = ("sharing_review", "data_protection_review")
APPROVED = frozenset({"approve", "approve_conditions"})
"""Without consent two others must have approved the sharing, in the work items of those names."""
HASTY, EMERGENCY = "hasty", "emergency"
"""An emergency may be sent on the approval of the first; the second decides afterwards and can stop it."""
WITHDRAWAL, WITHDRAWN_TELLS = "withdrawal", "withdrawal_noted"
"""The variable of a referral that was taken back, and the message by which its recipient is told of it."""
OPEN_NOTHING = frozenset({"confidentiality_undertaking"})
"""Forms of work items that open nothing of the case to whoever fills them: signing comes before seeing."""
PROVIDER_USER, PROVIDER_REPORT = "provider_user", "provider_feedback"
"""The role of providers, and the form of their reports."""
TYPED_IN = "typed_in"
"""What a form reads to ask who said so, and how, where somebody else types in the words of a provider."""
TAKEN_ON = frozenset({"accepted", "conditional", "waitlist"})
"""The answers by which a provider takes a referral on."""
VISIBLE_AFTER_ANSWER = timedelta(days=30)
"""For so long after its last answer a provider may look at what it answered, and what it was told then."""


TRANSFER = "transfer"
"""The variable that holds a transfer, and the form that it was asked for with."""
TRANSFER_REVIEW = "transfer_review"
TOLD_TO_RECEIVER = ("scope", "current_risk", "reason", "summary", "person_wish", "files_included", "handover_call")
"""Fields of a transfer that the unit which is asked reads before it answers, once the sender's leader permitted it."""


def carried_over(known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with which a case is opened again: what was `given` for that, and what it knows of itself."""
    kept = {name: value for name in KEPT if (value := known.get(name)) is not None}
    reports = [*(given.get(REPORTS) or ()), *(known.get(REPORTS) or ())]
    return {**given, **kept, **({REPORTS: reports} if reports else {})}


def destinations(file: Path | None) -> frozenset[str] | None:
    """The keys of the destinations file; None where there is none or it cannot be read."""
    if file is None or not file.is_file():
        return None
    try:
        found = yaml.safe_load(file.read_bytes())
    except (OSError, ValueError, yaml.YAMLError):
        return None
    named = found.get("destinations", found) if isinstance(found, dict) else None
    return frozenset(map(str, named)) if isinstance(named, dict) else None
