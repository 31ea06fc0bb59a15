"""The sample files of other makers, and what becomes of them: `python -m tests.engine.bpmn.importing.golden` writes
`golden/` anew (read the difference before keeping it)."""

from pathlib import Path

from engine.bpmn.importing import Converted, convert

HERE = Path(__file__).parent
SAMPLES = sorted((HERE / "samples").iterdir())


def told(result: Converted) -> str:
    """What was done and what is to be decided, a line each, in both languages."""
    lines = [
        f"{kind} [{note.element}] {text}"
        for kind, notes in (("done", result.done), ("open", result.open))
        for note in notes for text in (note.text.en, note.text.ar)
    ]
    return "\n".join([*lines, ""])


def golden_of(sample: Path) -> tuple[Path, Path]:
    """Where the mended file and what is told of it are kept."""
    folder = HERE / "golden"
    return folder / f"{sample.stem}.mended.xml", folder / f"{sample.stem}.notes.txt"


def main() -> None:
    """Writes what the samples become now."""
    (HERE / "golden").mkdir(exist_ok=True)
    for sample in SAMPLES:
        result = convert(sample.read_bytes())
        mended, notes = golden_of(sample)
        mended.write_bytes(result.source)
        notes.write_text(told(result), "utf-8")


if __name__ == "__main__":
    main()
