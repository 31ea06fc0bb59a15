"""The XML of a decision model, whatever the version of DMN: elements are told by their local names."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from engine.dmn.problems import DmnError
from engine.safexml import UnsafeXml, parse_xml
from engine.text import Text

Element = etree._Element
MODELS = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
MASAR = "urn:masar:dmn"
"""The namespace of our own attributes: English names and notes."""


def document(source: bytes) -> Element:
    """The root of a decision model; DmnError for what is none, or is not safe to read."""
    try:
        root = parse_xml(source)
    except UnsafeXml as error:
        raise DmnError(error.text) from error
    namespace = etree.QName(root).namespace or ""
    if local(root) != "definitions" or namespace not in MODELS:
        raise DmnError(Text(
            "ليس هذا ملف قرارات DMN من الإصدارات 1.1 إلى 1.5.", "This is no DMN file of the versions 1.1 to 1.5."))
    return root


def content(source: Path | str | bytes) -> bytes:
    """The bytes of a file, or the bytes given."""
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise DmnError(Text("تعذرت قراءة ملف القرارات.", "The decision file cannot be read.")) from error


def same_file(one: Element, other: Element) -> bool:
    """Whether two roots say the same."""
    return one is other or etree.tostring(one, method="c14n") == etree.tostring(other, method="c14n")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, in the model's own namespace."""
    namespace = etree.QName(element).namespace
    for child in element:
        if isinstance(child.tag, str) and local(child) in names and etree.QName(child).namespace == namespace:
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first child of these names."""
    return next(children(element, *names), None)


def text_of(element: Element | None) -> str:
    """The FEEL text inside an element's `text` child; "" if there is none."""
    inner = child(element, "text") if element is not None else None
    return (inner.text or "").strip() if inner is not None else ""


def words_of(element: Element, name: str) -> str:
    """The text of a child such as `description`; "" if there is none."""
    inner = child(element, name)
    return (inner.text or "").strip() if inner is not None else ""


def type_ref(element: Element | None) -> str:
    """The type an element names, as attribute or (in item definitions) as child, without its prefix."""
    if element is None:
        return ""
    inner = child(element, "typeRef")
    name = element.get("typeRef") or (inner.text if inner is not None else "") or ""
    return name.strip()


def english(element: Element) -> str:
    """The English name or note of an element."""
    return element.get(f"{{{MASAR}}}name_en", "")


def nearest_id(element: Element) -> str:
    """The id of the element, or of the nearest one around it that has one."""
    at: Element | None = element
    while at is not None:
        found = at.get("id")
        if found:
            return found
        at = at.getparent()
    return ""
