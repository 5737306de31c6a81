"""The demonstration can be loaded on any day: what its parts play fits together whatever the date (C2, K1)."""

from datetime import date, timedelta

import pytest

from demo import clubs, knowledge
from demo.files import read

pytestmark = pytest.mark.django_db
DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.mark.parametrize("place", range(len(read("clubs")["clubs"])))
def test_c2_a_club_meets_once_on_a_day(place: int) -> None:
    plan = clubs.Plan(read("clubs")["clubs"][place], place, 2027, date(2027, 2, 2))
    for today in DAYS:
        met = [day for _month, day in clubs._days(plan, today)]
        assert len(met) == len(set(met)), today


def test_k1_nothing_is_said_of_a_post_before_it_stands() -> None:
    board = knowledge.board()
    titles = [one["title"] for one in board.played]
    said = [*board.about["edited"], *board.about["flaws"]]
    for today in DAYS:
        first = knowledge.quarter_before(today).start
        for one in said:
            day = knowledge.once_it_stands(one, board, today)
            assert day >= first, (today, one["title"])
            if one["title"] in titles:
                place = titles.index(one["title"])
                written = knowledge.written_on(place, len(titles), first, today)
                assert day > written + timedelta(days=7), (today, one["title"])
