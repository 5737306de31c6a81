"""Actors that are no users: whoever holds a pass acts on its subject alone; the system takes only its own steps."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from rules.predicates import Predicate

from basis.errors import Refused
from core import attachments, deadlines, drafts, passes
from core.actors import SYSTEM, Bearer, columns, user_of
from core.middleware import LoginRequiredMiddleware
from core.models import AccessLog, Attachment, Draft, Pass, TransitionLog
from core.now import now, pretend
from core.permissions import Own, can, permit, whose_right
from core.transition import history, record
from notifications.services import notify
from tests.factories import CaseFactory, UserFactory, planner
from tests.throwaway import services
from tests.throwaway.models import Slip
from tests.throwaway.rules import LINK

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


def pass_of(slip: Slip, days: int = 90, **values: Any) -> tuple[Bearer, str]:
    """A bearer of this slip and the token."""
    values = {"kind": LINK, "label": "민원인 김소지", "actor": SYSTEM, **values}
    held, token = passes.issue(slip, until=now() + dt.timedelta(days=days), **values)
    return Bearer(held), token


def slip_of(title: str = "가로등 회신표") -> Slip:
    return Slip.objects.create(title=title)


def page(slip: Slip, step: str = "slip") -> str:
    return reverse(f"throwaway:{step}", args=[slip.pk])


def opened(token: str) -> Client:
    """A browser that has opened the link."""
    client = Client()
    assert client.get(passes.path_of(token)).status_code == 302
    return client


# ------------------------------------------------------------------------------------------ what is kept


def test_of_a_token_only_the_hash_is_kept() -> None:
    _bearer, token = pass_of(slip_of())
    assert len(token) >= 43  # 256 bits
    (row,) = Pass.objects.values()
    assert token not in str(row)
    assert passes.bearer_of(row["token_hash"]) is None
    assert str(passes.bearer_of(token)) == "민원인 김소지"
    assert pass_of(slip_of())[1] != token


def test_columns_name_a_user_or_a_bearer_or_leave_both_to_the_system() -> None:
    user, (bearer, _token) = planner(), pass_of(slip_of())
    assert columns(user) == {"actor": user, "actor_pass": None}
    assert columns(bearer, "user") == {"user": None, "user_pass": bearer.held}
    assert columns(SYSTEM) == {"actor": None, "actor_pass": None}
    assert (user_of(user), user_of(SYSTEM)) == (user, None)
    for broken in (columns, user_of):
        with pytest.raises(TypeError, match="an actor is needed"):
            broken(None)
    with pytest.raises(TypeError, match="no user"):
        user_of(bearer)


def test_no_row_has_two_actors_and_a_draft_has_one() -> None:
    user, slip = planner(), slip_of()
    bearer, _token = pass_of(slip)
    row = record(slip, "answer", actor=bearer)
    for broken in (
        lambda: TransitionLog.objects.filter(pk=row.pk).update(actor=user),
        lambda: Draft.objects.create(key="x"),
        lambda: Draft.objects.create(key="x", user=user, user_pass=bearer.held),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


def test_a_bearer_and_the_system_ask_for_time_too() -> None:
    bearer, _token = pass_of(slip_of())
    with pretend(DAY):
        clock = deadlines.open_clock("throwaway", DAY, 7)
        asked = deadlines.request_pause(clock, start=DAY, end=None, reason="현장 확인", actor=bearer)
        assert (asked.requested_by, asked.requested_by_pass, asked.asker) == (None, bearer.held, str(bearer))
        deadlines.withdraw(asked, actor=bearer)
        assert (asked.decided_by, asked.decided_by_pass) == (None, bearer.held)
        assert (
            deadlines.request_pause(clock, start=DAY, end=None, reason="점검", actor=SYSTEM).asker == "시스템"
        )


# ---------------------------------------------------------------------------------------- what one may


def test_a_bearer_acts_on_its_own_subject_alone() -> None:
    own, other = slip_of(), slip_of("다른 회신표")
    bearer, _token = pass_of(own)
    with pytest.raises(Refused, match="받은 사람"):
        services.answer(other, "회신", actor=bearer)
    services.answer(own, "회신", actor=bearer)
    (row,) = history(own)
    assert (row.who, row.actor, row.actor_pass, row.principal) == ("민원인 김소지", None, bearer.held, None)
    with pytest.raises(Refused):  # a step of people
        services.close(own, actor=bearer)
    with pytest.raises(LookupError):  # a step of the system
        services.lapse(own, actor=bearer)


def test_a_bearer_of_another_kind_of_thing_with_the_same_key_may_nothing() -> None:
    case = CaseFactory()
    slip = Slip.objects.create(pk=case.pk, title="같은 번호")
    bearer, _token = pass_of(slip)
    assert can(bearer, "throwaway.view", slip)
    assert not can(bearer, "throwaway.view", case)
    assert not can(bearer, "benchmarking.plan", case)


def test_what_is_declared_for_one_kind_of_bearer_is_not_for_another() -> None:
    slip = slip_of()
    with passes.BEARERS.only(passes.BearerKind("throwaway.device", page)):
        bearer, token = pass_of(slip, kind="throwaway.device")
        assert not can(bearer, "throwaway.view", slip)
        assert opened(token).get(page(slip)).status_code == 404


def test_a_pass_opens_nothing_once_it_is_revoked_replaced_or_over() -> None:
    slip = slip_of()
    bearer, token = pass_of(slip, days=10)
    assert can(bearer, "throwaway.view", slip)
    with pretend(now().date() + dt.timedelta(days=11)):
        assert not can(bearer, "throwaway.view", slip)
        assert passes.bearer_of(token) is None
    newer, new_token = passes.replace(bearer.held, until=now() + dt.timedelta(days=10), actor=planner())
    with pytest.raises(Refused):
        services.answer(slip, "회신", actor=bearer)
    assert passes.bearer_of(token) is None
    assert passes.bearer_of(new_token) == Bearer(newer)
    assert list(passes.passes_for(slip)) == [newer]
    assert (newer.label, newer.made_by) == (bearer.held.label, planner())


def test_a_bearer_has_no_right_of_users_and_their_predicates_never_see_one() -> None:
    slip = slip_of()
    bearer, _token = pass_of(slip)
    seen: list[Any] = []
    permit("throwaway.everybody", Predicate(lambda user, obj: bool(seen.append(user)) or True))
    assert can(planner(), "throwaway.everybody", slip)
    assert (
        whose_right(bearer, "throwaway.everybody", slip),
        whose_right(SYSTEM, "throwaway.everybody", slip),
    ) == (
        None,
        None,
    )
    assert seen == [planner()]
    assert not can(bearer, "throwaway.view")  # without a thing there is nothing of one's own
    file = attachments.attach(CaseFactory(), [SimpleUploadedFile("a.pdf", PDF)], actor=planner())[0]
    assert not attachments.can_fetch(bearer, file)
    drafts.hold(bearer, "x", [SimpleUploadedFile("a.pdf", PDF)])
    another, _token = pass_of(slip_of())
    assert not attachments.can_fetch(another, Attachment.objects.latest("uploaded_at"))


def test_a_right_may_lead_from_a_part_to_the_subject() -> None:
    slip = slip_of()
    bearer, _token = pass_of(slip)
    part = type("Part", (), {"slip": slip})()
    permit("throwaway.part", Predicate(lambda user: False), bearer=Own(LINK, through=lambda part: part.slip))
    assert can(bearer, "throwaway.part", part)
    part.slip = slip_of("다른 회신표")
    assert not can(bearer, "throwaway.part", part)


def test_the_system_takes_its_own_steps_and_nobody_elses() -> None:
    slip = slip_of()
    with pytest.raises(Refused):
        services.answer(slip, "회신", actor=SYSTEM)
    with pytest.raises(LookupError):
        services.lapse(slip, actor=planner())
    services.lapse(slip, actor=SYSTEM)
    (row,) = history(slip)
    assert (row.who, row.actor, row.actor_pass) == ("시스템", None, None)


def test_nobody_is_no_actor() -> None:
    slip = slip_of()
    for step in (services.lapse, services.close):
        with pytest.raises(TypeError, match="an actor is needed"):
            step(slip, actor=None)


def test_bearers_get_no_notices_yet() -> None:
    bearer, _token = pass_of(slip_of())
    with pytest.raises(TypeError, match="no notices"):
        notify("throwaway", [bearer], title="회신", key="x")  # type: ignore[list-item]  # as the test needs it


# --------------------------------------------------------------------------------------------- the pages


def test_opening_the_link_changes_nothing_but_the_browsers_cookie(
    django_assert_num_queries: Any, client: Client
) -> None:
    slip = slip_of()
    _bearer, token = pass_of(slip)
    with django_assert_num_queries(2) as asked:
        answer = client.get(passes.path_of(token), secure=True)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert (answer.status_code, answer["Location"]) == (302, page(slip))
    assert token not in answer["Location"]
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "private, no-store")
    assert "noindex" in answer["X-Robots-Tag"]
    (cookie,) = answer.cookies.values()
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (
        page(slip), True, "Lax", True, 30 * 24 * 3600,
    )  # fmt: skip
    assert client.post(passes.path_of(token)).status_code == 405


def test_the_cookie_lasts_no_longer_than_the_pass(client: Client) -> None:
    _bearer, token = pass_of(slip_of(), days=2)
    (cookie,) = client.get(passes.path_of(token)).cookies.values()
    assert 1 < cookie["max-age"] / 86400 <= 2
    assert not cookie["secure"]


def test_the_answer_is_the_same_whatever_is_wrong_with_a_pass() -> None:
    slip, other = slip_of(), slip_of("다른 회신표")
    bearer, token = pass_of(slip)
    client = opened(token)
    assert client.get(page(slip)).status_code == 200
    passes.revoke(bearer.held)
    stranger = Client()
    stranger.cookies["pass"] = pass_of(other)[1]
    answers = [
        client.get(passes.path_of(token)),
        client.get(page(slip)),
        client.post(page(slip, "answer"), {"text": "회신"}),
        Client().get(passes.path_of("nothing")),
        Client().get(page(slip)),
        stranger.get(page(slip)),
        stranger.post(page(slip, "answer"), {"text": "회신"}),
    ]
    token_of_form = re.compile(rb'"X-CSRFToken": "\w+"|name="(csrfmiddlewaretoken|next)" value="[^"]*"')
    bodies = {token_of_form.sub(b"", answer.content) for answer in answers}
    assert {answer.status_code for answer in answers} == {404}
    assert len(bodies) == 1
    assert "새 링크를 요청해 주세요" in bodies.pop().decode()
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    assert not history(slip, other).exists()


def test_a_bearer_reads_answers_and_fetches_under_its_own_name() -> None:
    slip = slip_of()
    bearer, token = pass_of(slip)
    client = opened(token)
    answer = client.post(
        page(slip, "answer"), {"text": "잘 받았습니다", "attachments": SimpleUploadedFile("회신.pdf", PDF)}
    )
    assert (answer.status_code, answer["Location"]) == (302, page(slip))
    (file,) = attachments.files_of(slip)
    assert (file.uploaded_by, file.uploaded_by_pass) == (None, bearer.held)
    body = client.get(page(slip)).content.decode()
    assert "민원인 김소지 · 잘 받았습니다" in body
    assert client.get(page(slip))["Cache-Control"] == "private, no-store"
    (url,) = re.findall(r'href="([^"]*/files/[^"]*)"', body)
    assert b"".join(client.get(url)) == PDF
    assert {(row.actor, row.actor_pass) for row in AccessLog.objects.all()} == {(None, bearer.held)}
    other = slip_of("다른 회신표")
    (hidden,) = attachments.attach(other, [SimpleUploadedFile("b.pdf", PDF)], actor=planner())
    assert client.get(f"{page(slip)}files/{hidden.pk}/").status_code == 404
    attachments.remove(file, actor=bearer)
    file.refresh_from_db()
    assert (file.removed_by, file.removed_by_pass) == (None, bearer.held)


def test_what_a_bearer_types_waits_for_it_and_for_nobody_else() -> None:
    slip = slip_of()
    bearer, token = pass_of(slip)
    _neighbour, other_token = pass_of(slip, label="민원인 이소지")
    client, other = opened(token), opened(other_token)
    body = client.get(page(slip, "answer")).content.decode()
    (url,) = re.findall(r'data-draft-url="([^"]*)"', body)
    assert url.startswith(page(slip))
    assert "saved_at" in client.post(url, {"text": "반쯤 쓴 글"}).json()
    assert "반쯤 쓴 글" in client.get(page(slip, "answer")).content.decode()
    assert "반쯤 쓴 글" not in other.get(page(slip, "answer")).content.decode()
    refused = client.post(
        page(slip, "answer"), {"text": "", "attachments": SimpleUploadedFile("회신.pdf", PDF)}
    )
    assert refused.status_code == 422
    (held,) = drafts.held(bearer, f"throwaway.slip.{slip.pk}.answer")
    client.post(page(slip, "answer"), {"text": "다 쓴 글", "held": str(held.pk)})
    assert [file.name for file in attachments.files_of(slip)] == ["회신.pdf"]
    assert not Draft.objects.exists()


def test_a_members_of_staff_session_gives_a_bearers_page_nothing() -> None:
    slip = slip_of()
    client = Client()
    client.force_login(planner())
    assert client.get(page(slip)).status_code == 404
    bearer, token = pass_of(slip)
    client.get(passes.path_of(token))
    client.post(page(slip, "answer"), {"text": "회신"})
    assert history(slip).get().actor_pass == bearer.held


def test_a_step_without_the_forms_secret_is_refused() -> None:
    slip = slip_of()
    _bearer, token = pass_of(slip)
    client = Client(enforce_csrf_checks=True)
    client.get(passes.path_of(token))
    assert client.post(page(slip, "answer"), {"text": "회신"}).status_code == 403
    body = client.get(page(slip, "answer")).content.decode()
    (secret,) = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', body))
    sent = client.post(page(slip, "answer"), {"text": "회신", "csrfmiddlewaretoken": secret})
    assert sent.status_code == 302


def test_the_gate_lets_bearers_pages_through_and_still_none_that_declares_nothing() -> None:
    gate = LoginRequiredMiddleware(lambda request: HttpResponse())
    request: HttpRequest = RequestFactory().get("/")
    request.user = None  # type: ignore[assignment]  # as the test needs it

    class Undeclared:
        bearer = True

    with pytest.raises(ImproperlyConfigured):
        gate.process_view(request, Undeclared, (), {})  # type: ignore[arg-type]  # as the test needs it


def test_logs_name_bearers_and_find_them() -> None:
    slip = slip_of()
    _bearer, token = pass_of(slip)
    opened(token).get(page(slip))
    services.answer(slip, "회신", actor=passes.bearer_of(token))
    services.lapse(slip_of(), actor=SYSTEM)
    client = Client()
    client.force_login(UserFactory(roles=["auditor"]))
    for name in ("transition_log", "access_log"):
        body = client.get(reverse(name), {"q": "김소지"}).content.decode()
        assert "민원인 김소지" in body, name
        assert "시스템</td>" not in body
