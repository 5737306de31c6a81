"""What the words of a file mean: its heads, its values, what it lacks, what was read otherwise than it stands (B2)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.enums import Step
from imports.forms import WordsForm
from imports.services import intake as services
from imports.views.base import where
from imports.views.tables import OfOpen


class ImportWords(OfOpen):
    here = Step.WORDS
    form_class = WordsForm
    template_name = "imports/words.html"
    submit = gettext_lazy("이대로 읽기")

    def get_title(self) -> Any:
        return _("열과 값 맞추기")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            "questions": self.intake.result["questions"],
            "answers": self.intake.answers,
            "columns": self.importer.columns,
        }

    def get_context(self) -> dict[str, Any]:
        tables = [table for table in self.intake.result["tables"] if table["taken"]]
        return {
            "steps": self.steps(),
            "faults": self.faults(),
            "known_url": f"{reverse('import_known')}?{urlencode({'kind': self.intake.kind})}",
            "told": [f"{table['sheet']}: {table['says']}" for table in tables],
        }

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        return super().page(form, status, **self._parts(form), **extra)

    def _parts(self, form: WordsForm) -> dict[str, Any]:
        questions = form.questions
        tables = [table for table in self.intake.result["tables"] if table["taken"]]
        heads: dict[int, list[Any]] = {}
        for i, head in enumerate(questions["columns"]):
            heads.setdefault(min(head["tables"], default=0), []).append((form[f"c{i}"], head, _how(head)))
        constants = {name[2:]: form[name] for name in form.fields if name.startswith("k-")}
        needed = [key for key in constants if key in questions["lacking"] or form[f"k-{key}"].errors]
        return {
            "doubled": [form[f"t{i}"] for i in range(len(form.doubled))],
            "groups": [(tables[n]["sheet"] if len(tables) > 1 else "", found) for n, found in heads.items()],
            "heads_open": bool(questions["unsure"] or form.doubled or needed or form.errors),
            "lacking": [constants[key] for key in needed],
            "absent": [field for key, field in constants.items() if key not in needed],
            "absent_open": any(form[f"k-{key}"].value() for key in constants if key not in needed),
            "values": [(form[f"v{i}"], value) for i, value in enumerate(form.values)],
            "notes": [(form[f"n{i}"], note) for i, note in enumerate(questions["notes"])],
        }

    def act(self, form: WordsForm) -> str:
        return where(services.answer(self.intake, form.said(), actor=self.request.user, version=self.seen))


def _how(head: dict[str, Any]) -> tuple[str, str]:
    """How the meaning was found, in a word, and its tone."""
    return {
        "same": (_("같은 이름"), "success"),
        "synonym": (_("같은 뜻"), "success"),
        "remembered": (_("기억한 말"), "success"),
        "similar": (_("비슷한 이름"), "warning"),
        "none": (_("모르는 이름"), "neutral"),
    }[head["how"]]
