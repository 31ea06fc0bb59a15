"""A call that tells the coordination body of a need that nobody answers: which service, where, for what age."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.calls.work import Work
from engine.commands.needs import note_gap_of_case
from engine.masar import Masar
from engine.queries.providers import Need


def do_note_service_gap(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Notes a need in the ranked needs of the directory. Done twice, it is one need; `noted` is false where the lists
    do not know the service, so that no words of a form get there."""
    service, governorate, district = (
        str(work.variables.get(name) or "") for name in ("service_type", "governorate", "district")
    )
    age = work.variables.get("age")
    need = Need(service, governorate, district, int(age) if isinstance(age, int | Decimal) else None)
    return {"noted": note_gap_of_case(masar, need, work.unit_path, f"call {work.id}")}
