"""Every address × every role, in one table, matrix.txt (O3). An address that is not in it fails the test.

GET with the identifiers of `tests.world`: department A reviews, B (stranger, other_head) has nothing to do with it.
302 sends to the log-in (or, for who is logged in, onward); 404 = not allowed to know; 405 = only by POST.
Whoever may not GET may not POST either.

Bearers have more columns: one whose pass is of the slip in the address, one with a pass of another slip, one who writes
a proposal without an account, who has made one, who follows one, and one with a ballot. What is not in their table
answers them as whoever is unknown.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.now import today
from core.views.bearer import COOKIE
from tests.world import ROLES, World

MATRIX = Path(__file__).with_name("matrix.txt").read_text(encoding="utf-8")  # a line an address
BEARER = {
    "throwaway:slip": "200",
    "throwaway:answer": "200",
    "throwaway:file": "200",
    "throwaway:draft": "405",
}
WRITER = {
    "proposals:writing": "200",
    "proposals:writing_change": "200",
    "proposals:writing_difference": "200",
    "proposals:writing_send": "200",
    "proposals:writing_draft": "405",
}
PROPOSER = {
    "proposals:mine": "200",
    "proposals:mine_supplement": "200",
    "proposals:mine_withdraw": "200",
    "proposals:mine_link": "200",
    "proposals:mine_answer": "200",
    "proposals:mine_object": "200",
    "proposals:mine_ask_review": "200",
    "proposals:mine_ask_later": "200",
    "proposals:mine_withdraw_objection": "200",
    "proposals:mine_entry_object": "404",  # the entry is another's
    "proposals:mine_entry_withdraw": "404",
    "proposals:mine_entry_challenge": "404",
    "proposals:mine_file": "200",
    "proposals:mine_draft": "405",
}
FOLLOWER = {
    "proposals:following": "200",
    "proposals:following_confirm": "200",
    "proposals:following_stop": "200",
}
RESIDENT = {"evaluations:ballot": "200"}
BEARERS = ("bearer", "other_bearer", "writer", "proposer", "follower", "resident")
COLUMNS = (*ROLES, *BEARERS)
TABLE = {
    name: [
        unknown,
        *known,
        *(of.get(name, unknown) for of in (BEARER, {}, WRITER, PROPOSER, FOLLOWER, RESIDENT)),
    ]
    for name, unknown, *known in (line.split() for line in MATRIX.splitlines() if not line.startswith("#"))
}

# Which identifier an address needs, by the beginning of its name; the first that fits.
NEEDS = (
    ("proposals:writing", "writing"),
    ("proposals:following", "follower"),
    ("proposals:desk_complaint", "complaint"),
    ("proposals:call", "call"),
    ("proposals:desk_call", "call"),
    ("proposals:review", "proposal_review"),
    ("proposals:clock", "proposal_adjustment"),
    ("proposals:interim_send", "interim"),
    ("proposals:undertaking", "undertaking"),
    ("proposals:objection", "objection"),
    ("proposals:desk_correct_record", "past_proposal"),
    ("proposals:", "proposal"),
    ("clubs:club_support_new", "own_club"),
    ("clubs:report", "club_report"),
    ("clubs:support", "club_support"),
    ("clubs:best", "club_best"),
    *((f"clubs:club_{step}", "club_draft") for step in ("edit", "apply", "withdraw")),
    *((f"clubs:club_{step}", "club_applied") for step in ("approve", "take_back", "give_back", "refuse")),
    ("clubs:club", "club"),
    ("clubs:member", "club_seat"),
    ("clubs:upkeep", "upkeep"),
    ("clubs:topic", "topic"),
    ("incentives:indicators", "division"),
    ("incentives:scores", "division"),
    ("incentives:value_correct", "indicator_value"),
    ("incentives:value", "indicator"),
    ("incentives:indicator", "indicator"),
    ("incentives:briefing_paper", "briefing_session"),
    ("incentives:division", "division"),
    ("incentives:result", "incentive_result"),
    ("incentives:payout", "payout"),
    ("incentives:thanks", "thanks"),
    ("incentives:reward", "reward"),
    ("incentives:project", "project"),
    ("incentives:week", "week"),
    ("incentives:report", "week_report"),
    ("knowledge:field", "knowledge_field"),
    ("knowledge:flaw_new", "post"),
    ("knowledge:flaw", "flaw"),
    ("knowledge:question", "question"),
    ("knowledge:campaign", "campaign"),
    *((f"knowledge:opinion{step}", "opinion") for step in ("_withdraw", "_hide", "_show")),
    ("knowledge:opinion_new", "post"),
    ("knowledge:opinion", "opinion"),
    ("knowledge:", "post"),
    ("contests:contest", "contest"),
    ("contests:practice", "practice"),
    ("bonuses:bonus", "bonus"),
    ("leaks:group_new", "leak"),
    ("leaks:group", "leak_group"),
    ("leaks:", "leak"),
    ("letters:", "letter"),
    ("meetings:panel", "panel"),
    ("meetings:seat", "seat"),
    ("meetings:session", "session"),
    ("meetings:decision", "decision"),
    ("evaluations:results", "draft_round"),
    ("evaluations:result_sheet", "draft_round"),
    ("evaluations:stability", "draft_round"),
    *(
        (f"evaluations:round_{step}", "draft_round")
        for step in ("reckon", "change_way", "judge_again", "resolve")
    ),
    *((f"evaluations:round_{step}", "draft_round") for step in ("announce", "confirm")),
    ("evaluations:round_cancel", "told_round"),
    ("evaluations:told_round", "told_round"),
    ("evaluations:why", "told_entry"),
    ("evaluations:entry_object", "told_entry"),
    ("evaluations:result_correct", "result"),
    ("evaluations:objection", "disputed"),
    ("evaluations:correction", "correction"),
    ("outcomes:", "told_round"),
    ("evaluations:round", "round"),
    ("evaluations:entry", "judged_entry"),
    ("evaluations:stage_edit", "waiting"),
    ("evaluations:stage_criteria", "waiting"),
    ("evaluations:stage_slips", "residents"),
    ("evaluations:stage_wall", "residents"),
    ("evaluations:stage", "stage"),
    ("evaluations:coverage", "stage"),
    ("evaluations:judge_sign_paper", "unsigned"),
    ("evaluations:judge_release", "fellow"),
    ("evaluations:judge", "judging"),
    ("evaluations:sheet_type", "paper"),
    ("evaluations:sheet_resume", "done_sheet"),
    ("evaluations:sheet", "sheet"),
    ("evaluations:challenge", "challenge"),
    ("evaluations:ballot", "ballot"),
    ("throwaway:", "slip"),
    ("attachment", "attachment"),
    ("small_picture", "picture"),
    ("saved_filter", "saved_filter"),
    ("job", "job"),
    ("notifications:open", "notice"),
    ("notifications:mail", "mail"),
    ("department_change_withdraw", "nothing"),
    ("password_", "password_issue"),
    ("welcome", "user"),
    ("department", "department"),
    ("staff_role_revoke", "role"),
    ("staff_list", "staff_list"),
    ("staff", "user"),
    ("access_check", "check"),
    ("holiday", "holiday"),
    ("absence", "absence"),
    ("import_known", "word"),
    ("import_", "intake"),
    ("policy_withdraw", "nothing"),
    ("mileage:ranking", "ranking"),
    ("awards:", "award"),
    ("mileage:handover", "handover"),
    ("reports:recipient_remove", "nothing"),
    ("reports:", "report"),
    ("visits:request", "review"),
    ("visits:report", "travelled"),
    ("visits:result", "settled"),
    ("visits:withdraw_report", "settled"),
    ("visits:correct_record", "recorded"),
    ("visits:drop_record", "recorded"),
    ("visits:", "visit"),
    ("mileage:person", "user"),
    ("mileage:entry", "entry"),
    ("mileage:request", "mileage_request"),
    ("benchmarking:review", "review"),
    ("benchmarking:clock", "adjustment"),
    ("benchmarking:follow", "follow_up"),
    ("benchmarking:case_cancel", "registered"),
    ("benchmarking:case_take_in", "reported"),
    ("benchmarking:case_return", "reported"),
    ("benchmarking:case_report_again", "returned"),
    ("benchmarking:case_correct_record", "past_case"),
    ("benchmarking:case_withdraw_record", "past_case"),
    ("benchmarking:case_restore_record", "past_case"),
    ("benchmarking:", "case"),
)
KINDS = {"department_change": "rename", "budgets": "travel", "letters": "proposals.received"}
CHOSEN = {  # and which one is chosen by `pk` in the address
    "benchmarking:dispatch_many": "registered",
    "proposals:dispatch_many": "proposal",
    "awards:certificates": "award",
    "clubs:approve_many": "club_applied",
    "clubs:renew_many": "club",
}
OTHER = {
    "name": lambda name: "jung-gu-2016",
    "kind": lambda name: KINDS.get(name.partition(":")[0], "benchmarking-cases"),
    "scheme": lambda name: "learning",
    "slug": lambda name: "benchmarking-analysis",
    "mark": lambda name: "others",
    "fmt": lambda name: "json",
    "process": lambda name: "benchmarking",
    "token": lambda name: "nothing",
    "draft": lambda name: "x",
    "year": lambda name: today().year,
    "number": lambda name: 1,
}


def addresses(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{found.namespace}:" if found.namespace else ""
            yield from addresses(found, namespace + inner)
        else:
            yield namespace + (found.name or str(found.pattern)), found


def address(name: str, pattern: URLPattern, ids: dict[str, Any]) -> str:
    values = {}
    for key in pattern.pattern.converters:
        if key == "pk":
            values[key] = ids[next(need for start, need in NEEDS if name.startswith(start))]
        elif key == "file":
            values[key] = ids["proposal_file" if name.startswith("proposals:") else "slip_file"]
        elif key == "answer":
            values[key] = ids["question_answer"]
        elif key == "entry":
            values[key] = ids["told_entry"]
        elif key == "key":
            values[key] = "x" if name in ("draft", "setup_pass") else ids["policy"]
        else:
            values[key] = OTHER[key](name)
    chosen = CHOSEN.get(name)
    return reverse(name, kwargs=values) + (f"?pk={ids[chosen]}" if chosen else "")


@pytest.mark.django_db  # by such a mark alone is a database made
def test_every_address_is_in_the_matrix() -> None:
    assert {name for name, _pattern in addresses()} == set(TABLE)


def client_of(world: World, role: str) -> Client:
    client = Client()
    if user := world.people.get(role):
        client.force_login(user)
    if token := world.tokens.get(role):
        client.cookies[COOKIE] = token  # this client sends it everywhere, also where a browser would not
    return client


# Three who see different things go through all pages on both databases.
ON_BOTH = ("reviewer", "planner", "admin")
EACH = [pytest.param(role, marks=pytest.mark.dialect if role in ON_BOTH else ()) for role in COLUMNS]


@pytest.mark.parametrize("role", EACH)
def test_o3_every_address_answers_each_role_as_it_should(world: World, role: str) -> None:
    client, place, wrong = client_of(world, role), COLUMNS.index(role), {}
    for name, pattern in addresses():
        response = client.get(address(name, pattern, world.ids))
        if response.streaming:  # read to its end, or the file stays open
            list(response.streaming_content)  # type: ignore[attr-defined]  # a file's answer is a stream
        if str(response.status_code) != TABLE[name][place]:
            wrong[name] = f"{response.status_code}, not {TABLE[name][place]}"
    assert not wrong


@pytest.mark.parametrize("role", COLUMNS)
def test_o3_who_may_not_see_may_not_do(world: World, role: str) -> None:
    client, place, wrong = client_of(world, role), COLUMNS.index(role), {}
    for name, pattern in addresses():
        if TABLE[name][place] in ("403", "404"):
            found = client.post(address(name, pattern, world.ids)).status_code
            if found not in (403, 404, 405):
                wrong[name] = found
    assert not wrong


@pytest.mark.parametrize("role", ["anonymous", *BEARERS])
def test_posts_of_the_unknown_are_sent_to_the_log_in(world: World, role: str) -> None:
    open_to_all = {
        "login",
        "logout",
        "set_language",
        "display",
        "healthz",
        "robots",
        "healthz_pages",
        "attribution",
        "office_logo",
        "pass",
        "throwaway:ask",
        "calendars:feed",
        "proposals:support",
        "evaluations:ballot_enter",
        "outcomes:list",
        "outcomes:round",
        *(name for name in TABLE if name.startswith("proposals:") and TABLE[name][0] == "200"),
    }
    known = {
        "bearer": BEARER,
        "writer": WRITER,
        "proposer": PROPOSER,
        "follower": FOLLOWER,
        "resident": RESIDENT,
    }
    client = client_of(world, role)
    for name, pattern in addresses():
        if name in open_to_all or name in known.get(role, ()):
            continue
        response = client.post(address(name, pattern, world.ids))
        if (
            name in BEARER.keys() | WRITER.keys() | PROPOSER.keys() | FOLLOWER.keys() | RESIDENT.keys()
            or name == "welcome"
        ):
            assert response.status_code == 404, name
        elif name == "proposals:writing_file":
            assert response.status_code == (405 if role == "writer" else 404)
        else:
            assert response.headers.get("Location", "").startswith("/login/"), name
