"""A decision model: its decisions, what they require, and how they are evaluated together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.dmn.item_types import ANYTHING, ItemType
from engine.dmn.problems import DmnError, in_a_circle, no_such_decision
from engine.dmn.run import Asked, DecisionRun
from engine.feel.closures import Closure
from engine.feel.env import Env
from engine.feel.errors import too_deep
from engine.feel.limits import Run, size_of
from engine.feel.scope import Scope
from engine.feel.values import Function, Value
from engine.text import Text


class OutputInfo(NamedTuple):
    """An output of a table for people: what it is called, and the option list that has the words for its values.
    Of an input, `name` is its expression as written."""

    name: str
    label: Text
    list: str


class DecisionInfo(NamedTuple):
    """A decision as others see it: the variables it reads and the names of its outputs (none: one bare value).
    For people: what it, its outputs, (in `notes`) its rules and (in `asks`) its inputs are called."""

    id: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    title: Text = Text("")
    columns: tuple[OutputInfo, ...] = ()
    notes: tuple[Text, ...] = ()
    asks: tuple[OutputInfo, ...] = ()


class Decided(NamedTuple):
    """A decision with its reasons: what was asked, which rules (counted from 1) answered, and their notes. `because`
    is what all other tables answered on the way: those of decisions that it requires, of knowledge models that it
    calls, and those inside its boxes."""

    value: Value
    decision: str
    inputs: dict[str, Value]
    rules: tuple[int, ...]
    notes: tuple[Text, ...]
    because: tuple[Asked, ...] = ()


@dataclass
class Part:
    """An input, a decision, a business knowledge model or a decision service, by the name of its variable."""

    id: str
    name: str
    kind: str
    type: ItemType = ANYTHING
    logic: Closure | None = None
    table: str | None = None
    requires: list[str] = field(default_factory=list)
    service: "Service | None" = None
    namespace: str = ""
    title: str = ""
    """What the element itself is called, where its variable is called otherwise."""

    def needs(self) -> list[str]:
        """The ids of all parts that it refers to."""
        service = self.service
        own = [*service.outputs, *service.input_data, *service.input_decisions] if service else []
        return [*self.requires, *own]


@dataclass
class Service:
    """A decision service: ids of what goes in and of what comes out."""

    outputs: list[str]
    input_data: list[str]
    input_decisions: list[str]


@dataclass
class Model:
    """A loaded decision model. It is not changed after loading, so threads may share it."""

    name: str
    namespace: str
    parts: dict[str, Part]
    decisions: tuple[DecisionInfo, ...]
    problems: tuple[DmnError, ...] = ()
    imports: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """By namespace of a model: the names under which it knows the namespaces that it imports."""

    def evaluate(self, decision: str, inputs: Mapping[str, Value], env: Env | None = None) -> Value:
        """The value of a decision, by id or name. Raises DmnError if there is none, FeelLimit if it runs too long."""
        return self._evaluated(self._part(decision, "decision"), inputs, Run(env or Env()))

    def explain(self, decision: str, inputs: Mapping[str, Value], env: Env | None = None) -> Decided:
        """The value of a decision with the rules that gave it. A decision that is no table itself is told with what it
        requires, and with the rules of the last table in its boxes or in a knowledge model that it calls."""
        part = self._part(decision, "decision")
        run = DecisionRun(env or Env())
        evaluation = Evaluation(self, inputs, run)
        value = _safely(run, lambda: evaluation.value_of(part.id))
        decisions = {other.id.rpartition("#")[2] for other in self.parts.values() if other.kind == "decision"}
        own = [one for one in run.asked if one.table == part.table] if part.table else [
            one for one in run.asked if one.owner == part.id or one.owner not in decisions]
        last = own[-1] if own else None
        because = tuple(one for one in run.asked if one is not last or not part.table)
        given = last.inputs if last and part.table else self._required(part, evaluation)
        return Decided(value, part.id, given, last.rules if last else (), last.notes if last else (), because)

    def evaluate_service(self, service: str, inputs: Mapping[str, Value], env: Env | None = None) -> Value:
        """The result of a decision service, by id or name, called with the named inputs."""
        part = self._part(service, "decisionService")
        evaluation = Evaluation(self, inputs, Run(env or Env()))
        return _safely(evaluation.run, lambda: evaluation.call_service(part, dict(inputs)))

    def _evaluated(self, part: Part, inputs: Mapping[str, Value], run: Run) -> Value:
        return _safely(run, lambda: Evaluation(self, inputs, run).value_of(part.id))

    def _required(self, part: Part, evaluation: "Evaluation") -> dict[str, Value]:
        """What a decision had before it: its inputs, declared or only read, and the decisions that it requires."""
        required = [self.parts[key] for key in part.requires if key in self.parts]
        found = {one.name: evaluation.value_of(one.id) for one in required if one.kind in ("inputData", "decision")}
        read = next((info.inputs for info in self.decisions if info.id == part.id), ())
        given = evaluation.inputs
        return found | {name: given[name] for name in read if name not in found and name in given}

    def _part(self, name: str, kind: str) -> Part:
        found = self.parts.get(name)
        if found is not None and found.kind == kind:
            return found
        among = [part for part in self.parts.values() if part.kind == kind]
        own = [part for part in among if part.namespace == self.namespace]
        for part in (*own, *among):
            if name in (part.name, part.title):
                return part
        raise no_such_decision(name)

    def ways_to(self, namespace: str) -> list[tuple[str, ...]]:
        """The names that lead from this model to an imported one: its inputs may be given under them."""
        ways: list[tuple[str, ...]] = []
        waiting: list[tuple[str, tuple[str, ...], frozenset[str]]] = [(self.namespace, (), frozenset())]
        while waiting:
            here, way, passed = waiting.pop(0)
            if here == namespace:
                ways.append(way)
            elif here not in passed:
                waiting += [(there, (*way, name) if name else way, passed | {here})
                            for there, names in self.imports.get(here, {}).items() for name in names]
        return ways


class Evaluation:
    """One question to a model: every decision it needs is made once."""

    def __init__(self, model: Model, inputs: Mapping[str, Value], run: Run) -> None:
        self.model, self.run = model, run
        self.inputs = dict(inputs)
        self._known: dict[str, Value] = {}
        self._open: set[str] = set()
        plainly = {model.namespace, *(n for n, names in model.imports.get(model.namespace, {}).items() if "" in names)}
        named = {part.name for part in model.parts.values() if part.namespace in plainly}
        self._free = {name: value for name, value in self.inputs.items() if name not in named}

    def value_of(self, part_id: str) -> Value:
        """The value of an input or a decision, or the function of a knowledge model or service."""
        if part_id not in self._known:
            part = self.model.parts[part_id]
            if part.kind == "businessKnowledgeModel":
                return self._knowledge(part)
            if part_id in self._open:
                raise in_a_circle(part_id)
            self._open.add(part_id)
            self._known[part_id] = self._found(part)
            self._open.discard(part_id)
        return self._known[part_id]

    def _found(self, part: Part) -> Value:
        if part.kind == "inputData":
            return part.type.fitted(self._given(part), self.run)
        if part.kind == "decisionService":
            return self._service_function(part)
        if part.logic is None:
            return None
        value = part.logic(self._scope(part))
        return part.type.fitted(value, self.run) if part.kind == "decision" else value

    def _given(self, part: Part) -> Value:
        """What was given for an input: those of imported models may stand in a context of the import's name."""
        for way in self.model.ways_to(part.namespace) if part.namespace != self.model.namespace else ():
            at: Value = self.inputs
            for name in way:
                at = at.get(name) if isinstance(at, dict) else None
            if isinstance(at, dict) and part.name in at:
                return at[part.name]
        return self.inputs.get(part.name, self.inputs.get(part.title))

    def _knowledge(self, part: Part) -> Value:
        """The function of a knowledge model, known before what it requires, since it may call itself."""
        scope = Scope(self._free, None, self.run)
        scope[part.name] = self._known[part.id] = part.logic(scope) if part.logic else None
        self._bind(part, scope)
        return self._known[part.id]

    def _scope(self, part: Part) -> Scope:
        scope = Scope(self._free, None, self.run)
        self._bind(part, scope)
        return scope

    def _bind(self, part: Part, values: dict[str, Value]) -> None:
        """Put what a part requires under the names by which it knows it."""
        for required in part.requires:
            other = self.model.parts.get(required)
            if other is None:
                continue
            value = self.value_of(required)
            imports = self.model.imports.get(part.namespace, {})
            for name in ("",) if other.namespace == part.namespace else imports.get(other.namespace, ()):
                if name:
                    within = values.get(name)
                    values[name] = {**(within if isinstance(within, dict) else {}), other.name: value}
                else:
                    values[other.name] = value

    def _service_function(self, part: Part) -> Function:
        service = part.service
        ids = [*service.input_data, *service.input_decisions] if service else []
        names = tuple(self.model.parts[i].name for i in ids if i in self.model.parts)
        return Function(lambda given: self.call_service(part, dict(zip(names, given, strict=True))), names)

    def call_service(self, part: Part, given: dict[str, Value]) -> Value:
        """The outputs of a service: one bare value, or a context of them. Inputs of the wrong type give null."""
        service = part.service
        if service is None:
            return None
        inner = Evaluation(self.model, given, self.run)
        for key in (*service.input_data, *service.input_decisions):
            other = self.model.parts.get(key)
            if other is None:
                return None
            offered = given.get(other.name, given.get(other.title))
            inner._known[key] = other.type.fitted(offered, self.run)
            if offered is not None and inner._known[key] is None:
                return None
        self.run.enter()
        found = {self.model.parts[i].name: inner.value_of(i) for i in service.outputs if i in self.model.parts}
        self.run.leave()
        value = next(iter(found.values())) if len(service.outputs) == 1 and found else found
        return part.type.called().fitted(value, self.run)


def _safely(run: Run, work: Callable[[], Value]) -> Value:
    granted = run.steps
    try:
        value = work()
        if isinstance(value, list | dict | str):
            run.spend(size_of(value))
    except RecursionError:
        raise too_deep() from None
    finally:
        if run.env.purse is not None:
            run.env.purse.pay(granted - run.steps)
    return value
