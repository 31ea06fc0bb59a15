"""A file is read in whatever encoding it is, or refused with a sentence that is true."""

from pathlib import Path

import pytest

from engine.bpmn import BpmnError
from engine.bpmn.importing import convert, in_utf_8
from engine.check import check_sources
from engine.checks.source import Source
from engine.safexml import parse_xml

NAME = "زيارة الأسرة"
TEXT = (
    '<?xml version="1.0" encoding="{}"?>\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    f'targetNamespace="t"><process id="p" name="{NAME}"/></definitions>')


def named(source: bytes) -> str | None:
    """The name of the process after converting."""
    return str(parse_xml(convert(source).source)[0].get("name"))


@pytest.mark.parametrize(("says", "encoding"), [
    ("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("UTF-16", "utf-16"), ("UTF-16", "utf-16-le"), ("UTF-16", "utf-16-be"),
    ("UTF-32", "utf-32"), ("UTF-32", "utf-32-le"), ("UTF-32", "utf-32-be"), ("windows-1256", "cp1256"),
    ("cp1256", "cp1256"), ("ISO-8859-6", "iso8859-6"), ("ASMO-708", "iso8859-6"), ("x-mac-arabic", "mac_arabic"),
    ("macarabic", "mac_arabic"), ("cp720", "cp720"), ("UTF-16", "utf-8"), ("UTF-32LE", "utf-8"),
])
def test_arabic_is_read_in_every_encoding(says: str, encoding: str) -> None:
    source = TEXT.format(says).encode(encoding)
    assert named(source) == NAME
    assert b'encoding="UTF-8"' in in_utf_8(source) and NAME in in_utf_8(source).decode("utf-8-sig")


def test_mac_arabic_is_read_with_the_plain_signs_that_programs_write() -> None:
    plain = {ord(sign): sign.encode("ascii") for sign in '<>="?/ \n.-:'}
    text = TEXT.format("x-mac-arabic")
    source = b"".join(plain.get(ord(letter)) or letter.encode("mac_arabic") for letter in text)
    assert source.startswith(b"<?xml") and named(source) == NAME


def test_a_file_of_a_mainframe_is_read_where_its_code_page_is_known() -> None:
    text = TEXT.format("cp500").replace(NAME, "Visit")
    assert named(text.encode("cp500")) == "Visit"


@pytest.mark.parametrize(("source", "name", "why"), [
    (TEXT.format("IBM420").replace(NAME, "x").encode("cp037"), "IBM420", "not known here"),
    (TEXT.format("x-nope").encode(), "x-nope", "not known here"),
    (TEXT.format("unicode_escape").encode(), "unicode_escape", "not known here"),
    (TEXT.format("hex").encode(), "hex", "cannot be that"),
    (TEXT.format("UTF-16").encode("cp1256"), "UTF-16", "cannot be that"),
    (TEXT.format("us-ascii").encode(), "us-ascii", "cannot be that"),
    (b"\xff\xfe\x00\x00<\x00\x00\x00?", "utf-32", "cannot be that"),
])
def test_what_cannot_be_read_is_refused_by_name(source: bytes, name: str, why: str) -> None:
    with pytest.raises(BpmnError) as refused:
        convert(source)
    assert f"“{name}”" in refused.value.text.en and why in refused.value.text.en
    assert f"«{name}»" in refused.value.text.ar
    assert in_utf_8(source) == source


def test_the_check_says_of_such_a_file_what_is_so() -> None:
    def told(source: bytes) -> set[tuple[str, str]]:
        found = check_sources([Source("p.bpmn", Path("p.bpmn"), "diagram", source)])
        return {(one.rule, one.mend.en) for one in found if one.rule.startswith(("xml", "not-"))}

    for encoding in ("utf-32", "utf-32-le", "utf-32-be"):
        assert {rule for rule, _ in told(TEXT.format("UTF-32").encode(encoding))} == {"xml-encoding"}
    assert told(TEXT.format("UTF-16").encode()) == set()
