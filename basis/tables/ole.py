"""The compound file around an .xls, measured before any library reads it: every count it states is bounded here."""

import struct
from collections.abc import Iterator

from basis.excel.safety import damaged

_END, _MOST = 0xFFFFFFFE, 0xFFFFFFFA  # end of a chain; sectors beyond are marks
_ROOT, _STREAM = 5, 2


class Compound:
    """The streams of a compound file by name. ExcelRefused where it contradicts itself or runs in circles."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read_header()
            self._entries = dict(self._directory())
        except (struct.error, IndexError, ValueError) as error:
            raise damaged() from error

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        kind, start, size = self._entries[name]
        if size > len(self._data):
            raise damaged()
        try:
            if size < self._cutoff and kind == _STREAM:
                return self._chain(start, self._small, self._mini, 6)[:size]
            return self._chain(start, self._fat, self._data[1 << self._shift :], self._shift)[:size]
        except (struct.error, IndexError) as error:
            raise damaged() from error

    def _read_header(self) -> None:
        data = self._data
        self._shift = struct.unpack_from("<H", data, 30)[0]
        if self._shift not in (9, 12):
            raise damaged()
        fats, first, _mark, self._cutoff, small, smalls, more, mores = struct.unpack_from("<II4s5I", data, 44)
        self._sectors = max(0, (len(data) - 1) >> self._shift)
        if max(fats, smalls, mores) > self._sectors or self._cutoff != 4096:
            raise damaged()
        tables = [n for n in struct.unpack_from("<109I", data, 76) if n <= _MOST]
        for _sector in range(mores):
            block = self._sector(more)
            tables += [n for n in struct.unpack(f"<{len(block) // 4}I", block)[:-1] if n <= _MOST]
            more = struct.unpack_from("<I", block, len(block) - 4)[0]
        if len(tables) > self._sectors:
            raise damaged()
        fat = b"".join(self._sector(n) for n in tables)
        self._fat = struct.unpack(f"<{len(fat) // 4}I", fat)
        self._first = first
        whole = self._data[1 << self._shift :]
        table = self._chain(small, self._fat, whole, self._shift) if smalls else b""
        self._small = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        self._mini = b""

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) << self._shift
        block = self._data[begin : begin + (1 << self._shift)]
        if len(block) < 1 << self._shift:
            raise damaged()
        return block

    def _chain(self, start: int, table: tuple[int, ...], whole: bytes, shift: int) -> bytes:
        parts: list[bytes] = []
        for _step in range(len(table) + 1):
            if start == _END or start > _MOST:
                return b"".join(parts)
            parts.append(whole[start << shift : (start + 1) << shift])
            start = table[start]
        raise damaged()  # a circle

    def _directory(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        entries = self._chain(self._first, self._fat, self._data[1 << self._shift :], self._shift)
        for place in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, place + 64)
            start, size = struct.unpack_from("<II", entries, place + 116)
            if kind == _ROOT and size:
                self._mini = self._chain(start, self._fat, self._data[1 << self._shift :], self._shift)
            if kind and 2 <= length <= 64:
                name = entries[place : place + length - 2].decode("utf-16-le", "replace")
                yield name, (kind, start, size)
