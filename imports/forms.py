"""The forms of an intake. What they ask follows from the file."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.excel.columns import ImportColumn
from core.forms import Form

MOST = 2_000  # characters of a cell typed in a page


class ImportForm(Form):
    file = forms.FileField(
        label=gettext_lazy("엑셀 파일"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy(".xlsx 파일만 올릴 수 있습니다."),
    )


def value_field(column: ImportColumn, label: Any, *, empty: Any = "") -> forms.Field:
    """For one value of a column: its choices, as labels that a file would hold, or a text."""
    if column.kind == "choice":
        options = [(str(text), str(text)) for _code, text in column.options()]
        return forms.ChoiceField(label=label, choices=[("", empty or _("비워 둠")), *options], required=False)
    return forms.CharField(label=label, max_length=MOST, required=False)


def name_of(place: str, key: str) -> str:
    """Of a field of this row; sheets are called anything."""
    return f"r{hashlib.sha256(place.encode()).hexdigest()[:10]}-{key}"


class RowsForm(Form):
    """Rows at fault: `rows` are (key of the place, cells by column, columns at fault). A field for every cell at fault,
    the others only where the whole row is at fault."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[str, Mapping[str, str], Iterable[str]]],
        columns: Sequence[ImportColumn],
        **kwargs: Any,
    ) -> None:
        self.rows = rows
        self.columns = {column.key: column for column in columns}
        super().__init__(*args, **kwargs)
        for place, cells, faulty in rows:
            self.fields[name_of(place, "skip")] = forms.BooleanField(label=_("이 행 빼기"), required=False)
            for key in faulty:
                field = value_field(self.columns[key], self.columns[key].label)
                field.initial = cells.get(key, "")
                if isinstance(field, forms.ChoiceField) and field.initial:
                    self._keep(field)
                self.fields[name_of(place, key)] = field

    @staticmethod
    def _keep(field: forms.ChoiceField) -> None:
        """What is no choice is shown as it stands, and is at fault still if it is left."""
        choices: Any = field.choices
        if field.initial not in [value for value, _label in choices]:
            field.choices = [(field.initial, field.initial), *choices]

    def answers(self) -> dict[str, dict[str, Any]]:
        """As an intake keeps them: what differs from what stands there."""
        found: dict[str, dict[str, Any]] = {}
        for place, cells, faulty in self.rows:
            if self.cleaned_data[name_of(place, "skip")]:
                found[place] = {"skip": True}
                continue
            typed = {key: self.cleaned_data[name_of(place, key)] for key in faulty}
            if changed := {key: text for key, text in typed.items() if text != cells.get(key, "")}:
                found[place] = changed
        return found
