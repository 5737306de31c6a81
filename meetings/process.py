"""What panels and sessions declare."""

from calendars.sockets import EVENTS
from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.process import Process
from meetings import agenda, events, navigation, workflow, workflow_decisions
from meetings.kinds import KINDS, Committee
from meetings.models import Answer, Attendance, Correction, Decision, Item, Panel, Seat, Session
from meetings.services import panels, seats, sessions
from meetings.sockets import AGENDA
from notifications.numbers import NUMBERS

PROCESS = Process(
    audit=(Panel, Session, Answer, Attendance, Item, Decision, Correction),
    audit_without={Seat: ("sex",)},  # planning's alone
    files={Session: whoever_sees},
    workflows=(workflow.PANEL, workflow.SEATS, workflow.SESSION, workflow_decisions.DECISION),
    duties=(
        Duty("meetings_terms", Phase.PEOPLE, seats.mark_terms),
        Duty("meetings_passed", Phase.STATES, sessions.pass_by),
        Duty("meetings_lacking", Phase.STATES, panels.mark_lacking),
    ),
    search=(navigation.find_panels, navigation.find_sessions),
    plugs={
        KINDS: [Committee()],
        NUMBERS: navigation.NUMBERS,
        EVENTS: [events.events],
        AGENDA: [agenda.offer],
    },
)
