"""Messages as files: none is read before it is whole, and a damaged one stops nobody."""

import pathlib
from collections.abc import Iterator
from queue import Empty

import pytest
from kombu import Connection

from config.celery import app


@pytest.fixture
def connection(tmp_path: pathlib.Path) -> Iterator[Connection]:
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://localhost", transport_options=options) as opened:
        yield opened


def test_the_application_uses_it() -> None:
    from core.broker import Transport

    assert isinstance(app.connection("filesystem://localhost").transport, Transport)


def test_r2_a_message_is_not_read_before_it_is_whole(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kombu's own is: an eager reader took about 2 in 100 messages while their file was still empty."""
    sender, reader = connection.clone().channel(), connection.channel()
    looked = []
    plain = pathlib.Path.write_text

    def in_halves(path: pathlib.Path, text: str) -> int:
        plain(path, text[: len(text) // 2])
        with pytest.raises(Empty):
            reader._get("q")
        assert path.exists(), "left where it is"
        looked.append(path)
        return plain(path, text)

    monkeypatch.setattr(pathlib.Path, "write_text", in_halves)
    sender._put("q", {"n": 1})
    assert looked
    assert reader._get("q") == {"n": 1}


def test_messages_come_in_their_order(connection: Connection) -> None:
    channel = connection.channel()
    for number in range(20):
        channel._put("q", {"n": number})
    assert [channel._get("q")["n"] for _message in range(20)] == [*range(20)]


def test_r2_a_damaged_message_is_left_out(connection: Connection, tmp_path: pathlib.Path) -> None:
    """As a killed writer of an older version left them; one like it ended the worker."""
    channel = connection.channel()
    damaged = tmp_path / "queue" / "0_damaged.q.msg"
    damaged.touch()
    channel._put("q", {"n": 1})
    assert channel._get("q") == {"n": 1}
    with pytest.raises(Empty):
        channel._get("q")
    assert not damaged.exists()
