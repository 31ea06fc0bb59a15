"""The registers out of spreadsheets: judged row by row, written whole or not at all, and twice is once."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import main
from engine.commands.register_import import (
    import_accreditations,
    import_directory,
    plan_accreditations,
    plan_directory,
)
from engine.errors import Invalid, NotAllowed
from engine.queries.providers import Need, kept_page, search_page
from engine.registers.sheets import (
    NEEDED_OF_PRACTITIONERS,
    NEEDED_OF_PROVIDERS,
    PRACTITIONER_COLUMNS,
    PROVIDER_COLUMNS,
    lines_in,
)
from engine.staff.lines import Line
from engine.staff.tables import BadSheet, read_sheets
from tests.engine.registers.office import Office

HEADINGS = (
    "رمز الجهة,الاسم بالعربية,نوع الجهة,الترخيص,الترخيص حتى,الاتفاقية حتى,المحافظات والمناطق,الخدمة,من عمر,"
    "أماكن شاغرة"
)
TWO_ROWS = """نور,مركز النور,جمعية أو منظمة أهلية,مرخّص,2028-01-01,2028-01-01,دمشق؛ ريف دمشق,إرشاد أسري,٦,٤
نور,,,,,,,legal_aid,,
"""
PEOPLE = """اسم الدخول,المجال,المهنة,رقم الاعتماد,من يوم,حتى يوم
mona,في الأسر,أخصائي اجتماعي,17,2024-01-01,2028-01-01
karim,institution,psychological,18,2024-01-01,2028-01-01
"""


def providers(folder: Path, rows: str) -> list[Line]:
    """The rows of a .csv file of providers; `نور` stands for the code."""
    (folder / "p.csv").write_text(f"{HEADINGS}\n{rows}".replace("\nنور,", "\nnour,"), "utf-8")
    return lines_in(read_sheets(folder / "p.csv"), PROVIDER_COLUMNS, NEEDED_OF_PROVIDERS)


def people(folder: Path, rows: str) -> list[Line]:
    """The rows of a .csv file of practitioners."""
    (folder / "a.csv").write_text(rows, "utf-8")
    return lines_in(read_sheets(folder / "a.csv"), PRACTITIONER_COLUMNS, NEEDED_OF_PRACTITIONERS)


def test_a_provider_with_two_services_comes_in_and_again_changes_nothing(
    office_on_both: Office, tmp_path: Path
) -> None:
    office, lines = office_on_both, providers(tmp_path, TWO_ROWS)
    nawal = office.person("nawal")
    assert [one.verdict for one in plan_directory(office.masar, nawal, lines).judged] == ["create", "create"]
    assert kept_page(office.masar, nawal).rows == ()
    import_directory(office.masar, nawal, lines)
    (row,) = kept_page(office.masar, nawal).rows
    assert (row.name.ar, row.why_not, [area.en for area in row.areas]) == (
        "مركز النور", None, ["Damascus", "Rif Dimashq"])
    assert [(one.name.en, one.ages[0], one.places_free) for one in row.services] == [
        ("Family counselling", 6, 4), ("Legal aid and representation", 0, None)]
    need = Need("legal_aid", "rif_dimashq", age=3)
    assert search_page(office.masar, office.person("mona"), need).found
    assert {one.verdict for one in import_directory(office.masar, nawal, lines).judged} == {"same"}


@pytest.mark.parametrize(("row", "why"), [
    ("centre,س,local_ngo,valid,,,,pfa,,", "no provider"), ("Ünd,س,local_ngo,valid,,,,pfa,,", "small Latin"),
    ("n1,س,مخبز,valid,,,,pfa,,", "Kind of agency"), ("n1,س,local_ngo,valid,غداً,,,pfa,,", "Licence until"),
    ("n1,س,local_ngo,valid,,,القمر,pfa,,", "Areas"), ("n1,=cmd,local_ngo,valid,,,,pfa,,", "Name in Arabic"),
    ("n1,س,local_ngo,valid,,,,,,", "Service"), ("n1,س,local_ngo,valid,,,,pfa,-3,", "From age"),
    ("n1,,local_ngo,valid,,,,pfa,,", "missing"), ("n1,س,local_ngo,valid,,,,pfa,,9999999999", "Places free"),
])  # fmt: skip
def test_a_row_that_is_wrong_is_refused_with_its_reason_and_nothing_is_written(
    office: Office, tmp_path: Path, row: str, why: str
) -> None:
    lines = providers(tmp_path, TWO_ROWS + row)
    plan = plan_directory(office.masar, office.person("nawal"), lines)
    assert [one.verdict for one in plan.judged].count("refuse") == 1 and why in plan.refused[0].text.en
    with pytest.raises(Invalid):
        import_directory(office.masar, office.person("nawal"), lines)
    assert kept_page(office.masar, office.person("nawal")).rows == ()


def test_rows_of_one_provider_that_contradict_each_other_are_refused(office: Office, tmp_path: Path) -> None:
    twice = TWO_ROWS.replace("نور,,,,,,,legal_aid,,", "نور,,hospital,,,,,legal_aid,,")
    plan = plan_directory(office.masar, office.person("nawal"), providers(tmp_path, twice))
    assert [one.verdict for one in plan.judged if one.verdict == "refuse"] == ["refuse"]


def test_what_another_unit_keeps_is_changed_by_no_file_and_only_keepers_import(office: Office, tmp_path: Path) -> None:
    office.provider("nour")
    office.give_role("lubna", "directory_manager")
    plan = plan_directory(office.masar, office.person("lubna"), providers(tmp_path, TWO_ROWS))
    assert {one.verdict for one in plan.judged} == {"refuse"}
    for login in ("mona", "huda"):
        with pytest.raises(NotAllowed):
            plan_directory(office.masar, office.person(login), providers(tmp_path, TWO_ROWS))


def test_accreditations_come_in_and_nobody_accredits_themselves(office_on_both: Office, tmp_path: Path) -> None:
    office, maher = office_on_both, office_on_both.person("maher")
    import_accreditations(office.masar, maher, people(tmp_path, PEOPLE))
    again = import_accreditations(office.masar, maher, people(tmp_path, PEOPLE))
    assert {one.verdict for one in again.judged} == {"same"}
    own = "maher,family,social,1,2024-01-01,2028-01-01\nghost,family,social,1,2024-01-01,2028-01-01\n"
    wrong = f"{own}mona,school,social,1,2028-01-01,2024-01-01\n"
    plan = plan_accreditations(office.masar, maher, people(tmp_path, PEOPLE + wrong))
    assert [one.text.en.split()[0] for one in plan.refused] == ["Nobody", "There", "“Until”"]


def test_a_file_of_something_else_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(BadSheet):
        lines_in(read_sheets(tmp_path / "x.csv"), PROVIDER_COLUMNS, NEEDED_OF_PROVIDERS)
    (tmp_path / "y.csv").write_text("رمز الجهة,الاسم بالعربية\nn1,س\n", "utf-8")
    with pytest.raises(BadSheet) as told:
        lines_in(read_sheets(tmp_path / "y.csv"), PROVIDER_COLUMNS, NEEDED_OF_PROVIDERS)
    assert "Kind of agency, Service" in told.value.text.en


def test_the_command_line_tells_every_row_and_writes_only_without_dry_run(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASAR_HOME", str(office.masar.settings.home))
    providers(tmp_path, TWO_ROWS)
    asked = ["directory", "import", str(tmp_path / "p.csv"), "--by", "nawal"]
    tried = CliRunner().invoke(main, [*asked, "--dry-run"])
    assert tried.exit_code == 0 and "p.csv" in tried.output and "A dry run" in tried.output
    assert kept_page(office.masar, office.person("nawal")).rows == ()
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert len(kept_page(office.masar, office.person("nawal")).rows) == 1
    assert CliRunner().invoke(main, [*asked[:-1], "mona"]).exit_code != 0
    assert CliRunner().invoke(main, ["directory", "template", str(tmp_path / "t.csv")]).exit_code == 0
    (headings,) = csv.reader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig")))
    assert headings == [text.ar for text in PROVIDER_COLUMNS.values()]
