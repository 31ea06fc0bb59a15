"""Why something cannot be moved to the new version. Words are here once; what is kept is the key and the element, so
that nothing of a case goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import MasarError
from engine.text import Text

WORDS: Mapping[str, tuple[str, str]] = {
    "process-gone": ("لا إجراء في الإصدار الجديد مكان «{0}»", "the new version has no process in the place of “{0}”"),
    "case-process": (
        "الإجراء الذي تجري عليه الحالة نفسها لا يتبدل", "the process that the case itself runs cannot become another"),
    "no-target": ("لم يُقل إلى أين يذهب «{0}»", "it is not said where “{0}” goes"),
    "target-gone": ("العنصر المقصود مكان «{0}» ليس في الإصدار الجديد", "the new version lacks what “{0}” is to go to"),
    "other-kind": (
        "ما ينتظر عند «{0}» لا ينتظر مثله عند العنصر المقصود", "what waits at “{0}” cannot wait at its target"),
    "outside": (
        "العنصر المقصود مكان «{0}» خارج ما يجري فيه", "what “{0}” is to go to lies outside of what it runs in"),
    "not-enterable": (
        "لا يُدخل إلى ما يحوي العنصر المقصود مكان «{0}»",
        "what holds the target of “{0}” cannot be entered from here: it repeats, or an event begins it"),
    "enter-failed": (
        "تعذّر حساب مدخلات ما يحوي العنصر المقصود مكان «{0}»",
        "the inputs of what holds the target of “{0}” cannot be computed"),
    "items-differ": (
        "تكرار «{0}» على القائمة ليس كتكرار العنصر المقصود", "“{0}” goes through its list otherwise than its target"),
    "other-border": (
        "الحدث «{0}» ليس على حدود العنصر نفسه في الإصدار الجديد",
        "the event “{0}” is not on the border of the same activity in the new version"),
    "other-gateway": (
        "الأحداث المتسابقة عند «{0}» لم تعد خلف بوابة واحدة", "the events that race at “{0}” no longer do so"),
    "arrow-gone": (
        "السهم الذي وصل به رمز إلى «{0}» لم يعد إليها، ولم يُقل ما مكانه",
        "the arrow by which a token has come to “{0}” is gone, and it is not said what takes its place"),
    "called-differs": ("يستدعي «{0}» إجراءً آخر في الإصدار الجديد", "“{0}” calls another process in the new version"),
    "drop-last": ("لا يبقى شيء مفتوح بعد الاستغناء عن «{0}»", "nothing would be left open without “{0}”"),
    "variable-taken": (
        "الاسم الجديد للمتغير في «{0}» مستعمل", "a variable of the new name is there already in “{0}”"),
    "would-stop": ("ستتوقف الحالة عند «{0}»", "the case would stop at “{0}”"),
    "runs-away": ("لن تستقر الحالة بعد النقل", "the case would not come to rest"),
    "draft-does-not-fit": (
        "كُتب في استمارة «{0}» ما ليس في الاستمارة الجديدة؛ تُنقل الحالة بعد إرسالها",
        "somebody has typed into the form of “{0}” what the new form lacks; it moves once that is sent"),
    "key-destroyed": ("مُحي محتوى الملف", "the content of the file was erased"),
    "other-version": ("بدأت الحالة على إصدار آخر", "the case runs on another version than the plan is made for"),
    "busy": ("كان غيرنا يعمل على الحالة", "others were at work on the case"),
    "does-not-load": ("لا يُقرأ الملف بإصداره", "the case does not load under its own version"),
}


@dataclass(frozen=True, order=True)
class Reason:
    """Why one thing cannot be moved: a key of WORDS, and where."""

    key: str
    process: str = ""
    element: str = ""

    @property
    def text(self) -> Text:
        """In words."""
        ar, en = WORDS[self.key]
        said = self.element or self.process
        return Text(ar.format(said), en.format(said))


class CannotMove(MasarError):
    """A case that stays where it is, whole."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = tuple(dict.fromkeys(reasons))
        super().__init__(Text(
            "؛ ".join(one.text.ar for one in self.reasons), "; ".join(one.text.in_("en") for one in self.reasons)))
