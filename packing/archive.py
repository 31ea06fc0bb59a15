"""The archive itself: the same files in the same order, of one moment and of nobody, so that it can be made again."""

import gzip
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

from packing.wheels import ROOT

MANIFEST = "SHA256SUMS"
CONTENT = ("processes", "forms", "docs", "README.md", "LICENSE", "CHANGELOG.md")
SCRIPTS = ("install.sh", "install.py", "run.sh")


def moment_of_checkout() -> int:
    """When what is packed was committed, in seconds; the only moment that an archive knows."""
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return int(told.stdout.strip() or 1_577_836_800)


def fill(folder: Path, requirements: str, pythons: tuple[str, ...]) -> None:
    """Puts everything but the wheels into the folder."""
    for name in CONTENT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, folder / name)
    for name in SCRIPTS:
        shutil.copy(ROOT / "packing" / name, folder / name)
    (folder / "requirements.txt").write_text(requirements)
    (folder / "PYTHONS").write_text(", ".join(pythons) + "\n")


def sign(folder: Path) -> None:
    """Writes the SHA-256 of every file into the manifest."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in _names(folder)]
    (folder / MANIFEST).write_text("".join(lines), "utf-8")


def pack(folder: Path, target: Path, moment: int) -> str:
    """Writes the archive and returns its SHA-256."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", 1, raw, mtime=moment) as zipped,  # wheels are packed already
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in _names(folder):
            archive.add(folder / name, f"{folder.name}/{name}", filter=lambda info: _of_nobody(info, moment))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST) + (
        [MANIFEST] if (folder / MANIFEST).exists() else []
    )


def _of_nobody(info: tarfile.TarInfo, moment: int) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = moment
    info.mode = 0o755 if info.name.endswith(".sh") else 0o644
    return info
