"""What the intake declares, and the pages of the importers that stand below it."""

from core.jobs import JobKind
from core.process import Process
from imports.services import intake
from imports.sockets import IMPORT_PAGES, ImportPage

PROCESS = Process(
    jobs=(JobKind(intake.KIND, intake.run_import),),
    plugs={
        IMPORT_PAGES: [
            ImportPage("departments", "organization.manage", "departments"),
            ImportPage("staff", "organization.manage", "staff"),
        ],
    },
)
