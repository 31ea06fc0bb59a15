"""Figures for those who watch over an installation: how much waits, how much failed, who works. Nobody's data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from engine.masar import Masar
from engine.store import queue
from engine.store.incidents import incident
from engine.store.jobs import call_job
from engine.store.revision import stamped_revision
from engine.store.work_items import is_open, work_item
from engine.store.worker_passes import worker_pass

MOST_COUNTED = 100_000
"""No figure looks at more rows than this, however much there is."""


ALIVE_WITHIN = timedelta(minutes=3)
"""A worker says once a minute that it is alive."""


@dataclass(frozen=True)
class Figures:
    """One look at the database."""

    open_items: int
    overdue_items: int
    jobs_waiting: int
    jobs_failed: int
    incidents: int
    workers: int
    last_pass: datetime | None
    """when any worker was last alive"""
    due_since: datetime | None
    """the earliest moment that something has been waiting for a worker; None when nothing is due"""
    revision: str


def figures(masar: Masar) -> Figures:
    """The figures now, in six statements of which none looks at more than MOST_COUNTED rows. Raises Unavailable."""
    now = masar.clock()
    items = select(work_item.c.due_at).where(is_open).limit(MOST_COUNTED).subquery()
    jobs = select(call_job.c.next_at).limit(MOST_COUNTED).subquery()
    failures = select(incident.c.id).limit(MOST_COUNTED).subquery()
    late, waiting = case((items.c.due_at < now, 1)), case((jobs.c.next_at.is_not(None), 1))
    with masar.db.read() as conn:
        opened, overdue = conn.execute(select(func.count(), func.count(late)).select_from(items)).one()
        all_jobs, ready = conn.execute(select(func.count(), func.count(waiting)).select_from(jobs)).one()
        incidents = conn.scalar(select(func.count()).select_from(failures)) or 0
        alive = case((worker_pass.c.at > now - ALIVE_WITHIN, 1))
        workers, last = conn.execute(select(func.count(alive), func.max(worker_pass.c.at))).one()
        due = queue.next_due_at(conn)
        revision = stamped_revision(conn) or ""
    due_since = due if due is not None and due <= now else None
    return Figures(opened, overdue, ready, all_jobs - ready, incidents, workers, last, due_since, revision)
