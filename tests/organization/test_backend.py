"""What comes with the one who asks, by the same question (O3)."""

import datetime as dt
from typing import Any

import pytest

from core.now import pretend
from organization.backends import Backend
from organization.enums import Role
from organization.models import Absence, RoleAssignment, User
from organization.selectors import principals
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
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


def test_o5_whom_somebody_stands_in_for_comes_by_the_same_question(django_assert_num_queries: Any) -> None:
    """Along the chain, the nearest first, with their departments and roles; a circle ends, and closed accounts pass
    nothing on."""
    asking, near, far = make.UserFactory(), make.UserFactory(), make.UserFactory(roles=[Role.PLANNING])
    closed = make.UserFactory(is_active=False)
    for away, substitute in ((far, near), (near, asking), (asking, far), (closed, asking)):
        Absence.objects.create(user=away, substitute=substitute, start=DAY, end=DAY)
    with pretend(DAY), django_assert_num_queries(1):
        found = Backend().get_user(asking.pk)
        assert found is not None
        assert principals(found) == [near, far]
        assert [(one.department, one.roles) for one in principals(found)] == [
            (near.department, frozenset()),
            (far.department, {Role.PLANNING}),
        ]
    with pretend(DAY + dt.timedelta(days=1)):
        assert principals(User.objects.get(pk=asking.pk)) == []
