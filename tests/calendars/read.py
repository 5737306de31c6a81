"""Calendar files read without the library that writes them: lines unfolded, properties with their parameters."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

ESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


@dataclass
class Part:
    name: str
    lines: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def text(self, name: str) -> str:
        value, found = self.lines[name][1], ""
        while value:
            pair = value[:2]
            found += ESCAPED.get(pair, value[0])
            value = value[2 if pair in ESCAPED else 1 :]
        return found

    def moment(self, name: str) -> dt.date | dt.datetime:
        given, value = self.lines[name]
        if given.get("VALUE") == "DATE":
            return dt.datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007  a day
        if value.endswith("Z"):
            return dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        zone = ZoneInfo(given["TZID"])
        return dt.datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)


def unfolded(content: bytes) -> Iterator[str]:
    """No line is longer than 75 octets, each ends with CR LF (RFC 5545 3.1)."""
    assert content.endswith(b"\r\n")
    rows = content[:-2].split(b"\r\n")
    assert all(len(row) <= 75 for row in rows)
    whole = b""
    for row in rows:
        if row[:1] in (b" ", b"\t"):
            whole += row[1:]
            continue
        if whole:
            yield whole.decode()
        whole = row
    yield whole.decode()


def read(content: bytes) -> Part:
    stack = [Part("")]
    for line in unfolded(content):
        head, _colon, value = _split(line)
        name, *given = head.split(";")
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            assert name not in stack[-1].lines or name in ("RDATE", "ATTENDEE")
            stack[-1].lines[name] = (dict(one.split("=", 1) for one in given), value)
    (whole,) = stack[0].parts
    return whole


def _split(line: str) -> tuple[str, str, str]:
    """At the first colon outside quotation marks."""
    quoted = False
    for place, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    raise ValueError(line)


def events(content: bytes) -> dict[str, Part]:
    return {one.text("UID"): one for one in read(content).parts if one.name == "VEVENT"}
