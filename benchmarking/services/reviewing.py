"""What benchmarking says of its departments' reviews: what they answer, and what follows for the case (B3, B4)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from basis.errors import Rejected
from benchmarking.enums import ANSWERS, Decision
from benchmarking.models import Case, Review
from benchmarking.policies import FIGURES
from benchmarking.services import cases, earning, outcome
from benchmarking.sockets import MERGERS, ON_RECALL
from organization.models import Department
from reviews.kinds import ReviewKind

PLAN = ("plan_what", "plan_on", "plan_budget")


class Answer(TypedDict, total=False):
    """What a department answers; the plan only with 도입 (budget in won)."""

    decision: str
    reason: str
    plan_what: str
    plan_on: date | None
    plan_budget: int | None


def faults(answer: Mapping[str, Any]) -> dict[str, str]:
    """What B4 misses in an answer, by field, all at once."""
    decision = answer.get("decision", "")
    if decision not in ANSWERS:
        return {"decision": _("검토 결과를 골라 주세요.")}
    missing = {} if (answer.get("reason") or "").strip() else {"reason": _("검토 의견을 입력해 주세요.")}
    if decision != Decision.ADOPT:
        return missing
    if not (answer.get("plan_what") or "").strip():
        missing["plan_what"] = _("도입할 때는 추진 내용을 입력해 주세요.")
    if answer.get("plan_on") is None:
        missing["plan_on"] = _("도입할 때는 시행 예정일을 입력해 주세요.")
    if answer.get("plan_budget") is None:
        missing["plan_budget"] = _("소요 예산을 입력해 주세요. 예산이 들지 않으면 0을 입력해 주세요.")
    return missing


class CaseReviews(ReviewKind[Review]):
    model = Review
    prefix = "benchmarking"
    figures = FIGURES
    answer = ("decision", "reason", *PLAN)
    logged = ("decision",)
    beside = ("round",)

    def lock(self, pk: int) -> Case:
        return cases.lock(pk)

    def lock_all(self, pks: Any) -> list[int]:
        return cases.lock_all(pks)

    def clean(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """B4: a reason, and with 도입 its plan, which no other answer has."""
        for field, message in faults(answer).items():
            raise Rejected(message, field=field)
        blank = {name: None if name in ("plan_on", "plan_budget") else "" for name in self.answer}
        kept = self.answer if answer["decision"] == Decision.ADOPT else ("decision", "reason")
        return blank | {name: answer[name] for name in kept if name in answer}

    def refresh(self, case: Case) -> None:
        outcome.refresh(case)

    def completed(self, review: Review, actor: Any) -> None:
        """Decide the case if this was the last answer, credit who wrote it."""
        outcome.answered(review.case)
        earning.reviewed(review, actor=actor)

    def check_reopen(self, review: Review) -> None:
        """Not one of an earlier round, nor once 업무반영 was reported."""
        if review.round.number != review.case.round_number:
            raise Rejected(_("지난 회차의 검토 결과는 정정할 수 없습니다."))
        follow_up = getattr(review, "follow_up", None)
        if follow_up is not None and follow_up.state in ("reported", "confirmed"):
            raise Rejected(_("업무반영 보고를 먼저 되돌린 뒤 정정해 주세요."))

    def reopened(self, review: Review, reason: str, actor: Any) -> None:
        """The case's decision and the points are taken back until it is answered anew."""
        outcome.unsettle(review.case, review)
        outcome.refresh(review.case)
        earning.not_reviewed(review, reason=reason, actor=actor)

    def recalled(self, review: Review, reason: str, actor: Any) -> None:
        """What stands above is told; without anybody left to answer the round ends."""
        for callback in ON_RECALL:
            callback(review, reason, actor)
        outcome.after_recall(review.case)

    def folded(self, review: Review) -> None:
        outcome.after_recall(review.case)

    def twin(self, review: Review, department: Department) -> Review | None:
        return Review.objects.live().filter(round=review.round_id, department=department).first()

    def concerned(self, old: Department) -> Collection[int]:
        return {pk for merger in MERGERS for pk in merger.cases(old)}

    def merged(self, old: Department, new: Department, folded: Mapping[int, Review], actor: Any) -> None:
        for merger in MERGERS:
            merger.move(old, new, folded, actor)


REVIEWS = CaseReviews()
