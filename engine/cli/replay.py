"""`masar replay`: step through the history of a case."""

import json
from contextlib import closing

import click

from engine.bpmn import live_elements
from engine.errors import MasarError
from engine.masar import open_masar
from engine.replay import bindings_of
from engine.replay import replay as steps_of
from engine.store.cases import by_number, load


@click.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per step.")
def replay(number: str, as_json: bool) -> None:
    """Make every move of a case again and tell, step by step, what was open and whether the state agrees."""
    with closing(open_masar()) as masar, masar.db.read() as conn:
        case_id = by_number(conn, number)
        case = load(conn, masar.vault, case_id) if case_id is not None else None
        if case is None:
            raise click.ClickException(f"There is no case {number}.")
        bindings = bindings_of(masar, conn, case)
        try:
            for step in steps_of(masar, conn, case):
                definitions = masar.library.of(conn, bindings.after(step.event.seq))
                live = live_elements(definitions.bpmn, step.outcome.state) if step.outcome else []
                line = {
                    "seq": step.event.seq, "kind": step.event.kind, "at": step.event.recorded_at.isoformat(),
                    "element": step.document.get("element"), "agrees": step.agrees,
                    "open": sorted(element for _, element in live),
                }
                click.echo(json.dumps(line, ensure_ascii=False) if as_json else _told(line))
        except MasarError as error:
            raise click.ClickException(error.text.en) from error


def _told(line: dict[str, object]) -> str:
    mark = "" if line["agrees"] else "  ← another state than was recorded"
    opened = ", ".join(map(str, line["open"])) if isinstance(line["open"], list) else ""
    return f"{line['seq']:>5}  {line['at']}  {line['kind']}  {line['element'] or ''}  [{opened}]{mark}"
