"""An installation to measure and to shake: the demo ministry, the shipped content, and cases that visit in a loop."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.clock import Clock, system_clock
from engine.commands.opening import Opening, open_file
from engine.definitions import Source, sources_in
from engine.demo.ministry import seed_ministry
from engine.library import publish
from engine.masar import Masar, open_masar
from engine.queries.accounts import actor_named, hash_of
from engine.settings import Settings
from engine.setup import prepare_installation
from engine.store.accounts import account, session
from engine.store.units import unit
from engine.store.work_items import is_open, work_item

ROOT = Path(__file__).parents[1]
VISITS = Path(__file__).parent / "definitions" / "visits.bpmn"
UNIT, MANAGER, SUPERVISOR = "north-centre", "mona", "samer"
SECRET = "the synchroniser token of every session here"
FAR = timedelta(days=3650)
FORMS_FILLED = {
    # as large as the forms that a case in monitoring carries along
    "reception": {f"field_{n}": "جواب عن سؤال من الاستمارة الأولى" for n in range(30)},
    "assessment": {f"item_{n}": n % 4 for n in range(40)},
    "plan": {"goals": [{"goal": f"هدف {n}", "how": "زيارة كل أسبوع ومتابعة مع المدرسة"} for n in range(4)]},
}


def new_world(settings: Settings, clock: Clock = system_clock) -> Masar:
    """Sets up an empty installation with the ministry, the shipped content and the process `visits`."""
    prepare_installation(settings)
    masar = open_masar(settings, clock)
    sources = [*sources_in(ROOT / "processes", ROOT / "forms"), Source("process", "visits", VISITS.read_bytes())]
    masar.db.run(lambda conn: publish(conn, sources, 0, "bench", clock()))
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    seed_ministry(masar, ROOT / "processes" / "demo", secrets.token_hex(12), lists)
    return masar


def open_session(masar: Masar, login: str) -> str:
    """The token of a fresh session of somebody, which SECRET protects."""
    token, now = secrets.token_urlsafe(32), masar.clock()

    def work(conn: Connection) -> None:
        whose = conn.scalar(select(account.c.id).where(account.c.login == login))
        conn.execute(insert(session).values(
            token_hash=hash_of(token), account_id=whose, csrf=SECRET, created_at=now, seen_at=now,
            expires_at=now + timedelta(hours=12),
        ))  # fmt: skip

    masar.db.run(work)
    return token


def open_visits(masar: Masar, origin: str, wait: timedelta = FAR, manager: str | None = MANAGER) -> int:
    """Opens a case that visits in a loop, with a second opinion and, beside it, a timer that rings for ever;
    returns its id. Without a manager, the work is open to every case manager of the unit."""
    with masar.db.read() as conn:
        place = conn.execute(select(unit.c.id, unit.c.path).where(unit.c.code == UNIT)).one()
        actor = actor_named(conn, SUPERVISOR)
    assert actor is not None
    variables = {
        "unit": UNIT, "case_manager": manager, "risk_level": "medium", "visits": 0, "failed_visits": 0, "ticks": 0,
        "wait": wait,
        "limits": {"followup": timedelta(days=14), "basis": "working"}, "person": {"full_name": "ليلى حسن"},
        **FORMS_FILLED,
    }
    opening = Opening("case", "visits", place.id, place.path, variables, "case_number", "case_opened", origin)
    return open_file(masar, actor, opening).id


def open_item(masar: Masar, case_id: int, element: str = "visit") -> int:
    """The key of the open work item of an element."""
    query = select(work_item.c.id).where(work_item.c.case_id == case_id, work_item.c.element == element, is_open)
    with masar.db.read() as conn:
        found = conn.scalar(query)
    assert found is not None, f"case {case_id} has no open {element}"
    return int(found)


def visit_answers(more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The follow-up visit as a browser sends it, eighteen answers and one repeated row."""
    return {
        "_do": "complete", "happened_at": "2024-11-20T10:30", "visit_place": "home", "announced": "yes",
        "outcome": "met", "seen_persons": "ليلى وأمها، ثم ليلى وحدها نصف ساعة", "seen_alone": "yes",
        "safety_status": "safe", "wellbeing": "w3", "new_incident": "no", "goal_progress.0.gp_goal": "1",
        "goal_progress.0.gp_status": "in_progress", "goal_progress.0.gp_rating": "better", "services_as_planned": "yes",
        "risk_changed": "no", "plan_change_needed": "no", "ready_to_close": "no",
        "conference_needed": "no", "plan_still_fits": "yes", "wishes_for_plan": "تريد ليلى أن يبقى النشاط كما هو",
        "actions_agreed": "تتابع الأم مع المرشدة المدرسية كل أسبوع، وتبقى ليلى في نشاط بعد الظهر",
        "next_visit": "2036-12-04", **(more or {}),
    }
