"""The steps of a letter, and what its states ask of planning."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Bundle, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from letters.channels import channel_of
from letters.enums import OPEN, Way
from letters.enums import State as S
from letters.models import Letter
from organization.enums import Role

PLAN, READ = "letters.plan", "letters.read"


def by_hand(letter: Any) -> bool:
    return channel_of(letter.way).by_hand


def _planning(letter: Letter) -> Iterable[str]:
    return [holders.role(Role.PLANNING)]


def _listed(**conditions: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in conditions.items())
    return f"{reverse('letters:list')}?{query}"


def _due(letter: Letter) -> Any:
    return letter.due


LETTER = Workflow(
    Letter,
    S,
    [
        Transition("release", (S.DRAFT,), S.READY, PLAN, verb("안내 보내기")),
        Transition("release_unseen", (S.DRAFT,), S.READY, None, done("발송 준비")),
        Transition("deliver", (S.READY, S.FAILED), S.SENT, None, done("발송")),
        Transition("fail", (S.READY, S.FAILED), S.FAILED, None, done("발송 실패")),
        Transition("retry", (S.FAILED,), S.READY, PLAN, verb("다시 보내기")),
        Transition("redirect", (S.FAILED,), S.READY, PLAN, verb("다른 곳으로 보내기")),
        Transition("mark", (S.READY, S.FAILED), S.SENT, PLAN, verb("발송 처리")),
        Transition("cancel", OPEN, S.CANCELLED, PLAN, verb("보내지 않기"), needs_reason=True),
        Transition("overtake", (S.DRAFT,), S.CANCELLED, None, done("처리가 바뀌어 보내지 않음")),
        Transition("drop", OPEN, S.CANCELLED, None, done("개인정보 파기로 보내지 않음")),
    ],
    _("보낼 안내"),
    {"write": done("안내 작성"), "edit": done("안내 내용 수정"), "forget": done("개인정보 파기")},
    Work(
        lambda letter: Face(letter.title, letter.get_absolute_url(), letter.about),
        [
            Ask("review", [S.DRAFT], _("안내문 확인하고 보내기"), _planning, due=_due),
            Ask("failed", [S.FAILED], _("보내지 못한 안내 처리하기"), _planning, due=_due),
            Ask(
                "post",
                [S.READY],
                _("안내문 인쇄하여 우편으로 보내기"),
                _planning,
                due=_due,
                when=lambda letter: letter.way == Way.POST and by_hand(letter),
                bundle=Bundle(
                    lambda count: _now("우편으로 보낼 안내 %(count)d건") % {"count": count},
                    lambda: _listed(state=S.READY, way=Way.POST),
                ),
            ),
            Ask(
                "text",
                [S.READY],
                _("안내 문자 보내기"),
                _planning,
                due=_due,
                when=lambda letter: letter.way == Way.TEXT and by_hand(letter),
                bundle=Bundle(
                    lambda count: _now("문자로 보낼 안내 %(count)d건") % {"count": count},
                    lambda: _listed(state=S.READY, way=Way.TEXT),
                ),
            ),
        ],
    ),
    prefix="letters:",
    offers=[
        Button("release", primary=True, post=True),
        Button("redirect", when=lambda letter: letter.refused, primary=True),
        Button("retry", primary=True, post=True),
        Button(
            "mark", primary=True, post=True, when=lambda letter: letter.state == S.FAILED or by_hand(letter)
        ),
        Button("edit", _("내용 고치기"), states=OPEN, permission=PLAN, beside=True),
        Button("paper", _("인쇄 화면"), permission=READ, beside=True),
        Button("paper", _("한글(HWPX) 파일"), permission=READ, query="?format=hwpx"),
        Button("cancel"),
    ],
)
