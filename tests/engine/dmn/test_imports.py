"""Models that import others: which file is meant, under which names, and what is refused."""

from pathlib import Path

import pytest

from engine.dmn import DmnError, load
from tests.engine.dmn.writing import asked, decision, definitions, item, knowledge, needs, of, service

OTHER = definitions(
    item("tAge", "number", "[0..120]"), asked("x", "number"), decision("base", of("x * 10"), needs("x", what="Input")),
    knowledge("f", "a: number", of("a + 1")), service("svc", "base", "x"), namespace="urn:b")


def importing(name: str, *parts: str, address: str = "", namespace: str = "urn:b") -> bytes:
    kind = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    return definitions(
        f'<import name="{name}" namespace="{namespace}" importType="{kind}" locationURI="{address}"/>', *parts)


ASKS = decision("d", of("b.base + 1"), needs("urn:b#base"))


def written(folder: Path, main: bytes, **others: bytes) -> Path:
    for name, content in {"main": main, **others}.items():
        (folder / f"{name}.dmn").write_bytes(content)
    return folder / "main.dmn"


@pytest.mark.parametrize("inputs", [{"x": 2}, {"b": {"x": 2}}])
def test_an_imported_decision_is_known_by_the_name_of_the_import(tmp_path: Path, inputs: dict[str, object]) -> None:
    assert load(written(tmp_path, importing("b", ASKS), b=OTHER)).evaluate("d", inputs) == 21


def test_an_import_without_a_name_makes_everything_known_plainly(tmp_path: Path) -> None:
    made = load(written(tmp_path, importing(
        "", decision("d", of("base + f(1)"), needs("urn:b#base"), needs("urn:b#f", what="Knowledge")),
        asked("age", "tAge"), decision("e", of("age"), needs("age", what="Input"))), b=OTHER))
    assert made.evaluate("d", {"x": 2}) == 22
    assert made.evaluate("e", {"age": 5}) == 5 and made.evaluate("e", {"age": 500}) is None


def test_an_imported_service_answers(tmp_path: Path) -> None:
    called = decision("d", of("b.svc(3)"), needs("urn:b#svc", what="Knowledge"))
    assert load(written(tmp_path, importing("b", called), b=OTHER)).evaluate("d", {}) == 30


def test_one_model_may_be_imported_under_several_names(tmp_path: Path) -> None:
    kind = '<import namespace="urn:{1}" name="{0}" importType=""/>'
    seven = definitions(decision("k", of("7")), namespace="urn:c")
    twice = definitions(kind.format("c2", "c"), decision("bb", of("c2.k * 2"), needs("urn:c#k")), namespace="urn:b")
    main = definitions(kind.format("c1", "c"), kind.format("again", "c"), kind.format("b", "b"), decision(
        "d", of("c1.k + b.bb + again.k"), needs("urn:c#k", "urn:b#bb")))
    assert load(written(tmp_path, main, b=twice, c=seven)).evaluate("d", {}) == 28


def test_models_may_import_each_other(tmp_path: Path) -> None:
    kind = '<import namespace="urn:{0}" name="{0}" importType=""/>'
    one = definitions(kind.format("b"), decision("d", of("b.e + 1"), needs("urn:b#e")), decision("z", of("5")),
                      namespace="urn:a")
    other = definitions(kind.format("a"), decision("e", of("a.z * 2"), needs("urn:a#z")), namespace="urn:b")
    assert load(written(tmp_path, one, b=other)).evaluate("d", {}) == 11


def test_other_files_of_the_folder_do_not_matter_however_many_or_broken(tmp_path: Path) -> None:
    others = {f"a{n:02d}": definitions(decision("q", of("1")), namespace=f"urn:o{n}") for n in range(25)}
    main = written(tmp_path, importing("b", ASKS), junk=b"<definitions", zb=OTHER, **others)
    assert load(main).evaluate("d", {"x": 2}) == 21


def test_the_address_of_an_import_says_which_version_is_meant(tmp_path: Path) -> None:
    older = OTHER.replace(b"x * 10", b"x * 999")
    main = written(tmp_path, importing("b", ASKS, address="b.dmn"), b=OTHER, a_b_old=older)
    assert load(main).evaluate("d", {"x": 2}) == 21
    main.write_bytes(importing("b", ASKS, address="a_b_old.dmn"))
    assert load(main).evaluate("d", {"x": 2}) == 1999


@pytest.mark.parametrize(("imported", "others", "said"), [
    (importing("b", ASKS), {}, "no file beside it"),
    (importing("b", ASKS), {"b": OTHER, "old": OTHER}, "several files"),
    (importing("b", ASKS, address="c.dmn"), {"b": OTHER, "c": definitions(namespace="urn:c")}, "another namespace"),
    (importing("b", ASKS, address="c.dmn"), {"b": OTHER, "c": b"<definitions"}, "XML"),
    (importing("b", ASKS).replace(b"/20230324/MODEL/\" loc", b"/other\" loc"), {"b": OTHER}, "only DMN"),
    (importing("b", ASKS, namespace="urn:main"), {}, "itself"),
    (importing("b", ASKS.replace("#base", "#gone")), {"b": OTHER}, "urn:b#gone"),
])
def test_an_import_that_leads_nowhere_is_refused_with_the_reason(
    tmp_path: Path, imported: bytes, others: dict[str, bytes], said: str
) -> None:
    main = written(tmp_path, imported, **others)
    with pytest.raises(DmnError) as caught:
        load(main)
    assert said in caught.value.text.en and caught.value.text.ar
    assert load(main, strict=False).evaluate("d", {"x": 2}) is None


def test_a_model_without_a_folder_cannot_import() -> None:
    with pytest.raises(DmnError, match="without the folder"):
        load(importing("b", ASKS))


def test_what_is_wrong_with_an_imported_model_is_wrong_with_the_importing_one(tmp_path: Path) -> None:
    main = written(tmp_path, importing("b", ASKS), b=OTHER.replace(b"x * 10", b"x * "))
    with pytest.raises(DmnError):
        load(main)


def test_an_address_outside_the_folder_is_not_followed(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "b.dmn").write_bytes(OTHER)
    with pytest.raises(DmnError, match="no file beside"):
        load(written(inner, importing("b", ASKS, address="../b.dmn")))


def test_a_decision_is_found_by_its_own_name_before_those_of_imports(tmp_path: Path) -> None:
    main = importing("b", decision("base", of("1")), decision("named", of("2"), variable="the_variable"))
    made = load(written(tmp_path, main, b=OTHER))
    assert made.evaluate("base", {"x": 2}) == 1
    assert made.evaluate("named", {}) == made.evaluate("the_variable", {}) == 2
