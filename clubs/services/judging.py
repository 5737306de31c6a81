"""The results of clubs are judged (C5, E1): who enters, what judges read, who gets the prize, what follows for whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.formats import counted, date_weekday
from basis.official import in_office_language
from basis.periods import PeriodKind, parse
from clubs import notifications_papers as notifications
from clubs import policies
from clubs.enums import ReportKind, ReportState
from clubs.models import Club, Report
from clubs.selectors import members
from clubs.services import bests
from core.attachments import files_of_each
from core.now import today
from core.permissions import can
from core.transition import history
from evaluations.enums import CorrectionState, Way
from evaluations.followers import JudgedFollower
from evaluations.kinds import Candidate, Content, CriterionPlan, Part, Party, Plan, RoundKind, StagePlan
from evaluations.models import Entry, Grade, Result, Round
from evaluations.selectors.corrected import grade_now
from meetings.enums import CAME, STANDS, Chair
from meetings.models import Session

LOW, HIGH = gettext_lazy("거의 그렇지 않다"), gettext_lazy("매우 그렇다")


def _criteria(day: date) -> list[CriterionPlan]:
    most = policies.FULL_MARKS.on(day)
    weighted = [(key, name, weight.on(day)) for key, (name, weight) in policies.WEIGHTS.items()]
    return [CriterionPlan(key, name, share, most, LOW, HIGH) for key, name, share in weighted if share]


class ClubResults(RoundKind):
    """Of a year: read by the working-level judges first, then by the committee; not blind, as a club is known by what
    it studied."""

    key: ClassVar[str] = "club"
    label = gettext_lazy("학습동아리 연구성과 심사")
    models = (Report,)
    of_staff = True
    is_public = False
    tables = policies.TABLES

    def plan(self, period: str, subject: str) -> Plan:
        span = parse(period)
        if span.kind != PeriodKind.YEAR:
            raise Rejected(_("기간은 연도로 입력해 주세요. 예: 2026"), field="period")
        day = min(max(today(), span.start), span.end)
        first = StagePlan(
            _("실무평가단 심사"), _criteria(day), way=Way.TRIMMED, passes=policies.FINALISTS.on(day)
        )
        stages = [first, StagePlan(_("위원회 심사"), _criteria(day))]
        return Plan({policies.DIVISION: _("학습동아리")}, stages, blind=False, days=span.days)

    def title(self, period: str, subject: str) -> str:
        return _("%(year)s 학습동아리 연구성과 심사") % {"year": parse(period).label}

    def candidates(self, round: Round) -> Sequence[Candidate]:
        rows = Report.objects.filter(kind=ReportKind.RESULT, period=round.period, state=ReportState.SENT)
        return [
            Candidate(
                one, policies.DIVISION, f"{one.club}: {one.title}"[:200], one.club.bureau_id, _late(one)
            )
            for one in rows.select_related("club__bureau").order_by("club__bureau__order", "club__name", "pk")
        ]

    def contents(self, entries: Collection[Entry]) -> Mapping[int, Content]:
        rows = self._reports(entries)
        files, done, found = files_of_each(list(rows.values())), activity(list(rows.values())), {}
        for entry, one in rows.items():
            parts = [
                Part(_("연구 목적"), one.club.goal),
                Part(_("활동 실적"), done.get(one.pk, "")),
                Part(_("활동 내용"), one.done),
                Part(_("연구 결과와 제안"), one.findings),
                Part(_("앞으로 할 일"), one.next),
            ]
            names = [one.club.name, one.club.place]
            found[entry] = Content([part for part in parts if part.text], names, files.get(one, ()))
        return found

    def parties(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """Everybody who had a seat in the club during the year: they judge it as little as their departments do."""
        rows = self._reports(entries)
        seats = members.of_year(list(rows.values()))
        return {
            entry: [
                Party(
                    seat.user.full_label,
                    f"member:{seat.pk}",
                    user_id=seat.user_id,
                    department_id=seat.user.department_id,
                    is_main=seat.chair == Chair.CHAIR,
                )
                for seat in seats.get(one.pk, ())
            ]
            for entry, one in rows.items()
        }

    def receivers(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """The bureau; of a joint club the department of its president."""
        return {entry: _receivers(one.club) for entry, one in self._reports(entries).items()}

    def _reports(self, entries: Collection[Entry]) -> dict[int, Report]:
        rows = Report.objects.select_related("club__bureau", "club__panel")
        found = rows.in_bulk([entry.object_id for entry in entries])
        return {entry.pk: found[entry.object_id] for entry in entries if entry.object_id in found}

    def may_object(self, actor: Any, entry: Entry) -> bool:
        """Whoever leads in the club."""
        report = self._reports([entry]).get(entry.pk)
        return report is not None and can(actor, "clubs.write", report)

    @in_office_language
    def confirmed(self, round: Round, results: Sequence[Result]) -> None:
        """What was awarded stands on the reports and is told; best contributors are asked for, travellers listed."""
        grades = {one.entry.object_id: one.grade for one in results if one.grade}
        rows = Report.objects.filter(pk__in=round.entries.filter(out=False).values("object_id"))
        for one in rows.select_related("club__panel", "club__bureau").order_by("pk"):
            grade = grades.get(one.pk)
            _mark(one, grade)
            _bring(one.club, round, grade)
            said = one.grade or _("시상 대상 아님")
            notifications.judged(one, f"{round.title} · {said}")

    @in_office_language
    def corrected(self, result: Result) -> None:
        """Best contributors and travellers are those of the grade that stands now."""
        report, round = self._reports([result.entry])[result.entry.pk], result.entry.round
        made = result.corrections.filter(state=CorrectionState.MADE).order_by("made_at", "pk").last()
        assert made is not None
        grade = grade_now(result)
        _mark(report, grade)
        if grade is None or grade.slot not in bests.NAMING:
            maker = history(made).filter(name="make").order_by("-pk")[0].actor
            bests.end(report.club, round, reason=made.reason, actor=maker, asked_by=made.asked_by)
        if grade is None or grade.slot not in bests.TRAVELLING:
            bests.take_off(report.club, round)
        _bring(report.club, round, grade)
        said = report.grade or _("시상 대상 아님")
        notifications.judged(report, f"{round.title} · {said}", corrected=True)


def _late(report: Report) -> str:
    late = report.sent_on is not None and report.sent_on > report.due_on
    return _("%(day)s에 늦게 제출") % {"day": date_weekday(report.sent_on)} if late and report.sent_on else ""


def _receivers(club: Club) -> list[Party]:
    place = club.bureau
    if place is None:
        chair = members.president(club)
        place = chair.user.department if chair else None
    return [Party(place.name, "department", department_id=place.pk)] if place else []


def _mark(report: Report, grade: Grade | None) -> None:
    report.grade = grade.name if grade else ""
    report.save(update_fields=["grade"])


def _bring(club: Club, round: Round, grade: Grade | None) -> None:
    day = localdate(round.confirmed_at) if round.confirmed_at else today()
    if grade is not None and grade.slot in bests.NAMING:
        bests.begin(club, round, grade, day)
    if grade is not None and grade.slot in bests.TRAVELLING:
        bests.put_forward(club, round, day)


def activity(reports: Collection[Report]) -> Mapping[int, str]:
    """How often they met and how many came in their year, in words; two queries."""
    panels = [one.club.panel_id for one in reports]
    rows = Session.objects.filter(panel__in=panels, state__in=STANDS).order_by()
    came = Count("attendances", filter=Q(attendances__presence__in=CAME))
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for panel, day, people in rows.annotate(people=came).values_list("panel", "held_on", "people"):
        met, all_ = found.get((panel, day.year), (0, 0))
        found[panel, day.year] = met + 1, all_ + people
    texts = {}
    for one in reports:
        met, people = found.get((one.club.panel_id or 0, one.club.year), (0, 0))
        texts[one.pk] = _("모임 %(met)s, 참석 연인원 %(people)s") % {
            "met": counted(met, _("회")),
            "people": counted(people, _("명")),
        }
    return texts


class ResultFollower(JudgedFollower):
    model = Report


KINDS = (ClubResults(),)
