"""Microseconds of one gateway condition and one 12-rule table: `python -m bench.feel`."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from engine.dmn import load
from engine.feel import compile

CONDITION = 'risk.score >= 12 and child.age < 18 and list contains(concerns, "violence")'
CONTEXT = {"risk": {"score": 14}, "child": {"age": 9}, "concerns": ["violence", "neglect"]}
RULES = 12
ROUNDS, CALLS = 40, 250


def microseconds(work: Callable[[], object]) -> float:
    """The median CPU time of one call, over rounds of many calls."""
    times = []
    for _ in range(ROUNDS):
        begin = process_time()
        for _ in range(CALLS):
            work()
        times.append((process_time() - begin) / CALLS * 1e6)
    return median(times)


def twelve_rules() -> bytes:
    """A decision table of two inputs whose last rule answers."""
    rows = "".join(
        f'<rule><inputEntry><text>"kind {n}"</text></inputEntry><inputEntry><text>[{n}..{n + 5})</text></inputEntry>'
        f"<outputEntry><text>{n}</text></outputEntry></rule>" for n in range(RULES))
    columns = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in ("kind", "n"))
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="b" namespace="b">'
        '<decision id="d" name="d">'
        f'<decisionTable hitPolicy="FIRST">{columns}<output name="o"/>{rows}</decisionTable></decision></definitions>'
    ).encode()


def measured() -> dict[str, float]:
    """What the results page lists, in microseconds."""
    condition = compile(CONDITION)
    table = load(twelve_rules())
    last = {"kind": f"kind {RULES - 1}", "n": RULES}
    risk = load(Path(__file__).parents[1] / "processes" / "decisions" / "D05_risk_level.dmn")
    scores = dict.fromkeys(("sexual_trafficking_max", "critical_max", "critical_unknown", "person_sum", "total_score",
                            "max_item", "unknown_count"), 0)
    nothing = {"immediate_danger": "no", **scores}
    return {
        "gateway condition": microseconds(lambda: condition(CONTEXT)),
        "12-rule table, last rule answers": microseconds(lambda: table.evaluate("d", last)),
        "D05 risk level, last of 17 rules answers": microseconds(lambda: risk.evaluate("D05_risk_level", nothing)),
    }


if __name__ == "__main__":
    for name, time in measured().items():
        print(f"{name}: {time:.1f} µs")
