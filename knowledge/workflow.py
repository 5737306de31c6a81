"""The steps of a post and what its states ask of whom (K2, K6)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Bundle, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from knowledge.enums import PostState as S
from knowledge.enums import Validity
from knowledge.models import Post
from knowledge.policies import REMIND
from organization.enums import Role

WRITE, APPROVE, LOOK, PLAN = "knowledge.write", "knowledge.approve", "knowledge.look", "knowledge.plan"


def _approvers(post: Post) -> Iterable[str]:
    keys = [holders.role(Role.PLANNING)]
    if post.field_id and post.field.keeper_id:
        keys.append(holders.person(post.field.keeper_id))
    return holders.deciders(APPROVE, post, *keys)


def _owner(post: Post) -> Iterable[str]:
    """Who has left is followed by whoever leads the department."""
    if post.owner.is_active:
        return [holders.person(post.owner_id)]
    return [holders.leaders(post.department_id), holders.concerns(post.owner_id)]


def _owner_is_elsewhere(post: Post) -> bool:
    """Nobody of the department answers for it any more."""
    if post.is_mirror:
        return False
    return not post.owner.is_active or post.owner.department_id != post.department_id


POST = Workflow(
    Post,
    S,
    [
        Transition("submit", (S.DRAFT,), S.WAITING, WRITE, verb("승인 요청"), undo="take_back"),
        Transition("take_back", (S.WAITING,), S.DRAFT, WRITE, verb("승인 요청 거두기")),
        Transition("approve", (S.WAITING,), S.STANDING, APPROVE, verb("지식 승인")),
        Transition(
            "send_back", (S.WAITING,), S.DRAFT, APPROVE, verb("보완 요청"), needs_reason=True, returns=True
        ),
        Transition("reject", (S.WAITING,), S.REJECTED, APPROVE, verb("승인하지 않기"), needs_reason=True),
        Transition("reopen", (S.REJECTED,), S.DRAFT, WRITE, verb("다시 쓰기")),
        Transition("drop", (S.DRAFT, S.REJECTED), S.DROPPED, WRITE, verb("글 거두기")),
        Transition("fall", (S.DRAFT, S.WAITING), S.DROPPED, None, done("질문의 답이 바뀌어 거둠")),
        Transition("come_due", (S.STANDING,), None, None, done("다시 볼 날")),
        Transition("confirm", (S.STANDING,), None, LOOK, verb("아직 맞습니다")),
        Transition("outdate", (S.STANDING,), None, LOOK, verb("옛 자료로 표시"), needs_reason=True),
        Transition("archive", (S.STANDING,), S.ARCHIVED, LOOK, verb("보관"), needs_reason=True),
        Transition("restore", (S.ARCHIVED,), S.STANDING, LOOK, verb("다시 게시")),
        Transition("revoke", (S.STANDING, S.ARCHIVED), None, PLAN, verb("점수 회수"), needs_reason=True),
        Transition("pin", (S.STANDING,), None, PLAN, verb("맨 위에 고정")),
        Transition("unpin", (S.STANDING,), None, PLAN, verb("고정 풀기")),
        Transition("follow", (S.STANDING, S.ARCHIVED), None, None, done("출처에 따라 고침")),
        Transition("stand_again", (S.ARCHIVED,), S.STANDING, None, done("출처에 따라 다시 게시")),
        Transition("withdraw", (S.STANDING, S.ARCHIVED), S.ARCHIVED, None, done("출처가 취소되어 거둠")),
    ],
    _("지식"),
    {
        "create": done("지식 작성"),
        "edit": done("지식 고침"),
        "take_in": done("지난 자료 등록"),
        "from_answer": done("고른 답이 지식으로 등록됨"),
        "flawed": done("잘못을 인정하여 확인 필요"),
        "stand": done("결과가 지식으로 등록됨"),
        "hand_over": done("담당자 인계"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda post: Face(post.title, post.get_absolute_url(), post.department_name, post.department_id),
        [
            Ask(
                "write",
                [S.DRAFT],
                _("지식 이어 쓰기"),
                _owner,
                when=lambda post: post.submitted_on is not None,
            ),
            Ask(
                "approve",
                [S.WAITING],
                _("지식 승인하기"),
                _approvers,
                due=lambda post: post.due_on,
                begun=lambda post: post.submitted_on,
                ladder=[Rung("before", REMIND)],
            ),
            Ask(
                "look",
                [S.STANDING],
                _("아직 맞는지 확인하기"),
                _owner,
                due=lambda post: post.due_on,
                begun=lambda post: post.review_on,
                when=lambda post: post.validity == Validity.CHECK,
                ladder=[Rung("before", REMIND)],
            ),
            Ask(
                "hand_over",
                [S.STANDING],
                _("맡은 지식 인계하기"),
                _owner,
                when=_owner_is_elsewhere,
                bundle=Bundle(
                    lambda count: _now("부서를 옮긴 뒤 남은 지식 %(count)d건") % {"count": count},
                    lambda: reverse("knowledge:hand_over"),
                ),
            ),
        ],
        ["owner", "field"],
    ),
    prefix="knowledge:post_",
    offers=[
        Button("approve", primary=True),
        Button("send_back", beside=True),
        Button("reject", danger=True),
        Button("submit", primary=True, post=True),
        Button("confirm", primary=True, post=True, when=lambda post: post.validity == Validity.CHECK),
        Button("edit", verb("고치기"), (S.DRAFT,), WRITE, beside=True),
        Button(
            "edit", verb("고치기"), (S.STANDING,), WRITE, when=lambda post: not post.is_mirror, beside=True
        ),
        Button("confirm", post=True, when=lambda post: post.validity != Validity.CHECK),
        Button("outdate", when=lambda post: post.validity != Validity.OLD),
        Button(
            "hand_over",
            verb("담당자 바꾸기"),
            (S.DRAFT, S.STANDING),
            LOOK,
            when=lambda post: not post.is_mirror,
        ),
        Button("take_back", post=True),
        Button("reopen", primary=True, post=True),
        Button("archive"),
        Button("restore", post=True),
        Button("pin", post=True, when=lambda post: not post.pinned),
        Button("unpin", post=True, when=lambda post: post.pinned),
        Button("revoke", danger=True, when=lambda post: not (post.alike_id or post.is_past)),
        Button("drop", danger=True),
    ],
)
