"""Moving running cases to a newer version: plans, proposing them, judging them, and the move itself. Pure."""

from engine.bpmn.migrating.choices import DROP, Choice, choices, chosen
from engine.bpmn.migrating.judge import judge
from engine.bpmn.migrating.moving import migrate, stays
from engine.bpmn.migrating.plan import Place, Plan, ProcessPlan, plan_of
from engine.bpmn.migrating.propose import propose
from engine.bpmn.migrating.reasons import CannotMove, Reason

__all__ = [
    "DROP", "CannotMove", "Choice", "Place", "Plan", "ProcessPlan", "Reason", "choices", "chosen", "judge", "migrate",
    "plan_of", "propose", "stays",
]
