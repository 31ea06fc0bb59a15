"""Forms: read by the same code that shows them, then checked by it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from engine.bpmn.lint.known import Asked
from engine.bpmn.lint.reads import OF_CASE
from engine.checks.source import Source
from engine.findings import Finding
from engine.forms import Form, FormError, Lists, load_form
from engine.forms.asking import asked_of_case, held
from engine.text import Text


def forms_in(sources: Iterable[Source]) -> dict[str, Form]:
    """The forms among some files; those that cannot be read are findings of their own."""
    found = {}
    for source in sources:
        if source.kind == "form":
            with suppress(FormError):
                found[source.stem] = load_form(source.data)
    return found


def asked_by(form: Form, decisions: Mapping[str, frozenset[str]]) -> Sequence[Asked]:
    """What a form reads of the case."""
    return [
        Asked(one.field, one.names, one.spared, frozenset(OF_CASE.findall("\n".join(one.sources))))
        for one in asked_of_case(form, decisions)]


def held_by(forms: Mapping[str, Form]) -> dict[str, frozenset[str]]:
    """What the answers of each form hold."""
    return {key: held(form) for key, form in forms.items()}


def check_form(file: str, source: bytes, lists: Lists | None, stem: str | None) -> list[Finding]:
    """All findings of a form. `stem` is the file's name without ending, which must be the form's key."""
    try:
        form = load_form(source)
    except FormError as error:
        return [
            Finding(
                file,
                "",
                "not-a-form",
                "error",
                error.text,
                Text("صدّره من محرر النماذج مرة أخرى.", "Export it from the form editor again."),
            )
        ]
    findings = [Finding(file, f.element, f.rule, f.severity, f.message, f.mend) for f in form.check(lists)]
    if stem is not None and form.key != stem:
        findings.append(
            Finding(
                file,
                form.key[:100],
                "form-key-file",
                "error",
                Text(
                    f"معرّف النموذج «{form.key[:60]}» يختلف عن اسم الملف «{stem[:60]}».",
                    f"The form's id “{form.key[:60]}” differs from the name of its file, “{stem[:60]}”.",
                ),
                Text("اجعلهما واحداً.", "Make them the same."),
            )
        )
    return findings
