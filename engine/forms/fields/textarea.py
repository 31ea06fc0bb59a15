"""Several lines of text."""

from typing import ClassVar

from engine.forms.cleaning import clean_lines
from engine.forms.fields.textfield import TextField
from engine.forms.moment import Moment
from engine.forms.views import FieldView


class TextArea(TextField):
    """A box of many lines; lines are kept."""

    kind: ClassVar[str] = "textarea"
    usual_length: ClassVar[int] = 4000

    def clean(self, typed: str) -> str:
        """The text as it will be kept."""
        return clean_lines(typed)

    def bare(self, name: str, moment: Moment) -> FieldView:
        """As high as its length suggests."""
        shown = super().bare(name, moment)
        shown.rows_high = 2 if self.longest <= 500 else 4 if self.longest <= 2000 else 6
        return shown
