"""What proposals declare."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.passes import BearerKind
from core.process import Process
from evaluations.kinds import KINDS as ROUND_KINDS
from imports.sockets import IMPORT_PAGES, ImportPage
from knowledge.sockets import MIRRORS
from leaks.sockets import SHOWN, SOURCES
from letters.sockets import KINDS as LETTER_KINDS
from mileage.enums import RankingKind
from mileage.sockets import EXCLUSIONS, Exclusion
from notifications.numbers import NUMBERS, Counted, Number
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork
from policies.sockets import UNDERWAY, Underway
from proposals import (
    call_workflow,
    complaint_workflow,
    letters_following,
    letters_judging,
    mirrors,
    navigation,
    people,
    policies,
    workflow,
    workflow_following,
)
from proposals.excel import PastProposalImporter, ProposalImporter
from proposals.letters import FOLLOW_LETTERS, LETTERS
from proposals.models import (
    Call,
    Check,
    Complaint,
    Credit,
    Decision,
    Effect,
    Fingerprint,
    Interim,
    Milestone,
    Objection,
    Opinion,
    Proposal,
    ProposalReview,
    Reply,
    Slip,
    Supplement,
    Undertaking,
    Writing,
)
from proposals.rules import FOLLOW, LINK, WRITING
from proposals.selectors import qualifying
from proposals.selectors import reviews as reviewing
from proposals.services import (
    anonymising,
    complaints,
    followers,
    following,
    handling,
    interims,
    judging,
    objecting,
    opinions,
    supports,
    twins,
    watching,
    writings,
)
from proposals.services.reviewing import REVIEWS
from proposals.similar import FINGERPRINTS, TITLES
from proposals.views.desk import ProposalList
from proposals.views.desk_calls import CallList
from proposals.views.following import UndertakingList
from proposals.views.lists import InterimList, ReviewList
from proposals.views.objections import ObjectionList
from reviews.kinds import KINDS
from reviews.selectors import load
from reviews.services.clocks import clock_kind

PROCESS = Process(
    audit=(
        Call,
        Complaint,
        Decision,
        ProposalReview,
        Opinion,
        Interim,
        Undertaking,
        Milestone,
        Slip,
        Check,
        Effect,
        Fingerprint,
        Credit,
    ),
    audit_without={  # what citizens write stands in one place, where it can be forgotten (D3)
        Proposal: (*anonymising.TEXTS, "covered", "sought"),
        Supplement: ("answer",),
        Reply: ("text",),
        Objection: ("reason", "work"),
    },
    files={
        Proposal: "proposals.files",
        Writing: "proposals.write",
        ProposalReview: whoever_sees,
        Undertaking: whoever_sees,
    },
    workflows=(
        workflow.PROPOSAL,
        workflow.REVIEW,
        workflow.INTERIM,
        call_workflow.CALLS,
        complaint_workflow.COMPLAINTS,
        workflow_following.UNDERTAKING,
        workflow_following.OBJECTIONS,
    ),
    clocks=(
        *(ClockKind(kind, handling.due_moved, handling.lock_open) for kind in handling.CLOCKS),
        clock_kind(REVIEWS),
        ClockKind(complaints.CLOCK, complaints.due_moved, complaints.lock_open),
        ClockKind(objecting.CLOCK, objecting.due_moved, objecting.lock_open),
    ),
    duties=(
        Duty("proposals.writings", Phase.STATES, writings.forget_unsent),
        Duty("proposals.networks", Phase.STATES, supports.forget_networks),
        Duty("proposals.opinions", Phase.STATES, opinions.end_late),
        Duty("proposals.forget", Phase.REPORTS, anonymising.forget_past),
        Duty("proposals.close_old", Phase.STATES, watching.close_old),
        Duty("proposals.ask_proposers", Phase.STATES, watching.ask_proposers),
        Duty("proposals.checks", Phase.STATES, watching.open_checks),
        Duty("proposals.effects", Phase.STATES, watching.ask_effects),
        Duty("proposals.fingerprints", Phase.STATES, twins.leave_marks),
        Duty("proposals.interims", Phase.DRAFTS, interims.draft_due),
        Duty("proposals.news", Phase.REMINDERS, followers.send_news),
        Duty("proposals.followers", Phase.STATES, followers.forget_past),
        Duty("proposals.reporters", Phase.STATES, complaints.forget_networks),
    ),
    importers=(ProposalImporter, PastProposalImporter),
    exports=(
        list_export("proposal-list", ProposalList, Proposal.objects.all),
        list_export("proposal-calls", CallList, Call.objects.all),
        list_export("proposal-reviews", ReviewList, ProposalReview.objects.live),
        list_export("proposal-interims", InterimList, Interim.objects.all),
        list_export("proposal-undertakings", UndertakingList, Undertaking.objects.marked),
        list_export("proposal-objections", ObjectionList, Objection.objects.all),
    ),
    bearers=(
        BearerKind(LINK, lambda proposal: reverse("proposals:mine", args=[proposal.pk])),
        BearerKind(FOLLOW, lambda follower: reverse("proposals:following", args=[follower.pk])),
        BearerKind(WRITING, lambda writing: writing.get_absolute_url()),
    ),
    menu=(navigation.MENU,),
    public=navigation.PUBLIC,
    search=(navigation.find,),
    similar=(TITLES, FINGERPRINTS),
    plugs={
        MIRRORS: [mirrors.MIRROR],
        EXCLUSIONS: [Exclusion(RankingKind.CREATIVE_KING, _("제안 미제출"), qualifying.submitted)],
        IMPORT_PAGES: [
            ImportPage(importer.kind, "proposals.import", "proposals:desk")
            for importer in (ProposalImporter, PastProposalImporter)
        ],
        NUMBERS: [
            Number("proposals", "proposals.late", Proposal, Counted.LATE),
            Number("proposals", "proposals.complaints", Complaint, Counted.WAITING, led=False),
            Number("proposals", "proposals.department", ProposalReview, Counted.DEPARTMENT),
            Number("proposals", "proposals.interims", Interim, Counted.WAITING, led=False),
            Number("proposals", "proposals.undertakings", Undertaking, Counted.DEPARTMENT),
            Number("proposals", "proposals.late_undertakings", Undertaking, Counted.LATE),
            Number("proposals", "proposals.objections", Objection, Counted.WAITING, led=False),
        ],
        UNDERWAY: [
            Underway(policies.OF_A_PROPOSAL, _("처리 중인 제안 %(count)d건"), handling.begun),
            Underway(
                policies.REVIEW_FIGURES.reckoned,
                _("진행 중인 제안 검토 %(count)d건"),
                lambda: load.begun(ProposalReview.objects),
            ),
            Underway(policies.OF_AN_UNDERTAKING, _("이행 중인 제안 %(count)d건"), following.begun),
        ],
        SOURCES: [people.SOURCE],
        SHOWN: list(people.SHOWN_HERE),
        OPEN_WORK: [
            DepartmentWork(_("진행 중인 제안 검토 %(count)d건"), reviewing.open_of, reviewing.folded),
            DepartmentWork(_("이행 중인 제안 %(count)d건"), following.open_of),
        ],
        ON_MERGE: [following.department_merged],
        KINDS: [REVIEWS],
        LETTER_KINDS: [*LETTERS, *FOLLOW_LETTERS, *letters_following.LETTERS, *letters_judging.LETTERS],
        ROUND_KINDS: judging.KINDS,
    },
)
