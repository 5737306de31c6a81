"""What no single test would notice: rules about the whole tree."""

import ast
import importlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from core import permissions
from core.page import BaseView
from scripts import messages
from tests.test_permission_matrix import addresses

ROOT = Path(__file__).resolve().parents[1]
TEXT = {"", *".cfg .conf .css .html .js .json .md .po .py .sh .toml .txt .yaml .yml".split()}
APPS = [name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()]
LONGEST = 500
COMMANDS = sorted(ROOT.glob("*/management/commands/[a-z]*.py"))
# Templates that a library asks for by name.
ASKED_BY_LIBRARIES = (
    "krds/",
    "django/forms/",
    "registration/",
    "400.html",
    "403.html",
    "404.html",
    "500.html",
)


def tracked(*endings: str) -> list[Path]:
    """Files of the repository, also new ones not yet added; with an ending if any is given."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    paths = [ROOT / name for name in sorted(set(listed))]
    return [path for path in paths if path.is_file() and (not endings or path.suffix in endings)]


def lines(*endings: str) -> Iterator[tuple[str, str]]:
    """Place (path:line) and text of every line."""
    for path in tracked(*endings):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def found(pattern: str, *endings: str) -> list[str]:
    """Places where `pattern` stands."""
    expression = re.compile(pattern)
    return [f"{place}: {line.strip()}" for place, line in lines(*endings) if expression.search(line)]


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked(".py", ".html", ".css", ".js", ".sh")
        if "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_left_to_do() -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    assert found(rf"\b({marks})\b", ".py", ".html", ".css", ".js", ".sh") == []


def test_no_place_of_one_machine_is_written_down() -> None:
    folders = "|".join(("work", "root", "home", "farm", "Users"))
    assert found(rf"(?<![\w./])/({folders})/\w", *TEXT) == []


def test_no_download_address_is_written_down() -> None:
    hosts = "|".join("pypi registry npmjs pythonhosted jsdelivr unpkg cdnjs debian fonts".split())
    assert found(rf"https?://[\w.-]*({hosts})[\w.-]*\.\w+", *TEXT) == []
    assert found(r'"resolved": *"http|index-url|registry *=', *TEXT - {".py"}) == []


def test_templates_have_no_inline_script_or_style() -> None:
    """The content security policy would refuse them in silence. Mail programs know no style sheets."""
    inline = found(r"<style|\sstyle=|\shx-on|\son[a-z]+=[\"']|href=[\"']javascript:", ".html")
    assert [place for place in inline if not re.match(r"templates/[\w/]+/mail\w*\.html:", place)] == []
    assert found(r"<script(?![^>]*\bsrc=)", ".html") == []


def template_names() -> list[str]:
    folder = ROOT / "templates"
    own = [path for path in tracked(".html", ".txt", ".svg") if path.is_relative_to(folder)]
    return [path.relative_to(folder).as_posix() for path in own]


def test_every_template_is_used() -> None:
    sources = tracked(".py", ".html", ".txt")
    texts = {path: path.read_text(encoding="utf-8") for path in sources if "tests" not in path.parts}

    def used(name: str) -> bool:
        own = ROOT / "templates" / name
        return any(name in text for path, text in texts.items() if path != own)

    unused = [n for n in template_names() if not n.startswith(ASKED_BY_LIBRARIES) and not used(n)]
    assert unused == []


def test_texts_are_korean_and_translated() -> None:
    assert list(messages.problems()) == []


def test_every_tick_of_the_schedule_names_a_task() -> None:
    from config.celery import app

    app.loader.import_default_modules()
    for name, entry in app.conf.beat_schedule.items():
        assert entry["task"] in app.tasks, name


def test_every_app_is_under_every_law() -> None:
    """The lists of names in pyproject.toml agree with the settings."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    house, inside, _core, _basis, circles = tools["importlinter"]["contracts"]
    placed = {name for layer in house["layers"] for name in layer.split() if re.fullmatch(r"\w+", name)}
    everything = {*APPS, "config", "basis"}  # these two have neither tables nor pages
    assert {path.parent.name for path in ROOT.glob("*/apps.py")} == set(APPS)
    assert set(tools["mypy"]["packages"]) == everything
    assert set(tools["importlinter"]["root_packages"]) == everything
    assert (placed, set(circles["ancestors"])) == (everything, everything)
    assert set(inside["containers"]) == {*APPS} - {"core"}


def late_imports(path: Path) -> Iterator[str]:
    """Imports of our own modules inside functions."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                names = [node.module] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if any((name or "").split(".")[0] in APPS for name in names):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_import_hides_a_circle() -> None:
    """What is imported late, or for types only, is imported so to break a circle. Django asks `ready()` to."""
    own = [path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in {*APPS, "config"}]
    assert [place for path in own if path.name != "apps.py" for place in late_imports(path)] == []
    assert [path for path in own if "TYPE_CHECKING" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda path: path.stem)
def test_every_command_explains_itself(command: Path) -> None:
    module = importlib.import_module(".".join(command.relative_to(ROOT).with_suffix("").parts))
    assert module.Command.help.strip()


def test_d6_every_page_says_what_it_reveals() -> None:
    """A permission that pages ask for says it (LookupError); what is no BaseView would be logged by nobody."""
    for name, pattern in addresses():
        page = getattr(pattern.callback, "view_class", pattern.callback)
        if not getattr(page, "public", False) and not getattr(pattern.callback, "public", False):
            assert issubclass(page, BaseView), name
            permissions.reveals(page.permission)


def test_d6_one_piece_writes_the_access_log() -> None:
    writers = found(r"AccessLog(\.objects\.(bulk_)?create)?\(", ".py")
    assert {place.partition(":")[0] for place in writers if not place.startswith("tests/")} == {
        "core/access.py",
        "core/models/log.py",
    }
