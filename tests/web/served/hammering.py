"""Generated requests against every operation of the API: whatever is sent, the answer is one that is described.

Each request is made from the description: some fit it, some break it on purpose. Ids are often those of things that
exist, and bodies often what a form takes, so that requests get past the door. What a request changed is put back.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests.web.served.api import program
from tests.web.served.world import World

CHECKED = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection",
)
PEOPLE = ("manager", "manager", "manager", "supervisor", "supervisor", "reception", "provider", "auditor", "analyst")
THINGS = ("plan", "plan", "case", "case", "review", "check", "screening", "report")
LANGUAGES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30).map(str.strip)
ANSWERS = {"answers": {"summary": "ما كُتب"}}
KNOWN_BODIES: dict[str, tuple[Any, ...]] = {
    "start_case": ({"process": "reporting", **ANSWERS},),
    "publish_message": ({"name": "provider_answer", **ANSWERS},),
    "complete_work_item": (ANSWERS,),
    "assign_work_item": ({"to": "colleague", "reason": "إجازة"}, {"to": "supervisor", "reason": "إجازة"}),
}


@dataclass
class Tally:
    """What was answered, by operation and status."""

    answers: dict[str, Counter[int]] = field(default_factory=dict)

    def told(self) -> str:
        """A line for each operation."""
        return "\n".join(
            f"{name}: {sum(counts.values())} requests, "
            + ", ".join(f"{count} × {status}" for status, count in sorted(counts.items()))
            for name, counts in self.answers.items()
        )


@dataclass
class Hammer:
    """The description of a world's API, and somebody's programs to send requests from."""

    world: World
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.tokens = [program(self.world, who).token for who in PEOPLE]
        number = str(program(self.world, "manager").read("/cases/{case}")["case"]["number"])
        message = KNOWN_BODIES["publish_message"][0] | {"correlation_key": number}
        self.bodies = KNOWN_BODIES | {"publish_message": (message,)}
        self.world.keep()
        description = self.world.app.test_client().get("/api/v1/openapi.json").get_json()
        del description["security"]  # every request bears a token: a missing one is no fault of those made here
        self.schema = schemathesis.openapi.from_dict(description)
        self.schema.app = self.world.app
        self.checks = [check for name, check in _checks() if name in CHECKED]
        assert len(self.checks) == len(CHECKED)

    def operations(self) -> Iterator[tuple[str, Callable[[int, int], None]]]:
        """Every operation by name, with what strikes it so many times from a seed; that raises what it finds."""
        for found in self.schema.get_all_operations():
            operation: Any = found.ok()  # type: ignore[union-attr]  # ours can be read
            name = str(operation.definition.raw["operationId"])
            yield name, self._striker(name, operation)

    def _striker(self, name: str, operation: Any) -> Callable[[int, int], None]:
        def strike(examples: int, number: int) -> None:
            @seed(number)
            @settings(
                max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(self._cases(name, operation), st.sampled_from(self.tokens), LANGUAGES)
            def once(case: Any, token: str, language: str) -> None:
                self._send(name, case, token, language)

            once()

        return strike

    def _cases(self, name: str, operation: Any) -> Any:
        """Requests that fit the description, with ids and bodies that mean something or not, and some that break it."""
        shapes: list[dict[str, Any]] = [{}]
        for parameter in operation.path_parameters:
            shapes += [{"path_parameters": {parameter.name: self.world.things[thing]}} for thing in THINGS]
        shapes += [{**shape, "body": body} for shape in shapes for body in self.bodies.get(name, ())]
        makers = [operation.as_strategy(generation_mode=GenerationMode.POSITIVE, **shape) for shape in shapes]
        fitting = st.sampled_from(makers).flatmap(lambda made: made)
        if not operation.path_parameters and not operation.query and not operation.body:
            return fitting
        breaking = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        return st.sampled_from([fitting, fitting, breaking]).flatmap(lambda made: made)

    def _send(self, name: str, case: Any, token: str, language: str) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Language": language})
        self.tally.answers.setdefault(name, Counter())[answer.status_code] += 1
        if case.method != "GET" and answer.status_code < 300:
            self.world.undo()
        case.validate_response(answer, checks=self.checks)


def _checks() -> Iterator[tuple[str, Any]]:
    schemathesis.checks.load_all_checks()
    for check in CHECKS.get_all():
        yield check.__name__, check
