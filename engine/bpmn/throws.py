"""Events that say something: errors and escalations go outwards to the nearest that catches them, a signal goes to
everybody who waits for its name, and a link goes to its other end."""

from __future__ import annotations

from engine.bpmn.activities import PassThrough
from engine.bpmn.catching import hearing, nearest
from engine.bpmn.nodes import Node
from engine.bpmn.problems import Fault
from engine.bpmn.spiff import Token
from engine.text import Text


class ErrorEnd(Node):
    """Throws a BPMN error to the nearest catcher outside. Without one it is an incident."""

    @property
    def code(self) -> str | None:
        """What is thrown."""
        return self.traits.trigger.code if self.traits.trigger else None

    def work(self, token: Token) -> bool:
        if nearest(token.workflow, None, self.code) is None:
            code = self.code or ""
            raise Fault(Text(f"لا أحد يعالج الخطأ «{code}».", f"Nothing catches the error “{code}”."))
        token.workflow.run.note("thrown", token, {"code": self.code})
        return True

    def after(self, token: Token) -> None:
        run = token.workflow.run
        catcher = nearest(token.workflow, None, self.code)
        if catcher is not None:
            run.fire(catcher, {})


class EscalationThrow(PassThrough):
    """Tells whoever is outside, and goes on unless that interrupts it. Without a catcher it is only written down."""

    def after(self, token: Token) -> None:
        run, trigger = token.workflow.run, self.traits.trigger
        code = trigger.code if trigger else None
        catcher = nearest(token.workflow, None, code, "escalation")
        run.note("thrown", token, {"code": code, "escalation": True, "caught": catcher is not None})
        if catcher is not None:
            run.fire(catcher, {})


class SignalThrow(PassThrough):
    """Reaches every wait of that name in this case at once, and after the commit those of all other cases. What its
    input mappings name goes with it, nothing else."""

    @property
    def signal(self) -> str:
        """Its name."""
        assert self.traits.trigger is not None and self.traits.trigger.name is not None
        return self.traits.trigger.name

    def leave(self, token: Token) -> None:
        """It is thrown here, before anything behind it begins to wait; what it brings about follows in `after`."""
        run = token.workflow.run
        values = run.scopes[token.id].values
        token.memo["said"] = dict(values.some([target for target, _ in self.traits.inputs]).json)
        token.memo["ears"] = hearing(run, self.signal, token)
        super().leave(token)

    def after(self, token: Token) -> None:
        token.workflow.run.throw_signal(token, self.signal, token.memo["said"], token.memo["ears"])


class Link(PassThrough):
    """One of the two ends of a link: a flow that is not drawn."""
