"""What the columns of a decision table say, beside its rules: types, allowed values, their order, languages, names."""

import pytest

from engine.dmn import DmnError, load
from tests.engine.dmn.writing import asked, decision, definitions, item, needs, of, table

RISK = item("tRisk", "string", '"high","low"')


def decided(made: str, x: object = 5, type_ref: str = "") -> object:
    """What a table comes to for one input x."""
    return load(definitions(RISK, asked("x", type_ref), asked("y"), decision(
        "d", made, needs("x", "y", what="Input")))).evaluate("d", {"x": x, "y": 10})


@pytest.mark.parametrize(("made", "found"), [
    (table(["x"], [': | "a","b"'], '> 1 | "zz"'), None), (table(["x"], [': | "a","b"'], '> 1 | "b"'), "b"),
    (table(["x"], ['o | "a","b"', "p"], '> 1 | "zz" | 1'), {"o": None, "p": 1}),
    (table(["x"], [": | > 3"], "> 1 | 2"), None), (table(["x"], [": | > 3"], "> 1 | 4"), 4),
    (table(["x"], [': | "a"'], '> 1 | "a"', '> 2 | "c"', policy="COLLECT"), ["a", None]),
    (table(["x"], [" : number"], "> 1 | [1]"), 1), (table(["x"], [" : number"], '> 1 | "a"'), None),
    (table(["x"], [" : tRisk"], '> 1 | "medium"'), None), (table(["x"], [" : tRisk"], '> 1 | "low"'), "low"),
    (table(["x"], [" : dayTimeDuration"], '> 1 | duration("P1Y")'), None),
])
def test_an_answer_that_its_column_cannot_have_is_null(made: str, found: object) -> None:
    assert decided(made) == found


@pytest.mark.parametrize(("made", "found"), [
    (table(['"s" : number'], [""], "- | 1"), None), (table(["[5] : number"], [""], "5 | 1"), 1),
    (table(["x : tRisk"], [""], "- | 1"), None), (table(["x : number | [0..3]"], [""], "- | 1"), None),
    (table(["null : number"], [""], "null | 1"), 1), (table(["[null] : number"], [""], "null | 1"), 1),
    (table(["x : number | [0..9]"], [""], "- | 1"), 1),
])
def test_a_table_that_is_asked_with_a_value_it_was_not_made_for_gives_no_answer(made: str, found: object) -> None:
    assert decided(made) == found


@pytest.mark.parametrize(("policy", "found"), [("PRIORITY", "high"), ("OUTPUT ORDER", ["high", "low"])])
def test_the_most_important_value_is_known_from_the_type_of_the_column_too(policy: str, found: object) -> None:
    assert decided(table(["x"], [" : tRisk"], '> 1 | "low"', '> 2 | "high"', policy=policy)) == found


@pytest.mark.parametrize(("cell", "x", "found"), [
    ("y > 5", 5, 1), ("y > 50", 5, None), ("y > 5 and x = 5", 5, 1), ("some i in [1] satisfies i = 1", "a", 1),
    ("y between 1 and 20", 5, 1), ("y in [1..20]", 5, 1), ("not(y > 50)", 5, 1), ("not(y > 5)", 5, None),
    ("y > 5", None, 1), ("y > 5", True, 1), ("y > 50", False, 1), ("y > 5", False, None), ("true", None, None),
    ("true", 5, None), ("y", 10, 1), ("y + 1", 11, 1),
])
def test_a_cell_that_is_a_condition_of_its_own_passes_where_it_is_true(cell: str, x: object, found: object) -> None:
    assert decided(table(["x"], [""], f"{cell} | 1"), x) == found


CELLS = table(["x"], [""], "> 1 | 1")


@pytest.mark.parametrize("source", [
    definitions(decision("d", of("1 + 1")), attributes='expressionLanguage="javascript"'),
    definitions(decision("d", CELLS.replace("<inputEntry>", '<inputEntry expressionLanguage="juel">'))),
    definitions(decision("d", CELLS.replace("<outputEntry>", '<outputEntry expressionLanguage="groovy">'))),
    definitions(decision("d", CELLS.replace("<inputExpression>", '<inputExpression expressionLanguage="groovy">'))),
    definitions(decision("d", of("1").replace("<literalExpression", '<literalExpression expressionLanguage="python"'))),
])
def test_an_expression_in_another_language_is_refused_by_its_name(source: bytes) -> None:
    with pytest.raises(DmnError, match=r"javascript|juel|groovy|python"):
        load(source)
    assert load(source, strict=False).evaluate("d", {"x": 5}) is None


@pytest.mark.parametrize("language", [
    "feel", "FEEL", "S-FEEL", "http://www.omg.org/spec/FEEL/20140401", "http://www.omg.org/spec/DMN/20180521/FEEL/",
    "https://www.omg.org/spec/DMN/20230324/FEEL/", "http://www.omg.org/spec/FEEL/20140401/",
])
def test_feel_is_known_by_all_its_names(language: str) -> None:
    assert load(definitions(decision("d", of("1 + 1")), attributes=f'expressionLanguage="{language}"')).evaluate(
        "d", {}) == 2


@pytest.mark.parametrize(("made", "said"), [
    (table(["x"], ["", ""], "> 1 | 1 | 2"), "name"), (table(["x"], ["a", "a"], "> 1 | 1 | 2"), "name"),
    (table(["x"], [""], "> 1 | 1", policy="COLLECT", aggregation="AVG"), "AVG"),
    (table(["x"], [""], "> 1 | 1", policy="BEST"), "BEST"),
])
def test_a_table_that_cannot_be_meant_so_is_refused(made: str, said: str) -> None:
    with pytest.raises(DmnError, match=said):
        load(definitions(decision("d", made)))


def test_a_requirement_of_something_that_is_not_there_is_refused() -> None:
    with pytest.raises(DmnError, match="nope"):
        load(definitions(decision("d", of("1"), needs("nope", what="Input"))))


def test_one_id_for_two_elements_is_refused() -> None:
    with pytest.raises(DmnError, match="Two"):
        load(definitions(decision("d", of("1")), decision("d", of("2"))))
