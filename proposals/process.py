"""What proposals declare."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.passes import BearerKind
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from notifications.numbers import NUMBERS, Counted, Number
from policies.sockets import UNDERWAY, Underway
from proposals import call_workflow, navigation, policies, workflow
from proposals.excel import PastProposalImporter, ProposalImporter
from proposals.models import Call, Decision, Proposal, Supplement, Writing
from proposals.rules import LINK, WRITING
from proposals.services import handling, supports, writings
from proposals.similar import TITLES
from proposals.views.desk import ProposalList
from proposals.views.desk_calls import CallList

PROCESS = Process(
    audit=(Call, Proposal, Decision, Supplement),
    files={Proposal: "proposals.files", Writing: "proposals.write"},
    workflows=(workflow.PROPOSAL, call_workflow.CALLS),
    clocks=tuple(ClockKind(kind, handling.due_moved, handling.lock_open) for kind in handling.CLOCKS),
    duties=(
        Duty("proposals.writings", Phase.STATES, writings.forget_unsent),
        Duty("proposals.networks", Phase.STATES, supports.forget_networks),
    ),
    importers=(ProposalImporter, PastProposalImporter),
    exports=(
        list_export("proposal-list", ProposalList, Proposal.objects.all),
        list_export("proposal-calls", CallList, Call.objects.all),
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
        NUMBERS: [Number("proposals", "proposals.late", Proposal, Counted.LATE)],
        UNDERWAY: [Underway(policies.OF_A_PROPOSAL, _("처리 중인 제안 %(count)d건"), handling.begun)],
    },
)
