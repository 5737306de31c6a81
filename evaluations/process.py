"""What this app declares."""

from django.urls import reverse

from core.exports import list_export
from core.jobs import JobKind
from core.passes import BearerKind
from core.process import Process
from evaluations import navigation, rules_results, workflow, workflow_judging, workflow_results
from evaluations.models import (
    Conflict,
    Correction,
    Criterion,
    Division,
    Entry,
    Grade,
    Judge,
    Objection,
    Round,
    Stage,
)
from evaluations.publication import CORRECTIONS, ROUNDS
from evaluations.rules import BALLOT
from evaluations.selectors import agenda
from evaluations.services import stability
from evaluations.views.corrections import CorrectionList
from evaluations.views.lists import RoundList
from evaluations.views.objections import ObjectionList
from meetings.sockets import AGENDA
from notifications.numbers import NUMBERS, Counted, Number

__all__ = ["PROCESS", "rules_results"]  # whose rights are declared by being read

# Sheets, marks and typings are written down nowhere else: who reads logs would read scores before they may (E3).
PROCESS = Process(
    audit=(Round, Division, Grade, Entry, Stage, Criterion, Correction),
    audit_without={Conflict: ("reason",), Judge: ("slip_seal",), Objection: ("reason",)},
    workflows=(
        workflow.ROUND,
        workflow_judging.STAGE,
        workflow_judging.JUDGE,
        workflow_judging.SHEET,
        workflow_judging.CONFLICT,
        workflow_results.OBJECTION,
        workflow_results.CORRECTION,
    ),
    exports=(
        list_export("rounds", RoundList, Round.objects.all),
        list_export("result-objections", ObjectionList, Objection.objects.all),
        list_export("result-corrections", CorrectionList, Correction.objects.all),
    ),
    jobs=(JobKind(stability.KIND, stability.run),),
    publishers=(ROUNDS,),
    guards=(CORRECTIONS,),
    bearers=(BearerKind(BALLOT, lambda judge: reverse("evaluations:ballot", args=[judge.pk])),),
    menu=(navigation.MENU,),
    public=(navigation.PUBLIC,),
    search=(navigation.find,),
    plugs={
        AGENDA: [agenda.offer],
        NUMBERS: [
            Number("evaluations", "evaluations.mine", Judge, Counted.WAITING),
            Number("evaluations", navigation.OBJECTIONS, Objection, Counted.WAITING),
        ],
    },
)
