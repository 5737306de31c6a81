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
    CODE_NETWORK_TRIES,
    CODE_TRIES,
    CODE_WAIT,
    DRAFT_KB,
    DRAFTS,
    EXPORT_DAYS,
    FILES_DAY,
    FILES_EACH,
    GATE_BITS,
    GATE_CONTACT,
    GATE_FLOOD,
    GATE_HOURS,
    GATE_KNOWN,
    GATE_NETWORK,
    GATE_NETWORKS,
    GATE_SECONDS,
    GATE_WAIT,
    IDLE_MINUTES,
    LOOKS_KEPT,
    RIGHTS_KEPT,
)
from organization.selectors import principals
from organization.services import checks, departments, passwords, staff, stafflists
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
        Duty("logins", Phase.PEOPLE, lambda day: sessions.clear_ended()),
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
            Limit("code_tries", CODE_TRIES.current),
            Limit("code_network_tries", CODE_NETWORK_TRIES.current),
            Limit("code_wait", CODE_WAIT.current),
            Limit("gate_seconds", GATE_SECONDS.current),
            Limit("gate_hours", GATE_HOURS.current),
            Limit("gate_network", GATE_NETWORK.current),
            Limit("gate_known", GATE_KNOWN.current),
            Limit("gate_networks", GATE_NETWORKS.current),
            Limit("gate_contact", GATE_CONTACT.current),
            Limit("gate_flood", GATE_FLOOD.current),
            Limit("gate_wait", GATE_WAIT.current),
            Limit("gate_bits", GATE_BITS.current),
        ],
        IDLE: [lambda: IDLE_MINUTES.current() * 60],
    },
)
