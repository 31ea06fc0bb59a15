"""Puts the whole demo together and tells how to sign in."""

import secrets

from engine.demo.cases import seed_cases
from engine.demo.ministry import seed_ministry
from engine.masar import Masar


def seed_demo(masar: Masar) -> str:
    """Seeds ministry and cases; returns the sign-in lines for the person who started it."""
    folder = masar.settings.processes / "demo"
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    people = seed_ministry(masar, folder, password, lists)
    seed_cases(masar, folder)
    lines = "".join(f"    {line}\n" for line in people)
    return f"\n{lines}\n  The password of each: {password}\n"
