"""Written diagrams get a drawing: everything is kept, straight on where it can be, in order of the way."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from engine.cli.layout import layout
from engine.drawing import laid_out
from engine.errors import MasarError
from engine.safexml import UnsafeXml

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"


def diagram(body: str, before: str = "") -> bytes:
    return (f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">{before}'
            f'<process id="p" isExecutable="true">{body}</process></definitions>').encode()


def flows(*pairs: str) -> str:
    return "".join(f'<sequenceFlow id="{pair.replace(">", "_")}" sourceRef="{pair.split(">")[0]}" '
                   f'targetRef="{pair.split(">")[1]}"/>' for pair in pairs)


def tasks(*ids: str) -> str:
    return "".join(f'<userTask id="{id}" name="{id}"/>' for id in ids)


def boxes(drawn: bytes) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for shape in etree.fromstring(drawn).iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        assert bounds is not None
        x, y, width, height = (float(bounds.get(side, "0")) for side in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement", "")] = (x, y, width, height)
    return found


def ways(drawn: bytes) -> dict[str, list[tuple[float, float]]]:
    return {edge.get("bpmnElement", ""): [(float(p.get("x", "0")), float(p.get("y", "0")))
                                          for p in edge.iter(f"{DD}waypoint")]
            for edge in etree.fromstring(drawn).iter(f"{DI}BPMNEdge")}


def middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def test_the_main_way_is_one_straight_line_to_the_right() -> None:
    drawn = laid_out(diagram('<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/><endEvent id="f"/>'
                             + tasks("a", "b") + flows("s>a", "a>g", "g>b", "b>e", "g>f")))
    places = [middle(boxes(drawn)[id]) for id in ("s", "a", "g", "b", "e")]
    assert len({y for _, y in places}) == 1 and places == sorted(places)
    assert all(len(way) == 2 for id, way in ways(drawn).items() if id != "g_f")
    assert middle(boxes(drawn)["f"])[1] > places[0][1]


def test_arrows_begin_and_end_on_the_edges_of_their_shapes_and_run_level_or_upright() -> None:
    drawn = laid_out(diagram('<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/>'
                             + tasks("a", "b") + flows("s>a", "a>g", "g>b", "b>a", "g>e", "g>a", "a>a")))
    found = boxes(drawn)
    for id, way in ways(drawn).items():
        for end, (x, y) in zip(id.split("_"), (way[0], way[-1]), strict=True):
            left, top, width, height = found[end]
            assert left <= x <= left + width and top <= y <= top + height
            assert x in (left, left + width) or y in (top, top + height)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(way)), id


def test_lanes_hold_their_nodes_in_the_order_of_the_file() -> None:
    lanes = ('<laneSet id="ls"><lane id="l1" name="1"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef></lane>'
             '<lane id="l2" name="2"><flowNodeRef>b</flowNodeRef><flowNodeRef>e</flowNodeRef></lane></laneSet>')
    source = diagram(lanes + '<startEvent id="s"/><endEvent id="e"/>' + tasks("a", "b") + flows("s>a", "a>b", "b>e"),
                     '<collaboration id="c"><participant id="pool" processRef="p"/></collaboration>')
    found = boxes(laid_out(source))
    for lane, inside in (("l1", "sa"), ("l2", "be")):
        _, top, _, height = found[lane]
        assert all(top < middle(found[id])[1] < top + height for id in inside)
    assert found["l1"][1] + found["l1"][3] == found["l2"][1]


def test_boundary_events_sit_on_the_lower_edge_of_their_host() -> None:
    events = '<boundaryEvent id="x" attachedToRef="a"/><boundaryEvent id="y" attachedToRef="a"/>'
    found = boxes(laid_out(diagram('<startEvent id="s"/><endEvent id="e"/>' + tasks("a", "b") + events
                                   + flows("s>a", "a>e", "x>b", "y>e"))))
    left, top, width, height = found["a"]
    for id in "xy":
        x, y = middle(found[id])
        assert left < x < left + width and y == top + height
    assert found["x"][0] + 36 < found["y"][0]


def test_sub_processes_are_drawn_open_and_event_sub_processes_on_a_plane_of_their_own() -> None:
    inner = '<startEvent id="{0}s"/><endEvent id="{0}e"/>' + flows("{0}s>{0}e")
    drawn = laid_out(diagram(
        f'<startEvent id="s"/><subProcess id="sub">{inner.format("i")}</subProcess><endEvent id="e"/>'
        f'<subProcess id="esp" triggeredByEvent="true">{inner.format("j")}</subProcess>' + flows("s>sub", "sub>e")))
    found = boxes(drawn)
    left, top, width, height = found["sub"]
    assert left < found["is"][0] and found["ie"][0] + 36 < left + width and top < found["is"][1] < top + height
    planes = [plane.get("bpmnElement") for plane in etree.fromstring(drawn).iter(f"{DI}BPMNPlane")]
    assert planes == ["p", "esp"] and {"js", "je"} <= set(found)


def test_laying_out_twice_changes_nothing_and_keeps_what_was_written() -> None:
    source = diagram('<startEvent id="s"/><endEvent id="e"/><documentation>كما كُتب</documentation>' + flows("s>e"))
    once = laid_out(source)
    assert laid_out(once) == once and "كما كُتب".encode() in once


def test_two_hundred_nodes_take_seconds_not_minutes() -> None:
    count = 100
    body = '<startEvent id="s"/><endEvent id="e"/>' + tasks(*(f"t{n}" for n in range(count)))
    body += "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(count))
    arrows = ["s>t0", *(f"t{n}>g{n}" for n in range(count)), *(f"g{n}>t{n + 1}" for n in range(count - 1)),
              *(f"g{n}>t{max(0, n - 3)}" for n in range(0, count, 7)), f"g{count - 1}>e"]
    began = time.perf_counter()
    drawn = laid_out(diagram(body + flows(*arrows)))
    assert time.perf_counter() - began < 20 and len(boxes(drawn)) == 2 * count + 2


@pytest.mark.parametrize("body", ["", "<startEvent/>", '<userTask id="a"/>', tasks("a", "b") + flows("a>b", "b>a"),
                                  '<boundaryEvent id="x" attachedToRef="nowhere"/>' + tasks("a") + flows("x>a"),
                                  flows("a>b")])
def test_unfinished_diagrams_are_drawn_as_far_as_they_go(body: str) -> None:
    assert laid_out(diagram(body))


def test_what_is_no_diagram_is_refused() -> None:
    with pytest.raises(UnsafeXml):
        laid_out(b"hello")
    with pytest.raises(MasarError):
        laid_out(b"<definitions/>")


def test_the_command_draws_files_in_place(tmp_path: Path) -> None:
    file = tmp_path / "p.bpmn"
    file.write_bytes(diagram('<startEvent id="s"/><endEvent id="e"/>' + flows("s>e")))
    done = CliRunner().invoke(layout, [str(file)])
    assert done.exit_code == 0 and set(boxes(file.read_bytes())) == {"s", "e"}
    file.write_bytes(b"no")
    assert CliRunner().invoke(layout, [str(file)]).exit_code == 1
