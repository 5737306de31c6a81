"""What those concerned are written: the five parts that the law asks for (개인정보 보호법 34 ①)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import hour_text
from leaks.models import Leak
from letters.sockets import LetterKind, Slot

NOTICE = "leaks.notice"

LETTERS = (
    LetterKind(
        NOTICE,
        gettext_lazy("개인정보 유출 통지"),
        gettext_lazy("개인정보 유출을 알려 드립니다"),
        gettext_lazy(
            "{name} 님께 알려 드립니다.\n\n"
            "{office}에서 {name} 님의 개인정보가 유출된 것을 {found}에 알게 되어 알려 드리며, 깊이 사과드립니다.\n\n"
            "1. 유출된 개인정보의 항목\n{items}\n\n"
            "2. 유출된 때와 경위\n{happened}\n{what}\n\n"
            "3. 피해를 줄이기 위해 하실 수 있는 일\n{advice}\n\n"
            "4. 우리 구청의 조치와 피해 구제 절차\n{measures}\n\n"
            "5. 피해를 신고할 부서와 연락처\n{contact}\n\n"
            "{office}"
        ),
        (
            Slot("found", gettext_lazy("안 때"), gettext_lazy("2026. 11. 27.(금) 15:20")),
            Slot("items", gettext_lazy("유출된 개인정보의 항목"), gettext_lazy("이름, 전화번호, 주소")),
            Slot(
                "happened", gettext_lazy("유출된 때"),
                gettext_lazy("2026. 11. 27.(금) 09:00 ~ 2026. 11. 27.(금) 10:30"),
            ),
            Slot(
                "what", gettext_lazy("유출된 경위"),
                gettext_lazy("담당자가 명단 파일을 다른 사람에게 잘못 보냈습니다."),
            ),
            Slot(
                "advice", gettext_lazy("하실 수 있는 일"),
                gettext_lazy("모르는 번호의 전화와 문자의 링크를 조심해 주세요."),
            ),
            Slot(
                "measures", gettext_lazy("우리 구청의 조치와 피해 구제 절차"),
                gettext_lazy("받은 사람에게 파일을 지우게 하고 지운 것을 확인했습니다."),
            ),
            Slot("contact", gettext_lazy("피해를 신고할 부서와 연락처"), gettext_lazy("감사담당관 02-000-0000")),
        ),
        group=gettext_lazy("개인정보 유출"),
    ),
)  # fmt: skip


def values(leak: Leak) -> dict[str, str]:
    """What fills the places."""
    return {
        "found": hour_text(leak.found_at),
        "items": leak.items,
        "happened": happened_text(leak),
        "what": leak.what,
        "advice": leak.advice,
        "measures": leak.measures,
        "contact": leak.contact,
    }


def happened_text(leak: Leak) -> str:
    """When it happened, as far as it is known."""
    start, end = leak.happened_from, leak.happened_to
    if start is None and end is None:
        return _("유출된 때는 확인하고 있습니다.")
    if start == end or end is None or start is None:
        return hour_text(start or end)  # type: ignore[arg-type]  # one of the two is there
    return f"{hour_text(start)} ~ {hour_text(end)}"
