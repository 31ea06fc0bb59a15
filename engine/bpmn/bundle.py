"""Definitions that run together: parsed once per file and process, then only read, by all cases and threads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from engine.bpmn.checks import check_scope, executable
from engine.bpmn.graph import Element, Process
from engine.bpmn.names import extension, pairs, words_of
from engine.bpmn.parser import DiagramParser
from engine.bpmn.problems import BpmnError
from engine.bpmn.sources import check_ids, read_source
from engine.bpmn.spiff import ValidationException
from engine.feel import Calendar, Env
from engine.text import Text


class Answered(Protocol):
    """A table that was asked on the way to an answer, and its rules that matched: engine.dmn's Asked."""

    @property
    def owner(self) -> str: ...

    @property
    def rules(self) -> tuple[int, ...]: ...


class Answer(Protocol):
    """What a decision answers, and why: engine.dmn's Decided, which this package does not import."""

    @property
    def value(self) -> Any: ...

    @property
    def decision(self) -> str: ...

    @property
    def inputs(self) -> Mapping[str, Any]: ...

    @property
    def rules(self) -> tuple[int, ...]: ...

    @property
    def because(self) -> Sequence[Answered]: ...


Decide = Callable[[str, Mapping[str, Any], Env], Answer]
"""Answers a decision by its id, for variables and a clock."""

CACHED_FILES = 256


@dataclass(frozen=True, eq=False)
class Bundle:
    """All processes that a case may reach, and what they need beside them."""

    processes: Mapping[str, Process]
    decide: Decide
    calendar: Calendar
    zone: tzinfo | None = None
    """Where days begin and end."""
    here: Mapping[str, str] = field(default_factory=dict)
    """Of some lists the value that belongs to the country served."""

    def element(self, process: str, element_id: str) -> Element:
        """An element at any depth of a process; raises KeyError if there is none."""
        return self.processes[process].elements[element_id]


def load_bundle(sources: Iterable[bytes], decide: Decide, calendar: Calendar | None = None,
                zone: tzinfo | None = None, here: Mapping[str, str] = MappingProxyType({})) -> Bundle:
    """Parses the files (each once per process, by its content) and sees that they fit together. Raises BpmnError."""
    processes: dict[str, Process] = {}
    for source in sources:
        for process in parse_file(bytes(source)):
            if process.id in processes:
                raise BpmnError(Text(
                    f"الإجراء «{process.id}» مكرر في ملفين.", f"Two files hold a process “{process.id}”."), process.id)
            processes[process.id] = process
    for process in processes.values():
        for element in process.elements.values():
            if element.calls is not None and element.calls not in processes:
                raise BpmnError(Text(
                    f"الإجراء المستدعى «{element.calls[:80]}» غير موجود.",
                    f"There is no process “{element.calls[:80]}” to call."), element.id)
    return Bundle(MappingProxyType(processes), decide, calendar or Calendar(), zone, here)


@lru_cache(CACHED_FILES)
def parse_file(source: bytes) -> tuple[Process, ...]:
    """The executable processes of one file. Raises BpmnError, whatever the file holds."""
    try:
        return _parse(source)
    except BpmnError:
        raise
    except ValidationException as error:
        raise BpmnError(Text("تعذّرت قراءة المخطط.", "The diagram cannot be read.")) from error
    except RecursionError as error:
        raise BpmnError(Text("المخطط متداخل أكثر مما يمكن قراءته.", "The diagram is nested too deeply.")) from error


def _parse(source: bytes) -> tuple[Process, ...]:
    root = read_source(source)
    check_ids(root)
    for process in executable(root):
        check_scope(process)
    parser = DiagramParser(root)
    digest = hashlib.sha256(source).hexdigest()
    found = []
    for process in executable(root):
        id = process.get("id", "")
        properties = pairs(extension(process, "properties"), "name")
        graph = parser.graph(id)
        found.append(Process(
            id, words_of(process, properties), MappingProxyType(properties),
            MappingProxyType(parser.elements.get(id, {})), digest, graph))
    return tuple(found)
