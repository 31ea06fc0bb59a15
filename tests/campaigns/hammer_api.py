"""`./run hammer-api [--examples N] [--seed N] [--operation NAME]`: requests made from the description of the API.

Every operation is struck so many times on a real database; an answer that the description does not name, a body that
breaks its schema, a refusal of what fits or a failure of ours is told with the request that led to it.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engine.clock import StoppedClock
from engine.commands.accounts import password_hash_of
from engine.masar import Masar, open_masar
from engine.settings import load_settings
from engine.setup import prepare_installation
from tests.web.served.conftest import PASSWORD, settle
from tests.web.served.hammering import Hammer
from tests.web.served.world import build

EXAMPLES = 500
LONGEST_TOLD = 3000


@contextmanager
def installation(clock: StoppedClock) -> Iterator[Masar]:
    """A fresh installation with the people of the tests."""
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings({"MASAR_HOME": str(Path(home) / "var")})
        prepare_installation(settings)
        with closing(open_masar(settings, clock)) as masar:
            hashed = password_hash_of(PASSWORD)
            masar.db.run(lambda conn: settle(conn, masar, hashed))
            yield masar


def main() -> int:
    """Runs the campaign; the exit code tells whether anything was found."""
    parser = argparse.ArgumentParser(prog="./run hammer-api", description=__doc__)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--operation", default="")
    said = parser.parse_args()
    print(f"seed {said.seed}")
    found = 0
    began = time.monotonic()
    clock = StoppedClock()
    with installation(clock) as masar:
        hammer = Hammer(build(masar, clock))
        for name, strike in hammer.operations():
            if said.operation in ("", name):
                try:
                    strike(said.examples, said.seed)
                except (Exception, BaseExceptionGroup) as problem:
                    found += 1
                    print(f"PROBLEM {name}: {_told(problem)}")
        print(hammer.tally.told())
    print(f"{found} problems, {time.monotonic() - began:.0f} s")
    return 1 if found else 0


def _told(problem: BaseException) -> str:
    inner = problem.exceptions if isinstance(problem, BaseExceptionGroup) else ()
    return "\n".join([str(problem), *map(str, inner)])[:LONGEST_TOLD]


if __name__ == "__main__":
    sys.exit(main())
