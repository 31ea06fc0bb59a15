"""The words of the spreadsheet: headings, kinds of units, roles and yes or no, in Arabic or English, however typed."""

import unicodedata
from collections.abc import Mapping

from engine.powers import GROUPS
from engine.text import Text

UNIT_COLUMNS: Mapping[str, Text] = {
    "code": Text("رمز الوحدة", "Unit code"), "name_ar": Text("الاسم بالعربية", "Name in Arabic"),
    "name_en": Text("الاسم بالإنجليزية", "Name in English"), "kind": Text("نوع الوحدة", "Kind of unit"),
    "parent": Text("رمز الوحدة الأعلى", "Code of the unit above"), "country": Text("رمز البلد", "Country code"),
}  # fmt: skip
PERSON_COLUMNS: Mapping[str, Text] = {
    "login": Text("اسم الدخول", "User name"), "name_ar": Text("الاسم بالعربية", "Name in Arabic"),
    "name_en": Text("الاسم بالإنجليزية", "Name in English"), "role": Text("الدور", "Role"),
    "unit": Text("رمز الوحدة", "Unit code"), "language": Text("لغة الواجهة", "Language"),
    "active": Text("يعمل الآن", "Works here"),
}  # fmt: skip
NEEDED_OF_UNITS = ("code", "name_ar", "kind", "parent")
NEEDED_OF_PEOPLE = ("login", "name_ar", "role", "unit")

UNIT_KINDS: Mapping[str, Text] = {
    "ministry": Text("وزارة", "Ministry"), "directorate": Text("مديرية", "Directorate"),
    "department": Text("دائرة", "Department"), "centre": Text("مركز", "Centre"),
    "institution": Text("مؤسسة رعاية", "Care institution"), "provider": Text("مقدم خدمة", "Provider"),
    "partner": Text("جهة شريكة", "Partner"),
}  # fmt: skip
ROLES = GROUPS - {"public"}
LANGUAGES: Mapping[str, Text] = {"ar": Text("العربية", "Arabic"), "en": Text("الإنجليزية", "English")}
TRUTH: Mapping[str, Text] = {"yes": Text("نعم", "Yes"), "no": Text("لا", "No")}

_SAME_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")


def plain(text: str) -> str:
    """A word for comparing: no marks, no signs between letters, one form of letters that people mix up."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text.casefold()).translate(_SAME_LETTERS))
    return "".join(sign for sign in apart if sign.isalnum())


def index_of(words: Mapping[str, Text]) -> dict[str, str]:
    """Every way to write each of these, to its key."""
    found = {plain(name): key for key, text in words.items() for name in (text.ar, text.en) if name}
    return found | {plain(key): key for key in words}
