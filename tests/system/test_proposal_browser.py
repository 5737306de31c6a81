"""The whole way of a proposal in real browsers: a citizen on a phone, planning, a department, and back (P3–P8)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from PIL import Image

from core.attachments import files_of
from core.now import pretend, today
from organization.models import User
from organization.policies import GATE_SECONDS
from proposals.enums import State, UndertakingState
from proposals.models import Proposal, Undertaking
from proposals.services import watching
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TITLE = "놀이터 모래에 그늘막 치기"


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def phone(request: Any, browser: Any, live_server: Any) -> Iterator[Any]:
    """A citizen's, without an account."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="ko-KR",
        java_script_enabled=request.param,
        viewport={"width": 390, "height": 844},
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def picture() -> dict[str, Any]:
    """As a telephone takes it: with the place in it."""
    drawn, exif = Image.new("RGB", (60, 40), "green"), Image.Exif()
    exif[0x010F], exif[0x8825] = "전화기", {1: "N", 2: (37.0, 33.0, 0.0)}
    kept = BytesIO()
    drawn.save(kept, "JPEG", exif=exif)
    return {"name": "놀이터.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def write(page: Any, title: str = TITLE) -> None:
    """From the first page to the last step."""
    page.goto("/proposals/")
    page.locator("main").get_by_role("link", name="제안하기").first.click()
    page.get_by_role("button", name="쓰기 시작").click()
    page.get_by_label("제목").fill(title)
    page.get_by_text("안전·도시").click()
    page.get_by_label("지금의 문제").fill("여름이면 모래가 뜨거워 아이들이 놀지 못합니다.")
    page.get_by_role("button", name="다음").click()
    page.get_by_label("이렇게 바꾸고 싶어요").fill("모래 위에 접는 그늘막을 쳐 주세요.")
    page.get_by_label("사진이나 파일").set_input_files(picture())
    page.get_by_role("button", name="다음").click()
    page.get_by_role("heading", name="비슷한 제안이 있는지 보세요").wait_for()
    page.get_by_role("button", name="다음").click()
    page.get_by_role("heading", name="누가 제안하나요").wait_for()


def agree(page: Any) -> None:
    for label in page.locator("label[for^=id_consents_]").all():
        label.click()


def send(page: Any) -> None:
    page.wait_for_timeout(GATE_SECONDS.current() * 1000)
    page.get_by_role("button", name="제안 보내기").click()
    page.get_by_text("제안이 접수되었습니다").wait_for()


def press(page: Any, name: str) -> None:
    """A step that stands on the page or under `더 보기`."""
    target = page.get_by_role("link", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    )
    if not target.first.is_visible():
        page.locator("summary", has_text="더 보기").first.click()
    target.first.click()


def test_p3_to_p8_from_a_phone_to_what_was_really_done(
    phone: Any, plain: Callable[[User], Any], person: Callable[..., Any]
) -> None:
    planner, place = make.planner(), make.DepartmentFactory(name="공원녹지과")
    head = make.head_of(place)
    write(phone)
    phone.locator("[name=name]").fill("김구민")
    phone.locator("[name=email]").fill("gumin@example.org")
    agree(phone)
    send(phone)
    own = phone.url.split("?")[0]
    proposal = Proposal.objects.get()
    _takes_off_the_place(proposal)

    desk = plain(planner)
    desk.goto("/proposals/desk/")
    desk.get_by_role("link", name=TITLE).click()
    press(desk, "보완 요청")
    desk.locator("[name=reason]").fill("어느 놀이터인지 알려 주세요.")
    desk.locator("main form button[type=submit]").last.click()
    phone.goto(own)
    phone.get_by_role("link", name="보완하기").or_(phone.get_by_role("button", name="보완하기")).first.click()
    phone.get_by_label("보완한 내용").fill("햇빛놀이터입니다.")
    phone.get_by_role("button", name="보완한 내용 보내기").click()
    phone.get_by_text("햇빛놀이터입니다.").first.wait_for()

    desk.goto(proposal.get_absolute_url())
    press(desk, "부서에 보내기")
    desk.locator("[name^=departments]").first.fill("공원녹지과")
    desk.locator("main form button[type=submit]").last.click()
    phone.goto(own)
    phone.get_by_text("공원녹지과에서").first.wait_for()

    office = person(head)
    office.get_by_role("link", name=TITLE).first.click()
    _answer(office)
    desk.goto(proposal.get_absolute_url())
    press(desk, "채택")
    assert desk.locator("[name=taken]").input_value() == "그늘막 두 개를 칩니다."
    desk.locator("main form button[type=submit]").last.click()
    phone.goto(own)
    phone.get_by_text("그늘막 두 개를 칩니다.").first.wait_for()
    phone.get_by_text("공원녹지과").first.wait_for()
    _is_done_and_denied(proposal, phone, own, office, desk)


def _takes_off_the_place(proposal: Proposal) -> None:
    (file,) = files_of(proposal)
    with file.file.open() as stored:
        kept = Image.open(stored)
        assert dict(kept.getexif()) == {}


def _answer(office: Any) -> None:
    office.get_by_text("받아들여 실시합니다").first.click()
    office.locator("[name=present]").fill("놀이터 다섯 곳에 그늘이 없습니다.")
    office.locator("[name=taken]").fill("그늘막 두 개를 칩니다.")
    office.locator("[name=carry_out_on]").fill((today() + timedelta(days=30)).isoformat())
    office.get_by_role("button", name="제출 전 확인").click()
    office.get_by_role("button", name="검토 결과 제출").click()
    office.get_by_text("검토 결과가 제출되었습니다.").first.wait_for()


def _is_done_and_denied(proposal: Proposal, phone: Any, own: str, office: Any, desk: Any) -> None:
    """The department reports, planning confirms, four weeks go by, and the proposer says that it was not done."""
    undertaking = Undertaking.objects.get(proposal=proposal)
    office.goto(undertaking.get_absolute_url())
    press(office, "시행 보고")
    office.locator("[name=day]").fill(today().isoformat())
    office.locator("[name=result]").fill("그늘막 두 개를 쳤습니다.")
    office.locator("[name=attachments]").set_input_files(picture())
    office.locator("main form button[type=submit]").last.click()
    desk.goto(undertaking.get_absolute_url())
    press(desk, "시행 확인")
    desk.get_by_text("시행 확인").first.wait_for()
    with pretend(today() + timedelta(days=40)), transaction.atomic():
        assert watching.ask_proposers(today()) == 1
    phone.goto(own)
    phone.get_by_text("그늘막 두 개를 쳤습니다.").first.wait_for()
    press(phone, "제안이 되었는지 답하기")
    phone.get_by_text("안 되었다").first.click()
    phone.locator("main form button[type=submit]").last.click()
    phone.get_by_text("안 되었다").first.wait_for()
    undertaking.refresh_from_db()
    assert undertaking.state == UndertakingState.PLANNED
    assert Proposal.objects.get(pk=proposal.pk).state == State.ADOPTED


def test_p3_without_mail_the_receipt_opens_it_on_another_phone(
    phone: Any, browser: Any, live_server: Any
) -> None:
    """By number and code, under 14 with the guardian's consent."""
    write(phone)
    phone.locator("[name=name]").fill("김아이")
    phone.locator("[name=phone]").fill("010-0000-0000")
    phone.locator("label[for=id_young]").click()
    agree(phone)
    phone.wait_for_timeout(GATE_SECONDS.current() * 1000)
    phone.get_by_role("button", name="제안 보내기").click()
    phone.get_by_text("법정대리인의 이름과 전화번호를 입력해 주세요.").first.wait_for()
    assert phone.locator("[name=name]").input_value() == "김아이"
    assert not Proposal.objects.exists()
    phone.locator("[name=guardian_name]").fill("김어른")
    phone.locator("[name=guardian_phone]").fill("010-0000-0000")
    send(phone)
    code = phone.locator("main p", has_text="확인번호").locator("strong").inner_text()
    proposal = Proposal.objects.get()
    assert proposal.proposers.get().guardian_name == "김어른"

    context = browser.new_context(
        base_url=live_server.url, locale="ko-KR", viewport={"width": 390, "height": 844}
    )
    other = context.new_page()
    other.goto("/proposals/")
    other.get_by_role("link", name="내 제안 보기").first.click()
    other.locator("[name=number]").fill(proposal.code)
    other.locator("[name=code]").fill(code)
    other.get_by_role("button", name="보기", exact=True).click()
    other.get_by_role("heading", name=TITLE).wait_for()
    context.close()


def test_p2_staff_propose_together(person: Callable[..., Any]) -> None:
    author, colleague = make.UserFactory(name="가나다"), make.UserFactory(name="라마바")
    page = person(author)
    page.get_by_role("link", name="제안", exact=True).first.click()
    page.get_by_role("link", name="제안하기").first.click()
    page.locator("[name=title]").fill("회의실을 한 화면에서 예약")
    page.locator("[name=field]").first.select_option("administration")
    page.locator("[name=problem]").fill("층마다 장부가 다릅니다.")
    page.locator("[name=improvement]").fill("한 화면에 모읍니다.")
    page.locator("[name=colleagues]").fill("라마바 40")
    page.get_by_role("button", name="제안 보내기").click()
    page.get_by_role("heading", name="회의실을 한 화면에서 예약").wait_for()
    shares = {one.user: one.share for one in Proposal.objects.get().proposers.all()}
    assert shares == {author: 60, colleague: 40}
