from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from basis.errors import Rejected
from benchmarking.policies import FIGURES
from core.permissions import NOBODY, permit
from core.work import keep
from organization.models import Department
from organization.rules import is_planning, is_staff
from reviews.kinds import ReviewKind
from reviews.rules import permit_reviews
from reviews.services import sending
from reviews.services.sending import Order, Outcome
from reviews.workflow import review_workflow
from tests.questions.models import Question, QuestionReview

permit_reviews("questions")
permit("questions.view", is_staff, reveals=NOBODY)
permit("questions.dispatch", is_planning, reveals=NOBODY)
permit("questions.plan", is_planning, reveals=NOBODY)

WORKFLOW = review_workflow("questions", QuestionReview, FIGURES, face=lambda review: review.question.title)


class QuestionReviews(ReviewKind[QuestionReview]):
    model, prefix, figures, answer = QuestionReview, "questions", FIGURES, ("opinion",)

    def lock(self, pk: int) -> Question:
        return Question.objects.select_for_update().get(pk=pk)

    def lock_all(self, pks: Any) -> list[int]:
        rows = Question.objects.select_for_update().filter(pk__in=pks).order_by("pk")
        return list(rows.values_list("pk", flat=True))

    def clean(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        if not answer.get("opinion"):
            raise Rejected("의견이 없습니다.", field="opinion")
        return {"opinion": answer["opinion"]}

    def completed(self, review: QuestionReview, actor: Any) -> None:
        _note(review.question, "completed")

    def reopened(self, review: QuestionReview, reason: str, actor: Any) -> None:
        _note(review.question, "reopened")

    def recalled(self, review: QuestionReview, reason: str, actor: Any) -> None:
        _note(review.question, "recalled")


def _note(question: Question, what: str) -> None:
    question.followed.append(what)
    question.save()


KIND = QuestionReviews()


@transaction.atomic
def ask(orders: Sequence[Order]) -> list[Outcome]:
    def one(question: Question, departments: Sequence[Department], days: int | None) -> list[QuestionReview]:
        found = [sending.open_review(KIND, each, days, question=question) for each in departments]
        keep.refresh(*found)
        return found

    return sending.send(KIND, orders, one)
