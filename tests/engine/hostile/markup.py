"""XML that attacks whoever reads it: entities, fetching, encodings, sizes, disguises."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.engine.hostile.case import Case, cases
from tests.engine.lint.drawing import HEAD, end, process, start, user

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
Found = dict[str, tuple[str, Callable[[], bytes] | bytes]]


def inside(body: str) -> bytes:
    """Some XML inside a process."""
    return f'{HEAD}<bpmn:process id="p" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'.encode()


def zipped(data: bytes) -> bytes:
    """A ZIP archive with one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../stage.bpmn", data)
    return made.getvalue()


def small() -> bytes:
    """A good little diagram."""
    return process(start(), user(), end(), "begins>review", "review>over")


def big_attributes() -> bytes:
    return ("<x " + " ".join(f"a{i}=''" for i in range(100_000)) + "/>").encode()


ENTITIES: Found = {
    "billion_laughs": (
        "entities that unfold to gigabytes",
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'.encode(),
    ),
    "laughs_in_an_attribute": (
        "the same inside an attribute",
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x y="&l9;"/>'.encode(),
    ),
    "quadratic_entity": (
        "one long entity, used ten thousand times",
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 10_000}</x>'.encode(),
    ),
    "external_entity": (
        "reads a file of the server into the diagram",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    ),
    "external_dtd": (
        "fetches a document type from the network",
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd"><x/>',
    ),
    "parameter_entity": (
        "reads a file through a parameter entity",
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><x/>',
    ),
    "doctype_in_utf16": (
        "hides a document type from a search for its bytes",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode("utf-16"),
    ),
    "entity_in_a_comment_of_a_doctype": (
        "opens a document type twice",
        b'<!DOCTYPE x [<!-- ]> --><!ENTITY e "x">]><x>&e;</x>',
    ),
    "lower_case_doctype": ("hopes that only capitals are searched for", b'<!doctype x [<!entity e "x">]><x>&e;</x>'),
    "undefined_entity": ("names an entity nobody defined", inside("&nbsp;")),
    "xinclude": (
        "includes a file of the server",
        inside('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
    ),
    "schema_location": (
        "has a schema fetched from the network",
        inside("").replace(
            b"<bpmn:definitions",
            b'<bpmn:definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            b'xsi:schemaLocation="urn:x http://127.0.0.1:9/x.xsd" xsi:noNamespaceSchemaLocation="file:///etc/passwd"',
            1,
        ),
    ),
    "stylesheet": (
        "has a stylesheet fetched",
        lambda: b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>' + inside(""),
    ),
    "processing_instructions": (
        "gives orders to other programs",
        lambda: inside('<?php system("id"); ?><?python __import__("os").system("id") ?>' * 500),
    ),
    "import_of_a_url": (
        "has another model imported from the network",
        lambda: inside("").replace(
            b"<bpmn:process",
            b'<bpmn:import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" '
            b'location="http://127.0.0.1:9/x.bpmn" namespace="urn:x"/><bpmn:process',
            1,
        ),
    ),
}
SIZES: Found = {
    "five_thousand_levels": ("nests deeper than a parser's stack", lambda: b"<a>" * 5_000 + b"</a>" * 5_000),
    "two_million_open_elements": ("opens elements and closes none", lambda: b"<a>" * 1_300_000),
    "fifty_thousand_elements": ("as many elements as fit", lambda: inside("<bpmn:task/>" * 50_000)),
    "hundred_thousand_attributes": ("an element of a hundred thousand attributes", big_attributes),
    "thousand_namespaces": (
        "declares a namespace on every element",
        lambda: inside("".join(f'<n{i}:x xmlns:n{i}="urn:{i}"/>' for i in range(10_000))),
    ),
    "megabyte_attribute": (
        "an attribute of three megabytes",
        lambda: inside(f'<bpmn:task id="t" name="{"a" * 3_000_000}"/>'),
    ),
    "three_megabytes_of_text": (
        "text as long as a file may be",
        lambda: inside(f"<bpmn:documentation>{'ا' * 1_500_000}</bpmn:documentation>"),
    ),
    "five_megabytes": (
        "a file larger than any may be",
        lambda: inside(f"<bpmn:documentation>{'a' * 5_000_000}</bpmn:documentation>"),
    ),
    "comment_of_megabytes": ("a comment as long as a file may be", lambda: inside(f"<!--{'- ' * 1_500_000}-->")),
    "gzip_of_zeros": ("a gigabyte, packed", lambda: gzip.compress(b"\0" * 50_000_000)),
    "zip_with_a_path": ("an archive that wants to be unpacked elsewhere", lambda: zipped(b"\0" * 10_000_000)),
}
ENCODINGS: Found = {
    "empty": ("nothing at all", b""),
    "binary": ("bytes that are no text", lambda: random.Random(1).randbytes(20_000)),
    "nul": ("nothing but NUL", b"\0" * 1_000),
    "nul_inside": ("ends the text early for readers in C", lambda: small().replace(b"review", b"rev\0iew", 1)),
    "prose": ("words instead of a diagram", "هذا ليس مخططاً".encode()),
    "cut_off": ("a file whose end was lost", lambda: small()[:400]),
    "cut_in_a_letter": ("a file cut in the middle of a letter", lambda: small()[: small().index("مرحلة".encode()) + 1]),
    "windows_1256": (
        "an older Arabic encoding",
        '<?xml version="1.0" encoding="windows-1256"?><x y="مهمة"/>'.encode("windows-1256"),
    ),
    "ebcdic": ("an encoding of mainframes", lambda: ('<?xml version="1.0" encoding="cp500"?><x/>').encode("cp500")),
    "utf_7": (
        "hides markup in an encoding of letters only",
        b'<?xml version="1.0" encoding="utf-7"?>+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
    ),
    "utf_32": ("four bytes a letter", "<x/>".encode("utf-32")),
    "claims_utf16_is_utf8": (
        "says another encoding than it has",
        lambda: b'<?xml version="1.0" encoding="utf-16"?>' + small(),
    ),
    "two_byte_order_marks": ("marks its encoding twice, differently", lambda: b"\xef\xbb\xbf\xff\xfe" + small()),
    "byte_order_mark_of_another": ("is marked UTF-16 and is UTF-8", lambda: b"\xff\xfe" + small()),
    "lone_surrogate": ("half of a letter", b"<x>\xed\xa0\x80</x>"),
    "overlong_utf8": ("a slash, spelled in two bytes", lambda: small().replace(b"review", b"..\xc0\xafreview", 1)),
    "control_reference": ("NUL as a reference", inside('<bpmn:task id="t" name="&#0;"/>')),
    "html_page": ("a page with a script", b"<!doctype html><html><script>alert(1)</script></html>"),
    "svg": ("a picture with a script", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "json": ("a form under the name of a diagram", b'{"type": "default"}'),
    "wrong_namespace": (
        "looks like a diagram",
        b'<definitions xmlns="urn:x"><process id="p" isExecutable="true"/></definitions>',
    ),
}


def all_cases() -> Iterator[Case]:
    """All of them."""
    for found in (ENTITIES, SIZES, ENCODINGS):
        yield from cases("bpmn", found)
