"""A question, who is to answer it, and its asker who chooses (K1)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from knowledge.enums import PostState
from knowledge.enums import QuestionState as S
from knowledge.models import Question
from knowledge.policies import REMIND

ASK, REPLY = "knowledge.ask", "knowledge.reply"


def _keeper(question: Question) -> Iterable[str]:
    return [holders.person(question.field.keeper_id)]


def _asker(question: Question) -> Iterable[str]:
    return [holders.person(question.asker_id)]


def _can_undo(question: Question) -> bool:
    return question.post is not None and question.post.state in (PostState.WAITING, PostState.DRAFT)


QUESTION = Workflow(
    Question,
    S,
    [
        Transition("choose", (S.OPEN,), S.CHOSEN, ASK, verb("답 고르기")),
        Transition("unchoose", (S.CHOSEN,), S.OPEN, ASK, verb("답을 다시 고르기")),
        Transition("withdraw", (S.OPEN,), S.WITHDRAWN, ASK, verb("질문 거두기")),
    ],
    _("질문"),
    {
        "ask": done("물음"),
        "edit": done("질문 고침"),
        "reply": done("답변"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda question: Face(
            question.title, question.get_absolute_url(), question.department_name, question.department_id
        ),
        [
            Ask(
                "reply",
                [S.OPEN],
                _("질문에 답하기"),
                _keeper,
                due=lambda question: question.due_on,
                begun=lambda question: question.asked_on,
                when=lambda question: (
                    not question.answers_count
                    and question.field is not None
                    and question.field.keeper_id not in (None, question.asker_id)
                ),
                ladder=[Rung("before", REMIND)],
            ),
            Ask(
                "choose",
                [S.OPEN],
                _("가장 좋은 답 고르기"),
                _asker,
                when=lambda question: question.answers_count > 0,
                personal=True,
            ),
        ],
        ["field"],
    ),
    prefix="knowledge:question_",
    offers=[
        Button("reply", verb("답하기"), (S.OPEN,), REPLY, primary=True),
        Button("edit", verb("고치기"), (S.OPEN,), ASK, when=lambda question: not question.answers_count),
        Button("unchoose", when=_can_undo, post=True),
        Button("withdraw", danger=True),
    ],
)
