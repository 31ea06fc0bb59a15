"""How much one move of a case may do. docs/bpmn.md says the same to modellers."""

STEP_LIMIT = 1_000
"""Steps of a move without lists."""
ITEM_LIMIT = 1_000
"""Members of one list, and rounds of one loop marker."""
STEPS_PER_ITEM = 40
"""Further steps for every member that begins, and for everybody whom a signal wakes."""
MOST_ITEMS = 5_000
"""Members that may begin in one move, those of lists within lists together."""
MOST_STEPS = 24_000
"""Steps of a move with all its members: about two seconds, enough for a thousand members of twenty steps each."""
