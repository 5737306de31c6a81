"""The log of a thing in words."""

from django.utils import timezone
from django.utils.translation import gettext as _

from basis.formats import datetime_ko, told
from core.components import Event
from core.models import TransitionLog
from core.workflow import workflow_of

FACTS = ("reviewer", "to", "text", "number", "amount")  # of a row's data, the first that is there is shown


def event_of(row: TransitionLog, place: str = "", detail: str | None = None) -> Event:
    """`place` names whose step it was; `detail` what was done, where `detail_of` does not say it."""
    model = row.kind.model_class()
    assert model is not None
    label = workflow_of(model).label_of(row.name)
    who = row.who
    if row.actor and row.principal:  # by name: both are often of the same department and position
        names = {"actor": row.actor.full_label, "principal": row.principal.full_label}
        who = _("%(actor)s (대결: %(principal)s)") % names
    return Event(
        when=datetime_ko(timezone.localtime(row.at)),
        text=f"{place} · {label}" if place else str(label),
        who=who,
        note=" · ".join(filter(None, [detail_of(row) if detail is None else detail, row.reason])),
    )


def detail_of(row: TransitionLog) -> str:
    """The facts that a reader needs."""
    data = row.data
    if fields := data.get("fields"):
        return ", ".join(fields)
    if data.get("from") and data.get("to"):
        return f"{told(data['from'])} → {told(data['to'])}"
    return told(next((data[name] for name in FACTS if data.get(name)), ""))
