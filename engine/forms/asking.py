"""What a form reads of the case: the variables in its formulas and decisions that are no questions of its own."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.actor import CURRENT_USER
from engine.forms.fields import Computed
from engine.forms.form import Form
from engine.forms.wiring import everything, formulas
from engine.powers import TYPED_IN

GIVEN = frozenset({CURRENT_USER, TYPED_IN, "facts"})
"""What a form knows beyond its answers and the variables of the case."""
_MISSING = re.compile(r"(?<![\w.])(\w+)\s*!?=\s*null\b")
"""A formula that asks whether a variable is there at all."""


class Reading(NamedTuple):
    """A question of a form whose formulas read variables of the case; `sources` are the formulas as written, `spared`
    the names that the form can do without: it fills a box with them, or asks itself whether they are there."""

    field: str
    names: frozenset[str]
    spared: frozenset[str]
    sources: tuple[str, ...]


def held(form: Form) -> frozenset[str]:
    """The names on the first level of its answers."""
    return frozenset(field.path.split(".")[0] for field in everything(form.scope) if field.path)


def asked_of_case(form: Form, decisions: Mapping[str, frozenset[str]]) -> Iterator[Reading]:
    """Each field that reads the case. A question hides a variable of the same name from everything but what it is
    filled with at first."""
    own = GIVEN | {field.path.split(".")[0] for field in everything(form.scope)}
    all_of_them = [formula.source for field in everything(form.scope) for formula in formulas(field)]
    asked_for = frozenset(name for source in all_of_them for name in _MISSING.findall(source))
    for field in everything(form.scope):
        asked = [formula.names - own for formula in formulas(field) if formula is not field.prefill]
        if isinstance(field, Computed) and field.decision:
            asked.append(decisions.get(field.decision, frozenset()) - own)
        sources = tuple(formula.source for formula in formulas(field))
        needed = frozenset[str]().union(*asked) - asked_for
        filled = field.prefill.names - GIVEN if field.prefill else frozenset[str]()
        spared = (frozenset[str]().union(*asked) & asked_for) | (filled - needed)
        if needed or spared:
            yield Reading(field.path or field.component.id, needed, spared, sources)
