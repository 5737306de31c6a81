"""Who is told what of a question (K1)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from basis.official import in_office_language
from knowledge.models import Answer, Question
from notifications.services import notify
from organization.models import User


def _tell(
    question: Question, kind: str, people: Iterable[User], title: str, key: object, body: str = ""
) -> None:
    notify(
        f"knowledge.question_{kind}",
        people,
        title=f"{title}: {question}",
        body=body,
        url=question.get_absolute_url(),
        key=f"knowledge.question:{question.pk}:{kind}:{key}",
    )


@in_office_language
def asked(question: Question) -> None:
    field = question.field
    if field and field.keeper_id and field.keeper_id != question.asker_id:
        _tell(question, "asked", [field.keeper], _("질문이 왔습니다"), question.version, question.text)


@in_office_language
def replied(question: Question, answer: Answer) -> None:
    _tell(question, "replied", [question.asker], _("질문에 답이 달렸습니다"), answer.pk, answer.text[:300])


@in_office_language
def chosen(question: Question, answer: Answer) -> None:
    said = _("답이 지식으로 등록되어 승인을 기다립니다.")
    _tell(question, "chosen", [answer.writer], _("가장 좋은 답으로 골랐습니다"), question.version, said)
