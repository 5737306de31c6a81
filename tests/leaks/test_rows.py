"""Lists of leaks ask as often for many rows as for one (D7)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.now import pretend
from leaks.models import Leak
from leaks.services import leaks, persons
from tests import factories as make
from tests.leaks.made import FRIDAY, HOUR, by_account, leaked, looked, officer

pytestmark = pytest.mark.django_db


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_d7_the_lists_ask_as_often_for_many_rows_as_for_one(client: Client) -> None:
    actor, thief = officer(), make.UserFactory()
    client.force_login(actor)
    looked(thief, make.UserFactory())
    with pretend(FRIDAY + HOUR):
        leak = leaks.register(by_account(thief), actor=actor)
        addresses = [reverse("leaks:list"), reverse("leaks:persons", args=[leak.pk])]
        few = [asked(client, address) for address in addresses]
        for _n in range(30):
            looked(thief, make.UserFactory())
            leaked(actor)
        persons.gather(leak, actor=actor)
        assert Leak.objects.get(pk=leak.pk).from_log == 31
        assert [asked(client, address) for address in addresses] == few
