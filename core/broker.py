"""The broker of one machine without Redis: messages are files in a folder.

Kombu's own writes a message into the file a worker may be reading already; what it reads is then empty, and the
worker ends. Here a message gets its name when it is whole, and one that cannot be read is left out: the row in the
database is the truth, and the sweep finds it.
"""

import logging
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

log = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    # kombu's own classes disagree on the second name.
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # see above
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        unfinished = Path(self.data_folder_out) / f".{name}"
        unfinished.write_text(dumps(payload))
        unfinished.rename(unfinished.with_name(name))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                log.warning("a message in %s could not be read and was left out", self.data_folder_in)


class Transport(filesystem.Transport):
    Channel = Channel
