"""What learning clubs declare."""

from budgets.purses import PURSES
from clubs import workflow
from clubs.kinds import ClubPanel
from clubs.models import Best, Club, Founder, Report, Support, Team, Topic, Traveller, Upkeep
from clubs.purse import SUPPORT
from core.process import Process
from meetings.kinds import KINDS

PROCESS = Process(
    audit=(Topic, Club, Team, Founder, Upkeep, Report, Support, Best, Traveller),
    workflows=(workflow.CLUB,),
    plugs={KINDS: [ClubPanel()], PURSES: [SUPPORT]},
)
