"""The demo ministry of each country: its places, its units and its people, by what that country publishes."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from engine.bpmn import visible
from engine.commands.standing import token_of
from engine.countries import countries_in, lay_out
from engine.demo import seeding
from engine.demo.cases import Play
from engine.demo.lines import DemoCase, Misfit
from engine.demo.ministry import seed_ministry
from engine.demo.registers import seed_registers
from engine.errors import MasarError
from engine.masar import Masar, open_masar
from engine.readiness import is_ready, unfinished_demo
from engine.scenarios import Stage
from engine.settings import load_settings
from engine.setup import publish_shipped
from engine.store import cases, work_items
from engine.store.cases import case_file
from engine.store.units import unit
from engine.text import Text

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
LINE = DemoCase("05_referral_rejected_then_accepted", "first_contact", 1, ("عمر", "نبيل", "صباغ"), "south")
PLACE = {"eg": ("cairo", "egyptian"), "ps": ("hebron", "palestinian"), "sy": ("damascus", "syrian")}


@pytest.fixture
def masar(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Masar]:
    """What a country publishes, in an installation without anybody."""
    home = tmp_path / "var"
    shutil.copytree(sqlite_template, home)
    country = getattr(request, "param", "")
    with closing(open_masar(load_settings({"MASAR_HOME": str(home), "MASAR_COUNTRY": country}))) as opened:
        publish_shipped(opened)
        yield opened


@pytest.mark.parametrize("masar", countries_in(PROCESSES), indirect=True)
def test_the_demo_of_a_country_is_loaded_and_its_cases_live_there(masar: Masar, tmp_path: Path) -> None:
    """Units, registers and one case; a whole demo differs from it by the number of stories."""
    country = masar.settings.country
    folders = lay_out(PROCESSES, FORMS, country, tmp_path / "here")
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    seed_ministry(masar, folders[0] / "demo", "unused", lists)
    seed_registers(masar, folders[0] / "demo", lists)
    people = yaml.safe_load((folders[0] / "demo/cases.yaml").read_text("utf-8"))["houses"]["south"]
    Play(masar, Stage(*folders), LINE, people, masar.clock()).run()
    with masar.db.read() as conn:
        assert set(conn.scalars(select(unit.c.country))) == {country.upper()}
        its_id = conn.scalars(select(case_file.c.id).where(case_file.c.kind == "case")).one()
        case = cases.load(conn, masar.vault, its_id)
        opened = work_items.open_of_case(conn, its_id)
    assert case is not None
    known = visible(case.state, token_of(opened[0].id))["case"]
    assert (known["person"]["governorate"], known["intake"]["nationality"]) == PLACE[country]
    offered = {one.value for one in lists["governorates"] if one.active}
    for provider in lists["directory.providers"]:
        places = provider.facts.get("governorates")
        assert isinstance(places, list) and set(places) <= offered, provider.value
    gaps = yaml.safe_load((folders[0] / "demo/registers.yaml").read_text("utf-8"))["gaps"]
    assert {line["governorate"] for line in gaps} <= offered


@pytest.mark.parametrize("masar", ["eg"], indirect=True)
def test_a_case_of_the_demo_that_does_not_fit_names_story_form_and_field(masar: Masar, tmp_path: Path) -> None:
    folders = lay_out(PROCESSES, FORMS, "eg", tmp_path / "here")
    cast = folders[0] / "scenarios" / "cast.yaml"
    cast.write_text(cast.read_text("utf-8").replace("governorate: cairo", "governorate: damascus"), "utf-8")
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    seed_ministry(masar, folders[0] / "demo", "unused", lists)
    people = yaml.safe_load((folders[0] / "demo/cases.yaml").read_text("utf-8"))["houses"]["south"]
    with pytest.raises(Misfit, match=r"05_referral\S*\.yaml: .*does: intake.*form_1_reception.*governorate:"):
        Play(masar, Stage(*folders), LINE, people, masar.clock()).run()


def test_a_demo_that_stopped_is_gone_on_with_and_never_taken_for_a_whole_one(
    masar: Masar, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def stops(_masar: object, _stage: object, _folder: object, played: int, tell: object) -> None:
        begun.append(played)
        if len(begun) == 1:
            assert callable(tell)
            tell(2)
            raise MasarError(Text("لا يناسب", "does not fit"))

    monkeypatch.setattr(seeding, "seed_cases", stops)
    told: list[str] = []
    with pytest.raises(MasarError, match="does not fit"):
        seeding.seed_demo(masar, told.append)
    assert not is_ready(masar.settings, demo=True) and is_ready(masar.settings, demo=False)
    seeding.seed_demo(masar, told.append)
    assert begun == [0, 2] and len(told) == 1
    assert is_ready(masar.settings, demo=True) and not unfinished_demo(masar.settings).exists()


def test_a_demo_that_stopped_before_its_first_case_says_where_to_begin(
    masar: Masar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_anything: object) -> None:
        raise MasarError(Text("لا يناسب", "does not fit"))

    monkeypatch.setattr(seeding, "seed_registers", breaks)
    for said in ("does not fit", "empty folder"):
        with pytest.raises(MasarError, match=said):
            seeding.seed_demo(masar, print)
        assert not is_ready(masar.settings, demo=True)
