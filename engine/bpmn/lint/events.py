"""Events: each in a place where it can happen, with what it waits for fully said."""

RUNS = {
    "start": frozenset({""}),
    "event_start": frozenset({"timer", "message", "error", "signal", "escalation", "conditional"}),
    "boundaryEvent": frozenset({"timer", "message", "error", "signal", "escalation", "conditional"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"", "message", "signal", "escalation", "link"}),
    "endEvent": frozenset({"", "terminate", "error", "message", "signal", "escalation"}),
}
"""Which kinds of event the engine runs, by place."""
