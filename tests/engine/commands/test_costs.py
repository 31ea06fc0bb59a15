"""What the most frequent requests cost the database, so that it stays so. `./run bench` measures the rest."""

from bench.world import MANAGER
from engine.settings import Settings
from engine.store import cases
from engine.worker import run_pass
from tests.campaigns.races import track

MOST_TO_COMPLETE, MOST_TO_LIST, MOST_STATE = 12, 6, 8 * 1024


def test_a_completed_work_item_takes_at_most_twelve_statements_and_one_commit(settings: Settings) -> None:
    with track(settings) as on:
        on.visit("warm")
        item = on.open_item()
        with on.masar.db.counted() as counted:
            assert on.send(MANAGER, item, "counted").status_code == 303
        assert len(counted.statements) <= MOST_TO_COMPLETE, "\n".join(counted.statements)
        assert counted.commits == 1


def test_a_worklist_takes_at_most_six_statements_and_writes_nothing(settings: Settings) -> None:
    with track(settings) as on:
        on.get(MANAGER, "/work?view=groups")
        with on.masar.db.counted() as counted:
            page = on.get(MANAGER, "/work?view=groups")
        assert page.status_code == 200 and f"/work/{on.open_item()}" in page.text
        assert len(counted.statements) <= MOST_TO_LIST, "\n".join(counted.statements)
        assert counted.commits == 0


def test_a_worker_asks_once_and_writes_nothing_where_nothing_is_due(settings: Settings) -> None:
    with track(settings) as on, on.masar.db.counted() as counted:
        assert not run_pass(on.masar).anything
    assert (len(counted.statements), counted.commits) == (1, 0)


def test_a_case_keeps_what_is_open_and_not_what_is_past(settings: Settings) -> None:
    with track(settings) as on:
        sizes = []
        for number in range(30):
            on.visit(f"visit {number}")
            with on.masar.db.read() as conn:
                case = cases.load(conn, on.masar.vault, on.case)
            assert case is not None
            sizes.append(len(case.state))
    assert max(sizes) <= MOST_STATE
    assert sizes[-1] <= sizes[0] + 50  # numbers grow by a digit, nothing else
