"""The built browser files: their names, which carry a hash, and how they leave the server compressed."""

import json
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory, url_for

FOLDER = Path(__file__).parent / "static" / "dist"
A_YEAR = 31_536_000
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
}


def install(app: Flask, folder: Path = FOLDER) -> None:
    """Adds `asset(name)` and `is_built(name)` to the templates and the route /static/dist/<file>, which answers with
    the .gz lying beside a file where the browser takes it. Names change with content, so browsers keep files for a
    year."""
    names = read_names(folder)

    def asset(name: str) -> str:
        return url_for("built_file", name=names.get(name, name))

    def built_file(name: str) -> Response:
        if name not in known:
            abort(404)
        return send_built(folder, name)

    known = frozenset(names.values()) | {path.name for path in folder.glob("part-*.js")}
    app.jinja_env.globals.update(asset=asset, is_built=lambda name: name in names)
    app.add_url_rule("/static/dist/<name>", "built_file", built_file)


def read_names(folder: Path) -> dict[str, str]:
    """What the build calls each asset; empty where nothing has been built."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        return {}
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names


def send_built(folder: Path, name: str) -> Response:
    """One built file, compressed where the browser takes it and the build made it smaller."""
    packed = (folder / f"{name}.gz").exists() and bool(request.accept_encodings["gzip"])
    answer = send_from_directory(folder, f"{name}.gz" if packed else name, max_age=A_YEAR, conditional=True)
    answer.headers["Content-Type"] = content_type(name)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.cache_control.public = True
    answer.cache_control.immutable = True
    return answer


def content_type(name: str) -> str:
    """The type of a built file by its ending."""
    return TYPES.get(Path(name).suffix, "application/octet-stream")
