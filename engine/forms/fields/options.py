"""Where the options of a choice come from, and how they are shown."""

from collections.abc import Iterable

from engine.forms.components import Component
from engine.forms.fields.base import box_id, placed
from engine.forms.lists import Lists, Option
from engine.forms.moment import Moment
from engine.forms.views import OptionView
from engine.text import Text


class Offer:
    """The options of one component: a list by name, or values written into the form (drafts only)."""

    def __init__(self, component: Component) -> None:
        self.list = component.properties.text("list") or component.properties.text("list_dynamic")
        self.parent = component.properties.text("list_parent")
        self.barred = frozenset(component.properties.words("not_values"))
        self.written = tuple(_written(component))

    def options(self, moment: Moment) -> tuple[Option, ...]:
        """What may be chosen now."""
        shown = self.shown(moment)
        return tuple(option for option in shown if option.why_not is None) if _any_barred(shown) else shown

    def why_not(self, value: object, moment: Moment) -> Text | None:
        """Why an option that is shown may not be chosen; None where there is no such reason."""
        return next((option.why_not for option in self.shown(moment) if option.value == value), None)

    def shown(self, moment: Moment) -> tuple[Option, ...]:
        """What is shown now: active options, of the chosen parent where the list hangs on another field."""
        found = moment.lists.get(self.list, ()) if self.list else self.written
        parent = placed(moment.variables, self.parent) if self.parent else None
        if parent is None and not self.barred and all(option.active for option in found):
            return found
        return tuple(
            option
            for option in found
            if option.active and option.value not in self.barred and (parent is None or option.belongs_to(parent))
        )

    def words(self, value: str, lists: Lists) -> Text:
        """The label of a value, also of one that is offered no more; else the value itself."""
        option = lists.option(self.list, value) if self.list else None
        if option is None:
            option = next((option for option in self.written if option.value == value), None)
        return option.label if option else Text(value, value)


def _any_barred(options: Iterable[Option]) -> bool:
    return any(option.why_not is not None for option in options)


def option_views(
    options: Iterable[Option], name: str, chosen: set[str], locale: str, exclusive: str = "",
) -> tuple[OptionView, ...]:
    """Options to show, those of one group together where the first of them stands; each box has an id of its own,
    since the field's id is that of the fieldset."""
    places: dict[Text | None, int] = {}
    options = sorted(options, key=lambda option: places.setdefault(option.group, len(places)))
    return tuple(
        OptionView(
            f"{box_id(name)}-{place}", option.value, option.label.in_(locale),
            option.value in chosen, option.group.in_(locale) if option.group else "", option.value == exclusive,
            option.why_not.in_(locale) if option.why_not else "",
        )
        for place, option in enumerate(options)
    )


def _written(component: Component) -> Iterable[Option]:
    values = component.json.get("values")
    for line in values if isinstance(values, list) else ():
        if isinstance(line, dict) and isinstance(line.get("value"), str):
            label = line.get("label")
            yield Option(line["value"], Text(label if isinstance(label, str) else line["value"]))
