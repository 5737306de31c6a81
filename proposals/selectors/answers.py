"""What departments and the decision say, in the order in which a citizen reads it."""

from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday, won
from proposals.models import ANSWER, Answer, Decision, Proposal, ProposalReview
from reviews.enums import ReviewState
from reviews.selectors.page import badge_of, state_badge


def open_reviews(proposal: Proposal) -> Any:
    """Of the departments that have still to answer."""
    return ProposalReview.objects.open().filter(proposal=proposal).select_related("clock", "reviewer")


def facts_of(decision: Decision) -> list[tuple[Any, Any]]:
    """A decision as everybody reads it."""
    facts = [
        (_("결정"), decision.get_outcome_display()),
        *_said(decision),
        (_("담당 부서"), decision.department_name or decision.department or ""),
        (_("결정일"), _decided_day(decision)),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]


def _decided_day(decision: Decision) -> str:
    """Of a record, as exactly as it is known (N1)."""
    if decision.decided_on is None:
        return ""
    of = decision.proposal
    return of.day_text("closed_on") if of and of.is_record else date_weekday(decision.decided_on)


def answer_facts(review: ProposalReview) -> list[tuple[Any, Any]]:
    """A department's answer."""
    facts = [(_("부서 의견"), review.get_outcome_display()), *_said(review)]
    return [(label, value) for label, value in facts if value not in ("", None)]


def _said(decision: Answer) -> list[tuple[Any, Any]]:
    return [
        (_("제안이 아닌 까닭"), decision.get_ground_display() if decision.ground else ""),
        (_("근거와 지금의 상황"), decision.present),
        (_("실시할 수 있는지"), decision.feasibility),
        (_("기대되는 효과"), decision.effect),
        (_("드는 예산"), won(decision.cost) if decision.cost is not None else ""),
        (_("예산 연도"), decision.budget_year or ""),
        (_("받아들이는 내용"), decision.taken),
        (_("받아들이지 않는 내용과 까닭"), decision.reason),
        (_("시행할 날"), date_weekday(decision.carry_out_on) if decision.carry_out_on else ""),
    ]


def proposed(proposal: Proposal, outcome: str) -> dict[str, Any]:
    """What a decision begins with: the answer of the first department that would have it so (P6)."""
    done = ProposalReview.objects.live().filter(proposal=proposal, state=ReviewState.COMPLETED)
    first = done.filter(outcome=outcome).order_by("completed_on", "pk").first()
    if first is None:
        return {}
    return {**{name: getattr(first, name) for name in ANSWER}, "department": first.department_id}


def cards(proposal: Proposal, user: Any) -> list[dict[str, Any]]:
    """The departments asked, as far as the user may know, each with what it said."""
    rows = ProposalReview.objects.live().visible_to(user).filter(proposal=proposal)
    return [
        {
            "review": review,
            "state": state_badge(review),
            "deadline": badge_of(review),
            "facts": answer_facts(review) if review.state == ReviewState.COMPLETED else [],
        }
        for review in rows.select_related("clock", "reviewer__department").order_by("pk")
    ]
