"""The sentences of the timeline. Events hold facts; the words for them are here and nowhere else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.definitions import Definitions
from engine.queries.naming import Names, listed_words
from engine.text import Text
from engine.words import Months, moment_in_words

LABELS: Mapping[str, Text] = {
    "stage": Text("المرحلة", "Stage"),
    "risk": Text("درجة الخطورة", "Risk level"),
    "manager": Text("مدير الحالة", "Case manager"),
    "unit": Text("الوحدة", "Unit"),
    "status": Text("الوضع", "Status"),
    "alerted": Text("نُبِّه", "Alerted"),
    "said_by": Text("من رد، كما سمّى نفسه", "Who answered, by their own word"),
    "for_whom": Text("أُعطي الرابط لـ", "Link given to"),
}
_STATUS = {
    "open": Text("مفتوحة", "Open"), "closed": Text("مغلقة", "Closed"),
    "incident": Text("متوقفة لخلل", "Stopped by a fault"),
}
_OWNER = Text("من يتولى المهمة", "whoever has the work item")
_WHAT: Mapping[str, tuple[str, str]] = {
    "report_received": ("وصل البلاغ", "The report came in"),
    "complaint_received": ("وصلت الشكوى", "The complaint came in"),
    "inspection_opened": ("فُتحت زيارة التفتيش", "The inspection was opened"),
    "case_opened": ("فُتحت الحالة", "The case was opened"),
    "case_reopened": ("أُعيد فتح الحالة", "The case was opened again"),
    "work_completed": ("أُنجزت: {0}", "Completed: {0}"),
    "work_claimed": ("استُلمت: {0}", "Taken: {0}"),
    "work_released": ("أُعيدت إلى المجموعة: {0}", "Given back to the group: {0}"),
    "work_reassigned": ("أُعيد إسناد: {0}", "Reassigned: {0}"),
    "case_reassigned": ("انتقلت الحالة إلى مدير آخر", "The case went to another manager"),
    "work_left_to_duty": (
        "لا أحد يستطيع تولي «{0}»، فأُحيلت إلى مشرف المناوبة", "Nobody could take “{0}”: it went to the duty supervisor"
    ),
    "work_given_back": (
        "لم يعد من يتولى «{0}» قادراً عليها، فأُعيدت إلى المجموعة",
        "Who had “{0}” can no longer do it: it went back to the group",
    ),
    "file_sealed": ("قُيّد الاطلاع على الملف", "The file was sealed"),
    "seal_change_proposed": ("اقتُرح تغيير في قيد الاطلاع", "A change of the seal was proposed"),
    "seal_readers_named": ("سُمّي من يطلع على الملف المقيد", "Readers of the sealed file were named"),
    "seal_change_refused": ("رُفض تغيير قيد الاطلاع", "A change of the seal was refused"),
    "sealed_file_opened": ("فُتح الملف المقيد للاطلاع", "The sealed file was opened to be read"),
    "file_unsealed": ("رُفع قيد الاطلاع عن الملف", "The file was unsealed"),
    "timer_fired": ("حلّ الموعد: {0}", "The time came: {0}"),
    "timer_failed": ("حلّ الموعد وتعذّر المضي: {0}", "The time came, and the case could not go on: {0}"),
    "move_stopped": ("تعذّر المضي بما أُرسل، ولم يُحفظ منه شيء: {0}", "The case could not go on with what was sent: {0}"),
    "message_received": ("وصلت رسالة: {0}", "A message came in: {0}"),
    "answer_link_made": ("رابط للرد لمرة واحدة: {0}", "A one-time link to answer was made: {0}"),
    "answer_link_ended": ("أُبطل رابط الرد: {0}", "The link to answer was ended: {0}"),
    "signal_received": ("وصلت إشارة من حالة أخرى", "A signal came from another case"),
    "call_finished": ("نُفّذ آلياً: {0}", "Done by the system: {0}"),
    "call_failed": ("تعذّر التنفيذ الآلي: {0}", "Could not be done by the system: {0}"),
    "case_migrated": (
        "انتقلت الحالة إلى إصدار أحدث من الإجراءات", "The case went on under a newer version of the processes"
    ),
    "incident_retried": ("أُعيدت المحاولة", "Tried again"),
    "deadline_extended": ("أُعطي وقت أطول: {0}", "More time given: {0}"),
    "deadline_near": ("اقترب موعد: {0}", "Nearly due: {0}"),
    "deadline_passed": ("تأخرت: {0}", "Overdue: {0}"),
}
_AGAIN: Mapping[str, tuple[str, str]] = {
    "second": ("ما زالت متأخرة، التنبيه الثاني: {0}", "Still overdue, second alert: {0}"),
    "third": ("ما زالت متأخرة، التنبيه الثالث والأخير: {0}", "Still overdue, third and last alert: {0}"),
}
"""By the step of the ladder, so that one line of the history is not like the next."""
SEAL_REASONS = frozenset({
    "seal_change_proposed", "seal_readers_named", "seal_change_refused", "sealed_file_opened", "file_unsealed"})
_RECORDED = ("سُجّل: {0}", "Recorded: {0}")
_TYPED_IN = ("سُجّل نيابة عن الجهة: {0}", "Typed in for the provider: {0}")
_OVER_LIMIT = Text("، فوق حد العبء باعتماد المشرف", ", above the limit, approved by the supervisor")


def what_happened(
    kind: str, element: Text, document: Mapping[str, Any], names: Names, months: Months, by_hand: bool = False
) -> Text:
    """One sentence for an event; `by_hand` says that a person recorded it."""
    ar, en = _RECORDED if by_hand and kind == "message_received" else _WHAT.get(kind, (kind, kind))
    if document.get("typed_in"):
        ar, en = _TYPED_IN
    if kind == "deadline_passed":
        ar, en = _AGAIN.get(str(document.get("step")), (ar, en))
    said = Text(ar.format(element.ar), en.format(element.in_("en")))
    if kind == "case_migrated":
        proposer, approver = (names.account(one) or Text("—") for one in document["by"])
        return Text(f"{said.ar}. الخطة: {proposer.ar}. الموافقة: {approver.ar}",
                    f"{said.en}. Planned by {proposer.in_('en')}, approved by {approver.in_('en')}")
    if kind in ("work_reassigned", "case_reassigned"):
        to = names.account(document.get("to")) or Text("—")
        why, over = document.get("reason", ""), _OVER_LIMIT if document.get("over_limit") else Text("")
        whom = Text(f"{to.ar}{over.ar}", f"{to.in_('en')}{over.en}")
        return Text(f"{said.ar} ← {whom.ar}. السبب: {why}", f"{said.en} → {whom.en}. Reason: {why}")
    if kind in SEAL_REASONS:
        return Text(f"{said.ar}. السبب: {document['reason']}", f"{said.en}. Reason: {document['reason']}")
    if kind == "deadline_extended":
        to, why = moment_in_words(document["to"], months), document.get("reason", "")
        return Text(f"{said.ar} ← {to.ar}. السبب: {why}", f"{said.en} → {to.in_('en')}. Reason: {why}")
    return said


def alerted(document: Mapping[str, Any], definitions: Definitions) -> Text | None:
    """Whom a deadline's event alerted, by their roles; None for events that alert nobody."""
    roles = [_OWNER if r == "owner" else listed_words(definitions, "roles", r) for r in document.get("notify") or ()]
    return Text("، ".join(r.ar for r in roles), ", ".join(r.in_("en") for r in roles)) if roles else None


def words_for(mark: str, value: Any, definitions: Definitions, names: Names) -> Text:
    """A value of a case's head in words."""
    if value is None or value == "":
        return Text("—", "—")
    if mark == "manager":
        return names.account(value) or Text("—", "—")
    if mark == "unit":
        return names.unit(value)
    if mark == "status":
        return _STATUS.get(value, Text(str(value)))
    if isinstance(value, datetime):
        return moment_in_words(value, definitions.lists.months, definitions.zone)
    listed = {"stage": "stages", "risk": "risk_levels"}.get(mark, "")
    return listed_words(definitions, listed, str(value))
