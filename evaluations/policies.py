"""Policy values of judging (E1–E8). Tables of grades stand with the kinds of rounds, which declare them by `grades`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from evaluations.enums import Slot
from policies.registry import Policies, Policy

PROCESS = _("심사와 시상")
PIECES, PLACES, DAYS, SHEETS = _("건"), _("자리"), _("일"), _("건")
own = Policies("evaluations", PROCESS)

DECIMALS = own.number(
    "decimals", 2, PLACES, _("심사 점수 소수 자리"),
    _("심사 점수는 소수점 아래 {value}까지 한 번만 반올림하여 순위를 정합니다."), least=0, most=4,
)  # fmt: skip
VERIFICATION_DAYS = own.number(
    "verification_days", 10, DAYS, _("결과 공개 검증"),
    _("심사 결과는 예정으로 {value} 동안 알리고 이의를 받은 뒤 확정합니다."), least=0, most=60,
)  # fmt: skip
VERIFICATION_FROM = own.money(
    "verification_from", 100_000, _("공개 검증을 하지 않는 시상금"),
    _("시상금이 모두 {value} 이하인 심사는 공개 검증 없이 확정할 수 있습니다."), most=100_000_000,
)  # fmt: skip
CORRECTED_LEAST = own.number(
    "corrected_least", 8, SHEETS, _("성향 보정에 필요한 채점 수"),
    _("위원 성향 보정은 심사위원마다 {value} 이상 채점하는 심사에서 쓸 수 있습니다."), least=2, most=100,
)  # fmt: skip
SIGN_DAYS = own.number(
    "sign_days", 3, DAYS, _("서약 기한"),
    _("심사위원은 요청을 받은 날부터 {value} 안에 서약하고 이해충돌을 밝힙니다."), least=1, most=30,
)  # fmt: skip
REMIND_BEFORE = own.days_before(
    "remind_before",
    [3, 1, 0],
    _("채점 마감 알림"),
    _("채점 마감 {value}에 아직 채점하지 않은 위원에게 알립니다."),
)
JUDGING_FEE = own.money(
    "judging_fee", 0, _("심사수당"),
    _("공무원이 아닌 위원이 심사 단계 하나를 채점하면 {value}을 지급합니다(0은 지급하지 않음)."),
    most=10_000_000,
)  # fmt: skip
ANSWER_DAYS = own.number(
    "answer_days", 14, DAYS, _("결과 이의 답변 기한"),
    _("심사 결과에 대한 이의에는 신청한 날부터 {value} 안에 답합니다."), least=1, most=60,
)  # fmt: skip
ANSWER_REMIND = own.days_before(
    "answer_remind", [3, 0], _("결과 이의 답변 알림"), _("이의 답변 기한 {value}에 답할 사람에게 알립니다.")
)


@dataclass(frozen=True)
class GradePlan:
    """A grade of a kind of round on a day. `rule`: of the ledger, for performance points."""

    slot: Slot
    at_most: int
    prize: int
    rule: str = ""
    leave_days: int = 0


@dataclass(frozen=True)
class Table:
    """The grades of one kind of round, as policy values: how many of each, with how much. A grade of which there are
    none at all stands empty in no round: the office does not have it."""

    counts: Mapping[Slot, Policy[int]]
    prizes: Mapping[Slot, Policy[int]]
    rules: Mapping[Slot, str]

    def on(self, day: Any) -> list[GradePlan]:
        return [
            GradePlan(slot, many, self.prizes[slot].on(day), self.rules.get(slot, ""))
            for slot in Slot
            if (many := self.counts[slot].on(day))
        ]


def grades(
    app: Policies,
    key: str,
    label: Any,
    usual: Sequence[tuple[int, int]],
    *,
    source: Any,
    rules: Mapping[Slot, str] | None = None,
) -> Table:
    """Declares the table of a kind: `usual` has (how many, won) by slot, from the first on; `label` names the kind."""
    filled = [*usual, *[(0, 0)] * (len(Slot) - len(usual))]
    counts, prizes = {}, {}
    for slot, (many, won) in zip(Slot, filled, strict=True):
        words = {"kind": label, "grade": slot.label}
        counts[slot] = app.number(
            f"{key}_{slot}_count", many, PIECES, _text(_("%(kind)s: %(grade)s 시상 수"), words),
            _text(_("%(kind)s에서 %(grade)s은(는) {value}까지 시상합니다(0은 이 등급이 없음)."), words),
            least=0, most=100, source=source,
        )  # fmt: skip
        prizes[slot] = app.money(
            f"{key}_{slot}_prize", won, _text(_("%(kind)s: %(grade)s 시상금"), words),
            _text(_("%(kind)s에서 %(grade)s에게 {value}을 줍니다."), words), most=1_000_000_000, source=source,
        )  # fmt: skip
    return Table(counts, prizes, rules or {})


def _text(text: Any, values: Mapping[str, Any]) -> Any:
    """Filled in when it is read: the language and the office's words are not known yet."""
    return lazy(lambda: str(text) % {name: str(value) for name, value in values.items()}, str)()
