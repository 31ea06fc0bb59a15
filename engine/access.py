"""Who may see and do what: the one module that answers. Default is no.

A right comes from a relation to the case (its manager, holder of its work item, supervisor of its unit,
provider of this referral…). A relation comes from a membership: a role held in the case's unit or in a unit
above it. So a role taken away ends everything that stood on it, whatever older rows still say.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.actor import BY_LINK, Actor, Membership
from engine.kinds import Kind
from engine.powers import GROUPS

INTAKE = frozenset({"reception_officer", "hotline_officer", "form_organiser"})
MANAGERS = frozenset({"case_manager", "child_protection_counsellor", "duty_supervisor"})
SUPERVISORS = frozenset({"case_supervisor", "centre_head", "duty_supervisor"})
HEADS = frozenset({"dept_head"})
DIRECTORS = frozenset({"directorate_director"})
AUDITORS = frozenset({"auditor", "data_protection_officer"})
OFFICER = frozenset({"data_protection_officer"})  # decides on sharing where a diagram asks for it, and on nothing else
# Roles of other agencies: related only through what is offered to their own unit, never through the tree.
EXTERNAL = frozenset({"provider_user", "partner_user"})
# Roles that see only the cases they answer for, so that a colleague's case is closed to them.
OWN_CASES_ONLY = frozenset({"case_manager", "child_protection_counsellor"})
REPORTERS = INTAKE | {"partner_user", "duty_supervisor"}
LEADERS = SUPERVISORS | HEADS | DIRECTORS
ANALYSTS = frozenset({"process_analyst"})
SPECIALISTS = frozenset({
    "social_specialist", "psych_specialist", "legal_adviser", "alt_care_officer", "probation_officer",
})  # fmt: skip
DIRECTORY_KEEPERS = frozenset({"directory_manager"})
TRAINERS = frozenset({"training_officer", "quality_officer"})
PLANNERS = frozenset({"coordination_member", "dept_head"})
COMPLAINT_DESK = frozenset({"complaint_officer", "central_services"})
INSPECTORS = frozenset({"inspector", "quality_officer"})
DUTY = "duty_supervisor"  # takes what nobody else may take
# Roles that hold no content of cases, whatever group a diagram names.
CONTENT_FREE = frozenset(
    {"system_admin", "process_analyst", "security_officer", "statistics_officer", "public"}
)

EVERYTHING = frozenset({"ordinary", "protected", "identity"})
ORDINARY = frozenset({"ordinary"})
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AccessFacts:
    """What must be known of a thing to decide: the case or report, and the work item or offer asked of.

    `groups` are the candidate groups of the work item or offer; for a whole case, of its unclaimed open work
    items. `workers` hold an open work item of the case. `barred` may not do this work item (four eyes).
    A `closed` work item opens nothing of the case: it asks somebody whether they may be told at all.
    `audience_unit` is the only unit to which an offer or work item is addressed, `audience_person` the only account;
    `by_link` says that a one-time link made for this very offer was shown. `about` are accounts that the record
    concerns; a sealed record opens to its `access_list` and to the hands that work in it, to nobody else.
    """

    kind: Kind = "case"
    unit_path: str = ""
    groups: frozenset[str] = frozenset()
    assignee_id: int | None = None
    manager_id: int | None = None
    workers: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    closed: bool = False
    audience_unit: int | None = None
    audience_person: int | None = None
    by_link: bool = False
    reporter_id: int | None = None
    sealed: bool = False
    access_list: frozenset[int] = frozenset()
    about: frozenset[int] = frozenset()


ANYWHERE = AccessFacts()
SCOPES = ("read", "write", "publish")
"""What a program's token may be used for at most. A scope gives no right: `may` is asked about the account as well."""


def may(actor: Actor, action: str, facts: AccessFacts = ANYWHERE) -> bool:
    """Whether the actor may do this to the thing. Unknown actions are refused."""
    if action in ACTS_OF_A_ROLE:
        return bool(actor.roles & ACTS_OF_A_ROLE[action])
    held = relations(actor, facts)
    if action in ACTING and "auditor" in held and not _asked_as_officer(actor, facts):
        return False  # who audits a unit does no work in it
    return bool(held & ALLOWED.get(action, NOTHING))


def visible_sensitivity(actor: Actor, facts: AccessFacts) -> frozenset[str]:
    """The sensitivity classes whose values the actor may read here; every other value is masked."""
    visible: set[str] = set()
    for relation in relations(actor, facts):
        visible |= VISIBLE.get(relation, NOTHING)
    return frozenset(visible)


def relations(actor: Actor, facts: AccessFacts) -> frozenset[str]:
    """Every relation the actor has to the thing, by name; empty for strangers."""
    if actor.id in facts.about:
        return NOTHING
    return _relations_to_sealed(actor, facts) if facts.sealed else _relations(actor, facts)


def _relations_to_sealed(actor: Actor, facts: AccessFacts) -> frozenset[str]:
    """Those to a sealed file: who has opened it with a reason, the hands that still work in it, so that nobody in
    danger is left alone, and who keeps, decides about and proves the seal without reading."""
    found = _relations(actor, facts)
    covering = _covering(actor, facts)
    if actor.id in facts.access_list and covering - CONTENT_FREE:
        return found | {"sealed_reader"}
    return (found & HANDS) | {name for name, roles in AROUND_A_SEAL.items() if covering & roles}


def _relations(actor: Actor, facts: AccessFacts) -> frozenset[str]:
    covering = _covering(actor, facts)
    related: dict[str, object] = {name: covering & roles for name, roles in ROLES_IN_KIND[facts.kind].items()}
    related["worker"] = actor.id in facts.workers and covering - CONTENT_FREE - AUDITORS
    if facts.kind not in SHUT:
        report, manages = facts.kind == "report", covering & MANAGERS
        related |= {
            "report_intake": report and covering & INTAKE,
            "case_intake": not report and facts.manager_id is None and covering & INTAKE,
            "manager": manages and facts.manager_id == actor.id, "could_manage": manages,
            "deputy": manages and facts.manager_id in actor.stands_in_for,
            "reporter": report and facts.reporter_id == actor.id and actor.roles & REPORTERS,
        }
    return frozenset(name for name, holds in related.items() if holds) | _relations_to_work(actor, facts, covering)


def covers(membership: Membership, unit_path: str) -> bool:
    """Whether a membership reaches a unit: it is held there or above."""
    return bool(unit_path) and bool(membership.unit_path) and unit_path.startswith(membership.unit_path)


def paths_where(actor: Actor, action: str) -> frozenset[str]:
    """The unit paths under which the actor holds a role that can give this action. It narrows a search in the
    database; `may` still decides on each row found."""
    roles = frozenset[str]().union(*(ROLES_BEHIND.get(r, NOTHING) for r in ALLOWED.get(action, NOTHING)))
    return frozenset(m.unit_path for m in actor.memberships if m.role in roles)


def kinds_listed(actor: Actor) -> frozenset[Kind]:
    """The kinds of files that a list of the newest shows to an actor: complaints and inspections to whose role they
    are. `may` still decides on each."""
    roles = actor.roles
    shut = (kind for kind, found in SHUT.items() if roles & frozenset[str]().union(*found.values()))
    return frozenset(shut) if roles <= COMPLAINT_DESK | INSPECTORS else frozenset({"case", *shut})


def _covering(actor: Actor, facts: AccessFacts) -> frozenset[str]:
    """The roles of this house that the actor holds over the case's unit."""
    return frozenset(
        m.role for m in actor.memberships if m.role not in EXTERNAL and covers(m, facts.unit_path)
    )


def _asked_as_officer(actor: Actor, facts: AccessFacts) -> bool:
    """Whether the data protection officer is asked by name; not one who audits the unit as well."""
    covering = _covering(actor, facts)
    return bool(facts.groups & OFFICER & covering) and "auditor" not in covering


def _relations_to_work(actor: Actor, facts: AccessFacts, covering: frozenset[str]) -> frozenset[str]:
    """Relations through the work item or offer itself; none for who is barred from it."""
    if actor.id in facts.barred or facts.audience_person not in (None, actor.id):
        return NOTHING
    if for_a_provider := _relations_for_a_provider(actor, facts, covering):
        return for_a_provider
    if facts.audience_unit is not None:
        roles = frozenset(m.role for m in actor.memberships if m.unit_id == facts.audience_unit)
    else:
        roles = covering
    fitting = (roles & facts.groups) - CONTENT_FREE
    # An item given to a person without naming a group is theirs (or their deputy's) while they work in the unit.
    still_fits = fitting or (not facts.groups and roles - CONTENT_FREE - AUDITORS)
    if facts.assignee_id == actor.id:
        relation = "assigned" if facts.audience_unit is None and not facts.closed else "taken"
        return frozenset({relation}) if still_fits else NOTHING
    standing_in = facts.assignee_id in actor.stands_in_for and not facts.closed  # nobody signs for another
    if standing_in and facts.audience_unit is None and still_fits:
        return frozenset({"eligible", "standing_in"})
    if not fitting:
        return NOTHING
    if facts.assignee_id is not None:
        return frozenset({"eligible", "colleague"})
    if facts.audience_unit is not None or facts.closed:
        return frozenset({"eligible", "addressed"})
    foreign_case = facts.manager_id not in (None, actor.id, *actor.stands_in_for)
    if foreign_case and not fitting - OWN_CASES_ONLY:
        return frozenset({"eligible"})
    return frozenset({"eligible", "candidate"})


def _relations_for_a_provider(actor: Actor, facts: AccessFacts, covering: frozenset[str]) -> frozenset[str]:
    """Those of who answers in the place of an account of the provider: by a link made for it, or by typing it in."""
    if actor.id == BY_LINK.id and facts.by_link and facts.groups & actor.roles:
        return frozenset({"linked"})
    manages = facts.manager_id is not None and facts.manager_id in (actor.id, *actor.stands_in_for)
    if manages and facts.audience_unit is not None and facts.groups & covering & MANAGERS:
        return frozenset({"typist"})
    return NOTHING


HANDS = frozenset({
    "manager", "deputy", "worker", "assigned", "standing_in", "taken", "addressed", "candidate", "colleague",
    "eligible", "typist",
})  # fmt: skip
AROUND_A_SEAL: Mapping[str, frozenset[str]] = {
    "prover": AUDITORS, "seal_keeper": OFFICER, "seal_decider": OFFICER | HEADS | DIRECTORS,
}
RELATION_OF_ROLES: Mapping[str, frozenset[str]] = {
    "supervisor": SUPERVISORS, "head": HEADS, "director": DIRECTORS, "auditor": AUDITORS,
    "directory_keeper": DIRECTORY_KEEPERS, "trainer": TRAINERS, "planner": PLANNERS, "overseer": INSPECTORS,
}
SHUT: Mapping[Kind, Mapping[str, frozenset[str]]] = {
    # Past the line of whom it concerns: nobody sees a complaint because they lead a unit (D17, D21).
    "complaint": {"complaint_desk": COMPLAINT_DESK, "officer": OFFICER, "auditor": AUDITORS},
    "inspection": {"inspector": INSPECTORS, "inspection_reader": HEADS | DIRECTORS | AUDITORS, "auditor": AUDITORS},
}
"""Kinds of files that open to these roles and to the hands that work in them, to nobody else of the unit."""
ROLES_IN_KIND: Mapping[Kind, Mapping[str, frozenset[str]]] = {
    "case": RELATION_OF_ROLES, "report": RELATION_OF_ROLES, **SHUT,
}
ROLES_BEHIND: Mapping[str, frozenset[str]] = {
    **RELATION_OF_ROLES, **SHUT["complaint"], **SHUT["inspection"],
    "report_intake": INTAKE, "case_intake": INTAKE, "manager": MANAGERS, "deputy": MANAGERS,
}
VISIBLE: Mapping[str, frozenset[str]] = {
    "manager": EVERYTHING, "deputy": EVERYTHING, "assigned": EVERYTHING, "standing_in": EVERYTHING,
    "worker": EVERYTHING, "candidate": EVERYTHING, "sealed_reader": EVERYTHING,
    "supervisor": EVERYTHING, "report_intake": EVERYTHING, "case_intake": frozenset({"ordinary", "identity"}),
    "head": ORDINARY, "director": ORDINARY, "auditor": ORDINARY,
    "complaint_desk": EVERYTHING, "officer": EVERYTHING, "inspector": EVERYTHING,
    "inspection_reader": frozenset({"ordinary", "protected"}),
}
READERS = frozenset(VISIBLE)
ALLOWED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("see_case", "see_timeline", "see_complaint", "see_inspection"), READERS),
    "see_report": READERS | {"reporter"},
    "see_identity": frozenset(r for r, classes in VISIBLE.items() if "identity" in classes),
    "see_protected": frozenset(r for r, classes in VISIBLE.items() if "protected" in classes),
    # A form starts with what is known, so its page is for those from whom nothing is masked.
    "see_work": frozenset(r for r, c in VISIBLE.items() if c == EVERYTHING) | {"addressed", "taken"},
    "know_work": READERS | {"addressed", "taken", "colleague"},  # may be told who did the work item first
    "claim": frozenset({"candidate", "addressed", "standing_in"}),
    "release": frozenset({"assigned", "taken"}),
    "complete": frozenset({"assigned", "taken", "candidate", "addressed", "standing_in"}),
    "save_draft": frozenset({"assigned", "taken", "candidate", "addressed", "standing_in"}),
    "receive": frozenset({"eligible"}),  # may be given the work item by a supervisor
    "reassign": frozenset({"supervisor", "head"}),
    "reassign_case": frozenset({"supervisor", "head"}),
    "extend": frozenset({"supervisor", "head"}),  # gives more time for a work item
    "receive_case": frozenset({"could_manage"}),  # may become the manager of the case
    "lead": frozenset({"supervisor", "head", "director"}),  # sees who works in the unit, and how much each has
    "note_absence": frozenset({"supervisor", "head"}),  # enters the absence of somebody of the unit
    "plan_duty": frozenset({"head", "director"}),
    "open_inspection": frozenset({"overseer"}),  # of a provider, from its page
    "see_inspections": frozenset({"overseer", "head", "director", "directory_keeper", "auditor"}),  # results and days
    "stop_provider": frozenset({"overseer", "director", "directory_keeper"}),  # decides that it takes nobody any more
    "keep_directory": frozenset({"directory_keeper"}),  # enters, changes, renews, suspends the providers of the unit
    "keep_practitioners": frozenset({"trainer"}),  # accredits and enters trainings of people of the unit
    "see_practitioners": frozenset({"trainer", "supervisor", "head", "director"}),
    "see_gaps": frozenset({"planner"}),  # counts of needs that no provider answered, without anybody in them
    # Lets a file that stopped try again; of a sealed one who knows of it by its number, and reads nothing.
    "retry": frozenset({"supervisor", "complaint_desk", "inspector", "seal_decider"}),
    # The manager types in what a provider said by letter or telephone, where the diagram offers it to managers too.
    "answer_offer": frozenset({"candidate", "addressed", "typist", "linked"}),
    "make_answer_link": frozenset({"candidate", "typist"}),  # for a provider without an account, to this offer alone
    "prove": frozenset({"auditor", "prover"}),  # verifies the history, of a sealed file without reading it
    "keep_seal": frozenset({"seal_keeper"}),  # proposes who may read a sealed file, or to unseal it
    "decide_seal": frozenset({"seal_decider"}),  # the second account, who is told when a sealed file is late or stopped
    "hand_over_sealed": frozenset({"seal_keeper"}),  # gives late work of a sealed file to somebody who may do it
    "audit": frozenset({"auditor"}),  # steps through the history, verifies it, sees who read the case
}
ACTING = frozenset({
    "claim", "release", "complete", "save_draft", "receive", "reassign", "extend", "reassign_case", "receive_case",
    "retry", "answer_offer", "make_answer_link", "hand_over_sealed",
})  # fmt: skip
ACTS_OF_A_ROLE: Mapping[str, frozenset[str]] = {
    "answer_for_a_provider": frozenset({"provider_user"}),
    "answer_for_a_unit": SUPERVISORS | HEADS,  # sees which cases other units offer to theirs
    "submit_report": REPORTERS | {"public"},
    "submit_complaint": GROUPS,  # anybody may complain
    "see_team": LEADERS,
    "search_directory": INTAKE | MANAGERS | LEADERS | SPECIALISTS | DIRECTORY_KEEPERS | PLANNERS | INSPECTORS,
    "declare_conflict": INTAKE | MANAGERS | LEADERS | SPECIALISTS,  # with whom they must not work themselves
    "be_away": INTAKE | MANAGERS | LEADERS,  # may name a deputy for the time of their own absence
    "audit_cases": AUDITORS,
    "read_procedure": GROUPS - EXTERNAL - {"public"},  # what is drawn and written for all staff; nothing of a case
    "see_seals": AUDITORS | HEADS | DIRECTORS,  # which files are sealed, by their numbers
    "find_cases": INTAKE | MANAGERS | SUPERVISORS | HEADS | DIRECTORS | AUDITORS | COMPLAINT_DESK | INSPECTORS,
    "see_studio": frozenset({"process_analyst", "system_admin"}),
    "edit_definitions": ANALYSTS,
    "plan_migrations": ANALYSTS,  # of running cases to a newer version; numbers only, never a case
    "decide_migrations": ANALYSTS,  # the second person; never for a plan that they wrote or proposed themselves
    "decide_proposals": ANALYSTS,  # the second person; never for what they wrote or proposed themselves
}
