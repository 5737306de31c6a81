"""Cuts the style sheet of KRDS down to what public pages use (used by scripts/assets.py).

They are read on phones, often once: the whole sheet would be half of what comes with them. A rule stays when it names
no class, or only classes of USED; tests/core/test_public_shell.py tells when a public page needs another.
"""

import re
from collections.abc import Iterator

USED = set(
    """
    active bg-light-danger bg-light-gray bg-light-information bg-light-primary bg-light-success bg-light-warning
    danger disabled fieldset form-conts form-group form-hint form-hint-invalid form-tit ico-file ico-popup-close
    ico-print ico-pw-visible icon info inner is-error krds-badge krds-btn krds-check-area krds-form-check
    krds-form-select krds-input large line link medium nuri-txt primary secondary small sr-only svg-icon tertiary
    text textarea-count toggle-head toggle-wrap xsmall
    """.split()
)
OTHER_ID = re.compile(r"#(?!krds-skip-link|krds-masthead|wrap|container)[a-z]")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COMMA = re.compile(r",(?![^(]*\))")  # not within brackets


def public_part(sheet: str) -> str:
    """The rules for what has none but the classes that are USED."""
    kept = []
    for head, body in blocks(COMMENT.sub("", sheet)):
        if head.startswith("@media"):
            body = public_part(body)
        elif not head.startswith("@"):
            head = ",".join(one.strip() for one in COMMA.split(head) if _used(one))
        if head and body.strip():
            kept.append(f"{head}{{{' '.join(body.split())}}}\n")
    return "".join(kept)


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """What stands before the braces and between them, for each block of this level."""
    end = 0
    while (start := text.find("{", end)) >= 0:
        head, begin, depth = text[end:start].split(";")[-1].strip(), start + 1, 1
        end = begin
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield head, text[begin : end - 1]


def _used(selector: str) -> bool:
    return set(CLASS.findall(selector)) <= USED and not OTHER_ID.search(selector)
