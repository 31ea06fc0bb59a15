"""Boxed invocations: of knowledge models, of services and of built-in functions."""

import pytest

from engine.dmn import load
from tests.engine.dmn.writing import decision, definitions, knowledge, needs, of


def invoked(function: str, **bindings: str) -> object:
    """What a boxed invocation comes to; underscores in names stand for spaces."""
    made = "".join(f'<binding><parameter name="{name.replace("_", " ")}"/>{of(text)}</binding>'
                   for name, text in bindings.items())
    invocation = f"<invocation>{of(function)}{made}</invocation>"
    return load(definitions(
        knowledge("f", "a, b", of("if b = null then [a] else [a, b]")),
        decision("d", invocation, needs("f", what="Knowledge")))).evaluate("d", {})


@pytest.mark.parametrize(("function", "bindings", "found"), [
    ("substring", {"string": '"hello"', "start_position": "2"}, "ello"),
    ("substring", {"length": "2", "string": '"hello"', "start_position": "2"}, "el"),
    ("string join", {"list": '["a", "b"]'}, "ab"), ("string join", {"list": '["a", "b"]', "delimiter": '"-"'}, "a-b"),
    ("date", {"year": "2020", "month": "1", "day": "2"}, "2020-01-02"),
    ("date", {"from": '"2020-01-02"'}, "2020-01-02"),
    ("date and time", {"date": 'date("2020-01-02")', "time": 'time("10:00:00")'}, "2020-01-02T10:00:00"),
    ("years and months duration", {"from": '@"2020-01-01"', "to": '@"2021-01-01"'}, "P1Y"),
    ("context put", {"context": "{a: 1}", "keys": '["a"]', "value": "2"}, {"a": 2}),
    ("min", {"list": "[2, 1]"}, 1), ("before", {"point": "1", "range": "[2..3]"}, True),
    ("substring", {"string": '"hello"'}, None), ("substring", {"text": '"hello"', "start_position": "2"}, None),
    ("f", {"a": "1"}, [1]), ("f", {"b": "2", "a": "1"}, [1, 2]), ("f", {"c": "1"}, None), ("nobody", {"a": "1"}, None),
    ("function(x) x + 1", {"x": "1"}, 2),
])
def test_an_invocation_binds_by_name(function: str, bindings: dict[str, str], found: object) -> None:
    value = invoked(function, **bindings)
    assert value == found or (isinstance(found, str) and _text(value) == found)


def _text(value: object) -> object:
    return load(definitions(decision("d", of("string(x)")))).evaluate("d", {"x": value})
