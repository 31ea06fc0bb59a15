"""How far a report or a complaint has come, for whoever holds its tracking code: one of three words, nothing more."""

from typing import Literal

from sqlalchemy import or_, select

from engine.commands.reports import origin_of
from engine.commands.throttling import admit
from engine.errors import Invalid
from engine.masar import Masar
from engine.store.cases import case_file
from engine.store.work_items import work_item
from engine.text import Text

Progress = Literal["received", "looked_at", "dealt_with"]
MOST_LOOKS = 60
_LENGTH, _GROUP = 16, 4
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz234567")
# Signs that hand-writing turns into one another; the code itself has no 0, 1 or 8.
_READ_AS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹018", "ol234567b9ol234567b9olb")
_NO_CODE = Text(
    "رمز المتابعة ستة عشر حرفاً ورقماً، مثل: k7qm-2xwd-54tb-hrz3. انظر إليه مرة أخرى.",
    "A tracking code has sixteen letters and digits, such as k7qm-2xwd-54tb-hrz3. Look at it once more.",
)


def progress_of(masar: Masar, typed: str, address: str) -> Progress:
    """How far the report or complaint with this code has come; it is dealt with when all its work has ended, a notice
    to an authority too. A code that nobody has is answered as a report that has just come in, after the same
    statements: nobody learns from here that a code is none. Raises Invalid for what cannot be a code, Throttled."""
    admit(masar, "track", address, MOST_LOOKS)
    origin = origin_of(masar, clean_code(typed))
    with masar.db.read() as conn:
        found = select(case_file.c.id, case_file.c.status).where(
            case_file.c.origin_key == origin, case_file.c.kind.in_(("report", "complaint"))
        )
        row = conn.execute(found).first()
        by_a_person = or_(work_item.c.assignee_id.is_not(None), work_item.c.closed_by > 0)
        of_report = work_item.c.case_id == (row.id if row else 0)
        looked_at = conn.scalar(select(work_item.c.id).where(of_report, by_a_person).limit(1))
    if row is not None and row.status == "closed":
        return "dealt_with"
    return "looked_at" if looked_at else "received"


def clean_code(typed: str) -> str:
    """A tracking code as it was told, however it was written down; raises Invalid for what cannot be one."""
    plain = "".join(sign for sign in typed.lower().translate(_READ_AS) if sign.isalnum())
    if len(plain) != _LENGTH or not set(plain) <= _LETTERS:
        raise Invalid(_NO_CODE, {"code": _NO_CODE})
    return "-".join(plain[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))
