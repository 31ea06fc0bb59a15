"""Set-up and the commands that others build on: what they promise holds from a shell, whatever they are given."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, func, insert, select

from engine.cli import COMMANDS, main
from engine.cli.children import watch
from engine.library import publish
from engine.masar import open_masar
from engine.readiness import NotServable, is_ready
from engine.settings import Settings, WrongSetting, load_settings
from engine.setup import prepare_installation, publish_shipped
from engine.store import schema
from engine.store.cases import case_file
from engine.store.database import Database
from engine.store.definitions import bundle
from engine.store.keys import KeyStore
from engine.store.revision import newest_revision
from engine.store.units import unit

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT")


def masar(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with nothing of our own environment but the ways to programs."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run([sys.executable, "-m", "engine.cli.main", *arguments], cwd=ROOT, input=stdin, text=True,
                          capture_output=True, env=kept | {"MASAR_HOME": os.devnull + "/x"} | environment, timeout=120)


def plainly(done: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """What was said; fails when it ended with another code or showed its insides."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr


# The contracts of feel, decide and check

def test_feel_prints_one_json_value_as_its_last_line() -> None:
    done = masar("feel", 'if age < 18 then "child" else "adult"', "--context", "-", "--json", stdin='{"age": 9}')
    assert plainly(done, 0) == ""
    assert json.loads(done.stdout.splitlines()[-1]) == "child"


@pytest.mark.parametrize("expression", ["1 +", "", "((((", "\x01", "for x in", "a" * 20_000])
def test_feel_refuses_what_is_no_expression_in_a_sentence(expression: str) -> None:
    assert plainly(masar("feel", expression, "--json"))


def test_decide_prints_one_json_value_as_its_last_line() -> None:
    done = masar("decide", "processes/decisions/D06_timeframes.dmn", "D06_timeframes", "--context", "-", "--json",
                 stdin='{"risk_level": "high"}')
    plainly(done, 0)
    assert isinstance(json.loads(done.stdout.splitlines()[-1]), dict)


@pytest.mark.parametrize("context", ["[]", "{", '"text"', "[" * 5_000])
def test_decide_refuses_a_context_that_is_no_object(context: str) -> None:
    file = "processes/decisions/D06_timeframes.dmn"
    assert plainly(masar("decide", file, "D06_timeframes", "--context", "-", "--json", stdin=context))


HOSTILE = {
    "empty.bpmn": b"", "noise.bpmn": bytes(range(256)) * 8, "cut.dmn": b"<definitions", "deep.form": b"[" * 50_000,
    "entities.bpmn": b'<!DOCTYPE d [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]><d>&a;</d>', "null.yaml": b"\x00",
    "outside.dmn": b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions>&a;</definitions>',
}


def test_check_answers_hostile_files_with_findings_and_code_one(tmp_path: Path) -> None:
    for name, content in HOSTILE.items():
        (tmp_path / name).write_bytes(content)
    done = masar("check", str(tmp_path), str(tmp_path / "nowhere.bpmn"), "--json")
    plainly(done)
    findings = json.loads(done.stdout)
    keys = {"file", "element", "name", "rule", "severity", "message_ar", "message_en", "mend"}
    assert all(finding.keys() == keys for finding in findings)
    assert {Path(f["file"]).name for f in findings if f["severity"] == "error"} >= {*HOSTILE, "nowhere.bpmn"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = CliRunner().invoke(main, [command, "--help"], prog_name="masar")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Usage: masar " + command)


# Set-up

@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    """Settings of an installation that is not there yet."""
    return load_settings({"MASAR_HOME": str(tmp_path / "new")})


def test_a_second_set_up_changes_nothing(fresh: Settings) -> None:
    assert not is_ready(fresh, demo=False)
    seen = set()
    for _ in range(2):
        prepare_installation(fresh)
        with closing(open_masar(fresh)) as opened:
            publish_shipped(opened)
            with opened.db.read() as conn:
                bundles = conn.scalar(select(func.count()).select_from(bundle))
        seen.add((fresh.master_key_file.read_bytes(), bundles))
    assert len(seen) == 1
    assert is_ready(fresh, demo=False)
    assert not is_ready(fresh, demo=True)  # nobody has an account yet
    assert fresh.home.stat().st_mode & 0o077 == 0
    assert fresh.master_key_file.stat().st_mode & 0o077 == 0


def test_an_older_database_is_not_ready_and_set_up_brings_it_on(fresh: Settings) -> None:
    prepare_installation(fresh)
    with closing(Database(fresh.database_url)) as db:
        schema.downgrade(db, "base")
    assert not is_ready(fresh, demo=False)
    prepare_installation(fresh)
    with closing(Database(fresh.database_url)) as db:
        assert schema.revision_of(db) == schema.newest() == newest_revision()


@pytest.fixture
def with_a_case(settings: Settings) -> Iterator[Settings]:
    """An installation, on each database, that holds one case and its key."""
    with closing(open_masar(settings)) as opened:
        now = opened.clock()
        opened.vault.new_key(1)

        def work(conn: Connection) -> None:
            values = {"id": 1, "code": "u", "path": "/1/", "kind": "centre", "name_ar": "و", "name_en": "u"}
            conn.execute(insert(unit).values(values | {"country": "SY"}))
            row = {
                "id": 1, "number": "1", "kind": "case", "process": "case", "unit_id": 1, "unit_path": "/1/",
                "bundle_id": publish(conn, [], 0, "", now), "status": "open", "version": 1, "head_seq": 0,
                "head_mac": b"", "state": b"", "facts": b"", "opened_at": now,
            }  # fmt: skip
            conn.execute(insert(case_file).values(row))

        opened.db.run(work)
    yield settings


def test_set_up_makes_no_new_master_key_where_cases_are(with_a_case: Settings) -> None:
    with_a_case.master_key_file.unlink()
    for ask in (lambda: prepare_installation(with_a_case), lambda: is_ready(with_a_case, demo=True)):
        with pytest.raises(NotServable, match="recover"):
            ask()
    assert not with_a_case.master_key_file.exists()


def test_set_up_refuses_the_master_key_of_another_installation(with_a_case: Settings, fresh: Settings) -> None:
    prepare_installation(fresh)
    shutil.copy(fresh.master_key_file, with_a_case.master_key_file)
    with pytest.raises(NotServable, match="another installation"):
        is_ready(with_a_case, demo=True)


def test_set_up_refuses_cases_without_their_keys(with_a_case: Settings) -> None:
    with closing(KeyStore(with_a_case.keys_url)) as keys:
        keys._db.run(lambda conn: conn.exec_driver_sql("DELETE FROM case_key"))
    with pytest.raises(NotServable, match="KEYS_URL"):
        is_ready(with_a_case, demo=True)


# Settings and failures, told in sentences

WRONG = [
    ("PORT", "eighty"), ("PORT", "70000"), ("WEB_PROCESSES", "0"), ("TIME_ZONE", "Nowhere/Else"),
    ("DATABASE_URL", "mysql://x/y"), ("KEYS_URL", "nonsense"),
]


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_a_wrong_setting_is_named(variable: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=variable):
        load_settings({variable: value})


def test_commands_on_nothing_say_what_to_do(tmp_path: Path) -> None:
    home = {"MASAR_HOME": str(tmp_path / "var")}
    assert "masar key create" in plainly(masar("user", "list", **home))
    plainly(masar("key", "create", **home), 0)
    assert "masar database upgrade" in plainly(masar("user", "list", **home))


def test_a_folder_that_cannot_be_written_is_named() -> None:
    assert os.devnull in plainly(masar("set-up"))


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"Port {port}" in plainly(masar("up", MASAR_HOME=str(tmp_path / "var"), PORT=port))
    assert not (tmp_path / "var").exists()


# Serving

def test_up_serves_and_stops_clean_when_told(fresh: Settings) -> None:
    prepare_installation(fresh)
    with closing(open_masar(fresh)) as opened:
        publish_shipped(opened)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.cli.main", "up", "--no-demo"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=kept | {"MASAR_HOME": str(fresh.home), "PORT": str(port), "WEB_PROCESSES": "1"},
    )  # fmt: skip
    try:
        assert _page(f"http://127.0.0.1:{port}/sign-in", process) == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, err
    assert f"http://127.0.0.1:{port}" in out
    assert "Traceback" not in err


def _page(address: str, process: "subprocess.Popen[str]") -> int:
    """Asks until somebody answers; there is no other sign that a server listens."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.05)
    return 0


def test_one_process_that_ends_stops_the_others_and_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert watch({"worker": signal.pause, "web server": lambda: sys.exit(3)}) == 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert "The web server has stopped by itself (exit code 3)" in capfd.readouterr().err
