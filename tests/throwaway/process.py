from django.urls import reverse

from core.exports import list_export
from core.passes import BearerKind
from core.process import Process
from tests.throwaway.models import Slip
from tests.throwaway.rules import LINK
from tests.throwaway.views import SlipList
from tests.throwaway.workflow import SLIP

PROCESS = Process(
    audit=(Slip,),
    files={Slip: "throwaway.view"},
    workflows=(SLIP,),
    exports=(list_export("slips", SlipList, Slip.objects.all),),
    bearers=(BearerKind(LINK, lambda slip: reverse("throwaway:slip", args=[slip.pk])),),
)
