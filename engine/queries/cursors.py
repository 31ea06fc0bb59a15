"""Cursors of keyset pages: opaque to people, a moment and an id to us."""

from datetime import datetime

from engine.clock import from_micros, to_micros
from engine.errors import NotFound


def cursor_of(moment: datetime, key: int) -> str:
    """The cursor after a row."""
    return f"{to_micros(moment)}-{key}"


def place_from(cursor: str) -> tuple[datetime, int]:
    """Where a cursor points; raises NotFound for what is none."""
    moment, _, key = cursor.rpartition("-")
    try:
        return from_micros(int(moment)), int(key) & ((1 << 63) - 1)
    except (ValueError, OverflowError):
        raise NotFound from None
