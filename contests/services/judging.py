"""Practices are judged (E5): who enters, what judges read, whom the prize goes to, who is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.official import in_office_language
from contests import notifications, policies
from contests.enums import ContestState
from contests.models import Contest, Practice
from contests.services.contests import locked
from core.actors import SYSTEM
from core.attachments import files_of_each
from core.permissions import can
from core.transition import perform
from evaluations.enums import Way
from evaluations.followers import JudgedFollower
from evaluations.kinds import Candidate, Content, CriterionPlan, Part, Party, Plan, RoundKind, StagePlan
from evaluations.models import Entry, Result, Round
from evaluations.selectors.corrected import grade_now

LOW, HIGH = gettext_lazy("거의 그렇지 않다"), gettext_lazy("매우 그렇다")


def _criteria(day: date) -> list[CriterionPlan]:
    most = policies.FULL_MARKS.on(day)
    weighted = [(key, name, weight.on(day)) for key, (name, weight) in policies.WEIGHTS.items()]
    return [CriterionPlan(key, name, share, most, LOW, HIGH) for key, name, share in weighted if share]


class BestPractice(RoundKind):
    """Of departments: read by the working-level judges first, then presented; not blind, as a department is known by
    what it did."""

    key: ClassVar[str] = "practice"
    label = gettext_lazy("우수사례 경진대회 심사")
    models = (Practice,)
    of_staff = True
    is_public = False
    tables = policies.TABLES

    def contest(self, period: str) -> Contest:
        """Rejected where there is none of the period that has closed."""
        found = Contest.objects.filter(
            period=period, state__in=(ContestState.OPEN, ContestState.JUDGED)
        ).first()
        if found is None or not found.is_closed:
            raise Rejected(_("접수를 마친 경진대회의 기간을 입력해 주세요."), field="period")
        return found

    def plan(self, period: str, subject: str) -> Plan:
        contest = self.contest(period)
        day = contest.closes_on
        first = StagePlan(_("1차 심사"), _criteria(day), way=Way.TRIMMED, passes=policies.FINALISTS.on(day))
        stages = [first, StagePlan(_("발표 심사"), _criteria(day))]
        return Plan({policies.DIVISION: _("전 부서")}, stages, blind=False, days=(contest.opens_on, day))

    def title(self, period: str, subject: str) -> str:
        return _("%(contest)s 심사") % {"contest": self.contest(period).title}

    def candidates(self, round: Round) -> Sequence[Candidate]:
        rows = Practice.objects.entered().filter(contest__period=round.period)
        rows = rows.filter(contest__state__in=(ContestState.OPEN, ContestState.JUDGED))
        return [
            Candidate(
                one,
                policies.DIVISION,
                one.title,
                one.department_id,
                "" if one.is_past else _("아직 고칠 수 있음"),
            )
            for one in rows.order_by("department__order", "pk")
        ]

    def contents(self, entries: Collection[Entry]) -> Mapping[int, Content]:
        rows = self._practices(entries)
        files, found = files_of_each(list(rows.values())), {}
        for entry, one in rows.items():
            parts = [
                Part(_("하기 전의 모습"), one.before),
                Part(_("한 일"), one.done),
                Part(_("달라진 점"), one.outcome),
                Part(_("숫자로 본 성과"), one.figures),
            ]
            names = [one.department_name, *(str(person) for person in one.contributors.all())]
            found[entry] = Content([part for part in parts if part.text], names, files.get(one, ()))
        return found

    def parties(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """Whoever contributed, wherever they serve: they judge it as little as its department does."""
        return {entry: _contributors(one) for entry, one in self._practices(entries).items()}

    def receivers(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """The department, as the plan has it, or those who contributed, by their shares."""
        return {
            entry: [Party(one.department_name, "department", department_id=one.department_id)]
            if policies.TO_DEPARTMENT.on(one.contest.closes_on)
            else _contributors(one)
            for entry, one in self._practices(entries).items()
        }

    def _practices(self, entries: Collection[Entry]) -> dict[int, Practice]:
        rows = Practice.objects.select_related("contest").prefetch_related("contributors__user__department")
        found = rows.in_bulk([entry.object_id for entry in entries])
        return {entry.pk: found[entry.object_id] for entry in entries if entry.object_id in found}

    def may_object(self, actor: Any, entry: Entry) -> bool:
        """Its department, and whoever contributed."""
        practice = self._practices([entry]).get(entry.pk)
        if practice is None:
            return False
        mine = any(one.user_id == actor.pk for one in practice.contributors.all())
        return mine or can(actor, "contests.write", practice)

    @in_office_language
    def confirmed(self, round: Round, results: Sequence[Result]) -> None:
        """What was awarded is told, and all that was entered may be read by everybody."""
        grades = {one.entry.object_id: one.grade.name for one in results if one.grade}
        contest = locked(self.contest(round.period))
        if contest.state == ContestState.OPEN:
            perform(contest, "judge", actor=SYSTEM)
        rows = Practice.objects.filter(pk__in=round.entries.filter(out=False).values("object_id"))
        for one in rows.select_related("written_by").prefetch_related("contributors__user"):
            one.grade = grades.get(one.pk, "")
            one.save(update_fields=["grade"])
            said = one.grade or _("시상 대상 아님")
            notifications.judged(one, f"{round.title} · {said}")

    @in_office_language
    def corrected(self, result: Result) -> None:
        practice = self._practices([result.entry])[result.entry.pk]
        now = grade_now(result)
        practice.grade = now.name if now else ""
        practice.save(update_fields=["grade"])
        said = practice.grade or _("시상 대상 아님")
        notifications.judged(practice, f"{result.entry.round.title} · {said}", corrected=True)


def _contributors(practice: Practice) -> list[Party]:
    rows = list(practice.contributors.all())
    most = max((one.share for one in rows), default=Decimal(0))
    main = next((one.pk for one in rows if one.share == most), None)
    return [
        Party(
            one.user.full_label,
            f"contributor:{one.pk}",
            user_id=one.user_id,
            department_id=one.user.department_id,
            share=Decimal(one.share),
            is_main=one.pk == main,
        )
        for one in rows
    ]


class PracticeFollower(JudgedFollower):
    model = Practice


KINDS = (BestPractice(),)
