"""Where each rule stands in the code and which tests name it: `python scripts/rules_table.py write|check`.

Code names a rule by its id in a docstring or comment; a test by its function name (`test_b5_…`).
`check` fails when the table is out of date or a rule has no code or no test.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "rules.md"
SHOWN = 6  # tests named per rule; the count says how many there are


def tracked(*patterns: str) -> list[Path]:
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in sorted(set(found)) if (ROOT / name).exists()]


def code_places(rule: str) -> list[str]:
    pattern = re.compile(rf"\b{rule}\b")
    return [
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if path.parts[len(ROOT.parts)] not in ("tests", "scripts", "bench")
        and "migrations" not in path.parts
        and any(pattern.search(line) for line in _prose(path))
    ]


def _prose(path: Path) -> list[str]:
    """Lines of docstrings and comments."""
    text = path.read_text(encoding="utf-8")
    return [*re.findall(r'"""(.*?)"""', text, re.S), *re.findall(r"#\s(.*)", text)]


def test_names(rule: str) -> list[str]:
    pattern = re.compile(rf"def (test_(?:\w+_)?{rule.lower()}(?:_\w+)?)\(")
    return [
        f"{path.relative_to(ROOT)}::{name}"
        for path in tracked("tests/*.py", "tests/**/*.py")
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    ]


def build() -> tuple[str, list[str]]:
    rules = tomllib.loads((ROOT / "docs" / "rules.toml").read_text(encoding="utf-8"))
    lines = [
        "# Rules → code → tests",
        "",
        "Made by `scripts/rules_table.py` from docstrings and test names; do not edit.",
        "",
        "| rule | what it asks | code | tests |",
        "|---|---|---|---|",
    ]
    problems = []
    for rule, text in rules.items():
        code, tests = code_places(rule), test_names(rule)
        problems += [f"{rule}: no code names it"] * (not code) + [f"{rule}: no test names it"] * (not tests)
        more = f"<br>… {len(tests)} in all" if len(tests) > SHOWN else ""
        shown = "<br>".join(f"`{name}`" for name in tests[:SHOWN])
        lines.append(f"| {rule} | {text} | {'<br>'.join(f'`{c}`' for c in code)} | {shown}{more} |")
    return "\n".join(lines) + "\n", problems


def main(action: str) -> int:
    table, problems = build()
    if action == "write":
        TABLE.write_text(table, encoding="utf-8")
    elif not TABLE.exists() or TABLE.read_text(encoding="utf-8") != table:
        problems.append("docs/rules.md is out of date: run `python scripts/rules_table.py write`")
    for problem in problems:
        print(problem)
    return 1 if problems and action == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
