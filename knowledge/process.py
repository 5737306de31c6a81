"""What the knowledge board declares."""

from django.utils.translation import gettext_lazy as _

from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from knowledge import navigation, workflow
from knowledge.models import Edition, Field, Post
from knowledge.services import looking, mirrors
from knowledge.similar import TITLES
from knowledge.views.lists import FieldList, PostList
from notifications.numbers import NUMBERS
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(Field, Post, Edition),
    files={Post: whoever_sees},
    workflows=(workflow.POST,),
    duties=(
        Duty("knowledge.mirrors", Phase.STATES, mirrors.keep_up),
        Duty("knowledge.look", Phase.STATES, looking.come_due),
    ),
    exports=(
        list_export("knowledge", PostList, Post.objects.standing),
        list_export("knowledge-fields", FieldList, Field.objects.all),
    ),
    menu=(navigation.MENU,),
    search=(navigation.find,),
    similar=(TITLES,),
    plugs={
        NUMBERS: list(navigation.NUMBERS),
        ON_MERGE: [looking.department_merged],
        OPEN_WORK: [DepartmentWork(_("쓰고 있거나 승인 전인 지식 %(count)d건"), looking.open_of)],
    },
)
