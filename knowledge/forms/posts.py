"""What is written of a post (K1)."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.forms import Form, KrdsFormHelper, ModelForm
from core.held import files_field, held_field, offer_held
from core.models import Attachment
from knowledge.models import Field, Post
from knowledge.models.post import TEXTS


class PostForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = held_field()
    attachments = files_field()

    class Meta:
        model = Post
        fields = TEXTS
        widgets = {"text": forms.Textarea({"rows": 16}), "area": forms.RadioSelect, "type": forms.RadioSelect}
        help_texts = {
            "title": _("찾는 사람이 칠 낱말을 넣어 한 줄로 적어 주세요."),
            "text": _("처음 맡은 사람이 그대로 따라 할 수 있게 순서대로 적어 주세요."),
            "tags": _("띄어 써서 여러 개를 적을 수 있습니다. 예: 주차 거주자우선"),
            "field": _("분야 담당이 있으면 그 사람도 승인할 수 있습니다."),
        }

    gone = forms.MultipleChoiceField(
        label=_("뺄 파일"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(
        self, *args: Any, held: Sequence[Attachment], files: Sequence[Attachment] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)
        gone: Any = self.fields["gone"]
        gone.choices = [(str(file.pk), file.name) for file in files]
        if not files:
            del self.fields["gone"]
        field: Any = self.fields["field"]
        field.queryset, field.empty_label = Field.objects.filter(closed=False), _("정하지 않음")
        field.required = False

    def offer(self, held: Sequence[Attachment]) -> None:
        offer_held(self, held)

    @cached_property
    def helper(self) -> KrdsFormHelper:
        return KrdsFormHelper(
            Layout(
                "version", "title", "text", "area", "type", Div("field", "tags", css_class="form-row"),
                *self.more(), *(["gone"] if "gone" in self.fields else []), "held", "attachments",
            )
        )  # fmt: skip

    def more(self) -> Sequence[str]:
        return ()

    def gone_files(self) -> list[str]:
        """Keys of the files to be taken off."""
        return list(self.cleaned_data.get("gone", ()))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}


class StandingPostForm(PostForm):
    """Of one that others go by: why it changes is said."""

    note = forms.CharField(
        label=_("무엇을 왜 바꾸었나요?"),
        max_length=300,
        help_text=_("이전 내용은 그대로 남아 견주어 볼 수 있습니다."),
    )

    def more(self) -> Sequence[str]:
        return ("note",)


class ApproveForm(Form):
    reason = forms.CharField(
        label=_("승인 의견"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("쓴 사람에게 보입니다. 없으면 비워 두세요."),
    )
