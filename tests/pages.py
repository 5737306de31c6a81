"""Pages as people use them."""

import re
from html import unescape
from typing import Any

from django.test import Client


def button(browser: Client, page: str, step: str) -> str:
    """Where the page's button for this step leads, with what it says was seen."""
    found = re.search(rf'(?:action|href)="([^"]*/{step}/[^"]*)"', browser.get(page).content.decode())
    assert found, f"no {step} on {page}"
    return unescape(found.group(1))


def foreseen(browser: Client, page: str, typed: dict[str, Any]) -> list[str]:
    """Do what a page foresees first; gives the lines that it showed."""
    shown = browser.post(page, typed)
    assert shown.status_code == 200, shown.context["form"].errors
    assert browser.post(page, {**typed, "preview": shown.context["preview"]}).status_code == 302
    return [str(line) for line in shown.context["foreseen"]]
