"""From what a move left open to the rows that worklists, timers, messages and jobs are read from."""

from datetime import datetime

from engine import bpmn
from engine.commands.directory import Directory
from engine.commands.standing import Standing, key_of
from engine.deadlines import next_check
from engine.facts import Facts
from engine.feel.codec import dumps
from engine.kinds import LAST_RESORTS
from engine.powers import WITHDRAWN_TELLS
from engine.store.cases import CaseFile
from engine.store.incidents import OpenIncident
from engine.store.jobs import OpenJob
from engine.store.messages import OpenMessage
from engine.store.projection import OpenThing
from engine.store.timers import OpenTimer
from engine.store.vault import Vault
from engine.store.work_items import OpenItem, split


def wanted_of(
    vault: Vault, standing: Standing, after: CaseFile, facts: Facts, outcome: bpmn.Outcome,
    directory: Directory, now: datetime,
) -> list[OpenThing]:
    """Everything that is open after a move, as rows."""
    case_id = after.id
    return [
        *(_item(standing, after, facts, directory, item) for item in outcome.items),
        *(
            OpenTimer(key_of(case_id, w.id), case_id, w.process, w.element, w.due)
            for w in outcome.waits if w.kind == "timer" and w.due is not None
        ),
        *(_message(vault, case_id, directory, w) for w in outcome.waits if w.kind != "timer"),
        *(_job(case_id, call) for call in outcome.calls),
        *(
            OpenIncident(
                key_of(case_id, i.id), case_id, i.process, i.element, dumps([i.text.ar, i.text.en]).encode(), now
            )
            for i in outcome.incidents
        ),
    ]


def recipients_of_withdrawal(wanted: list[OpenThing]) -> frozenset[int]:
    """The providers that are now told of a referral taken back: what they were told before is closed to them."""
    return frozenset(
        one.offer_unit_id for one in wanted
        if isinstance(one, OpenMessage) and one.name == WITHDRAWN_TELLS and one.offer_unit_id
    )


def _item(
    standing: Standing, after: CaseFile, facts: Facts, directory: Directory, item: bpmn.WorkItem
) -> OpenItem:
    definitions = standing.definitions
    form = definitions.forms.get(item.form or "")
    ladder, resort = definitions.ladder(after.risk, after.kind), LAST_RESORTS[after.kind]
    assignee = directory.account(item.assignee) if item.assignee else None
    unit_id, unit_path = after.unit_id, after.unit_path
    if assignee is not None and assignee != after.manager_id:  # named, but the case is not theirs (yet)
        unit_id, unit_path = directory.place_of(assignee, item.groups, (unit_id, unit_path))
    barred = facts.barred_from(item.properties, directory.account) | {int(one) for one in split(after.about or "")}
    assignee = None if assignee in barred else assignee  # four eyes: the group's then, never theirs
    row = standing.row_of(item)
    groups = tuple(item.groups) if item.groups or assignee else (resort,)  # nothing is born without an owner
    if row is not None and resort in split(row.groups or "") and resort not in groups:
        groups = (*groups, resort)  # nobody else could take it; the rounds do not ask again at every move
    return OpenItem(
        id=key_of(after.id, item.id), case_id=after.id, process=item.process, element=item.element,
        since=item.since, unit_id=unit_id, unit_path=unit_path,
        groups=groups,
        assignee_id=assignee,
        form=item.form, form_sha256=form.sha256 if form else None, due_at=item.due,
        follow_up_at=item.follow_up, next_check_at=next_check(ladder, item.since, item.due, 0, item.follow_up),
        priority=item.priority, risk=after.risk,
        barred=tuple(sorted(barred)),
    )


def _message(vault: Vault, case_id: int, directory: Directory, wait: bpmn.Wait) -> OpenMessage:
    offered = str(wait.properties.get("offer_to") or "")
    unit, login = wait.properties.get("offer_unit"), wait.properties.get("offer_person")
    groups = tuple(group.strip() for group in offered.split(",") if group.strip())
    person, post = directory.answering_person(login, groups) if "offer_person" in wait.properties else (None, None)
    return OpenMessage(
        id=key_of(case_id, wait.id), case_id=case_id, process=wait.process, element=wait.element,
        kind=wait.kind, name=wait.name or "", key_hash=vault.hash("message", wait.key or ""), since=wait.since,
        offer_to=groups, offer_person_id=person,
        offer_unit_id=post or (directory.answering_unit(unit) if isinstance(unit, str) and unit else None),
        form=str(wait.properties["form"]) if wait.properties.get("form") else None,
    )


def _job(case_id: int, call: bpmn.Call) -> OpenJob:
    return OpenJob(
        id=key_of(case_id, call.id), case_id=case_id, process=call.process, element=call.element, type=call.type,
        payload=dumps({"headers": dict(call.headers), "variables": dict(call.variables)}).encode(),
        created_at=call.since, destination=call.headers.get("destination", ""), retries=call.retries,
    )
