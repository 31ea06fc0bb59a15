"""Whether an installation can be served as it stands: asked at every start, so it loads and costs little."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Table, select

from engine.errors import MasarError
from engine.settings import Settings
from engine.store.accounts import account
from engine.store.cases import case_file
from engine.store.database import Database
from engine.store.definitions import bundle
from engine.store.keys import KeyStore
from engine.store.master_key import load_master_key
from engine.store.revision import newest_revision, stamped_revision
from engine.text import Text

_NO_MASTER_KEY = Text(
    "في قاعدة البيانات حالات، لكن ملف المفتاح الرئيسي غير موجود. أعده من نسخته المودعة: masar key recover FILE. "
    "لن يُنشأ مفتاح جديد، فهو لا يفتح حالة واحدة منها.",
    "The database holds cases, but the master key file is not there. Put it back, or recover it from its escrow copy: "
    "masar key recover FILE. No new key is made: it would open none of these cases.",
)
_NO_CASE_KEYS = Text(
    "في قاعدة البيانات حالات، لكن مخزن مفاتيح الحالات فارغ. أعده من نسخته الاحتياطية، أو صحح KEYS_URL.",
    "The database holds cases, but the store of case keys is empty. Put its backup back, or mend KEYS_URL.",
)
_OTHER_MASTER_KEY = Text(
    "ملف المفتاح الرئيسي يخص تركيباً آخر: لا يفتح حالات قاعدة البيانات هذه. صحح MASTER_KEY_FILE أو DATABASE_URL.",
    "The master key file belongs to another installation: it does not open the cases of this database. "
    "Mend MASTER_KEY_FILE or DATABASE_URL.",
)


class NotServable(MasarError):
    """Something that set-up must not repair by itself: a person has to."""


def is_ready(settings: Settings, demo: bool) -> bool:
    """Whether set-up has nothing to do. Raises NotServable where it may do nothing."""
    with closing(Database(settings.database_url, pool_size=1)) as db, db.read() as conn:
        revision = stamped_revision(conn)
        if revision is not None:
            refuse_lost_keys(settings, conn)
        if revision != newest_revision() or not settings.master_key_file.exists():
            return False
        complete = has_rows(conn, account) and not unfinished_demo(settings).exists()
        return has_rows(conn, bundle) and (complete or not demo)


def unfinished_demo(settings: Settings) -> Path:
    """The file that says, as long as it is there, that the demo is not complete, and how many cases of it are."""
    return settings.home / "demo-unfinished.txt"


def refuse_lost_keys(settings: Settings, conn: Connection) -> None:
    """Raises NotServable when cases are there but not what opens them: a fresh key would seal their loss."""
    if not has_rows(conn, case_file):
        return
    if not settings.master_key_file.exists():
        raise NotServable(_NO_MASTER_KEY)
    with closing(KeyStore(settings.keys_url)) as keys:
        wrapped_by = keys.first_wrapper()
    if wrapped_by is None:
        raise NotServable(_NO_CASE_KEYS)
    if wrapped_by not in load_master_key(settings.master_key_file).wrapping:
        raise NotServable(_OTHER_MASTER_KEY)


def has_rows(conn: Connection, table: Table) -> bool:
    """Whether a table has any row."""
    return conn.scalar(select(table.c.id).limit(1)) is not None
