"""Pages whose form is drawn by their own template: shown, sent once, shown again with what is wrong beside it."""

from typing import Any

from django.http import HttpResponse

from basis.errors import Rejected
from core.page import Request
from core.views.seen import SeenPage


class AskingPage(SeenPage):
    """`prepare` finds what it is about, `show` draws it, `act` does what it asks for and gives where to go."""

    def get(self, request: Request, **_address: Any) -> HttpResponse:
        self.prepare()
        return self.show()

    def post(self, request: Request, **_address: Any) -> HttpResponse:
        if answer := self.sent_before():
            return answer
        self.prepare()
        try:
            return self.once(self.act)
        except Rejected as error:
            return self.refused(error)

    def refused(self, error: Rejected) -> HttpResponse:
        return self.show(error, 422)

    def show(self, error: Rejected | None = None, status: int = 200) -> HttpResponse:
        """Draw it; with `error`, and what was typed, where that was refused."""
        raise NotImplementedError

    def act(self) -> str:
        raise NotImplementedError


def told(error: Rejected | None) -> dict[str, str]:
    """What a template says of what was refused: `problem`, and `wrong`, the field it belongs beside."""
    return {"problem": error.message if error else "", "wrong": (error and error.field) or ""}
