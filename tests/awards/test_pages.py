"""Awards as people use them: the prize list, handing over, certificates, lists of payroll and leave (A2, A4, A5)."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from awards.enums import AwardState
from awards.models import Award
from awards.services.granting import grant
from awards.services.handing import hand_over
from core.models import AccessLog
from core.now import today
from tests import factories as make
from tests.awards.made import again, citizen, clerk, fund, gift, given, second_planner
from tests.pages import button

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]


def as_(user: Any) -> Client:
    found = Client()
    found.force_login(make.fresh(user))
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a5_the_list_is_filtered_summed_printed_and_leaves_with_a_reason() -> None:
    planner = as_(make.planner())
    grant(
        [gift(kind="제안 심사", division="직원"), citizen(kind="제안 심사", division="구민")],
        actor=make.planner(),
    )
    hand_over(Award.objects.get(number=1), handed_on=today(), receipt="수령-1", actor=clerk())
    page = text(planner.get("/awards/?division=구민"))
    assert "김하늘" in page
    assert "수령-1" not in page
    shown = planner.get("/awards/").context["list"]
    assert [str(figure.value) for figure in shown.figures[:4]] == ["2", "400,000", "200,000", "1"]
    paper = text(planner.get("/awards/paper/?receiver=staff"))
    assert "수령-1" in paper
    assert "김하늘" not in paper
    assert planner.get("/awards/?export=xlsx")["Location"].startswith("/export-reason/")
    file = planner.get("/awards/?export=xlsx&reason=감사")
    book = load_workbook(io.BytesIO(b"".join(file) if file.streaming else file.content))  # type: ignore[arg-type]  # a file's answer is a stream
    assert "제안 심사" in [cell.value for row in book.worksheets[0].rows for cell in row]


def test_a5_many_are_handed_over_on_one_page_with_a_result_each() -> None:
    one, other, third = given(), given(), given()
    office = as_(clerk())
    chosen = office.post("/awards/bulk/", {"action": "hand_over", "pk": [one.pk, other.pk]})["Location"]
    page = text(office.get(chosen))
    assert f"receipt-{one.pk}" in page
    assert f"receipt-{third.pk}" not in page
    hand_over(other, handed_on=today(), receipt="먼저", actor=clerk())
    typed = {"handed_on": today().isoformat(), f"receipt-{one.pk}": "수령-1", f"receipt-{other.pk}": "수령-2"}
    answer = office.post(chosen, typed)
    assert answer.status_code == 422
    assert "지금 상태" in text(answer)
    assert (again(one).receipt, again(other).receipt) == ("수령-1", "먼저")
    assert office.post("/awards/hand-over/", {"handed_on": today().isoformat()}).status_code == 422
    wrong = office.post(
        "/awards/hand-over/", {"handed_on": today().isoformat(), f"receipt-{third.pk}": "9" * 61}
    )
    assert wrong.status_code == 422
    assert f'id="receipt-{third.pk}-error"' in wrong.content.decode()
    assert "60자까지" in wrong.content.decode()
    wrong = office.post("/awards/hand-over/", {"handed_on": "", f"receipt-{third.pk}": "수령-3"})
    assert wrong.status_code == 422
    assert "수령-3" in text(wrong)


def test_p13_two_people_revoke_it_on_screen() -> None:
    award = given()
    hand_over(award, handed_on=today(), receipt="1", actor=clerk())
    url = award.get_absolute_url()
    first, second = as_(make.planner()), as_(second_planner())
    said = {"reason": "복제한 제안", "note": "다른 제안과 같은 내용"}
    first.post(button(first, url, "revocation"), said)
    assert f"{url}revoke/" not in text(first.get(url))
    second.post(button(second, url, "revoke"), {"reason": "복제한 제안"})
    assert again(award).state == AwardState.REVOKED
    office = as_(clerk())
    assert "200,000원" in text(office.get(url))
    office.post(button(office, url, "give-back"), {"returned_on": today().isoformat()})
    assert again(award).returned_on == today()


def test_a5_staff_see_their_own_awards_and_no_others() -> None:
    award, other = given(), given(citizen())
    mine = as_(award.user)
    assert award.code in text(mine.get("/awards/mine/"))
    assert mine.get(award.get_absolute_url()).status_code == 200
    assert not AccessLog.objects.exists()
    assert mine.get(other.get_absolute_url()).status_code == 404
    assert mine.get("/awards/").status_code == 403
    as_(make.planner()).get(other.get_absolute_url())
    assert AccessLog.objects.get().subject_kind == "award"


def test_a5_certificates_one_or_many_on_paper_and_as_hwpx() -> None:
    one, other = given(), given(citizen())
    planner = as_(make.planner())
    page = text(planner.get(f"{one.get_absolute_url()}certificate/"))
    assert "제2016-1호" in page
    assert "상장을 수여합니다" in page
    chosen = planner.post("/awards/bulk/", {"action": "hwpx", "pk": [one.pk, other.pk]})["Location"]
    file = planner.get(chosen)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        inside = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert "제2016-2호" in inside
    assert "김하늘" in inside
    assert planner.get("/awards/certificates/?pk=999999").status_code == 404


def test_a2_payroll_gets_who_was_paid_what_and_what_of_it_is_taxed() -> None:
    fund(10_000_000)
    user = make.UserFactory(name="가람")
    hand_over(given(user=user, amount=2_500_000), handed_on=today(), receipt="1", actor=clerk())
    hand_over(given(citizen(amount=500_000)), handed_on=today(), receipt="2", actor=clerk())
    office = as_(clerk())
    page = text(office.get("/awards/tax/?year=2016"))
    assert "한도를 100,000원 넘음" in page
    assert "김하늘" not in page
    assert office.get("/awards/tax/?format=xlsx")["Location"].startswith("/export-reason/")
    file = office.get("/awards/tax/?year=2016&format=xlsx&reason=급여")
    cells = [cell.value for row in load_workbook(io.BytesIO(file.content)).worksheets[0].rows for cell in row]
    assert {user.employee_number, 2_500_000, 2_400_000, 100_000} <= set(cells)


def test_a4_leave_and_merit_are_lists_that_say_what_they_do_not_count() -> None:
    user = make.UserFactory(name="가람")
    given(user=user, points=200, leave_days=2)
    given(points=0)
    office = as_(clerk())
    leave, merit = (text(office.get(f"/awards/{name}/")) for name in ("leave", "merit"))
    assert "토요일과 공휴일은 세지 않음" in leave
    assert "2016. 7. 15." in leave
    assert "계산하지 않음" in merit
    assert "0.2" in merit
    for name in ("leave", "merit"):
        assert office.get(f"/awards/{name}/?format=hwpx&reason=인사").status_code == 200


def test_p16_merit_points_never_stand_beyond_five_in_all_and_only_with_whom_points_were_given() -> None:
    from awards.selectors.lists import merits

    user = make.UserFactory()
    for _n in range(3):
        given(user=user, points=2_000, amount=0)  # 20.0 each
    given(points=0)
    (one,) = merits(2016)
    assert (one.of_year, one.shown) == (6, 5)
    assert merits(2015) == []


def test_the_list_and_the_papers_ask_the_same_number_of_questions(django_assert_max_num_queries: Any) -> None:
    fund(100_000_000)
    planner, counts = as_(make.planner()), []
    planner.get("/awards/")  # what is read once a session
    for number in (1, 30):
        grant([gift(leave_days=1, points=100) for _n in range(number)], actor=make.planner())
        asked = []
        for url in ("/awards/", "/awards/tax/", "/awards/leave/", "/awards/merit/", "/awards/hand-over/"):
            with django_assert_max_num_queries(60) as seen:
                planner.get(url)
            asked.append(len(seen))
        counts.append(asked)
    assert counts[0] == counts[1]
