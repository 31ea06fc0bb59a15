"""People are found by name as it is spoken and misspelled, and their names are nowhere in the database."""

from functools import partial

import pytest
from sqlalchemy import Connection

from engine.clock import StoppedClock
from engine.settings import Settings
from engine.store import cases, drafts, events, jobs, people
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.events import NO_EVENTS, NewEvent
from engine.store.jobs import OpenJob
from engine.store.names import name_parts, normalise, normalise_number, sound
from engine.store.vault import Vault
from tests import postgres
from tests.engine.store.conftest import SALMA
from tests.engine.store.test_projection import an_item, settle

NAMES = {
    1: "فاطمة بنت عبد الرحمن الأحمد",
    2: "أحمد محمّد عبدالله المصري",
    3: "مصطفى خالد الحوراني",
    4: "Mustafa Al-Khalid",
}


@pytest.fixture
def known(db: Database, vault: Vault) -> None:
    """Four people, the third with an identity number."""
    for case_id, name in NAMES.items():
        numbers = ["04-120 33871"] if case_id == 3 else []
        db.run(partial(people.index_person, vault=vault, case_id=case_id, names=[name], numbers=numbers))


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("فاطمه", [1]),
        ("فَاطِمَة الاحمد", [1]),
        ("عبدالرحمن", [1]),
        ("عبد الله", [2]),
        ("أحمد", [2, 1]),  # nearer first: الأحمد is the family name of the first
        ("محمد المصري", [2]),
        ("مصطفا", [3]),
        ("مسطفى", [3]),
        ("خالد مصطفى", [3]),
        ("حوارني", [3]),
        ("mustafa", [4]),
        ("Mustafa khaled", [4]),
        ("٠٤١٢٠٣٣٨٧١", [3]),
        ("04120 33871", [3]),
        ("فاطمة المصري", []),
        ("سعاد", []),
        ("", []),
        ("؟", []),
        ("%", []),
    ],
)
def test_people_are_found_as_they_are_typed(db: Database, vault: Vault, typed: str, found: list[int]) -> None:
    with db.read() as conn:
        assert sorted(people.find_people(conn, vault, typed)) == sorted(found)


@pytest.mark.usefixtures("known")
def test_the_exact_name_comes_first(db: Database, vault: Vault) -> None:
    db.run(lambda conn: people.index_person(conn, vault, 9, ["مصطفي"]))
    db.run(lambda conn: people.index_person(conn, vault, 10, ["مسطفى"]))
    with db.read() as conn:
        assert people.find_people(conn, vault, "مسطفى")[0] == 10


@pytest.mark.usefixtures("known")
def test_a_corrected_name_replaces_the_wrong_one(db: Database, vault: Vault) -> None:
    db.run(lambda conn: people.index_person(conn, vault, 3, ["ياسين"]))
    with db.read() as conn:
        assert people.find_people(conn, vault, "مصطفى") == []
        assert people.find_people(conn, vault, "ياسين") == [3]
    db.run(lambda conn: people.forget_person(conn, 3))
    with db.read() as conn:
        assert people.find_people(conn, vault, "ياسين") == []


def test_a_rare_name_is_found_among_thousands_with_a_common_one(
    db: Database, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "MOST_SHARED", 30)
    db.run(lambda conn: people.index_person(conn, vault, 1, ["محمد الزعبي"]))
    for case_id in range(2, 80):
        db.run(partial(people.index_person, vault=vault, case_id=case_id, names=["محمد علي"]))
    with db.read() as conn:
        assert people.find_people(conn, vault, "محمد الزعبي") == [1]
        assert 1 <= len(people.find_people(conn, vault, "محمد علي")) <= 30


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("السيد عبد الله بن محمد", ("عبدله", "محمد")),
        ("عبدالله", ("عبدله",)),
        ("أبو بكر", ("ابوبكر",)),
        ("ـمـحـمـد", ("محمد",)),
        ("م", ()),
    ],
)
def test_names_come_apart_as_people_use_them(written: str, parts: tuple[str, ...]) -> None:
    assert name_parts(written) == parts


def test_spelling_differences_nobody_means_are_taken_away() -> None:
    assert normalise("  فَاطِمَةُ   الأَحْمَد ") == normalise("فاطمه الاحمد")
    assert normalise("José") == "jose"
    assert sound("مصطفي") == sound("مسطفا")
    assert [normalise_number(text) for text in ("٠١٢-٣٤٥", "N 12345678", "محمد", "12")] == [
        "012345",
        "N12345678",
        "",
        "",
    ]


PLANTED = ("زمردةالمزروعة", "مزروعتاوي", "990077123456")


def test_no_planted_name_or_number_is_in_any_file_of_the_database(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock, settings: Settings
) -> None:
    secret = " ".join(PLANTED)
    clear = f'{{"name":"{secret}"}}'.encode()

    def work(conn: Connection) -> None:
        head = events.append(
            conn, vault, case.id, NO_EVENTS, [NewEvent("work_completed", SALMA, clock.now, clear)], clock.now
        )
        cases.save(conn, vault, case, CaseFile(**(vars(case) | {"state": clear, "facts": clear, "head": head})))
        drafts.save(conn, vault, case.id, (case.id << 22) + 1, SALMA, clear, clock.now)
        people.index_person(conn, vault, case.id, [PLANTED[0], PLANTED[1]], [PLANTED[2]])

    db.run(work)
    job = OpenJob((case.id << 22) + 2, case.id, "p", "e", "mail", clear, clock.now)
    settle(db, vault, case, clock, an_item(case, clock), job)
    db.run(lambda conn: jobs.put_off(conn, vault, case.id, job.id, 0, secret, None))
    with db.read() as conn:
        assert people.find_people(conn, vault, PLANTED[2]) == [case.id]
    content = everything_stored(db, settings)
    assert case.number.encode() in content
    for planted in (*PLANTED, *(part for name in PLANTED for part in name_parts(name))):
        for encoding in ("utf-8", "utf-16-le"):
            assert planted.encode(encoding) not in content
            assert planted.encode(encoding).hex().encode() not in content


def everything_stored(db: Database, settings: Settings) -> bytes:
    """The bytes of a SQLite database and its log, or every row of a PostgreSQL one."""
    if db.is_sqlite:
        return b"".join(path.read_bytes() for path in settings.home.glob("*.db*"))
    return postgres.dump(settings.database_url)
