"""Spoils diagrams at random: what is loaded must either run or be refused, and never surprise."""

from random import Random

from lxml import etree

from engine.bpmn import BpmnError, Runaway, commands, load_bundle, move
from tests.engine.bpmn.dice import Dice
from tests.engine.bpmn.drawing import draw
from tests.engine.bpmn.story import T0, undecided

WORDS = ("", "x", "=", "=1 +", "=x", "true", "S", "P_s1", "R3/P1D", "-1", "=[1, 2]", "اسم طويل", "' or \"", "a.b",
         "=function(x) x", "=for i in 1..1000 return i", "]]>", "é" * 300, "=now()", "{}[]()", "=null", "0", "=\"a\"")
STEPS = 12


def spoil(source: bytes, random: Random) -> bytes:
    """A diagram with a few changes in its tree, or in its bytes."""
    if random.random() < 0.2:
        data = bytearray(source)
        for _ in range(random.randint(1, 6)):
            data[random.randrange(len(data))] = random.randrange(256)
        return bytes(data)
    root = etree.fromstring(source)
    for _ in range(random.randint(1, 4)):
        _change(random.choice(list(root.iter())), list(root.iter()), random)
    return etree.tostring(root)


def _change(node: etree._Element, nodes: list[etree._Element], random: Random) -> None:
    parent, other = node.getparent(), random.choice(nodes)
    match random.randrange(8):
        case 0 if parent is not None:
            parent.remove(node)
        case 1 if parent is not None:
            parent.append(etree.fromstring(etree.tostring(node)))
        case 2:
            for key in list(node.attrib)[:1]:
                del node.attrib[key]
        case 3 if node.attrib:
            node.set(random.choice(list(node.attrib)), random.choice(WORDS))
        case 4 if node.attrib and other.attrib:
            node.set(random.choice(list(node.attrib)), str(random.choice(list(other.attrib.values()))))
        case 5:
            node.tag = other.tag
        case 6:
            node.text = random.choice(WORDS)
        case _:
            if other not in node.iterancestors() and other is not node and other.getparent() is not None:
                node.append(etree.fromstring(etree.tostring(other)))


def try_one(seed: int) -> str:
    """Loads a spoilt process and, if that is possible, plays it; says how far it came."""
    random = Random(seed)
    sources = draw(Dice(random).process(2))
    sources[0] = spoil(sources[0], random)
    try:
        bundle = load_bundle(sources, undecided)
    except BpmnError as error:
        assert error.text.ar and error.text.en
        return "refused"
    if "p" not in bundle.processes:
        return "loaded"
    try:
        out = move(bundle, None, commands.Start("p", {"x": 1, "y": 2, "z": 3, "k": 0}), T0)
        for _ in range(STEPS):
            if out.incidents:
                out = move(bundle, out.state, commands.Retry(out.incidents[0].id), T0)
            if not out.items:
                break
            answers = {"v": 1, "again": False, "pick": [0]}
            out = move(bundle, out.state, commands.Complete(random.choice(out.items).id, answers), T0)
    except Runaway:
        return "ran away"
    return "ran"
