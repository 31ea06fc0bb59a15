"""Answers as a story gives them, put into the boxes of the real form and read back by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import feel
from engine.definitions import Definitions
from engine.forms import Form, Lists
from engine.scenarios.cast import Cast, Filled
from engine.scenarios.story import Failed, Step
from engine.text import Text


def filled_in(definitions: Definitions, cast: Cast, key: str | None, step: Step, context: Mapping[str, Any],
              now: datetime) -> dict[str, Any]:
    """The answers to a form, checked by it. Raises Failed naming the questions that were not answered rightly."""
    given = _given(cast, key, step, context, definitions.env(now))
    if key is None:
        return given
    if key not in definitions.forms:
        raise Failed(Text(f"لا يوجد نموذج باسم «{key}».", f"There is no form “{key}”."))
    form, env = definitions.forms[key], definitions.env(now)
    _known(form, given)
    rest = _filled(cast, step).rest
    given = {**(every_other(form, definitions.lists, rest) if rest else {}), **given}
    raw = {**form.start(context, env), **form.typed(given, env)}
    lists = cast.lists(form.dynamic_lists, definitions.lists)
    reading = form.read(raw, dict(context), lists, env, definitions.decider(now))
    if reading.errors:
        faults = [(name, text) for name, text in sorted(reading.errors.items())]
        raise Failed(Text(
            f"النموذج {key} لا يقبل: " + "؛ ".join(f"{name}: {text.ar}" for name, text in faults),
            f"The form {key} does not take: " + "; ".join(f"{name}: {text.en}" for name, text in faults)))
    return reading.answers


def _given(cast: Cast, key: str | None, step: Step, context: Mapping[str, Any], env: feel.Env) -> dict[str, Any]:
    filled = _filled(cast, step)
    if filled.form not in ("", key):
        raise Failed(Text(f"النموذج المملوء لـ{filled.form} والمهمة تطلب {key}.",
                          f"The filled form is a {filled.form}, but {key} is asked for."))
    answers = dict(filled.answers)
    more = step.said.get("answers") or {}
    if not isinstance(more, Mapping):
        raise Failed(Text("الإجابات (answers) تُكتب سؤالاً: جواباً.", "answers are written as question: answer."))
    answers.update(more)
    return {str(question): worked_out(answer, context, env) for question, answer in answers.items()}


def _filled(cast: Cast, step: Step) -> Filled:
    name = step.said.get("filled")
    if name is not None and str(name) not in cast.filled:
        raise Failed(Text(f"لا نموذج مملوءاً باسم «{name}» في cast.yaml.", f"cast.yaml has no filled form “{name}”."))
    return cast.filled[str(name)] if name is not None else Filled("", {})


def every_other(form: Form, lists: Lists, value: str) -> dict[str, Any]:
    """The same answer to every question whose list offers it."""
    asked = ((one.field.path, one.field.component.properties.text("list")) for one in form.scope.answered)
    return {path: value for path, name in asked if name and lists.option(name, value)}


def worked_out(answer: Any, context: Mapping[str, Any], env: feel.Env) -> Any:
    """An answer, or what a FEEL expression ("=today()") gives for it."""
    if isinstance(answer, str) and answer.startswith("="):
        try:
            return feel.compile(answer[1:])(context, env)
        except feel.FeelError as error:
            raise Failed(Text(f"التعبير «{answer}» غير صحيح.", f"The expression “{answer}” is wrong.")) from error
    if isinstance(answer, Mapping):
        return {str(name): worked_out(value, context, env) for name, value in answer.items()}
    if isinstance(answer, list):
        return [worked_out(value, context, env) for value in answer]
    return answer


def _known(form: Form, given: Mapping[str, Any]) -> None:
    questions = {one.field.path.partition(".")[0] for one in form.scope.answered}
    strange = sorted(set(given) - questions)
    if strange:
        raise Failed(Text(f"لا سؤال باسم «{strange[0]}» في النموذج {form.key}.",
                          f"The form {form.key} has no question “{strange[0]}”."))
