"""What somebody answers: a filled form of the stories, thrown by the habits, with the people of this ministry in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

from engine.demo.staffed import staffed
from engine.feel import Env
from engine.forms import Form
from engine.scenarios import Stage
from engine.scenarios.cast import Filled
from engine.scenarios.filling import every_other, worked_out
from engine.scenarios.story import Failed
from engine.simulation.habits import Habits, Weights

Raw = dict[str, list[str]]
TRIES = 6


class Answers:
    """Fills forms for simulated people."""

    def __init__(self, stage: Stage, habits: Habits, random: Random) -> None:
        self.stage, self.habits, self.random = stage, habits, random
        self.tried, self.refused = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        """How often a filled form was sent at an element, and did not fit there."""
        self.by_form: dict[str, list[str]] = {}
        for name, filled in stage.cast.filled.items():
            self.by_form.setdefault(filled.form, []).append(name)

    def for_form(self, form: str, element: str, context: Mapping[str, Any], now: datetime,
                 account_of: Callable[[str], str], weights: Weights | None = None) -> Iterator[Raw]:
        """Ways in which the form might be filled, the likeliest first as chance has it. Whether it takes them in this
        case, the command says to which they go."""
        env, asked = self.stage.definitions.env(now), self.stage.definitions.forms[form]
        for name in self._order(form, element, self.habits.weights(form, element) if weights is None else weights):
            try:
                answers = self._answered(self.stage.cast.filled[name], asked, context, env)
            except Failed:
                continue
            own = staffed(asked, self._named(answers), account_of)
            self.tried[element, name] += 1
            yield {**asked.start(context, env), **asked.typed(own, env)}
            self.refused[element, name] += 1  # whoever asks for another way could not send this one

    def _answered(self, filled: Filled, asked: Form, context: Mapping[str, Any], env: Env) -> dict[str, Any]:
        rest = every_other(asked, self.stage.definitions.lists, filled.rest) if filled.rest else {}
        return {**rest, **{name: worked_out(one, context, env) for name, one in filled.answers.items()}}

    def _order(self, form: str, element: str, weights: Weights) -> Sequence[str]:
        """The filled forms of a form, drawn one after another by weight; what was mostly refused here, seldom."""
        left = {name: weights.get(name, self.habits.others if weights else 1.0) for name in self.by_form.get(form, ())}
        left = {name: weight * self._share_taken(element, name) for name, weight in left.items() if weight > 0}
        drawn: list[str] = []
        while left and len(drawn) < TRIES:
            names = sorted(left)
            chosen = self.random.choices(names, [left[name] for name in names])[0]
            drawn.append(chosen)
            del left[chosen]
        return drawn

    def _share_taken(self, element: str, name: str) -> float:
        tried = self.tried[element, name]
        return float((1 + tried - self.refused[element, name]) / (1 + tried))

    def _named(self, answers: dict[str, Any]) -> dict[str, Any]:
        """A person of their own in each report and reception."""
        first, father = self.random.choices(self.habits.first_names, k=2)
        family = self.random.choice(self.habits.family_names)
        own = {"first_name": first, "father_name": father, "family_name": family}
        answers = answers | {name: value for name, value in own.items() if answers.get(name)}
        persons = answers.get("persons")
        if isinstance(persons, list) and persons and "person_name" in persons[0]:
            answers["persons"] = [
                {**one, "person_name": f"{self.random.choice(self.habits.first_names)} {family}"} for one in persons]
        return answers
