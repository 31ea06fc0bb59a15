"""A draft of a diagram that another engine's modeller wrote, mended at the press of a button."""

from engine.actor import Actor
from engine.checks.bounded import mended_within
from engine.commands.drafting import Saved, save
from engine.masar import Masar
from engine.queries.studio import demand_editor, draft_file


def mend(masar: Masar, actor: Actor, key: str, revision: int, element: str | None) -> Saved:
    """Saves the draft of a process (what is in force, where there is none) with everything mended that can be, or just
    what stands on one element, as a revision after `revision`. Raises NotFound, Conflict where somebody saved since,
    Invalid where nothing can be mended."""
    demand_editor(actor)
    content, _ = draft_file(masar, actor, "process", key)
    return save(masar, actor, "process", key, mended_within(content, element), revision)
