"""Where apps plug in what a lower app must know of them. What an app plugs in stands in its `process.py`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Socket(Generic[T]):
    """Items in the order in which they were plugged in. `key` gives what an item is found by (`in`, `get`, `[]`)."""

    def __init__(self, name: str, key: Callable[[T], Any] = id) -> None:
        self.name, self._key = name, key
        self._items: dict[Any, T] = {}

    def plug(self, *items: T) -> None:
        """ValueError if another item has the key already."""
        for item in items:
            key = self._key(item)
            if self._items.setdefault(key, item) is not item:
                raise ValueError(f"{self.name}: {key} is there already")

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._items.values()))

    def __contains__(self, key: Any) -> bool:
        return key in self._items

    def __getitem__(self, key: Any) -> T:
        return self._items[key]

    def get(self, key: Any) -> T | None:
        return self._items.get(key)

    def keys(self) -> list[Any]:
        return list(self._items)

    @contextmanager
    def only(self, *items: T) -> Iterator[None]:
        """Inside, these are plugged in and nothing else (for tests)."""
        before, self._items = self._items, {}
        try:
            self.plug(*items)
            yield
        finally:
            self._items = before

    def __repr__(self) -> str:
        return f"<Socket {self.name}: {len(self._items)}>"
