"""A Hijri date as it stands in a document (textfield with widget=hijri): three boxes, kept as 1448-06-12."""

from typing import Any, ClassVar

from marshmallow import fields

from engine.forms import messages
from engine.forms.cleaning import Raw, clean_line, western
from engine.forms.fields.base import Question, wrong
from engine.forms.fields.parts import day_boxes, gather_day
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text

_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)


class HijriDay(fields.Field[str]):
    """Understands day, month and year of the Hijri calendar; no conversion, since sightings differ by a day."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        parts = [western(clean_line(part)) for part in value]
        if not all(parts):
            raise wrong(messages.DATE_PART)
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            raise wrong(messages.HIJRI)
        day, month, year = (int(part) for part in parts)
        if not (1 <= day <= 30 and 1 <= month <= 12 and 1200 <= year <= 1600):
            raise wrong(messages.HIJRI)
        return f"{year:04}-{month:02}-{day:02}"


class Hijri(Question):
    """A Hijri date."""

    kind: ClassVar[str] = "hijri"

    def gather(self, raw: Raw, name: str) -> tuple[str, str, str] | None:
        """Day, month and year as typed."""
        return gather_day(raw, name)

    def schema_field(self) -> fields.Field[str]:
        """Year, month and day as a text."""
        return HijriDay()

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """Three boxes."""
        shown = self.bare(name, moment)
        shown.parts = day_boxes(raw, name, moment.locale)
        return shown

    def words(self, value: Any, _lists: Lists) -> Text:
        """«12 جمادى الآخرة 1448 هـ»."""
        parts = str(value).split("-")
        if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
            return Text(str(value), str(value))
        year, month, day = (int(part) for part in parts)
        return Text(f"{day} {_MONTHS[month - 1]} {year} هـ", f"{day}/{month}/{year} AH")
