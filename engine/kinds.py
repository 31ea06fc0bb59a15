"""The kinds of files that the house keeps, and what tells them apart wherever it matters."""

from collections.abc import Mapping
from typing import Literal, get_args

Kind = Literal["case", "report", "complaint", "inspection"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LETTERS: Mapping[str, str] = {"case": "C", "report": "R", "complaint": "Q", "inspection": "I"}
"""How their numbers begin: C-2026-000012."""
PROCESSES: Mapping[str, Kind] = {
    "reporting": "report", "case": "case", "complaint": "complaint", "institution_inspection": "inspection",
}
"""The processes that files of a kind begin with."""
LAST_RESORTS: Mapping[Kind, str] = {
    "case": "duty_supervisor", "report": "duty_supervisor", "complaint": "central_services",
    "inspection": "central_services",
}
"""The role that gets work which nobody else may take; of complaints and inspections never the line of the unit."""
