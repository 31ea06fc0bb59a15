"""What a template shows of a form: plain values in one language, everything decided."""

from dataclasses import dataclass
from typing import NamedTuple


class OptionView(NamedTuple):
    """One choice: the id of its box, its value, whether it is taken, its heading, whether it excludes the others, and
    why it cannot be chosen ("" where it can)."""

    id: str
    value: str
    label: str
    checked: bool
    group: str = ""
    exclusive: bool = False
    why_not: str = ""


class PartView(NamedTuple):
    """One of several boxes of a field (day, month, year, time)."""

    part: str
    id: str
    name: str
    label: str
    value: str
    width: int


class BlockView(NamedTuple):
    """A piece of standing text: "heading", "paragraph" or "item" (of a bulleted list)."""

    kind: str
    text: str


@dataclass(slots=True)
class FieldView:
    """One field as it is to be shown (filled in step by step while the page is made, then only read). `kind`:

    text · textarea · number · phone · email · name   one box: id, name, value, maxlength, inputmode, autocomplete
    date · datetime · hijri                           parts (boxes of their own names)
    time                                              one box
    radios · select                                   options, one to choose (select has an empty first line to add)
    checkboxes                                        options, several to choose
    checkbox                                          one box, value "true"; `checked`
    words                                             blocks; no box
    separator                                         a line
    computed                                          value, to read only; never posted
    group                                             a fieldset: fields
    rows                                              a repeatable fieldset: rows, add_name, add_label
    """

    kind: str
    path: str
    id: str
    name: str
    label: str
    hint: str = ""
    value: str = ""
    checked: bool = False
    required: bool = False
    visible: bool = True
    error: str = ""
    sensitivity: str = "ordinary"
    options: tuple[OptionView, ...] = ()
    parts: tuple[PartView, ...] = ()
    blocks: tuple[BlockView, ...] = ()
    fields: tuple["FieldView", ...] = ()
    rows: tuple["RowView", ...] = ()
    add_name: str = ""
    add_label: str = ""
    controls: bool = False
    maxlength: int | None = None
    rows_high: int = 4
    inputmode: str = ""
    autocomplete: str = "off"
    suffix: str = ""

    @property
    def described_by(self) -> str:
        """The value of aria-describedby: ids of the hint and of the error, as far as there are any."""
        ids = ([f"{self.id}-hint"] if self.hint else []) + ([f"{self.id}-error"] if self.error else [])
        return " ".join(ids)


@dataclass(frozen=True)
class RowView:
    """One row of a repeatable group; `remove_name` is empty where rows may not be removed."""

    title: str
    fields: tuple[FieldView, ...]
    remove_name: str = ""
    remove_label: str = ""


@dataclass(frozen=True)
class SectionView:
    """A titled run of fields; an untitled one has an empty title. A section that is not visible has none to show."""

    id: str
    title: str
    hint: str
    fields: tuple[FieldView, ...]
    visible: bool = True


@dataclass(frozen=True)
class ErrorView:
    """A line of the error summary: `id` is the box to go to."""

    id: str
    path: str
    text: str


@dataclass(frozen=True)
class FormView:
    """A whole form. `hidden` are inputs to post back as they are (name, value): which conditional fields were shown."""

    key: str
    title: str
    intro: tuple[BlockView, ...]
    sections: tuple[SectionView, ...]
    errors: tuple[ErrorView, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    refresh_name: str = "_refresh"
    has_conditions: bool = False
