"""Files to check, found and read so that nothing on the disk can hurt: no devices, no loops, no floods."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.findings import Finding
from engine.safexml import MAX_BYTES
from engine.text import Text

Kind = Literal["diagram", "decision", "form", "list", "story", "tests"]

COUNTRIES = "countries"
MOST_FILES = 2_000
MOST_BYTES = 60_000_000

NOT_FOUND = (Text("الملف غير موجود.", "There is no such file."), Text("صحّح المسار.", "Correct the path."))
NOT_READABLE = (
    Text("تعذّرت قراءة الملف.", "The file cannot be read."),
    Text("تحقق من صلاحيات القراءة.", "Check that it may be read."),
)
NOT_PLAIN = (
    Text("ليس ملفاً عادياً.", "It is not a plain file."),
    Text("ضع الملف نفسه بدل الاختصار أو الجهاز.", "Put the file itself there, not a link or a device."),
)
TOO_LARGE = (
    Text("الملف أكبر من 4 ميغابايت.", "The file is larger than 4 MB."),
    Text("قسّمه، أو أزل ما أُدرج فيه من صور.", "Split it, or remove pictures embedded in it."),
)
UNKNOWN_KIND = (
    Text("نوع الملف غير معروف.", "The kind of file is not known."),
    Text("الأنواع: ‎.bpmn .dmn .form .yaml‎", "Kinds: .bpmn .dmn .form .yaml"),
)
NOTHING_THERE = (
    Text("لا يوجد في المجلد ما يُفحص.", "The folder holds nothing to check."),
    Text("اختر مجلداً فيه مخططات أو نماذج.", "Choose a folder with diagrams or forms."),
)
TOO_MANY = (
    Text(f"أكثر من {MOST_FILES} ملف أو 60 ميغابايت.", f"More than {MOST_FILES} files or 60 MB."),
    Text("افحص مجلداً أصغر.", "Check a smaller folder."),
)


@dataclass(frozen=True)
class Source:
    """A file that was read. `file` is how findings name it."""

    file: str
    path: Path
    kind: Kind
    data: bytes

    @property
    def stem(self) -> str:
        """The name without its ending: the key of a process, decision or form."""
        return self.path.name.split(".")[0]


class Reader:
    """Reads files and folders; what cannot be read becomes a finding."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.findings: list[Finding] = []
        self._seen: set[str] = set()
        self._bytes = 0

    def read(self, paths: Sequence[str | Path]) -> None:
        """Reads every path, folders with all they hold."""
        for given in paths:
            path = Path(given)
            try:
                if str(given):
                    self._read_path(path)
                else:
                    self._found(path, "file-missing", NOT_FOUND)
            except (OSError, ValueError):  # ValueError: a path with a NUL
                self._found(path, "file-unreadable", NOT_READABLE)

    def _read_path(self, path: Path) -> None:
        if not os.path.lexists(path) or not path.exists():
            self._found(path, "file-missing", NOT_FOUND)
        elif path.is_dir():
            before = len(self.sources) + len(self.findings)
            for file in _files_under(path):
                if len(self._seen) >= MOST_FILES or self._bytes > MOST_BYTES:
                    self._found(path, "files-too-many", TOO_MANY)
                    break
                if kind_of(file) is not None:
                    self._read_file(file)
            if before == len(self.sources) + len(self.findings):
                self._found(path, "folder-empty", NOTHING_THERE)
        else:
            self._read_file(path.resolve() if path.is_symlink() else path, shown=path)
            tests = path.with_suffix(".tests.yaml")
            if kind_of(path) == "decision" and tests.is_file():
                self._read_file(tests)

    def _read_file(self, path: Path, shown: Path | None = None) -> None:
        kind = kind_of(path)
        name = os.path.normpath(path)
        if name in self._seen:
            return
        self._seen.add(name)
        if kind is None:
            self._found(shown or path, "file-kind", UNKNOWN_KIND)
            return
        try:
            data = self._bytes_of(path)
        except OSError:
            self._found(shown or path, "file-unreadable", NOT_READABLE)
            return
        if isinstance(data, bytes):
            self._bytes += len(data)
            self.sources.append(Source(str(shown or path), path, kind, data))
        else:
            rule, words = data
            self._found(shown or path, rule, words)

    def _bytes_of(self, path: Path) -> bytes | tuple[str, tuple[Text, Text]]:
        facts = path.lstat()
        if not stat.S_ISREG(facts.st_mode):
            return "file-not-plain", NOT_PLAIN
        if facts.st_size > MAX_BYTES:
            return "file-too-large", TOO_LARGE
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        return data if len(data) <= MAX_BYTES else ("file-too-large", TOO_LARGE)

    def _found(self, path: Path, rule: str, words: tuple[Text, Text]) -> None:
        self.findings.append(Finding(str(path), "", rule, "error", *words))


def kind_of(path: Path) -> Kind | None:
    """What kind of file a path names, by its ending and its folder; None if it is not ours."""
    ending = path.suffix.lower()
    if ending in {".bpmn", ".dmn", ".form"}:
        return {".bpmn": "diagram", ".dmn": "decision", ".form": "form"}[ending]  # type: ignore[return-value]
    if ending not in {".yaml", ".yml"}:
        return None
    if path.name.lower().endswith((".tests.yaml", ".tests.yml")):
        return "tests"
    return "story" if path.parent.name == "scenarios" else "list"


def _files_under(folder: Path) -> Iterator[Path]:
    """Every file of a folder in a fixed order; hidden ones, folders behind links and what differs in single countries
    are left out: a country's files make sense only over the base."""
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != COUNTRIES)
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(root) / name
