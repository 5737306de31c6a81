"""The steps of a leak, and whose they are: who checks the access log, within the hours of the law (D7)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from basis.clock import hour_text
from basis.official import office_text
from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from leaks.enums import OPEN
from leaks.enums import State as S
from leaks.models import Leak
from leaks.policies import REMIND
from organization.enums import Role
from organization.selectors import holders_of

DETAIL = _("기한 %(due)s")


def _officers(leak: Leak) -> Iterable[str]:
    """Who checks the access log; where it is their own account, the administrators besides."""
    keys = [holders.role(Role.AUDITOR)]
    if leak.account_id and any(one.pk == leak.account_id for one in holders_of(Role.AUDITOR)):
        keys.append(holders.role(Role.ADMINISTRATOR))
    return holders.deciders("leaks.act", leak, *keys)


def _due(leak: Leak) -> date:
    return timezone.localdate(leak.due_at)


def _face(leak: Leak) -> Face:
    detail = office_text(DETAIL) % {"due": hour_text(leak.due_at)} if leak.tells or leak.reports else ""
    return Face(str(leak), leak.get_absolute_url(), detail)


def _after_home(leak: Leak) -> date | None:
    return leak.home_until + timedelta(days=1) if leak.home_until else None


def _in_time(name: str, what: Any, when: Callable[[Any], bool], label: Any) -> Ask:
    return Ask(
        name,
        OPEN,
        what,
        _officers,
        due=_due,
        at=lambda leak: leak.due_at,
        when=when,
        begun=lambda leak: leak.found_on,
        ladder=[Rung("hours", REMIND, hours=True)],
        due_label=label,
        personal=True,
    )


LEAK = Workflow(
    Leak,
    S,
    [
        Transition("tell", (S.KNOWN, S.REPORTED), S.TOLD, "leaks.act", verb("정보주체 통지")),
        Transition("report", (S.KNOWN, S.TOLD), S.REPORTED, "leaks.act", verb("유출 신고")),
        Transition("close", (S.TOLD, S.REPORTED), S.CLOSED, "leaks.act", verb("유출 건 종결")),
        Transition(
            "withdraw", OPEN, S.WITHDRAWN, "leaks.act", verb("유출 아님으로 처리"), needs_reason=True
        ),
    ],
    _("개인정보 유출"),
    {
        "open": done("유출 등록"),
        "edit": done("유출 내용 고치기"),
        "gather": done("열람 기록에서 다시 찾기"),
        "count": done("인원 적기"),
        "uncount": done("적은 인원 지우기"),
    },
    Work(
        _face,
        [
            _in_time("tell", _("유출 정보주체에게 알리기"), lambda leak: leak.tells, _("통지 기한")),
            _in_time("report", _("유출 신고하기"), lambda leak: leak.reports, _("신고 기한")),
            Ask(
                "close",
                [S.TOLD, S.REPORTED],
                _("유출 건 마치기"),
                _officers,
                due=_after_home,
                when=lambda leak: leak.is_done,
                personal=True,
            ),
        ],
    ),
    prefix="leaks:",
    offers=[
        Button("tell", primary=True, when=lambda leak: leak.tells),
        Button("report", primary=True, when=lambda leak: leak.reports),
        Button("close", primary=True, when=lambda leak: leak.may_close),
        Button("edit", _("내용 고치기"), states=OPEN, permission="leaks.act"),
        Button("group_new", _("인원 적기"), states=OPEN, permission="leaks.act"),
        Button(
            "gather", _("열람 기록에서 다시 찾기"), states=OPEN, permission="leaks.act", post=True,
            when=lambda leak: leak.looks_from is not None,
        ),
        Button("report", when=lambda leak: leak.reported_at is None and not leak.must_report),
        Button("withdraw", danger=True),
    ],
)  # fmt: skip
