"""The English catalogue: nothing missing, nothing half said, and pages that keep to it."""

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from basis.excel.columns import head_key
from basis.excel.importer import IMPORTERS
from organization.enums import Role
from organization.office import current_is_unnamed
from scripts import messages
from tests.factories import DepartmentFactory, UserFactory

ENGLISH = messages.ROOT / "locale/en/LC_MESSAGES/django.po"
HANGUL = re.compile("[가-힣]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")
# Words that stay Korean in English: the name of the language, and examples of what is typed.
KOREAN_WORDS = {
    "한국어", "예시", "기획예산과", "총무과", "급", "도입", "현행유지", "교통행정과", "건축과",
    "과장", "팀장", "주무관", "직무대리", "지방행정주사", "행정",
}  # fmt: skip
PAGES = (
    "home",
    "benchmarking:cases",
    "benchmarking:case_new",
    "benchmarking:reviews",
    "notifications:list",
    "dashboard",
    "staff_new",
    "absences",
    "policies",
)


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ENGLISH))


@pytest.fixture
def english(settings: Any, tmp_path: Path, catalogue: polib.POFile) -> None:
    """The catalogue as it stands in the source, whatever set-up last compiled."""
    compiled = tmp_path / "en/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    catalogue.save_as_mofile(str(compiled))
    settings.LOCALE_PATHS = [tmp_path]
    settings.OFFICE_NAME, settings.SYSTEM_NAME = "Hanbit District Office", "Changui"
    current_is_unnamed()


def texts_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_catalogue_is_complete() -> None:
    assert list(messages.problems()) == []


def test_the_catalogue_is_as_extracted(catalogue: polib.POFile) -> None:
    """Sorted by place and text, without dates and line numbers: a change shows as itself."""
    keys = [(e.occurrences[0][0], e.msgid, e.msgctxt or "") for e in catalogue]
    assert keys == sorted(keys)
    assert {line for e in catalogue for _path, line in e.occurrences} == {""}
    assert not {"POT-Creation-Date", "PO-Revision-Date"} & set(catalogue.metadata)
    assert not [e.msgid for e in catalogue if e.fuzzy or e.obsolete]


def test_one_and_many_are_told_apart(catalogue: polib.POFile) -> None:
    """`1 item`, `2 items`: never `item(s)`."""
    assert [entry.msgid for entry in catalogue if any("(s)" in text for text in texts_of(entry))] == []


def test_placeholders_agree(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in texts_of(entry):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid
            if "python-format" in entry.flags and "%(" in text:
                assert text % defaultdict(int)


def test_english_is_english(catalogue: polib.POFile) -> None:
    left = {e.msgid: set(HANGUL.findall(" ".join(texts_of(e)))) - KOREAN_WORDS for e in catalogue}
    assert {msgid: words for msgid, words in left.items() if words} == {}


def test_no_text_hides_in_an_f_string() -> None:
    """The extraction does not look into them."""
    hidden = [
        f"{path}:{node.lineno}"
        for path, text in messages.sources()
        if path.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in messages.KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("importer", list(IMPORTERS), ids=lambda importer: importer.kind)
def test_heads_and_choices_of_a_workbook_differ_in_every_language(importer: Any) -> None:
    """A form is read back in either language, so no word may mean two things."""
    heads, choices = set(), set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for column in importer().columns:
                heads.add((head_key(column.label), column.key))
                choices |= {(column.key, head_key(label), code) for code, label in column.options()}
    assert len({head for head, _key in heads}) == len(heads)
    assert len({(key, label) for key, label, _code in choices}) == len(choices)


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
def test_login_page_in_english() -> None:
    assert_english(speaking_english(Client()).get(reverse("login")))


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("name", PAGES)
def test_page_in_english(name: str) -> None:
    user = UserFactory(
        name="Kim",
        department=DepartmentFactory(name="Planning Division"),
        roles=[Role.PLANNING, Role.ADMINISTRATOR],
    )
    client = Client()
    client.force_login(user, backend="organization.backends.Backend")
    assert_english(speaking_english(client).get(reverse(name)))


def speaking_english(client: Client) -> Client:
    client.post(reverse("set_language"), {"language": "en"})
    return client


def assert_english(response: Any) -> None:
    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="en"' in page
    assert [line.strip() for line in page.splitlines() if set(HANGUL.findall(line)) - KOREAN_WORDS] == []


def test_every_name_that_code_gives_gettext_is_looked_for() -> None:
    """Texts behind a name that the extraction does not know would be missing in silence."""
    renamed = re.compile(r"gettext\w* as (\w+)")
    names = {name for _path, text in messages.sources() for name in renamed.findall(text)}
    assert {"_", "_now"} <= names <= set(messages.KEYWORDS)
