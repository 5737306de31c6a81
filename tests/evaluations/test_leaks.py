"""E3: nobody's page, file or notice depends on what a judge has scored, before it may.

Everything that an address answers is read as each of those concerned before and after another judge saves a mark, and
must be the same byte for byte; then after that judge has finished the sheet, when only ALLOWED may differ.
"""

import datetime as dt
import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.models import OpenWork, TransitionLog
from core.now import pretend
from evaluations.models import Conflict, Criterion, Entry, Judge, Round, Sheet, Stage
from evaluations.services import conflicts, sheets
from evaluations.urls import urlpatterns
from notifications.models import Mail, Notice
from organization.enums import Position, Role
from organization.models import User
from tests import factories as make
from tests.evaluations import made

pytestmark = pytest.mark.django_db

# What changes by each request, whoever asks: keys of forms, and the answer's own cookie.
KEYS = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|once)" value="|X-CSRFToken": "|data-draft-url="/drafts/)[^"]*"'
)
# What may tell that a sheet is there: 있음/없음 for who runs or watches the round, and its row in the auditor's log.
ALLOWED = {
    "planner": {
        "evaluations:coverage",
        "evaluations:stage",
        "evaluations:stage_close",
        "evaluations:stage_paper",
        "evaluations:sheet_type",
    },
    "executive": {"evaluations:coverage", "evaluations:stage"},
    "auditor": {"evaluations:coverage", "evaluations:stage", "transition_log"},
}
ELSEWHERE = ("home", "done", "me", "notifications:list", "transition_log", "audit_log", "dashboard")
FILES = ("evaluations:list",)
NO_FILE = uuid.UUID(int=1)


class Fair:
    """A round being scored; everybody who might want to know more than they may."""

    def __init__(self) -> None:
        self.scorer, self.other = made.outsider(name="채점한위원"), made.outsider(name="다른위원")
        chair = made.outsider(name="위원장")
        keeper = make.UserFactory(name="낸사람")
        made.stalls(3, keeper=keeper)
        self.stage = made.scoring([self.scorer, self.other], chair=chair, blind=True)
        entry = Entry.objects.order_by("number").first()
        assert entry
        seat = Judge.objects.get(user=chair)
        conflicts.declare(seat, entry, "declared", "가까운 사이", actor=chair)
        self.entry = entry
        self.sheet = Sheet.objects.select_related("judge__user").get(judge__user=self.scorer, entry=entry)
        self.people: dict[str, User] = {
            "other judge": self.other,
            "conflicted chair": chair,
            "entrant": keeper,
            "planner": make.planner(),
            "executive": make.UserFactory(position=Position.VICE_MAYOR, roles=[Role.EXECUTIVE]),
            "auditor": make.UserFactory(roles=[Role.AUDITOR]),
            "staff": make.UserFactory(),
        }
        self.clients = {who: Client() for who in self.people}
        for who, client in self.clients.items():
            client.force_login(self.people[who])

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every page of judging about everything there is, and what lies beside it."""
        found: dict[str, list[int]] = {
            "round": list(Round.objects.values_list("pk", flat=True)),
            "entry": list(Entry.objects.values_list("pk", flat=True)),
            "stage": list(Stage.objects.values_list("pk", flat=True)),
            "coverage": list(Stage.objects.values_list("pk", flat=True)),
            "judge": list(Judge.objects.values_list("pk", flat=True)),
            "sheet": list(Sheet.objects.values_list("pk", flat=True)),
            "challenge": list(Conflict.objects.values_list("pk", flat=True)),
        }
        for pattern in urlpatterns:
            name = f"evaluations:{pattern.name}"
            if "ballot" in name or "file" in pattern.pattern.converters:
                continue
            if "pk" not in pattern.pattern.converters:  # of no one thing
                yield name, reverse(name)
                continue
            start = next((key for key in found if str(pattern.name).startswith(key)), "round")
            file = [NO_FILE] if "file" in pattern.pattern.converters else []  # entries of the fair have none
            for pk in found[start]:
                yield name, reverse(name, args=[pk, *file])
        for name in ELSEWHERE:
            yield name, reverse(name)
        for judge in found["judge"]:
            yield (
                "evaluations:stage_paper",
                f"{reverse('evaluations:stage_paper', args=[self.stage.pk])}?judge={judge}",
            )
        yield "search", f"{reverse('search')}?q=장터"
        for name in FILES:
            yield name, f"{reverse(name)}?export=xlsx"

    def read(self) -> dict[tuple[str, str, str], Any]:
        """What each of them is answered at every address."""
        found = {}
        for who, client in self.clients.items():
            for name, address in self.addresses():
                found[who, name, address] = plain(client.get(address))
        return found


def plain(response: Any) -> Any:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return {name: book.read(name) for name in book.namelist() if not name.startswith("docProps")}
    return response.status_code, response.headers.get("Location", ""), KEYS.sub(b"", body)


def changed(before: dict[Any, Any], after: dict[Any, Any]) -> dict[str, set[str]]:
    assert before.keys() == after.keys()
    found: dict[str, set[str]] = {}
    for (who, name, address), answer in before.items():
        if after[who, name, address] != answer:
            found.setdefault(who, set()).add(name)
    return found


@pytest.fixture
def fair() -> Iterator[Fair]:
    with pretend(dt.datetime.now(dt.UTC)):
        yield Fair()


def test_e3_a_saved_mark_changes_nothing_for_anybody_else(fair: Fair) -> None:
    before = fair.read()
    assert any(name == "evaluations:sheet" and answer[0] == 200 for (_w, name, _a), answer in before.items())
    assert any(
        name == "evaluations:coverage" and answer[0] == 200 for (_w, name, _a), answer in before.items()
    )
    told = (
        Notice.objects.count(),
        Mail.objects.count(),
        OpenWork.objects.count(),
        TransitionLog.objects.count(),
    )
    for criterion in Criterion.objects.filter(stage=fair.stage):
        sheets.save_mark(fair.sheet, criterion.pk, 9, actor=fair.scorer)
    assert changed(before, fair.read()) == {}
    sheets.save_mark(fair.sheet, criterion.pk, 2, actor=fair.scorer)
    sheets.save(fair.sheet, {}, comment="아주 나쁩니다.", actor=fair.scorer)
    assert changed(before, fair.read()) == {}
    assert told == (
        Notice.objects.count(),
        Mail.objects.count(),
        OpenWork.objects.count(),
        TransitionLog.objects.count(),
    )
    assert mail.outbox == []


def test_e3_a_finished_sheet_tells_who_runs_the_round_that_it_is_there_and_nobody_more(fair: Fair) -> None:
    before = fair.read()
    made.score(fair.sheet, 3)
    found = changed(before, fair.read())
    assert {
        who: names - ALLOWED.get(who, set())
        for who, names in found.items()
        if names - ALLOWED.get(who, set())
    } == {}
    assert "evaluations:coverage" in found["planner"]  # the test can see


def test_e3_what_was_scored_is_the_same_for_planning_whatever_it_says(fair: Fair) -> None:
    """Done with 3 or done with 9: no page knows the difference."""
    made.score(fair.sheet, 3)
    before = fair.read()
    for criterion in Criterion.objects.filter(stage=fair.stage):
        sheets.save_mark(fair.sheet, criterion.pk, 9, actor=fair.scorer)
    assert changed(before, fair.read()) == {}


def test_e3_a_judge_reads_no_sheet_of_another(fair: Fair) -> None:
    made.score(fair.sheet, 3)
    client = Client()
    for who in ("other judge", "conflicted chair", "planner", "executive", "auditor", "entrant"):
        client.force_login(fair.people[who])
        for name in ("sheet", "sheet_abstain", "sheet_declare", "sheet_resume"):
            assert client.get(reverse(f"evaluations:{name}", args=[fair.sheet.pk])).status_code in (403, 404)
        address = reverse("evaluations:sheet_mark", args=[fair.sheet.pk])
        assert client.post(address, {"criterion": 1, "c1": 5}).status_code in (403, 404)


def test_e3_planning_that_judges_sees_nothing_of_the_round(client: Client) -> None:
    colleague = make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])
    stage = made.scoring([colleague, made.outsider()])
    client.force_login(make.fresh(colleague))
    for name, pk in (("stage", stage.pk), ("coverage", stage.pk), ("round_edit", stage.round_id)):
        assert client.get(reverse(f"evaluations:{name}", args=[pk])).status_code == 404
    answer = client.get(reverse("evaluations:round", args=[stage.round_id]))
    assert answer.headers["Location"] == Judge.objects.get(user=colleague).get_absolute_url()


def test_e3_a_blind_round_shows_no_name_anywhere_to_its_judges(fair: Fair) -> None:
    client = Client()
    client.force_login(fair.scorer)
    for name, address in fair.addresses():
        body = client.get(address).content.decode()
        for secret in ("주민1", "주민2", "낸사람"):
            assert secret not in body, name
