"""Puts the whole demo together and tells how to sign in."""

import secrets
from collections.abc import Callable

from engine.demo.cases import seed_cases
from engine.demo.ministry import seed_ministry
from engine.demo.registers import seed_registers
from engine.masar import Masar


def seed_demo(masar: Masar, tell: Callable[[str], None]) -> None:
    """Seeds ministry and cases. How to sign in is told before the cases are played, which takes a moment: whoever
    interrupts that still knows the password."""
    folder = masar.settings.processes / "demo"
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    lines = "".join(f"    {line}\n" for line in seed_ministry(masar, folder, password, lists))
    tell(f"\n{lines}\n  The password of each: {password}\n")
    seed_registers(masar, folder, lists)
    seed_cases(masar, folder)
