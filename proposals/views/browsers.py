"""What a browser that supports is known by: a number of its own, signed, which says nothing of anybody."""

import secrets

from django.http import HttpRequest, HttpResponse

from proposals.models import Proposal, Support
from proposals.services import supports

COOKIE, SALT = "support", "proposals.browser"
KEPT = 366 * 24 * 3600  # seconds


def browser_of(request: HttpRequest) -> str:
    """Its number; "" if it has none of ours."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""


def new_browser() -> str:
    return secrets.token_urlsafe(16)


def remember(response: HttpResponse, request: HttpRequest, browser: str) -> None:
    response.set_signed_cookie(
        COOKIE, browser, salt=SALT, max_age=KEPT, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def has_supported(request: HttpRequest, proposal: Proposal) -> bool:
    mark = (browser := browser_of(request)) and supports.mark_of(browser)
    return bool(mark) and Support.objects.filter(proposal=proposal, browser=mark).exists()
