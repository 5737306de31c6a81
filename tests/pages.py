"""Pages as people use them."""

import re
from html import unescape

from django.test import Client


def button(browser: Client, page: str, step: str) -> str:
    """Where the page's button for this step leads, with what it says was seen."""
    found = re.search(rf'(?:action|href)="([^"]*/{step}/[^"]*)"', browser.get(page).content.decode())
    assert found, f"no {step} on {page}"
    return unescape(found.group(1))
