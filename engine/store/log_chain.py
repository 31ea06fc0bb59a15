"""An append-only log of the installation as one chain by HMAC, so that nothing can be taken out of it unseen."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select

from engine.clock import to_micros
from engine.store.vault import Vault
from engine.text import Text

PAGE = 1000


@dataclass(frozen=True)
class LogChain:
    """A table with `seq`, `at` and `mac`. `purpose` names the chain's key; `plain` are the columns in the order in
    which the chain runs over them, `seq` first; `called` is the log in words."""

    table: Table
    purpose: str
    plain: tuple[str, ...]
    called: Text

    def append(self, conn: Connection, vault: Vault, values: Mapping[str, object], now: datetime) -> None:
        """Writes down one act. Two statements; two at a time are retried by `Database.run`."""
        columns = self.table.c
        last = conn.execute(select(columns.seq, columns.mac).order_by(columns.seq.desc()).limit(1)).first()
        seq, before = (last.seq + 1, last.mac) if last else (1, b"")
        row = {"seq": seq, **values}
        mac = self._mac(vault, before, tuple(row[name] for name in self.plain), now)
        conn.execute(insert(self.table).values({**row, "at": now, "mac": mac}))

    def verify(self, conn: Connection, vault: Vault) -> list[Text]:
        """What is wrong with the chain; empty when nothing is."""
        seq, before, column = 0, b"", self.table.c.seq
        while page := conn.execute(select(self.table).where(column > seq).order_by(column).limit(PAGE)).all():
            for row in page:
                expected = self._mac(vault, before, tuple(getattr(row, name) for name in self.plain), row.at)
                if row.seq != seq + 1 or not hmac.compare_digest(expected, row.mac):
                    return [Text(
                        f"القيد {seq + 1} في {self.called.ar} ليس كما سُجّل.",
                        f"{self.called.en}: entry {seq + 1} is not what was recorded",
                    )]  # fmt: skip
                seq, before = row.seq, row.mac
        return []

    def _mac(self, vault: Vault, before: bytes, values: tuple[object, ...], at: datetime) -> bytes:
        return vault.mac(self.purpose, before + repr((*values, to_micros(at))).encode())
