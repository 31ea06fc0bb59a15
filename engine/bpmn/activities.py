"""Activities: nodes that own a scope for as long as their token stands on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn import rush
from engine.bpmn.nodes import Node
from engine.bpmn.problems import Fault
from engine.bpmn.spiff import Token
from engine.bpmn.values import Values
from engine.errors import MasarError
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.multi import MultiInstance
    from engine.bpmn.repeat import Repeat


class Activity(Node):
    """Opens a scope and maps inputs on entry, maps or propagates results on leaving. Boundary events live with it."""

    computes = False
    """Whether its work is done again each time it is tried."""

    def arrive(self, token: Token) -> bool:
        if "since" not in token.memo:
            self.enter(token)
        return self.begin(token)

    def enter(self, token: Token) -> None:
        """Open the scope, map the inputs, let the boundary events wait. May be tried again after a Fault."""
        run = token.workflow.run
        if token.id not in run.scopes:
            run.scopes.open(token.id, token.workflow.scope)
        values = run.scopes[token.id].values
        for target, source in self.traits.inputs:
            run.assign(values, target, source, token.id)
        self.entered(token)

    def entered(self, token: Token) -> None:
        """Write down that the activity is open from now on, and arm its boundary events."""
        run = token.workflow.run
        token.memo["since"] = run.stamp
        run.note("entered", token, self.describe(token))
        for boundary in self.boundaries:
            token.workflow.place(boundary, host=token.id).arrive()

    def begin(self, token: Token) -> bool:
        """Whether the work can be done now; otherwise the token has been told to wait."""
        del token
        return True

    def receive(self, token: Token, values: Mapping[str, Any]) -> None:
        """Results from outside: local first; on leaving they are mapped or propagated."""
        token.workflow.run.scopes[token.id].values.update(values)
        token.memo["got"] = sorted({*token.memo.get("got", ()), *values})

    def _run_hook(self, token: Token) -> bool | None:
        if "released" not in token.memo:
            before = self.computes and dict(token.workflow.run.scopes[token.id].values.json)
            if not self.work(token):
                return None
            try:
                self.leave(token)
            except Fault:
                if before is not False:  # computed anew when it is tried again, from what it was computed from now
                    token.workflow.run.scopes[token.id].values = Values(before)
                raise
            token.memo["released"] = True
        self.go_on(token)
        return True

    def leave(self, token: Token) -> None:
        """Results go out of the scope, and the scope goes."""
        run = token.workflow.run
        body = token.memo.get("body")
        results = self.results(token)
        if body is None:
            run.scopes.merge(token.workflow.scope, results)
        else:
            holder = token.workflow.tasks[body]
            whole: MultiInstance | Repeat = holder.task_spec
            whole.collect(holder, token, results)
        run.scopes.drop(token.id)

    def results(self, token: Token) -> Values:
        """What leaves the scope: what output mappings name; without any, the variables that came from outside."""
        run = token.workflow.run
        if not self.traits.outputs:
            return run.scopes[token.id].values.some(token.memo.get("got", []))
        results = Values()
        for target, source in self.traits.outputs:
            run.assign(results, target, source, token.id, results)
        return results

    def choose(self, token: Token) -> Any:
        return () if "body" in token.memo else super().choose(token)

    def go_on(self, token: Token) -> None:
        super().go_on(token)
        for other in token.workflow.tokens() if self.boundaries else ():
            if other.memo.get("host") == token.id:
                token.workflow.withdraw(other)

    def after(self, token: Token) -> None:
        body = token.memo.get("body")
        if body is not None:
            holder = token.workflow.tasks[body]
            whole: MultiInstance | Repeat = holder.task_spec
            whole.item_done(holder, "enough" in token.memo)

    def describe(self, token: Token) -> dict[str, Any]:
        """Which item of a multi-instance it is (from 1), if it is one."""
        return {"item": token.memo["loop"] + 1} if "loop" in token.memo else {}

    def withdrawn(self, token: Token) -> None:
        run = token.workflow.run
        if "since" in token.memo:
            run.note("cancelled", token, self.describe(token))
        run.scopes.drop(token.id)


class PassThrough(Activity):
    """A plain or manual task: it is done as soon as it is reached. What a person must do is a user task."""


class UserTask(Activity):
    """A work item, open until it is completed."""

    by_person = True


class Job(Activity):
    """A call to the outside: stays started until it is answered."""

    def begin(self, token: Token) -> bool:
        rush.goes_on(token.workflow.run, token.memo)
        return True

    def work(self, token: Token) -> bool:
        return "answered" in token.memo


class Script(Activity):
    """One FEEL expression into one variable."""

    computes = True

    def work(self, token: Token) -> bool:
        assert self.traits.script is not None
        expression, variable = self.traits.script
        self.receive(token, {variable: token.workflow.run.value(expression, token.id)})
        return True


class Rule(Activity):
    """Asks a decision table. What it was asked and what it said is written down."""

    computes = True

    def work(self, token: Token) -> bool:
        assert self.traits.decision is not None
        run = token.workflow.run
        decision, variable = self.traits.decision
        try:
            decided = run.bundle.decide(decision, run.scopes.seen(token.id), run.env)
        except MasarError as error:
            raise Fault(error.text) from error
        except LookupError as error:
            raise Fault(Text(f"لا يوجد قرار باسم «{decision}».", f"There is no decision “{decision}”.")) from error
        run.note("decided", token, {
            "decision": decided.decision, "inputs": decided.inputs, "value": decided.value,
            "rules": list(decided.rules),
            **({"because": [[one.owner, list(one.rules)] for one in decided.because]} if decided.because else {})})
        self.receive(token, {variable: decided.value})
        return True
