"""Files of other makers: what becomes of them is kept and compared; nothing foreign is left, nothing goes unsaid."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.bpmn import BpmnError
from engine.bpmn.bundle import parse_file
from engine.bpmn.importing import convert
from engine.bpmn.importing.juel import translated
from engine.bpmn.importing.notes import VENDORS
from engine.bpmn.lint import Known, lint, read_diagram
from engine.cli.convert import convert as command
from engine.incoming_diagrams import showable
from engine.safexml import parse_xml
from tests.engine.bpmn.importing.golden import SAMPLES, golden_of, told

BY_NAME = {sample.name: sample for sample in SAMPLES}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_sample_becomes_what_was_kept(name: str) -> None:
    sample = BY_NAME[name]
    result, (mended, notes) = convert(sample.read_bytes()), golden_of(sample)
    assert result.source == mended.read_bytes()
    assert told(result) == notes.read_text("utf-8")


@pytest.mark.parametrize("name", BY_NAME)
def test_a_mended_file_holds_nothing_foreign_and_has_nothing_more_to_mend(name: str) -> None:
    result = convert(BY_NAME[name].read_bytes())
    assert not any(namespace.encode() in result.source for namespace in VENDORS)
    assert b"${" not in result.source or result.open
    again = convert(result.source)
    assert again.source == result.source and not again.done


@pytest.mark.parametrize("name", BY_NAME)
def test_what_leaves_nothing_to_decide_is_loaded_and_breaks_no_rule_of_the_dialect(name: str) -> None:
    result = convert(BY_NAME[name].read_bytes())
    if result.open:
        return
    assert parse_file(result.source)
    assert not [f for f in lint(read_diagram(parse_xml(result.source)), name, Known()) if f.severity == "error"]


EXPRESSIONS = {
    "${x == 'y'}": '=x = "y"', "${!done}": '=lower case(string(done)) != "true"',
    "${a && b == 'x'}": '=lower case(string(a)) = "true" and b = "x"', "#{order.total >= 100.5}":
    "=number(order.total) >= 100.5", "${a.b ? x == null : false}":
    '=if lower case(string(a.b)) = "true" then x = null else false', "${name.equals(\"x\")}": '=name = "x"',
    "${list.isEmpty()}": '=list = "" or list = [] or list = {}', "${not empty x}":
    '=(x = null or x = "" or x = [] or x = {}) != true', "${a eq null and b ne 'x'}":
    '=a = null and string(b) != "x"', "${execution.getVariable('ok') == 'it\\'s'}": '=ok = "it\'s"', "${a < 5}":
    '=(if a = "" then 0 else number(a)) < 5', "${الحالة == 'مغلقة'}": '=الحالة = "مغلقة"',
    "${bean.run()}": None, "${execution}": None, "${task.assignee}": None, "${a % 2}": None, "${a[0]}": None,
    "${a = 1}": None, "${}": None, "${a == b == c}": None, "${'}": None, "${x.contains('y')}": None,
    "${" + "(" * 900 + "a" + ")" * 900 + "}": None, "${a" + "+a" * 5000 + "}": None,
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_is_translated_only_where_it_surely_means_the_same(text: str) -> None:
    assert translated(text, asks=True) == EXPRESSIONS[text]


@pytest.mark.parametrize("source", [b"", b"hello", b"<html/>", b'<!DOCTYPE d [<!ENTITY a "b">]><definitions/>',
                                    b'<?xml version="1.0" encoding="x-nope"?><a/>'])
def test_what_is_no_diagram_is_refused(source: bytes) -> None:
    with pytest.raises(BpmnError):
        convert(source)


def test_the_command_writes_the_mended_file_and_tells_both_lists_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "services.bpmn"
    file.write_bytes(BY_NAME["c7_services.bpmn"].read_bytes())
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 0 and "mended [by_topic]" in done.output and "to be decided [by_bean]" in done.output
    written = (tmp_path / "services.masar.bpmn").read_bytes()
    assert written == showable(convert(file.read_bytes()).source) and b"<bpmndi:BPMNShape" in written
    done = CliRunner().invoke(command, [str(file), "-o", str(tmp_path / "x"), "--language", "ar"])
    assert done.exit_code == 0 and "يقرره شخص" in done.output and (tmp_path / "x").is_file()
    assert CliRunner().invoke(command, [str(tmp_path / "gone.bpmn")]).exit_code == 1
    file.write_bytes(b"no")
    assert CliRunner().invoke(command, [str(file)]).exit_code == 1
    ours = tmp_path / "ours.bpmn"
    ours.write_bytes(BY_NAME["ours.bpmn"].read_bytes())
    assert "nothing to mend" in CliRunner().invoke(command, [str(ours)]).output
