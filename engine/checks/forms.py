"""Forms: read by the same code that shows them, then checked by it."""

from engine.findings import Finding
from engine.forms import FormError, Lists, load_form
from engine.text import Text


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
