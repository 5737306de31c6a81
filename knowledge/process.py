"""What the knowledge board declares."""

from django.utils.translation import gettext_lazy as _

from awards.sockets import FOLLOWING
from core.attachments import whoever_sees
from core.deadlines import ClockKind
from core.duties import Duty, Phase
from core.exports import list_export
from core.process import Process
from evaluations.kinds import KINDS as ROUND_KINDS
from imports.sockets import IMPORT_PAGES, ImportPage
from knowledge import (
    navigation,
    policies_oddities,  # noqa: F401  declares the policies, which pages alone read
    workflow,
    workflow_activity,
    workflow_campaign,
    workflow_flaw,
    workflow_question,
)
from knowledge.excel import PastPostImporter
from knowledge.finding import POSTS
from knowledge.models import Answer, Campaign, Cleared, Edition, Field, Flaw, Opinion, Post, Question
from knowledge.services import campaigns, flaws, judging, looking, mirrors, opinions, questions
from knowledge.similar import TITLES
from knowledge.views.campaigns import CampaignList
from knowledge.views.flaws import FlawList
from knowledge.views.lists import FieldList, PostList
from knowledge.views.questions import QuestionList
from notifications.numbers import NUMBERS
from organization.sockets import ON_MERGE, OPEN_WORK, DepartmentWork

PROCESS = Process(
    audit=(Field, Post, Edition, Flaw, Question, Answer, Campaign, Opinion, Cleared),
    files={Post: whoever_sees},
    workflows=(
        workflow.POST,
        workflow_flaw.FLAW,
        workflow_question.QUESTION,
        workflow_campaign.CAMPAIGN,
        workflow_activity.OPINION,
    ),
    clocks=(ClockKind(flaws.CLOCK, flaws.due_moved, flaws.lock_open),),
    duties=(
        Duty("knowledge.mirrors", Phase.STATES, mirrors.keep_up),
        Duty("knowledge.look", Phase.STATES, looking.come_due),
        Duty("knowledge.moves", Phase.STATES, looking.note_moves),
        Duty("knowledge.campaigns", Phase.STATES, campaigns.move),
        Duty("knowledge.opinions", Phase.STATES, opinions.settle),
    ),
    exports=(
        list_export("knowledge", PostList, Post.objects.standing),
        list_export("knowledge-fields", FieldList, Field.objects.all),
        list_export("knowledge-flaws", FlawList, Flaw.objects.all),
        list_export("knowledge-questions", QuestionList, Question.objects.all),
        list_export("knowledge-days", CampaignList, Campaign.objects.all),
    ),
    menu=(navigation.MENU,),
    search=(navigation.find,),
    importers=(PastPostImporter,),
    similar=(TITLES,),
    found=(POSTS,),
    plugs={
        IMPORT_PAGES: [ImportPage(PastPostImporter.kind, "knowledge.plan", "knowledge:past_files")],
        ROUND_KINDS: judging.KINDS,
        FOLLOWING: [judging.PostFollower()],
        NUMBERS: list(navigation.NUMBERS),
        ON_MERGE: [looking.department_merged, questions.department_merged],
        OPEN_WORK: [DepartmentWork(_("쓰고 있거나 승인 전인 지식 %(count)d건"), looking.open_of)],
    },
)
