"""The CPU of every main page beside that of the shell alone. Prints one JSON object a page, the shell first."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.test import Client
from django.urls import reverse

from bench.cpu import Ask, measured
from benchmarking.models import Case
from core.now import today
from mileage.models import Account
from organization.models import Absence, User
from proposals.models import Proposal
from visits.models import FieldVisit
from visits.purse import TRAVEL

PLANNER, REVIEWER, HEAD = "100016", "100080", "100078"


def signed_in(number: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(employee_number=number), backend="organization.backends.Backend")
    return client


def asking(client: Client, path: str) -> Ask:
    def ask() -> None:
        response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"

    return ask


def pages() -> dict[str, Ask]:
    planner, reviewer, substitute = signed_in(PLANNER), signed_in(REVIEWER), signed_in(standing_in())
    earner = signed_in(Account.objects.order_by("-length")[0].user.employee_number)
    case = Case.objects.filter(state="decided").order_by("-pk")[0]
    done = Proposal.objects.filter(state="adopted", hidden=False).order_by("-pk")[0]
    visit = FieldVisit.objects.order_by("-pk")[0]
    return {
        "shell alone (attribution)": asking(planner, reverse("attribution")),
        "with menus (search, nothing asked)": asking(planner, reverse("search")),
        "with menus, substitute of a head": asking(substitute, reverse("search")),
        "home, planner": asking(planner, reverse("home")),
        "home, reviewer": asking(reviewer, reverse("home")),
        "home, substitute of a head": asking(substitute, reverse("home")),
        "case list": asking(planner, reverse("benchmarking:cases")),
        "one case": asking(planner, reverse("benchmarking:case", args=[case.pk])),
        "reviews": asking(planner, reverse("benchmarking:reviews")),
        "public shell (guide of proposals)": asking(Client(), reverse("proposals:guide")),
        "public home": asking(Client(), reverse("proposals:home")),
        "public list of proposals": asking(Client(), reverse("proposals:find")),
        "one proposal, public": asking(Client(), reverse("proposals:public", args=[done.year, done.number])),
        "list of proposals": asking(planner, reverse("proposals:desk")),
        "one proposal": asking(planner, done.get_absolute_url()),
        "visits": asking(planner, reverse("visits:list")),
        "one visit": asking(planner, reverse("visits:visit", args=[visit.pk])),
        "budget": asking(planner, reverse("budgets:current", args=[TRAVEL.key])),
        "statement": asking(earner, reverse("mileage:statement")),
        "entries": asking(planner, reverse("mileage:entries")),
        "notices": asking(planner, reverse("notifications:list")),
        "dashboard": asking(planner, reverse("dashboard")),
        "statistics": asking(planner, reverse("statistics")),
    }


def standing_in() -> str:
    """Somebody else of the head's department, made to stand in for the head today."""
    head = User.objects.get(employee_number=HEAD)
    staff = User.objects.filter(department=head.department, is_active=True)
    substitute = staff.exclude(employee_number__in=[HEAD, REVIEWER])[0]
    day = timedelta(days=1)
    Absence.objects.get_or_create(user=head, substitute=substitute, start=today() - day, end=today() + day)
    return substitute.employee_number


if __name__ == "__main__":
    for row in measured(pages(), int(sys.argv[1])):
        print(json.dumps(row), flush=True)
