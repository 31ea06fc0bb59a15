"""Files in any encoding that Python knows, in UTF-8: by their mark, by how their first letters lie, by what they
declare. What cannot be read so is refused by name."""

import codecs
import re

from engine.bpmn.problems import BpmnError
from engine.text import Text

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"), (codecs.BOM_UTF8, "utf-8-sig"),
)
"""How UTF-32, UTF-16 and UTF-8 begin, with their marks and without."""
HEADS = ("ascii", "cp037", "mac_arabic")
"""How the declaration itself may be written: plainly, on mainframes, and by programs that write Arabic Mac OS."""
ALIASES = {"x-mac-arabic": "mac_arabic", "macarabic": "mac_arabic", "mac-arabic": "mac_arabic",
           "ibm-1256": "cp1256", "asmo-708": "iso8859_6"}
REFUSED = frozenset({"unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined", "utf-7", "mbcs", "oem"})
"""What Python knows and no file is written in."""
WIDE = re.compile(r"(utf|ucs|iso-10646-ucs)[-_]?(16|32|2|4)([-_]?[lb]e)?", re.IGNORECASE)
_DECLARATION = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]*\?>""")
_NAMED = re.compile(r"""(<\?xml[^>]*?encoding\s*=\s*["'])[A-Za-z0-9._-]+""")
LONGEST_HEAD = 400


def in_utf_8(source: bytes) -> bytes:
    """A file in UTF-8, or as it is where that cannot be told: the reader of XML then refuses it."""
    try:
        return decoded(source)
    except BpmnError:
        return source


def decoded(source: bytes) -> bytes:
    """A file in UTF-8, its declaration with it. Raises BpmnError with the name of what cannot be read."""
    marked = next((encoding for begin, encoding in MARKS if source.startswith(begin)), None)
    named = None if marked else _declared(source)
    if marked == "utf-8-sig" or (marked is None and named is None):
        return source
    encoding = marked or _known(str(named))
    try:
        text = source.decode(encoding).removeprefix("\ufeff")
    except (LookupError, ValueError) as error:
        raise _unreadable(str(named or marked)) from error
    return _NAMED.sub(r"\1UTF-8", text, count=1).encode("utf-8", "replace")


def _declared(source: bytes) -> str | None:
    """What the declaration of a file names."""
    for head in HEADS:
        found = _DECLARATION.match(source[:LONGEST_HEAD].decode(head, "replace"))
        if found:
            return found.group(1)
    return None


def _known(named: str) -> str:
    """The encoding of a name. What can be read a byte at a time is no UTF-16, whatever it says of itself."""
    if WIDE.fullmatch(named):
        return "utf-8"
    try:
        found = codecs.lookup(ALIASES.get(named.lower(), named))
    except LookupError as error:
        raise _unknown(named) from error
    if found.name.replace("_", "-") in REFUSED:
        raise _unknown(named)
    return found.name


def _unknown(named: str) -> BpmnError:
    return BpmnError(Text(
        f"يقول الملف إنه بترميز «{named}»، وهو غير معروف هنا. افتحه في البرنامج الذي كتبه واحفظه بترميز UTF-8.",
        f"The file says that it is in “{named}”, which is not known here. Open it in the program that wrote it and "
        "save it as UTF-8."))


def _unreadable(named: str) -> BpmnError:
    return BpmnError(Text(
        f"يقول الملف إنه بترميز «{named}»، وفيه ما ليس من هذا الترميز. احفظه من برنامجه بترميز UTF-8.",
        f"The file says that it is in “{named}”, and holds what cannot be that. Save it as UTF-8 in its program."))
