"""Forms of projects, their divisions, who is named for them, and of the own plan. The services check the rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from benchmarking.models import Case
from core.forms import DateInput, Form, KeysField, WonField, YearField
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from core.now import today
from incentives.enums import ContactState, Kind, Post, Role, Way
from incentives.models import Division, Part, Plan, Project
from incentives.services.plans import TEXTS
from incentives.services.projects import DIVISION
from organization.enums import DepartmentKind
from organization.forms import DepartmentField, StaffField, named
from organization.models import Department

MOST_WON = 10**13
FURTHER = 4  # rows for further owners, and for helpers


class WithParts(Form):
    """Departments of something: who answers for it, further owners, helpers; as many rows as `parts` need."""

    first = DepartmentField(
        label=_("주관 부서"), help_text=_("여러 부서가 주관하면 대표하는 부서를 먼저 고릅니다.")
    )

    def __init__(self, *args: Any, parts: Iterable[Any] = (), **kwargs: Any) -> None:
        roles = [one.role for one in parts]
        most = max(FURTHER, roles.count(Role.OWNER) - 1, roles.count(Role.HELPER))
        self.places = range(1, most + 1)
        more = {f"owner{n}": _now("함께 주관하는 부서 %(number)d") % {"number": n} for n in self.places}
        more |= {f"helper{n}": _now("협조 부서 %(number)d") % {"number": n} for n in self.places}
        self.base_fields = {  # type: ignore[misc]  # of this one form
            **self.base_fields,
            **{name: DepartmentField(label=label, required=False) for name, label in more.items()},
        }
        super().__init__(*args, **kwargs)
        chosen = Department.objects.filter(valid_to=None).exclude(
            kind__in=(DepartmentKind.OFFICE, DepartmentKind.TEAM)
        )
        for name in ("first", *more):
            place: Any = self.fields[name]
            place.queryset = chosen

    def part_rows(self) -> Fieldset:
        return Fieldset(
            _("부서"),
            "first",
            Div(*(f"owner{n}" for n in self.places), css_class="form-row"),
            Div(*(f"helper{n}" for n in self.places), css_class="form-row"),
        )

    def parts(self) -> list[tuple[Department, Role]]:
        data = self.cleaned_data
        found = [(data["first"], Role.OWNER)]
        found += [(data[f"owner{n}"], Role.OWNER) for n in self.places if data[f"owner{n}"]]
        return [*found, *((data[f"helper{n}"], Role.HELPER) for n in self.places if data[f"helper{n}"])]


def given_parts(rows: Iterable[Any]) -> dict[str, Any]:
    """What the fields of departments begin with."""
    known = list(rows)
    owners = [one.department_id for one in known if one.role == Role.OWNER]
    helpers = [one.department_id for one in known if one.role == Role.HELPER]
    found: dict[str, Any] = {"first": owners[0] if owners else None}
    found |= {f"owner{n}": pk for n, pk in enumerate(owners[1:], start=1)}
    return found | {f"helper{n}": pk for n, pk in enumerate(helpers, start=1)}


class DivisionForm(WithParts):
    """A project with a division, or one of its divisions."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    year = YearField(label=_("연도"))
    kind = forms.ChoiceField(label=_("평가 구분"), choices=Kind.choices)
    number = forms.IntegerField(
        label=_("연번(선택)"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("비워 두면 다음 번호를 붙입니다."),
    )
    title = forms.CharField(label=_("사업명"), max_length=120)
    name = forms.CharField(
        label=_("부문(선택)"),
        max_length=60,
        required=False,
        help_text=_("한 사업을 나누어 평가할 때 적습니다."),
    )
    before = forms.ModelChoiceField(
        label=_("지난해 사업(선택)"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("없음"),
        help_text=_("이름이 바뀌었어도 이어지는 사업을 골라 두면 여러 해를 견줄 수 있습니다."),
    )
    evaluator = forms.CharField(label=_("평가 부서(선택)"), max_length=60, required=False)
    way = forms.ChoiceField(label=_("평가 방법"), choices=Way.choices)
    full_marks = forms.DecimalField(
        label=_("만점"), min_value=1, max_value=10_000, max_digits=7, decimal_places=2
    )
    budget = WonField(label=_("사업비(원, 선택)"), max_value=MOST_WON, required=False)
    submit_on = forms.DateField(label=_("평가자료 제출 기한(선택)"), widget=DateInput(), required=False)
    contact = forms.CharField(label=_("시 담당자(선택)"), max_length=60, required=False)
    phone = forms.CharField(label=_("시 담당자 전화(선택)"), max_length=20, required=False)

    def __init__(self, *args: Any, year: int, own: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["before"]
        rows = Project.objects.filter(year__lt=year, after=None)
        if own is not None:
            rows = rows | Project.objects.filter(after=own)
        field.queryset = rows.distinct().order_by("-year", "kind", "number")
        field.label_from_instance = lambda one: f"{one.year} {one}"
        if own is not None:  # they stay as they are
            for name in ("year", "kind"):
                del self.fields[name]

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(
            "version",
            Fieldset(
                _("사업"),
                Div(*self.numbering(), css_class="form-row"),
                Div("title", "name", css_class="form-row"),
                "before",
            ),
            Fieldset(
                _("평가"),
                Div("evaluator", "way", "full_marks", css_class="form-row"),
                Div("budget", "submit_on", css_class="form-row"),
                Div("contact", "phone", css_class="form-row"),
            ),
            self.part_rows(),
        )

    def numbering(self) -> list[str]:
        return [name for name in ("year", "kind", "number") if name in self.fields]

    def values(self) -> dict[str, Any]:
        names = (*DIVISION, *self.numbering(), "before", "title")
        return {name: self.cleaned_data[name] for name in names}


def given(division: Division) -> dict[str, Any]:
    """What the form of a division begins with."""
    project = division.project
    found = {name: getattr(division, name) for name in (*DIVISION, "version")}
    found |= {"title": project.name, "before": project.before_id}
    found |= {name: getattr(project, name) for name in ("year", "kind", "number")}
    return found | given_parts(division.parts.all())


class CopyForm(Form):
    """Which projects of the year before go on."""

    year = YearField(label=_("새 연도"))
    projects = KeysField(
        label=_("이어 갈 사업"),
        queryset=Project.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["projects"]
        field.queryset = Project.objects.filter(after=None, year__gte=today().year - 1).order_by(
            "-year", "kind", "number"
        )
        field.label_from_instance = lambda one: f"{one.number}. {one} ({one.year}, {one.get_kind_display()})"


class ContactsForm(Form):
    """Three people of each department; who is named already stands in their row."""

    def __init__(self, *args: Any, parts: Iterable[Part], **kwargs: Any) -> None:
        self.rows = list(parts)
        own = {
            f"part-{part.pk}-{post}": StaffField(label=Post(post).label, required=False)
            for part in self.rows
            for post in Post.values
        }
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        return Layout(
            *(
                Fieldset(
                    str(part), Div(*(f"part-{part.pk}-{post}" for post in Post.values), css_class="form-row")
                )
                for part in self.rows
            )
        )

    def people(self) -> dict[tuple[int, str], Any]:
        return {
            (part.pk, post): self.cleaned_data[f"part-{part.pk}-{post}"]
            for part in self.rows
            for post in Post.values
        }

    @staticmethod
    def given(parts: Iterable[Part]) -> dict[str, Any]:
        return {
            f"part-{part.pk}-{one.post}": named(one.user)
            for part in parts
            for one in part.contacts.all()
            if one.state != ContactState.ENDED
        }


class WithFiles(Form):
    """Files that could not be sent wait beside the form."""

    held = held_field()
    attachments = files_field()

    def __init__(self, *args: Any, held: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)


class NotifyForm(WithFiles):
    on = forms.DateField(label=_("통보받은 날"), widget=DateInput())
    attachments = files_field(_("시의 평가계획"))
    layout = Layout("on", "held", "attachments")


def _text(name: str, help_text: Any = "", rows: int = 5) -> forms.CharField:
    field: Any = Plan._meta.get_field(name)
    return forms.CharField(
        label=field.verbose_name,
        max_length=field.max_length,
        required=False,
        widget=forms.Textarea({"rows": rows}),
        help_text=help_text,
    )


class PlanForm(WithFiles):
    """The own plan in the parts that the office's plan asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    overview = _text("overview", _("평가 기간과 시기, 내용과 방법을 적어 주세요."))
    trend = _text(
        "trend",
        _("최근 2~3년의 추이와 우리 구의 결과를 적어 주세요. 연도별 결과표는 저절로 붙습니다."),
    )
    goals = _text("goals", _("무엇을 어디까지 이룰지 적어 주세요."))
    weak = _text("weak")
    measures = _text("measures", _("평가항목마다 무엇을 언제까지 할지 적어 주세요."))
    compared = _text("compared", _("우수한 자치구와 무엇이 다른지, 무엇을 받아들일지 적어 주세요."))
    cases = KeysField(
        label=_("참고한 벤치마킹 사례(선택)"),
        queryset=Case.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    layout = Layout("version", *TEXTS, "cases", "held", "attachments")

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cases"]
        field.queryset = cases
        field.label_from_instance = lambda one: f"{one.code} {one.title} ({one.source_name})"

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}


class ApproveForm(Form):
    submit_on = forms.DateField(
        label=_("평가자료 제출 기한"),
        widget=DateInput(),
        help_text=_("서울시나 평가기관에 평가자료를 내는 마지막 날입니다."),
    )


class SubmitForm(WithFiles):
    director_on = forms.DateField(label=_("국장 검토일"), widget=DateInput())
    deputy_on = forms.DateField(label=_("부구청장 보고일"), widget=DateInput())
    on = forms.DateField(label=_("제출일"), widget=DateInput())
    attachments = files_field(_("낸 평가자료"))
    layout = Layout(Div("director_on", "deputy_on", "on", css_class="form-row"), "held", "attachments")
