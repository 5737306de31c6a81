"""What proposals say of their departments' reviews: what they answer, and what follows (P6)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from basis.errors import Rejected
from proposals.enums import OPEN, OUTCOMES, State
from proposals.models import ANSWER, Proposal, ProposalReview
from proposals.policies import REVIEW_FIGURES
from proposals.rules import proposers
from proposals.services.notices import check
from proposals.services.states import go_on, locked
from reviews.kinds import ReviewKind

NUMBERS = ("cost", "budget_year", "carry_out_on")
# What each outcome has to say; the rest of what was typed does not belong to it.
SAYS = {
    State.ADOPTED: tuple(name for name in ANSWER if name != "ground"),
    State.REJECTED: ("outcome", "present", "feasibility", "effect", "reason"),
    State.NO_PROPOSAL: ("outcome", "ground", "reason"),
}


class ProposalReviews(ReviewKind[ProposalReview]):
    model = ProposalReview
    prefix = "proposals"
    figures = REVIEW_FIGURES
    answer = ANSWER
    logged = ("outcome",)
    beside = ()

    def lock(self, pk: int) -> Proposal:
        return locked(Proposal(pk=pk))

    def lock_all(self, pks: Any) -> list[int]:
        rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
        return list(rows.values_list("pk", flat=True))

    def clean(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        outcome = answer.get("outcome", "")
        if outcome not in OUTCOMES:
            raise Rejected(_("부서 의견을 골라 주세요."), field="outcome")
        check(outcome, answer, by_department=True)
        blank = {name: None if name in NUMBERS else "" for name in ANSWER}
        return blank | {name: answer[name] for name in SAYS[State(outcome)] if name in answer}

    def excluded(self, review: ProposalReview) -> Collection[int]:
        """Who made it does not write or confirm what is said of it (D9)."""
        return [pk for pk in proposers(review.proposal) if pk is not None]

    def completed(self, review: ProposalReview, actor: Any) -> None:
        go_on(review.proposal)

    def check_reopen(self, review: ProposalReview) -> None:
        if review.proposal.state not in OPEN:
            raise Rejected(_("이미 결정된 제안의 부서 답변은 정정할 수 없습니다."))

    def reopened(self, review: ProposalReview, reason: str, actor: Any) -> None:
        go_on(review.proposal)

    def recalled(self, review: ProposalReview, reason: str, actor: Any) -> None:
        go_on(review.proposal)

    def folded(self, review: ProposalReview) -> None:
        go_on(review.proposal)


REVIEWS = ProposalReviews()
