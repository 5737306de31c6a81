"""A leak is told within 72 hours and, where the law asks, reported (D7)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core import duties, jobs
from core.models import AccessLog, Destruction, Job, OpenWork, TransitionLog
from core.now import now, pretend
from core.work.verify import differences
from leaks.enums import State
from leaks.models import Leak, LeakPerson
from leaks.services import leaks, persons, telling
from letters.models import Letter
from notifications.models import Mail, Notice
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.leaks.made import FRIDAY, HOUR, by_account, facts, leaked, looked, officer
from tests.proposals import made as ideas

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
SOON = FRIDAY + HOUR
LATE = FRIDAY + 73 * HOUR


def fresh(leak: Leak) -> Leak:
    return Leak.objects.get(pk=leak.pk)


def told(leak: Leak, actor: User, at: dt.datetime = SOON, **values: Any) -> Leak:
    with pretend(at):
        return leaks.tell(
            leak, told_at=at, send=False, actor=actor, **{"how": "전화로 알렸습니다.", **values}
        )


def asks(leak: Leak) -> set[str]:
    return set(OpenWork.objects.about(Leak).filter(object_id=leak.pk).values_list("ask", flat=True))


@pytest.fixture
def actor() -> User:
    return officer()


@pytest.fixture
def leak(actor: User) -> Leak:
    with pretend(SOON):
        return leaked(actor)


def test_d7_it_has_a_number_of_its_year_and_the_hours_of_the_policy(actor: User, leak: Leak) -> None:
    with pretend(SOON):
        second = leaked(actor)
    assert (leak.code, second.code) == ("2026-001", "2026-002")
    assert leak.due_at == FRIDAY + 72 * HOUR
    assert leak.hours == 72


@pytest.mark.parametrize(("people", "must"), [(999, False), (1000, True), (1001, True)])
def test_d7_the_authority_is_told_from_just_a_thousand_people(
    actor: User, leak: Leak, people: int, must: bool
) -> None:
    persons.count(leak, title="종이 서류", people=people, actor=actor)
    assert fresh(leak).must_report is must
    assert ("report" in asks(leak)) is must


@pytest.mark.parametrize("name", ["sensitive", "intrusion"])
def test_d7_the_authority_is_told_of_sensitive_data_and_intrusion_whatever_the_number(
    actor: User, name: str
) -> None:
    with pretend(SOON):
        assert leaked(actor, **{name: True}).must_report


def test_d7_the_log_and_the_groups_together_reach_the_thousand(
    actor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = make.UserFactory()
    looked(thief, make.UserFactory())
    with pretend(SOON):
        found = leaks.register(by_account(thief), actor=actor)
        persons.count(found, title="종이 서류", people=999, actor=actor)
    assert fresh(found).must_report


def test_d7_officers_and_their_head_learn_of_it_at_once_even_at_night(actor: User) -> None:
    assert actor.department is not None
    head, thief = make.head_of(actor.department), officer()
    with pretend(FRIDAY + 10 * HOUR):
        found = leaks.register(by_account(thief), actor=actor)
    told_ = {one.recipient: one.url for one in Notice.objects.filter(kind="leaks.found")}
    assert told_ == {actor: found.get_absolute_url(), head: ""}
    assert Mail.objects.filter(kind="leaks.found").count() == 2


def test_d7_reminders_leave_a_day_before_and_at_the_hour_on_a_weekend_too(actor: User, leak: Leak) -> None:
    counts = []
    for hours in (1, 40, 47, 48, 49, 71, 72, 73, 100):  # the 48th is on Sunday, the 72nd on Monday
        before = Notice.objects.filter(recipient=actor, kind="notifications.reminder").count()
        with pretend(FRIDAY + hours * HOUR):
            duties.run_due()
        counts.append(Notice.objects.filter(recipient=actor, kind="notifications.reminder").count() - before)
    assert counts == [0, 0, 0, 1, 0, 0, 1, 0, 0]
    last = Notice.objects.filter(recipient=actor, kind="notifications.reminder").latest("pk")
    assert "2026. 11. 30.(월) 15:20" in last.title


def test_d7_told_and_reported_in_either_order_then_closed(actor: User) -> None:
    with pretend(SOON):
        first, second = leaked(actor, sensitive=True), leaked(actor, sensitive=True)
    assert asks(first) == {"tell", "report"}
    told(first, actor)
    assert (fresh(first).state, asks(first)) == (State.TOLD, {"report"})
    with pretend(SOON):
        leaks.report(first, reported_at=SOON, receipt="KISA-1", actor=actor)
        leaks.report(second, reported_at=SOON, receipt="KISA-2", actor=actor)
        assert (fresh(second).state, asks(second)) == (State.REPORTED, {"tell"})
        told(second, actor)
        for one in (first, second):
            assert asks(one) == {"close"}
            leaks.close(one, actor=actor)
            assert (fresh(one).state, asks(one)) == (State.CLOSED, set())
    assert not differences()
    names = TransitionLog.objects.filter(object_id=first.pk, content_type__model="leak").order_by("pk")
    assert [row.name for row in names] == ["open", "tell", "report", "close"]


def test_d7_it_is_not_told_twice_nor_closed_before_everybody_was_told(actor: User, leak: Leak) -> None:
    with pretend(SOON):
        with pytest.raises(Rejected):
            leaks.close(leak, grounds="1명", actor=actor)
        told(leak, actor)
        with pytest.raises(Rejected):
            told(leak, actor)
        with pytest.raises(Rejected) as refused:
            leaks.close(leak, actor=actor)
        assert refused.value.field == "grounds"
        leaks.close(leak, grounds="1명의 이름만", actor=actor)
    assert fresh(leak).grounds == "1명의 이름만"
    with pytest.raises(Rejected):
        persons.count(leak, title="종이", people=1, actor=actor)


def test_d7_it_is_not_closed_with_a_list_of_which_nobody_said_how_many(actor: User) -> None:
    thief = make.UserFactory()
    looked(thief, action="export", subject_label="직원: 총무")
    with pretend(SOON):
        found = leaks.register(by_account(thief), actor=actor)
        told(found, actor)
        with pytest.raises(Rejected):
            leaks.close(found, grounds="없음", actor=actor)
        persons.count(found, group=found.groups.get(), people=3, actor=actor)
        leaks.close(found, grounds="3명", actor=actor)


@pytest.mark.parametrize(
    ("at", "late", "field"),
    [
        (FRIDAY - HOUR, "", "told_at"),
        (LATE + HOUR, "", "told_at"),  # in the future
        (LATE, "", "late"),
        (LATE, "담당자가 없었습니다.", None),
        (FRIDAY + 72 * HOUR, "", None),
    ],
)
def test_d7_late_asks_for_its_reason_and_is_shown_late(
    client: Client, actor: User, leak: Leak, at: dt.datetime, late: str, field: str | None
) -> None:
    with pretend(LATE):
        if field:
            with pytest.raises(Rejected) as refused:
                leaks.tell(leak, told_at=at, send=False, how="전화", late=late, actor=actor)
            assert refused.value.field == field
            return
        leaks.tell(leak, told_at=at, send=False, how="전화", late=late, actor=actor)
        assert fresh(leak).told_late == late
        client.force_login(actor)
        page = client.get(leak.get_absolute_url()).content.decode()
        assert ("1시간 늦게 완료" in page) is bool(late)
        row = client.get(reverse("leaks:list"), {"late": "1"}).content.decode()
        assert (leak.title in row) is bool(late)


def test_d7_whose_account_leaked_never_decides_on_it_nor_sees_it(client: Client, actor: User) -> None:
    thief = officer()
    with pretend(SOON):
        found = leaks.register(by_account(thief), actor=actor)
        for step in (
            lambda: told(found, thief),
            lambda: leaks.report(found, reported_at=SOON, receipt="1", actor=thief),
            lambda: leaks.withdraw(found, reason="아님", actor=thief),
            lambda: leaks.edit(found, facts(), actor=thief),
            lambda: persons.gather(found, actor=thief),
            lambda: persons.count(found, title="종이", people=1, actor=thief),
        ):
            with pytest.raises(Refused):
                step()
    client.force_login(thief)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert found.title not in client.get(reverse("leaks:list")).content.decode()
    keys = {key.key for work in OpenWork.objects.about(Leak) for key in work.holders.all()}
    assert keys == {"r:auditor", "r:system_admin", f"-u:{thief.pk}"}


def test_d7_nobody_registers_the_own_account_and_so_keeps_the_others_out(actor: User) -> None:
    with pretend(SOON), pytest.raises(Rejected) as refused:
        leaks.register(by_account(actor), actor=actor)
    assert refused.value.field == "account"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"found_at": FRIDAY + 9 * HOUR}, "found_at"),
        ({"happened_to": FRIDAY - 4 * HOUR}, "happened_to"),
        ({"looks_from": FRIDAY}, "looks_to"),
        ({"looks_to": FRIDAY}, "looks_from"),
        ({"looks_from": FRIDAY, "looks_to": FRIDAY - HOUR}, "looks_to"),
    ],
)
def test_d7_what_contradicts_itself_is_refused_beside_its_field(
    actor: User, values: dict[str, Any], field: str
) -> None:
    with pretend(SOON), pytest.raises(Rejected) as refused:
        leaked(actor, **values)
    assert refused.value.field == field


def test_d7_the_system_tells_everybody_it_can_reach_once(actor: User) -> None:
    thief, colleague, gone = (make.UserFactory() for _n in range(3))
    User.objects.filter(pk=gone.pk).update(email="")
    proposal = ideas.entered()
    looked(thief, colleague)
    looked(thief, gone)
    looked(thief, subject_kind="proposer", subject_id=str(proposal.pk), subject_label="제안자")
    with pretend(SOON):
        found = leaks.register(by_account(thief), actor=actor)
        leaks.tell(found, told_at=SOON, send=True, actor=actor)
        job = Job.objects.get(kind=telling.KIND)
        for _n in range(2):  # a worker that begins anew tells nobody twice
            Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
            jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE
    (letter,) = Letter.objects.about(found)
    for part in (found.items, found.what, found.measures, found.advice, found.contact, "김구민"):
        assert part in letter.body
    (notice,) = Notice.objects.filter(kind="leaks.concerned")
    assert (notice.recipient, found.advice in notice.body) == (colleague, True)
    states = {row.user or "citizen": (row.reachable, row.told_at is not None) for row in found.persons.all()}
    assert states == {colleague: (True, True), gone: (False, False), "citizen": (True, True)}


def test_d7_a_notice_on_the_home_page_stands_for_thirty_days(actor: User, leak: Leak) -> None:
    day = dt.date(2026, 11, 27)
    told(leak, actor, how="", home_from=day)
    found = fresh(leak)
    assert found.home_until == dt.date(2026, 12, 26)
    (work,) = OpenWork.objects.about(Leak)
    assert (work.ask, work.due) == ("close", dt.date(2026, 12, 27))
    with pretend(dt.date(2026, 12, 26)), pytest.raises(Rejected):
        leaks.close(leak, grounds="한 명", actor=actor)
    with pretend(dt.date(2026, 12, 27)):
        leaks.close(leak, grounds="한 명", actor=actor)


def test_d7_it_must_be_said_how_people_were_told(actor: User, leak: Leak) -> None:
    with pytest.raises(Rejected) as refused:
        told(leak, actor, how="")
    assert refused.value.field == "how"


REST = {"items": "이름", "measures": "지웠습니다.", "advice": "조심해 주세요.", "contact": "감사담당관"}


def test_d7_what_is_known_is_enough_to_begin_and_the_rest_is_written_before_anybody_is_told(
    client: Client, actor: User
) -> None:
    client.force_login(actor)
    sent = {"title": "명단을 보냄", "found_at": "2026-11-27T15:20", "what": "메일을 잘못 보냄"}
    with pretend(SOON):
        answer = client.post("/leaks/new/", sent)
        assert answer.status_code == 302
        leak = Leak.objects.latest("pk")
        assert leak.missing == ["items", "advice", "measures", "contact"]
        assert "확인 중" in client.get(leak.get_absolute_url()).content.decode()
        with pytest.raises(Rejected) as refused:
            leaks.tell(leak, told_at=now(), how="전화", actor=actor)
        assert "유출된 개인정보의 항목" in refused.value.message
        assert refused.value.field == "items"
        form = client.get(f"{leak.get_absolute_url()}tell/")
        for label in ("유출된 개인정보의 항목", "피해를 신고할 부서와 연락처"):
            assert label in form.content.decode()
        told = {"told_at": "2026-11-27T15:40", "how": "전화", "version": leak.version}
        assert client.post(f"{leak.get_absolute_url()}tell/", told).status_code == 422
        assert client.post(f"{leak.get_absolute_url()}tell/", {**told, **REST}).status_code == 302
    leak.refresh_from_db()
    assert leak.missing == []
    assert leak.told_how == "전화"


def test_d7_what_turned_out_to_be_none_is_withdrawn_with_its_reason(actor: User, leak: Leak) -> None:
    with pytest.raises(Rejected):
        leaks.withdraw(leak, reason=" ", actor=actor)
    leaks.withdraw(leak, reason="내부 서버의 시험이었습니다.", actor=actor)
    assert (fresh(leak).state, asks(leak)) == (State.WITHDRAWN, set())


def test_d7_every_change_is_in_the_logs(actor: User, leak: Leak) -> None:
    with pretend(SOON):
        leaks.edit(leak, facts(title="다른 이름"), actor=actor, version=leak.version)
    entry = LogEntry.objects.get_for_object(leak).first()
    assert entry is not None
    assert "title" in entry.changes_dict
    assert TransitionLog.objects.filter(object_id=leak.pk, name="edit").exists()


def test_d7_who_has_no_business_there_learns_of_no_leak(client: Client, leak: Leak) -> None:
    for user in (make.planner(), make.UserFactory(), make.UserFactory(roles=[Role.EXECUTIVE])):
        client.force_login(user)
        for name in ("list", "new"):
            assert client.get(reverse(f"leaks:{name}")).status_code == 404
        assert client.get(leak.get_absolute_url()).status_code == 404


def test_d7_the_list_of_people_leaves_with_a_reason_and_a_look(client: Client, actor: User) -> None:
    thief, seen = make.UserFactory(), make.UserFactory()
    looked(thief, seen)
    with pretend(SOON):
        found = leaks.register(by_account(thief), actor=actor)
    client.force_login(actor)
    address = reverse("leaks:persons", args=[found.pk])
    assert seen.full_label in client.get(address).content.decode()
    asked = client.get(address, {"export": "xlsx"})
    assert (asked.status_code, reverse("export_reason") in asked.url) == (302, True)  # type: ignore[attr-defined]  # a redirect's
    file = client.get(address, {"export": "xlsx", "reason": "통지 확인"})
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # a file's answer is a stream
    look = AccessLog.objects.filter(subject_kind="leak", action="export").get()
    assert (look.actor, look.reason, look.subject_id) == (actor, "통지 확인", str(found.pk))


@pytest.mark.parametrize("fmt", ["html", "hwpx"])
def test_d7_the_notice_has_the_five_parts_and_the_report_its_values(
    client: Client, actor: User, leak: Leak, fmt: str
) -> None:
    client.force_login(actor)
    for name in ("notice", "report_paper"):
        answer = client.get(reverse(f"leaks:{name}", args=[leak.pk]), {"format": fmt})
        assert answer.status_code == 200
        if fmt == "html":
            page = answer.content.decode()
            for part in (leak.items, leak.what, leak.measures, leak.advice, leak.contact):
                assert part in page


def test_d7_the_officer_does_it_all_in_the_pages(client: Client, actor: User) -> None:
    client.force_login(actor)
    with pretend(SOON):
        typed = {
            "title": "명단 유출", "found_at": "2026-11-27T15:20", "what": "잘못 보냄", "items": "이름",
            "measures": "회수", "advice": "조심", "contact": "02-000-0000", "sensitive": "on",
        }  # fmt: skip
        assert client.post(reverse("leaks:new"), {**typed, "account": "없음"}).status_code == 422
        client.post(reverse("leaks:new"), typed)
        found = Leak.objects.get()

        def send(step: str, data: dict[str, Any]) -> int:
            version = Leak.objects.get(pk=found.pk).version
            url = reverse(f"leaks:{step}", args=[found.pk])
            assert client.get(url).status_code == 200
            return client.post(url, {**data, "version": version}).status_code

        assert send("group_new", {"title": "종이 서류", "people": "12"}) == 302
        assert send("edit", {**typed, "items": "이름, 주소"}) == 302
        assert send("tell", {"told_at": "2026-11-27T16:00", "how": "전화"}) == 302
        assert send("report", {"reported_at": "2026-11-27T16:10", "receipt": "KISA-7"}) == 302
        page = client.get(found.get_absolute_url()).content.decode()
        assert all(words in page for words in ("KISA-7", "종이 서류", "이름, 주소", "기한 내 완료"))
        group = reverse("leaks:group", args=[found.groups.get().pk])
        assert client.post(group, {"title": "종이 서류", "people": "13"}).status_code == 302
        assert send("close", {}) == 302
    assert (fresh(found).state, fresh(found).people) == (State.CLOSED, 13)


def test_d7_the_page_of_an_outdated_leak_decides_nothing(client: Client, actor: User, leak: Leak) -> None:
    client.force_login(actor)
    url = reverse("leaks:withdraw", args=[leak.pk])
    client.post(url, {"reason": "아님", "version": leak.version + 5})
    assert fresh(leak).state == State.KNOWN


def test_d7_whom_it_concerned_is_destroyed_after_the_term_and_the_case_stays(actor: User) -> None:
    thief = make.UserFactory()
    proposal = ideas.entered()
    looked(thief, subject_kind="proposer", subject_id=str(proposal.pk), subject_label="제안자")
    with pretend(SOON):
        found = leaks.register(by_account(thief), actor=actor)
        leaks.tell(found, told_at=SOON, actor=actor)
        jobs.run(Job.objects.get(kind=telling.KIND).pk)
        leaks.close(found, grounds="한 명", actor=actor)
    for day, kept in ((dt.date(2029, 11, 1), 1), (dt.date(2029, 12, 1), 0)):
        with pretend(day):
            duties.run_due(day)
        assert LeakPerson.objects.count() == kept
        assert bool(Letter.objects.about(found).get().body) is bool(kept)
    assert Destruction.objects.filter(log=LeakPerson._meta.db_table, count=1).exists()
    assert fresh(found).people == 1
