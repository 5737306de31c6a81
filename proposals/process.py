"""What proposals declare."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.passes import BearerKind
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from letters.sockets import KINDS as LETTER_KINDS
from notifications.numbers import NUMBERS, Counted, Number
from organization.sockets import OPEN_WORK, DepartmentWork
from policies.sockets import UNDERWAY, Underway
from proposals import call_workflow, complaint_workflow, navigation, policies, workflow
from proposals.excel import PastProposalImporter, ProposalImporter
from proposals.letters import LETTERS
from proposals.models import (
    Call,
    Complaint,
    Decision,
    Interim,
    Opinion,
    Proposal,
    ProposalReview,
    Supplement,
    Writing,
)
from proposals.rules import LINK, WRITING
from proposals.selectors import reviews as reviewing
from proposals.services import anonymising, complaints, handling, interims, opinions, supports, writings
from proposals.services.reviewing import REVIEWS
from proposals.similar import TITLES
from proposals.views.desk import ProposalList
from proposals.views.desk_calls import CallList
from proposals.views.lists import InterimList, ReviewList
from reviews.kinds import KINDS
from reviews.selectors import load
from reviews.services.clocks import clock_kind

PROCESS = Process(
    audit=(Call, Complaint, Decision, ProposalReview, Opinion, Interim),
    audit_without={  # what citizens write stands in one place, where it can be forgotten (D3)
        Proposal: (*anonymising.TEXTS, "covered", "sought"),
        Supplement: ("answer",),
    },
    files={
        Proposal: "proposals.files",
        Writing: "proposals.write",
        ProposalReview: whoever_sees,
    },
    workflows=(
        workflow.PROPOSAL,
        workflow.REVIEW,
        workflow.INTERIM,
        call_workflow.CALLS,
        complaint_workflow.COMPLAINTS,
    ),
    clocks=(
        *(ClockKind(kind, handling.due_moved, handling.lock_open) for kind in handling.CLOCKS),
        clock_kind(REVIEWS),
        ClockKind(complaints.CLOCK, complaints.due_moved, complaints.lock_open),
    ),
    duties=(
        Duty("proposals.writings", Phase.STATES, writings.forget_unsent),
        Duty("proposals.networks", Phase.STATES, supports.forget_networks),
        Duty("proposals.opinions", Phase.STATES, opinions.end_late),
        Duty("proposals.forget", Phase.REPORTS, anonymising.forget_past),
        Duty("proposals.interims", Phase.DRAFTS, interims.draft_due),
        Duty("proposals.reporters", Phase.STATES, complaints.forget_networks),
    ),
    importers=(ProposalImporter, PastProposalImporter),
    exports=(
        list_export("proposal-list", ProposalList, Proposal.objects.all),
        list_export("proposal-calls", CallList, Call.objects.all),
        list_export("proposal-reviews", ReviewList, ProposalReview.objects.live),
        list_export("proposal-interims", InterimList, Interim.objects.all),
    ),
    bearers=(
        BearerKind(LINK, lambda proposal: reverse("proposals:mine", args=[proposal.pk])),
        BearerKind(WRITING, lambda writing: writing.get_absolute_url()),
    ),
    menu=(navigation.MENU,),
    public=navigation.PUBLIC,
    search=(navigation.find,),
    similar=(TITLES,),
    plugs={
        IMPORT_PAGES: [
            ImportPage(importer.kind, "proposals.import", "proposals:desk")
            for importer in (ProposalImporter, PastProposalImporter)
        ],
        NUMBERS: [
            Number("proposals", "proposals.late", Proposal, Counted.LATE),
            Number("proposals", "proposals.complaints", Complaint, Counted.WAITING),
            Number("proposals", "proposals.department", ProposalReview, Counted.DEPARTMENT),
            Number("proposals", "proposals.interims", Interim, Counted.WAITING, led=False),
        ],
        UNDERWAY: [
            Underway(policies.OF_A_PROPOSAL, _("처리 중인 제안 %(count)d건"), handling.begun),
            Underway(
                policies.REVIEW_FIGURES.reckoned,
                _("진행 중인 제안 검토 %(count)d건"),
                lambda: load.begun(ProposalReview.objects),
            ),
        ],
        OPEN_WORK: [
            DepartmentWork(_("진행 중인 제안 검토 %(count)d건"), reviewing.open_of, reviewing.folded)
        ],
        KINDS: [REVIEWS],
        LETTER_KINDS: LETTERS,
    },
)
