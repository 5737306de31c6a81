"""The forms of an intake. What they ask follows from the file."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.excel.columns import ImportColumn
from basis.excel.importer import Wish
from basis.tables.words import CHOICE
from core.forms import FilesField, FilesInput, Form
from imports.meanings import head_meanings, meanings, value_meanings
from imports.models import Word

MOST = 2_000  # characters of a cell typed in a page
LATER = "?"  # of a value: row by row
ACCEPT = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.htm,.html"


class ImportForm(Form):
    file = FilesField(
        label=gettext_lazy("엑셀 파일"),
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy(
            "엑셀(xlsx, xlsm, xls), ods, csv 파일과 그룹웨어에서 받은 표를 올립니다. 여러 파일을 한 번에 올려도 됩니다."
        ),
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
    the others only where the whole row is at fault. `same`: (column, value, places) of what is at fault again and
    again, and put right once for all."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[str, Mapping[str, str], Iterable[str]]],
        same: Sequence[tuple[str, str, Sequence[str]]],
        columns: Sequence[ImportColumn],
        **kwargs: Any,
    ) -> None:
        self.rows, self.same = rows, same
        self.columns = {column.key: column for column in columns}
        super().__init__(*args, **kwargs)
        for i, (key, value, places) in enumerate(same):
            said = {"column": self.columns[key].label, "value": value, "count": len(places)}
            label = _("%(column)s ‘%(value)s’ %(count)s행") % said
            self.fields[f"s{i}"] = value_field(self.columns[key], label, empty=_("그대로 두기"))
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
        for i, (key, _value, places) in enumerate(self.same):
            if text := self.cleaned_data[f"s{i}"]:
                for place in places:
                    found.setdefault(place, {})[key] = text
        for place, cells, faulty in self.rows:
            if self.cleaned_data[name_of(place, "skip")]:
                found[place] = {"skip": True}
                continue
            typed = {key: self.cleaned_data[name_of(place, key)] for key in faulty}
            if changed := {key: text for key, text in typed.items() if text != cells.get(key, "")}:
                found[place] = {**found.get(place, {}), **changed}
        return found


class SkippedForm(Form):
    """Rows that were left out: `rows` are (place, its name, how it begins), `more` so many beside them."""

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str, str]], more: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"] = forms.MultipleChoiceField(
            label=_("뺀 행"),
            choices=[(place, f"{name}: {text}" if text else name) for place, name, text in rows],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("이 밖에 %(count)s행이 더 있습니다.") % {"count": f"{more:,}"} if more else "",
        )
        if len(rows) > 1:
            self.fields["all"] = forms.BooleanField(label=_("뺀 행을 모두 다시 넣기"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("rows") and not data.get("all"):
            self.add_error("rows", _("다시 넣을 행을 하나 이상 선택해 주세요."))
        return data


class TablesForm(Form):
    """Which tables are taken, and which rows of a sheet are its head."""

    def __init__(
        self,
        *args: Any,
        tables: Sequence[Mapping[str, Any]],
        sheets: Sequence[Mapping[str, Any]],
        answered: bool,
        **kwargs: Any,
    ) -> None:
        self.sheets = sheets
        super().__init__(*args, **kwargs)
        self.fields["tables"] = forms.MultipleChoiceField(
            label=_("가져올 표"),
            choices=[(table["key"], table["says"]) for table in tables],
            initial=[
                table["key"] for table in tables if table["taken" if answered else "fits"] or table["taken"]
            ],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for i, sheet in enumerate(sheets):
            if sheet.get("turned"):
                self.fields[f"upright{i}"] = forms.BooleanField(
                    label=_("카드나 옆으로 누운 표가 아닙니다. 적힌 그대로 읽습니다."), required=False
                )
            first, last = sheet["head"] or (0, -1)
            self.fields[f"head{i}"] = forms.MultipleChoiceField(
                label=_("제목 행"),
                choices=[(str(number), str(number)) for number, _cells in sheet["rows"]],
                initial=[str(n) for n in range(first, last + 1)],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def heads(self) -> dict[str, list[int]]:
        """By sheet, where they are others than what was found."""
        found = {}
        for i, sheet in enumerate(self.sheets):
            rows = sorted(int(number) for number in self.cleaned_data[f"head{i}"])
            if rows and [rows[0], rows[-1]] != sheet["head"]:
                found[sheet["name"]] = [rows[0], rows[-1]]
        return found

    def upright(self) -> list[str]:
        """The sheets that are to be read as they are."""
        turned = [(i, sheet["name"]) for i, sheet in enumerate(self.sheets) if sheet.get("turned")]
        return [name for i, name in turned if self.cleaned_data[f"upright{i}"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("tables") and not self.heads() and not self.upright():
            self.add_error("tables", _("가져올 표를 하나 이상 선택하거나, 제목 행을 표시해 주세요."))
        return data


class WordsForm(Form):
    """What heads and values mean, what stands for a column that is not there, what was interpreted."""

    def __init__(
        self,
        *args: Any,
        questions: Mapping[str, Any],
        answers: Mapping[str, Any],
        columns: Sequence[ImportColumn],
        **kwargs: Any,
    ) -> None:
        self.questions, self.answers = questions, answers
        self.columns = {column.key: column for column in columns}
        super().__init__(*args, **kwargs)
        for i, head in enumerate(questions["columns"]):
            self.fields[f"c{i}"] = forms.ChoiceField(
                label=head["text"],
                choices=head_meanings(self.columns, head["key"]),
                initial=head["key"],
                required=False,
            )
        for i, (key, heads) in enumerate(self.doubled):
            self.fields[f"t{i}"] = self._which(key, [questions["columns"][n] for n in heads])
        given = answers.get("constants", {})
        needed = [column.key for column in columns if column.required]
        for key in dict.fromkeys([*questions["lacking"], *given, *needed, *questions["absent"]]):
            self.fields[f"k-{key}"] = self._constant(self.columns[key], given.get(key, ""))
        for i, value in enumerate(self.values):
            column = self.columns[value["column"]]
            self.fields[f"v{i}"] = forms.ChoiceField(
                label=f"{value['label']}: {value['written']}",
                choices=[(LATER, _("행에서 하나씩 고치기")), *value_meanings(column)],
                initial=str(value["proposed"]) or LATER,
                required=False,
            )
        for i, note in enumerate(questions["notes"]):
            self.fields[f"n{i}"] = forms.BooleanField(label=note["kind"], initial=True, required=False)

    @cached_property
    def doubled(self) -> list[tuple[str, list[int]]]:
        """The columns that several heads of one table mean alike, and which."""
        found: dict[tuple[str, tuple[int, ...]], None] = {}
        heads = self.questions["columns"]
        for n in dict.fromkeys(n for head in heads for n in head["tables"]):
            for key in dict.fromkeys(head["key"] for head in heads if head["key"]):
                same = tuple(i for i, head in enumerate(heads) if head["key"] == key and n in head["tables"])
                if len(same) > 1:
                    found[key, same] = None
        return [(key, list(same)) for key, same in found]

    def _which(self, key: str, heads: Sequence[Mapping[str, Any]]) -> forms.Field:
        said = {"column": self.columns[key.partition(CHOICE)[0]].label}
        named = [
            (head, _("%(letter)s열 ‘%(head)s’") % {"letter": head["letter"], "head": head["text"]})
            for head in heads
        ]
        return forms.ChoiceField(
            label=_("어느 열이 %(column)s입니까?") % said,
            choices=[
                (head["text"], f"{name}: {head['sample']}" if head["sample"] else name)
                for head, name in named
            ],
            required=False,
            widget=forms.RadioSelect,
            help_text=_("고르지 않은 열은 쓰지 않습니다. 다른 뜻이면 아래 ‘열’에서 고릅니다."),
        )

    @property
    def values(self) -> list[Mapping[str, Any]]:
        """Those asked now, then those answered before."""
        asked = list(self.questions["values"])
        for key, said in self.answers.get("values", {}).items():
            label = str(self.columns[key].label)
            asked += [
                {"column": key, "label": label, "written": text, "count": 0, "proposed": code}
                for text, code in said.items()
            ]
        return asked

    @staticmethod
    def _constant(column: ImportColumn, given: str) -> forms.Field:
        empty = (
            _("알 수 없음") if column.may_lack else _("선택해 주세요") if column.required else _("비워 둠")
        )
        field = value_field(column, column.label, empty=empty)
        field.initial = given
        if column.may_lack and not isinstance(field, forms.ChoiceField):
            field.help_text = _("비워 두면 ‘알 수 없음’으로 둡니다.")
        return field

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        heads = self.questions["columns"]
        self._free_the_others(data)
        meant: dict[int, dict[str, str]] = {n: {} for head in heads for n in head["tables"]}
        for i, head in enumerate(heads):
            key = data.get(f"c{i}", "")
            for known in (meant[n] for n in head["tables"] if key):
                if key in known and (i, key) not in self.asked_of:
                    said = {"head": known[key], "column": self.columns[key.partition(":")[0]].label}
                    self.add_error(f"c{i}", _("‘%(head)s’도 %(column)s입니다. 하나만 골라 주세요.") % said)
                    break
                known[key] = head["text"]
        keys = [{key.partition(":")[0] for key in known} for known in meant.values()]
        self.meant = set.intersection(*keys) if keys else set()  # in every table
        for key, column in self.columns.items():
            lacks = column.required and not column.may_lack and key not in self.meant
            if lacks and not data.get(f"k-{key}"):
                said = {"column": column.label}
                text = _("‘%(column)s’ 열이 없습니다. 열을 고르거나 모든 행에 쓸 값을 주세요.") % said
                self.add_error(f"k-{key}", text)
        return data

    def _free_the_others(self, data: dict[str, Any]) -> None:
        """Of heads that mean one column, that which was chosen keeps it; those given another meaning are free."""
        heads = self.questions["columns"]
        self.freed, self.asked_of = [], set()
        for n, (key, places) in enumerate(self.doubled):
            still = [i for i in places if data.get(f"c{i}") == key]
            chosen = data.get(f"t{n}")
            if len(still) < 2:
                continue
            if not chosen:
                self.asked_of |= {(i, key) for i in still}
                self.add_error(f"t{n}", _("하나를 골라 주세요."))
            for i in still if chosen else ():
                if heads[i]["text"] != chosen:
                    data[f"c{i}"] = ""
                    self.freed.append(heads[i]["text"])

    def said(self) -> dict[str, Any]:
        """As an intake keeps it. `freed`: heads left out only because another of this file means the same."""
        data, heads = self.cleaned_data, self.questions["columns"]
        columns = dict(self.answers.get("columns", {}))
        for i, head in enumerate(heads):
            if data[f"c{i}"] != head["key"] or head["how"] not in ("same", "synonym"):
                columns[head["text"]] = data[f"c{i}"]
        constants = {
            key: data[f"k-{key}"]
            for key, column in self.columns.items()
            if f"k-{key}" in data
            and key not in self.meant
            and (data[f"k-{key}"] or (column.required and column.may_lack))
        }
        values: dict[str, dict[str, str]] = {}
        passed = list(self.answers.get("passed", []))
        for i, value in enumerate(self.values):
            if data[f"v{i}"] == LATER:
                passed.append(f"{value['column']}:{value['written']}")
            else:
                values.setdefault(value["column"], {})[value["written"]] = data[f"v{i}"]
        confirmed = list(self.answers.get("confirmed", []))
        for i, note in enumerate(self.questions["notes"]):
            (confirmed if data[f"n{i}"] else passed).append(note["kind"])
        return {
            "columns": columns,
            "freed": [*self.answers.get("freed", []), *self.freed],
            "constants": constants,
            "values": values,
            "confirmed": confirmed,
            "passed": passed,
        }


class WordForm(Form):
    """What a remembered word means."""

    def __init__(self, *args: Any, word: Word, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["means"] = forms.ChoiceField(
            label=_("뜻"),
            choices=meanings(word.kind, word.column, word.means),
            initial=word.means,
            required=False,
        )


class WishesForm(Form):
    """What saving does besides; nothing unless it is chosen."""

    def __init__(self, *args: Any, wishes: Sequence[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for wish in wishes:
            self.fields[wish.key] = forms.BooleanField(label=wish.label, help_text=wish.help, required=False)

    def chosen(self) -> list[str]:
        return [key for key in self.fields if self.cleaned_data[key]] if self.is_valid() else []
