"""What reports declare."""

from typing import Any

from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.jobs import ENDED, JobKind
from core.permissions import can
from core.process import Process
from notifications.todo import BODIES, HEADLINES
from organization.sockets import SETUP
from reports import glance, navigation, proposal_glance, setup, workflow
from reports.definitions import (
    DEFINITIONS,
    analysis,
    awards_year,
    clubs_half,
    creative_king,
    dispatch,
    incentives_week,
    incentives_year,
    knowledge_quarter,
    mvp,
    progress,
    proposals_half,
    proposals_year,
)
from reports.models import Recipient, ReportRun
from reports.services import making
from reports.views import dashboard


def may_fetch(user: Any, run: ReportRun) -> bool:
    return can(user, "reports.view") and whoever_sees(user, run)


PROCESS = Process(
    audit=(Recipient,),
    files={ReportRun: may_fetch},
    workflows=(workflow.RUN,),
    duties=(Duty("reports", Phase.REPORTS, making.make_due),),
    jobs=(JobKind(making.JOB, making.work),),
    menu=(navigation.MENU,),
    plugs={
        SETUP: [setup.STEP],
        DEFINITIONS: [
            dispatch.REPORT,
            progress.REPORT,
            analysis.REPORT,
            proposals_half.REPORT,
            proposals_year.REPORT,
            awards_year.REPORT,
            clubs_half.REPORT,
            incentives_week.REPORT,
            incentives_year.REPORT,
            creative_king.REPORT,
            knowledge_quarter.REPORT,
            mvp.REPORT,
        ],
        ENDED: [making.settle_failed],
        HEADLINES: [glance.headline, proposal_glance.headline],
        BODIES: [dashboard.first_page],
    },
)
