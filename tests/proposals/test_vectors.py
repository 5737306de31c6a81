"""The office's days with their arithmetic, as the citizen reads it on the own page and everybody on the public one (P5,
P6, O7–O9)."""

import datetime as dt
import re

import pytest
from django.test import Client

from core.models import Holiday
from core.now import pretend
from organization.enums import Role
from organization.services import holidays
from proposals.enums import State
from proposals.models import Proposal
from proposals.services import dispatch, handling, interims, opinions, receiving
from reviews.services.sending import Order
from tests import factories as make
from tests.proposals.asked import ADOPTED, fresh
from tests.proposals.made import CONTENT, browser_of, entered, mine, proposer_of, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
D = dt.date
SECRET = "박담당 주무관에게 확인한 내용"  # of what the office asks, nothing stands in the arithmetic


def on(month: int, day: int, year: int = 2026) -> pretend:
    return pretend(D(year, month, day))


def lines_of(page: str) -> list[str]:
    found = re.search(r'<ol class="arithmetic">(.*?)</ol>', page, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[1]) if found else []


def now_of(page: str) -> str:
    found = re.search(r'<p class="now">(.*?)</p>', page, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def read(proposal: Proposal, token: str) -> tuple[list[str], str]:
    """The arithmetic and the sentence of where it is, the same for the proposer and for everybody."""
    pages = [browser_of(token).get(mine(proposal)), Client().get(proposal.public_url)]
    own, public = (page.content.decode() for page in pages)
    assert lines_of(own) == lines_of(public)
    assert now_of(own) == now_of(public)
    assert SECRET not in "".join(lines_of(own)) + now_of(own)
    return lines_of(own), now_of(own)


@pytest.mark.parametrize(
    ("received", "lines", "until"),
    [
        (
            D(2026, 12, 31),
            [
                "접수 2026. 12. 31.(목) + 30일 = 2027. 1. 30.(토)",
                "마지막 날이 휴일: 2027. 1. 30.(토), 2027. 1. 31.(일) → 2027. 2. 1.(월)",
            ],
            "2027. 2. 1.(월)까지 답합니다.",
        ),
        (
            D(2023, 8, 31),
            [
                "접수 8. 31.(목) + 1개월 = 9. 30.(토)",
                "마지막 날이 휴일: 9. 30.(토) 추석 다음날, 10. 1.(일), 10. 2.(월) 임시공휴일, 10. 3.(화) 개천절"
                " → 10. 4.(수)",
            ],
            "2023. 10. 4.(수)까지 답합니다.",
        ),
        (
            D(2023, 9, 1),
            [
                "접수 9. 1.(금) + 30일 = 10. 1.(일)",
                "마지막 날이 휴일: 10. 1.(일), 10. 2.(월) 임시공휴일, 10. 3.(화) 개천절 → 10. 4.(수)",
            ],
            "2023. 10. 4.(수)까지 답합니다.",
        ),
        (D(2024, 7, 10), ["접수 7. 10.(수) + 30일 = 8. 9.(금)"], "2024. 8. 9.(금)까지 답합니다."),
        (D(2023, 7, 10), ["접수 7. 10.(월) + 1개월 = 8. 10.(목)"], "2023. 8. 10.(목)까지 답합니다."),
    ],
)
def test_p6_thirty_days_and_before_september_2023_a_month(received: D, lines: list[str], until: str) -> None:
    with pretend(received):
        assert read(*sent()) == (lines, f"기획예산과에서 검토하고 있습니다. {until}")


def test_p6_staff_waited_thirty_days_all_along() -> None:
    with on(8, 31, 2023):
        person = make.UserFactory()
        made = receiving.propose(CONTENT, [{"user": person}], actor=person)
        page = Client().get(made.public_url).content.decode()
    assert lines_of(page) == [
        "접수 8. 31.(목) + 30일 = 9. 30.(토)",
        "마지막 날이 휴일: 9. 30.(토) 추석 다음날, 10. 1.(일), 10. 2.(월) 임시공휴일, 10. 3.(화) 개천절 → 10. 4.(수)",
    ]


def test_p5_a_supplement_asked_on_the_fifth_day_and_answered_on_the_fifteenth() -> None:
    with on(11, 4):
        proposal, token = sent()
        assert read(proposal, token)[0] == ["접수 11. 4.(수) + 30일 = 12. 4.(금)"]
    with on(11, 9):
        handling.ask_supplement(proposal, reason=SECRET, actor=make.planner())
        lines, now = read(proposal, token)
    assert lines[1] == "기한 정지 11. 9.(월)~ 계속: 12. 4.(금) + 오늘까지 1일 = 12. 5.(토) · 사유: 보완 요청"
    assert now == "제안자의 보완을 기다리고 있습니다. 기다리는 동안 결정 기한은 멈춥니다."
    with on(11, 13):
        assert "오늘까지 5일" in read(proposal, token)[0][1]
    with on(11, 19):
        handling.supplement(proposal, answer="햇빛공원", actor=proposer_of(proposal))
        assert read(proposal, token) == (
            [
                "접수 11. 4.(수) + 30일 = 12. 4.(금)",
                "기한 정지 11. 9.(월)~11. 18.(수): 12. 4.(금) + 10일 = 12. 14.(월) · 사유: 보완 요청",
            ],
            "기획예산과에서 검토하고 있습니다. 2026. 12. 14.(월)까지 답합니다.",
        )


def test_p6_an_opinion_from_outside_within_three_weeks() -> None:
    with on(11, 2):
        proposal, token = sent()
    with on(11, 10):
        opinions.ask(proposal, "시 도로과", reason=SECRET, actor=make.planner())
        lines, now = read(proposal, token)
    assert lines == [
        "접수 11. 2.(월) + 30일 = 12. 2.(수)",
        "기한 정지 11. 10.(화)~12. 1.(화): 12. 2.(수) + 22일 = 12. 24.(목) · 사유: 외부 의견 조회",
    ]
    assert now.startswith("시 도로과의 의견을 기다리고 있습니다. 늦어도 2026. 12. 1.(화)까지")
    with on(11, 24):
        opinions.take_in(proposal, answer=SECRET, actor=make.planner())
        lines, now = read(proposal, token)
    assert (
        lines[1]
        == "기한 정지 11. 10.(화)~11. 23.(월): 12. 2.(수) + 14일 = 12. 16.(수) · 사유: 외부 의견 조회"
    )
    assert now == "기획예산과에서 검토하고 있습니다. 2026. 12. 16.(수)까지 답합니다."


def test_p6_an_opinion_that_does_not_come_is_waited_for_no_longer() -> None:
    with on(11, 2):
        proposal, token = sent()
    with on(11, 10):
        opinions.ask(proposal, "시 도로과", reason=SECRET, actor=make.planner())
    with on(12, 2):
        assert opinions.end_late(D(2026, 12, 2)) == 1
        assert read(proposal, token) == (
            [
                "접수 11. 2.(월) + 30일 = 12. 2.(수)",
                "기한 정지 11. 10.(화)~12. 1.(화): 12. 2.(수) + 22일 = 12. 24.(목) · 사유: 외부 의견 조회",
            ],
            "기획예산과에서 검토하고 있습니다. 2026. 12. 24.(목)까지 답합니다.",
        )


@pytest.mark.parametrize(
    ("petition", "line", "due"),
    [
        ("suggestion", "전환 11. 5.(목) + 근무일 14일(첫날 포함) = 11. 24.(화)", "2026. 11. 24.(화)"),
        ("law_question", "전환 11. 5.(목) + 근무일 14일(첫날 포함) = 11. 24.(화)", "2026. 11. 24.(화)"),
        ("question", "전환 11. 5.(목) + 근무일 7일(첫날 포함) = 11. 13.(금)", "2026. 11. 13.(금)"),
        ("grievance", "전환 11. 5.(목) + 근무일 7일(첫날 포함) = 11. 13.(금)", "2026. 11. 13.(금)"),
    ],
)
def test_o8_what_was_converted_is_reckoned_as_petitions_are(petition: str, line: str, due: str) -> None:
    """The first day in, on days of work; its own clock from the day of the conversion."""
    with on(11, 2):
        proposal, token = sent()
    with on(11, 5):
        handling.convert(proposal, petition, reason=SECRET, actor=make.planner())
        lines, now = read(proposal, token)
        assert lines == [line]
        assert now.endswith(f"바꾸어 처리하고 있습니다. {due}까지 답합니다.")
    with on(11, 30):
        assert read(proposal, token)[1].endswith(f"답할 날인 {due}이 지났습니다.")
        handling.finish_petition(proposal, reason="설치하겠습니다.", actor=make.planner())
        assert read(proposal, token)[0] == [line]


def test_o7_a_holiday_declared_late_moves_it_and_says_which() -> None:
    with on(11, 2):
        proposal, token = sent()
        other, other_token = sent(title="다른 제안입니다", difference="다름")
    with on(11, 5):
        handling.convert(other, "question", reason=SECRET, actor=make.planner())
    with on(11, 10):
        admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
        for day in (D(2026, 11, 12), D(2026, 12, 2)):
            holidays.declare(actor=admin, day=day, name="임시공휴일", kind=Holiday.Kind.TEMPORARY)
        assert read(proposal, token) == (
            [
                "접수 11. 2.(월) + 30일 = 12. 2.(수)",
                "마지막 날이 휴일: 12. 2.(수) 임시공휴일 → 12. 3.(목)",
            ],
            "기획예산과에서 검토하고 있습니다. 2026. 12. 3.(목)까지 답합니다.",
        )
        assert read(other, other_token)[1].endswith("2026. 11. 16.(월)까지 답합니다.")


def test_p6_late_is_public_with_who_has_it_and_the_new_day() -> None:
    with on(11, 2):
        proposal, token = sent()
        (one,) = dispatch.send(
            [Order(proposal, [make.DepartmentFactory(name="공원녹지과")])], actor=make.planner()
        )
        assert not one.error
    with on(12, 2):
        assert interims.draft_due(D(2026, 12, 2)) == 1
        assert "지났습니다" not in read(proposal, token)[1]
        draft = proposal.interims.get()
        interims.send(draft, reason=draft.reason, answer_on=D(2026, 12, 16), actor=make.planner())
    with on(12, 3):
        assert read(proposal, token)[1] == (
            "공원녹지과에서 2026. 11. 2.(월)부터 검토하고 있습니다. 답할 날인 2026. 12. 2.(수)이 지났습니다."
            " 새로 답할 날은 2026. 12. 16.(수)입니다."
        )


def test_o9_a_record_of_earlier_years_and_a_hidden_one_have_no_arithmetic_to_show() -> None:
    hidden = entered(title="몰래 낸 제안입니다", hidden=True)
    assert not lines_of(Client().get(hidden.public_url).content.decode())


def test_p6_what_is_decided_keeps_its_arithmetic() -> None:
    with on(11, 2):
        proposal, token = sent()
    with on(11, 20):
        plan = {**ADOPTED, "carry_out_on": D(2027, 3, 2), "department": make.DepartmentFactory()}
        handling.decide(proposal, plan.pop("outcome"), plan, actor=make.planner())
        assert fresh(proposal).state == State.ADOPTED
        assert read(proposal, token)[0] == ["접수 11. 2.(월) + 30일 = 12. 2.(수)"]
