"""Leave and commendation over all results of a year: who, for which, and why not (I8, A4, D9)."""

import pytest

from awards.models import Award
from basis.errors import Refused, Rejected
from core.models import OpenWork
from core.now import today
from incentives.models import Result, Reward, Thanks
from incentives.selectors.thanks import Line, lines_of
from incentives.services import rewards
from incentives.services.rewards import Person
from notifications.models import Notice
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.incentives import won

pytestmark = pytest.mark.django_db


def line(user: User, result: Result) -> Line:
    return next(
        one
        for one in lines_of(today().year)
        if (one.reward.user_id, one.reward.result_id) == (user.pk, result.pk)
    )


def three_wins() -> tuple[dict[str, User], list[Result], User]:
    """The person in charge of one department in three wins, a helper of another in two."""
    owner, helper = make.DepartmentFactory(), make.DepartmentFactory()
    first = won.division(owner, helper)
    people = won.named(first)
    found = [won.result(first, "노력")]
    for grade in ("최우수", "우수"):
        of = won.division(owner, helper)
        found.append(won.result(of, grade))
        rewards.set_people(
            found[-1],
            [
                Person(people["leader"], "leader"),
                Person(people["charge"], "charge"),
                Person(people["helper"], "helper"),
            ],
            actor=people["leader"],
        )
    return people, found, people["helper"]


def test_i8_who_the_contact_table_names_stands_behind_a_result() -> None:
    of = won.division(make.DepartmentFactory(), make.DepartmentFactory())
    people = won.named(of)
    one = won.result(of, "우수")
    found = {reward.user_id: reward.part for reward in one.rewards.all()}
    assert found == {
        people["leader"].pk: "leader",
        people["charge"].pk: "charge",
        people["helper"].pk: "helper",
    }
    asked = OpenWork.objects.filter(content_type__model="thanks")
    assert {row.ask for row in asked} == {"confirm"}


def test_i8_of_three_wins_only_the_highest_counts_and_each_exclusion_is_said() -> None:
    people, (fair, top, good), helper = three_wins()
    assert (line(people["charge"], top).days, line(people["charge"], top).commended) == (2, True)
    for other in (fair, good):
        found = line(people["charge"], other)
        assert (found.days, found.commended) == (0, False)
        assert "상위 등급 한 건" in found.why
    assert (line(people["leader"], top).days, line(people["leader"], top).commended) == (1, True)
    assert (line(helper, top).days, line(helper, top).commended) == (1, False)
    assert "표창을 추천하지 않습니다" in line(helper, top).why_not_commended


def test_i8_whom_the_evaluator_commends_is_passed_over_for_the_next_contributor() -> None:
    of = won.division()
    people = won.named(of)
    one = won.result(of, "우수")
    place = one.shares.get().department
    second, third = (make.UserFactory(department=place) for _n in range(2))
    rewards.set_people(
        one,
        [Person(people["charge"], "charge", known=True), Person(second, "further"), Person(third, "further")],
        actor=people["charge"],
    )
    passed = line(people["charge"], one)
    assert (passed.days, passed.commended) == (1, False)
    assert "평가기관에서 표창" in passed.why_not_commended
    assert (line(second, one).commended, line(second, one).instead_of) == (True, people["charge"].full_label)
    assert not line(third, one).commended


def test_i8_confirmed_once_leave_is_granted_with_its_last_day() -> None:
    people, (_fair, top, _good), helper = three_wins()
    affairs = make.UserFactory(roles=[Role.GENERAL_AFFAIRS])
    thanks = Thanks.objects.get()
    done = rewards.confirm(thanks, document="기획예산과-90", actor=make.planner())
    assert done.state == "confirmed"
    days = {award.user_id: award.leave_days for award in Award.objects.all()}
    assert days == {people["charge"].pk: 2, people["leader"].pk: 1, helper.pk: 1}
    award = Award.objects.get(user=people["charge"])
    assert (award.other, award.from_purse) == ("표창 추천", False)
    assert award.leave_until is not None
    assert award.leave_until > today()
    assert Reward.objects.get(user=people["charge"], result=top).award == award
    assert Notice.objects.filter(recipient=people["charge"], kind="incentives.thanked").count() == 1
    assert Notice.objects.filter(recipient=affairs, kind="incentives.thanks").exists()
    with pytest.raises(Rejected, match="지금 상태"):
        rewards.confirm(done, document="기획예산과-91", actor=make.planner())
    assert Award.objects.count() == 3
    with pytest.raises(Rejected, match="이미 확정"):
        rewards.set_people(top, [Person(helper, "charge")], actor=people["charge"])


def test_d9_who_is_rewarded_does_not_confirm() -> None:
    one = won.result(None, "우수")
    planner, second = make.planner(), won.second_planner()
    rewards.set_people(one, [Person(planner, "charge")], actor=planner)
    with pytest.raises(Refused, match="유공 직원이 아닌"):
        rewards.confirm(Thanks.objects.get(), document="기획예산과-90", actor=planner)
    assert rewards.confirm(Thanks.objects.get(), document="기획예산과-90", actor=second).state == "confirmed"


def test_i8_a_result_without_a_tier_rewards_nobody_until_there_is_one() -> None:
    of = won.division(kind="outside")
    people = won.named(of)
    one = won.result(of, "좋은 자치단체장상")
    assert "급이 정해지지" in line(people["charge"], one).why


def test_i8_two_in_charge_or_somebody_twice_is_refused() -> None:
    of = won.division()
    people = won.named(of)
    one = won.result(of, "우수")
    with pytest.raises(Rejected, match="한 명입니다"):
        rewards.set_people(
            one,
            [Person(people["charge"], "charge"), Person(people["leader"], "charge")],
            actor=people["charge"],
        )
    with pytest.raises(Rejected, match="두 번"):
        rewards.set_people(
            one,
            [Person(people["charge"], "charge"), Person(people["charge"], "further")],
            actor=people["charge"],
        )
    with pytest.raises(Refused):
        rewards.set_people(one, [Person(people["charge"], "charge")], actor=make.UserFactory())
