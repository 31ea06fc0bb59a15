"""The files that put Masar on a server hold what they promise, and fit the installation that prints them."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import main
from engine.cli.units import NAMES
from engine.settings import load_settings

SERVICES = ("masar-web.service", "masar-worker.service")
HARDENED = {
    "nonewprivileges": "yes", "protectsystem": "strict", "privatetmp": "yes", "protecthome": "yes", "umask": "0077",
    "statedirectory": "masar", "statedirectorymode": "0700", "restart": "always", "capabilityboundingset": "",
    "user": "root", "environmentfile": "/etc/masar/masar.env",
}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """All files, for a user that every machine has."""
    done = CliRunner().invoke(main, ["units", "--user", "root", "--host", "masar.example", "--to", str(tmp_path)])
    assert done.exit_code == 0, done.output
    return tmp_path


def test_nothing_is_left_open_in_any_file(written: Path) -> None:
    for name in NAMES:
        assert not re.search(r"@[A-Z]+@", (written / name).read_text("utf-8")), name


@pytest.mark.parametrize("name", SERVICES)
def test_units_are_hardened_and_start_what_is_installed_here(written: Path, name: str) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.read(written / name)
    service = dict(unit["Service"])
    assert {key: service[key] for key in HARDENED} == HARDENED
    program, *arguments = service["execstart"].split()
    assert arguments[-1] in {"serve", "worker"}
    done = subprocess.run([program, *arguments, "--help"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_systemd_takes_the_units(written: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd-analyze is not there; the units were parsed only")
    files = [str(written / name) for name in SERVICES]
    done = subprocess.run([analyze, "verify", *files], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "masar-" in line]
    assert not ours, "\n".join(ours)


def test_the_settings_are_settings(written: Path) -> None:
    lines = (written / "masar.env").read_text("utf-8").splitlines()
    given = dict(line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?[A-Z_]+=", line))
    settings = load_settings({name: value for name, value in given.items() if value})
    assert (settings.trusted_proxies, settings.public_url, settings.is_sqlite) == (1, "https://masar.example", False)


def test_the_proxies_hide_figures_drop_what_clients_claim_and_keep_no_addresses(written: Path) -> None:
    nginx, caddy = ((written / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile"))
    assert nginx.count("{") == nginx.count("}") and caddy.count("{") == caddy.count("}")
    assert "access_log off" in nginx and "location = /metrics { return 404; }" in nginx
    assert "X-Forwarded-For $remote_addr;" in nginx and "$proxy_add_x_forwarded_for" not in nginx
    assert "respond @metrics 404" in caddy and "X-Forwarded-For {remote_host}" in caddy


@pytest.mark.parametrize(
    "wrong", [("--user", "a b"), ("--home", "/srv/x"), ("--host", "x;y"), ("--environment", "etc/x\n")]
)
def test_what_would_break_a_unit_is_refused(wrong: tuple[str, str]) -> None:
    assert CliRunner().invoke(main, ["units", *wrong]).exit_code == 2
