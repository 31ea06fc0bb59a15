"""Who read a case, for whoever may audit it."""

from itertools import groupby

from engine.actor import Actor
from engine.commands.work import as_key
from engine.definitions import Definitions
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.naming import Names, element_name
from engine.queries.replayed import ReadingRow, ReadingsPage
from engine.queries.replaying import audited
from engine.queries.rows import Page
from engine.queries.summaries import summary_of
from engine.store import reads
from engine.text import Text

READINGS = 100
SECTIONS = {
    "case": Text("صفحة الحالة", "The case page"), "timeline": Text("سجل ما جرى", "The timeline"),
    "variables": Text("بيانات الحالة، عن طريق برنامج", "The data of the case, by a program"),
    "replay": Text("عرض السجل خطوة خطوة", "The history, step by step"),
    "verification": Text("التحقق من السجل", "Verification of the record"),
    "readings": Text("سجل القراءات", "The list of readings"),
}


def readings_of(masar: Masar, actor: Actor, case_id: str, after: int = 0) -> ReadingsPage:
    """Readings of a case after a number, oldest first; readings of one part by one person in a row stand as one line.
    Looking is recorded as well. Raises NotFound, NotAllowed."""
    with masar.db.read() as conn:
        case, classes = audited(masar, conn, actor, as_key(case_id))
        found = reads.of_case(conn, case.id, after, READINGS + 1)
        shown = found[:READINGS]
        definitions = masar.library.of(conn, case.bundle_id)
        names = Names(conn, [case.manager_id, *(row.account_id for row in shown)], [case.unit_id])
    rows = []
    for (account_id, section), run in groupby(shown, key=lambda row: (row.account_id, row.section)):
        moments = [row.read_at for row in run]
        who = names.account(account_id) or Text("—", "—")
        rows.append(ReadingRow(who, _section(section, definitions), len(moments), moments[0], moments[-1]))
    now = masar.clock()
    masar.db.run(lambda conn: reads.record(conn, masar.vault, case.id, actor.id, "readings", now))
    summary = summary_of(case, load_facts(case.facts).person, names, "identity" in classes)
    return ReadingsPage(summary, Page(tuple(rows), str(shown[-1].seq) if len(found) > READINGS else None))


def _section(section: str, definitions: Definitions) -> Text:
    """A part of the case in words: a page of ours, else the work item whose form was opened."""
    if section in SECTIONS:
        return SECTIONS[section]
    process = next((p.id for p in definitions.bpmn.processes.values() if section in p.elements), "")
    return element_name(definitions, process, section)
