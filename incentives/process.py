"""What incentive projects declare."""

from django.utils.translation import gettext_lazy as _

from awards.sockets import FOLLOWING
from budgets.purses import PURSES
from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from incentives import (
    navigation,
    navigation_indicators,
    navigation_results,
    workflow,
    workflow_payouts,
    workflow_thanks,
    workflow_weekly,
)
from incentives.excel import (
    PastBonusBudgetImporter,
    PastProjectImporter,
    PastResultImporter,
    YearSumImporter,
)
from incentives.kinds import BriefingPanel
from incentives.models import (
    Briefing,
    Contact,
    Division,
    Elsewhere,
    GradeName,
    Indicator,
    Part,
    Payout,
    Plan,
    Prize,
    Project,
    Result,
    Reward,
    Share,
    Thanks,
    Value,
    Week,
    WeekReport,
    YearSum,
)
from incentives.models.project import DivisionQuerySet
from incentives.purse import BONUS
from incentives.services import briefings, contacts, payouts, plans, projects, rewards, weeks
from incentives.views.indicator_list import IndicatorList
from incentives.views.indicator_list import listed as measured
from incentives.views.lists import DivisionList, listed
from incentives.views.results import ResultList
from incentives.views.results import listed as with_prizes
from incentives.views.thanks import RewardList
from incentives.views.week_reports import ReportList
from incentives.views.week_reports import listed as reports_listed
from incentives.views.weekly import WeekList, with_numbers
from meetings.kinds import KINDS
from notifications.numbers import NUMBERS
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(
        *(Briefing, Project, Division, Part, Contact, Plan, Indicator, Value, Week, WeekReport),
        *(Result, Share, Prize, Elsewhere, Payout, Thanks, Reward, GradeName, YearSum),
    ),
    files=dict.fromkeys((Division, Plan, Value, Result, WeekReport), whoever_sees),
    workflows=(
        *(workflow.DIVISION, workflow.CONTACT, workflow_weekly.WEEK, workflow_weekly.REPORT),
        *(workflow_payouts.PAYOUT, workflow_thanks.THANKS),
    ),
    clocks=(ClockKind(plans.CLOCK, plans.due_moved, plans.lock_open),),
    duties=(
        Duty("incentives.contacts", Phase.STATES, contacts.note_moves),
        Duty("incentives.weeks", Phase.STATES, weeks.keep_weeks),
        Duty("incentives.attendees", Phase.STATES, briefings.follow_all),
        Duty("incentives.agenda", Phase.DRAFTS, briefings.draft_all),
    ),
    exports=(
        list_export("incentives", DivisionList, lambda: listed(DivisionQuerySet(Division))),
        list_export("incentives-indicators", IndicatorList, lambda: measured(Indicator.objects.all())),
        list_export("incentive-results-list", ResultList, lambda: with_prizes(Result.objects.all())),
        list_export("incentive-rewards", RewardList, lambda: Reward.objects.exclude(award=None)),
        list_export("incentives-weeks", WeekList, lambda: with_numbers(Week.objects.all())),
        list_export("incentives-week-reports", ReportList, lambda: reports_listed(WeekReport.objects.all())),
    ),
    importers=(PastProjectImporter, PastResultImporter, YearSumImporter, PastBonusBudgetImporter),
    menu=(navigation.MENU,),
    search=(
        navigation.find,
        navigation_indicators.find_indicators,
        navigation_results.find_results,
        navigation.find_meetings,
    ),
    plugs={
        KINDS: [BriefingPanel()],
        PURSES: [BONUS],
        FOLLOWING: [rewards.RewardFollower()],
        IMPORT_PAGES: [
            ImportPage(PastProjectImporter.kind, "incentives.plan", "incentives:list"),
            ImportPage(PastResultImporter.kind, "incentives.plan", "incentives:results"),
            ImportPage(YearSumImporter.kind, "incentives.plan", "incentives:years"),
            ImportPage(PastBonusBudgetImporter.kind, "incentives.change_budget", "incentives:results"),
        ],
        NUMBERS: [*navigation.NUMBERS],
        ON_MERGE: [projects.department_merged, payouts.department_merged],
        OPEN_WORK: [
            DepartmentWork(_("평가를 앞둔 공동협력사업 %(count)d개 부문"), projects.open_of),
            DepartmentWork(_("지급하지 않은 포상금 %(count)d건"), payouts.open_of),
        ],
    },
)
