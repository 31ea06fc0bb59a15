"""Puts the whole demo together and tells how to sign in."""

import secrets
from collections.abc import Callable
from pathlib import Path

from engine.countries import folders_of
from engine.demo.cases import seed_cases
from engine.demo.ministry import is_empty, seed_ministry
from engine.demo.registers import seed_registers
from engine.errors import MasarError
from engine.masar import Masar
from engine.readiness import unfinished_demo
from engine.scenarios import Stage
from engine.text import Text

NO_CASE_YET = "-"
_BEGUN = Text(
    "توقف إعداد التجربة قبل أولى حالاتها، فهي ليست تجربة. ابدأ في مجلد فارغ (MASAR_HOME) أو قاعدة بيانات فارغة.",
    "Setting up the demo stopped before its first case, so this is no demo. Start in an empty folder (MASAR_HOME) or "
    "an empty database.",
)


def seed_demo(masar: Masar, tell: Callable[[str], None]) -> None:
    """Seeds ministry and cases, or goes on where it stopped. How to sign in is told before the cases are played, which
    takes a moment: whoever interrupts that still knows the password. While a file of the home says that the demo is
    not complete, no start takes it for one. Raises MasarError."""
    settings, note = masar.settings, unfinished_demo(masar.settings)
    with folders_of(settings.processes, settings.forms, settings.country) as folders:
        folder = folders[0] / "demo"
        if is_empty(masar):
            note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            note.write_text(NO_CASE_YET, "utf-8")
            _seed_house(masar, folder, tell)
            note.write_text("0", "utf-8")
        played = note.read_text("utf-8").strip()
        if not played.isdecimal():
            raise MasarError(_BEGUN)
        seed_cases(masar, Stage(*folders), folder, int(played), lambda count: _note(note, count))
        note.unlink()


def _seed_house(masar: Masar, folder: Path, tell: Callable[[str], None]) -> None:
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    lines = "".join(f"    {line}\n" for line in seed_ministry(masar, folder, password, lists))
    tell(f"\n{lines}\n  The password of each: {password}\n")
    seed_registers(masar, folder, lists)


def _note(file: Path, played: int) -> None:
    file.write_text(str(played), "utf-8")
