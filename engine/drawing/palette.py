"""The colours of the roles: light fills, dark lines, in the notation that bpmn-js and Camunda Modeler read."""

from typing import NamedTuple


class Ink(NamedTuple):
    """Colours of a shape."""

    fill: str
    line: str


ROLES = {
    "reception_officer": Ink("#e3f2fd", "#0d4f8b"),
    "hotline_officer": Ink("#e3f2fd", "#0d4f8b"),
    "form_organiser": Ink("#e0f7fa", "#00626e"),
    "case_manager": Ink("#e8f5e9", "#1b5e20"),
    "case_supervisor": Ink("#f3e5f5", "#6a1b9a"),
    "duty_supervisor": Ink("#ffebee", "#a31515"),
    "centre_head": Ink("#fff8e1", "#7a5200"),
    "dept_head": Ink("#fff3e0", "#8a4600"),
    "directorate_director": Ink("#fbe9e7", "#8c2f14"),
    "provider_user": Ink("#f9fbe7", "#5d6300"),
    "stage": Ink("#e0f2f1", "#00564d"),
    "system": Ink("#f5f5f5", "#4a4a4a"),
}
OTHERS = (Ink("#ede7f6", "#4527a0"), Ink("#fce4ec", "#9c1450"), Ink("#efebe9", "#4e342e"), Ink("#e8eaf6", "#283593"))


def ink_of(role: str) -> Ink | None:
    """The colours of a role; roles that we do not know keep theirs from one diagram to the next."""
    if not role:
        return None
    return ROLES.get(role) or OTHERS[sum(role.encode()) % len(OTHERS)]
