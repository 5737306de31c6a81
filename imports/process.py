"""What the intake declares, and the pages of the importers that stand below it."""

from core.attachments import whoever_sees
from core.duties import Duty, Phase
from core.jobs import JobKind
from core.process import Process
from imports import navigation, setup
from imports.models import Intake, Word
from imports.services import intake, retention, undo
from imports.sockets import IMPORT_PAGES, ImportPage
from imports.workflow import INTAKE
from organization.sockets import SETUP

PROCESS = Process(
    audit=(Word,),
    files={Intake: whoever_sees},
    workflows=(INTAKE,),
    jobs=(
        JobKind(intake.CHECK, intake.run_check),
        JobKind(intake.SAVE, intake.run_save),
        JobKind(undo.KIND, undo.run_undo),
    ),
    duties=(Duty("imports", Phase.REPORTS, retention.clear_old),),
    account=(navigation.ACCOUNT,),
    plugs={
        SETUP: [setup.STEP],
        IMPORT_PAGES: [
            ImportPage("departments", "organization.manage", "departments"),
            ImportPage("departments-past", "organization.manage", "departments"),
            ImportPage("staff", "organization.manage", "staff_lists"),
        ],
    },
)
