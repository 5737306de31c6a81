"""What was measured, as tables for people and for docs/performance.md."""

from collections.abc import Iterable, Sequence
from typing import Any


def page_table(database: str, among: str, rows: Sequence[dict[str, Any]]) -> str:
    empty, first = rows[0]["median"], rows[1]["median"]
    lines = [
        [
            row["page"],
            f"{row['median']:.1f}",
            f"{row['p99']:.1f}",
            str(row["queries"]),
            f"{row['raw']:.2f}" if row["raw"] > 0.01 else "–",
            f"{row['median'] / row['raw']:.1f}" if row["raw"] > 0.01 else "–",
            f"{row['median'] / empty:.1f}",
            f"{row['median'] / first:.2f}",
        ]
        for row in rows
    ]
    head = ["page", "median ms", "p99 ms", "queries", "its SQL ms", "× SQL", "× empty page", "× list"]
    return f"\n{database}, {among}\n\n{_table(head, lines)}"


def shell_table(database: str, among: str, rows: Sequence[dict[str, Any]]) -> str:
    """The first row is the shell alone, which the others are compared with."""
    alone = rows[0]["cpu"]
    lines = [
        [
            row["page"],
            f"{row['cpu']:.1f}",
            f"{row['cpu'] / alone:.1f}",
            f"{row['wall']:.1f}",
            str(row["queries"]),
        ]
        for row in rows
    ]
    head = ["page", "CPU ms", "× shell", "took ms", "queries"]
    return f"\n{database}, {among}, beside the shell\n\n{_table(head, lines)}"


def excel_table(database: str, cases: int, rows: Sequence[dict[str, Any]]) -> str:
    lines = [
        [
            row["what"],
            f"{row['seconds']:.1f}",
            f"{row['peak']:.0f}",
            f"{row['own']:.0f}",
            f"{row['seconds'] / row['bare']:.2f}" if row["bare"] else "–",
        ]
        for row in rows
    ]
    head = ["rows " + f"{cases:,}", "seconds", "peak MB", "of it for the rows MB", "× bare openpyxl"]
    return f"\n{database}, Excel\n\n{_table(head, lines)}"


def finding_table(database: str, posts: int, rows: Sequence[dict[str, Any]]) -> str:
    def said(row: dict[str, Any], name: str) -> str:
        return f"{row[name]:,.{name != 'found':d}f}" if name in row else "–"

    lines = [
        [
            row["what"],
            said(row, "median"),
            said(row, "p95"),
            said(row, "own"),
            f"{row['found']:,}" if "found" in row else "–",
        ]
        for row in rows
    ]
    head = ["", "median", "p95", "of it our CPU", "found"]
    return f"\n{database}, finding among {posts:,} posts\n\n{_table(head, lines)}"


def similar_table(database: str, cases: int, rows: Sequence[dict[str, Any]]) -> str:
    lines = [[f"{row['found']} of {row['of']}", f"{row['median']:.1f}", f"{row['p95']:.1f}"] for row in rows]
    head = ["in the first five", "look-up, median ms", "p95 ms"]
    return f"\n{database}, similar titles among {cases:,}\n\n{_table(head, lines)}"


def ledger_table(database: str, rows: Sequence[dict[str, Any]]) -> str:
    lines = [
        [
            row["what"],
            f"{row['entries']:,}",
            f"{row['ours']:,.2f}",
            f"{row['bare']:,.2f}",
            row["unit"],
            f"{row['ours'] / row['bare']:.2f}",
        ]
        for row in rows
    ]
    head = ["what", "entries", "ours", "compared with", "unit", "ours / compared"]
    return f"\n{database}, ledger\n\n{_table(head, lines)}"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *lines])
