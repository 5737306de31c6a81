"""Leave and commendations of a year: reckoned over all its results, confirmed once (I8)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from incentives.enums import YearState as Y
from incentives.models import Thanks
from incentives.policies import REMIND_THANKS
from organization.enums import Role as Right

CONFIRM = "incentives.thank"


def deciders(thanks: Thanks) -> Iterable[str]:
    return holders.deciders(CONFIRM, thanks, holders.role(Right.PLANNING))


THANKS = Workflow(
    Thanks,
    Y,
    [Transition("confirm", (Y.OPEN,), Y.CONFIRMED, CONFIRM, verb("유공 직원 격려 확정"))],
    _("유공 직원 격려"),
    {"begin": done("유공 직원 격려 시작"), "people": done("유공 직원 수정")},
    Work(
        lambda thanks: Face(
            str(_("%(year)d년 유공 직원 격려")) % {"year": thanks.year}, thanks.get_absolute_url()
        ),
        [
            Ask(
                "confirm",
                [Y.OPEN],
                _("표창과 특별휴가 확정하기"),
                deciders,
                due=lambda thanks: thanks.due_on,
                ladder=[Rung("before", REMIND_THANKS)],
            )
        ],
    ),
    prefix="incentives:thanks_",
    offers=[
        Button("confirm", primary=True),
        Button("merit", _("근무평정 반영 명단"), permission="incentives.personnel"),
        Button("commendation", _("표창 추천 명단"), permission="incentives.personnel"),
        Button(
            "commendation",
            _("표창 추천 명단 한글(HWPX)"),
            permission="incentives.personnel",
            query="?format=hwpx",
        ),
    ],
)
