"""What is said to those who plan migrations."""

from engine.text import Text

NOTE = Text("اكتب لماذا تُنقل الحالات.", "Write why the cases are moved.")
REASON = Text("اكتب السبب.", "Write the reason.")
NONE_CHOSEN = Text("اختر خطة واحدة على الأقل.", "Choose at least one plan.")
NOTHING_OLD = Text("كل الحالات على النسخة المعمول بها.", "All cases are on the version in force.")
NEWEST = Text("هذه هي النسخة المعمول بها.", "That is the version in force.")
CHANGED = Text(
    "تغيّرت الخطة أو حالها منذ فتحت الصفحة. افتحها من جديد.",
    "The plan, or how it stands, changed since you opened the page. Open it again.",
)
NEWER = Text(
    "نُشر إصدار أحدث منذ بدأت هذه الخطة. اسحبها وابدأ خطة إليه.",
    "A newer version was published since this plan was begun. Withdraw it and begin one for that.",
)
ANOTHER = Text(
    "تجري خطة أخرى لهذه الحالات. انتظرها أو اسحبها.", "Another plan is under way for these cases. Wait, or withdraw it."
)
WRONG = Text("في الخطة ما لا يُنفَّذ. صحّحه أولاً.", "The plan holds what cannot be done. Mend it first.")
OWN = Text(
    "من كتب الخطة أو اقترحها لا يوافق عليها: يبتّ فيها محلل آخر.",
    "Whoever wrote or proposed the plan does not approve it: another analyst does.",
)
