"""Pages of panels and sessions, as planning and members use them (O4, E7)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.now import pretend
from meetings import sockets
from meetings.models import Panel, Seat, Session
from meetings.selectors import resolved, seated
from notifications.models import Mail
from organization.models import User
from tests import factories as make
from tests.meetings import made
from tests.meetings.made import DAY

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def planning(client: Client) -> Client:
    client.force_login(make.planner())
    return client


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, page_name: str, pk: int | None = None, **data: Any) -> Any:
    """With the version that the page shows, as its form does."""
    url = reverse(f"meetings:{page_name}", args=[pk] if pk else [])
    page = client.get(url).context or {}
    return client.post(url, {"version": page.get("seen_version", ""), **data})


def test_o4_a_panel_is_made_filled_and_its_faults_are_said(planning: Client) -> None:
    panel_data = {"name": "심사위원회", "size": 2, "decides": "on", "begun_on": "2026-01-05"}
    answer = sent(planning, "panel_new", **panel_data)
    panel = Panel.objects.get()
    assert answer.headers["Location"] == panel.get_absolute_url()
    clerk = make.UserFactory()
    term = {"basis": "ex_officio", "starts_on": "2026-01-05"}
    sent(
        planning, "panel_appoint", panel.pk, user=clerk.employee_number, chair="chair", official="on", **term
    )
    page = text_of(planning, panel.get_absolute_url())
    assert "부위원장이 없습니다." in page
    assert "공무원이 아닌 위원이 50%에 미치지 못합니다(1명 가운데 0명)." in page
    again = sent(planning, "panel_appoint", panel.pk, user=clerk.employee_number, chair="vice", **term)
    assert again.context["form"].errors["user"] == ["그 기간에 이미 이 위원회의 위원입니다."]


def test_o4_somebody_from_outside_is_invited_by_clicking(planning: Client) -> None:
    panel = made.panel()
    term = {
        "chair": "member",
        "basis": "appointed",
        "sex": "female",
        "starts_on": "2026-09-10",
        "ends_on": "2028-09-09",
    }
    who = {"name": "교수일", "email": "prof@example.org", "belongs": "한빛대학교 교수"}
    assert sent(planning, "panel_invite", panel.pk, **who, **term).status_code == 302
    seat = Seat.objects.get()
    assert (seat.user.employee_number, seat.official, seat.label) == (
        "W0001",
        False,
        "한빛대학교 교수 교수일",
    )
    with pretend(DAY + dt.timedelta(days=1)):
        assert sent(planning, "seat_reinvite", seat.pk).status_code == 302
    assert Mail.objects.filter(kind="organization.invitation", recipient=seat.user).count() == 2
    refused = sent(planning, "panel_invite", panel.pk, **who, **term)
    assert "email" in refused.context["form"].errors


def test_o4_many_terms_are_renewed_from_the_list(planning: Client) -> None:
    panel = made.panel()
    seats = [made.seat(panel, ends_on=DAY + dt.timedelta(days=5)) for _n in range(3)]
    page = planning.get(reverse("meetings:seats"))
    assert page.context["list"].count == 3
    chosen = planning.post(reverse("meetings:renew"), {"pk": [seats[0].pk, seats[1].pk], "action": "renew"})
    form = planning.get(chosen.headers["Location"])
    assert form.context["form"].initial["ends_on"] == dt.date(2028, 9, 15)
    data = {"pk": form.context["form"].initial["pk"], "ends_on": "2028-12-31"}
    preview = planning.post(reverse("meetings:renew"), data)
    assert len(preview.context["foreseen"]) == 2
    done = planning.post(reverse("meetings:renew"), {**data, "preview": preview.context["preview"]})
    assert done.status_code == 302
    assert Seat.objects.filter(ends_on=dt.date(2028, 12, 31)).count() == 2


def test_e7_a_session_from_planning_to_the_confirmed_minutes(planning: Client) -> None:
    panel, case = made.filled(), make.CaseFactory()
    at = {"held_on": "2026-09-17", "begins_at": "14:00", "place": "회의실", "title": ""}
    things = [f"benchmarking.case:{case.pk}"]
    with sockets.AGENDA.only(lambda user, panel: [(case, "공유주차 등급")]):
        made_it = sent(planning, "panel_plan", panel.pk, **at, things=things, agenda="심사 기준\n\n기타")
        session = Session.objects.get()
        assert made_it.headers["Location"] == session.get_absolute_url()
        assert [item.title for item in session.items.all()] == ["공유주차 등급", "심사 기준", "기타"]
    # It stays on the agenda though nothing offers it any more.
    changed = sent(
        planning, "session_change", session.pk, **{**at, "place": "강당"}, things=things, agenda="심사 기준"
    )
    assert changed.status_code == 302
    assert "회의록 작성" not in text_of(planning, session.get_absolute_url())
    with pretend(NEXT):
        _minutes(planning, Session.objects.get(), panel, case)


def _minutes(planning: Client, session: Session, panel: Panel, case: Any) -> None:
    first, second = session.items.all()
    seats = seated(panel, NEXT)
    page = planning.get(reverse("meetings:session_hold", args=[session.pk]))
    assert page.context["form"].initial["present"] == [seat.pk for seat in seats]
    told = {
        "present": [seat.pk for seat in seats[:4]],
        "excused": [seats[4].pk],
        "note": "본인 제안",
        "minutes": "논의함.",
        f"item-{first.pk}-outcome": "passed",
        f"item-{first.pk}-yes": "2",
        f"item-{second.pk}-outcome": "deferred",
    }
    refused = sent(planning, "session_hold", session.pk, **told)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [f"item-{first.pk}-yes"]
    assert (
        sent(planning, "session_hold", session.pk, **told | {f"item-{first.pk}-yes": "3"}).status_code == 302
    )
    assert sent(planning, "session_confirm", session.pk).status_code == 403
    head = Client()
    head.force_login(made.confirmer())
    assert sent(head, "session_confirm", session.pk).status_code == 302
    assert resolved(case) == first
    page = text_of(planning, session.get_absolute_url())
    assert "찬성 3 · 반대 0 · 기권 0" in page
    assert "제척·회피" in page
    for fmt, kind in (("hwpx", "hwp"), ("xlsx", "spreadsheet"), ("html", "text/html")):
        paper = planning.get(reverse("meetings:session_minutes", args=[session.pk]), {"format": fmt})
        assert paper.status_code == 200
        assert kind in paper.headers["Content-Type"]


def test_e7_members_from_outside_open_their_session_and_its_papers_and_nothing_else(planning: Client) -> None:
    panel, other = made.filled(), made.filled()
    session, hidden = made.planned(panel, on=NEXT), made.planned(other, on=NEXT)
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.4 test")
    assert sent(planning, "session_add_files", session.pk, attachments=paper).status_code == 302
    member = next(seat.user for seat in seated(panel, DAY) if not seat.official)
    client = Client()
    client.force_login(User.objects.get(pk=member.pk))
    listed = client.get(reverse("meetings:sessions"), {"show": "all"}).context["list"]
    assert [row.pk for row in listed.rows] == [session.pk]
    file = client.get(session.get_absolute_url()).context["files"][0]
    assert b"".join(client.get(file["url"]).streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a file's answer is a stream
    for url in (hidden.get_absolute_url(), other.get_absolute_url()):
        assert client.get(url).status_code == 404
    assert client.get(reverse("meetings:panel_edit", args=[panel.pk])).status_code == 403
    stranger = Client()
    stranger.force_login(make.UserFactory())
    assert stranger.get(file["url"]).status_code == 404


def test_o4_the_sex_of_a_member_is_on_no_page_but_plannings(planning: Client) -> None:
    panel = made.filled(4)
    seat = panel.seats.filter(sex="female")[0]
    assert "female" in text_of(planning, reverse("meetings:seat_edit", args=[seat.pk]))
    client = Client()
    for person in (make.UserFactory(), seat.user):
        client.force_login(person)
        assert "여성" not in text_of(client, panel.get_absolute_url())
        assert client.get(reverse("meetings:seat_edit", args=[seat.pk])).status_code == 403


def test_e7_a_title_with_braces_is_text(planning: Client) -> None:
    session = made.planned(items=[("{{ request.user }} {% now %}", None)])
    page = text_of(planning, reverse("meetings:session_hold", args=[session.pk]))
    assert "{{" not in page.split("<main")[1]


def test_lists_are_empty_in_words(planning: Client) -> None:
    for name, said in (
        ("panels", "위원회나 평가단이 없습니다"),
        ("sessions", "회의가 없습니다"),
        ("seats", "위원이 없습니다"),
    ):
        assert said in text_of(planning, reverse(f"meetings:{name}"))


def test_panels_and_sessions_are_found(planning: Client) -> None:
    panel = made.filled(name="혁신위원회")
    made.planned(panel, items=[("전기차 충전", None)])
    assert "혁신위원회 제1회 회의" in text_of(planning, f"{reverse('search')}?q=충전")
    assert "혁신위원회" in text_of(planning, f"{reverse('search')}?q=혁신위원회")
