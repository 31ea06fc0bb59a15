"""Runs BPMN diagrams: bundles of definitions, and `move`, the pure step of a case. Knows no database and no HTTP."""

from engine.bpmn import commands
from engine.bpmn.bundle import Bundle, load_bundle
from engine.bpmn.graph import Element, Process
from engine.bpmn.looking import Held, first_due, live_elements, parked, scopes_of, tokens_of, visible
from engine.bpmn.move import move
from engine.bpmn.outcome import Call, Incident, Log, Outcome, Wait, WorkItem
from engine.bpmn.problems import BpmnError, NotOpen, Runaway

__all__ = [
    "BpmnError", "Bundle", "Call", "Element", "Held", "Incident", "Log", "NotOpen", "Outcome", "Process", "Runaway",
    "Wait", "WorkItem", "commands", "first_due", "live_elements", "load_bundle", "move", "parked", "scopes_of",
    "tokens_of", "visible",
]
