"""The editors on a page of their own, before a server that keeps drafts in memory: what the browser side needs, and
every answer that the real server may give."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from flask import Response, render_template_string, request

from engine.check import Installed, check_sources
from engine.checks.source import Kind, Reader, Source
from tests.web import dressed
from tests.web.address import Address

ROOT = dressed.ROOT
KINDS: dict[str, Kind] = {"bpmn": "diagram", "dmn": "decision", "form": "form", "list": "list"}
PAGE = Path(__file__).with_name("editor_page.html")


@dataclass
class EditorSite(Address):
    """A local address with the four editors. `drafts` is what was saved; `answer` says how the next saves are answered:
    "ok", "conflict", "signed_out", "down" or "refused"."""

    drafts: dict[tuple[str, str], bytes] = field(default_factory=dict)
    saves: list[tuple[str, bytes]] = field(default_factory=list)
    answer: str = "ok"
    token: str = "secret"
    revision: int = 1

    def __post_init__(self) -> None:
        app = dressed.app()
        app.add_url_rule("/edit/<editor>/<key>", "edit", self._edit)
        app.add_url_rule("/draft/<editor>/<key>", "draft", self._draft, methods=["GET", "POST"])
        app.add_url_rule("/findings/<editor>/<key>", "findings", self._checked, methods=["POST"])
        app.add_url_rule("/catalogue.json", "catalogue", self._catalogue)
        super().__init__(app)

    def content(self, editor: str, key: str) -> bytes:
        """The draft as it stands; the shipped file where nothing was saved."""
        return self.drafts.get((editor, key)) or shipped_file(editor, key).read_bytes()

    def installed_text(self, editor: str, key: str) -> str:
        """The shipped file."""
        return shipped_file(editor, key).read_text(encoding="utf-8")

    def saved_form(self, key: str) -> Any:
        """A form as it was saved."""
        return json.loads(self.drafts["form", key])

    @cached_property
    def installed(self) -> Installed:
        """Everything that is shipped, for drafts to refer to."""
        reader = Reader()
        reader.read([ROOT / "processes", ROOT / "forms"])
        return Installed([one for one in reader.sources if one.kind in KINDS.values()])

    def _edit(self, editor: str, key: str) -> str:
        return render_template_string(
            PAGE.read_text(encoding="utf-8"), editor=editor, key=key, token=self.token, actor=None
        )

    def _draft(self, editor: str, key: str) -> Response | tuple[Any, int]:
        if request.method == "GET":
            revision = {"X-Revision": str(self.revision)}
            return Response(self.content(editor, key), mimetype="text/plain", headers=revision)
        if self.answer == "signed_out" or request.headers["X-CSRF"] != self.token:
            return {"message": "signed out"}, 403
        if self.answer == "refused":
            return {"message": "الملف فارغ."}, 422
        if self.answer == "conflict" or request.headers["X-Revision"] != str(self.revision):
            return {"who": "سلمى", "when": "2026-11-22T09:30:00+00:00", "message": "حفظت سلمى مسودة أحدث."}, 409
        if self.answer == "down":
            return Response(status=503), 503
        self.drafts[editor, key] = request.get_data()
        self.saves.append((key, request.get_data()))
        self.revision += 1
        told = self._told(editor, key, request.get_data())
        return {"revision": self.revision, "saved_at": "2026-11-22T09:30:00+00:00", "findings": told}, 200

    def _checked(self, editor: str, key: str) -> dict[str, Any]:
        return {"findings": self._told(editor, key, request.get_data())}

    def _told(self, editor: str, key: str, content: bytes) -> list[dict[str, Any]]:
        path = shipped_file(editor, key)
        found = check_sources([Source(path.name, path.relative_to(ROOT), KINDS[editor], content)], self.installed)
        english = "locale=en" in (request.referrer or "")
        return [
            {"element": one.element, "rule": one.rule, "severity": one.severity,
             "message": one.message.en if english else one.message.ar, "mend": one.mend.en if english else one.mend.ar}
            for one in found
        ]

    def _catalogue(self) -> dict[str, Any]:
        return catalogue()


def shipped_file(editor: str, key: str) -> Path:
    """Where a shipped definition lies."""
    folder, ending = {
        "bpmn": ("processes", "bpmn"), "dmn": ("processes/decisions", "dmn"), "form": ("forms", "form"),
        "list": ("forms/lists", "yaml"),
    }[editor]
    return ROOT / folder / f"{key}.{ending}"


def catalogue() -> dict[str, Any]:
    """What there is to choose from, as the server tells the editors."""
    roles = yaml.safe_load((ROOT / "forms/lists/roles.yaml").read_text(encoding="utf-8"))
    return {
        "forms": [{"key": path.stem, "title": path.stem} for path in sorted((ROOT / "forms").glob("*.form"))],
        "decisions": [
            {"id": path.stem, "name": path.stem, "outputs": ["result"]}
            for path in sorted((ROOT / "processes/decisions").glob("*.dmn"))
        ],
        "processes": [{"id": path.stem, "name": path.stem} for path in sorted((ROOT / "processes").glob("*.bpmn"))],
        "lists": [{"key": "yes_no", "title": "نعم أو لا"}, {"key": "closure_reason", "title": "سبب الإغلاق"}],
        "roles": [{"key": one["value"], "name": one["ar"]} for one in next(iter(roles.values()))],
        "messages": ["danger_found", "case_changed"],
        "call_types": [{"type": "mail", "headers": ["template", "destination"], "inputs": ["to"]}],
        "properties": [
            {"key": "not_done_by", "on": ["bpmn:UserTask"], "title": "لا يقوم بها من أنجز", "help": "أربع عيون."},
            {"key": "stage", "on": ["bpmn:Process"], "title": "المرحلة", "help": "مرحلة الحالة ما دام الإجراء جارياً."},
            {"key": "offer_to", "on": ["bpmn:Event", "bpmn:ReceiveTask"], "title": "تُعرض على", "help": "الأدوار."},
        ],
    }
