"""Tables of the ground."""

from core.models.attachment import Attachment
from core.models.checkpoint import LedgerCheckpoint
from core.models.clock import Clock, ClockAdjustment, ClockChange
from core.models.dated import Dated
from core.models.draft import Draft
from core.models.gram import Gram
from core.models.holiday import Holiday
from core.models.job import Job
from core.models.log import AccessLog, Destruction, TransitionLog
from core.models.once import Counter, Done, DutyLock, Sent
from core.models.passage import Passage, Place, Reading
from core.models.passes import Pass
from core.models.saved import SavedFilter
from core.models.session import Session
from core.models.tries import Tries
from core.models.work import OpenWork, WorkHolder

__all__ = [
    "AccessLog",
    "Attachment",
    "Clock",
    "ClockAdjustment",
    "ClockChange",
    "Counter",
    "Dated",
    "Destruction",
    "Done",
    "Draft",
    "DutyLock",
    "Gram",
    "Holiday",
    "Job",
    "LedgerCheckpoint",
    "OpenWork",
    "Pass",
    "Passage",
    "Place",
    "Reading",
    "SavedFilter",
    "Sent",
    "Session",
    "TransitionLog",
    "Tries",
    "WorkHolder",
]
