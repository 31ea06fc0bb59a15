"""Requests made from the description of the API, for every operation; `./run hammer-api` sends many more."""

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.api import Program, program
from tests.web.served.hammering import Hammer
from tests.web.served.world import World, build
from web.api.operations import OPERATIONS

EXAMPLES, SEED = 25, 20261122


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def test_no_request_is_answered_otherwise_than_described(world: World) -> None:
    hammer = Hammer(world)
    for _name, strike in hammer.operations():
        strike(EXAMPLES, SEED)
    assert hammer.tally.answers.keys() == {operation.name for operation in OPERATIONS}
    answered = {status for counts in hammer.tally.answers.values() for status in counts}
    assert {200, 204, 400, 403, 404, 409, 422} <= answered, hammer.tally.told()


def test_every_operation_asks_for_a_token_first(world: World) -> None:
    for operation in OPERATIONS:
        address = operation.path.replace("<number:", "{").replace(">", "}").format(
            item_id="1", case_id="1", token_id="1", migration_id="1"
        )
        answer = Program(world.app, "").ask(operation.method, address, Authorization="")
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), operation.name


def test_other_methods_are_refused_with_those_that_there_are(world: World) -> None:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = program(world, "manager").ask(method, "/work-items")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert answer.mimetype == "application/problem+json"
