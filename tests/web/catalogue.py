"""The interface sentences: what the templates and web/ say, against the Arabic catalogue.

`python -m tests.web.catalogue` brings the .po up to date: new sentences appear with an empty translation."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).resolve().parents[2] / "web"
PO = WEB / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
METHODS = [("templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}


def extracted() -> Catalog:
    """Every sentence that a template or module of web/ asks gettext for."""
    catalogue = Catalog(locale="ar", project="Masar", version="1", charset="utf-8")
    for file, line, sentence, comments, context in extract_from_dir(
        str(WEB), METHODS, OPTIONS, directory_filter=lambda folder: Path(folder).name not in {"assets", "static"}
    ):
        catalogue.add(sentence, None, [(f"web/{file}", line)], auto_comments=comments, context=context)
    return catalogue


def translated() -> Catalog:
    """The Arabic catalogue as it is kept."""
    with PO.open("rb") as source:
        return read_po(source, locale="ar")


def main() -> None:
    """Writes the catalogue anew, keeping every translation there is."""
    fresh = extracted()
    if PO.exists():
        kept = translated()
        for message in fresh:
            if message.id and (known := kept.get(message.id, message.context)):
                message.string = known.string
    fresh.fuzzy = False
    fresh.header_comment = "# The interface in Arabic, kept by python -m tests.web.catalogue"
    fresh.last_translator, fresh.language_team = "Masar", "ar"
    fresh.msgid_bugs_address = "-"
    with PO.open("wb") as target:
        write_po(target, fresh, no_location=True, omit_header=False, sort_output=True, width=110, ignore_obsolete=True)


if __name__ == "__main__":
    main()
