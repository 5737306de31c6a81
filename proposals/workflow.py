"""The steps of a proposal, and what its states ask of whom (P3, P5, P6)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Bundle, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from proposals.enums import DECIDED, OPEN, RECORDS, RUNNING
from proposals.enums import InterimState as I
from proposals.enums import State as S
from proposals.models import Interim, Proposal, ProposalReview
from proposals.policies import OVERDUE, REMIND_BEFORE, REVIEW_FIGURES
from proposals.selectors import objections
from proposals.selectors.following import waits_for_answer
from reviews.workflow import review_workflow

DECIDE, DISPATCH, OWN = "proposals.decide", "proposals.dispatch", "proposals.own"
TAKEN = (*RUNNING, S.SUPPLEMENT, S.OPINION)
READY = (S.RECEIVED, S.REVIEWED)  # nobody has to answer any more
ENDED = tuple(state for state in RECORDS if state != S.RECORDED)
SORTED = (S.NO_PROPOSAL, S.CONVERTED, S.TRANSFERRED, S.LINKED, S.LAPSED)  # what may have been a mistake


def _planning(proposal: Proposal | Interim) -> Iterable[str]:
    return holders.deciders(DECIDE, proposal, holders.role(Role.PLANNING))


def _staff_proposer(proposal: Proposal) -> Iterable[str]:
    """A citizen is told otherwise and reads it on the own page."""
    main = next((one for one in proposal.proposers.all() if one.is_main), None)
    return [holders.person(main.user_id)] if main and main.user_id else []


def _open_supplement_due(proposal: Proposal) -> Any:
    return next((one.due for one in proposal.supplements.all() if one.answered_on is None), None)


def _open_opinion_due(proposal: Proposal) -> Any:
    return next((one.due for one in proposal.opinions.all() if one.ended_on is None), None)


def _is_known(proposal: Proposal) -> bool:
    """Somebody of the proposers can still be reached."""
    return any(one.anonymised_on is None for one in proposal.proposers.all())


def _may_be_forgotten(proposal: Proposal) -> bool:
    known = any(one.user_id is None and one.anonymised_on is None for one in proposal.proposers.all())
    return known and proposal.state not in (*OPEN, S.CONVERTED)


LADDER = [Rung("before", REMIND_BEFORE), Rung("late", OVERDUE, after=True)]

PROPOSAL = Workflow(
    Proposal,
    S,
    [
        Transition("let_in", (S.HELD,), S.RECEIVED, DECIDE, verb("접수 확인")),
        Transition("dispatch", READY, S.REVIEW, DISPATCH, verb("부서에 보내기")),
        Transition("add_departments", (S.REVIEW,), None, DISPATCH, verb("부서 추가")),
        Transition("back_to_review", READY, S.REVIEW, None, done("부서 검토 계속")),
        Transition("answered", (S.RECEIVED, S.REVIEW), S.REVIEWED, None, done("부서 답변 완료")),
        Transition("all_recalled", (S.REVIEW, S.REVIEWED), S.RECEIVED, None, done("모두 회수")),
        Transition("ask_opinion", RUNNING, S.OPINION, DECIDE, verb("외부 의견 묻기"), needs_reason=True),
        Transition("take_opinion", (S.OPINION,), S.RECEIVED, DECIDE, verb("외부 의견 접수")),
        Transition("end_opinion", (S.OPINION,), S.RECEIVED, None, done("외부 의견 회신 기한 지남")),
        Transition("ask_supplement", RUNNING, S.SUPPLEMENT, DECIDE, verb("보완 요청"), needs_reason=True),
        Transition("supplement", (S.SUPPLEMENT,), S.RECEIVED, "proposals.own", verb("보완하기")),
        Transition("lapse", (S.SUPPLEMENT,), S.LAPSED, DECIDE, verb("보완 없이 종결"), needs_reason=True),
        Transition("adopt", READY, S.ADOPTED, DECIDE, verb("채택")),
        Transition("reject", READY, S.REJECTED, DECIDE, verb("불채택")),
        Transition("dismiss", (*READY, S.HELD), S.NO_PROPOSAL, DECIDE, verb("제안 아님으로 결정")),
        Transition("convert", TAKEN, S.CONVERTED, DECIDE, verb("민원으로 전환"), needs_reason=True),
        Transition(
            "finish_petition", (S.CONVERTED,), S.ANSWERED, DECIDE, verb("민원 답변 완료"), needs_reason=True
        ),
        Transition("transfer", TAKEN, S.TRANSFERRED, DECIDE, verb("다른 기관으로 이송"), needs_reason=True),
        Transition("link", TAKEN, S.LINKED, DECIDE, verb("같은 제안에 연결"), needs_reason=True),
        Transition("take_back", SORTED, S.RECEIVED, DECIDE, verb("처리 되돌리기"), needs_reason=True),
        Transition(
            "reopen", (S.REJECTED,), S.RECEIVED, DECIDE, verb("불채택 제안 다시 검토"), needs_reason=True
        ),
        Transition("readopt", DECIDED, S.ADOPTED, None, done("재심사로 채택")),
        Transition("withdraw", OPEN, S.WITHDRAWN, "proposals.own", verb("제안 취하")),
        Transition(
            "correct_record", RECORDS, None, "proposals.correct_record", verb("기록 정정"), needs_reason=True
        ),
        Transition("undecide_record", ENDED, S.RECORDED, None, done("결정 기록 없음")),
        *(Transition(f"record_{state}", (S.RECORDED,), state, None, done("결정 기록")) for state in ENDED),
    ],
    _("제안"),
    {
        "receive": done("제안 접수"),
        "record": done("지난 제안 등록"),
        "edit": done("내용 수정"),
        "renew_link": done("나의 제안 링크 바꿈"),
        "forget": done("개인정보 파기"),
        "object": done("이의 신청"),
        "ask_review": done("재심사 신청"),
        "ask_later": done("실시된 제안 재심사 신청"),
        "withdraw_objection": done("이의·재심사 취하"),
        "credit": done("먼저 낸 제안 밝힘"),
    },
    Work(
        lambda proposal: Face(proposal.title, proposal.get_absolute_url()),
        [
            Ask(
                "let_in",
                [S.HELD],
                _("사람이 보낸 제안인지 확인하기"),
                _planning,
                due=lambda proposal: proposal.clock,
            ),
            Ask(
                "dispatch",
                [S.RECEIVED],
                _("제안 처리하기"),
                _planning,
                due=lambda proposal: proposal.clock,
                begun=lambda proposal: proposal.received_on,
                ladder=LADDER,
            ),
            Ask(
                "wait",
                [S.REVIEW],
                _("부서 답변 챙기기"),
                _planning,
                due=lambda proposal: proposal.clock,
                begun=lambda proposal: proposal.received_on,
                ladder=LADDER,
                bundle=Bundle(
                    lambda count: _now("부서에서 검토하는 제안 %(count)d건") % {"count": count},
                    lambda: f"{reverse('proposals:desk')}?state={S.REVIEW}",
                ),
            ),
            Ask(
                "take_opinion",
                [S.OPINION],
                _("외부 의견 받기"),
                _planning,
                due=_open_opinion_due,
            ),
            Ask(
                "decide",
                [S.REVIEWED],
                _("제안 결정하기"),
                _planning,
                due=lambda proposal: proposal.clock,
                begun=lambda proposal: proposal.received_on,
                ladder=LADDER,
            ),
            Ask(
                "supplement",
                [S.SUPPLEMENT],
                _("제안 보완하기"),
                _staff_proposer,
                due=_open_supplement_due,
                personal=True,
            ),
            Ask(
                "answer",
                [S.ADOPTED],
                _("제안이 되었는지 답하기"),
                _staff_proposer,
                when=waits_for_answer,
                personal=True,
            ),
            Ask(
                "finish_petition",
                [S.CONVERTED],
                _("전환한 민원에 답하기"),
                _planning,
                due=lambda proposal: proposal.petition_clock,
                ladder=LADDER,
                begun=lambda proposal: proposal.petition_clock.start,
            ),
        ],
        ("clock", "petition_clock"),
        ("proposers", "supplements", "opinions", "undertaking__replies"),
    ),
    prefix="proposals:desk_",
    offers=[
        Button("let_in", primary=True, post=True),
        Button("dispatch", states=[S.RECEIVED], primary=True),
        Button("take_opinion", primary=True),
        Button("adopt", states=[S.REVIEWED], primary=True),
        Button("reject", states=[S.REVIEWED], beside=True),
        Button("add_departments", address="proposals:desk_dispatch"),
        Button("dispatch", _("다른 부서에 더 묻기"), states=[S.REVIEWED]),
        Button("adopt", states=[S.RECEIVED]),
        Button("reject", states=[S.RECEIVED]),
        Button("ask_supplement"),
        Button("ask_opinion"),
        Button("dismiss"),
        Button("convert"),
        Button("transfer"),
        Button("link"),
        Button("lapse"),
        Button("finish_petition", primary=True),
        Button("take_back"),
        Button("reopen", when=objections.may_reopen),
        Button("credit", verb("먼저 낸 제안 밝히기"), states=[S.ADOPTED], permission=DECIDE),
        Button("correct_record"),
        Button("supplement", primary=True),
        Button(
            "answer",
            verb("제안이 되었는지 답하기"),
            states=[S.ADOPTED],
            permission=OWN,
            when=waits_for_answer,
            primary=True,
        ),
        Button(
            "object",
            verb("이의 신청"),
            states=[S.NO_PROPOSAL],
            permission=OWN,
            when=objections.may_object,
            primary=True,
        ),
        Button(
            "ask_review",
            verb("재심사 신청"),
            states=DECIDED,
            permission=OWN,
            when=objections.may_ask_review,
            primary=True,
        ),
        Button(
            "ask_later",
            verb("실시된 제안 재심사 신청"),
            states=[S.REJECTED],
            permission=OWN,
            when=objections.may_ask_later,
        ),
        Button(
            "withdraw_objection",
            verb("이의·재심사 취하"),
            permission=OWN,
            when=objections.is_waiting,
        ),
        Button("withdraw"),
        Button("contact", _("제안자 연락처 보기"), permission="proposals.contact", when=_is_known),
        Button(
            "forget", _("개인정보 파기"), permission="proposals.forget", when=_may_be_forgotten, danger=True
        ),
    ],
)

REVIEW = review_workflow(
    "proposals", ProposalReview, REVIEW_FIGURES, face=lambda review: review.proposal.title,
    reopens=lambda review: review.proposal.state in OPEN,
)  # fmt: skip

INTERIM = Workflow(
    Interim,
    I,
    [
        Transition("send", (I.DRAFT,), I.SENT, DECIDE, verb("중간 답변 보내기")),
        Transition("miss", (I.DRAFT,), I.MISSED, None, done("다음 중간 답변까지 보내지 않음")),
        Transition("drop", (I.DRAFT,), I.NEEDLESS, None, done("결정되어 필요 없어짐")),
    ],
    _("중간 답변"),
    work=Work(
        lambda interim: Face(interim.proposal.title, interim.get_absolute_url()),
        [
            Ask(
                "send",
                [I.DRAFT],
                _("중간 답변 보내기"),
                _planning,
                due=lambda interim: interim.due_on,
                begun=lambda interim: interim.due_on,
                ladder=[Rung("late", OVERDUE, after=True)],
            )
        ],
        ("proposal",),
    ),
    prefix="proposals:interim_",
    offers=[Button("send", primary=True)],
)
