"""Scores in words: the line of arithmetic of each, and what a forecast assumes (I3, I3a)."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from basis.formats import NOTHING, counted, date_short, number
from core.now import today
from incentives import sheet
from incentives.enums import Shape
from incentives.policies import BEST_PACE, LEVEL_CHANGE, WEAK, WORST_PACE
from incentives.reckoning.forecast import Path
from incentives.reckoning.outlook import Way
from incentives.selectors.indicators import Leaf
from incentives.selectors.years import millions

PLACES = 3  # behind the point, of what is shown; nothing is reckoned with it


def rounded(value: Fraction | Decimal, places: int = PLACES) -> Decimal:
    """Half up, away from nothing. In whole numbers: a division first would round twice."""
    top, bottom = value.as_integer_ratio()
    whole = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(whole if top >= 0 else -whole).scaleb(-places)


def points(value: Fraction | Decimal | None, places: int = PLACES) -> str:
    """`10.56`: a score or a value as people read it."""
    if value is None:
        return NOTHING
    found = rounded(value, places)
    return number(found.normalize() if found else Decimal(0))


def percent(share: Fraction | None) -> str:
    """`88%`, `12.5%`."""
    if share is None:
        return NOTHING
    top, bottom = share.as_integer_ratio()
    whole, tenth = divmod((2_000 * abs(top) + bottom) // (2 * bottom), 10)
    return f"{'-' if top < 0 and (whole or tenth) else ''}{whole:,}{f'.{tenth}' if tenth else ''}%"


def measured(leaf: Leaf) -> str:
    """`88건 (3. 6.)`: the last value known, as of when."""
    if leaf.value is None:
        return _("실적 없음")
    what = amount(leaf, leaf.value.value)
    if leaf.indicator.shape == Shape.YES:
        what = _("이행") if leaf.value.value > 0 else _("미이행")
    return f"{what} ({date_short(leaf.value.as_of)})"


def amount(leaf: Leaf, value: Fraction | Decimal) -> str:
    return counted(points(value, 6), leaf.indicator.unit)


def arithmetic(leaf: Leaf) -> str:
    """`88 ÷ 100 = 0.88 → 배점 12 × 0.88 = 10.56`; why there is no score, where there is none."""
    if leaf.fault is not None:
        return str(sheet.FAULTS[leaf.fault][1])
    if leaf.value is None or leaf.scored is None:
        return _("실적이 없어 계산하지 않았습니다. 0점으로 보지 않습니다.")
    raw, bounded = leaf.scored.raw, leaf.scored.bounded
    line = f"{_division(leaf)} = {points(raw)}"
    if bounded != raw:
        bound = leaf.indicator.cap if bounded < raw else leaf.indicator.floor
        name = _("상한 %(bound)s") if bounded < raw else _("하한 %(bound)s")
        line += " → " + name % {"bound": percent(Fraction(bound))}
    told = {"weight": points(leaf.weight), "share": points(bounded), "score": points(leaf.scored.score)}
    return f"{line} → " + _("배점 %(weight)s × %(share)s = %(score)s") % told


def _division(leaf: Leaf) -> str:
    assert leaf.value is not None
    one, value = leaf.indicator, points(leaf.value.value, 6)
    target, base = points(one.target, 6), points(one.base, 6)
    match one.shape:
        case Shape.HIGHER:
            return f"{value} ÷ {target}"
        case Shape.LOWER:
            return (
                f"{target} ÷ {value}"
                if leaf.value.value > 0
                else _("%(value)s(0 이하는 만점)") % {"value": value}
            )
        case Shape.BASE:
            return f"({value} − {base}) ÷ ({target} − {base})"
        case Shape.RANGE:
            told = {"value": value, "low": points(one.low, 6), "high": points(one.high, 6)}
            return _("%(value)s(범위 %(low)s~%(high)s)") % told
        case Shape.STEPS:
            return _("%(value)s(구간 %(steps)s)") % {"value": value, "steps": sheet.terms_of(one)}
        case _yes:
            return _("이행") if leaf.value.value > 0 else _("미이행")


def course_words(path: Path) -> str:
    match path:
        case Path.TYPED:
            return _("적어 둔 월별 목표")
        case Path.LAST_YEAR:
            return _("지난해 실적의 흐름")
        case Path.STRAIGHT:
            return _("매달 같은 만큼")


def assumptions(leaf: Leaf) -> list[str]:
    """What the forecast of the year's end takes for granted."""
    if leaf.outlook is None:
        return [arithmetic(leaf)]
    day = today()
    told = {
        "path": course_words(leaf.course),
        "best": f"{BEST_PACE.on(day)}%",
        "worst": f"{WORST_PACE.on(day)}%",
        "change": f"{LEVEL_CHANGE.on(day)}%",
        "weak": f"{WEAK.on(day)}%",
        "pace": percent(leaf.pace),
    }
    match leaf.outlook.way:
        case Way.ALONG:
            lines = [
                _("목표까지 가는 경로: %(path)s"),
                _("보통은 남은 기간도 지금까지의 속도(%(pace)s)로, 낙관은 경로의 %(best)s 이상, "
                  "비관은 %(worst)s 이하로 나아간다고 봅니다."),
            ]  # fmt: skip
        case Way.AGAINST:
            lines = [
                _("목표까지 가는 경로: %(path)s"),
                _("적을수록 좋은 누계라 보통은 지금까지의 속도로 늘고, 낙관과 비관은 경로보다 그만큼 덜 또는 더 는다고 "
                  "봅니다(낙관 %(best)s, 비관 %(worst)s의 반대쪽)."),
            ]  # fmt: skip
        case Way.LEVEL:
            lines = [
                _(
                    "누계가 아니므로 연말까지 그대로이거나 지금 값의 %(change)s만큼 나아지거나 나빠진다고 봅니다."
                )
            ]
        case Way.DEED:
            lines = [_("낙관은 연말까지 이행한다고, 보통과 비관은 지금 그대로라고 봅니다.")]
    if leaf.pace is not None:
        lines.append(_("지금은 목표 경로의 %(pace)s입니다. %(weak)s에 못 미치면 부진으로 봅니다."))
    return [line % told for line in lines]


def expected_words(received: int) -> str:
    """What the expected prize money takes for granted."""
    if received:
        return _("받은 %(amount)s백만원에 지난해만큼") % {"amount": millions(received)}
    return _("지난해 받은 만큼 받는다면")


def standing_words(leaf: Leaf) -> tuple[str, str, str]:
    """In a word, with a sign and a tone: colour says nothing alone."""
    if leaf.fault is not None:
        return _("계산 못 함"), "!", "warning"
    if leaf.value is None:
        return _("실적 없음"), "–", "neutral"
    if leaf.weak:
        return _("부진"), "▼", "danger"
    if leaf.pace is not None and leaf.pace < 1:
        return _("주의"), "■", "warning"
    return _("순조"), "●", "success"
