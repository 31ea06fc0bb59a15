"""Powers a diagram does not have: it picks from these lists, kept by engineers and the security officer."""

from collections.abc import Mapping
from pathlib import Path

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

CALL_TYPES = frozenset({"open_case", "reopen_case", "hand_over_case", "publish_message", "mail", "webhook"})
"""Everything that a diagram can ask of the platform and of the outside."""

PLATFORM_INPUTS = {
    "reporting": frozenset({"report_number", "form_0_report", "unit"}),
    "case": frozenset({"case_number", "unit", "reopened"}),
}
"""Variables that the platform gives to the processes it starts itself."""

KEPT = ("person", "case_manager", "unit")
"""What a case knows of itself when it is opened again. Everything else is asked anew: what was true before the closure
may be so no longer; its history still tells it."""

SECOND_PERSON = "second_person"
"""The list that names which definitions another person must approve before they are published."""
ALWAYS_SECOND_PERSON = (f"list {SECOND_PERSON}", "decision D14", "decision D17", "decision D18")
"""Beginnings of what takes a second person whatever that list says: itself, and consent, access and notification."""

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

CONSENT = "consent"
SHARING_REVIEW = "sharing_review"
APPROVED = frozenset({"approve", "approve_conditions"})
"""Without consent, somebody else must have approved the sharing (the work item of that name)."""


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
