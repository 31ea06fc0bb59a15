"""Installs the unpacked archive: verifies every file by its SHA-256, then installs wheels from this folder alone.

Runs under any Python from 3.11 on with its standard library only. A release lands in PREFIX/releases/NAME and
PREFIX/current then points at it, so that the release before stays whole for going back."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = "SHA256SUMS"
CONTENT = ("processes", "forms", "docs", "README.md", "LICENSE", "CHANGELOG.md")


def main() -> None:
    """Installs into the folder that the command line names."""
    verify(HERE)
    contents = hashlib.sha256((HERE / MANIFEST).read_bytes()).hexdigest()
    prefix, name = Path(sys.argv[1]).resolve(), f"{HERE.name}-{contents[:8]}"
    release = prefix / "releases" / name
    if not (release / ".whole").exists():
        shutil.rmtree(release, ignore_errors=True)
        install(release)
        (release / ".whole").touch()
    point(prefix / "current", Path("releases") / name)
    print(f"Masar is in {release}.\nTry it: {prefix}/current/run    On a server: {prefix}/current/docs/operate.md")


def verify(folder: Path) -> None:
    """Ends when a file is not what was packed, is missing, or was added."""
    listed = {}
    for line in (folder / MANIFEST).read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() or p.is_symlink()} - {MANIFEST}
    for name in sorted(there ^ set(listed)):
        sys.exit(f"{name}: {'missing' if name in listed else 'not in the manifest'}. Unpack the archive anew.")
    for name, digest in listed.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            sys.exit(f"{name} is not what was packed. Fetch the archive anew and compare its SHA-256.")


def install(release: Path) -> None:
    """Makes the environment of this release and puts content and documentation beside it."""
    wheels = HERE / "wheels"
    pip_wheel = next(wheels.glob("pip-*.whl"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(release / "venv")], check=True)
    pip = [str(release / "venv" / "bin" / "python"), str(pip_wheel / "pip"), "install", "--quiet", "--no-index",
           "--no-deps", "--no-cache-dir", "--root-user-action=ignore"]  # fmt: skip
    locked = ["--find-links", str(wheels), "--require-hashes", "-r", str(HERE / "requirements.txt")]
    for arguments in (locked, [str(next(wheels.glob("masar-*.whl")))]):
        if subprocess.run([*pip, *arguments], env=environment).returncode:
            sys.exit("The packages could not be installed; this archive is for Python "
                     f"{(HERE / 'PYTHONS').read_text().strip()}, here is {sys.version.split()[0]}.")  # fmt: skip
    for name in CONTENT:
        source = HERE / name
        if source.is_dir():
            shutil.copytree(source, release / name)
        else:
            shutil.copy(source, release / name)
    shutil.copy(HERE / "run.sh", release / "run")
    (release / "run").chmod(0o755)


def point(link: Path, target: Path) -> None:
    """Lets a link point at a folder, in one step."""
    fresh = link.with_name(link.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


if __name__ == "__main__":
    main()
