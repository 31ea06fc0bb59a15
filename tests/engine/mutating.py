"""Good files, damaged at random: bytes, attributes, elements, expressions."""

import random
from collections.abc import Callable
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
ENDINGS = (".bpmn", ".dmn", ".form", ".yaml")
SCRAPS = (
    b"",
    b"\0",
    b"<",
    b"&",
    b"]]>",
    b'"',
    b"=",
    b"${x}",
    b"-1",
    b"9" * 400,
    "\u202e".encode(),
    b"\xff",
    b"null",
    b"../../x",
    b"__import__('os')",
    b"for i in 1..9999999 return i",
    b"<!DOCTYPE x>",
    b"case",
    b"[[[[[[[[",
    b"{",
)
WORDS = ("", "x", "case", "=", "=1 +", "=(" * 200, "${x}", "PT0S", "-P1D", "a,b", "../x", "true", "ا" * 500, "\u202ex")


def good_files() -> list[Path]:
    """The shipped diagrams, decisions, forms, lists and stories."""
    found = [path for folder in ("processes", "forms") for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS]
    return sorted(found)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to four random injuries."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(data, chance)
    return data


def _cut(data: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(data) + 1)
    return data[:begin] + data[begin + chance.choice((1, 10, 200, len(data))) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(SCRAPS) + data[place:]


def _double(data: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(data) + 1)
    piece = data[begin : begin + chance.choice((5, 100, 2_000))]
    place = chance.randrange(len(data) + 1)
    return data[:place] + piece + data[place:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def _element(data: bytes, chance: random.Random) -> bytes:
    """Injures the tree of an XML file, so that it stays well-formed and reaches the rules."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return _flip(data, chance)
    elements = [element for element in root.iter("*") if element.getparent() is not None]
    if not elements:
        return data
    _injure(chance.choice(elements), chance.choice(elements), chance)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _injure(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    kind = chance.randrange(6)
    parent = element.getparent()
    if kind == 0 and parent is not None:
        parent.remove(element)
    elif kind == 1 and element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(WORDS))
    elif kind == 2 and element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]
    elif kind == 3:
        element.text = chance.choice(WORDS)
    elif kind == 4 and other not in list(element.iterancestors()) and other is not element:
        element.append(other)
    elif other.attrib and element.attrib:
        element.set(chance.choice(list(element.attrib)), str(chance.choice(list(other.attrib.values()))))


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _insert,
    _double,
    _flip,
    _element,
    _element,
    _element,
    _element,
    _element,
)
