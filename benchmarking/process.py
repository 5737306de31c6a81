"""What benchmarking declares."""

from benchmarking import navigation, visit_rules, visit_workflow, workflow  # noqa: F401  visit_rules: declares
from benchmarking.excel import CaseImporter
from benchmarking.models import (
    BudgetEntry,
    Case,
    FieldVisit,
    FollowUp,
    Review,
    TravelBudget,
    VisitExpense,
    VisitLine,
    VisitMember,
    VisitReport,
)
from benchmarking.selectors import reviews, visits
from benchmarking.services import clocks, dispatch, mergers, reminders, visit_reports
from benchmarking.similar import TITLES
from benchmarking.views.lists import CaseList, FollowUpList, ReviewList
from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.ledger.verify import Ledger
from core.process import Process
from organization.sockets import IMPORT_PAGES, ON_MERGE, OPEN_WORK, ImportPage

PROCESS = Process(
    audit=(Case, Review, FollowUp, FieldVisit, VisitMember, VisitLine, VisitReport, VisitExpense),
    audit_without={TravelBudget: ("balance", "length", "seal")},
    files={
        Case: whoever_sees,
        Review: whoever_sees,
        FollowUp: whoever_sees,
        FieldVisit: whoever_sees,
        VisitReport: visits.may_fetch,
        VisitExpense: visits.may_fetch,
    },
    workflows=(workflow.CASE, workflow.REVIEW, workflow.FOLLOW_UP, visit_workflow.VISIT),
    clocks=(
        ClockKind(dispatch.CLOCK, clocks.due_moved, clocks.lock_open),
        ClockKind(visit_reports.CLOCK, visit_reports.due_moved, visit_reports.lock_open),
    ),
    duties=(
        Duty("visits", Phase.STATES, visit_reports.mark_travelled),
        Duty("reminders", Phase.REMINDERS, reminders.remind),
        Duty("rereview", Phase.REMINDERS, reminders.call_for_rereview),
    ),
    importers=(CaseImporter,),
    exports=(
        list_export("benchmarking-cases", CaseList, Case.objects.all),
        list_export("benchmarking-reviews", ReviewList, Review.objects.live),
        list_export("benchmarking-follow-ups", FollowUpList, FollowUp.objects.all),
    ),
    ledgers=(Ledger(BudgetEntry, TravelBudget),),
    menu=(navigation.MENU,),
    search=(navigation.find, navigation.find_visits),
    similar=(TITLES,),
    plugs={
        OPEN_WORK: [reviews.open_of, visits.open_of],
        ON_MERGE: [mergers.department_merged],
        IMPORT_PAGES: [ImportPage(CaseImporter.kind, "benchmarking.plan", "benchmarking:cases")],
    },
)
