"""What a story says must be so, held against what is so."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from engine import feel
from engine.scenarios.filling import worked_out
from engine.scenarios.story import Failed
from engine.scenarios.threads import House, Thread
from engine.text import Text

Check = Callable[[House, Thread, Any], None]


def expect(house: House, thread: Thread, said: Mapping[str, Any]) -> None:
    """Hold every statement of a `then`. Raises Failed for the first that is not so."""
    for key, value in said.items():
        check = CHECKS.get(str(key))
        if check is None:
            raise Failed(Text(f"then لا تعرف «{key}».", f"then knows no “{key}”."))
        check(house, thread, value)


def _differs(what: Text, expected: object, found: object, element: str = "") -> Failed:
    return Failed(Text(f"{what.ar}: المتوقع {expected}، والموجود {found}.",
                       f"{what.en}: expected {expected}, found {found}."), element)


def _names(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else [str(value)]


def _open(house: House, thread: Thread, value: Any) -> None:
    """Exactly these work items are open, as often as they are named."""
    del house
    expected = Counter(_names(value) if value else [])
    found = Counter(item.element for item in thread.now.items)
    if expected != found:
        raise _differs(Text(f"المهام المفتوحة في {thread.number}", f"Open work in {thread.number}"),
                       sorted(expected.elements()), sorted(found.elements()))


def _also_open(house: House, thread: Thread, value: Any) -> None:
    """At least these work items are open."""
    del house
    found = {item.element for item in thread.now.items}
    for name in _names(value):
        if name not in found:
            raise _differs(Text("مهمة مفتوحة", "Open work"), name, sorted(found), name)


def _not_open(house: House, thread: Thread, value: Any) -> None:
    del house
    for name in _names(value):
        if any(item.element == name for item in thread.now.items):
            raise Failed(Text(f"المهمة {name} مفتوحة وكان يجب ألا تكون.", f"{name} is open and should not be."), name)


def _due(house: House, thread: Thread, value: Any) -> None:
    """How long after its opening a work item is due: a duration, or working days such as "10 working days"."""
    for name, limit in value.items():
        item = next((item for item in thread.now.items if item.element == name), None)
        if item is None:
            raise Failed(Text(f"المهمة {name} غير مفتوحة.", f"{name} is not open."), name)
        days, _, working = str(limit).partition(" working day")
        text = f'due(opened_at, duration("{f"P{days}D" if working or days != limit else limit}"), ' \
               f'"{"working" if days != str(limit) else "clock"}")'
        expected = feel.compile(text)({"opened_at": item.since}, house.definitions.env(house.now))
        if item.due != expected:
            raise _differs(Text(f"موعد {name}", f"{name} is due"), expected, item.due, name)


def _due_in(house: House, thread: Thread, value: Any) -> None:
    """How much time is left until a work item is due."""
    for name, left in value.items():
        item = next((item for item in thread.now.items if item.element == name), None)
        found = item.due - house.now if item and item.due else None
        expected = feel.compile(f'duration("{left}")')({}, house.definitions.env(house.now))
        if found is None or not isinstance(expected, timedelta) or found != expected:
            raise _differs(Text(f"الوقت الباقي لـ{name}", f"Time left for {name}"), expected, found, name)


def _values(house: House, thread: Thread, value: Any) -> None:
    """Variables of the case, by name; a FEEL expression is worked out first."""
    variables = thread.now.variables
    for name, expected in value.items():
        wanted = worked_out(expected, variables, house.definitions.env(house.now))
        if variables.get(str(name)) != wanted:
            raise _differs(Text(f"قيمة {name}", f"{name}"), wanted, variables.get(str(name)))


def _holds(house: House, thread: Thread, value: Any) -> None:
    """FEEL expressions over the variables of the case that must be true."""
    for text in _names(value):
        if worked_out("=" + text.removeprefix("="), thread.now.variables, house.definitions.env(house.now)) is not True:
            raise Failed(Text(f"لا يصح: {text}", f"It does not hold that {text}"))


def _level(house: House, thread: Thread, value: Any) -> None:
    _values(house, thread, {"risk_level": value})


def _ended(house: House, thread: Thread, value: Any) -> None:
    """The file is finished, by this end event; `no` means that it goes on."""
    del house
    if value in (False, "no"):
        if thread.now.finished:
            raise _differs(Text(f"انتهاء {thread.number}", f"End of {thread.number}"), "—", thread.passed[-1])
        return
    if not thread.now.finished:
        raise _differs(Text(f"انتهاء {thread.number}", f"End of {thread.number}"), value,
                       sorted(item.element for item in thread.now.items))
    if value not in (True, "yes") and str(value) not in thread.passed:
        raise _differs(Text("حدث النهاية", "End event"), value, thread.passed[-1])


def _closed(house: House, thread: Thread, value: Any) -> None:
    """The case is closed, though checks after the closure may still be made; `no` means that it is open."""
    del house
    if thread.now.closed != (value not in (False, "no")):
        raise _differs(Text(f"إغلاق {thread.number}", f"{thread.number} is closed"), value,
                       sorted(item.element for item in thread.now.items))


def _went_through(house: House, thread: Thread, value: Any) -> None:
    del house
    for name in _names(value):
        if name not in thread.passed:
            raise Failed(Text(f"لم تمر {thread.number} بالعنصر {name}.", f"{thread.number} did not pass {name}."), name)


def _cases(house: House, thread: Thread, value: Any) -> None:
    del thread
    if len(house.cases) != value:
        raise _differs(Text("عدد الحالات", "Number of cases"), value, len(house.cases))


def _offers(house: House, thread: Thread, value: Any) -> None:
    """Messages that somebody may record by hand now."""
    del house
    found = {wait.element for wait in thread.now.waits if wait.properties.get("offer_to")}
    for name in _names(value):
        if name not in found:
            raise _differs(Text("رسالة متاحة", "Message on offer"), name, sorted(found), name)


CHECKS: dict[str, Check] = {
    "open": _open, "also_open": _also_open, "not_open": _not_open, "due": _due, "due_in": _due_in,
    "values": _values, "holds": _holds, "level": _level, "ended": _ended, "closed": _closed,
    "went_through": _went_through, "cases": _cases, "offers": _offers,
}
