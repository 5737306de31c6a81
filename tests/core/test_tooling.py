"""The harness itself: servers really stand, faults are really made, carelessness really fails."""

import re
import smtplib
import socket
from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest
import yaml
from django.core.paginator import Paginator
from django.db import connection
from django.template import engines

from organization.enums import DepartmentKind
from organization.models import Department
from tests import services


def a_message(to: str = "a@hanbit.example") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "office@hanbit.example", to, "검토 요청"
    message.set_content("검토해 주세요.")
    return message


def send(smtp: services.SmtpListener, message: EmailMessage) -> None:
    host, port = smtp.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port), timeout=10) as client:
        client.send_message(message)


def test_smtp_keeps_what_it_receives(smtp: services.SmtpListener) -> None:
    send(smtp, a_message())
    assert smtp.messages[0]["Subject"] == "검토 요청"
    assert "검토해 주세요." in smtp.messages[0].get_content()
    assert smtp.recipients() == ["a@hanbit.example"]


def test_smtp_takes_the_message_and_breaks_off(smtp: services.SmtpListener) -> None:
    smtp.break_after_data = 1
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp, a_message())
    assert len(smtp.messages) == 1
    send(smtp, a_message())
    assert len(smtp.messages) == 2


def test_smtp_refuses_a_recipient(smtp: services.SmtpListener) -> None:
    smtp.refuse.add("gone@hanbit.example")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp, a_message("gone@hanbit.example"))
    assert not smtp.messages


@pytest.mark.redis
def test_redis_answers(redis_url: str) -> None:
    import redis

    with redis.Redis.from_url(redis_url) as client:
        client.set("key", "value")
        assert client.get("key") == b"value"


@pytest.mark.django_db
def test_database_is_the_one_asked_for() -> None:
    from tests.conftest import TEST_DB

    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[TEST_DB]


@pytest.mark.slow
def test_processes_of_the_office_share_the_database(office: services.Office) -> None:
    Department.objects.create(
        code="shared", name="공유과", kind=DepartmentKind.DIVISION, valid_from=date(2020, 1, 1)
    )
    code = "from organization.models import Department as D; print(D.objects.get().code)"
    assert office.manage("shell", "--no-imports", "-c", code).stdout.strip() == "shared"


@pytest.mark.slow
def test_worker_takes_messages_and_dies_at_once(broker: str, office: services.Office) -> None:
    from config.celery import app

    worker = office.worker()
    app.send_task("core.tasks.sweep_jobs")
    worker.wait_for(lambda: "core.tasks.sweep_jobs" in worker.output and "succeeded" in worker.output, broker)
    worker.kill()
    assert not worker.running


@pytest.mark.browser
def test_browser_shows_korean(page: Any) -> None:
    page.goto("/")
    assert page.evaluate("document.documentElement.lang") == "ko"
    assert page.evaluate("navigator.language") == "ko-KR"


def test_other_machines_are_out_of_reach() -> None:
    with socket.socket() as probe, pytest.raises(AssertionError, match="only this machine"):
        probe.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="only this machine"):
        socket.getaddrinfo("elsewhere.example", 80)


def test_an_unknown_template_variable_fails(settings: Any, tmp_path: Any) -> None:
    engine = engines["django"].engine
    template = engine.from_string("{{ nobody_knows }}{% if nobody_knows %}x{% endif %}")
    template.nodelist[0].origin.name = str(settings.BASE_DIR / "templates" / "page.html")
    from django.template import Context

    with pytest.raises(AssertionError, match="nobody_knows"):
        template.render(Context())


@pytest.mark.django_db
def test_an_unordered_page_fails() -> None:
    with pytest.raises(Warning, match="unordered"):
        Paginator(Department.objects.order_by(), 10).page(1)


def test_compose_file_asks_only_for_what_the_example_names() -> None:
    text = (services.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    parts = yaml.safe_load(text)["services"]
    assert {"web", "worker", "beat", "migrate", "postgres", "redis", "proxy", "backup", "nightly"} == set(
        parts
    )
    example = (services.ROOT / ".env.example").read_text(encoding="utf-8")
    for name in re.findall(r"\$\{(\w+)", text):
        assert re.search(rf"^{name}=", example, re.MULTILINE), name
    for part in parts.values():
        for script in re.findall(r"(?:scripts|deploy)/[\w.]+", str(part)):
            assert (services.ROOT / script).exists(), script
