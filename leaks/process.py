"""What leaks declare."""

from core.duties import Duty, Phase
from core.exports import list_export
from core.jobs import JobKind
from core.process import Process
from core.retention import Term
from leaks import letters, navigation, workflow
from leaks.models import Leak, LeakGroup, LeakPerson
from leaks.policies import KEPT
from leaks.services import retention, telling
from leaks.views.lists import LeakList
from letters.sockets import KINDS

PROCESS = Process(
    audit=(Leak, LeakGroup),
    workflows=(workflow.LEAK,),
    jobs=(JobKind(telling.KIND, telling.run_telling),),
    duties=(Duty("leaks", Phase.STATES, retention.forget_past),),
    terms=(Term(LeakPerson, "leak__closed_at", KEPT.current),),
    exports=(list_export("leaks", LeakList, Leak.objects.all),),
    menu=(navigation.MENU,),
    plugs={KINDS: list(letters.LETTERS)},
)
