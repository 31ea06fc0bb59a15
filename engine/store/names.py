"""Arabic (and Latin) names made comparable: spelling differences that people do not mean are taken away."""

import re
import unicodedata
from collections.abc import Iterator

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "گ": "ك",
        "ء": "", "'": "", "’": "", "`": "", "ʿ": "", "ʾ": "",
    }
)
_SOUNDS = str.maketrans(
    {
        "ط": "ت", "ث": "ت", "ص": "س", "ض": "د", "ظ": "د", "ذ": "د", "ز": "س", "ق": "ك", "ح": "ه", "خ": "ه", "غ": "ع",
        "ا": "", "و": "", "ي": "",
    }
)
_GLUED = {"عبد": 1, "ابو": 1, "ام": 1, "ابن": 1, "بن": 0, "بنت": 0, "ال": 1, "abd": 1, "abu": 1, "umm": 1, "al": 1, "el": 1}
_TITLES = {"السيد", "السيده", "الحاج", "الحاجه", "الدكتور", "الاستاذ", "الاستاذه", "mr", "mrs", "ms", "dr"}
MOST_PARTS = 12


def normalise(name: str) -> str:
    """A name without marks, with one spelling for the letters that are often mixed up, single spaces, lower case."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_LETTERS).casefold()
    return " ".join(re.findall(r"\w+", plain))


def name_parts(name: str) -> tuple[str, ...]:
    """The parts a name is found by: "عبد الرحمن" is one part, "بن" and titles are none, the article is dropped."""
    parts: list[str] = []
    glued = ""
    for word in normalise(name).split():
        if word in _GLUED or word in _TITLES:
            glued += word if _GLUED.get(word) else ""
            continue
        bare = word.removeprefix("ال") if len(word) > 4 else word
        parts.append(_shortened(glued) + bare)
        glued = ""
    return tuple(part for part in parts if len(part) > 1)[:MOST_PARTS]


def sound(part: str) -> str:
    """How a part sounds, roughly: long vowels dropped, emphatic and plain consonants alike, no doubled letters."""
    rough = part[:1] + part[1:].translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", rough[:1].translate(str.maketrans("طثصضظذزقحخغ", "تتسدددسكههع")) + rough[1:])


def misspellings(part: str) -> Iterator[str]:
    """A part with each of its letters left out in turn: two spellings one letter apart share one of these."""
    if len(part) >= 4:
        yield from dict.fromkeys(part[:at] + part[at + 1 :] for at in range(len(part)))


def normalise_number(text: str) -> str:
    """An identity number with Western digits and nothing between them; empty when the text is none."""
    plain = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    plain = re.sub(r"[\s\-/.\u200b-\u200f]", "", plain).upper()
    return plain if re.fullmatch(r"[A-Z]{0,4}\d{3,24}[A-Z]{0,2}", plain) else ""


def _shortened(glued: str) -> str:
    """The article of a compound name is spelled or left out at will: "عبدالله", "عبد الله"."""
    return glued.removesuffix("ال") if len(glued) > 2 else ("" if glued in ("ال", "al", "el") else glued)
