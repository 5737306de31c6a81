"""What field visits declare."""

from django.utils.translation import gettext_lazy as _

from benchmarking.sockets import BUTTONS, CARDS, MERGERS, ON_RECALL, SIDE, Merger
from budgets.purses import PURSES
from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from knowledge.sockets import MIRRORS
from notifications.numbers import NUMBERS, Counted, Number
from organization.sockets import OPEN_WORK, DepartmentWork
from policies.sockets import UNDERWAY, Underway
from visits import mirrors, navigation, policies, workflow
from visits.excel import PastTravelBudgetImporter, PastVisitImporter
from visits.models import FieldVisit, Repayment, VisitExpense, VisitLine, VisitMember, VisitReport
from visits.purse import TRAVEL
from visits.selectors import page
from visits.services import mergers, reports, requests
from visits.views import beside

PROCESS = Process(
    audit=(FieldVisit, VisitMember, VisitLine, VisitReport, VisitExpense, Repayment),
    files={FieldVisit: whoever_sees, VisitReport: page.may_fetch, VisitExpense: page.may_fetch},
    workflows=(workflow.VISIT,),
    clocks=(
        ClockKind(reports.CLOCK, reports.due_moved, reports.lock_open),
        ClockKind(reports.CLAIM, reports.due_moved, reports.lock_open),
    ),
    duties=(Duty("visits", Phase.STATES, reports.mark_travelled),),
    importers=(PastVisitImporter, PastTravelBudgetImporter),
    search=(navigation.find,),
    plugs={
        MIRRORS: [mirrors.MIRROR],
        OPEN_WORK: [DepartmentWork(_("현장체험 %(count)d건"), page.open_of)],
        UNDERWAY: [Underway(policies.OF_A_REPORT, _("보고를 기다리는 현장체험 %(count)d건"), page.ended)],
        NUMBERS: [Number("benchmarking", navigation.WAITING, FieldVisit, Counted.WAITING)],
        CARDS: [beside.card],
        BUTTONS: [workflow.BESIDE_REVIEW],
        SIDE: [navigation.side],
        ON_RECALL: [requests.review_recalled],
        PURSES: [TRAVEL],
        IMPORT_PAGES: [
            ImportPage(PastVisitImporter.kind, "visits.record", "visits:list"),
            ImportPage(PastTravelBudgetImporter.kind, "visits.change_budget", "visits:list"),
        ],
        MERGERS: [Merger(mergers.department_merged, mergers.cases_of)],
    },
)
