"""What learning clubs declare."""

from budgets.purses import PURSES
from clubs import workflow
from clubs.excel import PastMeetingImporter, PastRollImporter, PastSupportBudgetImporter
from clubs.kinds import ClubPanel
from clubs.models import Best, Club, Founder, Report, Support, Team, Topic, Traveller, Upkeep
from clubs.purse import SUPPORT
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from meetings.kinds import KINDS

PROCESS = Process(
    audit=(Topic, Club, Team, Founder, Upkeep, Report, Support, Best, Traveller),
    workflows=(workflow.CLUB,),
    importers=(PastRollImporter, PastMeetingImporter, PastSupportBudgetImporter),
    plugs={
        KINDS: [ClubPanel()],
        PURSES: [SUPPORT],
        IMPORT_PAGES: [
            ImportPage(PastRollImporter.kind, "clubs.plan", "clubs:home"),
            ImportPage(PastMeetingImporter.kind, "clubs.plan", "clubs:home"),
            ImportPage(PastSupportBudgetImporter.kind, "clubs.change_budget", "clubs:home"),
        ],
    },
)
