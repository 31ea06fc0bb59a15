"""Incidents: failures that wait for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, LargeBinary, String, Table, or_, select

from engine.store.cases import case_file
from engine.store.metadata import Id, Moment, Rows, metadata
from engine.store.vault import Vault

incident = Table(
    "incident",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("process", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("fingerprint", Id, nullable=False),
    Index("ix_incident_case_id", "case_id"),
    Index("ix_incident_opened_at_id", "opened_at", "id"),
)
"""Open ones only; that there was one stands in the history. `text` is sealed: it may quote answers."""


@dataclass(frozen=True)
class OpenIncident:
    """An incident as a move left it; `text` is JSON of both languages."""

    id: int
    case_id: int
    process: str
    element: str
    text: bytes
    opened_at: datetime

    def values(self) -> dict[str, object]:
        """The columns that a move decides (the text still open)."""
        return dict(vars(self))


def of_case(conn: Connection, vault: Vault, case_id: int) -> list[OpenIncident]:
    """The open incidents of a case, opened."""
    rows = conn.execute(select(incident).where(incident.c.case_id == case_id).order_by(incident.c.id))
    return [
        OpenIncident(
            row.id,
            row.case_id,
            row.process,
            row.element,
            vault.open(case_id, "text", row.text),
            row.opened_at,
        )
        for row in rows
    ]


def in_units(conn: Connection, paths: Sequence[str], limit: int) -> Rows:
    """The open incidents of all cases in these units and below, the oldest first, their texts not opened; those of
    sealed files are told of elsewhere."""
    here = or_(*(case_file.c.unit_path.startswith(path, autoescape=True) for path in paths))
    query = select(incident).join(case_file, case_file.c.id == incident.c.case_id)
    query = query.where(here, case_file.c.readers.is_(None))
    return conn.execute(query.order_by(incident.c.opened_at, incident.c.id).limit(limit)).all()
