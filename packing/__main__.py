"""`./run bundle`: makes the archive."""

import argparse
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from packing.archive import fill, moment_of_checkout, pack, sign
from packing.wheels import PYTHONS, ROOT, build_our_wheel, fetch_wheels, locked_requirements


def main() -> None:
    """Makes the archive, and says how large it is and by what it is known."""
    parser = argparse.ArgumentParser(prog="./run bundle", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", help="where to (default: dist)")
    parser.add_argument("--python", action="append", dest="pythons", help="for this version only; repeatable")
    asked = parser.parse_args()
    pythons = tuple(asked.pythons or PYTHONS)
    name, moment = f"masar-{version('masar')}-{sys.platform}-{platform.machine()}", moment_of_checkout()
    asked.folder.mkdir(parents=True, exist_ok=True)
    target = asked.folder.resolve() / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        (folder / "wheels").mkdir(parents=True)
        requirements = locked_requirements()
        fetch_wheels(folder / "wheels", requirements, pythons)
        build_our_wheel(folder / "wheels", moment)
        fill(folder, requirements, pythons)
        sign(folder)
        digest = pack(folder, target, moment)
    print(f"{target}\n{target.stat().st_size / 1e6:.1f} MB, for Python {', '.join(pythons)}\nSHA-256 {digest}")


if __name__ == "__main__":
    main()
