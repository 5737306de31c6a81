"""What comes with the one who asks, by the same question (O3)."""

import datetime as dt
from typing import Any

import pytest

from core.now import pretend
from organization.backends import Backend
from organization.enums import Role
from organization.models import RoleAssignment, User
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def test_o3_the_roles_in_force_today_come_with_the_user_by_one_question(
    django_assert_num_queries: Any,
) -> None:
    user, plain = make.UserFactory(), make.UserFactory()
    other = make.UserFactory(roles=[Role.EXECUTIVE])
    day = dt.timedelta(days=1)
    for role, start, end in (
        (Role.PLANNING, DAY, None),
        (Role.JUDGE, DAY - 9 * day, DAY),
        (Role.AUDITOR, DAY - 9 * day, DAY - day),
        (Role.GENERAL_AFFAIRS, DAY + day, None),
    ):
        RoleAssignment.objects.create(user=user, role=role, valid_from=start, valid_to=end)
    with pretend(DAY):
        for one, roles in ((user, {Role.PLANNING, Role.JUDGE}), (plain, set()), (other, {Role.EXECUTIVE})):
            with django_assert_num_queries(1):
                found = Backend().get_user(one.pk)
                assert found is not None
                assert found.roles == roles
            assert User.objects.get(pk=one.pk).roles == roles
