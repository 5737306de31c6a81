from django.urls import reverse

from core.passes import BearerKind
from core.process import Process
from tests.throwaway.models import Slip
from tests.throwaway.rules import LINK
from tests.throwaway.workflow import SLIP

PROCESS = Process(
    audit=(Slip,),
    files={Slip: "throwaway.view"},
    workflows=(SLIP,),
    bearers=(BearerKind(LINK, lambda slip: reverse("throwaway:slip", args=[slip.pk])),),
)
