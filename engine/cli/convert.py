"""`masar convert`: a diagram of another engine in our dialect, with what a person must still decide."""

from pathlib import Path

import click

from engine.bpmn.importing import Converted, Note
from engine.bpmn.importing import convert as converted
from engine.cli.values import fail
from engine.errors import MasarError
from engine.incoming_diagrams import showable
from engine.text import Text

WORDS = {
    "ar": {"done": "أُصلح", "open": "يقرره شخص", "nothing": "الملف بلهجتنا، ولا شيء يُصلَح.", "wrote": "كُتب"},
    "en": {"done": "mended", "open": "to be decided", "nothing": "The file is in our dialect; nothing to mend.",
           "wrote": "written"},
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write; else FILE with .masar.bpmn.")
@click.option("--language", type=click.Choice(["ar", "en"]), default="en", help="Language of what is told.")
def convert(file: Path, output: Path | None, language: str) -> None:
    """Mend a diagram made for Camunda 7, Flowable, Activiti or plain BPMN.

    Says what was done, and what a person must still decide; `masar check` then says whether it may be published.
    What nobody drew yet is laid out."""
    try:
        result = converted(_read(file))
    except MasarError as error:
        raise fail(error.text) from None
    to = output or file.with_name(f"{file.name.removesuffix('.bpmn').removesuffix('.bpmn20.xml')}.masar.bpmn")
    try:
        to.write_bytes(showable(result.source, at_leisure=True))
    except OSError as error:
        raise fail(Text("تعذّرت كتابة الملف.", "The file cannot be written.")) from error
    _tell(result, to, language)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise MasarError(Text("تعذّرت قراءة الملف.", "The file cannot be read.")) from error


def _tell(result: Converted, to: Path, language: str) -> None:
    words = WORDS[language]
    for kind, notes in (("done", result.done), ("open", result.open)):
        for note in notes:
            click.echo(_line(words[kind], note, language))
    if not result.done and not result.open:
        click.echo(words["nothing"])
    click.echo(f"{words['wrote']}: {to}")


def _line(kind: str, note: Note, language: str) -> str:
    return f"{kind} [{note.element}] {note.text.in_(language)}"
