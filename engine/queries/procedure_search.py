"""Searching the procedure: its processes and their steps, forms and their questions, decisions and words."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.actor import Actor
from engine.definitions import Definitions
from engine.forms.wiring import everything
from engine.masar import Masar
from engine.queries.procedure import GLOSSARY, about_of, in_force, reading_order, why_of
from engine.store.names import normalise
from engine.text import Text

MOST = 60


@dataclass(frozen=True)
class Found:
    """A place where the words stand: its kind (process, step, form, decision, word), address, title and what it
    says."""

    kind: str
    address: str
    title: Text
    within: Text
    said: Text


def search_procedure(masar: Masar, actor: Actor, text: str) -> list[Found]:
    """Where all words of a text stand, in either language, however their letters are spelt; at most 60. Raises
    NotAllowed."""
    found = in_force(masar, actor)
    wanted = normalise(text).split()
    if not wanted:
        return []
    hits = (
        one for one in _places(found) if all(word in _plain(one) for word in wanted))
    return [one for one, _ in zip(hits, range(MOST), strict=False)]


def _plain(one: Found) -> str:
    return normalise(" ".join((*one.title, *one.said)))


def _places(found: Definitions) -> Iterator[Found]:
    for word in found.lists.get(GLOSSARY, ()):
        yield Found("word", f"/procedure/words#{word.value}", word.label, Text(""), Text(""))
    for key in reading_order(found):
        process = found.bpmn.processes[key]
        yield Found("process", f"/procedure/{key}", process.name, Text(""), about_of(found, process))
        for one in process.elements.values():
            if one.name.ar:
                yield Found("step", f"/procedure/{key}#{one.id}", one.name, process.name, why_of(one))
    for key, form in sorted(found.forms.items()):
        labels = [field.label for field in everything(form.scope) if field.label.ar]
        said = Text(" · ".join(one.ar for one in labels), " · ".join(one.in_("en") for one in labels))
        yield Found("form", f"/procedure/forms/{key}", form.title, Text(""), said)
    for model in found.decisions.values():
        for told in model.decisions:
            title = told.title if told.title.ar else Text(told.id, told.id)
            said = Text(" ".join([told.id, *(one.ar for one in told.notes)]), " ".join(one.en for one in told.notes))
            yield Found("decision", f"/procedure/decisions/{told.id}", title, Text(""), said)
