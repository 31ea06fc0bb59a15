"""The models that a model imports: found beside its file, by the address that the import gives or by their namespace.

A rule of the wrong version is worse than none: where an import leads nowhere, or could mean several files, the model is
refused with the reason.
"""

from pathlib import Path
from urllib.parse import unquote

from engine.dmn.document import MODELS, Element, content, document
from engine.dmn.problems import DmnError
from engine.text import Text


class Library:
    """The models of one folder, each read once. Files that are no models are nobody's concern until one is named."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._roots: dict[Path, Element | None] = {}

    def imported(self, element: Element) -> Element:
        """The root of the model that an import means. Raises DmnError."""
        namespace, kind = element.get("namespace", ""), element.get("importType", "")
        if kind.rstrip("/") not in _KINDS:
            raise DmnError(Text(
                f"استيراد من نوع «{kind}» غير مدعوم؛ لا تُستورد إلا نماذج DMN.",
                f"Imports of the kind {kind!r} are not read; only DMN models are imported."), element.get("id", ""))
        root = self._at(element) if self.folder is not None else None
        if root is None:
            root = self._of(namespace, element)
        if root.get("namespace", "") != namespace:
            raise _refused(element, Text(
                "الملف الذي يشير إليه له فضاء أسماء آخر", "the file that it points to has another namespace"))
        return root

    def _at(self, element: Element) -> Element | None:
        """The model at the address of an import, where that is a file of this folder."""
        address = unquote(element.get("locationURI", "").strip())
        if not address or ":" in address or self.folder is None:
            return None
        folder = self.folder.resolve()
        path = (folder / address).resolve()
        return document(content(path)) if path.is_relative_to(folder) and path.is_file() else None

    def _of(self, namespace: str, element: Element) -> Element:
        if self.folder is None:
            raise _refused(element, Text(
                "قُرئ هذا النموذج دون مجلده", "this model was read without the folder that it lies in"))
        found = {path.name: root for path in sorted(self.folder.glob("*.dmn"))
                 if (root := self._root(path)) is not None and root.get("namespace", "") == namespace}
        if len(found) != 1:
            listed = "، ".join(found)
            raise _refused(element, Text(
                f"أكثر من ملف له هذا الفضاء ({listed}) فاكتب locationURI",
                f"several files have this namespace ({listed.replace('،', ',')}), so write a locationURI",
            ) if found else Text("لا ملف بجانبه له هذا الفضاء", "no file beside it has this namespace"))
        return next(iter(found.values()))

    def _root(self, path: Path) -> Element | None:
        if path not in self._roots:
            try:
                self._roots[path] = document(content(path))
            except DmnError:
                self._roots[path] = None
        return self._roots[path]


_KINDS = frozenset({"", *(model.rstrip("/") for model in MODELS)})


def _refused(element: Element, why: Text) -> DmnError:
    name, namespace = element.get("name", ""), element.get("namespace", "")
    return DmnError(Text(
        f"تعذر استيراد «{name}» ({namespace}): {why.ar}.", f"The import {name!r} ({namespace}) fails: {why.en}."),
        element.get("id", ""))


def two_versions(element: Element) -> DmnError:
    """Two files of one namespace are imported at once, or a file imports its own namespace."""
    return _refused(element, Text("لهذا الفضاء ملف آخر مستورد أو هو هذا الملف نفسه",
                                  "this namespace is that of another file in use, or of this file itself"))
