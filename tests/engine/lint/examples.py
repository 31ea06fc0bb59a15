"""For each rule: a diagram that breaks it, and the same mended."""

from tests.engine.lint.examples_of_events import EVENTS
from tests.engine.lint.examples_of_flow import FLOWS
from tests.engine.lint.examples_of_work import WORK
from tests.engine.lint.shapes import Pair

EXAMPLES: dict[str, Pair] = FLOWS | EVENTS | WORK
