"""Forms that anybody may send (core.gate): what the form carries for it, and what becomes of the verdict."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, ClassVar

from django.http import HttpResponse

from basis.errors import Rejected
from core import gate, tries
from core.addresses import client_address
from core.limits import limit
from core.now import now
from core.views.seen import SeenPage

TRAP = "homepage2"  # no browser fills in a field of this name


class GuardedForm(SeenPage):
    """Stands before FormPage or PreviewPage among the bases. `act` may ask `self.verdict.is_doubtful`. What comes too
    early or too often is answered with 429, and the form says when to send it again."""

    gate_key: ClassVar[str] = ""  # what is counted together
    contact_fields: ClassVar[Sequence[str]] = ()  # of the form: whose contacts are counted
    verdict: gate.Verdict | None = None

    def carried(self) -> dict[str, Any]:
        carried = super().carried()
        once, token = carried["once"], self.request.POST.get("gate", "")
        if gate.opened_at(self.gate_key, once, token) is None:
            token = gate.token_for(self.gate_key, once)
        work = limit("gate_bits") if gate.is_flood() else 0
        return {**carried, "gate_token": token, "gate_trap": TRAP, "gate_work": work}

    def once(self, make: Callable[[], str]) -> HttpResponse:
        if answer := self.sent_before():
            return answer
        self.verdict = gate.judge(self.gate_key, self._sending())
        if self.verdict.answer is gate.Answer.LATER:
            raise Rejected(self.verdict.message)
        try:
            return super().once(make)
        except Rejected:  # what is put right and sent again is not counted twice
            tries.take_back(self.verdict.counted)
            raise

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        rest: Any = super()
        response: HttpResponse = rest.page(form, status, **extra)
        if self.verdict and self.verdict.until:
            response.status_code = 429
            response["Retry-After"] = str(max(1, ceil((self.verdict.until - now()).total_seconds())))
        return response

    def _sending(self) -> gate.Sending:
        sent = self.request.POST
        return gate.Sending(
            once=sent.get("once", ""),
            token=sent.get("gate", ""),
            address=client_address(self.request),
            trap="".join(sent.getlist(TRAP)),  # a preview carries what was typed before beside an empty one
            proof=sent.get("proof", ""),
            contacts=tuple(sent.get(name, "") for name in self.contact_fields),
        )
