"""What learning clubs declare."""

from django.utils.translation import gettext_lazy as _

from awards.sockets import FOLLOWING
from budgets.purses import PURSES
from clubs import (
    mirrors,
    navigation,
    navigation_papers,
    workflow,
    workflow_bests,
    workflow_reports,
    workflow_supports,
)
from clubs.excel import PastMeetingImporter, PastRollImporter, PastSupportBudgetImporter, TopicImporter
from clubs.kinds import ClubPanel
from clubs.models import Best, Club, Founder, Report, Support, Team, Topic, Traveller, Upkeep
from clubs.purse import SUPPORT
from clubs.services import bests, clubs, judging, reports, upkeep
from clubs.views.bests import BestList, TravellerList
from clubs.views.lists import ClubList, UpkeepList, with_numbers
from clubs.views.reports import ReportList
from clubs.views.supports import Fees, SupportList
from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from evaluations.kinds import KINDS as ROUND_KINDS
from imports.sockets import IMPORT_PAGES, ImportPage
from knowledge.sockets import MIRRORS
from meetings.kinds import KINDS
from notifications.numbers import NUMBERS
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(Topic, Club, Team, Founder, Upkeep, Report, Support, Best, Traveller),
    files={Report: whoever_sees, Support: whoever_sees},
    workflows=(
        workflow.CLUB,
        workflow.UPKEEP,
        workflow_reports.REPORT,
        workflow_supports.SUPPORT,
        workflow_bests.BEST,
    ),
    importers=(PastRollImporter, PastMeetingImporter, PastSupportBudgetImporter, TopicImporter),
    duties=(
        Duty("clubs.upkeep", Phase.STATES, upkeep.note_changes),
        Duty("clubs.close", Phase.STATES, clubs.close_past),
        Duty("clubs.reports", Phase.STATES, reports.ask_due),
    ),
    exports=(
        list_export("clubs", ClubList, lambda: with_numbers(Club.objects.all())),
        list_export("club-upkeep", UpkeepList, Upkeep.objects.all),
        list_export("club-reports", ReportList, Report.objects.all),
        list_export("club-supports", SupportList, Support.objects.all),
        list_export("club-fees", Fees, Support.objects.all),
        list_export("club-bests", BestList, Best.objects.all),
        list_export("club-travellers", TravellerList, Traveller.objects.all),
    ),
    menu=(navigation.MENU,),
    search=(
        navigation.find,
        navigation.find_meetings,
        navigation_papers.find_reports,
        navigation_papers.find_supports,
    ),
    plugs={
        MIRRORS: [mirrors.MIRROR],
        KINDS: [ClubPanel()],
        PURSES: [SUPPORT],
        FOLLOWING: [judging.ResultFollower(), bests.BestFollower()],
        NUMBERS: [*navigation.NUMBERS, *navigation_papers.NUMBERS],
        ROUND_KINDS: judging.KINDS,
        ON_MERGE: [clubs.department_merged],
        OPEN_WORK: [DepartmentWork(_("신청하거나 활동 중인 학습동아리 %(count)d개"), clubs.open_of)],
        IMPORT_PAGES: [
            ImportPage(PastRollImporter.kind, "clubs.plan", "clubs:home"),
            ImportPage(PastMeetingImporter.kind, "clubs.plan", "clubs:home"),
            ImportPage(PastSupportBudgetImporter.kind, "clubs.change_budget", "clubs:home"),
            ImportPage(TopicImporter.kind, "clubs.plan", "clubs:topics"),
        ],
    },
)
