"""Hostile and broken files: what may be sent by mistake or on purpose. Each says in a sentence what it tries.

All must end in findings that forbid publishing; those that are `sound` are stopped when they run."""

from tests.engine.hostile import expressions, flows, forms, markup, tables
from tests.engine.hostile.case import Case

CASES: tuple[Case, ...] = tuple(
    case for module in (markup, expressions, flows, tables, forms) for case in module.all_cases()
)
BY_FILE: dict[str, Case] = {case.file: case for case in CASES}
FILES: tuple[str, ...] = tuple(BY_FILE)
