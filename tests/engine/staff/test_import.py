"""A spreadsheet of units and people: judged row by row, written whole or not at all, and twice is once."""

import csv
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update

from engine.cli import main
from engine.clock import StoppedClock
from engine.commands.sign_in_codes import use_code
from engine.commands.staffing import import_staffing, plan_staffing
from engine.errors import Invalid
from engine.library import Library
from engine.masar import Masar
from engine.settings import Settings
from engine.staff.lines import Line, Staffing, lines_of
from engine.staff.tables import read_sheets
from engine.store.accounts import account, membership, session
from engine.store.database import Database
from engine.store.sign_in_codes import sign_in_code
from engine.store.units import unit
from engine.store.vault import Vault

UNITS = """رمز الوحدة,الاسم بالعربية,الاسم بالإنجليزية,نوع الوحدة,رمز الوحدة الأعلى,رمز البلد
north,مديرية الشمال,North,مديرية,ministry,
ministry,الوزارة,Ministry,وزارة,,SY
centre,مركز الحي,,centre,north,
nour,جمعية النور,,مقدم خدمة,north,
"""
PEOPLE = """اسم الدخول,الاسم بالعربية,الدور,رمز الوحدة,لغة الواجهة,يعمل الآن
reem,ريم الخطيب,reception_officer,north,,
mona,منى عبد الله,case_manager,centre,الإنجليزية,نعم
mona,,case_supervisor,north,,
amal,أمل شاهين,provider_user,nour,,
"""


@pytest.fixture
def masar(settings: Settings, db: Database, vault: Vault, clock: StoppedClock) -> Iterator[Masar]:
    """An empty installation on each database."""
    yield Masar(settings, db, vault, Library(), clock)


def asked(folder: Path, units: str = "", people: str = "") -> Staffing:
    """What two .csv files ask for."""
    sheets = []
    for name, content in (("units.csv", units), ("people.csv", people)):
        if content:
            (folder / name).write_text(content, "utf-8")
            sheets += read_sheets(folder / name)
    return lines_of(sheets)


def people(*rows: str) -> Staffing:
    """Rows of login, Arabic name, role, unit and whether they work here."""
    names = ("login", "name_ar", "role", "unit", "active")
    cells = [dict(zip(names, row, strict=False)) for row in csv.reader(rows)]
    return Staffing((), tuple(Line("p", number, of_row) for number, of_row in enumerate(cells, 2)))


def counted(masar: Masar) -> list[int | None]:
    with masar.db.read() as conn:
        return [conn.scalar(select(func.count()).select_from(t)) for t in (unit, account, membership, sign_in_code)]


def test_units_in_any_order_and_their_people_come_in_at_once_and_choose_their_passwords(
    masar: Masar, tmp_path: Path
) -> None:
    plan, invited = import_staffing(masar, asked(tmp_path, UNITS, PEOPLE))
    assert {one.verdict for one in plan.judged} == {"create"}
    assert counted(masar) == [4, 3, 4, 3]
    with masar.db.read() as conn:
        paths = {row.code: row.path for row in conn.execute(select(unit))}
        mona = conn.execute(select(account).where(account.c.login == "mona")).one()
    assert paths["centre"].startswith(paths["north"]) and paths["north"].startswith(paths["ministry"])
    assert (mona.locale, mona.password_hash, mona.name_ar) == ("en", "", "منى عبد الله")
    codes = {one.login: one.code for one in invited}
    assert use_code(masar, "mona", codes["mona"], ("a password of mine",) * 2, "192.0.2.1")


def test_the_same_file_again_changes_nothing_and_gives_no_codes(masar: Masar, tmp_path: Path) -> None:
    staffing = asked(tmp_path, UNITS, PEOPLE)
    import_staffing(masar, staffing)
    before = counted(masar)
    plan, invited = import_staffing(masar, staffing)
    assert ({one.verdict for one in plan.judged}, plan.changes_anything, invited) == ({"same"}, False, [])
    assert counted(masar) == before


def test_a_dry_run_says_the_same_and_writes_nothing(masar: Masar, tmp_path: Path) -> None:
    staffing = asked(tmp_path, UNITS, PEOPLE)
    with masar.db.counted() as sent:
        planned = plan_staffing(masar, staffing)
    assert sent.commits == 0
    assert counted(masar) == [0, 0, 0, 0]
    assert planned.judged == import_staffing(masar, staffing)[0].judged


def test_who_is_named_with_more_gets_more_and_who_is_not_named_keeps_everything(masar: Masar, tmp_path: Path) -> None:
    import_staffing(masar, asked(tmp_path, UNITS, PEOPLE))
    plan, invited = import_staffing(masar, people("reem,ريم خطيب,form_organiser,north"))
    assert [one.verdict for one in plan.judged] == ["change"]
    assert "new role" in plan.judged[0].text.en and "ريم خطيب" in plan.judged[0].text.ar
    assert (invited, counted(masar)) == ([], [4, 3, 5, 3])


def test_who_leaves_is_closed_at_once_and_who_comes_back_chooses_a_new_password(masar: Masar, tmp_path: Path) -> None:
    invited = import_staffing(masar, asked(tmp_path, UNITS, PEOPLE))[1]
    code = next(one.code for one in invited if one.login == "reem")
    use_code(masar, "reem", code, ("a password of mine",) * 2, "192.0.2.1")
    import_staffing(masar, people("reem,ريم الخطيب,,,لا"))
    with masar.db.read() as conn:
        assert conn.scalar(select(func.count()).select_from(session)) == 0
        assert conn.scalar(select(account.c.active).where(account.c.login == "reem")) is False
    back = import_staffing(masar, people("reem,ريم الخطيب,,,نعم"))[1]
    assert [one.login for one in back] == ["reem"]
    with masar.db.read() as conn:
        assert conn.scalar(select(account.c.password_hash).where(account.c.login == "reem")) == ""


REFUSED = {
    "units": [
        "a b,س,,مركز,north,", "x,,,مركز,north,", "x,س,,قصر,north,", "x,س,,مركز,nowhere,", "x,س,,مركز,,",
        "x,س,,وزارة,north,", "x,س,,مركز,y,\ny,ص,,مركز,x,", "x,س,,مركز,north,\nx,س,,مركز,north,", "x,س,,مركز,north,SYR",
        "centre,مركز,,مركز,ministry,", "centre,مركز,,دائرة,north,", "x,=1+1,,مركز,north,", "x,س\u202e,,مركز,north,",
        f"x,{'س' * 201},,مركز,north,",
    ],
    "people": [
        "x,س,case_manager,centre,,", "new1,,case_manager,centre,,", "new1,س,king,centre,,",
        "new1,س,case_manager,nowhere,,",
        "new1,س,case_manager,,,", "new1,س,case_manager,centre,فرنسي,", "new1,س,case_manager,centre,,ربما",
        "new1,س,case_manager,nour,,", "new1,س,provider_user,centre,,", "new1,س,public,centre,,",
        "new1,س,case_manager,centre,,\nnew1,ص,case_supervisor,centre,,", "new1,@سوم,case_manager,centre,,",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "rows"), [(kind, rows) for kind, listed in REFUSED.items() for rows in listed])
def test_one_wrong_row_is_named_in_both_languages_and_nothing_is_written(
    sqlite_settings: Settings, vault: Vault, clock: StoppedClock, tmp_path: Path, kind: str, rows: str
) -> None:
    with closing(Database(sqlite_settings.database_url)) as db:
        masar = Masar(sqlite_settings, db, vault, Library(), clock)
        import_staffing(masar, asked(tmp_path, UNITS, PEOPLE))
        before = counted(masar)
        good = {"units": "ok,جيدة,,مركز,north,\n", "people": "good,جيد,case_manager,centre,,\n"}
        heads = {"units": UNITS.partition("\n")[0] + "\n", "people": PEOPLE.partition("\n")[0] + "\n"}
        staffing = asked(tmp_path, **{kind: heads[kind] + good[kind] + rows + "\n"})
        refused = plan_staffing(masar, staffing).refused
        assert refused
        assert all(one.row > 2 and one.text.ar and one.text.en for one in refused)
        with pytest.raises(Invalid):
            import_staffing(masar, staffing)
        assert counted(masar) == before


def test_a_change_between_the_dry_run_and_the_import_is_seen(masar: Masar, tmp_path: Path) -> None:
    staffing = asked(tmp_path, UNITS)
    import_staffing(masar, staffing)
    masar.db.run(lambda conn: conn.execute(update(unit).where(unit.c.code == "centre").values(kind="department")))
    with pytest.raises(Invalid):
        import_staffing(masar, staffing)


def test_the_command_tells_every_row_and_keeps_the_codes_in_a_file_of_their_own(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    asked(tmp_path, UNITS, PEOPLE)
    files, codes = [str(tmp_path / name) for name in ("units.csv", "people.csv")], tmp_path / "codes.txt"
    run = CliRunner(env={"MASAR_HOME": str(sqlite_settings.home), "PUBLIC_URL": "https://masar.example"}).invoke
    dry = run(main, ["staff", "import", *files, "--dry-run"])
    assert (dry.exit_code, "people.csv:3  mona  إنشاء" in dry.output, "A dry run" in dry.output) == (0, True, True)
    done = run(main, ["staff", "import", *files, "--codes", str(codes)])
    assert (done.exit_code, "3 one-time codes" in done.output) == (0, True)
    assert "https://masar.example/sign-in/code" in codes.read_text("utf-8")
    assert stat.S_IMODE(codes.stat().st_mode) == 0o600
    assert "no new codes" in run(main, ["staff", "import", *files, "--codes", str(tmp_path / "none")]).output
    assert not (tmp_path / "none").exists()
    there = run(main, ["staff", "import", *files, "--codes", str(codes)])
    assert (there.exit_code, "File exists" in there.output) == (1, True)
    (tmp_path / "people.csv").write_text(PEOPLE + "x,س,king,centre,,\n", "utf-8")
    refused = run(main, ["staff", "import", *files])
    assert (refused.exit_code, "people.csv:6" in refused.output, "Traceback" in refused.output) == (1, True, False)
    assert not list(Path(os.fspath(sqlite_settings.home)).glob("sign-in-codes*"))
