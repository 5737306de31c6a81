"""The best knowledge of a quarter is judged (K4, E1): what enters, what judges read, who is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.official import in_office_language
from basis.periods import Period, PeriodKind, parse
from core.attachments import files_of_each
from core.now import today
from evaluations.followers import JudgedFollower
from evaluations.kinds import Candidate, Content, CriterionPlan, Part, Party, Plan, RoundKind, StagePlan
from evaluations.models import Entry, Result, Round
from evaluations.selectors.corrected import grade_now
from knowledge import notifications, policies_best
from knowledge.enums import PostState, Validity
from knowledge.models import Post

LOW, HIGH = gettext_lazy("거의 그렇지 않다"), gettext_lazy("매우 그렇다")


def _criteria(day: date) -> list[CriterionPlan]:
    most = policies_best.FULL_MARKS.on(day)
    weighted = [(key, name, weight.on(day)) for key, (name, weight) in policies_best.WEIGHTS.items()]
    return [CriterionPlan(key, name, share, most, LOW, HIGH) for key, name, share in weighted if share]


class BestKnowledge(RoundKind):
    """Of posts that came to stand in the quarter and hold; blind, as what is said counts and not who says it."""

    key: ClassVar[str] = "knowledge"
    label = gettext_lazy("분기 우수 지식 심사")
    models = (Post,)
    of_staff = True
    is_public = False
    tables = policies_best.TABLES

    def span(self, period: str) -> Period:
        """Rejected where it is no quarter, or not yet over."""
        try:
            found = parse(period)
        except ValueError as error:
            raise Rejected(_("분기를 입력해 주세요. 예: 2026-Q3"), field="period") from error
        if found.kind != PeriodKind.QUARTER or found.end >= today():
            raise Rejected(_("끝난 분기를 입력해 주세요. 예: 2026-Q3"), field="period")
        return found

    def plan(self, period: str, subject: str) -> Plan:
        span = self.span(period)
        stage = StagePlan(_("심사"), _criteria(span.end))
        return Plan({policies_best.DIVISION: _("전 부서")}, [stage], blind=True, days=(span.start, span.end))

    def title(self, period: str, subject: str) -> str:
        return _("%(period)s 우수 지식 심사") % {"period": self.span(period).label}

    def eligible(self, span: Period) -> QuerySet[Post]:
        """Written for the board, valid, by themselves the first to say so; what was liked and read most comes first."""
        rows = Post.objects.filter(
            state=PostState.STANDING, approved_on__range=span.days, source_mark="", alike=None, is_past=False
        )
        return rows.filter(validity=Validity.VALID).order_by(F("stars").desc(), F("views").desc(), "pk")

    def candidates(self, round: Round) -> Sequence[Candidate]:
        span = parse(round.period)
        entered = round.entries.values_list("object_id", flat=True)
        first = list(self.eligible(span)[: policies_best.FINALISTS.on(span.end)])
        rest = Post.objects.filter(pk__in=entered).exclude(pk__in=[post.pk for post in first])
        return [
            Candidate(post, policies_best.DIVISION, post.title, post.department_id, self.why_not(post))
            for post in [*first, *rest]
        ]

    def why_not(self, post: Post) -> str:
        """What has come between since it was entered."""
        return "" if post.state == PostState.STANDING else str(post.get_state_display())

    def contents(self, entries: Collection[Entry]) -> Mapping[int, Content]:
        rows = self._posts(entries)
        files = files_of_each(list(rows.values()))
        return {
            entry: Content(
                [Part(_("내용"), post.text)],
                [post.writer.full_label, post.department_name],
                files.get(post, ()),
            )
            for entry, post in rows.items()
        }

    def parties(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """Who wrote it; whoever owns it by now has got it ready-made."""
        return {
            entry: [
                Party(
                    post.writer.full_label,
                    "writer",
                    user_id=post.writer_id,
                    department_id=post.writer.department_id,
                )
            ]
            for entry, post in self._posts(entries).items()
        }

    def _posts(self, entries: Collection[Entry]) -> dict[int, Post]:
        rows = Post.objects.select_related("writer__department")
        found = rows.in_bulk([entry.object_id for entry in entries])
        return {entry.pk: found[entry.object_id] for entry in entries if entry.object_id in found}

    def may_object(self, actor: Any, entry: Entry) -> bool:
        post = self._posts([entry]).get(entry.pk)
        return post is not None and post.writer_id == getattr(actor, "pk", None)

    @in_office_language
    def confirmed(self, round: Round, results: Sequence[Result]) -> None:
        """What was awarded says so on its page."""
        grades = {one.entry.object_id: one.grade.name for one in results if one.grade}
        for post in Post.objects.filter(pk__in=grades).select_related("writer"):
            post.grade = grades[post.pk]
            post.save(update_fields=["grade"])
            notifications.judged(post, f"{round.title} · {post.grade}")

    @in_office_language
    def corrected(self, result: Result) -> None:
        post = self._posts([result.entry])[result.entry.pk]
        now = grade_now(result)
        post.grade = now.name if now else ""
        post.save(update_fields=["grade"])
        said = post.grade or _("시상 대상 아님")
        notifications.judged(post, f"{result.entry.round.title} · {said}", corrected=True)


class PostFollower(JudgedFollower):
    model = Post


KINDS = (BestKnowledge(),)
