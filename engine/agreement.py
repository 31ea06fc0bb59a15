"""What the lists and the head of a case must show, told by its events alone, and where they show something else."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine import bpmn
from engine.commands.standing import key_of, token_of
from engine.facts import Facts
from engine.kinds import LAST_RESORTS
from engine.store import projection, work_items
from engine.store.cases import CaseFile
from engine.store.units import ancestors
from engine.store.work_items import TOLD, split
from engine.text import Text

MARKS: Mapping[str, Text] = {
    "stage": Text("المرحلة", "stage"), "risk": Text("درجة الخطورة", "risk level"),
    "manager": Text("مدير الحالة", "manager"), "unit": Text("الوحدة", "unit"), "status": Text("الوضع", "status"),
    "readers": Text("قائمة من يطلع على الملف المقيد", "list of readers of the sealed file"),
    "about": Text("من لا يظهر لهم الملف", "those to whom the file does not exist"),
}
GIVEN_BACK = frozenset({"work_released", "work_given_back", "work_left_to_duty"})
_KINDS: Mapping[str, str] = {
    "work_item": "المهمة", "timer": "المؤقت", "message_wait": "انتظار الرسالة", "call_job": "الاستدعاء",
    "incident": "الخلل",
}


def marks_of(case: CaseFile) -> dict[str, Any]:
    """What the timeline tells of a file, from which value to which."""
    return {
        "stage": case.stage, "risk": case.risk, "manager": case.manager_id, "unit": case.unit_id,
        "status": case.status, "readers": case.readers, "about": case.about,
    }


class Told:
    """What the events tell, one after the other: who has which work item, and the marks of the file."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.last: bpmn.Outcome | None = None
        self.holders: dict[int, int] = {}
        self.marks: dict[str, Any] = {}
        self._planned: dict[int, str | None] = {}

    def hear(self, kind: str, actor_id: int, document: Mapping[str, Any], outcome: bpmn.Outcome | None) -> None:
        """One more event, and what its move left open."""
        self.marks.update({mark: value for mark, (_, value) in (document.get("changes") or {}).items()})
        if outcome is not None:
            self.last = outcome
            for item in outcome.items:
                if item.id not in self._planned or self._planned[item.id] != item.assignee:
                    self._planned[item.id] = item.assignee
                    self._give(item.id, self.facts.accounts.get(item.assignee or ""))
        if kind == "work_claimed":
            self._give(token_of(document["item"]), actor_id)
        elif kind == "work_reassigned":
            self._give(token_of(document["item"]), document["to"])
        elif kind in GIVEN_BACK:
            self._give(token_of(document["item"]), None)

    def _give(self, token: int, account_id: int | None) -> None:
        if account_id is None:
            self.holders.pop(token, None)
        else:
            self.holders[token] = account_id


def in_the_head(case: CaseFile, told: Told) -> Iterator[Text]:
    """Marks of the file that are not what its events made of them."""
    now = marks_of(case)
    for mark, value in told.marks.items():
        if mark in MARKS and now[mark] != value:
            name = MARKS[mark]
            yield Text(f"{name.ar} في الملف ليست ما سجّلته أحداثه.", f"the {name.in_('en')} is not what its events say")


def in_the_lists(conn: Connection, case: CaseFile, told: Told) -> Iterator[Text]:
    """What is open and not listed, listed and not open, or listed otherwise than it is."""
    if told.last is None:
        return
    stored = projection.stored(conn, case.id)
    wanted = _wanted(case.id, told.last)
    for kind, key in sorted(wanted.keys() - stored.keys()):
        yield Text(f"{_KINDS[kind]} {key} ليس في القوائم وهو مفتوح.", f"{kind} {key} is missing from the lists")
    for kind, key in sorted(stored.keys() - wanted.keys()):
        yield Text(f"{_KINDS[kind]} {key} في القوائم وليس مفتوحاً.", f"{kind} {key} is listed but not open")
    rows: dict[int, Any] = {row.id: row for row in work_items.open_of_case(conn, case.id)}
    seen = work_items.audience_of(conn, rows.keys())
    for item in told.last.items:
        row = rows.get(key_of(case.id, item.id))
        if row is not None:
            yield from _of_item(case, row, item, told, seen.get(row.id, {}))


def _of_item(
    case: CaseFile, row: Any, item: bpmn.WorkItem, told: Told, seen: Mapping[tuple[str, int], bool]
) -> Iterator[Text]:
    if row.due_at != item.due:
        yield Text(f"المهمة {row.id} في القوائم بموعد آخر.", f"work item {row.id} is listed with another due date")
    groups, barred = set(split(row.groups)), {int(i) for i in split(row.barred)}
    resort, kept_from = {LAST_RESORTS[case.kind]}, {int(i) for i in split(case.about or "")}
    if groups - resort != set(item.groups) - resort:
        yield Text(f"المهمة {row.id} معروضة على مجموعات أخرى.", f"work item {row.id} is listed for other groups")
    if barred != told.facts.barred_from(item.properties, told.facts.accounts.get) | kept_from:
        yield Text(
            f"المهمة {row.id}: ليس من يُمنع منها من يجب منعه.", f"work item {row.id} bars other people than it must")
    holder = told.holders.get(item.id)
    if row.assignee_id != holder and not (row.assignee_id is None and holder in barred):
        yield Text(
            f"المهمة {row.id} عند غير من تقوله الأحداث.", f"work item {row.id} is with somebody else than events say")
    shown = {(role, unit_id): row.assignee_id is not None for role in groups for unit_id in ancestors(row.unit_path)}
    if {place: claimed for place, claimed in seen.items() if not place[0].startswith(TOLD)} != shown:
        yield Text(f"المهمة {row.id} لا تظهر لمن هي له.", f"work item {row.id} is not shown to those whom it is for")


def _wanted(case_id: int, last: bpmn.Outcome) -> dict[tuple[str, int], datetime | None]:
    """Everything that the last move leaves open, by kind and key, with due dates of work."""
    wanted: dict[tuple[str, int], datetime | None] = {
        ("work_item", key_of(case_id, item.id)): item.due for item in last.items
    }
    wanted |= {
        ("timer" if wait.kind == "timer" else "message_wait", key_of(case_id, wait.id)): None for wait in last.waits
    }
    wanted |= {("call_job", key_of(case_id, call.id)): None for call in last.calls}
    return wanted | {("incident", key_of(case_id, one.id)): None for one in last.incidents}
