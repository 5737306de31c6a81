"""The text of a PDF, read in a process of its own: its language can keep a reader busy, or fill its memory, for ever.

`python -m basis.reading.pdf CHARACTERS SECONDS` reads a PDF from its input and writes its text; it knows neither Django
nor any setting.
"""

import enum
import io
import logging
import subprocess
import sys
from pathlib import Path
from typing import IO

MEMORY = 1 << 30
_ROOT = Path(__file__).resolve().parents[2]


class Outcome(enum.IntEnum):
    """How the process ends."""

    READ = 0
    BROKEN = 3
    LOCKED = 4
    SLOW = 5


def read(file: IO[bytes], characters: int, seconds: int) -> tuple[Outcome, str]:
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603  our own program; the file is only its input
            [sys.executable, "-m", "basis.reading.pdf", str(characters), str(seconds)],
            cwd=_ROOT,
            input=file.read(),
            capture_output=True,
            timeout=2 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome.SLOW, ""
    if done.returncode < 0:  # ended by the system: its processor time is over
        return Outcome.SLOW, ""
    if done.returncode not in list(Outcome):
        return Outcome.BROKEN, ""
    return Outcome(done.returncode), done.stdout.decode("utf-8", errors="replace")


def _bound(seconds: int) -> None:
    """Of this process, where the system has such bounds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(data: bytes, characters: int) -> tuple[Outcome, str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    pieces, left = [], characters
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):  # many have a password for changing alone
            return Outcome.LOCKED, ""
        for page in reader.pages:
            pieces.append(page.extract_text()[:left] + "\n")
            left -= len(pieces[-1])
            if left <= 0:
                break
    except DependencyError:  # locked in a way that needs another library
        return Outcome.LOCKED, ""
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        MemoryError,
        RecursionError,
    ):
        return (
            (Outcome.READ, "".join(pieces)) if pieces else (Outcome.BROKEN, "")
        )  # what came before is text too
    return Outcome.READ, "".join(pieces)


def main() -> None:
    characters, seconds = map(int, sys.argv[1:])
    _bound(seconds)
    logging.disable()
    outcome, text = _read(sys.stdin.buffer.read(), characters)
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    sys.stdout.flush()
    raise SystemExit(outcome)


if __name__ == "__main__":
    main()
