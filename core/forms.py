"""Forms drawn by the crispy pack `krds`: own widgets, money, and messages that say what to do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.functional import Promise, cached_property
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_filters.widgets import DateRangeWidget as BaseDateRangeWidget

from basis import days
from basis.clock.calendar import YEARS
from core.numbers import MOST, wholes

# Messages of the framework said as this office says them; a message given with a field stays.
MESSAGES: dict[str, Any] = {
    "invalid_choice": gettext_lazy("목록에 있는 것을 선택해 주세요."),
    "max_length": gettext_lazy("%(limit_value)d자 이내로 입력해 주세요. (지금 %(show_value)d자)"),
    "min_length": gettext_lazy("%(limit_value)d자 이상 입력해 주세요. (지금 %(show_value)d자)"),
    "max_value": gettext_lazy("%(limit_value)s 이하로 입력해 주세요."),
    "min_value": gettext_lazy("%(limit_value)s 이상으로 입력해 주세요."),
    "invalid_list": gettext_lazy("목록에 있는 것을 선택해 주세요."),
    "invalid_pk_value": gettext_lazy("목록에 있는 것을 선택해 주세요."),
    "invalid_image": gettext_lazy("그림 파일을 선택해 주세요."),
    "max_digits": gettext_lazy("숫자를 모두 %(max)d자리 이내로 입력해 주세요."),
    "max_decimal_places": gettext_lazy("소수점 아래는 %(max)d자리까지 입력해 주세요."),
    "max_whole_digits": gettext_lazy("소수점 위는 %(max)d자리까지 입력해 주세요."),
    "step_size": gettext_lazy("%(limit_value)s의 배수로 입력해 주세요."),
    "overflow": gettext_lazy("값이 너무 큽니다. 다시 확인해 주세요."),
    "incomplete": gettext_lazy("빠진 값이 없게 모두 입력해 주세요."),
    "missing": gettext_lazy("파일을 선택해 주세요."),
    "contradiction": gettext_lazy("파일을 새로 고르거나 지우는 것 가운데 하나만 선택해 주세요."),
    "null_characters_not_allowed": gettext_lazy("쓸 수 없는 글자가 있습니다. 지우고 다시 입력해 주세요."),
    "empty": gettext_lazy("빈 파일입니다. 내용이 있는 파일을 선택해 주세요."),
}
INVALID: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.DateField, gettext_lazy("날짜를 2026-11-20처럼 입력해 주세요.")),
    (forms.DateTimeField, gettext_lazy("날짜와 시각을 2026-11-20 14:00처럼 입력해 주세요.")),
    (forms.TimeField, gettext_lazy("시각을 14:00처럼 입력해 주세요.")),
    (forms.URLField, gettext_lazy("주소를 https://로 시작하게 입력해 주세요.")),
    (forms.EmailField, gettext_lazy("전자우편 주소를 name@example.com처럼 입력해 주세요.")),
    (forms.IntegerField, gettext_lazy("숫자로 입력해 주세요.")),
    (forms.DecimalField, gettext_lazy("숫자로 입력해 주세요.")),
    (forms.FileField, gettext_lazy("파일을 다시 선택해 주세요.")),
)
UNREADABLE = gettext_lazy("값을 읽을 수 없습니다. 다시 입력해 주세요.")
_DASHES = BLANK_CHOICE_DASH[0][1]
_CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxInput, forms.FileInput)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateRangeWidget(BaseDateRangeWidget):
    """From … to, for filters."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        ends = (gettext_lazy("부터"), gettext_lazy("까지"))
        self.widgets = [DateInput({**(attrs or {}), "aria-label": label}) for label in ends]


class ChoiceCards(forms.RadioSelect):
    """A few weighty choices as large cards. `descriptions` says in a line what each value means."""

    kind = "cards"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, descriptions: Mapping[str, str | Promise] | None = None
    ) -> None:
        super().__init__(attrs)
        self.descriptions = descriptions or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "description": self.descriptions.get(str(value), "")}


class ChoiceTree(forms.CheckboxSelectMultiple):
    """Many choices in groups (departments by bureau) with a search, the chosen ones above them. `notes` adds a word
    to a value, `counted` says how many are chosen (`%s명 선택`)."""

    kind = "tree"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        notes: Mapping[str, str | Promise] | None = None,
        counted: str | Promise = "",
    ) -> None:
        super().__init__(attrs)
        self.notes = notes or {}
        self.counted = counted or gettext_lazy("%s개 선택")

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "note": self.notes.get(str(value), "")}

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        for group, options, _index in groups:
            for option in options:
                option["group"] = group or ""
        return groups


class MoneyInput(forms.TextInput):
    """Separators while typing (by script) and when shown again."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "data-money": "", "class": "right", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:,}" if isinstance(value, int) else super().format_value(value)


_LONGEST_DAY = 30
MOST_WON = 999_999_999_999  # more is a slip of the finger; sums of a million such still fit their columns


class WonField(forms.IntegerField):
    """Whole won, zero or more; `1,250,000`, `1250000` and `1,250,000원` are the same."""

    widget = MoneyInput
    unit = gettext_lazy("원")

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any) -> None:
        most = MOST_WON if max_value is None else max_value
        super().__init__(min_value=min_value, max_value=most, **kwargs)
        self.error_messages["max_value"] = format_lazy(
            gettext_lazy("{most}원 이하로 입력해 주세요."), most=f"{most:,}"
        )

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.replace(",", "").strip().removesuffix("원")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # min and max belong to number inputs


class DayField(forms.CharField):
    """A day of which only the month or the year may be known: `2015-03-05`, `2015. 3.`, `2015`."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            found = days.parse(text) if text and len(text) <= _LONGEST_DAY else None
        except ValueError:
            found = None
        if text and not found:
            raise forms.ValidationError(
                _("날짜로 읽을 수 없습니다. 2015-03-05, 2015년 3월, 2015와 같이 아는 만큼 입력해 주세요.")
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return str(value).rstrip(".") if isinstance(value, days.Day) else value

    def validate(self, value: Any) -> None:
        super().validate(value or "")

    def run_validators(self, value: Any) -> None:
        """It is no text."""


class KeysField(forms.ModelMultipleChoiceField):
    """Several rows by their keys; what no row can have as a key is asked of no database."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and len(wholes(value)) < len(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleans to a list. Each that will not do is named."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = (data or [None]) if isinstance(data, Sequence) else [data]
        kept: list[UploadedFile] = []
        errors: list[forms.ValidationError] = []
        for file in files:
            try:
                if found := super().clean(file, initial):
                    kept.append(found)
            except forms.ValidationError as error:
                errors += error.error_list
        if errors:
            raise forms.ValidationError(errors)
        return kept


class KrdsFormHelper(FormHelper):
    """Draws the fields only: the form tag, its token and its buttons stand in components/form.html."""

    def __init__(self, layout: Layout | None = None) -> None:
        super().__init__()
        self.layout = layout
        self.form_tag = False
        self.disable_csrf = True
        self.include_media = False


class KrdsMixin:
    """Native date pickers, messages in this office's words, and a helper with the class's `layout`."""

    layout: ClassVar[Layout | None] = None
    marked: ClassVar[Collection[str]] = ()  # asked for once another field says so: marked like what always is
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _use_native_picker(field)
            _name_blank(field)
            _keep_to_calendar(field)
            _keep_to_column(field)
            _count_as_shown(field)
            self._keep_one(name, field)
            _word(field, str(field.label or name))

    def _keep_one(self, name: str, field: forms.Field) -> None:
        """A draft may hold several values of a field that takes one."""
        form: Any = self
        given = form.initial.get(name)
        widget = field.widget
        several = getattr(widget, "allow_multiple_selected", isinstance(widget, forms.MultipleHiddenInput))
        if isinstance(given, list) and not several:
            form.initial = {**form.initial, name: given[-1] if given else None}

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(self.layout)

    def reject(self, field: str | None, message: str) -> None:
        """What a service does not allow, beside its field. Forms with a table place it in its rows as well."""
        form: Any = self
        form.add_error(field if field in self.fields else None, message)

    def errors_of_parts(self) -> Iterable[tuple[str, str]]:
        """Errors that stand beyond the form's own fields: where the summary leads to, and what is said there."""
        return ()


class Form(KrdsMixin, forms.Form):
    """Base of all forms."""


class ModelForm(KrdsMixin, forms.ModelForm):
    """Base of all forms of a model. Saving is a service's work: take `cleaned_data`."""


class YearField(forms.IntegerField):
    """A year of which there may be a paper."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": YEARS[0], "max_value": YEARS[1], **options})


class ReasonForm(Form):
    """Of steps that need only their reason."""

    reason = forms.CharField(label=gettext_lazy("사유"), max_length=1000, widget=forms.Textarea({"rows": 4}))


def with_object_particle(noun: str) -> str:
    """`기한을`, `사유를`; other scripts take no particle. The English catalogue needs the bare noun."""
    if get_language() != "ko" or not noun:
        return noun
    last = ord(noun[-1]) - 0xAC00
    if not 0 <= last < 11172:
        return _("%(noun)s 항목을") % {"noun": noun}
    return noun + ("을" if last % 28 else "를")


def _use_native_picker(field: forms.Field) -> None:
    pickers = {
        forms.DateInput: DateInput,
        forms.DateTimeInput: DateTimeInput,
        forms.TimeInput: TimeInput,
    }
    if picker := pickers.get(type(field.widget)):
        native = picker(field.widget.attrs)
        native.is_required = field.widget.is_required
        field.widget = native


def _name_blank(field: forms.Field) -> None:
    """The empty choice says what it means instead of showing dashes."""
    text = _("선택해 주세요") if field.required else _("선택 안 함")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _DASHES:
            field.empty_label = text
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        if ("", _DASHES) in choices:
            field.choices = [(value, text if label == _DASHES else label) for value, label in choices]


def _keep_to_calendar(field: forms.Field) -> None:
    """A mistyped year (2206) is refused where it is typed: nothing can be reckoned with it."""
    if isinstance(field, forms.DateField) and _check_year not in field.validators:
        field.validators = [*field.validators, _check_year]


def _count_as_shown(field: forms.Field) -> None:
    """A browser sends each line end as two characters and counts one: one is kept and counted here, too."""
    if isinstance(field.widget, forms.Textarea):
        read: Any = field.to_python
        field.to_python = lambda value: _ends(read(_ends(value)))  # type: ignore[method-assign]  # of this field


def _ends(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _keep_to_column(field: forms.Field) -> None:
    """No number is larger than what the database counts with."""
    if isinstance(field, forms.IntegerField) and field.max_value is None:
        field.validators = [*field.validators, MaxValueValidator(MOST)]


def _check_year(day: date) -> None:
    if not YEARS[0] <= day.year <= YEARS[1]:
        years = {"first": YEARS[0], "last": YEARS[1]}
        raise forms.ValidationError(_("%(first)d년부터 %(last)d년까지의 날짜를 입력해 주세요.") % years)


def _word(field: forms.Field, label: str) -> None:
    messages = dict(MESSAGES)
    chosen = isinstance(field.widget, _CHOSEN)
    pattern = _("%(noun)s 선택해 주세요.") if chosen else _("%(noun)s 입력해 주세요.")
    messages["required"] = pattern % {"noun": with_object_particle(label)}
    standard = _standard_messages(field)
    other = UNREADABLE if "invalid" in standard else None  # else it is a validator that says what is wrong
    messages["invalid"] = next((text for kind, text in INVALID if isinstance(field, kind)), other)
    given = {code for code, text in field.error_messages.items() if text is not standard.get(code)}
    # Not `if text`: whether it is empty is asked of its translation, of each of them for each field.
    said = {code: text for code, text in messages.items() if code not in given and text is not None}
    field.error_messages |= said


def _standard_messages(field: forms.Field) -> dict[str, Any]:
    """What the framework would say: what differs was given with the field."""
    standard: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        standard |= getattr(cls, "default_error_messages", {})
    return standard
