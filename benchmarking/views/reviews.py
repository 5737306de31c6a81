"""A department's review: the case beside the form, and what will be sent before it is."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.clock import deadline_badge
from basis.formats import UNRECORDED, date_weekday, won
from benchmarking import sockets
from benchmarking.enums import Decision
from benchmarking.forms.reviews import (
    ReviewForm,
)
from benchmarking.models import Review
from benchmarking.selectors import cases as selectors
from benchmarking.selectors.ways import beside, to_case
from benchmarking.services.reviewing import REVIEWS
from benchmarking.views.cases import case_facts
from benchmarking.views.lists import HOME
from core import deadlines, drafts
from core.attachments import links_of
from core.components import Badge
from core.editing import check_version
from core.models import Attachment, ClockAdjustment
from core.now import today
from core.page import Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import PreviewPage
from core.views.held import HoldsFiles
from notifications.bar import bar_of
from organization.selectors import leaders_of, reachable
from reviews.enums import ReviewState
from reviews.services import reviews


def get_review(user: Any, pk: int) -> Review:
    """404 for what one may not know."""
    return get_object_or_404(
        Review.objects.visible_to(user).select_related(
            "case__found_by",
            "clock",
            "follow_up",
            "round",
            "department",
            "reviewer__department",
            "submitted_by__department",
            "confirmed_by__department",
        ),
        pk=pk,
    )


class ReviewPage(HoldsFiles, PreviewPage):
    """The case stays readable beside the form; who may write finds the form here, and before the answer is sent,
    what will be sent and to whom."""

    permission = "benchmarking.view"
    section = "benchmarking"
    template_name = "benchmarking/review.html"
    form_class = ReviewForm
    check = gettext_lazy("제출 전 확인")
    submit = gettext_lazy("검토 결과 제출")
    success = gettext_lazy("검토 결과가 제출되었습니다.")
    leads_on = True

    def prepare(self) -> None:
        self.review = get_review(self.request.user, self.kwargs["pk"])
        if self.request.method == "POST":
            ensure(self.request.user, "benchmarking.review", self.review)

    def get_crumbs(self) -> Crumbs:
        review = self.review
        return [
            HOME,
            (pgettext_lazy("목록", "부서 검토"), reverse("benchmarking:reviews")),
            (f"{review.case.code} {review.department_name}", None),
        ]

    def writes(self) -> bool:
        return self.review.state in (ReviewState.WAITING, ReviewState.ASSIGNED) and can(
            self.request.user, "benchmarking.review", self.review
        )

    def get_draft_key(self) -> str:
        return reviews.draft_key(self.review)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.review, name) for name in REVIEWS.answer}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.prepare()
        return super().get(request, *args, **kwargs) if self.writes() else self.page(None)

    def hold(self, form: ReviewForm) -> QueryDict:
        """The files are put to the draft: a browser sends them only once."""
        user, key = self.request.user, self.get_draft_key()
        new = drafts.hold(user, key, form.cleaned_data["attachments"])
        form.cleaned_data["held"] += [str(file.pk) for file in new]
        typed = self.request.POST.copy()
        typed.setlist("held", sorted(set(form.cleaned_data["held"])))
        drafts.save(user, key, typed)
        return typed

    def chosen(self, form: ReviewForm) -> list[Attachment]:
        """The files put to the draft that are to be sent."""
        files = drafts.held(self.request.user, self.get_draft_key())
        return [file for file in files if str(file.pk) in form.cleaned_data["held"]]

    def foresee(self, form: ReviewForm) -> list[tuple[Any, Any]]:
        """All that the answer says."""
        answer = form.answer()
        REVIEWS.clean(answer)
        check_version(self.review, form.cleaned_data["version"], answer)
        names = [file.name for file in self.chosen(form)]
        return [*decision_facts(Review(**answer)), (_("첨부 파일"), "\n".join(names) or _("없음"))]

    def act(self, form: ReviewForm) -> str:
        with self.files(form) as files:
            reviews.submit(
                self.review,
                form.answer(),
                actor=self.request.user,
                version=form.cleaned_data["version"],
                files=files,
            )
        return self.review.get_absolute_url()

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        if form and not form.is_bound:  # a draft is of the review as it stands
            form.initial["version"] = self.review.version
        receiver = self.receiver() if extra.get("foreseen") else []
        return super().page(form, status, **{"receiver": receiver, **extra})

    def get_title(self) -> str:
        return self.review.case.title

    def get_context(self) -> dict[str, Any]:
        review, case = self.review, self.review.case
        recalled = review.state == ReviewState.RECALLED
        return {
            **bar_of(self.request.user, review),
            "review": review,
            "ways": [to_case(case), *beside(review)],
            "case": case,
            "badges": [Badge(review.get_state_display(), selectors.REVIEW_TONES[ReviewState(review.state)])],
            "lead": f"{case.code} · {review.department_name}",
            "deadline": None if recalled else selectors.badge_of(review),
            "arithmetic": [] if review.is_record else deadlines.steps(review.clock),
            "adjustments": []
            if review.is_record
            else [self.adjustment(a) for a in review.clock.adjustments.all()],
            "facts": case_facts(case),
            "case_files": links_of(case),
            "files": links_of(review),
            "answer": answer_facts(review) if review.decision or review.is_record else [],
            "cards": sockets.cards_of(self.request.user, case, review),
            "similar": selectors.similar_cases(case.title, self.request.user, exclude=case.pk),
            "events": selectors.timeline(case, [review]),
        }

    def receiver(self) -> list[str]:
        """To whom the answer goes and whether it counts at once."""
        review = self.review
        if can(self.request.user, "benchmarking.confirm", review) or not review.needs_confirmation:
            return [_("제출하면 바로 확정되어 기획예산과에 전달됩니다.")]
        heads = [reachable(head).full_label for head in leaders_of(review.department_id)]
        names = ", ".join(heads) or _("%(department)s 부서장") % {"department": review.department_name}
        return [
            _("확인할 사람: %(names)s") % {"names": names},
            _("확인이 끝나면 확정되어 기획예산과에 전달됩니다. 확인 전에는 제출을 취소할 수 있습니다."),
        ]

    def adjustment(self, row: ClockAdjustment) -> dict[str, Any]:
        period = date_weekday(row.end) if row.end else ""
        if row.kind == ClockAdjustment.Kind.PAUSE:
            period = f"{date_weekday(row.start)} ~ {period}"
        waiting = row.state == ClockAdjustment.State.REQUESTED
        user, review = self.request.user, self.review
        return {
            "row": row,
            "period": period,
            "badge": Badge(
                row.get_state_display(),
                {"requested": "warning", "approved": "success", "rejected": "danger"}.get(
                    row.state, "neutral"
                ),
            ),
            "withdraw_url": reverse("benchmarking:clock_withdraw", args=[row.pk])
            if waiting and can(user, "benchmarking.ask_clock", review)
            else "",
        }


def decision_facts(review: Review) -> list[tuple[Any, Any]]:
    """What the department has decided and why."""
    facts: list[tuple[Any, Any]] = [
        (_("검토 결과"), review.get_decision_display() or UNRECORDED),
        (_("검토 의견"), review.reason or UNRECORDED),
    ]
    if review.decision == Decision.ADOPT and (review.plan_what or review.plan_on):
        facts += [
            (_("추진 내용"), review.plan_what),
            (_("시행 예정일"), date_weekday(review.plan_on) if review.plan_on else ""),
            (_("소요 예산"), won(review.plan_budget) if review.plan_budget is not None else ""),
        ]
    return facts


def answer_facts(review: Review) -> list[tuple[Any, Any]]:
    """What the department answered."""
    facts = decision_facts(review)
    if review.submitted_on:
        facts.append((_("제출"), f"{date_weekday(review.submitted_on)} {review.submitted_by or ''}"))
    if review.is_record:
        return [*facts, (_("완료"), review.day_text("completed_on") or UNRECORDED)]
    if review.completed_on:
        late = deadline_badge(review.clock.due, today(), False, review.completed_on).text
        facts.append((_("완료"), f"{date_weekday(review.completed_on)} {review.confirmed_by or ''} ({late})"))
    return facts
