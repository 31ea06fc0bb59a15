"""docs/operate.md is run: every command on it, in the order of its afternoon, on SQLite and on PostgreSQL."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.cli import main
from engine.masar import open_masar
from engine.settings import load_settings
from engine.store import schema
from tests import postgres
from tests.conftest import DATABASES
from tests.documented import PAGE
from web.app import create_app

# What is not run here, and why.
ELSEWHERE = {
    "serve": "runs until it is told to stop: tests/test_run.py", "worker": "the same",
    "scale-up": "the same, with an embedded PostgreSQL: ./run offline and tests/test_chaos.py",
    "demo": "takes half a minute: tests/web/browser", "bench": "minutes by itself", "bundle": "minutes: tests/packing",
    "offline": "minutes: a command of its own", "deploy": "tests/engine/test_check.py", "check": "tests/test_run.py",
    "convert": "tests/engine", "replay": "tests/engine/commands/test_replay.py", "units": "tests/test_units.py",
    "key destroy": "wants a closed case: tests/engine/store/test_cli.py",
    "migrate apply": "wants cases under an older version: tests/engine/commands/test_migration_plans.py",
    "user token": "tests of the JSON API", "database rollback": "tests/engine/store/test_upgrading.py",
}  # fmt: skip
RUN_HERE = {
    "set-up", "key escrow", "key recover", "key status", "key rotate", "user first-admin", "user add", "user code",
    "user role", "user deactivate", "user list", "staff template", "staff import", "backup", "restore", "verify",
    "database check", "database upgrade", "database status", "directory import", "practitioners import",
    "migrate status",
}  # fmt: skip
ROWS = "رمز الوحدة,الاسم بالعربية,نوع الوحدة,رمز الوحدة الأعلى\nnorth,مديرية الشمال,مديرية,ministry\n"
PROVIDERS = "رمز الجهة,الاسم بالعربية,نوع الجهة,الخدمة\nnour,مركز النور,جمعية أو منظمة أهلية,إرشاد أسري\n"
ACCREDITED = """اسم الدخول,المجال,المهنة,رقم الاعتماد,من يوم,حتى يوم
mona,في الأسر,أخصائي اجتماعي,17,2024-01-01,2028-01-01
"""
CODE = re.compile(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){3}")
Masar = Callable[..., Result]


def at(home: Path, url: str) -> Masar:
    """The command line on an installation; fails when a command does."""
    env = {"MASAR_HOME": str(home), "DATABASE_URL": url, "PUBLIC_URL": "https://masar.example", "KEYS_URL": ""}

    def run(*arguments: object, typed: str = "") -> Result:
        done = CliRunner(env=env).invoke(main, [str(each) for each in arguments], input=typed)
        assert done.exit_code == 0, f"{arguments}: {done.output} {done.exception!r}"
        return done

    return run


@pytest.fixture(params=DATABASES)
def urls(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Two places for a database, both empty."""
    found = ["", ""] if request.param == "sqlite" else [postgres.empty_database(), postgres.empty_database()]
    yield found
    for url in filter(None, found):
        postgres.drop_database(url)


def test_every_command_of_the_page_is_run_or_says_why_not() -> None:
    told = re.findall(r"\./run ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", PAGE.read_text("utf-8"))
    groups = {"key", "user", "staff", "database", "directory", "practitioners", "migrate"}
    named = {f"{first} {second}" if first in groups and second else first for first, second in told} - {"command"}
    assert named - RUN_HERE - set(ELSEWHERE) == set()
    assert named >= RUN_HERE


def test_an_afternoon_ends_with_somebody_signed_in_over_tls(tmp_path: Path, urls: list[str]) -> None:
    masar = at(tmp_path / "var", urls[0])
    masar("set-up", "--no-demo")
    masar("set-up", "--no-demo")
    masar("key", "escrow", tmp_path / "escrow", "--passphrase-stdin", typed="عبارة طويلة\n")
    told = masar("user", "first-admin", "chief", "--name", "مدير النظام", "--ministry", "الوزارة").output
    assert "https://masar.example/sign-in/code" in told
    settings = load_settings({"MASAR_HOME": str(tmp_path / "var"), "DATABASE_URL": urls[0],
                              "PUBLIC_URL": "https://masar.example", "TRUSTED_PROXIES": "1"})  # fmt: skip
    opened = open_masar(settings)
    client = create_app(opened).test_client()
    behind = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https", "Host": "masar.example"}
    page = client.get("/sign-in/code", headers=behind, base_url="https://masar.example")
    secret = re.findall(r'name="_csrf" value="([^"]+)"', page.text)[0]
    fields = {"_csrf": secret, "login": "chief", "code": CODE.findall(told)[0],
              "password": "a password of my own", "again": "a password of my own"}  # fmt: skip
    done = client.post("/sign-in/code", data=fields, headers=behind, base_url="https://masar.example")
    assert done.status_code == 303
    assert all("Secure" in cookie for cookie in done.headers.getlist("Set-Cookie"))
    assert client.get("/work", headers=behind, base_url="https://masar.example").status_code == 200
    assert client.get("/ready", headers=behind).status_code == 200
    opened.close()


def test_people_keys_backup_and_upgrade_as_the_page_tells(tmp_path: Path, urls: list[str]) -> None:
    masar, there = at(tmp_path / "var", urls[0]), at(tmp_path / "there", urls[1])
    masar("set-up", "--no-demo")
    masar("user", "first-admin", "chief", "--name", "مدير", "--ministry", "الوزارة")
    masar("staff", "template", tmp_path / "staff.xlsx")
    (tmp_path / "units.csv").write_text(ROWS, "utf-8")
    assert "A dry run" in masar("staff", "import", tmp_path / "units.csv", "--dry-run").output
    masar("staff", "import", tmp_path / "units.csv")
    assert CODE.findall(masar("user", "add", "mona", "--name", "منى", "--role", "case_manager@north").output)
    assert CODE.findall(masar("user", "code", "mona").output)
    masar("user", "role", "mona", "case_supervisor@north")
    _registers_come_in_from_tables(masar, tmp_path)
    masar("user", "deactivate", "mona")
    assert "deactivated\tcase_manager@north, case_supervisor@north" in masar("user", "list").output
    assert masar("migrate", "status").output == ""
    masar("key", "rotate")
    masar("key", "status")
    masar("key", "escrow", tmp_path / "escrow", "--passphrase-stdin", typed="عبارة طويلة\n")
    masar("backup", tmp_path / "all", "--keys", tmp_path / "keys")
    there("key", "recover", tmp_path / "escrow", "--passphrase-stdin", typed="عبارة طويلة\n")
    there("restore", tmp_path / "all", "--keys", tmp_path / "keys")
    assert "0 problems" in there("verify").output
    assert there("user", "list").output == masar("user", "list").output
    assert "all of them load" in there("database", "check").output
    there("database", "upgrade")
    assert there("database", "status").output.startswith(schema.newest())


def _registers_come_in_from_tables(masar: Masar, folder: Path) -> None:
    registers = (("directory", "directory_manager", PROVIDERS), ("practitioners", "training_officer", ACCREDITED))
    for command, keeper, rows in registers:
        masar("user", "add", command, "--name", "أمين السجل", "--role", f"{keeper}@ministry")
        (folder / f"{command}.csv").write_text(rows, "utf-8")
        for _ in range(2):  # doing it again changes nothing
            masar(command, "import", folder / f"{command}.csv", "--by", command)
