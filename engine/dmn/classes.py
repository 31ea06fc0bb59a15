"""The inputs of a table, cut into classes of values that no cell and no safe outcome can tell apart."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.dmn import findings_of as say
from engine.dmn.proof_file import ProofFile
from engine.dmn.tables import Input, Table
from engine.feel.env import Env
from engine.feel.limits import Run
from engine.feel.scope import Scope
from engine.feel.values import Value, plain

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
UNEXPECTED = "(unexpected)"


@dataclass(frozen=True)
class Class:
    """Values that are all alike to the table: bits of the rules and safe outcomes that let them pass."""

    example: Value
    rules: int
    always: int


@dataclass(frozen=True)
class Column:
    """One input with its classes."""

    name: str
    classes: tuple[Class, ...]
    problems: tuple[say.Problem, ...]


def columns_of(table: Table, proof: ProofFile) -> list[Column]:
    """The columns of a table, in its order."""
    return [_column(table, index, column, proof) for index, column in enumerate(table.inputs)]


def _column(table: Table, index: int, column: Input, proof: ProofFile) -> Column:
    name = column.text
    cells = [rule.texts[index] for rule in table.rules] + [row.texts.get(name, "") for row in proof.always]
    stated = proof.values.get(name)
    problems = _unknown(name, stated, cells) if isinstance(stated, list) else []
    found: dict[tuple[int, int], Class] = {}
    for value in _candidates(stated, cells, name in proof.closed):
        made = Class(value, _rules(table, index, value), _always(proof, name, value))
        found.setdefault((made.rules, made.always), made)
    return Column(name, tuple(found.values()), tuple(problems))


def _unknown(name: str, stated: list[Any], cells: list[str]) -> list[say.Problem]:
    known = {str(value) for value in stated}
    used = dict.fromkeys(text for cell in cells for text in _TEXT.findall(cell))
    return [say.unknown_value(name, text) for text in used if text not in known]


def _candidates(stated: Any, cells: list[str], closed: bool) -> list[Value]:
    values: list[Value] = [plain(value) for value in stated] if isinstance(stated, list) else []
    texts = dict.fromkeys(text for cell in cells for text in _TEXT.findall(cell))
    numbers = {Decimal(n) for cell in cells for n in _NUMBER.findall(_TEXT.sub("", cell))}
    if stated == "number" or (numbers and stated is None):
        around = {n + step for n in numbers | {Decimal(0)} for step in (-1, Decimal("-0.5"), 0, Decimal("0.5"), 1)}
        values += sorted(around)
    elif not isinstance(stated, list):
        values += [*texts, [], [UNEXPECTED], *([text] for text in texts)]
    return values if closed else [*values, UNEXPECTED, None]


def _rules(table: Table, index: int, value: Value) -> int:
    scope = Scope({"?": value}, None, Run(Env()))
    bits = 0
    for number, rule in enumerate(table.rules):
        test = rule.tests[index]
        if test is None or test(scope) is True:
            bits |= 1 << number
    return bits


def _always(proof: ProofFile, name: str, value: Value) -> int:
    bits = 0
    for number, row in enumerate(proof.always):
        if name not in row.when or row.when[name](value) is True:
            bits |= 1 << number
    return bits
