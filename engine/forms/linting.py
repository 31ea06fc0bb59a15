"""What must be mended in a form before it may be published: by element, by rule, with the mend."""

from collections.abc import Iterator

from engine.findings import Finding, Severity
from engine.forms.components import Component
from engine.forms.fields import TYPES, Computed, Field, Rows, variation
from engine.forms.fields.choice import Choice
from engine.forms.fields.choices import Choices
from engine.forms.fields.standing import Words
from engine.forms.lists import Lists
from engine.forms.properties import PROPERTIES, SENSITIVITIES, WIDGETS
from engine.forms.scope import Scope
from engine.forms.wiring import everything, formulas
from engine.text import Text

REFUSED = {
    "html": Text("مكوّن HTML ممنوع: يستطيع تشغيل ما لا نراه.", "HTML components are refused: they can run what nobody sees."),
    "iframe": Text("مكوّن iframe ممنوع: يحمّل من خارج الخادم.", "Frames are refused: they load from outside the server."),
}
NOT_YET = {"filepicker", "table", "image", "documentPreview"}


def check(key: str, components: tuple[Component, ...], scope: Scope, lists: Lists | None) -> list[Finding]:
    """All findings of a form, in its order. Without `lists`, names of lists are not checked."""
    return list(_Checker(key).all(components, scope, lists))


class _Checker:
    def __init__(self, key: str) -> None:
        self.key = key

    def found(self, element: str, rule: str, message: Text, mend: Text, severity: Severity = "error") -> Finding:
        return Finding(f"{self.key}.form", element, rule, severity, message, mend)

    def all(self, components: tuple[Component, ...], scope: Scope, lists: Lists | None) -> Iterator[Finding]:
        for component in walk(components):
            yield from self.type_of(component)
            yield from self.properties(component)
        yield from self.keys(scope, "")
        for field in everything(scope):
            yield from self.words(field)
            yield from self.formulas(field)
            yield from self.options(field, lists)
        yield from self.never_shown(scope)

    def type_of(self, component: Component) -> Iterator[Finding]:
        name = component.element or component.type or "?"
        if component.type in REFUSED:
            yield self.found(name, "form-type-refused", REFUSED[component.type], Text("احذف المكوّن.", "Remove the component."))
        elif component.type in NOT_YET:
            yield self.found(
                name, "form-type-not-yet", Text(f"المكوّن «{component.type}» لا يظهر بعد.", f"Components “{component.type}” are not shown yet."),
                Text("اتركه لإصدار لاحق أو احذفه.", "Leave it for a later release, or remove it."), "warning",
            )
        elif component.type not in TYPES:
            yield self.found(
                name, "form-type-unknown", Text(f"نوع غير معروف: «{component.type}».", f"Unknown type “{component.type}”."),
                Text("استعمل نوعاً من docs/forms.md.", "Use a type from docs/forms.md."),
            )

    def properties(self, component: Component) -> Iterator[Finding]:
        for name, value in component.properties.given.items():
            known = PROPERTIES.get(name)
            if known is None:
                yield self.found(
                    component.element, "form-property-unknown", Text(f"خاصية غير معروفة: «{name}».", f"Unknown property “{name}”."),
                    Text("صحّح الاسم وفق docs/forms.md أو احذفها.", "Correct the name by docs/forms.md, or remove it."),
                )
            elif known.types and component.type not in known.types:
                yield self.found(
                    component.element, "form-property-misplaced",
                    Text(f"الخاصية «{name}» لا أثر لها على «{component.type}».", f"Property “{name}” has no effect on “{component.type}”."),
                    Text("انقلها أو احذفها.", "Move it or remove it."), "warning",
                )
            elif not _fits(known.shape, value):
                yield self.found(
                    component.element, "form-property-value", Text(f"قيمة «{name}» غير مقبولة.", f"The value of “{name}” is not accepted."),
                    Text("راجع docs/forms.md.", "See docs/forms.md."),
                )

    def keys(self, scope: Scope, prefix: str) -> Iterator[Finding]:
        seen: set[str] = set()
        for one in scope.placed:
            field = one.field
            if not (field.answered or isinstance(field, Computed)):
                continue
            if not field.component.key:
                yield self.found(
                    field.component.id, "form-key-missing", Text("ينقص الحقل مفتاحه.", "The field has no key."),
                    Text("أعطه مفتاحاً إنجليزياً.", "Give it an English key."),
                )
            elif field.path in seen or not _is_key(field.path):
                yield self.found(
                    prefix + field.path, "form-key-duplicate" if field.path in seen else "form-key-form",
                    Text("المفتاح مكرر أو ليس كلمة إنجليزية.", "The key stands twice, or is not an English word."),
                    Text("اجعله فريداً: أحرف إنجليزية صغيرة وأرقام و _.", "Make it unique: lower-case letters, digits and _."),
                )
            seen.add(field.path)
            if isinstance(field, Rows):
                yield from self.keys(field.row, f"{field.path}.")
                if any(isinstance(inner.field, Rows) for inner in field.row.placed):
                    yield self.found(
                        field.path, "form-list-in-list", Text("قائمة متكررة داخل قائمة متكررة.", "A repeatable group within another."),
                        Text("اجعلهما متجاورتين.", "Put them side by side."),
                    )

    def words(self, field: Field) -> Iterator[Finding]:
        name = field.path
        text = field.text if isinstance(field, Words) else field.label
        asked = field.answered or isinstance(field, (Computed, Words)) or bool(text.ar)
        if asked and not text.ar and field.component.type in TYPES:
            yield self.found(name, "form-label-missing", Text("لا تسمية عربية.", "There is no Arabic label."), Text("اكتب label.", "Write a label."))
        if (text.ar and not text.en) or (field.hint.ar and not field.hint.en):
            yield self.found(
                name, "form-english-missing", Text("تنقص الترجمة الإنجليزية.", "The English words are missing."),
                Text("اكتب label_en وdescription_en (أو text_en).", "Write label_en and description_en (or text_en)."),
            )
        if field.answered and not field.component.properties.text("sensitivity") and not isinstance(field, Rows):
            yield self.found(
                name, "form-sensitivity-missing", Text("لا تصنيف لحساسية الحقل؛ يُعامل محمياً.", "No sensitivity is set; it counts as protected."),
                Text("اكتب sensitivity: ordinary أو protected أو identity.", "Write sensitivity: ordinary, protected or identity."),
            )

    def formulas(self, field: Field) -> Iterator[Finding]:
        for name, formula in formulas(field):
            if formula.fault is not None:
                yield self.found(
                    field.path, "form-feel", Text(f"تعبير {name} لا يُفهم: {formula.fault.ar}", f"The {name} expression is not FEEL: {formula.fault.in_('en')}"),
                    Text("صحّح التعبير.", "Correct the expression."),
                )
        pattern = field.component.rules.get("pattern")
        if pattern and getattr(field, "pattern", pattern) is None:
            yield self.found(field.path, "form-pattern", Text("النمط (pattern) غير صحيح.", "The pattern is not valid."), Text("صحّحه.", "Correct it."))

    def options(self, field: Field, lists: Lists | None) -> Iterator[Finding]:
        if not isinstance(field, (Choice, Choices)):
            return
        if not field.offer.list:
            yield self.found(
                field.path, "form-list-missing", Text("لا قائمة خيارات.", "There is no option list."),
                Text("سمِّ قائمة من forms/lists في الخاصية list.", "Name a list of forms/lists in the property list."),
                "warning" if field.offer.written else "error",
            )
        elif lists is not None and field.component.properties.text("list") and field.offer.list not in lists:
            yield self.found(
                field.path, "form-list-unknown", Text(f"لا توجد قائمة «{field.offer.list}».", f"There is no list “{field.offer.list}”."),
                Text("سمِّ قائمة موجودة أو أضفها.", "Name a list that exists, or add it."),
            )

    def never_shown(self, scope: Scope) -> Iterator[Finding]:
        for one in scope.placed:
            if any(guard.source == "true" for guard in one.guards):
                severity: Severity = "error" if one.field.required else "warning"
                yield self.found(
                    one.field.path, "form-never-shown", Text("لا يظهر هذا الحقل أبداً.", "This field can never show."),
                    Text("صحّح شرط الإخفاء أو احذف الحقل.", "Correct the hide condition, or remove the field."), severity,
                )


def walk(components: tuple[Component, ...]) -> Iterator[Component]:
    """All components, outer before inner."""
    for component in components:
        yield component
        yield from walk(component.children)


def _fits(shape: str, value: str) -> bool:
    value = value.strip()
    if shape == "sensitivity":
        return value in SENSITIVITIES
    if shape == "widget":
        return value in WIDGETS
    if shape == "yes":
        return value in ("true", "false")
    if shape == "number":
        return value.isascii() and value.isdigit() and len(value) <= 4
    return bool(value)


def _is_key(path: str) -> bool:
    plain = path.replace("_", "a").replace(".", "a")
    return path.isascii() and plain.isalnum() and path[0].isalpha() and path == path.lower()


__all__ = ["check", "variation"]
