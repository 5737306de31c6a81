"""The button of support (P15): a form without script; looking counts nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from core import gate
from core.addresses import client_address
from proposals.policies import SUPPORT_HOURLY
from proposals.services import supports
from proposals.views.browsers import browser_of, new_browser, remember
from proposals.views.public import Public, later


class Support(Public):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, year: int, number: int) -> HttpResponse:
        proposal = self.find(year, number, hidden=False, taken_down=False)
        address = client_address(request)
        verdict = gate.press("support", address, SUPPORT_HOURLY.current())
        if verdict.until:
            return later(self.page(proposal, wait=verdict.message), verdict)
        browser = browser_of(request) or new_browser()
        staff = request.user if request.user.is_authenticated else None
        if supports.support(proposal, browser=browser, address=address, staff=staff):
            messages.success(request, _("공감했습니다. 고맙습니다."))
        else:
            messages.info(request, _("이미 공감했거나, 같은 곳에서 오늘 공감한 제안입니다."))
        response = HttpResponseRedirect(proposal.public_url)
        remember(response, request, browser)
        return response
