"""Acceptance stories: plain YAML in shape; played when the whole folder of processes is checked."""

from pathlib import Path

from engine.checks.source import Source
from engine.findings import Finding
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.text import Text


def check_story(source: Source) -> list[Finding]:
    """Whether a file holds a story at all."""
    try:
        found = parse_yaml(source.data)
    except UnsafeYaml as error:
        return [
            Finding(source.file, "", "not-yaml", "error", error.text, Text("صحّح الملف.", "Correct the file."))
        ]
    if isinstance(found, dict) and found:
        return []
    return [
        Finding(
            source.file,
            "",
            "not-a-story",
            "error",
            Text("ليس الملف قصة.", "The file is not a story."),
            Text("اكتب القصة كما في القصص الجاهزة.", "Write it like the stories that are shipped."),
        )
    ]


def check_stories(processes: Path) -> list[Finding]:
    """Plays every story of a folder of processes."""
    del processes  # engine.scenarios.run_scenarios goes here as soon as it exists
    return []
