"""The backup of the wrapped case keys: a file of its own, to be kept for a short time only, because a key destroyed
since lives on in it."""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from engine.clock import from_micros, to_micros
from engine.store.archive import BadArchive
from engine.store.keys import KeyStore
from engine.store.vault import Vault
from engine.text import Text

_FIRST_LINE = "masar keys 1"


def write_keys(vault: Vault, path: Path, now: datetime) -> int:
    """Writes every key, still wrapped, readable by the file's owner only; returns how many. The last line is a keyed
    hash of all others."""
    path.touch()
    path.chmod(0o600)
    lines = [f"{_FIRST_LINE} {now.isoformat()}"]
    lines += [json.dumps(row) for row in _rows(vault.keys)]
    content = "\n".join(lines)
    path.write_text(f"{content}\n{vault.mac('keys backup', content.encode()).hex()}\n")
    return len(lines) - 1


def restore_keys(vault: Vault, path: Path) -> int:
    """Puts the keys back into an empty key store; returns how many. Raises BadArchive when the file is not what was
    written under this master key, or there are keys already."""
    content, _, mac = path.read_text(errors="replace").rstrip("\n").rpartition("\n")
    if not content.startswith(_FIRST_LINE) or mac != vault.mac("keys backup", content.encode()).hex():
        raise BadArchive(
            Text(
                "لم يُنشأ ملف المفاتيح هذا بهذا المفتاح الرئيسي أو جرى تعديله.",
                "This file of keys was not made under this master key, or was changed since.",
            )
        )
    vault.keys.create()
    if vault.keys.page(limit=1):
        raise BadArchive(Text("مخزن المفاتيح ليس فارغا.", "The key store is not empty."))
    rows = [_stored(json.loads(line)) for line in content.split("\n")[1:]]
    if rows:
        vault.keys.restore(rows)
    return len(rows)


def _rows(keys: KeyStore) -> Iterator[list[object]]:
    after = -1
    while page := keys.page(after):
        for row in page:
            wrapped = None if row.wrapped is None else base64.b64encode(row.wrapped).decode()
            destroyed = None if row.destroyed_at is None else to_micros(row.destroyed_at)
            yield [row.case_id, wrapped, row.wrapped_by, to_micros(row.created_at), destroyed]
        after = page[-1].case_id


def _stored(row: list[object]) -> dict[str, object]:
    case_id, wrapped, wrapped_by, created, destroyed = row
    return {
        "case_id": case_id,
        "wrapped": base64.b64decode(str(wrapped)) if wrapped else None,
        "wrapped_by": wrapped_by,
        "created_at": from_micros(int(str(created))),
        "destroyed_at": from_micros(int(str(destroyed))) if destroyed else None,
    }
