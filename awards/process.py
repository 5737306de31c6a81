"""What awards declare."""

from awards import navigation, workflow
from awards.models import Award
from awards.purse import PRIZES
from awards.services import forgetting
from budgets.purses import PURSES
from core.duties import Duty, Phase
from core.process import Process

PROCESS = Process(
    audit_without={Award: ("name", "receipt")},
    workflows=(workflow.AWARD,),
    duties=(Duty("awards", Phase.STATES, forgetting.forget_past),),
    account=(navigation.ACCOUNT,),
    search=(navigation.find,),
    plugs={PURSES: [PRIZES]},
)
