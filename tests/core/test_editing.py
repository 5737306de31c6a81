"""Two people at one form (D5): what the first changed is named, what the second typed is not. Pages: the apps."""

import pytest

from benchmarking.models import Case
from core.editing import Conflict, apply, changed_since, check_version
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


def change(case: Case, **values: object) -> Case:
    """Somebody saves the case."""
    apply(case, values, values)
    case.version += 1
    case.save()
    return Case.objects.get(pk=case.pk)


def test_apply_sets_what_differs_and_names_it() -> None:
    case = CaseFactory(title="공유주차", link="")
    values = {"title": "공유주차 앱", "link": "", "summary": "안 바꿀 것"}
    assert apply(case, values, ["title", "link"]) == ["title"]
    assert (case.title, case.summary == "안 바꿀 것") == ("공유주차 앱", False)


def test_the_version_the_form_was_made_from_is_no_conflict_nor_is_none() -> None:
    case = CaseFactory()
    check_version(case, 1, {"title": "새 제목입니다"})
    check_version(change(case, title="새 제목입니다"), None, {"title": "다른 제목"})


def test_what_others_changed_since_is_named_with_its_present_value() -> None:
    case = change(CaseFactory(), title="첫 번째 고침")
    seen = case.version
    case = change(change(case, title="두 번째 고침", cost_class="budget"), field="welfare")
    typed = {"title": "내가 고친 제목", "cost_class": "low", "field": "welfare", "summary": "내가 쓴 내용"}
    assert changed_since(case, seen, typed) == [("사례명", "두 번째 고침"), ("예산 구분", "예산")]
    with pytest.raises(Conflict) as conflict:
        check_version(case, seen, typed)
    assert conflict.value.version == case.version
    assert conflict.value.message == (
        "작성하는 동안 다른 사람이 먼저 고쳤습니다(사례명: 두 번째 고침, 예산 구분: 예산). "
        "내용을 확인한 뒤 다시 저장해 주세요."
    )


def test_a_value_emptied_by_others_is_shown_empty() -> None:
    case = CaseFactory(estimated_cost=5_000_000)
    case = change(case, estimated_cost=None)
    assert changed_since(case, 1, {"estimated_cost": 6_000_000}) == [("예상 비용(원)", "")]


def test_a_change_of_nothing_in_the_form_is_a_change_of_state() -> None:
    case = change(CaseFactory(), round_number=1)
    with pytest.raises(Conflict, match=r"\(상태\)"):
        check_version(case, 1, {"title": "새 제목입니다"})
