"""The steps of a project's division over the year, and of who is named for it (I1, I2)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from incentives.enums import ContactState as C
from incentives.enums import DivisionState as D
from incentives.enums import Post, Role, WeeklyState
from incentives.models import Contact, Division, WeekReport
from incentives.policies import CONTACT_DAYS, LATE_PLAN, REMIND_NOTIFY, REMIND_PLAN, REMIND_SUBMIT, told_by
from organization.enums import Role as Right

PLAN, WORK, APPROVE = "incentives.plan", "incentives.work", "incentives.approve"
LIVING = (D.PREPARED, D.NOTIFIED, D.PLANNED, D.RUNNING, D.SUBMITTED)


def people_of(division: Division, *posts: Post) -> list[int]:
    """Those named for its owners in these posts, who still serve there."""
    return [
        one.user_id
        for part in division.parts.all()
        if part.role == Role.OWNER
        for one in part.contacts.all()
        if one.state == C.CURRENT and one.post in posts
    ]


def owners(division: Division) -> list[int]:
    return [part.department_id for part in division.parts.all() if part.role == Role.OWNER]


def charged(division: Division) -> Iterable[str]:
    """The persons in charge; where nobody is named, who leads the owner, else planning."""
    named = [holders.person(pk) for pk in people_of(division, Post.CHARGE)]
    return named or heads(division)


def heads(division: Division) -> list[str]:
    return [holders.leaders(pk) for pk in owners(division)] or [holders.role(Right.PLANNING)]


def approvers(division: Division) -> Iterable[str]:
    return holders.deciders(APPROVE, division, holders.role(Right.PLANNING))


def notify_by(division: Division) -> date:
    return told_by(division.project.year)


def submit_by(division: Division) -> date | None:
    return division.submit_on


def open_weeks(division: Division) -> list[WeekReport]:
    """What it still owes of weeks that are open: who is asked for that hangs on its people, whether, on its state."""
    rows = WeekReport.objects.filter(division=division, state__in=(WeeklyState.DUE, WeeklyState.WRITTEN))
    rows = rows.select_related("week", "division__project")
    return list(rows.prefetch_related("division__parts__contacts"))


def face(division: Division) -> Face:
    names = ", ".join(part.department_name for part in division.parts.all() if part.role == Role.OWNER)
    return Face(str(division), division.get_absolute_url(), names)


DIVISION = Workflow(
    Division,
    D,
    [
        Transition("notify", (D.PREPARED,), D.NOTIFIED, WORK, verb("평가계획 통보")),
        Transition("take_notice_back", (D.NOTIFIED,), D.PREPARED, PLAN, verb("통보 취소"), needs_reason=True),
        Transition("send", (D.NOTIFIED,), D.PLANNED, WORK, verb("자체 추진계획 제출")),
        Transition("take_back", (D.PLANNED,), D.NOTIFIED, WORK, verb("자체 추진계획 거두기")),
        Transition(
            "give_back",
            (D.PLANNED,),
            D.NOTIFIED,
            APPROVE,
            verb("자체 추진계획 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("approve", (D.PLANNED,), D.RUNNING, APPROVE, verb("자체 추진계획 승인")),
        Transition(
            "reopen", (D.RUNNING,), D.NOTIFIED, PLAN, verb("자체 추진계획 다시 쓰기"), needs_reason=True
        ),
        Transition("submit", (D.RUNNING,), D.SUBMITTED, WORK, verb("평가자료 제출 기록")),
        Transition("undo_submit", (D.SUBMITTED,), D.RUNNING, PLAN, verb("제출 기록 취소"), needs_reason=True),
        Transition("judge", LIVING, D.JUDGED, PLAN, verb("평가 결과 기록")),
        Transition("unjudge", (D.JUDGED,), D.SUBMITTED, PLAN, verb("평가 결과 삭제")),
        Transition("drop", LIVING, D.DROPPED, PLAN, verb("대상에서 빼기"), needs_reason=True, undo="restore"),
        Transition("restore", (D.DROPPED,), D.PREPARED, PLAN, verb("다시 대상으로"), needs_reason=True),
    ],
    _("공동협력사업 부문"),
    {
        "create": done("사업 부문 등록"),
        "edit": done("사업 부문 수정"),
        "copy": done("지난해 사업에서 이어 씀"),
        "take_in": done("지난 사업 기록"),
        "write": done("자체 추진계획 수정"),
        "indicators": done("지표 수정"),
        "merged": done("부서 통합에 따른 이관"),
        "result": done("평가 결과 기록"),
        "result_correct": done("평가 결과 정정"),
        "result_delete": done("평가 결과 삭제"),
    },
    Work(
        face,
        [
            Ask(
                "notify",
                [D.PREPARED],
                _("평가계획 통보하기"),
                charged,
                due=notify_by,
                ladder=[Rung("before", REMIND_NOTIFY)],
            ),
            Ask(
                "plan",
                [D.NOTIFIED],
                _("자체 추진계획 내기"),
                charged,
                due=lambda division: division.clock,
                begun=lambda division: division.notified_on,
                ladder=[
                    Rung("before", REMIND_PLAN),
                    Rung("head", LATE_PLAN, after=True, to=heads, up=True),
                ],
            ),
            Ask("approve", [D.PLANNED], _("자체 추진계획 승인하기"), approvers),
            Ask(
                "submit",
                [D.RUNNING],
                _("평가자료 제출하기"),
                charged,
                due=submit_by,
                when=lambda division: division.submit_on is not None,
                ladder=[Rung("before", REMIND_SUBMIT)],
            ),
        ],
        ("project", "clock"),
        ("parts__contacts",),
        touches=dict.fromkeys(
            ("judge", "unjudge", "drop", "restore", "take_notice_back", "notify", "edit", "merged"),
            open_weeks,
        ),
    ),
    prefix="incentives:division_",
    offers=[
        Button("notify", primary=True),
        Button("write", verb("자체 추진계획 쓰기"), (D.NOTIFIED,), WORK, primary=True),
        Button("send", beside=True, post=True),
        Button("approve", primary=True),
        Button("give_back", beside=True),
        Button("take_back", post=True),
        Button("submit", primary=True),
        Button("edit", verb("사업 부문 고치기"), LIVING, PLAN),
        Button("contacts", verb("담당자 고치기"), LIVING, WORK),
        Button("divide", verb("부문 추가"), LIVING, PLAN),
        Button("paper", _("자체 추진계획서"), permission="incentives.view", when=lambda one: one.notified_on),
        Button(
            "paper",
            _("자체 추진계획서 한글(HWPX)"),
            permission="incentives.view",
            when=lambda one: one.notified_on,
            query="?format=hwpx",
        ),
        Button("undo_submit"),
        Button("take_notice_back"),
        Button("reopen"),
        Button("restore"),
        Button("drop", danger=True),
    ],
)


def contact_due(contact: Contact) -> date:
    since = contact.until or contact.since
    return since + timedelta(days=CONTACT_DAYS.on(since))


def contact_keepers(contact: Contact) -> Iterable[str]:
    return [holders.leaders(contact.part.department_id)]


CONTACT = Workflow(
    Contact,
    C,
    [
        Transition("move", (C.CURRENT,), C.MOVED, None, done("담당자가 부서를 떠남")),
        Transition("stay", (C.MOVED,), C.CURRENT, None, done("담당자가 부서로 돌아옴")),
        Transition("end", (C.CURRENT, C.MOVED), C.ENDED, WORK, verb("담당자 교체")),
        Transition("close", (C.CURRENT, C.MOVED), C.ENDED, None, done("담당이 끝남")),
    ],
    _("공동협력사업 담당자"),
    {"name": done("담당자 지정")},
    Work(
        lambda contact: Face(
            f"{contact.part.division} {contact.get_post_display()}",
            contact.part.division.get_absolute_url(),
            contact.part.department_name,
        ),
        [
            Ask(
                "replace",
                [C.MOVED],
                _("새 담당자 적기"),
                contact_keepers,
                due=contact_due,
                begun=lambda contact: contact.until,
            )
        ],
        ("part__division__project",),
        touches=dict.fromkeys(
            ("move", "stay", "end"),
            lambda contact: [contact.part.division, *open_weeks(contact.part.division)],
        ),
    ),
    prefix="incentives:contact_",
)
