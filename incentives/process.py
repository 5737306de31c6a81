"""What incentive projects declare."""

from django.utils.translation import gettext_lazy as _

from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from incentives import navigation, navigation_indicators, workflow
from incentives.models import Contact, Division, Indicator, Part, Plan, Project, Value
from incentives.models.project import DivisionQuerySet
from incentives.services import contacts, plans, projects
from incentives.views.indicator_list import IndicatorList
from incentives.views.indicator_list import listed as measured
from incentives.views.lists import DivisionList, listed
from notifications.numbers import NUMBERS
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(Project, Division, Part, Contact, Plan, Indicator, Value),
    files={Division: whoever_sees, Plan: whoever_sees, Value: whoever_sees},
    workflows=(workflow.DIVISION, workflow.CONTACT),
    clocks=(ClockKind(plans.CLOCK, plans.due_moved, plans.lock_open),),
    duties=(Duty("incentives.contacts", Phase.STATES, contacts.note_moves),),
    exports=(
        list_export("incentives", DivisionList, lambda: listed(DivisionQuerySet(Division))),
        list_export("incentives-indicators", IndicatorList, lambda: measured(Indicator.objects.all())),
    ),
    menu=(navigation.MENU,),
    search=(navigation.find, navigation_indicators.find_indicators),
    plugs={
        NUMBERS: [*navigation.NUMBERS],
        ON_MERGE: [projects.department_merged],
        OPEN_WORK: [DepartmentWork(_("평가를 앞둔 공동협력사업 %(count)d개 부문"), projects.open_of)],
    },
)
