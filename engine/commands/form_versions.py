"""Answers fit the form that was read: where the case has gone on under another version of it, they are refused, and it
is said what changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.bindings import MIGRATED
from engine.commands.answers import Sent
from engine.commands.standing import Standing
from engine.errors import Conflict
from engine.forms import Document, Form
from engine.history import document_of
from engine.masar import Masar
from engine.store import events
from engine.text import Text

MOST_NAMED = 5
LATER = Text(
    "انتقلت الحالة إلى إصدار أحدث من هذا النموذج منذ فتحته. افتح المهمة من جديد وانقل إليها ما كتبت.",
    "The case went on under a newer version of this form since you opened it. Open the work item again and carry "
    "over what you wrote.",
)


class OtherForm(Conflict):
    """The form is another one than what was read: `form_sha256` is that of the one to be answered now."""

    def __init__(self, text: Text, when: datetime | None, form_sha256: str) -> None:
        super().__init__(text, None, when)
        self.form_sha256 = form_sha256


def demand_form(
    masar: Masar, conn: Connection, standing: Standing, row: Any, raw: Sent, seen: str
) -> None:
    """Raises OtherForm for what was made for another version of the form of a work item or wait than its case has now.

    `seen` is the hash of the version that was read. Pages always say it; of a program that does not, answers are only
    taken where the form did not change while it was open."""
    if not row.form or (not seen and not isinstance(raw, Document)):
        return
    now = standing.definitions.form(row.form)
    if seen == now.sha256:
        return
    for event in events.newest_of(conn, masar.vault, row.case_id, (MIGRATED,)):
        before = _form_before(masar, conn, event, row.form)
        if before is not None and before.sha256 != now.sha256 and seen in ("", before.sha256):
            if seen or event.recorded_at > row.since:
                raise OtherForm(_told(before, now), event.recorded_at, now.sha256)
            return
    if seen:
        raise OtherForm(LATER, None, now.sha256)


def _form_before(masar: Masar, conn: Connection, event: Any, key: str) -> Form | None:
    bundle = document_of(event.payload).get("old", {}).get("bundle")
    return masar.library.of(conn, int(bundle)).forms.get(key) if bundle else None


def _told(before: Form, now: Form) -> Text:
    """What changed, by the labels of the questions."""
    old, new = _questions(before), _questions(now)
    gone = [old[path] for path in old if path not in new]
    come = [new[path] for path in new if path not in old]
    other = [new[path] for path in new if path in old and new[path] != old[path]]
    parts = [_part(words, found) for words, found in (
        (Text("أسئلة جديدة", "New questions"), come), (Text("أسئلة لم تعد فيه", "Questions that are gone"), gone),
        (Text("أسئلة تغيّر نصها", "Questions in other words"), other)) if found]  # fmt: skip
    return Text(" ".join([LATER.ar, *(one.ar for one in parts)]), " ".join([LATER.en, *(one.en for one in parts)]))


def _questions(form: Form) -> dict[str, Text]:
    return {one.field.path: one.field.label for one in form.scope.placed if one.field.path and one.field.label.ar}


def _part(words: Text, found: list[Text]) -> Text:
    more = "…" if len(found) > MOST_NAMED else ""
    ar, en = (
        "، ".join(f"«{one.ar}»" for one in found[:MOST_NAMED]),
        ", ".join(f"“{one.in_('en')}”" for one in found[:MOST_NAMED]))
    return Text(f"{words.ar}: {ar}{more}.", f"{words.en}: {en}{more}.")
