"""What letters declare."""

from core.exports import list_export
from core.process import Process
from letters import navigation, workflow
from letters.models import Letter, Wording
from letters.services import sending
from letters.views.lists import LetterList
from notifications.numbers import NUMBERS, Counted, Number
from notifications.sockets import COURIERS

PROCESS = Process(
    audit=(Wording,),
    audit_without={Letter: ("name", "to", "title", "body", "error")},  # who it is for stands in one place
    workflows=(workflow.LETTER,),
    exports=(list_export("letter-list", LetterList, Letter.objects.all),),
    menu=(navigation.MENU,),
    search=(navigation.find,),
    plugs={
        COURIERS: [sending.COURIER],
        NUMBERS: [Number("letters", "letters.waiting", Letter, Counted.WAITING, led=False)],
    },
)
