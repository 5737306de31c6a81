"""Flaws, questions, answers, registration days, handing over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, Form, ModelForm
from knowledge.models import Campaign, Field, Flaw, Post, Question
from organization.forms import StaffField


class FlawForm(ModelForm):
    class Meta:
        model = Flaw
        fields = ("passage", "remark")
        widgets = {"passage": forms.Textarea({"rows": 2}), "remark": forms.Textarea({"rows": 5})}
        help_texts = {
            "passage": _("글에서 잘못된 대목을 그대로 옮겨 적어 주세요."),
            "remark": _("무엇이 어떻게 다른지, 근거가 있으면 함께 적어 주세요."),
        }


class AnswerFlawForm(Form):
    reason = forms.CharField(
        label=_("답변"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("알린 직원에게 보입니다."),
    )


class QuestionForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Question
        fields = ("title", "field", "text")
        widgets = {"text": forms.Textarea({"rows": 8})}
        help_texts = {
            "title": _("무엇을 알고 싶은지 한 줄로 물어 주세요."),
            "field": _("분야 담당에게 알려 답을 받습니다."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["field"]
        field.queryset, field.empty_label = Field.objects.filter(closed=False), _("정하지 않음")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "field", "text")}


class ReplyForm(Form):
    text = forms.CharField(
        label=_("답"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("골라지면 이 글이 그대로 지식이 됩니다. 처음 보는 사람도 알 수 있게 적어 주세요."),
    )


class CampaignForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Campaign
        fields = ("title", "text", "begins_on", "ends_on")
        widgets = {
            "text": forms.Textarea({"rows": 6}),
            "begins_on": DateInput(),
            "ends_on": DateInput(),
        }

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "text", "begins_on", "ends_on")}


class ToForm(Form):
    to = StaffField(
        label=_("받을 직원"),
        help_text=_("직원번호나 이름. 새 부서에서 계속 맡으려면 자기 이름을 적어 주세요."),
    )


class HandOverForm(ToForm):
    posts = forms.MultipleChoiceField(label=_("인계할 지식"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {str(post.pk): post for post in among}
        field: Any = self.fields["posts"]
        field.choices = [(key, f"{one.title} ({one.department_name})") for key, one in self.among.items()]

    def chosen(self) -> list[Post]:
        return [self.among[key] for key in self.cleaned_data["posts"]]
