"""The demonstration's data files hold together: counts, references, dates, the table of B9."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarking.enums import ANSWERS, DECISION_PRECEDENCE, Channel, CostClass, Decision, Field, SourceKind
from benchmarking.policies import REVIEW_DAYS, SIMILAR_PERCENT
from benchmarking.similar import TITLES
from organization.enums import DepartmentKind, DepartmentRole, Position, Role
from organization.services.department_checks import LEVELS

ROOT = Path(__file__).resolve().parents[2]
DAY = timedelta(days=1)
FIRST = date(2010, 1, 1)
DIVISIONS = (DepartmentKind.DIVISION, DepartmentKind.DONG)
# What a step needs beside its day; `department` where one department takes it.
STEPS = {
    "take_in": set(),
    "return_report": {"reason"},
    "dispatch": {"departments"},
    "recall": {"department", "reason"},
    "cancel": {"reason"},
    "assign": {"department", "reviewer"},
    "draft": {"department", "reason"},
    "submit": {"department", "decision", "reason"},
    "confirm": {"department"},
    "send_back": {"department", "reason"},
    "request_extension": {"department", "to_day", "reason"},
    "approve_extension": {"department", "note"},
    "reject_extension": {"department", "note"},
    "request_pause": {"department", "from_day", "reason"},
    "approve_pause": {"department"},
    "resume": {"department"},
    "move": {"department", "to_day", "reason"},
    "report": {"department", "implemented_day", "result", "evidence"},
    "confirm_follow_up": {"department"},
    "drop": {"department", "reason"},
}


def read(name: str) -> dict[str, Any]:
    data = tomllib.loads((ROOT / "demo" / "data" / f"{name}.toml").read_text())
    assert data["about"]["demonstration"] is True
    return data


ORGANIZATION = read("departments")
DEPARTMENTS = {d["code"]: d for d in ORGANIZATION["departments"]}
ENDED = {c["code"]: c["date"] - DAY for c in ORGANIZATION["changes"] if c["type"] in ("merge", "abolish")}
PEOPLE = read("staff")
STAFF = {s["employee_number"]: s for s in PEOPLE["staff"]}
HISTORY = read("cases_history")["cases"]
BETWEEN = read("cases_between")["cases"]
CURRENT = read("cases_current")["cases"]
VISITS = read("visits_history")["visits"]


def postings_of(number: str) -> list[dict[str, Any]]:
    own = [p for p in PEOPLE["postings"] if p["employee_number"] == number]
    return own or [{**STAFF[number], "from": PEOPLE["about"]["postings_from"]}]


def posting_on(number: str, day: date) -> dict[str, Any]:
    return [p for p in postings_of(number) if p["from"] <= day][-1]


def is_open(code: str, day: date) -> bool:
    return DEPARTMENTS[code]["valid_from"] <= day <= ENDED.get(code, date.max)


def has_head(code: str, day: date) -> bool:
    held = [posting_on(number, day) for number, person in STAFF.items() if "department" in person]
    return any(p["department"] == code and p["position"] == Position.HEAD for p in held)


def outcome(case: dict[str, Any]) -> str:
    decisions = {r["decision"] for r in case["reviews"]}
    return next(d for d in DECISION_PRECEDENCE if d in decisions)


# ------------------------------------------------------------------------------------------- organisation


def test_o1_departments_make_a_tree_of_a_district_office() -> None:
    assert len(DEPARTMENTS) == len(ORGANIZATION["departments"])
    for d in DEPARTMENTS.values():
        assert d["kind"] in DepartmentKind.values
        assert d["valid_from"] >= FIRST
        if parent := d.get("parent"):
            assert LEVELS[DEPARTMENTS[parent]["kind"]] < LEVELS[d["kind"]], d["name"]
    orders = [d["order"] for d in DEPARTMENTS.values()]
    assert orders == sorted(set(orders))
    beneath = [
        d for d in DEPARTMENTS.values() if DEPARTMENTS.get(d.get("parent"), {}).get("kind") == "bureau"
    ]
    assert len([d for d in beneath if d["kind"] in DIVISIONS]) >= 40
    assert sum(d["kind"] == "dong" for d in beneath) == 16
    teams = {d["parent"] for d in DEPARTMENTS.values() if d["kind"] == "team"}
    assert "D0101" in teams


def test_o1_planning_general_affairs_and_it_stand_once() -> None:
    roles = Counter(d["role"] for d in DEPARTMENTS.values() if "role" in d)
    assert roles == {role: 1 for role in DepartmentRole if role}


def test_o1_changes_name_departments_that_exist_then() -> None:
    changes = ORGANIZATION["changes"]
    assert Counter(c["type"] for c in changes) == {"rename": 2, "abolish": 2, "merge": 1}
    assert [c["date"] for c in changes] == sorted(c["date"] for c in changes)
    for c in changes:
        assert is_open(c["code"], c["date"] - DAY)
        if c["type"] != "rename":
            assert is_open(c["successor"], c["date"])
    names = {code: d["name"] for code, d in DEPARTMENTS.items() if d["kind"] != "team"}
    names |= {c["code"]: c["name"] for c in changes if c["type"] == "rename"}
    assert len(set(names.values())) == len(names)


def test_o2_every_department_has_a_head_and_people() -> None:
    assert 110 <= len(STAFF) == len(PEOPLE["staff"]) <= 130
    assert len({s["name"] for s in STAFF.values()}) == len(STAFF)
    places = {code: Counter[str]() for code, d in DEPARTMENTS.items() if d["kind"] in DIVISIONS}
    for person in STAFF.values():
        assert person["email"].endswith("@hanbit.example")
        assert person["position"] in Position.values
        assert set(person.get("roles", [])) <= set(Role.values)
        assert ("department" in person) == (person["position"] != Position.EXTERNAL)
        if person.get("department") in places:
            assert person["department"] not in ENDED
            places[person["department"]][person["position"]] += 1
    for code, people in places.items():
        if code not in ENDED:
            assert people["head"] == 1, code
            assert 1 <= people["officer"] <= 4, code
    assert places["D0101"] == {"head": 1, "team_leader": 1, "officer": 3}


def test_o2_postings_lead_to_the_place_shown() -> None:
    moved = {p["employee_number"] for p in PEOPLE["postings"]}
    assert len(moved) >= 10
    for number in moved:
        postings = postings_of(number)
        assert postings[0]["from"] == PEOPLE["about"]["postings_from"]
        assert [p["from"] for p in postings] == sorted({p["from"] for p in postings})
        assert all(is_open(p["department"], p["from"]) for p in postings)
        for before, after in pairwise(postings):
            assert is_open(before["department"], after["from"] - DAY)
        assert {k: postings[-1][k] for k in ("department", "position", "rank")} == {
            k: STAFF[number][k] for k in ("department", "position", "rank")
        }


def test_o3_every_role_can_be_tried() -> None:
    shown = [s for s in STAFF.values() if s.get("demo_login")]
    assert len(shown) >= 8
    assert all(s["login_note"] for s in shown)
    assert {role for s in shown for role in s.get("roles", [])} == set(Role.values)
    assert any(s["position"] == Position.HEAD and "roles" not in s for s in shown)
    assert len({s["department"] for s in shown if s["position"] == "officer" and "roles" not in s}) >= 2


def test_o5_absences_chain_without_a_loop() -> None:
    stand_in = {a["employee_number"]: a["substitute"] for a in PEOPLE["absences"]}
    assert len(stand_in) == len(PEOPLE["absences"]) == 3
    assert any(substitute in stand_in for substitute in stand_in.values())
    for number, substitute in stand_in.items():
        assert STAFF[number]["department"] == STAFF[substitute]["department"]
        assert number not in (substitute, stand_in.get(substitute))
    assert all(a["from_day"] <= 0 <= a["to_day"] for a in PEOPLE["absences"])


# ---------------------------------------------------------------------------------------------- the past


def test_b9_history_gives_the_table_of_the_plan() -> None:
    table = Counter((case["year"], outcome(case)) for case in HISTORY)
    rows = {
        year: (
            table[year, Decision.ADOPT],
            table[year, Decision.KEEP] + table[year, Decision.LONG_TERM],
            table[year, Decision.IN_FORCE],
        )
        for year in (2013, 2014, 2015)
    }
    assert rows == {2013: (10, 10, 13), 2014: (4, 13, 8), 2015: (3, 16, 15)}
    assert sum(table.values()) == len(HISTORY) == 92
    assert all(table[year, decision] for year in rows for decision in ANSWERS)


def test_b9_visits_as_many_as_the_plan_counts() -> None:
    assert Counter(v["visited_on"].year for v in VISITS) == {2013: 18, 2014: 4, 2015: 8}


def test_v1_visits_were_made_while_the_department_reviewed_the_case() -> None:
    cases = {case["title"]: case for case in HISTORY}
    for visit in VISITS:
        case = cases[visit["case"]]
        (review,) = [r for r in case["reviews"] if r["department"] == visit["department"]]
        assert case["notified_on"] < visit["visited_on"] <= review["decided_on"]
        assert 1 <= visit["headcount"] <= 5
        assert visit["host"] == case["source_name"]
        assert visit["purpose"]


def test_b1_between_fills_every_year_thinly() -> None:
    years = Counter(case["year"] for case in BETWEEN)
    assert sorted(years) == list(range(2016, 2026))
    assert all(6 <= count <= 10 for count in years.values())


def test_b1_titles_differ_and_words_are_known() -> None:
    cases = HISTORY + BETWEEN + CURRENT
    assert len({case["title"] for case in cases}) == len(cases)
    for case in cases:
        assert case["source_kind"] in SourceKind.values
        assert case["channel"] in Channel.values
        assert case["field"] in Field.values
        assert case["cost_class"] in CostClass.values
        assert case["summary"].endswith(".")
        assert case["source_name"]
        assert case.get("found_by", "100016") in STAFF


def test_b3_b4_past_reviews_could_have_happened() -> None:
    late = 0
    for case in HISTORY + BETWEEN:
        notified = case["notified_on"]
        assert case["year"] == case["found_on"].year
        assert case["found_on"] <= notified
        assert 1 <= len(case["reviews"]) <= 3
        assert len({r["department"] for r in case["reviews"]}) == len(case["reviews"])
        for review in case["reviews"]:
            assert is_open(review["department"], notified)
            assert DEPARTMENTS[review["department"]]["kind"] in DIVISIONS
            assert has_head(review["department"], review["decided_on"]), case["title"]
            assert notified < review["decided_on"]
            assert review["decided_on"].year == case["year"]
            assert review["decision"] in ANSWERS
            assert review["reason"]
            assert (review["decision"] == Decision.ADOPT) == ("plan_what" in review)
            late += review["decided_on"] > notified + REVIEW_DAYS.default * DAY + 3 * DAY
            if "implemented_on" in review:
                assert review["decided_on"] < review["implemented_on"]
    assert late >= 3
    adopted = [r for c in HISTORY for r in c["reviews"] if r["decision"] == Decision.ADOPT]
    assert sum("implemented_on" in r for r in adopted) >= 0.8 * len(adopted)


# ------------------------------------------------------------------------------------------- the present


@pytest.mark.parametrize("case", CURRENT, ids=lambda case: case["title"])
def test_current_steps_are_complete_and_in_order(case: dict[str, Any]) -> None:
    steps = case.get("steps", [])
    days = [step["day"] for step in steps]
    assert days == sorted(days)
    assert all(case["found"] <= day <= 0 for day in days)
    asked: set[str] = set()
    for step in steps:
        assert step.keys() >= STEPS[step["step"]], step
        if step["step"] == "dispatch":
            asked |= set(step["departments"])
            assert not asked & ENDED.keys()
        elif "department" in step:
            assert step["department"] in asked
        if "reviewer" in step:
            assert STAFF[step["reviewer"]]["department"] == step["department"]
        if step["step"] == "submit":
            assert step["decision"] in ANSWERS
            assert (step["decision"] == Decision.ADOPT) == ("plan_what" in step)


def test_current_half_year_shows_every_step_and_decision() -> None:
    assert len(CURRENT) >= 36
    steps = [step for case in CURRENT for step in case.get("steps", [])]
    assert {step["step"] for step in steps} == STEPS.keys()
    assert {step["decision"] for step in steps if step["step"] == "submit"} == set(ANSWERS)
    assert any(not case.get("steps") for case in CURRENT)


def test_b2_some_current_titles_resemble_earlier_ones() -> None:
    earlier = [case["title"] for case in HISTORY + BETWEEN]
    least = SIMILAR_PERCENT.default / 100
    alike = [
        case for case in CURRENT if any(TITLES.score(case["title"], title) >= least for title in earlier)
    ]
    assert 9 <= len(alike) <= 14


BOARD = read("knowledge")
POSTS = [
    {**read(f"knowledge/{file.stem}")["about"], **post}
    for file in sorted((ROOT / "demo/data/knowledge").glob("*.toml"))
    for post in read(f"knowledge/{file.stem}")["posts"]
]


def test_k1_posts_of_the_board_are_many_differ_and_say_something() -> None:
    titles = [post["title"] for post in POSTS]
    assert len(titles) >= 300
    assert len(set(titles)) == len(titles)
    for post in POSTS:
        assert is_open(post["department"], date(2026, 1, 1)), post
        assert len(post["text"].strip().splitlines()) >= 3, post
        assert len(post["title"]) <= 60, post
        assert post.get("played") or -731 < post["day"] < -190, post


def test_k1_the_stories_of_the_board_name_posts_and_people_that_are_there() -> None:
    texts = {post["title"]: post["text"] for post in POSTS}
    played = {post["title"] for post in POSTS if post.get("played")}
    now = BOARD["now"]
    assert {*BOARD["returned"], *BOARD["rejected"], *now["waiting"], *now["drafts"]} <= played
    assert BOARD["about"]["pinned"] in played
    assert {one["title"] for one in BOARD["files"]} | BOARD["writers"].keys() <= texts.keys()
    assert {one["title"] for one in BOARD["edited"]} <= played
    assert BOARD["keepers"].keys() <= {post["field"] for post in POSTS}
    assert all(one["passage"] in texts[one["title"]] for one in BOARD["flaws"])
    people = [*BOARD["keepers"].values(), *BOARD["writers"].values()]
    people += [one["by"] for name in ("flaws", "questions", "proposals") for one in BOARD[name]]
    people += [by for one in BOARD["questions"] for by, _text in one.get("answers", ())]
    people += [one["by"] for one in BOARD["activity"]["people"]]
    assert set(people) <= STAFF.keys()


def test_k1_what_files_say_stands_in_no_post() -> None:
    said = "".join(post["title"] + post["text"] for post in POSTS)
    assert len(BOARD["files"]) >= 10
    for one in BOARD["files"]:
        assert not any(line in said for line in one["lines"]), one
