"""The textbook of the procedure: docs/procedure/, every diagram as a picture with the words of its elements.

`python -m tests.procedure` writes it, from the diagrams alone; the pictures are drawn by the editor in a browser."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from engine.bpmn.bundle import parse_file
from engine.bpmn.graph import Element, Process
from engine.bpmn.names import BPMN
from engine.forms import load_form
from engine.text import Text
from tests import chromium
from tests.web.editor_site import EditorSite
from web import bundle

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "procedure"
INDEX = ROOT / "docs" / "procedure.md"
FIRST = ("reporting", "admission", "case", "reception", "assessment", "planning", "intervention", "referral",
         "monitoring", "closure")
"""The order of reading; the others follow by name."""
KINDS = {
    "userTask": Text("عمل شخص", "Work of a person"), "businessRuleTask": Text("قرار", "Decision"),
    "scriptTask": Text("حساب", "Computed"), "serviceTask": Text("آلي", "Automatic"),
    "sendTask": Text("رسالة", "Message"), "receiveTask": Text("انتظار رد", "Waits for an answer"),
    "callActivity": Text("إجراء آخر", "Another process"), "subProcess": Text("إجراء داخلي", "Sub-process"),
    "startEvent": Text("بداية", "Start"), "endEvent": Text("نهاية", "End"), "boundaryEvent": Text("طارئ", "Happening"),
    "intermediateCatchEvent": Text("انتظار", "Waits"), "intermediateThrowEvent": Text("إبلاغ", "Tells"),
}
GATEWAYS = Text("سؤال", "Question")
DRAWING = """() => {
    const svg = document.querySelector(".djs-container svg:has(.viewport)");
    const layers = [...svg.querySelectorAll(".viewport [class*=layer-root]")];
    const layer = layers.find((one) => one.querySelector(".djs-element"));
    const box = layer.getBBox(), copy = layer.cloneNode(true), defs = svg.querySelector("defs");
    copy.removeAttribute("transform");
    copy.querySelectorAll(".djs-hit, .djs-outline, .djs-dragger, .djs-bendpoints").forEach((one) => one.remove());
    for (const one of [copy, ...copy.querySelectorAll("*")]) {
        for (const name of ["class", "data-element-id", "data-container-id", "lineHeight"]) one.removeAttribute(name);
        if (one.getAttribute("style") === "") one.removeAttribute("style");
    }
    const [x, y, w, h] = [box.x - 10, box.y - 10, box.width + 20, box.height + 20].map(Math.round);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${w} ${h}" width="${w}" height="${h}" ` +
        `font-family="sans-serif">${defs ? defs.outerHTML : ""}${copy.outerHTML}</svg>`;
}"""


def diagrams() -> list[Path]:
    """The shipped diagrams in the order of reading."""
    found = {path.stem: path for path in sorted((ROOT / "processes").glob("*.bpmn"))}
    return [found.pop(key) for key in FIRST if key in found] + list(found.values())


def picture(diagram: Path, inner: str = "") -> Path:
    """Where the picture of a diagram lies, or that of a sub-process of it which is folded there."""
    return FOLDER / (f"{diagram.stem}.{inner}.svg" if inner else f"{diagram.stem}.svg")


def folded(diagram: Path) -> list[str]:
    """The sub-processes that have a drawing of their own."""
    planes = etree.parse(diagram).iter("{*}BPMNPlane")
    return [str(plane.get("bpmnElement")) for plane in planes][1:]


def stamp(diagram: Path) -> str:
    """What a picture says of the diagram that it shows."""
    return f"<!-- {hashlib.sha256(diagram.read_bytes()).hexdigest()} -->"


def index() -> str:
    """docs/procedure.md: what there is to read."""
    rows = "".join(f"| [{names.ar}](procedure/{path.stem}.md) | [{names.en}](procedure/{path.stem}.md) |\n"
                   for path in diagrams() for names in [process_of(path).name])
    return (
        "# الإجراء كاملاً · The whole procedure\n\n"
        "كل مخطط صورةٌ ومعها كلام عناصره: من يعمل، ولماذا، وبأي قاعدة. · Every diagram as a picture, with what its"
        " elements say: who works, why, and by which rule.\n\n"
        "Written by `python -m tests.procedure` from `processes/*.bpmn`; the suite sees that it is fresh.\n\n"
        f"| بالعربية | In English |\n|---|---|\n{rows}"
    )


def page(path: Path) -> str:
    """The page of one diagram."""
    process, forms = process_of(path), _titles()
    whole = etree.parse(path).find(f"{BPMN}process")
    assert whole is not None
    said = _said(process.properties, whole.findtext(f"{BPMN}documentation"))
    rows = "".join(_row(element, forms) for element in process.elements.values() if element.name.ar)
    return (
        f"# {process.name.ar} · {process.name.en}\n\n"
        f"{_paragraphs(said)}{_shown(path, '', process.name)}"
        + "".join(f"## {name.ar} · {name.en}\n\n{_shown(path, inner, name)}" for inner in folded(path)
                  for name in [process.elements[inner].name]) +
        "| العنصر · Element | ما هو · What it is | من · Who | لماذا وبأي قاعدة | Why, and by which rule |\n"
        f"|---|---|---|---|---|\n{rows}\n[كل المخططات · All diagrams](../procedure.md)\n"
    )


def _shown(path: Path, inner: str, name: Text) -> str:
    return f"![{name.ar} – {name.en}]({picture(path, inner).name})\n\n"


def _paragraphs(said: Text) -> str:
    return "".join(f"{line}\n\n" for line in (said.ar, said.en) if line)


def _row(element: Element, forms: Mapping[str, Text]) -> str:
    kind = GATEWAYS if element.type.endswith("Gateway") else KINDS.get(element.type, Text(element.type, element.type))
    form = forms.get(element.form or "")
    what = f"{kind.ar} · {kind.en}" + (f": {form.ar} · {form.en}" if form else "")
    if element.calls:
        what = f"[{kind.ar} · {kind.en}]({element.calls}.md)"
    said = _said(element.properties, element.documentation)
    who = ", ".join(f"`{group}`" for group in element.groups or _offered(element.properties))
    cells = (f"**{element.name.ar}** · {element.name.en}<br>`{element.id}`", what, who, said.ar, said.en)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _offered(properties: Mapping[str, str]) -> Iterable[str]:
    return [group.strip() for group in properties.get("offer_to", "").split(",") if group.strip()]


def _said(properties: Mapping[str, str], documentation: str | None) -> Text:
    return Text(documentation or "", properties.get("documentation_en", ""))


def process_of(path: Path) -> Process:
    """The process of a diagram."""
    return parse_file(path.read_bytes())[0]


def _titles() -> dict[str, Text]:
    return {path.stem: load_form(path.read_bytes()).title for path in (ROOT / "forms").glob("*.form")}


def draw(paths: Iterable[Path]) -> None:
    """Draws the pictures of diagrams anew."""
    with chromium.started() as browser, EditorSite() as site:
        opened = browser.new_page(viewport={"width": 1600, "height": 1000})
        for path in paths:
            opened.goto(f"{site.address}/edit/bpmn/{path.stem}")
            opened.locator("[data-ready=true]").wait_for()
            for inner in ("", *folded(path)):
                if inner:
                    opened.locator(f'[data-container-id="{inner}"] .bjs-drilldown').dispatch_event("click")
                opened.locator(".djs-container .djs-element").first.wait_for()
                svg = re.sub(r"(\d+\.\d\d)\d+", r"\1", opened.evaluate(DRAWING))
                picture(path, inner).write_text(f"{svg}\n{stamp(path)}\n", "utf-8")
                if inner:
                    opened.locator(".bjs-breadcrumbs a").first.dispatch_event("click")


def is_fresh(path: Path) -> bool:
    """Whether the pictures of a diagram show what the diagram is now."""
    shown = [picture(path, inner) for inner in ("", *folded(path))]
    return all(one.is_file() and one.read_text("utf-8").rstrip().endswith(stamp(path)) for one in shown)


def main() -> None:
    """Writes what is not fresh."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {path.stem for path in diagrams()}
    for old in FOLDER.iterdir():
        if old.name.split(".")[0] not in wanted:
            old.unlink()
    for path in diagrams():
        (FOLDER / f"{path.stem}.md").write_text(page(path), "utf-8")
    INDEX.write_text(index(), "utf-8")
    assert bundle.read_names(bundle.FOLDER), "The assets are not built."
    draw(path for path in diagrams() if not is_fresh(path))


if __name__ == "__main__":
    main()
