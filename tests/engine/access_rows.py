"""The people of test_access.py, the things that they come to, and who may do what with them."""

from dataclasses import replace

from engine.access import AccessFacts
from engine.actor import Actor, Membership
from engine.text import Text

MINISTRY, DIRECTORATE, DEPARTMENT, CENTRE, OTHER_CENTRE = "/1/", "/1/2/", "/1/2/3/", "/1/2/3/4/", "/1/2/3/5/"
PROVIDER, OTHER_PROVIDER = "/1/2/8/", "/1/2/9/"


def person(number: int, *roles: tuple[str, str]) -> Actor:
    memberships = tuple(Membership(role, int(path.strip("/").split("/")[-1]), path) for role, path in roles)
    return Actor(number, f"account{number}", Text(f"حساب {number}", f"Account {number}"), memberships)


PEOPLE = {
    "manager": person(1, ("case_manager", CENTRE)),
    "colleague": person(2, ("case_manager", CENTRE)),
    "supervisor": person(3, ("case_supervisor", CENTRE)),
    "supervisor_elsewhere": person(4, ("case_supervisor", OTHER_CENTRE)),
    "reception": person(5, ("reception_officer", DEPARTMENT)),
    "organiser": person(6, ("form_organiser", DEPARTMENT)),
    "head": person(7, ("dept_head", DEPARTMENT)),
    "director": person(8, ("directorate_director", DIRECTORATE)),
    "duty": person(9, ("duty_supervisor", DIRECTORATE)),
    "auditor": person(10, ("auditor", MINISTRY)),
    "admin": person(11, ("system_admin", MINISTRY)),
    "analyst": person(12, ("process_analyst", MINISTRY)),
    "provider": person(13, ("provider_user", PROVIDER)),
    "other_provider": person(14, ("provider_user", OTHER_PROVIDER)),
    "partner": person(15, ("partner_user", "/1/2/10/")),
    "other_partner": person(16, ("partner_user", "/1/2/10/")),
    "nobody": person(17),
    "keeper": person(18, ("directory_manager", DIRECTORATE)),
    "trainer": person(19, ("training_officer", MINISTRY)),
    "quality": person(20, ("quality_officer", MINISTRY)),
    "coordinator": person(21, ("coordination_member", DIRECTORATE)),
    "complaints": person(31, ("complaint_officer", DIRECTORATE)),
    "central": person(32, ("central_services", MINISTRY)),
    "inspector": person(33, ("inspector", MINISTRY)),
}
INSIDE = " ".join(name for name in PEOPLE if name != "nobody" and not name.endswith(("provider", "partner")))
CASE = AccessFacts(kind="case", unit_path=CENTRE, manager_id=1)
YOUNG_CASE = AccessFacts(kind="case", unit_path=CENTRE)
REPORT = AccessFacts(kind="report", unit_path=DEPARTMENT, reporter_id=15)
REVIEW = replace(CASE, groups=frozenset({"case_supervisor"}))
PLAN = replace(CASE, groups=frozenset({"case_manager"}))
CLAIMED_PLAN = replace(PLAN, assignee_id=1)
COVERED_PLAN = replace(PLAN, assignee_id=2)
BARRED_REVIEW = replace(REVIEW, barred=frozenset({3}))
OFFER = replace(CASE, groups=frozenset({"provider_user"}), audience_unit=8)
TYPED_IN = replace(OFFER, groups=frozenset({"provider_user", "case_manager"}))
OFFICERS_REVIEW = replace(CASE, groups=frozenset({"data_protection_officer"}))
SEALED = replace(CASE, sealed=True, access_list=frozenset({1}))
COMPLAINT = AccessFacts(kind="complaint", unit_path=CENTRE)
HANDLED = replace(COMPLAINT, groups=frozenset({"dept_head"}))
OF_HEAD = replace(HANDLED, about=frozenset({7}), barred=frozenset({7}))
TAKEN = replace(HANDLED, assignee_id=7, workers=frozenset({7}))
INSPECTION = AccessFacts(kind="inspection", unit_path=DIRECTORATE)
VISIT = replace(INSPECTION, groups=frozenset({"inspector", "quality_officer"}))
STOPPING = replace(INSPECTION, groups=frozenset({"quality_officer", "directorate_director"}), barred=frozenset({20}))
ABOUT_MANAGER = replace(CASE, about=frozenset({1}))

WHO_MAY = [
    ("see_case", CASE, "manager supervisor head director duty auditor"),
    ("see_case", YOUNG_CASE, "supervisor head director duty auditor reception organiser"),
    ("see_case", PLAN, "manager supervisor head director duty auditor"),
    ("see_case", COVERED_PLAN, "manager colleague supervisor head director duty auditor"),
    ("see_case", SEALED, "manager"),
    ("see_case", replace(SEALED, access_list=frozenset()), "manager"),
    ("see_case", replace(SEALED, access_list=frozenset(), manager_id=None), ""),
    ("see_case", replace(SEALED, access_list=frozenset({7}), manager_id=None), "head"),
    ("see_protected", replace(SEALED, access_list=frozenset({7}), manager_id=None), "head"),
    ("audit", replace(SEALED, access_list=frozenset()), ""),
    ("prove", SEALED, "auditor"),
    ("prove", CASE, "auditor"),
    ("keep_seal", SEALED, ""),  # the data protection officer's: a test of its own
    ("decide_seal", SEALED, "head director"),
    ("decide_seal", CASE, ""),
    ("see_seals", CASE, "head director auditor"),
    ("see_case", ABOUT_MANAGER, "supervisor head director duty auditor"),
    ("see_case", OFFER, "manager supervisor head director duty auditor"),
    ("see_timeline", CASE, "manager supervisor head director duty auditor"),
    ("see_identity", CASE, "manager supervisor duty"),
    ("see_identity", YOUNG_CASE, "supervisor duty reception organiser"),
    ("see_protected", CASE, "manager supervisor duty"),
    ("see_protected", YOUNG_CASE, "supervisor duty"),
    ("see_protected", REPORT, "duty reception organiser"),
    ("see_report", REPORT, "head director duty auditor reception organiser partner"),
    ("see_work", PLAN, "manager supervisor duty"),
    ("see_work", OFFER, "manager supervisor duty provider"),
    ("see_work", YOUNG_CASE, "supervisor duty"),
    ("know_work", COVERED_PLAN, "manager colleague supervisor head director duty auditor"),
    ("know_work", CLAIMED_PLAN, "manager colleague supervisor head director duty auditor"),
    ("claim", PLAN, "manager"),
    ("claim", replace(PLAN, manager_id=None), "manager colleague"),
    ("claim", REVIEW, "supervisor"),
    ("claim", BARRED_REVIEW, ""),
    ("claim", CLAIMED_PLAN, ""),
    ("complete", CLAIMED_PLAN, "manager"),
    ("complete", COVERED_PLAN, "colleague"),
    ("complete", REVIEW, "supervisor"),
    ("complete", BARRED_REVIEW, ""),
    ("complete", replace(BARRED_REVIEW, assignee_id=3), ""),
    ("complete", replace(OFFER, assignee_id=13), "provider"),
    ("save_draft", CLAIMED_PLAN, "manager"),
    ("release", CLAIMED_PLAN, "manager"),
    ("release", PLAN, ""),
    ("reassign", CLAIMED_PLAN, "supervisor head duty"),
    ("extend", CLAIMED_PLAN, "supervisor head duty"),
    ("receive", CLAIMED_PLAN, "colleague"),
    ("receive", PLAN, "manager colleague"),
    ("retry", CASE, "supervisor duty"),
    ("retry", SEALED, "head director"),
    ("hand_over_sealed", SEALED, ""),  # the data protection officer's: a test of its own
    ("audit", CASE, "auditor"),
    ("audit", YOUNG_CASE, "auditor"),
    ("audit", SEALED, ""),
    ("audit_cases", AccessFacts(), "auditor"),
    ("answer_for_a_provider", AccessFacts(), "provider other_provider"),
    ("answer_for_a_unit", AccessFacts(), "supervisor supervisor_elsewhere head duty"),
    ("answer_offer", OFFER, "provider"),
    ("answer_offer", replace(PLAN, groups=frozenset({"provider_user"})), ""),
    ("answer_offer", PLAN, "manager"),
    ("answer_offer", TYPED_IN, "manager provider"),
    ("make_answer_link", TYPED_IN, "manager"),
    ("make_answer_link", OFFER, ""),
    ("submit_report", AccessFacts(), "reception organiser duty partner other_partner"),
    ("find_cases", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head"
     " director duty auditor quality complaints central inspector"),
    ("reassign_case", CASE, "supervisor head duty"),
    ("receive_case", CASE, "manager colleague duty"),
    ("lead", CASE, "supervisor head director duty"),
    ("note_absence", CASE, "supervisor head duty"),
    ("plan_duty", CASE, "head director"),
    ("see_team", AccessFacts(), "supervisor supervisor_elsewhere head director duty"),
    ("be_away", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head director"
     " duty"),
    ("search_directory", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head"
     " director duty keeper coordinator quality inspector"),
    ("declare_conflict", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head"
     " director duty"),
    ("keep_directory", CASE, "keeper"),
    ("keep_practitioners", CASE, "trainer quality"),
    ("see_practitioners", CASE, "trainer quality supervisor head director duty"),
    ("see_gaps", CASE, "head coordinator"),
    ("see_studio", AccessFacts(), "admin analyst"),
    ("read_procedure", AccessFacts(), INSIDE),
    ("edit_definitions", AccessFacts(), "analyst"),
    ("decide_proposals", AccessFacts(), "analyst"),
    ("plan_migrations", AccessFacts(), "analyst"),
    ("decide_migrations", AccessFacts(), "analyst"),
    ("see_complaint", COMPLAINT, "complaints central auditor"),
    ("see_complaint", HANDLED, "head complaints central auditor"),
    ("see_complaint", TAKEN, "head complaints central auditor"),
    ("see_complaint", OF_HEAD, "complaints central auditor"),
    ("see_case", COMPLAINT, "complaints central auditor"),
    ("see_protected", COMPLAINT, "complaints central"),
    ("see_identity", COMPLAINT, "complaints central"),
    ("see_work", HANDLED, "head complaints central"),
    ("know_work", OF_HEAD, "complaints central auditor"),
    ("claim", HANDLED, "head"),
    ("complete", TAKEN, "head"),
    ("complete", OF_HEAD, ""),
    ("lead", COMPLAINT, ""),
    ("reassign", TAKEN, ""),
    ("extend", TAKEN, ""),
    ("retry", COMPLAINT, "complaints central"),
    ("see_inspection", INSPECTION, "quality inspector director auditor"),
    ("see_inspection", replace(INSPECTION, unit_path=CENTRE), "quality inspector head director auditor"),
    ("see_case", INSPECTION, "quality inspector director auditor"),
    ("see_protected", INSPECTION, "quality inspector director auditor"),
    ("see_identity", INSPECTION, "quality inspector"),
    ("claim", VISIT, "quality inspector"),
    ("claim", STOPPING, "director"),
    ("lead", INSPECTION, ""),
    ("open_inspection", CASE, "quality inspector"),
    ("see_inspections", CASE, "quality inspector head director auditor keeper"),
    ("stop_provider", CASE, "quality inspector director keeper"),
    ("submit_complaint", AccessFacts(), " ".join(name for name in PEOPLE if name != "nobody")),
    ("unheard_of", CASE, ""),
]
