"""Words of an office: what its documents call a thing (N5). Dated and changed like any other policy, behind the labels
of enums, so that lists, forms, papers and workbooks follow."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.now import today
from policies.registry import USUAL, Policy, known

SECTION = "words"
LONGEST = 30
PROCESS = _("용어")
SENTENCE = _("이 구청에서는 ‘{value}’(이)라고 부릅니다.")


@dataclass(frozen=True)
class Words:
    """Those of one kind of thing: with `FIELD = Words("benchmarking.field", _("분야"))` a label of an enum is
    `FIELD("finance", _("재정확충"))`. `longest`: letters that a word of theirs may have."""

    kind: str
    name: Any
    longest: int = LONGEST

    def __call__(self, code: str, usual: Any) -> Any:
        """A label for an enum: the office's word, or the usual one."""
        policy: Policy[str] = Policy(
            key=f"{SECTION}.{self.kind}.{code}",
            kind="text",
            default=usual,
            unit="",
            label=format_lazy("{} ‘{}’", self.name, usual),
            sentence=SENTENCE,
            source=USUAL,
            process=PROCESS,
            section=SECTION,
            maximum=self.longest,
        )
        return _shown(policy.key, usual)


def _word(key: str, usual: Any) -> str:
    """Asks nothing: goes by the values that this process has read last, which every page does. Where no language is on
    (migrations are made), it is the usual one."""
    rows = known().get(key)
    if not rows or get_language() is None:
        return str(usual)
    day = today()
    return str(next((value for since, value in reversed(rows) if since <= day), usual))


_shown = lazy(_word, str)
