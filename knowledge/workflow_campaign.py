"""Registration days: planned by the schedule, open on their days, closed after (K4)."""

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from knowledge.enums import CampaignState as S
from knowledge.models import Campaign
from organization.enums import Role

PLAN = "knowledge.plan"

CAMPAIGN = Workflow(
    Campaign,
    S,
    [
        Transition("open", (S.PLANNED,), S.OPEN, None, done("지식등록의 날 시작")),
        Transition("close", (S.OPEN,), S.CLOSED, None, done("지식등록의 날 마감")),
        Transition("withdraw", (S.PLANNED,), S.WITHDRAWN, PLAN, verb("열지 않기"), needs_reason=True),
    ],
    _("지식등록의 날"),
    {"create": done("지식등록의 날 예정"), "edit": done("지식등록의 날 고침")},
    Work(
        lambda campaign: Face(campaign.title, campaign.get_absolute_url(), campaign.days),
        [
            Ask(
                "prepare",
                [S.PLANNED],
                _("지식등록의 날 확인하기"),
                lambda campaign: [holders.role(Role.PLANNING)],
                due=lambda campaign: campaign.begins_on,
            )
        ],
    ),
    prefix="knowledge:campaign_",
    offers=[
        Button("edit", verb("고치기"), (S.PLANNED, S.OPEN), PLAN, primary=True),
        Button("withdraw"),
    ],
)
