"""A hostile file, and what it tries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A file by the name under which it is sent, one sentence that says what it tries, and its builder. `sound` says
    that nothing in it forbids publishing: it is harmless, or what it does it does while it runs."""

    file: str
    tries: str
    make: Callable[[], bytes]
    sound: bool = False

    @property
    def data(self) -> bytes:
        """What the file holds."""
        return self.make()


def cases(
    ending: str, found: dict[str, tuple[str, Callable[[], bytes] | bytes]], sound: bool = False
) -> Iterator[Case]:
    """Cases of one kind of file, by the names of the files without ending."""
    for name, (tries, made) in found.items():
        yield Case(f"{name}.{ending}", tries, _builder(made), sound)


def _builder(made: Callable[[], bytes] | bytes) -> Callable[[], bytes]:
    return (lambda: made) if isinstance(made, bytes) else made
