"""Forms and lists that are large, deep, or speak to the browser or to Python."""

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.engine.hostile.case import Case, cases
from tests.engine.hostile.markup import Found


def form(*components: dict[str, Any], **more: Any) -> bytes:
    """A form of some components."""
    whole = {"id": "x", "type": "default", "components": list(components), "schemaVersion": 16, **more}
    return json.dumps(whole).encode()


def text(key: str = "k", **more: Any) -> dict[str, Any]:
    """A field for a line of text."""
    own = {"label_en": "Field", "sensitivity": "ordinary"} | more.pop("properties", {})
    return {"type": "textfield", "key": key, "id": f"id_{key}", "label": "حقل", "properties": own, **more}


def groups(levels: int) -> bytes:
    """Groups within groups."""
    inner = b'[{"type":"group","components":' * levels + b"[]" + b"}]" * levels
    return b'{"id":"x","type":"default","components":' + inner + b"}"


def rows(levels: int) -> bytes:
    """Rows that repeat within rows that repeat."""
    inner: list[dict[str, Any]] = [text()]
    for level in range(levels):
        inner = [
            {
                "type": "dynamiclist",
                "path": f"p{level}",
                "label": "صفوف",
                "components": inner,
                "defaultRepetitions": 1_000_000,
            }
        ]
    return form(*inner)


FORMS: Found = {
    "empty_form": ("nothing at all", b""),
    "deep_json": ("a hundred thousand brackets", b"[" * 100_000),
    "deep_groups": ("groups a thousand deep", lambda: groups(1_000)),
    "rows_in_rows": ("rows that repeat within rows, twenty deep, a million each", lambda: rows(20)),
    "huge_number": (
        "a number of a hundred thousand digits",
        b'{"components": [], "schemaVersion": ' + b"9" * 100_000 + b"}",
    ),
    "not_a_number": (
        "numbers that JSON does not have",
        b'{"id":"x","components":[NaN,Infinity],"schemaVersion":-Infinity}',
    ),
    "not_utf8": ("bytes that are no text", b'{"id": "\xff"}'),
    "a_list": ("a list instead of a form", b"[1, 2, 3]"),
    "components_of_numbers": (
        "components that are none",
        b'{"id": "x", "type": "default", "components": [1, null, "a", [[]]]}',
    ),
    "components_of_text": ("components that are a text", b'{"id": "x", "type": "default", "components": "abc"}'),
    "html_component": ("a script in a component", form({"type": "html", "content": "<img src=x onerror=alert(1)>"})),
    "script_in_a_label": (
        "a script in a label and a description",
        form(text(label="<script>alert(1)</script>", description="[x](javascript:alert(1))\u202e"), text()),
    ),
    "frame_of_another_host": ("a frame of another host", form({"type": "iframe", "url": "http://127.0.0.1:9/"})),
    "picture_of_a_file": (
        "a picture out of the server's files",
        form({"type": "image", "source": "file:///etc/passwd"}),
    ),
    "many_components": (
        "twenty thousand fields",
        lambda: form(*({"type": "textfield", "key": f"k{i}"} for i in range(20_000))),
    ),
    "fifty_thousand_fields": (
        "fifty thousand fields",
        lambda: form(*({"type": "textfield", "key": f"k{i}"} for i in range(50_000))),
    ),
    "bad_pattern": ("a pattern that is none", form(text(validate={"pattern": "(a+)+$("}))),
    "pattern_that_explodes": (
        "a pattern that takes for ever",
        form(text(validate={"pattern": "^(a|aa)+(b|bb)+\\1$("})),
    ),
    "prototype_keys": (
        "keys that change every object of a script",
        form(text("__proto__"), text("constructor.prototype.x")),
    ),
    "dunder_keys": ("keys that are Python's own", form(text("__class__"), text("__init__.__globals__"))),
    "path_in_key": ("a form whose key leads to another folder", form(text(), id="../../../etc/passwd")),
    "nul_in_key": ("a key with NUL", form(text("a\0b"))),
    "megabyte_key": ("a key of a megabyte", lambda: form(text("k" * 1_000_000))),
    "keys_twice": ("one key for two fields", form(text(), text())),
    "conditions_in_a_circle": (
        "two fields that hide each other",
        form(text("a", conditional={"hide": "=b = null"}), text("b", conditional={"hide": "=a = null"})),
    ),
    "condition_of_itself": (
        "a field that hides itself when it is shown",
        form(text("a", conditional={"hide": "=a != null or a = null"})),
    ),
    "computed_for_ever": (
        "a value that is computed for ever",
        form(
            {"type": "expression", "key": "e", "expression": "=count(for x in 1..999999999 return x)"}, text(), text()
        ),
    ),
    "condition_of_python": (
        "Python as a condition",
        form(text(conditional={"hide": "=__import__('os').system('id')"})),
    ),
    "huge_list": (
        "fifty thousand options",
        lambda: form(
            {"type": "select", "key": "s", "values": [{"value": str(i), "label": str(i)} for i in range(50_000)]}
        ),
    ),
    "list_by_path": (
        "options out of another file",
        form(text(type="select", properties={"list": "../../../etc/passwd"})),
    ),
}


def aliases() -> bytes:
    """Lists of lists of lists, each named once and used twice."""
    lines = [f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)]
    return b"a: &a [x, x]\n" + "".join(lines).encode()


LISTS: Found = {
    "alias_bomb": ("aliases that unfold to a million members", aliases),
    "alias_of_itself": ("a list that holds itself", b"a: &a [*a, *a]"),
    "merge_bomb": (
        "merges of merges",
        lambda: (
            b"a: &a {x: 1}\n"
            + b"".join(f"b{i}: &b{i} {{<<: [*{'a' if i == 0 else f'b{i - 1}'}, *a]}}\n".encode() for i in range(2_000))
        ),
    ),
    "python_object": ("a call of Python as a value", b"a: !!python/object/apply:os.system ['id']"),
    "python_name": ("a module of Python as a value", b"a: !!python/name:os.system"),
    "binary_tag": ("a tag of a program nobody knows", b"a: !<tag:evil,2026:run> x"),
    "deep_yaml": ("fifty thousand brackets", b"[" * 50_000),
    "deep_blocks": ("a thousand levels of indentation", lambda: b"".join(b" " * i + b"a:\n" for i in range(1_000))),
    "binary_yaml": ("bytes that are no text", lambda: random.Random(2).randbytes(5_000)),
    "bare_text": ("a word instead of lists", b"hello"),
    "no_values": (
        "lines without values",
        b"list:\n- {value: 1, ar: x}\n- {value: a}\n- {value: a, ar: 'x', en: 'y'}\n",
    ),
    "tabs": ("indents by tabs", b"a:\n\t- b"),
    "huge_integer": (
        "a number of a hundred thousand digits",
        b"list:\n- {value: " + b"9" * 100_000 + b", ar: x, en: y}",
    ),
    "date_that_is_none": ("a date of no calendar", b"list: 2026-99-99"),
    "sixty_thousand_lines": (
        "a list of sixty thousand lines",
        lambda: b"list:\n" + b"".join(f"- {{value: v{i}, ar: a, en: b}}\n".encode() for i in range(60_000)),
    ),
    "keys_of_lists": ("a list as a key", b"? [a, b]\n: x\n"),
}


def all_cases() -> Iterator[Case]:
    """All of them."""
    yield from cases("form", FORMS)
    yield from cases("yaml", LISTS)
