"""XPath's regular expressions in the terms of the library that runs them. What XPath does not know is refused."""

from collections.abc import Iterator

MAX_PATTERN = 500
_ESCAPES = frozenset("nrt\\|.?*+(){}[]-^$dDsSwW/")
_NAME_START, _NAME = r"[\p{L}_:]", r"[\p{L}\p{M}\p{N}_:.\-]"
_OWN = {"i": _NAME_START, "I": f"[^{_NAME_START[1:]}", "c": _NAME, "C": f"[^{_NAME[1:]}"}


class NoPattern(ValueError):
    """The text is no regular expression of XPath."""


def translated(pattern: str, flags: str) -> str:
    """The pattern as the `regex` library (version 1 behaviour) reads it; NoPattern for what is none.

    x: white space outside classes means nothing; without s the dot leaves out both line ends; without m the
    dollar is the end of the whole text."""
    return "".join(_Translation(pattern, flags).parts())


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern, self.flags = pattern, flags
        self.at = self.classes = 0

    def parts(self) -> Iterator[str]:
        """The pieces of the translated pattern."""
        while self.at < len(self.pattern):
            character = self.pattern[self.at]
            self.at += 1
            if character == "\\":
                yield self._escape()
            elif self.classes:
                yield self._in_class(character)
            elif not ("x" in self.flags and character.isspace()):
                yield self._outside(character)

    def _outside(self, character: str) -> str:
        if character == "[":
            self.classes += 1
            return self._opened()
        if character == "." and "s" not in self.flags:
            return r"[^\n\r]"
        if character == "$" and "m" not in self.flags:
            return r"\Z"
        following = self.pattern[self.at:self.at + 2]
        if character == "(" and following[:1] == "?" and following != "?:":
            raise NoPattern(self.pattern)
        if character in "*+?}" and following[:1] == "+":
            raise NoPattern(self.pattern)
        return character

    def _opened(self) -> str:
        if self.pattern[self.at:self.at + 1] == "^":
            self.at += 1
            return "[^"
        return "["

    def _in_class(self, character: str) -> str:
        if character == "]":
            self.classes -= 1
            return character
        if character == "-" and self.pattern[self.at:self.at + 1] == "[":
            self.at += 1
            self.classes += 1
            return "--" + self._opened()
        return "\\" + character if character in "[&|~-" and not self._is_range(character) else character

    def _is_range(self, character: str) -> bool:
        before, after = self.pattern[self.at - 2:self.at - 1], self.pattern[self.at:self.at + 1]
        return character == "-" and before not in ("[", "^") and after != "]"

    def _escape(self) -> str:
        if "x" in self.flags and not self.classes:
            while self.pattern[self.at:self.at + 1].isspace():
                self.at += 1
        character = self.pattern[self.at:self.at + 1]
        self.at += 1
        if character in ("p", "P"):
            return self._property(character)
        if character.isdigit() and not self.classes and character != "0":
            return "\\" + character
        if character in _OWN:
            return _OWN[character]
        if not character or character not in _ESCAPES:
            raise NoPattern(self.pattern)
        return "\\" + character

    def _property(self, letter: str) -> str:
        end = self.pattern.find("}", self.at)
        if self.pattern[self.at:self.at + 1] != "{" or end < 0:
            raise NoPattern(self.pattern)
        name = self.pattern[self.at + 1:end]
        self.at = end + 1
        if "x" in self.flags:
            name = "".join(name.split())
        if name != name.strip() or not name:
            raise NoPattern(self.pattern)
        return f"\\{letter}{{{'Block=' + name[2:] if name.startswith('Is') else name}}}"
