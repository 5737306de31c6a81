"""What an app declares of itself: `<app>/process.py` has one `PROCESS`, which is plugged in when Django starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.db.models import Model

from basis.excel.exports import EXPORTS, Export
from basis.excel.importer import IMPORTERS, Importer
from basis.excel.shape import export_of
from basis.sockets import Socket
from core import exports
from core.attachments import FILES, Files, MayFetch
from core.changes import NOTED
from core.deadlines import CLOCKS, ClockKind, refresh_paused
from core.duties import DUTIES, Duty, Phase
from core.finding import files
from core.finding.index import FOUND, Findable, read_left
from core.health import CHECKS as HEALTH_CHECKS
from core.health import HEALTH
from core.jobs import JOBS, JobKind
from core.ledger.protection import GUARDS, Guard
from core.ledger.verify import CHECKS, LEDGERS, Ledger, take_checkpoint
from core.models import AccessLog, Destruction, Draft, Holiday, Job, LedgerCheckpoint, Pass, TransitionLog
from core.navigation import MENUS, MenuItem
from core.once import forget_sent
from core.passes import BEARERS, BearerKind
from core.publishing.publisher import Publisher
from core.retention import TERMS, Term, destroy_past, only_added, only_past_its_term
from core.search import PROVIDERS, Provider
from core.similar import TEXTS, Texts
from core.tries import clear_old
from core.workflow import WORKFLOWS, Workflow


@dataclass(frozen=True, kw_only=True)
class Process:
    """`audit`: the models whose rows are logged field by field, `audit_without` some fields; of those
    `noted`, only what people change. `files`: who may fetch the
    files of which model: a permission, or a function of user and thing. `plugs`: what goes into other sockets than
    those of this list."""

    audit: Sequence[type[Model]] = ()
    noted: Sequence[type[Model]] = ()
    audit_without: Mapping[type[Model], Sequence[str]] = field(default_factory=dict)
    files: Mapping[type[Model], MayFetch] = field(default_factory=dict)
    workflows: Sequence[Workflow] = ()
    clocks: Sequence[ClockKind] = ()
    duties: Sequence[Duty] = ()
    jobs: Sequence[JobKind] = ()
    importers: Sequence[type[Importer]] = ()
    exports: Sequence[Export] = ()
    ledgers: Sequence[Ledger] = ()
    guards: Sequence[Guard] = ()
    terms: Sequence[Term] = ()
    publishers: Sequence[Publisher[Any]] = ()
    menu: Sequence[MenuItem] = ()
    account: Sequence[MenuItem] = ()
    public: Sequence[MenuItem] = ()
    search: Sequence[Provider] = ()
    bearers: Sequence[BearerKind] = ()
    similar: Sequence[Texts] = ()
    found: Sequence[Findable] = ()
    plugs: Mapping[Socket[Any], Sequence[Any]] = field(default_factory=dict)

    def plug(self) -> None:
        for model in self.audit:
            auditlog.register(model)
        for model, fields in self.audit_without.items():
            auditlog.register(model, exclude_fields=list(fields))
        for socket, items in self.sockets().items():
            socket.plug(*items)

    def sockets(self) -> dict[Socket[Any], Sequence[Any]]:
        """Which item goes where."""
        return {
            NOTED: self.noted,
            FILES: [Files(model, may_fetch) for model, may_fetch in self.files.items()],
            WORKFLOWS: self.workflows,
            CLOCKS: self.clocks,
            DUTIES: self.duties,
            JOBS: self.jobs,
            IMPORTERS: self.importers,
            EXPORTS: [*(export_of(importer) for importer in self.importers), *self.exports],
            LEDGERS: self.ledgers,
            GUARDS: [
                *(Guard(ledger.entries) for ledger in self.ledgers),
                *(guard for publisher in self.publishers for guard in publisher.guards),
                *self.guards,
            ],
            TERMS: self.terms,
            CHECKS: [publisher.faults for publisher in self.publishers],
            MENUS["main"]: self.menu,
            MENUS["account"]: self.account,
            MENUS["public"]: self.public,
            PROVIDERS: self.search,
            BEARERS: self.bearers,
            TEXTS: self.similar,
            FOUND: self.found,
            **self.plugs,
        }


PROCESS = Process(
    audit=(Holiday,),
    noted=(Job,),
    audit_without={Pass: ("token_hash",)},
    files={
        Job: lambda user, job: job.created_by_id == user.pk,
        Draft: lambda user, draft: draft.user_id == user.pk,
    },
    duties=(
        Duty("deadlines", Phase.DEADLINES, lambda day: refresh_paused()),
        Duty("retention", Phase.REPORTS, destroy_past),
        Duty("job_files", Phase.REPORTS, exports.purge),
        Duty("checkpoints", Phase.REPORTS, lambda day: take_checkpoint()),
        Duty("sent_forms", Phase.REPORTS, lambda day: forget_sent()),
        Duty("tries", Phase.REPORTS, lambda day: clear_old()),
        Duty("files_left", Phase.REPORTS, lambda day: read_left()),
    ),
    jobs=(JobKind(exports.KIND, exports.run_export), JobKind(files.KIND, files.read_files)),
    plugs={HEALTH: HEALTH_CHECKS},
    guards=(
        Guard(LedgerCheckpoint, message="checkpoints of a ledger are never changed"),
        only_past_its_term(AccessLog, "at"),
        only_past_its_term(LogEntry, "timestamp", of=True),
        only_added(TransitionLog),
        only_added(Destruction),
    ),
)
