"""What mileage declares."""

from awards.sockets import FOLLOWING
from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.ledger.verify import Ledger
from core.process import Process
from imports.sockets import IMPORT_PAGES, ImportPage
from mileage import navigation, workflow
from mileage.excel import OpeningImporter
from mileage.models import Account, Entry, Given, Handover, Ranking, Request
from mileage.publication import RANKINGS
from mileage.selectors import glance
from mileage.services import prizes, rankings, totals
from notifications.numbers import NUMBERS, Counted, Number
from notifications.todo import FACTS

PROCESS = Process(
    audit=(Ranking, Given, Handover, Request),
    files={Request: whoever_sees},
    workflows=(workflow.RANKING, workflow.HANDOVER, workflow.REQUEST),
    duties=(Duty("rankings", Phase.DRAFTS, rankings.draft_due),),
    ledgers=(Ledger(Entry, Account, checks=(totals.check,), repairs=(totals.repair,)),),
    publishers=(RANKINGS,),
    importers=(OpeningImporter,),
    menu=(navigation.MENU,),
    account=(navigation.ACCOUNT,),
    plugs={
        FOLLOWING: [prizes.Winners()],
        FACTS: [glance.facts],
        IMPORT_PAGES: [ImportPage(OpeningImporter.kind, "mileage.manage", "mileage:entries")],
        NUMBERS: [Number("mileage", navigation.WAITING, Request, Counted.WAITING, led=False)],
    },
)
