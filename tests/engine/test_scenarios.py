"""The acceptance stories of the shipped processes, each its own test, and what the player refuses."""

from pathlib import Path

import pytest

from engine.errors import MasarError
from engine.scenarios import Stage, cover, run_scenario, run_scenarios, stories_in
from engine.scenarios.cast import cast_in, is_cast
from engine.scenarios.coverage import coverage_of
from engine.scenarios.play import Player
from engine.scenarios.story import read_story

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
STORIES = stories_in(PROCESSES)
FEWEST_STORIES = 60


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(PROCESSES, FORMS)


pytestmark = pytest.mark.xdist_group(__name__)  # the coverage below counts what these have played
PLAYED: set[Path] = set()


@pytest.mark.parametrize("file", STORIES, ids=[read_story(file.read_bytes()).title.en for file in STORIES])
def test_story(stage: Stage, file: Path) -> None:
    PLAYED.add(file)
    finding = run_scenario(stage, file)
    assert finding is None, finding


def test_some_story_passes_each_element_and_each_arrow_of_each_diagram(stage: Stage) -> None:
    for file in STORIES:
        if file not in PLAYED:
            run_scenario(stage, file)
    found = coverage_of(stage.definitions.bpmn, frozenset(stage.passed))
    assert [(one.process, one.missed_elements, one.missed_flows) for one in found if not one.whole] == []
    assert len(STORIES) >= FEWEST_STORIES


def told(stage: Stage, tmp_path: Path, steps: str) -> str:
    """What the player says of a story with these steps."""
    file = tmp_path / "story.yaml"
    file.write_text("title: {ar: قصة, en: A story}\nsteps:\n" + steps, encoding="utf-8")
    finding = run_scenario(stage, file)
    return finding.message.en if finding else ""


def test_every_story_has_a_title_in_both_languages() -> None:
    for file in STORIES:
        title = read_story(file.read_bytes()).title
        assert title.ar and title.en, file.name


def test_a_wrong_expectation_names_step_expected_and_found(stage: Stage, tmp_path: Path) -> None:
    said = told(stage, tmp_path, "- {chapter: report_to_reception}\n- then: {open: draw_up_plan}\n  case: 1\n")
    assert said == "Step 2: Open work in C-1: expected ['draw_up_plan'], found ['intake']."


def test_answers_that_the_real_form_refuses_end_the_story(stage: Stage, tmp_path: Path) -> None:
    said = told(stage, tmp_path, "- {report: x, who: wafa, answers: {danger_signs: [none]}}\n")
    assert "form_0_report does not take" in said and "concern_description" in said


def test_a_question_that_the_form_does_not_have_is_named(stage: Stage, tmp_path: Path) -> None:
    said = told(stage, tmp_path, "- {report: x, who: wafa, filled: report_neglect, answers: {colour: red}}\n")
    assert said.endswith("The form form_0_report has no question “colour”.")


def test_nobody_does_the_work_of_another_role(stage: Stage, tmp_path: Path) -> None:
    said = told(stage, tmp_path, """
- {chapter: report_to_reception}
- {who: mona, does: intake, filled: intake_child, case: 1}
""")
    assert "mona is none of these" in said


def test_nobody_reviews_their_own_work(stage: Stage, tmp_path: Path) -> None:
    said = told(stage, tmp_path, """
- {report: x, who: wafa, filled: report_neglect}
- {who: rana, does: screening, filled: screening_open, answers: {triage_decision: unfounded}}
- {who: rana, does: second_screening, filled: approved}
""")
    assert "second_screening is for case_supervisor, duty_supervisor" in said


@pytest.mark.parametrize("steps", [
    "- 7\n", "- {wait: soon}\n", "- {then: 5}\n", "- {then: {due: 3}}\n", "- {then: {open: [1]}, case: 9}\n",
    "- {who: nobody, does: intake}\n", "- {repeat: x, steps: [{wait: P1D}]}\n", "- {chapter: none}\n",
    "- {report: x, who: wafa, filled: report_neglect, answers: [1]}\n", "- {does: a, sends: b}\n",
])
def test_a_miswritten_step_is_a_finding(stage: Stage, tmp_path: Path, steps: str) -> None:
    assert told(stage, tmp_path, "- {report: x, who: wafa, filled: report_neglect}\n" + steps)


def test_a_broken_rule_is_found_by_a_story(tmp_path: Path) -> None:
    """The stories guard the rules: a reception that asks nobody before ending a case fails one of them."""
    processes = tmp_path / "processes"
    for path in PROCESSES.rglob("*"):
        if path.is_file():
            copy = processes / path.relative_to(PROCESSES)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            copy.write_text(text.replace('value="intake"', 'value="nothing"').replace(
                'candidateGroups="case_supervisor"', 'candidateGroups="form_organiser"'), encoding="utf-8")
    findings = run_scenarios(processes, FORMS)
    assert any("02_not_eligible" in finding.file for finding in findings)


def test_time_passes_timers_in_their_order(stage: Stage) -> None:
    story = read_story((PROCESSES / "scenarios" / "04_emergency.yaml").read_bytes())
    player = Player(stage.definitions, stage.cast, story)
    for number, act in player.acts():
        act()
        if number == "4":
            break
    assert (player.house.now - story.begins.replace(tzinfo=stage.definitions.zone)).total_seconds() == 15 * 60


def test_a_part_of_the_work_has_a_cast_of_its_own_that_leans_on_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "cast.yaml").write_text("filled: {visit: {form: followup_visit, answers: {a: 1}}}\n", encoding="utf-8")
    (tmp_path / "cast_care.yaml").write_text("filled: {late: {like: visit, answers: {b: 2}}}\n", encoding="utf-8")
    assert cast_in(tmp_path).filled["late"].answers == {"a": 1, "b": 2}
    assert not any(is_cast(file) for file in STORIES)


def test_a_name_stands_in_one_cast_only(tmp_path: Path) -> None:
    for name in ("cast.yaml", "cast_care.yaml"):
        (tmp_path / name).write_text("people: {rana: {roles: [auditor]}}\n", encoding="utf-8")
    with pytest.raises(MasarError, match="rana"):
        cast_in(tmp_path)


def test_the_coverage_names_what_no_story_passes(tmp_path: Path) -> None:
    scenarios = tmp_path / "processes" / "scenarios"
    scenarios.mkdir(parents=True)
    for path in (*PROCESSES.glob("*.bpmn"), *PROCESSES.glob("decisions/*.dmn")):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    for path in (*filter(is_cast, (PROCESSES / "scenarios").glob("*.yaml")), STORIES[3]):
        (scenarios / path.name).write_bytes(path.read_bytes())
    found = {one.process: one for one in cover(tmp_path / "processes", FORMS)}
    assert "reach_person" not in found["emergency"].missed_elements
    assert not found["reporting"].whole and "second_screening" in found["report_screening"].missed_elements
    assert "service_gap" in found["referral"].missed_elements and found["referral"].missed_flows
