"""Forms: money, files, cards, trees, messages, and the ties between an input, its help and its errors."""

import re
from typing import Any

import pytest
from crispy_forms.layout import Fieldset, Layout, Row
from crispy_forms.utils import render_crispy_form
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import RegexValidator
from django.utils import translation

from core import forms


class ReviewForm(forms.Form):
    decision = django_forms.ChoiceField(
        label="검토 결과",
        choices=[("adopt", "채택"), ("reject", "불채택")],
        widget=forms.ChoiceCards(descriptions={"adopt": "우리 구에 들여옵니다."}),
    )
    opinion = django_forms.CharField(
        label="검토 의견", max_length=10, widget=django_forms.Textarea, help_text="근거를 적어 주세요."
    )
    planned_on = django_forms.DateField(label="예정일", required=False)
    budget = forms.WonField(label="소요 예산", required=False)
    departments = django_forms.MultipleChoiceField(
        label="검토 부서",
        choices=[("기획경제국", [("1", "기획예산과")]), ("안전건설교통국", [("3", "교통행정과")])],
        widget=forms.ChoiceTree(notes={"3": "진행 7건"}),
    )
    files = forms.FilesField(label="첨부 파일", required=False)
    layout = Layout(
        Fieldset("검토", "decision", "opinion", Row("planned_on", "budget")), "departments", "files"
    )


def drawn(form: Any) -> str:
    return render_crispy_form(form)


@pytest.mark.parametrize("typed", ["1250000", "1,250,000", " 1,250,000원 "])
def test_won_is_read_with_or_without_separators(typed: str) -> None:
    assert forms.WonField().clean(typed) == 1_250_000


@pytest.mark.parametrize("typed", ["-1", "12.5", "백만"])
def test_won_refuses_what_is_no_whole_amount(typed: str) -> None:
    with pytest.raises(django_forms.ValidationError):
        forms.WonField().clean(typed)


@pytest.mark.parametrize("typed", ["1,000,000,000,000", "9" * 20, "9" * 400])
def test_won_says_how_much_it_takes_at_most(typed: str) -> None:
    assert forms.WonField().clean("999,999,999,999") == forms.MOST_WON
    (error,) = ReviewForm({"budget": typed}).errors["budget"]
    assert error == "999,999,999,999원 이하로 입력해 주세요."


def test_won_is_shown_with_separators_and_what_was_typed_is_kept() -> None:
    assert 'value="1,250,000"' in drawn(ReviewForm(initial={"budget": 1_250_000}))
    assert 'value="1,2x"' in drawn(ReviewForm({"budget": "1,2x"}))


def test_won_unchanged_is_not_a_change() -> None:
    form = ReviewForm({"budget": "1,250,000"}, initial={"budget": 1_250_000})
    assert "budget" not in form.changed_data


def test_messages_say_what_to_do_with_the_right_particle() -> None:
    form = ReviewForm({"opinion": "열 글자보다 조금 더 깁니다.", "planned_on": "내일", "budget": "많이"})
    assert form.errors["decision"] == ["검토 결과를 선택해 주세요."]
    assert form.errors["departments"] == ["검토 부서를 선택해 주세요."]
    assert form.errors["opinion"] == ["10자 이내로 입력해 주세요. (지금 16자)"]
    assert form.errors["planned_on"] == ["날짜를 2026-11-20처럼 입력해 주세요."]
    assert form.errors["budget"] == ["숫자로 입력해 주세요."]
    assert ReviewForm({}).errors["opinion"] == ["검토 의견을 입력해 주세요."]


def test_a_message_given_with_a_field_stays() -> None:
    class Given(forms.Form):
        reason = django_forms.CharField(error_messages={"required": "사유가 있어야 합니다."})

    assert Given({}).errors["reason"] == ["사유가 있어야 합니다."]


@pytest.mark.parametrize(
    ("noun", "shown"), [("사유", "사유를"), ("기한", "기한을"), ("URL", "URL 항목을"), ("", "")]
)
def test_object_particle(noun: str, shown: str) -> None:
    assert forms.with_object_particle(noun) == shown


def test_other_languages_take_no_particle() -> None:
    with translation.override("en"):
        assert forms.with_object_particle("사유") == "사유"


def test_dates_have_the_browser_s_picker_and_its_format() -> None:
    html = drawn(ReviewForm(initial={"planned_on": "2026-11-20"}))
    assert re.search(r'<input type="date" name="planned_on" value="2026-11-20"', html)


def test_the_empty_choice_says_what_it_means() -> None:
    blank = [("", "---------"), ("1", "교통")]

    class Choosing(forms.Form):
        field = django_forms.ChoiceField(choices=blank)
        other = django_forms.ChoiceField(choices=blank, required=False)
        own = django_forms.ChoiceField(choices=[("", "전체"), ("1", "교통")], required=False)

    first = {name: field.choices[0][1] for name, field in Choosing().fields.items()}
    assert first == {"field": "선택해 주세요", "other": "선택 안 함", "own": "전체"}


def test_cards_and_trees_say_what_a_choice_means() -> None:
    html = drawn(ReviewForm())
    assert "우리 구에 들여옵니다." in html
    assert re.search(r"교통행정과\s*<span class=\"sub\">진행 7건</span>", html)
    assert re.findall(r"<legend>(\S+) <button", html) == ["기획경제국", "안전건설교통국"]


def test_many_files_come_as_a_list() -> None:
    field = forms.FilesField()
    one, two = (SimpleUploadedFile(f"{n}.pdf", b"x") for n in "ab")
    assert field.clean([one, two]) == [one, two]
    assert field.clean(one) == [one]
    assert forms.FilesField(required=False).clean([]) == []
    with pytest.raises(django_forms.ValidationError):
        field.clean([])


def test_errors_and_help_are_tied_to_their_inputs() -> None:
    html = drawn(ReviewForm({}))
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    described = re.findall(r'aria-describedby="([^"]+)"', html)
    assert "id_opinion_helptext id_opinion_error" in described
    assert {i for several in described for i in several.split()} <= ids
    summary = re.findall(r'<li>\s*<a href="#([^"]+)">([^<]+)</a>', html)
    assert ("id_decision_0", "검토 결과를 선택해 주세요.") in summary
    assert {target for target, _text in summary} <= ids
    assert html.count('aria-invalid="true"') >= 2


def test_what_is_typed_cannot_become_markup() -> None:
    html = drawn(ReviewForm({"opinion": "</textarea><script>", "budget": '"><script>'}))
    assert "<script>" not in html


def test_formset_names_every_input_and_shows_errors_in_its_cell() -> None:
    class Line(forms.Form):
        item = django_forms.CharField(label="항목")
        amount = forms.WonField(label="금액")

    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-item": "점심", "form-0-amount": "x"}
    formset = django_forms.formset_factory(Line, extra=2)(data)
    helper = forms.KrdsFormHelper()
    helper.template = "krds/table_inline_formset.html"
    html = render_crispy_form(formset, helper)
    assert len(re.findall(r'<label class="sr-only"\s+for="id_form-\d-(?:item|amount)">', html)) == 4
    assert html.count("숫자로 입력해 주세요.") == 1


FIELDS = {
    name: getattr(django_forms, name)
    for name in django_forms.fields.__all__
    if name
    not in (
        "Field",
        "ComboField",
        "MultiValueField",
        "SplitDateTimeField",
        "TypedChoiceField",
        "TypedMultipleChoiceField",
    )
}
SPECIAL: dict[str, Any] = {
    "URLField": {"assume_scheme": "https"},
    "RegexField": {"regex": "x"},
    "FilePathField": {"path": "/"},
    "GenericIPAddressField": {},
}


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_speaks_the_frameworks_words(name: str) -> None:
    """Whatever kind of field a form takes up, and whatever it refuses."""
    made = FIELDS[name](label="항목", **SPECIAL.get(name, {}))
    field = type("Some", (forms.Form,), {"one": made})().fields["one"]
    stock: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        stock |= getattr(cls, "default_error_messages", {})
    assert {code for code in stock if field.error_messages[code] is stock[code]} == set()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (django_forms.DecimalField(max_digits=5, decimal_places=2), "1.234", "소수점 아래는 2자리까지"),
        (django_forms.DecimalField(max_digits=5, decimal_places=2), "123456", "모두 5자리 이내"),
        (django_forms.CharField(), "널\x00문자", "쓸 수 없는 글자"),
        (django_forms.URLField(assume_scheme="https"), "http://[", "https://로 시작하게"),
    ],
)
def test_what_validators_refuse_is_said_in_the_offices_words(field: Any, typed: str, said: str) -> None:
    form = type("Some", (forms.Form,), {"one": field})({"one": typed})
    assert any(said in text for text in form.errors["one"]), form.errors


def test_a_validator_says_itself_what_is_wrong() -> None:
    code = RegexValidator(r"^[가-힣]+-\d+$", "기획예산과-1131처럼 입력해 주세요.")
    form = type("Some", (forms.Form,), {"one": django_forms.CharField(validators=[code])})({"one": "1131"})
    assert form.errors["one"] == ["기획예산과-1131처럼 입력해 주세요."]
