"""manage.py workflows: the transition tables as diagrams (docs/workflows.md)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from core.workflow import WORKFLOWS, Workflow


class Command(BaseCommand):
    help = "Print every transition table as a state diagram."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("ko"):
            self.stdout.write(document(), ending="")


def document() -> str:
    """Markdown with one Mermaid diagram and one table per workflow."""
    parts = ["# Workflows\n\nMade by `manage.py workflows` from the transition tables; do not edit.\n"]
    parts += [_section(workflow) for workflow in sorted(WORKFLOWS, key=lambda w: w.model._meta.label)]
    return "\n".join(parts)


def _section(workflow: Workflow) -> str:
    names = {str(value): str(label) for value, label in workflow.states.choices}
    lines = [f"## {workflow.label} (`{workflow.model._meta.label}`)\n", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {value}: {label}" for value, label in names.items()]
    for step in workflow.table.values():
        for source in step.sources:
            lines.append(f"    {source} --> {step.target or source}: {step.label}")
    lines += ["```", "", "| step | from | to | permission | reason |", "|---|---|---|---|---|"]
    for step in workflow.table.values():
        sources = ", ".join(names[str(source)] for source in step.sources)
        target = names[str(step.target)] if step.target else "–"
        permission = f"`{step.permission}`" if step.permission else "system"
        lines.append(
            f"| {step.label} | {sources} | {target} | {permission} | {'✓' if step.needs_reason else ''} |"
        )
    return "\n".join(lines) + "\n"
