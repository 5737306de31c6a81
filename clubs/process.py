"""What learning clubs declare."""

from django.utils.translation import gettext_lazy as _

from budgets.purses import PURSES
from clubs import navigation, workflow
from clubs.excel import PastMeetingImporter, PastRollImporter, PastSupportBudgetImporter, TopicImporter
from clubs.kinds import ClubPanel
from clubs.models import Best, Club, Founder, Report, Support, Team, Topic, Traveller, Upkeep
from clubs.purse import SUPPORT
from clubs.services import clubs, upkeep
from clubs.views.lists import ClubList, UpkeepList, with_numbers
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from meetings.kinds import KINDS
from notifications.numbers import NUMBERS
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(Topic, Club, Team, Founder, Upkeep, Report, Support, Best, Traveller),
    workflows=(workflow.CLUB, workflow.UPKEEP),
    importers=(PastRollImporter, PastMeetingImporter, PastSupportBudgetImporter, TopicImporter),
    duties=(
        Duty("clubs.upkeep", Phase.STATES, upkeep.note_changes),
        Duty("clubs.close", Phase.STATES, clubs.close_past),
    ),
    exports=(
        list_export("clubs", ClubList, lambda: with_numbers(Club.objects.all())),
        list_export("club-upkeep", UpkeepList, Upkeep.objects.all),
    ),
    menu=(navigation.MENU,),
    search=(navigation.find,),
    plugs={
        KINDS: [ClubPanel()],
        PURSES: [SUPPORT],
        NUMBERS: navigation.NUMBERS,
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
