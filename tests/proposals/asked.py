"""Proposals about which departments are asked, for tests."""

from typing import Any

from organization.enums import Position
from organization.models import Department, User
from proposals.models import Proposal, ProposalReview
from proposals.services import dispatch
from reviews.services import reviews
from reviews.services.sending import Order
from tests import factories as make
from tests.proposals.made import entered

ADOPTED: dict[str, Any] = {
    "outcome": "adopted",
    "present": "공원 화장실 12곳에 비상벨이 없습니다.",
    "feasibility": "올해 예산으로 달 수 있습니다.",
    "taken": "12곳 모두에 비상벨을 답니다.",
    "cost": 6_000_000,
    "carry_out_on": None,
}
REJECTED: dict[str, Any] = {
    "outcome": "rejected",
    "present": "벽이 얇아 달 수 없습니다.",
    "reason": "내년에 화장실을 새로 지을 때 답니다.",
}


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("clock", "petition_clock").get(pk=proposal.pk)


def again(review: ProposalReview) -> ProposalReview:
    return ProposalReview.objects.select_related("clock", "proposal__clock", "reviewer").get(pk=review.pk)


def asked(
    *places: Department, proposal: Proposal | None = None, by: User | None = None
) -> list[ProposalReview]:
    """What each of the departments is asked about one proposal; a new department if none is named."""
    one = proposal or entered()
    chosen = places or (make.DepartmentFactory(),)
    (sent,) = dispatch.send([Order(one, chosen)], actor=by or make.planner())
    assert not sent.error, sent.error
    return list(sent.reviews)


def head(review: ProposalReview) -> User:
    """Who leads the department."""
    found = review.department.staff.filter(position=Position.HEAD).first()
    return found or make.head_of(review.department)


def answered(review: ProposalReview, answer: dict[str, Any]) -> ProposalReview:
    """By the department's head, who need not confirm it."""
    reviews.submit(again(review), answer, actor=head(review))
    return again(review)
