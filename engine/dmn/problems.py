"""What can be wrong with a decision model, in Arabic and English."""

from engine.errors import MasarError
from engine.text import Text


class DmnError(MasarError):
    """A decision model that cannot be used; `element` is the id of the element at fault ("" for the whole file)."""

    def __init__(self, text: Text, element: str = "") -> None:
        super().__init__(text)
        self.element = element


def in_a_circle(element: str) -> DmnError:
    """Decisions that require each other, so that none can be made first."""
    return DmnError(Text("قرارات يتوقف بعضها على بعض في حلقة.", "Decisions wait for each other in a circle."), element)


def no_such_decision(name: str) -> DmnError:
    """The model has no decision of this id or name."""
    return DmnError(Text(f"لا يوجد في الملف قرار باسم «{name}».", f"The file has no decision called {name!r}."), name)


def nowhere(element: str, wanted: str) -> DmnError:
    """A part requires something that the model does not have."""
    return DmnError(Text(f"العنصر يشير إلى «{wanted}» وليس في النموذج.",
                         f"The element refers to {wanted!r}, which the model does not have."), element)


def twice(element: str) -> DmnError:
    """Two parts have the same id."""
    return DmnError(Text(f"المعرّف «{element}» لعنصرين.", f"Two elements have the id {element!r}."), element)
