"""What docs/bpmn.md says beneath its tables: how much one move may do, and how values are read."""

from engine.bpmn.bounds import ITEM_LIMIT, MOST_ITEMS, MOST_STEPS, STEP_LIMIT, STEPS_PER_ITEM
from engine.bpmn.rush import MOST

BOUNDS = (
    "## Bounds of one move",
    "",
    "A move goes on until every token waits. Without lists it may take "
    f"{STEP_LIMIT:,} steps: nodes that tokens pass. Every member of a list that begins in the move, every round of a "
    f"loop marker with a `loopMaximum`, and everybody whom a signal wakes may take at most {STEPS_PER_ITEM} more, "
    f"all together at most {MOST_STEPS:,}: a list of {ITEM_LIMIT:,} members with twenty steps each comes to rest, at "
    f"once or in sequence. At most {MOST_ITEMS:,} members begin in one move, those of lists within lists together: "
    f"70 times 70 do, 100 times 100 do not. A list has at most {ITEM_LIMIT:,}; one that is written out longer is "
    "refused by `multi-collection`. What begins in later moves, because somebody has to come first, is not counted "
    "together.",
    "",
    "Beyond these bounds nothing of the move is kept: a timer or a call becomes an incident; a form or message is "
    "refused, what was typed is kept, and an incident stands beside it until it is sent with success, tried again or "
    "moved to a newer version.",
    "",
    f"Over moves: when {MOST} timers of a case have come in a row, each at once or all within a minute, with neither "
    "a person nor time in between, the next is an incident. A timer that says no time, or a fixed moment, is no wait "
    "in a loop (`runaway-loop`).",
    "",
)
READINGS = (
    "## How values are read",
    "",
    "Truth values (`cancelActivity`, `isInterrupting`, `isSequential`, `triggeredByEvent` …) mean the same as "
    "`true`, as `1` and with blanks around them; what is neither true nor false is refused by "
    "`attribute-unreadable`, and so are a `startQuantity` or `completionQuantity` other than 1, parallel event "
    "gateways and a `behavior` of multi-instances.",
    "",
    "Timers and due dates are read as ISO 8601 says, also weeks, years together with days and hours (by the calendar "
    "first), dates without dashes, and an `@zone`; what would never come, such as `R0`, is refused by "
    "`timer-unreadable`. Of a cycle that began in the past only the last time is made up for.",
    "",
    "Codes of errors and escalations are written out; an expression there is refused, and so is a function that FEEL "
    "does not have, wherever an expression stands (`function-unknown`).",
    "",
    "What a handler throws itself goes past it: an escalation to the next outside, a signal to all others. Events "
    "that set one another off at once are refused by `runaway-echo`.",
)
