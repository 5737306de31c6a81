"""What people and departments declare."""

from auditlog.models import LogEntry
from django.urls import reverse

from core import sessions
from core.duties import Duty, Phase
from core.jobs import JobKind
from core.limits import LIMITS, Limit
from core.models import AccessLog, SavedFilter
from core.navigation import IDLE
from core.office import HINTS, OFFICE
from core.passes import BearerKind
from core.permissions import PRINCIPALS
from core.process import Process
from core.retention import Term
from organization import navigation, office, setup
from organization.excel import DepartmentImporter, PastDepartmentImporter, StaffImporter
from organization.models import Absence, Department, Office, PasswordIssue, Posting, RoleAssignment, User
from organization.policies import (
    DRAFT_KB,
    DRAFTS,
    EXPORT_DAYS,
    FILES_DAY,
    FILES_EACH,
    IDLE_MINUTES,
    LOOKS_KEPT,
    RIGHTS_KEPT,
)
from organization.selectors import principals
from organization.services import checks, departments, passwords, staff, stafflists, tries
from organization.sockets import KNOWN, MACHINE, SETUP, Known
from organization.workflow import ACCESS_CHECK, STAFF_LIST

PROCESS = Process(
    audit=(Department, Posting, RoleAssignment, Absence, Office),
    files={Office: "organization.self"},
    audit_without={User: ("password", "last_login"), PasswordIssue: ("seed", "job")},
    duties=(
        Duty("departments", Phase.PEOPLE, departments.apply_department_changes),
        Duty("postings", Phase.PEOPLE, staff.apply_postings),
        Duty("access_checks", Phase.STATES, checks.open_checks),
        Duty("slips", Phase.PEOPLE, passwords.forget_seeds),
        Duty("logins", Phase.PEOPLE, lambda day: tries.clear_old() + sessions.clear_ended()),
    ),
    workflows=(ACCESS_CHECK, STAFF_LIST),
    jobs=(JobKind(passwords.KIND, passwords.run_issue), JobKind(stafflists.KIND, stafflists.run_list)),
    bearers=(BearerKind(passwords.INVITATION, lambda user: reverse("welcome", args=[user.pk])),),
    terms=(
        Term(AccessLog, "at", LOOKS_KEPT.current),
        *(Term(LogEntry, "timestamp", RIGHTS_KEPT.current, of=model) for model in (User, RoleAssignment)),
    ),
    importers=(DepartmentImporter, StaffImporter, PastDepartmentImporter),
    menu=(navigation.MENU,),
    account=navigation.ACCOUNT,
    search=(navigation.find_departments, navigation.find_people),
    plugs={
        OFFICE: [office.current],
        HINTS: [setup.hint],
        SETUP: setup.STEPS,
        MACHINE: setup.CHECKS,
        PRINCIPALS: [principals],
        KNOWN: [
            Known(
                "saves_filters",
                "SELECT EXISTS (SELECT 1 FROM {saved} WHERE owner_id = person)",
                {"saved": SavedFilter},
            )
        ],
        LIMITS: [
            Limit("draft_kb", DRAFT_KB.current),
            Limit("drafts", DRAFTS.current),
            Limit("files_each", FILES_EACH.current),
            Limit("files_day", FILES_DAY.current),
            Limit("export_days", EXPORT_DAYS.current),
        ],
        IDLE: [lambda: IDLE_MINUTES.current() * 60],
    },
)
