"""Entries of rounds and stages."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from evaluations.enums import ConflictState, Ground, JudgeState, RoundState
from evaluations.kinds import Party, kind_of
from evaluations.models import Conflict, Entry, Judge, Round, Stage
from organization.models import Posting

Pair = tuple[int, int]  # of an entry and a judge


def entries_of(stage: Stage) -> QuerySet[Entry]:
    """What is scored in the stage: what has come so far and has not left."""
    return Entry.objects.filter(round=stage.round_id, out=False, stage__gte=stage.order).order_by("number")


def closed_to(user: Any, model: type[Model]) -> QuerySet[Entry, int]:
    """Keys of things of this kind that somebody is asked to judge and has not signed for: what they say is closed to
    them everywhere, whatever else the person may read (E3)."""
    asked = Judge.objects.filter(user=user, state=JudgeState.INVITED, stage__round__state=RoundState.RUNNING)
    rows = Entry.objects.filter(round__in=asked.values("stage__round"), out=False)
    return rows.filter(content_type=ContentType.objects.get_for_model(model)).values_list(
        "object_id", flat=True
    )


def served(users: Collection[int], first: date, last: date) -> dict[int, set[int]]:
    """The departments in which each of them served on any of these days (O2)."""
    found: dict[int, set[int]] = {}
    rows = Posting.objects.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=last)
    for user, department in rows.filter(user__in=users).values_list("user", "department"):
        found.setdefault(user, set()).add(department)
    return found


def known_conflicts(
    round: Round, judges: Collection[Judge], entries: Collection[Entry]
) -> dict[Pair, Ground]:
    """What the system knows by itself, one ground for each pair (제척): the own, in the own department on any day of
    the period, reviewed by the own department (E3)."""
    kind = kind_of(round)
    parties, reviewers = kind.parties(entries), kind.reviewers(entries)
    users = {judge.user_id: judge.pk for judge in judges if judge.user_id is not None}
    departments: dict[int, set[int]] = {}
    for user, of in served(users, *round.days).items():
        for department in of:
            departments.setdefault(department, set()).add(users[user])
    found: dict[Pair, Ground] = {}
    for entry in entries:
        mine = parties.get(entry.pk, ())
        for department in reviewers.get(entry.pk, ()):
            for judge in departments.get(department, ()):
                found[entry.pk, judge] = Ground.REVIEWED
        own = {party.department_id for party in mine} | {entry.department_id}
        for one in own - {None}:
            for judge in departments.get(one or 0, ()):
                found[entry.pk, judge] = Ground.DEPARTMENT
        for party in mine:
            if party.user_id in users:
                ground = Ground.SELF if party.is_main else Ground.JOINT
                found[entry.pk, users[party.user_id]] = ground
    return found


def standing_conflicts(stage: Stage) -> set[Pair]:
    rows = Conflict.objects.filter(judge__stage=stage, state=ConflictState.STANDS)
    return set(rows.values_list("entry", "judge"))


def said_of(parties: Collection[Party]) -> str:
    """Names alone, as whoever has not signed yet reads them."""
    return ", ".join(party.name for party in parties)


def parties_of(round: Round, entries: Collection[Entry]) -> Mapping[int, Collection[Party]]:
    return kind_of(round).parties(entries)
