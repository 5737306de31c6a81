"""Proposals from workbooks: 국민신문고's list with its own days, and those of earlier years (P1, P5, P10, N1, D3)."""

import datetime as dt
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from basis.documents.model import Table
from basis.errors import Refused
from basis.excel.importer import ImportResult, get_importer
from core.models import AccessLog, Clock, OpenWork, TransitionLog
from core.now import pretend
from imports.models import Intake
from imports.services import intake as services
from imports.services import undo
from letters.models import Letter
from notifications.models import Mail, Notice
from organization.enums import Role
from organization.models import Department
from organization.services import departments
from proposals.enums import Channel, Field, Kind, State
from proposals.models import Decision, Proposal, Proposer
from proposals.services import handling
from proposals.services.intake import receive_many
from tests import factories as make
from tests.basis.excel_files import taken, workbook
from tests.imports.test_past import taken_in
from tests.imports.test_undo import dump
from tests.proposals.made import entered
from tests.workbooks import book

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
HEAD = ["신청번호", "신청일", "제목", "내용", "신청인", "연락처", "이메일", "분야"]
WHO = ["홍길순", "010-1234-5678", "hong@example.org"]
PAST = ["연도", "번호", "제목", "구분", "담당 부서", "결과", "검토 의견", "접수일", "결정일"]
BACKEND = "organization.backends.Backend"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        make.planner()
        yield


def line(number: str, day: Any, title: str = "골목길 보안등 늘리기", field: str = "안전·도시") -> list[Any]:
    return [number, day, title, "어두운 골목에 보안등을 달아 주세요.", *WHO, field]


def bring(*rows: list[Any], kind: str = "proposals", head: list[str] | None = None) -> ImportResult:
    return taken(get_importer(kind), workbook([head or HEAD, *rows]), make.planner())


def saved(file: SimpleUploadedFile, kind: str) -> Intake:
    return services.save(taken_in(file, kind), actor=make.planner())


def test_p1_each_application_comes_in_with_its_day_from_which_the_clock_counts() -> None:
    assert bring(line("1AB-1", "2026-10-20"), line("1AB-2", "2025-12-31", "경로당 온열의자", "")).saved == 2
    first, second = Proposal.objects.order_by("pk")
    assert (first.kind, first.channel, first.state) == (Kind.CITIZEN, Channel.EPEOPLE, State.RECEIVED)
    assert (first.code, first.received_on) == ("2026-00001", dt.date(2026, 10, 20))
    assert (first.clock.start, first.clock.due) == (dt.date(2026, 10, 20), dt.date(2026, 11, 19))
    assert (second.code, second.clock.due) == ("2025-00001", dt.date(2026, 1, 30))
    assert (first.field, second.field) == (Field.SAFETY, Field.OTHER)
    work = OpenWork.objects.about(Proposal).get(object_id=first.pk)
    assert (work.ask, work.due, work.clock_id) == ("dispatch", first.clock.due, first.clock_id)
    assert Proposal.objects.filter(state=State.RECEIVED, clock__due__lt=TODAY).count() == 2
    row = TransitionLog.objects.filter(name="receive", object_id=first.pk).get()
    assert row.actor == make.planner()
    assert entered().code == "2026-00002"
    handling.decide(
        first, State.REJECTED, {"present": "있음", "reason": "어려움"}, actor=make.planner(), version=first.version
    )  # fmt: skip
    first.refresh_from_db()
    assert first.in_time is False


def test_p1_the_same_application_never_comes_in_twice() -> None:
    twice = bring(line("1AB-1", "2026-11-18"), line("１ab-1", "2026-11-19", "다른 제목"))
    assert [error.row for error in twice.errors] == [3]
    assert not Proposal.objects.exists()
    assert bring(line("1AB-1", "2026-11-18")).saved == 1
    again = bring(line("1AB-2", "2026-11-18", "다른 제목"), line("1AB-1", "2026-11-18"))
    assert [(error.row, error.column_label) for error in again.errors] == [(3, "신청번호")]
    assert Proposal.objects.count() == 1


def test_p5_similar_ones_and_the_same_within_the_file_are_pointed_out() -> None:
    entered(title="골목길 보안등 늘리기")
    file = workbook([HEAD, line("1", "2026-11-18"), line("2", "2026-11-18", "마을버스 정류장 바람막이"),
                     line("3", "2026-11-19", "마을버스 정류장 바람막이")])  # fmt: skip
    result = taken(get_importer("proposals"), file, make.planner(), dry_run=True)
    said = [(remark.row, remark.message) for remark in result.remarks]
    assert said == [
        (2, "비슷한 제안이 있습니다: 2026-00001 골목길 보안등 늘리기 (유사도 100%)"),
        (4, "제목이 같은 신청이 이 파일에 있습니다: 2"),
    ]
    assert result.ok


def test_p11_what_came_in_a_list_is_found_by_everybody_but_for_what_is_hidden(client: Client) -> None:
    hidden = [*line("1AB-2", TODAY, "경로당 온열의자"), "비공개"]
    bring([*line("1AB-1", TODAY), "공개"], hidden, head=[*HEAD, "공개 여부"])
    past = ["2015", None, "빈집에 텃밭 만들기", "구민 제안", None, "채택", "좋은 뜻입니다.", None, None]
    bring(past, kind="proposals-past", head=PAST)
    for words, titles in (
        ("보안등을 달아", ["골목길 보안등 늘리기"]),
        ("온열의자", ["경로당 온열의자"]),
        ("텃밭", ["빈집에 텃밭 만들기"]),
    ):
        page = client.get("/proposals/find/", {"q": words}).content.decode()
        assert [
            title
            for title in ("골목길 보안등 늘리기", "경로당 온열의자", "빈집에 텃밭 만들기")
            if title in page
        ] == titles


def test_d3_who_applied_stands_in_one_place_alone_and_nobody_is_told() -> None:
    made = saved(book(HEAD, line("1AB-1", TODAY)), "proposals")
    own = {Proposer._meta.label_lower, Intake._meta.label_lower}
    for row in json.loads(dump()):
        if row["model"] not in own:
            text = json.dumps(row, ensure_ascii=False)
            assert not any(part in text for part in WHO), row
    logs = json.dumps(list(TransitionLog.objects.values("data", "reason")), ensure_ascii=False)
    assert not any(part in logs for part in WHO)
    assert made.saved == 1
    assert Proposer.objects.get().email == "hong@example.org"
    assert not Mail.objects.exists()
    assert not Notice.objects.exists()


def test_p1_who_gave_a_mail_address_is_written_to_where_it_is_wished() -> None:
    bare = line("1AB-2", TODAY, "경로당 온열의자")
    bare[6] = None
    checked = taken_in(book(HEAD, line("1AB-1", TODAY), bare), "proposals")
    made = services.save(checked, actor=make.planner(), wishes=["letters"])
    assert made.saved == 2
    assert Mail.objects.count() == 1
    letter = Letter.objects.get()
    assert (letter.about, letter.to) == ("2026-00001", "hong@example.org")


def test_n3_one_undoing_takes_a_list_back_and_numbers_are_given_again() -> None:
    before = dump()
    made = saved(
        book(HEAD, line("1AB-1", TODAY), line("1AB-2", "2025-12-30", "경로당 온열의자")), "proposals"
    )
    assert Clock.objects.count() == 2
    undo.undo(made, actor=make.planner())
    assert dump() == before
    again = saved(book(HEAD, line("1AB-1", TODAY), line("1AB-2", TODAY, "경로당 온열의자")), "proposals")
    first = Proposal.objects.get(number=1)
    handling.decide(
        first, State.REJECTED, {"present": "있음", "reason": "어려움"}, actor=make.planner(), version=first.version
    )  # fmt: skip
    undo.undo(again, actor=make.planner())
    assert [one.pk for one in Proposal.objects.all()] == [first.pk]
    assert Clock.objects.count() == 1
    assert entered().number == 2


def test_p1_only_planning_takes_lists_in_and_gets_them_out_with_a_reason(client: Client) -> None:
    with pytest.raises(Refused):
        receive_many([], actor=make.UserFactory())
    bring(line("1AB-1", TODAY))
    client.force_login(make.UserFactory(), backend=BACKEND)
    assert client.get("/import/proposals/").status_code == 403
    assert client.get("/import/proposals/export/").status_code == 403
    client.force_login(make.planner(), backend=BACKEND)
    assert "국민신문고 제안" in client.get("/import/proposals/").content.decode()
    for kind in ("proposals", "proposals-past"):
        asked = client.get(f"/import/{kind}/export/")
        assert asked["Location"].startswith("/export-reason/?next=")
    answer = client.get("/import/proposals/export/", {"export": "xlsx", "reason": "상급 기관 제출"})
    assert b"".join(answer.streaming_content)
    log = AccessLog.objects.get(action=AccessLog.Action.EXPORT)
    assert (log.subject_kind, log.reason) == ("proposer", "상급 기관 제출")


# ------------------------------------------------------------------------------------------ earlier years

P10 = {
    ("2014", Kind.CITIZEN): 250,
    ("2014", Kind.STAFF): 77,
    ("2015", Kind.CITIZEN): 275,
    ("2015", Kind.STAFF): 109,
}


def of_two_years(off: int = 0) -> SimpleUploadedFile:
    rows = [
        [year, None, f"{year}년 {kind.value} 제안 {n:03}", str(kind.label), "교통행정과",
         ("채택", "불채택", None)[n % 3], "살펴본 결과입니다.", f"{year}-0{n % 9 + 1}", None]
        for (year, kind), many in P10.items()
        for n in range(many)
    ]  # fmt: skip
    return book(["2014~2015년 제안 접수 현황"], PAST, *rows, ["합계", None, f"{len(rows) + off}건"])


def test_p10_n1_the_years_come_in_as_past_with_proof_and_one_undoing_takes_them_back() -> None:
    make.DepartmentFactory(name="교통행정과")
    file = of_two_years()
    before = dump()
    checked = taken_in(file, "proposals-past")
    proof = Table.from_json(checked.result["proof"])
    lines = {row[0].value: [cell.value for cell in row[1:]] for row in (*proof.rows, *proof.totals)}
    assert lines["2014"][:3] == [327, 250, 77]
    assert lines["2015"][:3] == [384, 275, 109]
    assert lines["파일의 합계"][0] == lines["계"][0] == 711
    assert "차이" not in lines
    made = services.save(checked, actor=make.planner())
    assert Proposal.objects.filter(year=2014).count() == 327
    for model in (OpenWork, Clock, Notice, Mail, apps.get_model("core.Pass")):
        assert not model._base_manager.exists(), model
    undo.undo(made, actor=make.planner())
    assert dump() == before


def test_n1_a_total_that_does_not_agree_is_named() -> None:
    make.DepartmentFactory(name="교통행정과")
    proof = Table.from_json(taken_in(of_two_years(2), "proposals-past").result["proof"])
    assert [cell.value for cell in proof.totals[-1]][:2] == ["차이", -2]


def test_n1_n4_a_record_keeps_its_number_its_days_and_the_department_of_then(client: Client) -> None:
    place = make.DepartmentFactory(name="교통지도과")
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    departments.rename(place, actor=admin, name="교통행정과", effective_on=TODAY)
    rows = (
        [
            "2015",
            "2015-0012",
            "골목길 보안등 늘리기",
            "직원 제안",
            "교통지도과",
            "채택",
            "내년에 답니다.",
            "2015-03",
            "2015-05-07",
        ],
        ["2015", None, "결과를 모르는 제안", "구민 제안", None, None, None, None, None],
    )
    result = bring(*rows, kind="proposals-past", head=PAST)
    assert result.errors == []
    found, bare = Proposal.objects.order_by("number")
    assert (found.code, found.state, found.is_record) == ("2015-00012", State.ADOPTED, True)
    decision = Decision.objects.get(proposal=found)
    assert (decision.department, decision.department_name) == (
        Department.objects.get(pk=place.pk),
        "교통지도과",
    )
    assert found.day_text("received_on") == "2015. 3."
    assert (bare.code, bare.state) == ("2015-00013", State.RECORDED)
    client.force_login(make.planner(), backend=BACKEND)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "교통지도과" in page
    assert "내년에 답니다." in page
    listed = client.get("/proposals/desk/?state=adopted").content.decode()
    assert "2015. 3." in listed
    assert client.get(bare.get_absolute_url()).status_code == 200
    assert client.get("/proposals/2015-12/").status_code == 200


def test_n1_nothing_is_done_with_a_record() -> None:
    row = ["2015", None, "지난 제안 하나", "구민 제안", None, "제안 아님", None, None, None]
    bring(row, kind="proposals-past", head=PAST)
    record = Proposal.objects.get()
    with pytest.raises(Refused):
        handling.take_back(record, reason="다시 봄", actor=make.planner(), version=record.version)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (["2015", None, "제안 하나 둘", "구민 제안", None, None, None, "2014-03-05", None], "received"),
        ([None, None, "제안 하나 둘", "구민 제안", None, None, None, None, "2014-03-05"], "year"),
        (["2030", None, "제안 하나 둘", "구민 제안", None, None, None, None, None], "year"),
        (["2015", None, "제안 하나 둘", "구민 제안", "없던과", None, None, None, None], "department"),
        (
            ["2015", None, "제안 하나 둘", "구민 제안", None, "채택", None, "2015-05-07", "2015-05-06"],
            "decided",
        ),
        (["2015", None, "제안", "구민 제안", None, None, None, None, None], "title"),
    ],
)
def test_n3_what_cannot_be_true_of_a_record_is_said_beside_its_cell(row: list[Any], key: str) -> None:
    assert [error.key for error in bring(row, kind="proposals-past", head=PAST).errors] == [key]
