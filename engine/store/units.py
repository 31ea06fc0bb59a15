"""Units: the tree of ministry, directorates, departments, centres and providers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from engine.store.metadata import metadata

unit = Table(
    "unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("parent_id", Integer, ForeignKey("unit.id")),
    Column("path", String(255), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("name_ar", String(255), nullable=False),
    Column("name_en", String(255), nullable=False, server_default=""),
    Column("country", String(2), nullable=False, server_default=""),
    Index("ix_unit_parent_id", "parent_id"),
)
"""`path` names all ancestors and the unit itself, ministry first: "/1/4/9/"."""


def ancestors(path: str) -> tuple[int, ...]:
    """The ids in a unit path, ministry first, the unit itself last."""
    return tuple(int(part) for part in path.split("/") if part)
