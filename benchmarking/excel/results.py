"""How records tell what was decided: a ○ in a column of its own, or words for each department (B4, B9)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.folding import fold
from benchmarking.enums import Decision

_REFUSED = "미도입"
# Columns of marks: what the column is called, the decision it tells, and how a head of several rows is joined.
RESULTS: dict[str, tuple[Any, Decision, tuple[str, ...]]] = {
    key: (label, decision, tuple(f"{head} › {word}" for head in heads for word in words))
    for key, label, decision, heads, words in (
        ("adopted", gettext_lazy("도입"), Decision.ADOPT, ("검토결과", "결과", "검토 결과"), ("도입", "채택")),
        (
            "kept", gettext_lazy("현행유지·장기검토 등"), Decision.DECLINED,
            (_REFUSED, "검토결과 › 미도입", "결과 › 미도입", "검토결과", "결과"),
            ("현행유지·장기검토 등", "현행유지·장기검토", "현행유지, 장기검토 등", "현행유지/장기검토"),
        ),
        (
            "in_force", gettext_lazy("기시행 중"), Decision.IN_FORCE,
            (_REFUSED, "검토결과 › 미도입", "결과 › 미도입", "검토결과", "결과"),
            ("기시행 중", "기시행", "시행 중"),
        ),
        (
            "kept_only", gettext_lazy("현행유지"), Decision.KEEP,
            (_REFUSED, "검토결과 › 미도입", "결과 › 미도입", "검토결과", "결과"), ("현행유지",),
        ),
        (
            "long_term", gettext_lazy("장기검토"), Decision.LONG_TERM,
            (_REFUSED, "검토결과 › 미도입", "결과 › 미도입", "검토결과", "결과"), ("장기검토",),
        ),
        ("declined", gettext_lazy("미도입"), Decision.DECLINED, ("검토결과", "결과"), (_REFUSED, "불채택")),
    )
}  # fmt: skip
_PARTS = re.compile(r"[,;/\n，]+")
_TOLD = re.compile(r"(?P<name>[^:：()]+?)\s*(?:[:：]\s*(?P<after>[^()]+)|\(\s*(?P<within>[^()]+)\s*\))\s*")


def marked(values: Mapping[str, Any]) -> str:
    """The decision with a ○; "" where none has. Rejected where several have."""
    found = {decision for key, (_label, decision, _words) in RESULTS.items() if values.get(key)}
    if len(found) > 1:
        raise Rejected(_("검토 결과에 ○가 여럿입니다. 하나만 남겨 주세요."))
    return str(next(iter(found), ""))


def in_words(text: str) -> Iterator[tuple[str, str]]:
    """Name and decision of each department: `교통행정과: 도입, 건축과(현행유지)`. Rejected where it is neither."""
    for part in _PARTS.split(text):
        if not part.strip():
            continue
        found = _TOLD.fullmatch(part.strip())
        decision = found and _DECISIONS.get(_key(found["after"] or found["within"]))
        if not found or not decision:
            raise Rejected(
                _("부서별 검토 결과로 읽을 수 없습니다: %(part)s. ‘교통행정과: 도입’처럼 적어 주세요.")
                % {"part": part.strip()}
            )
        yield found["name"], decision


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


_DECISIONS = {_key(str(label)): value for value, label in Decision.choices} | {
    "기시행": Decision.IN_FORCE.value,
    "시행중": Decision.IN_FORCE.value,
    "채택": Decision.ADOPT.value,
    "불채택": Decision.DECLINED.value,
}
