"""Countries: a folder of what differs over one base; codes are inherited, and what each runs may be published."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from engine.check import Installed, check_sources
from engine.checks.source import Reader
from engine.countries import countries_in, country_sources, decision_tests, lay_out, shipped_lists
from engine.definitions import Source, load_definitions, sources_in
from engine.errors import MasarError
from engine.queries.emergency import numbers_in
from engine.scenarios import Stage, run_scenario, stories_in
from engine.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
COUNTRIES = countries_in(PROCESSES)
MAIN_PATH = 12


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A base with one list and one decision, and a country that changes both."""
    base, own = tmp_path / "base", tmp_path / "base" / "processes" / "countries" / "xx"
    for folder in (base / "processes" / "decisions", base / "forms" / "lists", own / "decisions", own / "forms/lists"):
        folder.mkdir(parents=True)
    (base / "forms/lists/papers.yaml").write_text(
        "papers:\n  - {value: id, ar: بطاقة, en: Card, from: A}\n  - {value: book, ar: دفتر, en: Book, from: B}\n"
        "places:\n  - {value: here, ar: هنا, en: Here}\n", encoding="utf-8")
    (base / "processes/decisions/D1.dmn").write_text("<base/>", encoding="utf-8")
    (own / "decisions/D1.dmn").write_text("<own/>", encoding="utf-8")
    (own / "decisions/D2.dmn").write_text("<more/>", encoding="utf-8")
    (own / "forms/lists/papers.yaml").write_text(
        "papers: {only: {from: A}, values: [{value: id, ar: هوية}, {value: pass, ar: جواز, en: Passport}]}\n",
        encoding="utf-8")
    return base


def sources(base: Path, country: str = "xx") -> dict[str, bytes]:
    found = country_sources(base / "processes", base / "forms", country)
    return {source.key: source.content for source in found}


def test_a_file_of_a_country_takes_the_place_of_the_bases_or_joins_it(small: Path) -> None:
    found = sources(small)
    assert found["D1"] == b"<own/>" and found["D2"] == b"<more/>"
    assert sources(small, "")["D1"] == b"<base/>" and "D2" not in sources(small, "")


def test_a_country_relabels_adds_and_no_longer_offers_but_no_code_goes_away(small: Path) -> None:
    lists = yaml.safe_load(sources(small)["papers"])
    assert lists["papers"] == [
        {"value": "id", "ar": "هوية", "en": "Card", "from": "A", "active": True},
        {"value": "book", "ar": "دفتر", "en": "Book", "from": "B", "active": False},
        {"value": "pass", "ar": "جواز", "en": "Passport"},
    ]
    assert lists["places"] == [{"value": "here", "ar": "هنا", "en": "Here"}]


@pytest.mark.parametrize("said", ["papers: 5", "papers: {without: [id]}", "papers: [5]", "- 5", "papers: {only: 5}"])
def test_a_list_that_makes_no_sense_is_told(small: Path, said: str) -> None:
    (small / "processes/countries/xx/forms/lists/papers.yaml").write_text(said, encoding="utf-8")
    with pytest.raises(MasarError, match="papers"):
        sources(small)


@pytest.mark.parametrize("country", ["yy", "..", "../..", "xx/forms"])
def test_a_country_without_a_folder_of_its_own_is_told(small: Path, country: str) -> None:
    with pytest.raises(MasarError, match="no folder for the country"):
        sources(small, country)


def test_the_base_is_checked_without_what_differs_in_countries() -> None:
    reader = Reader()
    reader.read([PROCESSES])
    assert reader.sources and not any("countries" in source.path.parts for source in reader.sources)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_country_loses_a_code_of_the_base(country: str) -> None:
    base = load_definitions(sources_in(PROCESSES, FORMS)).lists
    here = load_definitions(country_sources(PROCESSES, FORMS, country)).lists
    assert COUNTRIES == ["eg", "ps", "sy"]
    for key, options in base.items():
        assert {one.value for one in options} <= {one.value for one in here[key]}, key
    names = {one.facts.get("country") for one in here["governorates"] if one.active}
    assert names == {country.upper()}


@pytest.mark.parametrize(("country", "age"), [("eg", 12), ("ps", 12), ("sy", 10)])
def test_a_child_is_judged_by_the_age_of_its_own_country_alone(country: str, age: int) -> None:
    here = load_definitions(country_sources(PROCESSES, FORMS, country)).lists
    offered = [one for one in here["responsibility_law"] if one.active]
    assert [(one.value, one.facts["minimum_age"]) for one in offered] == [(country.upper(), age)]
    assert len([one for one in here["placement_end_reason"] if one.active]) == 17


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_files_of_a_country_may_be_published_over_the_base(country: str, tmp_path: Path) -> None:
    processes, forms = lay_out(PROCESSES, FORMS, country, tmp_path)
    own = {file.name for file in (PROCESSES / "countries" / country).rglob("*") if file.parent.name != "scenarios"}
    reader = Reader()
    reader.read([processes, forms])
    differs = [source for source in reader.sources if source.path.name in own]
    assert differs
    findings = check_sources(differs, Installed(reader.sources))
    assert [one for one in findings if one.severity == "error"] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_stories_play_in_each_country(country: str, tmp_path: Path) -> None:
    """Those of the main path and its own. `./run check --country` plays all."""
    own = {file.name for file in (PROCESSES / "countries" / country / "scenarios").glob("*.yaml")}
    processes, forms = lay_out(PROCESSES, FORMS, country, tmp_path)
    stage, stories = Stage(processes, forms), stories_in(processes)
    found = [run_scenario(stage, file) for file in stories if file in stories[:MAIN_PATH] or file.name in own]
    assert [one for one in found if one is not None] == []


@pytest.mark.parametrize(("country", "nationality", "number", "november"), [
    ("", "syrian", "national_id_sy", "تشرين الثاني"), ("sy", "syrian", "national_id_sy", "تشرين الثاني"),
    ("eg", "egyptian", "national_id_eg", "نوفمبر"), ("ps", "palestinian", "national_id_ps", "تشرين الثاني/نوفمبر"),
])  # fmt: skip
def test_a_country_speaks_of_its_own_people_and_months(
    country: str, nationality: str, number: str, november: str
) -> None:
    """The base is Syria's. A story of each country goes on from here (91)."""
    here = load_definitions(country_sources(PROCESSES, FORMS, country))
    env = here.env(datetime(2026, 11, 22, tzinfo=UTC))
    form = here.forms["form_1_reception"]
    begun = form.start({}, env)
    assert begun["nationality"] == [nationality]
    shown = {one.name for section in form.view(begun, {}, here.lists, env).sections for one in section.fields
             if one.visible}
    assert {one for one in shown if one.startswith("national_id_")} == {number}
    assert here.lists.months[10].ar == november


def test_a_country_without_a_nationality_of_its_own_begins_with_none() -> None:
    calendar = b"country: ZZ\n"
    others = [one for one in sources_in(PROCESSES, FORMS) if one.kind in ("form", "list")]
    here = load_definitions([*others, Source("calendar", "calendar", calendar)])
    assert "nationality" not in here.forms["form_1_reception"].start({}, here.env(datetime(2026, 11, 22, tzinfo=UTC)))


@pytest.mark.parametrize(("country", "numbers"), [
    ("", {"112", "110", "113"}), ("eg", {"16000", "122", "123"}), ("ps", {"121", "100", "101"}),
])  # fmt: skip
def test_who_is_to_be_called_is_known_by_country_even_while_nothing_else_is(country: str, numbers: set[str]) -> None:
    shipped = shipped_lists(PROCESSES, FORMS, country, "emergency")
    assert {one.number for one in numbers_in(shipped)} == numbers


@pytest.mark.parametrize("country", COUNTRIES)
def test_pages_show_the_hours_of_the_country_unless_a_time_zone_is_set(country: str) -> None:
    calendar = load_definitions(country_sources(PROCESSES, FORMS, country)).zone
    asked = {"MASAR_COUNTRY": country, "MASAR_PROCESSES": str(PROCESSES), "MASAR_FORMS": str(FORMS)}
    assert load_settings(asked).time_zone == str(calendar)
    assert load_settings({**asked, "TIME_ZONE": "Asia/Amman"}).time_zone == "Asia/Amman"


def test_a_table_of_a_country_is_checked_by_its_own_examples() -> None:
    """Those of the base would forbid publishing Egypt's own table in the studio."""
    base, here = (decision_tests(PROCESSES, country) for country in ("", "eg"))
    own = [one for one in here if "countries" in one.parts]
    assert [one.name for one in own] == ["D18_mandatory_notice.tests.yaml"]
    assert sorted(one.name for one in base) == sorted(one.name for one in here)
