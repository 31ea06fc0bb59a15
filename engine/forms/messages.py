"""What a form says beside a field that cannot be taken as it is: always what to do, in both languages."""

from engine.text import Text


def fill_in(label: Text) -> Text:
    """A required box is empty."""
    return Text(f"أكمل «{label.ar}».", f"Fill in “{label.in_('en')}”.")


def choose(label: Text) -> Text:
    """A required choice is not made."""
    return Text(f"اختر إجابة عن «{label.ar}».", f"Choose an answer to “{label.in_('en')}”.")


def tick(label: Text) -> Text:
    """A box that must be ticked is not."""
    return Text(f"ضع إشارة في «{label.ar}» للمتابعة.", f"Tick “{label.in_('en')}” to go on.")


def add_one(label: Text) -> Text:
    """A list that needs a row has none."""
    return Text(f"أضف عنصراً واحداً على الأقل إلى «{label.ar}».", f"Add at least one entry to “{label.in_('en')}”.")


def at_least_rows(least: int) -> Text:
    """Too few rows."""
    return Text(f"أضف عناصر حتى تبلغ {least} على الأقل.", f"Add entries until there are at least {least}.")


def computes_too_much(label: Text) -> Text:
    """A formula or decision of the form goes beyond its bounds: nobody who fills it can mend that."""
    return Text(
        f"يحسب هذا النموذج عند «{label.ar}» أكثر مما يُسمح به، فلم يُؤخذ. "
        "ما كتبته باقٍ: احفظه مسودة وأبلغ محلل الإجراءات.",
        f"At “{label.in_('en')}” this form computes more than is allowed, so it was not taken. What you typed stands: "
        "keep it as a draft and tell the process analyst.",
    )


def too_long(most: int) -> Text:
    """A text beyond its bound."""
    return Text(f"اختصر النص: الحد الأعلى {most} حرفاً.", f"Shorten the text: at most {most} characters.")


def too_short(least: int) -> Text:
    """A text below its bound."""
    return Text(f"اكتب المزيد: {least} حرفاً على الأقل.", f"Write more: at least {least} characters.")


def wrong_pattern(hint: Text) -> Text:
    """A text that does not have the form asked for."""
    if hint.ar:
        return Text(f"راجع الصيغة: {hint.ar}", f"Check the format: {hint.in_('en')}")
    return Text("راجع الصيغة: لا تطابق ما هو مطلوب.", "Check the format: it is not what is asked for.")


PHONE = Text(
    "اكتب رقم هاتف من 7 إلى 15 رقماً، وقبله + ورمز البلد إن كان من بلد آخر.",
    "Write a phone number of 7 to 15 digits, with + and the country’s code before it where it is of another country.",
)
EMAIL = Text("اكتب بريداً إلكترونياً مثل name@example.org.", "Write an email address such as name@example.org.")
NUMBER = Text("اكتب رقماً، مثل 12.", "Write a number, such as 12.")
WHOLE = Text("اكتب عدداً صحيحاً دون كسور.", "Write a whole number, without a fraction.")
DATE = Text(
    "اكتب تاريخاً صحيحاً: اليوم ثم الشهر ثم السنة، مثل 27 3 2026.",
    "Write a real date: day, month, year, such as 27 3 2026.",
)
DATE_PART = Text("أكمل التاريخ: اليوم والشهر والسنة معاً.", "Complete the date: day, month and year together.")
TIME = Text("اكتب الوقت بالساعات والدقائق، مثل 14:30.", "Write the time in hours and minutes, such as 14:30.")
HIJRI = Text(
    "اكتب تاريخاً هجرياً صحيحاً: اليوم ثم الشهر ثم السنة، مثل 12 6 1448.",
    "Write a real Hijri date: day, month, year, such as 12 6 1448.",
)
FUTURE = Text("اكتب تاريخاً لا يقع في المستقبل.", "Write a date that is not in the future.")
PAST = Text("اكتب تاريخ اليوم أو تاريخاً بعده.", "Write today's date or a later one.")
NOT_IN_LIST = Text("اختر قيمة من القائمة.", "Choose a value from the list.")
NEW_QUESTION = Text(
    "ظهر هذا السؤال تبعاً لإجاباتك: أجب عنه إن لزم، ثم أرسل من جديد.",
    "This question follows from your answers: answer it where needed, then send again.",
)
CONTRADICTED = Text(
    "لا تتفق هذه الإجابة مع غيرها: راجعهما معاً.", "This answer does not go together with another: look at both.",
)
NOT_UNDERSTOOD = Text("تعذّر فهم هذه الإجابة؛ أعد إدخالها.", "This answer could not be understood; enter it again.")

NO_SUCH_FIELD = Text("لا سؤال بهذا الاسم في النموذج.", "The form has no question of this name.")
STRING = Text("المطلوب نص.", "A string is wanted here.")
STRINGS = Text("المطلوب قائمة نصوص.", "A list of strings is wanted here.")
BOOLEAN = Text("المطلوب true أو false.", "true or false is wanted here.")
ROWS = Text("المطلوب قائمة كائنات، واحد لكل صف.", "A list of objects is wanted here, one for each row.")


def between(least: object, most: object) -> Text:
    """A number outside its range; either end may be None."""
    if least is None:
        return Text(f"اكتب رقماً لا يزيد على {most}.", f"Write a number of {most} or less.")
    if most is None:
        return Text(f"اكتب رقماً لا يقل عن {least}.", f"Write a number of {least} or more.")
    return Text(f"اكتب رقماً من {least} إلى {most}.", f"Write a number from {least} to {most}.")


def too_many(most: int) -> Text:
    """More choices or rows than allowed."""
    return Text(f"الحد الأعلى {most}؛ احذف ما زاد.", f"At most {most}; remove the rest.")


def too_few(least: int) -> Text:
    """Fewer choices than asked for."""
    return Text(f"اختر {least} على الأقل.", f"Choose at least {least}.")


def alone(option: Text) -> Text:
    """An option that excludes the others stands with others."""
    return Text(
        f"إما «{option.ar}» وحدها أو الخيارات الأخرى، لا كلاهما.",
        f"Choose either “{option.in_('en')}” alone or the other options, not both.",
    )


def among(label: Text) -> Text:
    """A value that must be one of those chosen in another field."""
    return Text(f"اختر واحداً مما اخترته في «{label.ar}».", f"Choose one of those you chose in “{label.in_('en')}”.")


def not_after(label: Text) -> Text:
    """A date beyond that of another field."""
    return Text(f"اكتب تاريخاً لا يتجاوز «{label.ar}».", f"Write a date not after “{label.in_('en')}”.")
