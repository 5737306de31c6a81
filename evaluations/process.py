"""What this app declares."""

from django.urls import reverse

from core.exports import list_export
from core.passes import BearerKind
from core.process import Process
from evaluations import navigation, workflow, workflow_judging
from evaluations.models import Conflict, Criterion, Division, Entry, Grade, Judge, Round, Stage
from evaluations.publication import ROUNDS
from evaluations.rules import BALLOT
from evaluations.views.lists import RoundList
from notifications.numbers import NUMBERS, Counted, Number

# Sheets, marks and typings are written down nowhere else: who reads logs would read scores before they may (E3).
PROCESS = Process(
    audit=(Round, Division, Grade, Entry, Stage, Criterion),
    audit_without={Conflict: ("reason",), Judge: ("slip_seal",)},
    workflows=(
        workflow.ROUND,
        workflow_judging.STAGE,
        workflow_judging.JUDGE,
        workflow_judging.SHEET,
        workflow_judging.CONFLICT,
    ),
    exports=(list_export("rounds", RoundList, Round.objects.all),),
    publishers=(ROUNDS,),
    bearers=(BearerKind(BALLOT, lambda judge: reverse("evaluations:ballot", args=[judge.pk])),),
    menu=(navigation.MENU,),
    search=(navigation.find,),
    plugs={NUMBERS: [Number("evaluations", "evaluations.mine", Judge, Counted.WAITING)]},
)
