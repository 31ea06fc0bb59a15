"""XML from outside, which anybody may have written, read without running or fetching anything."""

import re

from lxml import etree

from engine.errors import MasarError
from engine.text import Text

MAX_BYTES = 4_000_000
MAX_DEPTH = 100
MAX_ELEMENTS = 20_000
ATTRIBUTES_PER_ELEMENT = 8
CHUNK = 65_536

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_WIDER = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"<\x00\x00\x00", b"\x00\x00\x00<")
"""How UTF-32 begins."""
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class UnsafeXml(MasarError):
    """A file that is not XML, or not XML that we read: `rule` names what it breaks, `line` where."""

    def __init__(self, text: Text, rule: str = "not-xml", line: int | None = None) -> None:
        super().__init__(text)
        self.rule, self.line = rule, line


def parse_xml(
    source: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    max_elements: int = MAX_ELEMENTS,
) -> etree._Element:
    """The root element of `source`. Raises UnsafeXml for anything else than small, flat, plain XML in UTF-8
    or UTF-16: document types (hence entities) are refused before a parser sees them, nothing is ever fetched.
    Comments and processing instructions are dropped."""
    if len(source) > max_bytes:
        raise UnsafeXml(_too_large(max_bytes), "xml-too-large")
    text = _decoded(source)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnsafeXml(Text(
            "يحوي الملف تعريف DOCTYPE أو ENTITY، وهو ممنوع لأنه قد يضخّم الملف أو يقرأ ملفات أخرى.",
            "The file holds a DOCTYPE or ENTITY, which is refused: it can swell, or read other files.",
        ), "xml-entities")
    if text.count("=") > ATTRIBUTES_PER_ELEMENT * max_elements or text.count("<") > 3 * max_elements:
        raise UnsafeXml(_too_many(max_elements), "xml-too-large")
    declaration = _DECLARATION.match(text)
    if declaration:  # it may name UTF-16, but what we feed is UTF-8; line numbers stay as they are
        text = "\n" * declaration.group().count("\n") + text[declaration.end():]
    return _fed(text.encode("utf-8"), max_depth, max_elements)


def _decoded(source: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if source.startswith(mark)), None)
    declared = _DECLARED_ENCODING.match(source.lstrip()) if encoding is None else None
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if source.startswith(_WIDER):
        name = "utf-32"
    elif name == "utf-16":  # its declaration was read a byte at a time: whatever it says, it is not that
        name = "utf-8"
    if name not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        raise UnsafeXml(Text(
            f"ترميز الملف «{name}» غير مقبول. احفظه بترميز UTF-8.",
            f"The file's encoding “{name}” is not accepted. Save it as UTF-8.",
        ), "xml-encoding")
    try:
        return source.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnsafeXml(Text(
            "ليس الملف نصاً بترميز UTF-8. احفظه بترميز UTF-8 أو صدّره من المحرر مرة أخرى.",
            "The file is not text in UTF-8. Save it as UTF-8, or export it from the editor again.",
        ), "xml-encoding") from error


def _fed(body: bytes, max_depth: int, max_elements: int) -> etree._Element:
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )
    depth = elements = 0
    try:
        for offset in range(0, len(body), CHUNK):
            parser.feed(body[offset:offset + CHUNK])
            for event, _ in parser.read_events():
                depth += 1 if event == "start" else -1
                elements += event == "start"
                if depth > max_depth:
                    raise UnsafeXml(_too_deep(max_depth), "xml-too-deep")
            if elements > max_elements:
                raise UnsafeXml(_too_many(max_elements), "xml-too-large")
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise _not_xml(error, depth, max_depth) from error


def _not_xml(error: etree.XMLSyntaxError, depth: int, max_depth: int) -> UnsafeXml:
    if "depth" in str(error).lower() or depth > max_depth:
        return UnsafeXml(_too_deep(max_depth), "xml-too-deep")
    line = error.lineno or None
    return UnsafeXml(Text(
        f"ليس الملف بصيغة XML سليمة (السطر {line or 1}). صدّره من المحرر مرة أخرى.",
        f"The file is not well-formed XML (line {line or 1}). Export it from the editor again.",
    ), "not-xml", line)


def _too_large(max_bytes: int) -> Text:
    megabytes = max_bytes / 1_000_000
    return Text(
        f"الملف أكبر من الحد المسموح ({megabytes:g} ميغابايت).",
        f"The file is larger than allowed ({megabytes:g} MB).",
    )


def _too_many(max_elements: int) -> Text:
    return Text(
        f"في الملف عناصر أكثر من الحد المسموح ({max_elements}). قسّمه إلى ملفات أصغر.",
        f"The file holds more elements than allowed ({max_elements}). Split it into smaller files.",
    )


def _too_deep(max_depth: int) -> Text:
    return Text(
        f"عناصر الملف متداخلة أكثر من {max_depth} مستوى.",
        f"The file's elements are nested more than {max_depth} levels deep.",
    )
