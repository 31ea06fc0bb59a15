"""Variables as they lie in the state document: decoded only when somebody looks at them.

A case carries dozens of filled forms, and a move reads a handful of names. What nobody reads goes from document to
document as it is. What is set is encoded at once, so that a value which cannot be stored fails where it was made.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from engine.bpmn.problems import Fault
from engine.feel import FeelError
from engine.feel.codec import Json, decode, encode
from engine.text import Text


def stored(value: Any) -> Json:
    """A value in JSON terms; raises Fault for what cannot be stored, such as a function."""
    try:
        return encode(value)
    except FeelError as error:
        raise Fault(error.text) from error
    except RecursionError as error:
        raise Fault(Text("قيمة متداخلة أعمق مما يمكن حفظه.", "A value is nested too deeply to be stored.")) from error


class Values(MutableMapping[str, Any]):
    """Named values of one scope."""

    __slots__ = ("_known", "json")

    def __init__(self, json: dict[str, Json] | None = None) -> None:
        self.json: dict[str, Json] = {} if json is None else json
        """The values in JSON terms, by name."""
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = decode(self.json[name])
        return self._known[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.hand_on(name, stored(value))

    def hand_on(self, name: str, json: Json) -> None:
        """Set a value that is in JSON terms already."""
        self.json[name] = json
        self._known.pop(name, None)

    def __delitem__(self, name: str) -> None:
        del self.json[name]
        self._known.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self.json

    def __iter__(self) -> Iterator[str]:
        return iter(self.json)

    def __len__(self) -> int:
        return len(self.json)

    def __repr__(self) -> str:
        return repr(dict(self))

    def take(self, other: "Values") -> None:
        """Set all values of another mapping without looking at them."""
        self.json.update(other.json)
        self._known = {name: value for name, value in self._known.items() if name not in other.json}

    def some(self, names: Mapping[str, Any] | list[str]) -> "Values":
        """The values of these names, which it must have."""
        return Values({name: self.json[name] for name in names})
