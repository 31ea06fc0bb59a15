"""Checking files: hostile ones end in findings, good ones pass, whole folders are seen together."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.check import check_paths, may_publish
from engine.cli.check import check
from tests.engine.hostile import BY_FILE
from tests.engine.lint.drawing import OTHER, call, end, process, rule, start, user

SECONDS = 5.0
MEGABYTES = 150
WORST = [
    "every_gateway_to_every_other.bpmn",
    "three_megabytes_of_text.bpmn",
    "many_states.bpmn",
    "many_components.form",
]
FIELDS = {"file", "element", "name", "rule", "severity", "message_ar", "message_en", "mend"}
FORM = b'{"id": "review", "type": "default", "components": [], "schemaVersion": 16}'


def seconds_of_children() -> float:
    """Processor time of finished child processes: what else the machine does is not counted."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_stay_within_time_and_memory(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(BY_FILE[name].data)
    measured = (
        "import sys; from engine.cli.check import check\n"
        "try: check(sys.argv[1:])\n"
        "finally: sys.stderr.write(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    began = seconds_of_children()
    done = subprocess.run([sys.executable, "-c", measured, str(file), "--json"], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert seconds_of_children() - began < SECONDS
    assert int(done.stderr.split()[-2]) <= MEGABYTES * 1024  # the peak, in KB
    assert all(set(finding) == FIELDS for finding in json.loads(done.stdout))


def test_without_a_path_the_files_of_the_installation_are_checked(tmp_path: Path) -> None:
    for folder in ("processes", "forms"):
        (tmp_path / folder).mkdir()
    (tmp_path / "forms" / "review.form").write_bytes(b"{")
    places = {"MASAR_PROCESSES": str(tmp_path / "processes"), "MASAR_FORMS": str(tmp_path / "forms")}
    found = CliRunner(env=places).invoke(check, ["--json"])
    assert (found.exit_code, [one["file"] for one in json.loads(found.output) if one["severity"] == "error"]) == (
        1, [str(tmp_path / "processes"), str(tmp_path / "forms" / "review.form")]
    )  # fmt: skip


def test_paths_that_are_no_files_become_findings(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling.bpmn").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle.bpmn").symlink_to(tmp_path / "circle.bpmn")
    os.mkfifo(tmp_path / "pipe.bpmn")
    (tmp_path / "notes.txt").write_text("x")
    sparse = tmp_path / "huge.bpmn"
    with sparse.open("wb") as file:
        file.truncate(100_000_000)
    rules = {
        name: [finding.rule for finding in check_paths([tmp_path / name])]
        for name in ("ghost", "empty", "dangling.bpmn", "circle.bpmn", "pipe.bpmn", "notes.txt", "huge.bpmn")
    }
    assert rules == {
        "ghost": ["file-missing"],
        "empty": ["folder-empty"],
        "dangling.bpmn": ["file-missing"],
        "circle.bpmn": ["file-missing"],
        "pipe.bpmn": ["file-not-plain"],
        "notes.txt": ["file-kind"],
        "huge.bpmn": ["file-too-large"],
    }
    assert [finding.rule for finding in check_paths(["/dev/zero", "a\0b"])] == ["file-kind", "file-missing"]


def test_links_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.bpmn").write_bytes(process(start(), end(), "begins>over"))
    (tmp_path / "in" / "link.bpmn").symlink_to(tmp_path / "secret.bpmn")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    assert [finding.rule for finding in check_paths([tmp_path / "in"])] == ["file-not-plain"]


def written(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_bytes(data)
    return folder


def test_a_good_folder_passes(tmp_path: Path) -> None:
    written(tmp_path, review_form=FORM, stage_bpmn=process(start(), user(), end(), "begins>review", "review>over"))
    findings = check_paths([tmp_path])
    assert may_publish(findings), findings


def test_references_across_files_are_checked(tmp_path: Path) -> None:
    calls = process(
        start(), call("inner", "other"), rule("decide", "D77"), end(), "begins>inner", "inner>decide", "decide>over"
    )
    written(tmp_path, stage_bpmn=calls)
    assert {"call-unknown", "decision-call"} <= {finding.rule for finding in check_paths([tmp_path])}
    written(tmp_path, other_bpmn=OTHER, review_form=FORM)
    assert {f.rule for f in check_paths([tmp_path]) if f.severity == "error"} == {"decision-call"}


def test_processes_that_call_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    written(
        tmp_path,
        a_bpmn=process(start(), call("to_b", "b"), end(), "begins>to_b", "to_b>over", id="a"),
        b_bpmn=process(start(), call("to_a", "a"), end(), "begins>to_a", "to_a>over", id="b"),
    )
    assert [f.element for f in check_paths([tmp_path]) if f.rule == "call-recursion"] == ["to_b", "to_a"]


def test_the_command_speaks_the_language_of_the_reader(tmp_path: Path) -> None:
    file = written(tmp_path, stage_bpmn=b"") / "stage.bpmn"
    arabic = CliRunner().invoke(check, [str(file)], env={"LC_ALL": "ar_SY.UTF-8"})
    english = CliRunner().invoke(check, [str(file)], env={"LC_ALL": "en_GB.UTF-8"})
    assert "خطأ" in arabic.output and arabic.exit_code == 1
    assert "error [not-xml]" in english.output and english.exit_code == 1


def test_the_command_prints_one_json_list(tmp_path: Path) -> None:
    written(tmp_path, review_form=FORM, stage_bpmn=process(start(), user(), end(), "begins>review", "review>over"))
    done = CliRunner().invoke(check, [str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    assert isinstance(json.loads(done.output), list)
