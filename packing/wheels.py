"""The wheels of an archive: those that the lock file names, by their hashes, and our own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# pip itself travels along, because a bare Python may come without it.
_PIP = "pip==25.3 --hash=sha256:9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd\n"


def locked_requirements() -> str:
    """The packages of the lock file with their hashes, embedded PostgreSQL included, our own left out."""
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "export", "--locked", "--no-dev", "--group", "postgres", "--no-emit-project", "--quiet",
               "--format", "requirements-txt", "--no-header", "--no-annotate"]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def fetch_wheels(folder: Path, requirements: str, pythons: tuple[str, ...]) -> None:
    """Fetches the wheels of this platform for some versions of Python. Ends when one has none."""
    for python, wanted in (*((python, requirements) for python in pythons), ("", _PIP)):
        file = folder.parent / "wanted.txt"
        file.write_text(wanted)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                   "--only-binary=:all:", "--require-hashes", "-r", str(file), "-d", str(folder)]  # fmt: skip
        if python:
            command += ["--python-version", python, "--implementation", "cp"]
        if subprocess.run(command).returncode:
            sys.exit(f"A package of the lock file has no wheel for Python {python} on this platform; see above. "
                     "Leave that version out with --python.")  # fmt: skip
        file.unlink()


def build_our_wheel(folder: Path, moment: int) -> None:
    """Builds the wheel of this checkout, with assets and translations, the same bytes each time."""
    uv = Path(sys.executable).with_name("uv")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    command = [str(uv), "build", "--quiet", "--wheel", "--out-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    (folder / ".gitignore").unlink(missing_ok=True)
