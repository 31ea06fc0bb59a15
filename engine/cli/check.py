"""`masar check`: may these files be published?"""

import json
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from engine.check import Installed, check_paths, may_publish
from engine.checks.guard import guarded
from engine.checks.source import Reader
from engine.countries import lay_out
from engine.findings import Finding
from engine.powers import destinations
from engine.scenarios import Coverage, cover
from engine.settings import Settings, load_settings

MOST_PRINTED = 1_000
WORDS = {
    "ar": {
        "error": "خطأ",
        "warning": "تنبيه",
        "hint": "تلميح",
        "mend": "العلاج",
        "good": "لا مانع من النشر.",
        "bad": "لا يُنشر: أخطاء",
        "covered": "{process}: العناصر {elements}، المسارات {flows}",
        "missed": "لا تمر به قصة",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "hint": "hint",
        "mend": "mend",
        "good": "All may be published.",
        "bad": "Not to be published; errors",
        "covered": "{process}: elements {elements}, flows {flows}",
        "missed": "no story passes",
    },
}


@click.command()
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON list.")
@click.option(
    "--language", type=click.Choice(["ar", "en"]), help="Language of the findings; else that of the locale."
)
@click.option("--country", default="", help="Check what this country runs: the base with its folder.")
@click.option("--coverage", is_flag=True, help="Tell which elements and flows of the diagrams no story passes.")
def check(paths: tuple[str, ...], as_json: bool, language: str | None, country: str, coverage: bool) -> None:
    """Say whether diagrams, decisions, forms, lists and stories may be published.

    PATHS are files or folders; without any, those of this installation. Exit code 0: all may be published; 1: not.
    With --coverage PATHS are one folder of processes; exit code 0: some story passes each element and flow."""
    if coverage:
        sys.exit(0 if _cover(paths, as_json, language or _language()) else 1)
    settings = _settings()
    country = country or ("" if paths else settings.country)
    judged = partial(_of_country, settings, country) if country else partial(_findings, paths, settings)
    findings = guarded("", judged, 600.0)[:MOST_PRINTED]
    if as_json:
        _print(json.dumps([finding.as_json() for finding in findings], ensure_ascii=True))
    else:
        _tell(findings, language or _language())
    sys.exit(0 if may_publish(findings) else 1)


def _settings() -> Settings:
    try:
        return load_settings()
    except ValueError:  # a wrong setting is another command's to say
        return Settings()


def _of_country(settings: Settings, country: str) -> list[Finding]:
    """Findings of the base with a country's folder, which are laid out for a moment."""
    with TemporaryDirectory() as folder:
        found = check_paths(lay_out(settings.processes, settings.forms, country, Path(folder)))
    return [replace(one, file=one.file.replace(f"{folder}/", f"{country}: ")) for one in found]


def _findings(paths: tuple[str, ...], settings: Settings) -> list[Finding]:
    named = paths or (str(settings.processes), str(settings.forms))
    return check_paths([os.fsencode(path).decode("utf-8", "surrogateescape") for path in named], _installed(settings))


def _cover(paths: tuple[str, ...], as_json: bool, language: str) -> bool:
    """Prints how far the stories go; whether that is everywhere."""
    settings = load_settings()
    found = cover(Path(paths[0])) if paths else cover(settings.processes, settings.forms)
    if as_json:
        _print(json.dumps([one.as_json() for one in found]))
    else:
        for one in found:
            _tell_coverage(one, WORDS[language])
    return all(one.whole for one in found)


def _tell_coverage(one: Coverage, words: Mapping[str, str]) -> None:
    _print(words["covered"].format(
        process=one.process,
        elements=f"{one.elements - len(one.missed_elements)}/{one.elements}",
        flows=f"{one.flows - len(one.missed_flows)}/{one.flows}",
    ))
    for missed in (*one.missed_elements, *one.missed_flows):
        _print(f"  {words['missed']}: {missed}")


def _installed(settings: Settings) -> Installed:
    reader = Reader()
    reader.read([folder for folder in (settings.processes, settings.forms) if Path(folder).is_dir()])
    return Installed(reader.sources, destinations(settings.destinations_file))


def _language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "ar" if os.environ[name].startswith("ar") else "en"
    return "ar" if (locale.getlocale()[0] or "").startswith("ar") else "en"


def _tell(findings: list[Finding], language: str) -> None:
    words = WORDS[language]
    for finding in findings:
        name = finding.name.in_(language)
        place = f"{finding.file}: {finding.element}" if finding.element else finding.file
        place += f" «{name}»" if name else ""
        _print(f"{place}\n  {words[finding.severity]} [{finding.rule}] {finding.message.in_(language)}")
        _print(f"  {words['mend']}: {finding.mend.in_(language)}")
    wrong = sum(finding.severity == "error" for finding in findings)
    _print(f"{words['bad']}: {wrong}" if wrong else words["good"])


def _print(line: str) -> None:
    """Prints a line on any terminal: what its encoding lacks is escaped, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(line.encode(encoding, "backslashreplace").decode(encoding))
