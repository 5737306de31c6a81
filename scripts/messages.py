"""The English catalogue, without GNU gettext.

messages.py extract    brings locale/en up to date with the sources; new texts come in untranslated
messages.py check      exit 1 if a text is missing, left over, untranslated or not Korean in the source
messages.py compile    writes the .mo files Django reads
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
SKIPPED = {".git", ".venv", "build", "data", "node_modules", "tests", "scripts", "migrations", "locale"}
KEYWORDS = {
    "_": None, "_now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
# basis.verbs: a step has a text for its button and one for the log.
NAMED = {"button": {"verb": None}, "log": {"verb": None, "done": None}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str, str | None]  # context, msgid, plural


def sources() -> Iterator[tuple[str, str]]:
    """Path and text of every Python file and template; templates as the Python that Django makes of them."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    tops = [top for top in ROOT.iterdir() if top.is_dir() and top.name not in SKIPPED]
    for path in sorted(path for top in tops for path in top.rglob("*")):
        relative = path.relative_to(ROOT)
        is_template = relative.parts[0] == "templates" and path.suffix in {".html", ".txt"}
        if not (is_template or path.suffix == ".py") or SKIPPED.intersection(relative.parts):
            continue
        text = path.read_text(encoding="utf-8")
        if is_template:
            # Only the calls count; without indentation the rest cannot upset the tokenizer.
            text = "\n".join(line.strip() for line in templatize(text, origin=str(relative)).splitlines())
        yield relative.as_posix(), text


def used() -> dict[Key, list[str]]:
    """Every text marked for translation, with the files it stands in."""
    from babel.messages.extract import extract

    found: dict[Key, dict[str, None]] = {}
    for path, text in sources():
        for within, keywords in {None: KEYWORDS, **NAMED}.items():
            for _line, message, _comments, context in extract(
                "python", io.BytesIO(text.encode()), keywords=keywords, options={"encoding": "utf-8"}
            ):
                one, many = message if isinstance(message, tuple) else (message, None)
                if one:
                    found.setdefault((context or within, one, many or None), {})[path] = None
    return {text: list(places) for text, places in found.items()}


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def translated(entry: polib.POEntry) -> bool:
    if entry.fuzzy:
        return False
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def extract_command() -> int:
    texts = used()
    for path in CATALOGUES:
        catalogue = polib.pofile(str(path), wrapwidth=100)
        entries = {key(entry): entry for entry in catalogue if not entry.obsolete}
        catalogue.clear()
        for text in sorted(texts, key=lambda text: (texts[text][0], text[1], text[0] or "")):
            context, one, many = text
            entry = entries.get(text)
            if entry is None:
                entry = polib.POEntry(msgctxt=context, msgid=one, msgid_plural=many or "")
                if many:
                    entry.msgstr_plural = {0: "", 1: ""}
            entry.occurrences = [(place, "") for place in texts[text]]
            flags = {"python-format"} if re.search(r"%\(\w+\)[sd]|%[sd]", one) else set()
            entry.flags = sorted(flags | ({"fuzzy"} if entry.fuzzy else set()))
            catalogue.append(entry)
        catalogue.save(str(path))
        missing = sum(not translated(entry) for entry in catalogue)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} to translate")
    return 0


def problems() -> Iterator[str]:
    texts = used()
    for (_context, one, _many), places in texts.items():
        if not re.search("[가-힣]", one) and re.search("[A-Za-z]{3}", PLACEHOLDER.sub("", one)):
            yield f"{places[0]}: the source language is Korean, not {one!r}"
    for path in CATALOGUES:
        name = path.relative_to(ROOT)
        entries = {key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
        for text, places in texts.items():
            if text not in entries:
                yield f"{name}: missing {text[1]!r} of {places[0]}"
        for text, entry in entries.items():
            if text not in texts:
                yield f"{name}: no longer used {text[1]!r}"
            elif not translated(entry):
                yield f"{name}: not translated {text[1]!r}"
            else:
                known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
                for given in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
                    if not set(PLACEHOLDER.findall(given)) <= known:
                        yield f"{name}: placeholders differ in {text[1]!r}"


def check_command() -> int:
    found = sorted(problems())
    print("\n".join(found) or "messages: complete")
    return bool(found)


def compile_command() -> int:
    for path in CATALOGUES:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


if __name__ == "__main__":
    commands = {"extract": extract_command, "check": check_command, "compile": compile_command}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
