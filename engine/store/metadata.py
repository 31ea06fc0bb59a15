"""The ground that all tables stand on: naming convention and the column types that both databases share."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, Row
from sqlalchemy.types import TypeDecorator

from engine.clock import from_micros, to_micros

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit key. SQLite makes it the row id itself only when it is spelled INTEGER."""


AnyRow: TypeAlias = Row[tuple[object, ...]]
Rows: TypeAlias = Sequence[AnyRow]


class Moment(TypeDecorator[datetime]):
    """A moment, kept as whole UTC microseconds; naive datetimes are refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_micros(value)
