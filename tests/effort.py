"""How long tests go on that try many orders, many threads or many kills. What a dropped lock breaks shows in the first
few rounds: every run plays those. `make test-long` plays all of them, before a release or after work on locks."""

import os

LONG = bool(os.environ.get("LONG"))


def rounds(usual: int, long: int) -> int:
    return long if LONG else usual
