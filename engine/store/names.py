"""Arabic (and Latin) names made comparable: spelling differences that people do not mean are taken away."""

import re
import unicodedata
from collections.abc import Iterator

_VOWEL_SIGNS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_MARKS = re.compile(f"[{_VOWEL_SIGNS}{_INVISIBLE}]")
_LETTERS = str.maketrans("أإآٱىئیؤةکگ", "اااايييوهكك", "ء'’`ʿʾ")
_ALIKE = str.maketrans("طثصضظذزقحخغ", "تتسدددسكههع")
_LONG_VOWELS = str.maketrans("", "", "اوي")
_FIRST_HALVES = {"عبد", "ابو", "ام", "abd", "abu", "umm"}
_LINKS = {"بن", "ابن", "بنت", "ال", "bin", "ibn", "bint", "al", "el"}
_TITLES = {"السيد", "السيده", "الحاج", "الحاجه", "الدكتور", "الاستاذ", "الاستاذه", "mr", "mrs", "ms", "dr"}
MOST_PARTS = 12


def normalise(name: str) -> str:
    """A name without marks, with one spelling for the letters that are often mixed up, single spaces, lower
    case."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_LETTERS).casefold()
    return " ".join(re.findall(r"\w+", plain))


def name_parts(name: str) -> tuple[str, ...]:
    """The parts a name is found by: "عبد الرحمن" is one part, "بن" and titles are none, the article is
    dropped."""
    parts: list[str] = []
    glued = ""
    for word in normalise(name).split():
        if word in _FIRST_HALVES:
            glued += word
            continue
        if word in _LINKS or word in _TITLES:
            continue
        if word.startswith("عبدال"):  # written as one word as often as as two
            glued, word = "عبد", word.removeprefix("عبد")
        parts.append(glued + (word.removeprefix("ال") if glued or len(word) > 4 else word))
        glued = ""
    return tuple(part for part in parts if len(part) > 1)[:MOST_PARTS]


def sound(part: str) -> str:
    """How a part sounds, roughly: long vowels dropped, emphatic and plain consonants alike, no doubled
    letters."""
    alike = part.translate(_ALIKE)
    return re.sub(r"(.)\1+", r"\1", alike[:1] + alike[1:].translate(_LONG_VOWELS))


def misspellings(part: str) -> Iterator[str]:
    """A part with each of its letters left out in turn: two spellings one letter apart share one of these."""
    if len(part) >= 4:
        yield from dict.fromkeys(part[:at] + part[at + 1 :] for at in range(len(part)))


def normalise_number(text: str) -> str:
    """An identity number with Western digits and nothing between them; empty when the text is none."""
    plain = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    plain = re.sub(r"[\s\-/.\u200b-\u200f]", "", plain).upper()
    return plain if re.fullmatch(r"[A-Z]{0,4}\d{3,24}[A-Z]{0,2}", plain) else ""
