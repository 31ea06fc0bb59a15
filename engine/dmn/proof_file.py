"""The file of a decision's examples and safe outcomes, which analysts read and write.

    decision: D05_risk_level
    values: {immediate_danger: ["yes", "no"], critical_max: number}   # what an input may be
    closed: [step]             # inputs that our own code gives, so that nothing unexpected can come
    tests:  [{given: {…}, expect: {level: high}}]
    always: [{when: {critical_max: ">=2"}, expect: {level: [immediate, high]}, why: …}]

`when` is FEEL's unary tests with bare words for texts: `a,b` · `not(a,b)` · `>=2` · `[1..5]` · `null,<18`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from engine.dmn import findings_of as say
from engine.feel.compare import equal
from engine.feel.errors import FeelSyntaxError
from engine.feel.expression import UnaryTests, compile_unary
from engine.feel.temporal import at_literal, temporal_text
from engine.feel.values import Value, plain
from engine.text import Text

MAX_SIZE = 200_000
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_AS_IT_IS = re.compile(r'(>=|<=|>|<)?\s*-?\d+(\.\d+)?|null|true|false|".*"|[\[(]-?\d+\.\.-?\d+[\])]|-')
_NOT = re.compile(r"not\((.+)\)")


@dataclass(frozen=True)
class Example:
    """Inputs and what must come out."""

    given: dict[str, Value]
    expect: Any


@dataclass(frozen=True)
class Always:
    """A safe outcome: wherever `when` holds, each output is one of those listed."""

    when: dict[str, UnaryTests]
    texts: dict[str, str]
    expect: dict[str, list[Any]]
    why: Text


@dataclass(frozen=True)
class ProofFile:
    """Everything a proof file says."""

    decision: str
    values: dict[str, Any]
    examples: tuple[Example, ...]
    always: tuple[Always, ...]
    closed: frozenset[str] = field(default_factory=frozenset)


def read_proof_file(source: str | bytes) -> "ProofFile | say.Problem":
    """The proof file, or what is wrong with it."""
    try:
        document = _document(source)
        return ProofFile(
            str(document["decision"]), dict(document.get("values") or {}),
            tuple(_example(entry) for entry in document.get("tests") or []),
            tuple(_always(entry) for entry in document.get("always") or []),
            frozenset(document.get("closed") or []),
        )
    except FeelSyntaxError as error:
        return say.not_a_proof_file(error.text)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, UnicodeDecodeError, yaml.YAMLError):
        return say.not_a_proof_file(Text("راجع مثالا قائما.", "Compare it with an existing one."))


def _document(source: str | bytes) -> dict[str, Any]:
    text = source.decode() if isinstance(source, bytes) else source
    if len(text) > MAX_SIZE or re.search(r"(?m)^[^#\"']*[&*]\w", text):
        raise ValueError("too long, or with aliases")
    document = yaml.safe_load(text)
    if not isinstance(document, dict):
        raise TypeError("not a mapping")
    return document


def _example(entry: dict[str, Any]) -> Example:
    return Example({str(key): plain(value) for key, value in entry["given"].items()}, entry["expect"])


def _always(entry: dict[str, Any]) -> Always:
    texts = {str(key): feel_of(test) for key, test in entry["when"].items()}
    expect = {str(key): list(values) for key, values in entry["expect"].items()}
    why = str(entry.get("why") or "")
    return Always({key: compile_unary(text) for key, text in texts.items()}, texts, expect, Text(why))


def feel_of(test: Any) -> str:
    """The FEEL text of a test in the short form of proof files."""
    if isinstance(test, bool):
        return "true" if test else "false"
    if test is None:
        return "null"
    text = str(test).strip()
    negation = _NOT.fullmatch(text)
    if negation:
        return f"not({feel_of(negation[1])})"
    parts = [part.strip() for part in _COMMA.split(text)]
    return ", ".join(part if _AS_IT_IS.fullmatch(part) else f'"{part}"' for part in parts)


def same(wanted: Any, value: Value) -> bool:
    """Whether an expected value of the file is this value; durations and dates stand there as texts."""
    if isinstance(wanted, str) and temporal_text(value) is not None:
        return equal(at_literal(wanted), value) is True
    return equal(plain(wanted), value) is True
