"""Forms in which several people propose together: one more or one fewer, and nothing typed is lost (P2)."""

from typing import Any

from django.http import HttpResponse, QueryDict

from core import drafts
from core.page import Request
from core.views.forms import FormPage
from proposals.forms.people import turned


class JointPage(FormPage):
    """Its form is a `JointForm`. Stands before the other bases."""

    def get_context(self) -> dict[str, Any]:
        """Named, the address loses the place in the page to which one more has led."""
        return {**super().get_context(), "more": "proposals/joint.html", "action": self.request.path}

    def typed(self) -> QueryDict:
        return self.request.POST

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not {"add", "remove"} & request.POST.keys():
            return super().post(request, *args, **kwargs)
        if answer := self.begin():
            return answer
        initial = drafts.initial(turned(self.typed()))
        return self.page(self.get_form_class()(initial=initial, **self.get_form_kwargs()))
