"""Forms: form-js JSON → fields → marshmallow schema → answers → views. Pure: no database, no web.

    form = load_form(source)
    form.start(context, env)                          what the boxes hold at first (prefills)
    form.view(values, context, lists, env, errors, locale)   → FormView, for a template
    form.read(raw, context, lists, env)               → Reading(answers, errors, reshaped)
    form.boxed(document) · form.document(raw)         answers as programs send them
    form.describe(answers, lists)                     → (label, value, sensitivity, path) for the timeline
    changes(before, after)                            what differs between two descriptions
    as_filled(form, answers, context, lists, env)     every question that was on the page, with its answer in words
    form.check(lists)                                 → findings

Analysts' side: docs/forms.md."""

from engine.forms.components import FormError
from engine.forms.documents import Document
from engine.forms.form import Form, load_form
from engine.forms.lists import ListError, Lists, Option, load_lists
from engine.forms.reading import Reading
from engine.forms.reviewing import Part, Question, as_filled
from engine.forms.telling import Changed, Told, changes
from engine.forms.views import (
    BlockView,
    ErrorView,
    FieldView,
    FormView,
    OptionView,
    PartView,
    RowView,
    SectionView,
)

__all__ = [
    "BlockView", "Changed", "Document", "ErrorView", "FieldView", "Form", "FormError", "FormView", "ListError", "Lists",
    "Option", "OptionView", "Part", "PartView", "Question", "Reading", "RowView", "SectionView", "Told", "as_filled",
    "changes", "load_form", "load_lists",
]
