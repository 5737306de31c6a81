"""A department's review: the subject beside the form, and what will be sent before it is."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.formats import date_weekday
from core import deadlines, drafts
from core.attachments import links_of
from core.components import Badge
from core.editing import check_version
from core.models import Attachment, ClockAdjustment
from core.page import Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import PreviewPage
from core.views.held import HoldsFiles
from notifications.bar import bar_of
from organization.selectors import leaders_of, reachable
from reviews.enums import ReviewState
from reviews.kinds import ReviewKind
from reviews.selectors.page import badge_of, handling_facts, state_badge
from reviews.services import reviews


class ReviewPage(HoldsFiles, PreviewPage):
    """The subject stays readable beside the form; who may write finds the form here, and before the answer is sent,
    what will be sent and to whom.

    A process says `permission` (`.view` of its own), `section`, `kind`, `find`, the crumbs `above`, `form_class` (with
    `answer()`, and the fields of `HoldsFiles`), what an answer says, and what stands beside it.
    """

    template_name = "reviews/review.html"
    kind: ClassVar[ReviewKind[Any]]
    find: ClassVar[Callable[..., Any]]
    above: ClassVar[Crumbs] = ()
    check = gettext_lazy("제출 전 확인")
    submit = gettext_lazy("검토 결과 제출")
    success = gettext_lazy("검토 결과가 제출되었습니다.")
    leads_on = True

    def answer_facts(self, review: Any) -> list[tuple[Any, Any]]:
        """What an answer says, as label and value."""
        raise NotImplementedError

    def about(self, review: Any) -> dict[str, Any]:
        """Context of the template's own blocks: `ways`, `events`, and what is shown of the subject."""
        raise NotImplementedError

    def prepare(self) -> None:
        self.review = type(self).find(self.request.user, self.kwargs["pk"])
        if self.request.method == "POST":
            ensure(self.request.user, f"{self.kind.prefix}.review", self.review)

    def get_crumbs(self) -> Crumbs:
        review = self.review
        return [
            *self.above,
            (pgettext_lazy("목록", "부서 검토"), reverse(f"{self.kind.prefix}:reviews")),
            (f"{review.subject.code} {review.department_name}", None),
        ]

    def writes(self) -> bool:
        return self.review.state in (ReviewState.WAITING, ReviewState.ASSIGNED) and can(
            self.request.user, f"{self.kind.prefix}.review", self.review
        )

    def get_draft_key(self) -> str:
        return reviews.draft_key(self.review)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.review, name) for name in self.kind.answer}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.prepare()
        return super().get(request, *args, **kwargs) if self.writes() else self.page(None)

    def hold(self, form: Any) -> QueryDict:
        """The files are put to the draft: a browser sends them only once."""
        user, key = self.request.user, self.get_draft_key()
        new = drafts.hold(user, key, form.cleaned_data["attachments"])
        form.cleaned_data["held"] += [str(file.pk) for file in new]
        typed = self.request.POST.copy()
        typed.setlist("held", sorted(set(form.cleaned_data["held"])))
        drafts.save(user, key, typed)
        return typed

    def chosen(self, form: Any) -> list[Attachment]:
        """The files put to the draft that are to be sent."""
        files = drafts.held(self.request.user, self.get_draft_key())
        return [file for file in files if str(file.pk) in form.cleaned_data["held"]]

    def foresee(self, form: Any) -> list[tuple[Any, Any]]:
        """All that the answer says."""
        answer = form.answer()
        values = self.kind.clean(answer)
        check_version(self.review, form.cleaned_data["version"], answer)
        names = [file.name for file in self.chosen(form)]
        return [
            *self.answer_facts(self.kind.model(**values)),
            (_("첨부 파일"), "\n".join(names) or _("없음")),
        ]

    def act(self, form: Any) -> str:
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
        title: str = self.review.subject.title
        return title

    def get_context(self) -> dict[str, Any]:
        review = self.review
        recalled, clock = review.state == ReviewState.RECALLED, review.clock
        written = review.is_record or any(getattr(review, name) for name in self.kind.answer)
        return {
            **bar_of(self.request.user, review),
            "review": review,
            "badges": [state_badge(review)],
            "lead": f"{review.subject.code} · {review.department_name}",
            "deadline": None if recalled else badge_of(review),
            "arithmetic": deadlines.steps(clock) if clock else [],
            "adjustments": [self.adjustment(row) for row in clock.adjustments.all()] if clock else [],
            "files": links_of(review),
            "answer": [*self.answer_facts(review), *handling_facts(review)] if written else [],
            **self.about(review),
        }

    def receiver(self) -> list[str]:
        """To whom the answer goes and whether it counts at once."""
        review = self.review
        if can(self.request.user, f"{self.kind.prefix}.confirm", review) or not review.needs_confirmation:
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
            "withdraw_url": reverse(f"{self.kind.prefix}:clock_withdraw", args=[row.pk])
            if waiting and can(user, f"{self.kind.prefix}.ask_clock", review)
            else "",
        }
