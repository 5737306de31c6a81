"""People in front of real browsers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from organization.models import User

PASSWORD = "browser-test-2026"


def log_in(page: Any, user: User, start: str = "/") -> Any:
    """By typing; gives the page, at what there is to do."""
    user.set_password(PASSWORD)
    user.save()
    page.goto(start)
    page.get_by_label("직원번호").fill(user.employee_number)
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="내 할 일").wait_for()
    return page


@pytest.fixture
def person(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`person(user)` opens a browser of that person, logged in, at the first page."""
    opened = []

    def open_for(user: User, width: int = 1440) -> Any:
        context = browser.new_context(
            base_url=live_server.url, locale="ko-KR", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return log_in(context.new_page(), user)

    yield open_for
    for context in opened:
        context.close()


@pytest.fixture
def plain(browser: Any, live_server: Any) -> Iterator[Callable[[User], Any]]:
    """`plain(user)` opens a browser without scripts, logged in."""
    context = browser.new_context(base_url=live_server.url, locale="ko-KR", java_script_enabled=False)
    yield lambda user: log_in(context.new_page(), user)
    context.close()
