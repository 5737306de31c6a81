"""What benchmarking declares."""

from django.utils.translation import gettext_lazy as _

from benchmarking import mirrors, navigation, policies, workflow
from benchmarking.excel import CaseImporter, PastCaseImporter
from benchmarking.models import Case, FollowUp, Review
from benchmarking.selectors import reviews
from benchmarking.services import rereview
from benchmarking.services.reviewing import REVIEWS
from benchmarking.similar import TITLES
from benchmarking.views.lists import CaseList, FollowUpList, ReviewList
from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from knowledge.sockets import MIRRORS
from notifications.numbers import NUMBERS, Counted, Number
from organization.sockets import OPEN_WORK, DepartmentWork
from policies.sockets import UNDERWAY, Underway
from reviews.kinds import KINDS
from reviews.selectors import load
from reviews.services.clocks import clock_kind

PROCESS = Process(
    audit=(Case, Review, FollowUp),
    files=dict.fromkeys((Case, Review, FollowUp), whoever_sees),
    workflows=(workflow.CASE, workflow.REVIEW, workflow.FOLLOW_UP),
    clocks=(clock_kind(REVIEWS),),
    duties=(Duty("rereview", Phase.REMINDERS, rereview.call_for_rereview),),
    importers=(CaseImporter, PastCaseImporter),
    exports=(
        list_export("benchmarking-case-list", CaseList, Case.objects.all),
        list_export("benchmarking-reviews", ReviewList, Review.objects.live),
        list_export("benchmarking-follow-ups", FollowUpList, FollowUp.objects.all),
    ),
    menu=(navigation.MENU,),
    search=(navigation.find,),
    similar=(TITLES,),
    plugs={
        MIRRORS: [mirrors.MIRROR],
        OPEN_WORK: [DepartmentWork(_("진행 중 검토 %(count)d건"), reviews.open_of, reviews.folded)],
        UNDERWAY: [
            Underway(
                policies.FIGURES.reckoned, _("진행 중 검토 %(count)d건"), lambda: load.begun(Review.objects)
            )
        ],
        NUMBERS: [
            Number("benchmarking", "benchmarking.department", Review, Counted.DEPARTMENT),
            Number("benchmarking", "benchmarking.late", Review, Counted.LATE),
        ],
        KINDS: [REVIEWS],
        IMPORT_PAGES: [
            ImportPage(importer.kind, "benchmarking.plan", "benchmarking:cases")
            for importer in (CaseImporter, PastCaseImporter)
        ],
    },
)
