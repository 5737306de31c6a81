"""What contests and savings bonuses within the office declare."""

from django.utils.translation import gettext_lazy as _

from awards.sockets import FOLLOWING
from contests import navigation, selectors, workflow, workflow_bonus
from contests.models import Bonus, BonusShare, Contest, Contributor, Practice
from contests.services import bonuses, contests, judging, practices
from contests.views.bonuses import BonusList
from contests.views.contests import ContestList
from contests.views.practices import PracticeList
from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from evaluations.kinds import KINDS as ROUND_KINDS
from meetings.sockets import AGENDA
from notifications.numbers import NUMBERS, Counted, Number
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(Contest, Practice, Contributor, Bonus, BonusShare),
    files={Practice: whoever_sees, Bonus: whoever_sees},
    workflows=(workflow.CONTEST, workflow.PRACTICE, workflow_bonus.BONUS),
    duties=(
        Duty("contests.ask", Phase.STATES, contests.ask_new),
        Duty("contests.lapse", Phase.STATES, practices.lapse_past),
    ),
    exports=(
        list_export("contests", ContestList, Contest.objects.all),
        list_export("practices", PracticeList, Practice.objects.all),
        list_export("bonuses", BonusList, Bonus.objects.all),
    ),
    menu=(navigation.MENU,),
    search=(navigation.find, navigation.find_bonuses),
    plugs={
        AGENDA: [selectors.offer],
        FOLLOWING: [judging.PracticeFollower()],
        NUMBERS: [
            Number("contests", navigation.WAITING, Practice, Counted.WAITING),
            Number("contests", navigation.BONUSES, Bonus, Counted.WAITING),
        ],
        ON_MERGE: [practices.department_merged, bonuses.department_merged],
        OPEN_WORK: [
            DepartmentWork(_("내지 않은 우수사례 %(count)d건"), practices.open_of),
            DepartmentWork(_("처리 중인 예산성과금 %(count)d건"), bonuses.open_of),
        ],
        ROUND_KINDS: judging.KINDS,
    },
)
