"""A form tried out as the real page: the draft, with the lists and decisions that it would meet."""

from dataclasses import dataclass

from engine.actor import Actor
from engine.errors import NotFound
from engine.forms import FormError, ListError, Option, load_form
from engine.forms.lists import read_list_file
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.queries.in_force import content_of, findings_in
from engine.queries.studio import demand_reader
from engine.queries.typed import TypedForm
from engine.store import definition_drafts
from engine.studio import could_be_read


@dataclass(frozen=True)
class Tried:
    """A form to try, None where the draft must be mended first."""

    key: str
    form: TypedForm | None
    is_draft: bool


def form_to_try(masar: Masar, actor: Actor, key: str) -> Tried:
    """The draft of a form, else the version in force, with nothing of any case. Drafts of lists count as well. A draft
    that the check could not read is not touched. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    with masar.db.read() as conn:
        draft = definition_drafts.get(conn, "form", key)
        content = draft.content if draft and draft.content is not None else None
        source = content if content is not None else content_of(conn, "form", key)
        if source is None:
            raise NotFound
        if draft and content is not None and not could_be_read(findings_in(draft.findings)):
            return Tried(key, None, True)
        definitions = masar.library.latest(conn)
        lists = definitions.lists.with_dynamic(_drawn_lists(definition_drafts.all_open(conn)))
        try:
            form = load_form(source)
        except FormError:
            return Tried(key, None, content is not None)
        unit_path = next((one.unit_path for one in actor.memberships), "")
        lists = lists_for(conn, lists, form, unit_path)
    now = masar.clock()
    env = definitions.env(now)
    values = form.start({}, env)
    typed = TypedForm(form, lists, env, definitions.decider(now), values)
    return Tried(key, typed, content is not None)


def _drawn_lists(drafts: list[definition_drafts.Draft]) -> dict[str, tuple[Option, ...]]:
    found: dict[str, tuple[Option, ...]] = {}
    for one in drafts:
        if one.kind != "list" or one.content is None or not could_be_read(findings_in(one.findings)):
            continue
        try:
            found |= read_list_file(one.content, one.key)
        except ListError:
            continue
    return found

