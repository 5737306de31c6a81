"""Decided cases as they stand on the knowledge board (B8)."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_ko
from benchmarking.models import Case, Review
from knowledge.enums import Area
from knowledge.sockets import Article, Mirror
from reviews.enums import ReviewState


def _rows() -> QuerySet[Case]:
    completed = Review.objects.filter(state=ReviewState.COMPLETED).order_by("pk")
    decided = Case.objects.exclude(outcome="").exclude(decided_on=None)
    return decided.prefetch_related(Prefetch("reviews", completed, to_attr="told"))


def _article(case: Case) -> Article | None:
    """Finding and reviewing have earned already (B10). A case that nobody here has found is its first reviewer's."""
    reviewers = [review.reviewer for review in case.told if review.reviewer]  # type: ignore[attr-defined]  # prefetched
    writer = case.found_by or (reviewers[0] if reviewers else None)
    assert case.decided_on is not None
    parts = [case.summary, _("검토 결과: %(outcome)s") % {"outcome": case.get_outcome_display()}]
    for review in case.told:  # type: ignore[attr-defined]  # as above
        said = f"{review.department_name}: {review.get_decision_display()}\n{review.reason}"
        parts.append("\n".join(filter(None, [said, review.plan_what])))
    if case.implemented_on:
        parts.append(_("%(day)s 업무에 반영했습니다.") % {"day": date_ko(case.implemented_on)})
    tags = " ".join(filter(None, [case.source_name.replace(" ", ""), str(case.get_field_display())]))
    text = "\n\n".join(filter(None, parts))
    return Article("[{}] {}".format(_("벤치마킹"), case.title), text, writer, case.decided_on, tags)


MIRROR = Mirror(
    Case, Area.WORK, gettext_lazy("벤치마킹 사례"), _rows, _article, related=("found_by__department",)
)
