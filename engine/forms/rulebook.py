"""Every rule that a form is checked by: how grave it is, what it says, and how to mend what it names."""

from typing import NamedTuple

from engine.findings import Finding, Severity
from engine.text import Text


class Rule(NamedTuple):
    """Words with room for a name or a value: {0}."""

    severity: Severity
    message: Text
    mend: Text


RULES: dict[str, Rule] = {
    "form-html-refused": Rule(
        "error",
        Text("مكوّن HTML ممنوع: يستطيع تشغيل ما لا نراه.", "HTML is refused: it can run what nobody sees."),
        Text("احذف المكوّن، واستعمل مكوّن النص.", "Remove the component and use a text."),
    ),
    "form-iframe-refused": Rule(
        "error",
        Text("مكوّن iframe ممنوع: يحمّل من خارج الخادم.", "Frames are refused: they load from outside the server."),
        Text("احذف المكوّن.", "Remove the component."),
    ),
    "form-type-not-yet": Rule(
        "warning",
        Text("المكوّن «{0}» لا يظهر بعد.", "Components “{0}” are not shown yet."),
        Text("اتركه لإصدار لاحق أو احذفه.", "Leave it for a later release, or remove it."),
    ),
    "form-type-unknown": Rule(
        "error",
        Text("نوع غير معروف: «{0}».", "Unknown type “{0}”."),
        Text("استعمل نوعاً مما في docs/forms.md.", "Use a type of docs/forms.md."),
    ),
    "form-property-unknown": Rule(
        "error",
        Text("خاصية غير معروفة: «{0}».", "Unknown property “{0}”."),
        Text("صحّح الاسم وفق docs/forms.md أو احذفها.", "Correct the name by docs/forms.md, or remove it."),
    ),
    "form-property-misplaced": Rule(
        "warning",
        Text("الخاصية «{0}» لا أثر لها على هذا النوع.", "Property “{0}” has no effect on this type."),
        Text("انقلها أو احذفها.", "Move it, or remove it."),
    ),
    "form-property-value": Rule(
        "error",
        Text("قيمة الخاصية «{0}» غير مقبولة.", "The value of property “{0}” is not accepted."),
        Text("راجع القيم في docs/forms.md.", "See the values in docs/forms.md."),
    ),
    "form-key-missing": Rule(
        "error",
        Text("ينقص الحقل مفتاحه.", "The field has no key."),
        Text("أعطه مفتاحاً: أحرف إنجليزية صغيرة وأرقام و _.", "Give it a key: lower-case letters, digits and _."),
    ),
    "form-key-duplicate": Rule(
        "error",
        Text("المفتاح مكرر.", "The key stands twice."),
        Text("اجعل لكل حقل مفتاحاً فريداً.", "Give each field a key of its own."),
    ),
    "form-key-form": Rule(
        "error",
        Text("المفتاح ليس كلمة إنجليزية بسيطة.", "The key is not a plain English word."),
        Text("أحرف إنجليزية صغيرة وأرقام و _ فقط.", "Only lower-case letters, digits and _."),
    ),
    "form-list-in-list": Rule(
        "error",
        Text("قائمة متكررة داخل قائمة متكررة.", "A repeatable group stands within another."),
        Text("اجعلهما متجاورتين.", "Put them side by side."),
    ),
    "form-label-missing": Rule(
        "error",
        Text("لا تسمية عربية.", "There is no Arabic label."),
        Text("اكتب label.", "Write a label."),
    ),
    "form-english-missing": Rule(
        "error",
        Text("تنقص الكلمات الإنجليزية.", "The English words are missing."),
        Text("اكتب label_en وdescription_en (أو text_en).", "Write label_en and description_en (or text_en)."),
    ),
    "form-sensitivity-missing": Rule(
        "error",
        Text("لا تصنيف لحساسية الحقل؛ يُعامل محمياً.", "No sensitivity is set; it counts as protected."),
        Text(
            "اكتب sensitivity: ordinary أو protected أو identity.",
            "Write sensitivity: ordinary, protected or identity.",
        ),
    ),
    "form-feel": Rule(
        "error",
        Text("تعبير لا يُفهم: {0}", "An expression is not FEEL: {0}"),
        Text("صحّح التعبير.", "Correct the expression."),
    ),
    "form-valid-words": Rule(
        "error",
        Text("شرط valid_if بلا كلمات تقول ما العمل.", "A condition valid_if has no words that say what to do."),
        Text("اكتب valid_hint وvalid_hint_en.", "Write valid_hint and valid_hint_en."),
    ),
    "form-pattern": Rule(
        "error",
        Text("النمط (pattern) غير صحيح.", "The pattern is not valid."),
        Text("صحّح النمط أو احذفه.", "Correct the pattern, or remove it."),
    ),
    "form-list-missing": Rule(
        "error",
        Text("لا قائمة خيارات.", "There is no option list."),
        Text("سمِّ في الخاصية list قائمة من forms/lists.", "Name a list of forms/lists as property list."),
    ),
    "form-list-written": Rule(
        "warning",
        Text("الخيارات مكتوبة في النموذج، ولا إنجليزية لها.", "The options are in the form itself, without English."),
        Text("انقلها إلى قائمة في forms/lists.", "Move them to a list of forms/lists."),
    ),
    "form-list-unknown": Rule(
        "error",
        Text("لا توجد قائمة «{0}».", "There is no list “{0}”."),
        Text("سمِّ قائمة موجودة أو أضفها.", "Name a list that exists, or add it."),
    ),
    "form-value-unknown": Rule(
        "error",
        Text("القيمة «{0}» ليست من القائمة.", "The value “{0}” is not of the list."),
        Text("صحّح القيمة.", "Correct the value."),
    ),
    "form-field-unknown": Rule(
        "error",
        Text("لا يوجد حقل «{0}» في النموذج.", "There is no field “{0}” in the form."),
        Text("سمِّ حقلاً من هذا النموذج.", "Name a field of this form."),
    ),
    "form-never-shown": Rule(
        "error",
        Text("لا يظهر هذا الحقل أبداً.", "This field can never show."),
        Text("صحّح شرط الإخفاء أو احذف الحقل.", "Correct the hide condition, or remove the field."),
    ),
}


def finding(form: str, element: str, rule: str, value: Text | str = "") -> Finding:
    """One finding by a rule; `value` fills the room in its words, shortened so that no file floods the list."""
    known, told = RULES[rule], value if isinstance(value, Text) else Text(value, value)
    ar, en = told.ar[:200], told.in_("en")[:200]
    message = Text(known.message.ar.replace("{0}", ar), known.message.en.replace("{0}", en))
    return Finding(f"{form}.form", element[:100], rule, known.severity, message, known.mend)
