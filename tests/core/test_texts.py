"""Our `translate` and our sessions say what Django's own do."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.backends import db
from django.template import Context, Engine
from django.utils import timezone, translation

from core.models import Session
from core.sessions import SessionStore

OWN = Engine(libraries={"texts": "core.templatetags.texts"}, builtins=["core.templatetags.texts"])
DJANGO = Engine(builtins=["django.templatetags.i18n"])


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "source",
    [
        '{% translate "검색" %}',
        "{% translate '검색' %}",
        '{% translate "<b>100%</b> & 50%%" %}',
        '{% translate "검색"|upper %}',
        '{% translate "검색" as word %}[{{ word }}]',
        '{% translate "검색" noop %}',
        '{% translate "검색" context "month" %}',
        "{% translate text %}",
    ],
)
def test_translate_says_what_djangos_says(source: str, language: str) -> None:
    given = {"text": "<검색>"}
    with translation.override(language):
        shown = [engine.from_string(source).render(Context(given)) for engine in (OWN, DJANGO)]
    assert shown[0] == shown[1]


@pytest.mark.django_db
@pytest.mark.dialect
def test_a_session_is_read_until_it_ends(django_assert_num_queries: Any) -> None:
    begun = SessionStore()
    begun["seen"] = 5
    begun.save()
    with django_assert_num_queries(1):
        assert SessionStore(begun.session_key)["seen"] == 5
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    for store in (SessionStore, db.SessionStore):
        ended = store(begun.session_key)
        assert "seen" not in ended
        assert ended.session_key is None
