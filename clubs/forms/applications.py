"""What is written of a club that is asked for. Forms check shape; the services check the rules."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clubs.enums import ClubKind
from clubs.kinds import ClubPanel
from clubs.models import Club, Topic
from clubs.policies import ALLOTMENT, SIZE, TEAMS
from clubs.services.founding import FIELDS, Member, TeamPlan
from core.forms import DateInput, Form, WonField, YearField
from core.now import today
from meetings.enums import Chair
from organization.bureaus import head_of
from organization.enums import DepartmentKind
from organization.forms import EMPTY, StaffField, named
from organization.models import Department

SPARE = 3  # rows for more members
CHAIRS = [(str(chair), label) for chair, label in ClubPanel.chairs.items()]
_PARTS = re.compile(r"[\t,;]")


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.year} {obj}"


class ClubForm(Form):
    """Kind, name, goal, teams with their topics, and members, row by row or pasted."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    year = YearField(label=_("연도"))
    kind = forms.ChoiceField(label=_("구분"), choices=ClubKind.choices)
    bureau = forms.ModelChoiceField(
        label=_("국·소"),
        queryset=Department.objects.none(),
        empty_label=EMPTY,
        required=False,
        help_text=_("국·소별 동아리만 고릅니다."),
    )
    name = forms.CharField(label=_("동아리 이름"), max_length=60)
    goal = forms.CharField(
        label=_("연구 목적"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("무엇을 왜 연구하는지, 무엇이 달라지기를 바라는지 적어 주세요."),
    )
    plan = forms.CharField(
        label=_("활동 계획"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("언제 무엇을 할지(토론, 현장견학, 전문가 자문) 적어 주세요."),
    )
    more = forms.CharField(
        label=_("한꺼번에 적을 회원"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "한 줄에 한 명씩 ‘직원번호나 이름, 직책, 분임’ 순서로 적거나 엑셀에서 붙여 넣어 주세요. "
            "예: 200123, 총무, 1"
        ),
    )

    def __init__(
        self, *args: Any, topics: Sequence[Topic] = (), people: int = 0, teams: int = 0, **kwargs: Any
    ) -> None:
        self.team_count = max(TEAMS.current(), teams)
        self.places = range(max(SIZE.current() + 1, people) + SPARE)
        own = {
            f"team-{n}-{name}": field
            for n in range(1, self.team_count + 1)
            for name, field in _team_fields(n).items()
        }
        for n in self.places:
            own |= {f"member-{n}-{name}": field for name, field in _member_fields(n, self.team_count).items()}
        self.base_fields = {**type(self).base_fields, **own}  # type: ignore[misc]  # of this one form
        super().__init__(*args, **kwargs)
        bureau: Any = self.fields["bureau"]
        bureau.queryset = Department.objects.filter(kind=DepartmentKind.BUREAU, valid_to=None)
        pks = [one.pk for one in topics]
        for n in range(1, self.team_count + 1):
            field: Any = self.fields[f"team-{n}-topic"]
            field.queryset = Topic.objects.filter(pk__in=pks)
            field.choices = [("", EMPTY), *((one.pk, field.label_from_instance(one)) for one in topics)]

    parts: Sequence[Any] = (
        Div("year", "kind", "bureau", css_class="form-row"),
        "name",
        "goal",
        "plan",
    )

    @property
    def layout(self) -> Layout:  # type: ignore[override]  # crispy's helper has an attribute of that name
        teams = [
            Div(f"team-{n}-name", f"team-{n}-topic", css_class="form-row team-row")
            for n in range(1, self.team_count + 1)
        ]
        rows = [
            Div(
                *(f"member-{n}-{name}" for name in ("user", "chair", "team")), css_class="form-row member-row"
            )
            for n in self.places
        ]
        return Layout(
            "version",
            *self.parts,
            Fieldset(_("분임과 연구 과제"), *teams),
            Fieldset(_("회원"), *rows, "more"),
        )

    def clean_more(self) -> list[Member]:
        found, words = [], {str(label): chair for chair, label in CHAIRS}
        reader = StaffField(required=False)
        for number, line in enumerate(self.cleaned_data["more"].splitlines(), start=1):
            who, chair, team, *_rest = [*(part.strip() for part in _PARTS.split(line)), "", "", ""]
            if not who:
                continue
            if chair and chair not in words:
                known = ", ".join(words)
                raise forms.ValidationError(
                    _now("%(line)d행의 직책을 읽을 수 없습니다. %(known)s 가운데 적어 주세요.")
                    % {"line": number, "known": known}
                )
            digits = team.removesuffix("분임").strip()
            if digits and digits not in {str(n) for n in range(1, self.team_count + 1)}:
                raise forms.ValidationError(
                    _now("%(line)d행의 분임을 읽을 수 없습니다. 숫자로 적어 주세요.") % {"line": number}
                )
            try:
                user = reader.clean(who)
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _now("%(line)d행: %(message)s") % {"line": number, "message": error.messages[0]}
                ) from error
            assert user is not None
            found.append(Member(user, words.get(chair, Chair.MEMBER), int(digits) if digits else None))
        return found

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def people(self) -> list[Member]:
        data, found = self.cleaned_data, []
        for n in self.places:
            if user := data[f"member-{n}-user"]:
                team = data[f"member-{n}-team"]
                found.append(Member(user, data[f"member-{n}-chair"], int(team) if team else None))
        return [*found, *data["more"]]

    def teams(self) -> list[TeamPlan]:
        """Those that have a name, a topic or members; clubs of a bureau and joint ones have all."""
        data = self.cleaned_data
        held = {one.team for one in self.people()}
        whole = data["kind"] in (ClubKind.BUREAU, ClubKind.JOINT)
        found = []
        for n in range(1, self.team_count + 1):
            name, topic = data[f"team-{n}-name"], data[f"team-{n}-topic"]
            if whole or name or topic or n in held:
                found.append(TeamPlan(n, name, topic))
        return found

    def reject(self, field: str | None, message: str) -> None:
        """Beside the first row of what is meant."""
        first = {"members": "member-0-user", "teams": "team-1-topic"}
        super().reject(first.get(field or "", field), message)


def _team_fields(n: int) -> dict[str, forms.Field]:
    label = {"number": n}
    return {
        "name": forms.CharField(
            label=_now("%(number)d분임 이름(선택)") % label, max_length=40, required=False
        ),
        "topic": TopicField(
            label=_now("%(number)d분임 연구 과제") % label,
            queryset=Topic.objects.none(),
            empty_label=EMPTY,
            required=False,
        ),
    }


def _member_fields(n: int, teams: int) -> dict[str, forms.Field]:
    numbers = [(str(t), _now("%(number)d분임") % {"number": t}) for t in range(1, teams + 1)]
    return {
        "user": StaffField(
            label=_now("회원 %(number)d(직원번호나 이름)") % {"number": n + 1}, required=False
        ),
        "chair": forms.ChoiceField(label=_("직책"), choices=CHAIRS, initial=Chair.MEMBER, required=False),
        "team": forms.ChoiceField(label=_("분임"), choices=[("", _("없음")), *numbers], required=False),
    }


class FoundForm(ClubForm):
    """Of planning, which founds a club without an application."""

    begun_on = forms.DateField(label=_("활동 시작일"), widget=DateInput())
    allotment = WonField(label=_("한 해 지원 한도(원)"), max_value=ALLOTMENT.maximum)
    parts = (*ClubForm.parts, Div("begun_on", "allotment", css_class="form-row"))


def given(people: Iterable[Member], teams: Iterable[TeamPlan]) -> dict[str, Any]:
    """What the rows of teams and members begin with."""
    found: dict[str, Any] = {}
    for n, one in enumerate(people):
        found |= {
            f"member-{n}-user": named(one.user),
            f"member-{n}-chair": one.chair,
            f"member-{n}-team": str(one.team or ""),
        }
    for team in teams:
        found |= {
            f"team-{team.number}-name": team.name,
            f"team-{team.number}-topic": team.topic and team.topic.pk,
        }
    return found


def usual(bureau: Department | None) -> dict[str, Any]:
    """How a new application begins: the head of the bureau presides, each team has a leader and a secretary."""
    found: dict[str, Any] = {"member-0-chair": Chair.CHAIR}
    if head := head_of(bureau):
        found["member-0-user"] = named(head)
    count = TEAMS.current()
    for team in range(1, count + 1):
        first = 2 * team - 1
        found |= {f"member-{first}-chair": Chair.LEADER, f"member-{first}-team": str(team)}
        found |= {f"member-{first + 1}-chair": Chair.SECRETARY, f"member-{first + 1}-team": str(team)}
    return found


def topics_for(*years: int, club: Club | None = None) -> list[Topic]:
    """Open ones of these years, and those that the club has."""
    rows = Topic.objects.filter(year__in=years, is_open=True)
    if club is not None:
        rows = rows | Topic.objects.filter(teams__club=club)
    return list(rows.distinct().order_by("-year", "source", "number"))


class ApproveForm(Form):
    allotment = WonField(
        label=_("한 해 지원 한도(원)"),
        max_value=ALLOTMENT.maximum,
        help_text=_("이 동아리에 한 해 동안 지원할 수 있는 금액입니다."),
    )

    @staticmethod
    def usual() -> int:
        return ALLOTMENT.on(today())
