"""What a name may be: words of people, and nothing that a spreadsheet, a page or a terminal would take for more."""

import unicodedata

from engine.staff.lines import Line
from engine.text import Text

LONGEST_NAME = 200
_MISSING = Text("الاسم بالعربية ناقص.", "The name in Arabic is missing.")
_LONG = Text("الاسم أطول من ٢٠٠ حرف.", "The name is longer than 200 characters.")
_ODD = Text(
    "في الاسم رموز خفية أو بداية معادلة (= + - @).", "The name holds hidden signs or begins like a formula (= + - @)."
)


def wrong_name(line: Line) -> Text | None:
    """What is wrong with the names of a row; None when nothing is."""
    if not line["name_ar"]:
        return _MISSING
    for name in (line["name_ar"], line["name_en"]):
        if len(name) > LONGEST_NAME:
            return _LONG
        if name.startswith(("=", "+", "-", "@")) or any(unicodedata.category(s) in _HIDDEN for s in name):
            return _ODD
    return None


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
