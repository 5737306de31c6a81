"""The one mechanism of lists: filter in the URL, sort, page, Excel of what is on screen, bulk actions.

A list is a `ListView` subclass with a column table. Cells are formatted here, so the template only places them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from basis.formats import told
from core import exports, saved
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Figure
from core.fields import is_nullable, is_total
from core.listed import SHOWN, BulkAction, Head, ListPage, Pages, Row, Show, Sort, Tab
from core.models import AccessLog
from core.numbers import text_of, whole
from core.page import BaseView, Request

PAGE_SIZES = (20, 50, 100)
CHUNK = 2_000  # rows fetched at once for a file
MOST_CHIPS = 50  # of one condition
WINDOW = 4  # page links on each side of the current one


class ListView(BaseView):
    """One list page. Subclasses give columns and `get_queryset(user)` (always `visible_to(user)`)."""

    title: ClassVar[Any] = ""
    unit: ClassVar[Any] = gettext_lazy("건")
    columns: ClassVar[Sequence[Column]] = ()
    filter_class: ClassVar[type[FilterSet] | None] = None
    default_order: ClassVar[tuple[str, ...]] = ("-pk",)
    # Of things that are worked on: the states in which they are, and their order then, the most urgent first. Such a
    # list opens on these; an address with conditions says `show` if it wants no others.
    open_states: ClassVar[Sequence[str]] = ()
    urgent_order: ClassVar[tuple[str, ...]] = ()
    template_name = "components/list_page.html"
    file_name: ClassVar[Any] = ""
    file_action = AccessLog.Action.EXPORT
    bulk_actions: ClassVar[Sequence[BulkAction]] = ()
    bulk_url_name: ClassVar[str] = ""
    empty_message: ClassVar[Any] = gettext_lazy("조건에 맞는 자료가 없습니다.")

    # -- what subclasses say
    def get_queryset(self, user: Any) -> QuerySet:
        raise LookupError(f"{type(self).__name__} gives no queryset")

    def row_url(self, pk: Any) -> str | None:
        return None

    def get_empty_action(self) -> tuple[Any, str] | None:
        return None

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        return self.bulk_actions

    def get_bulk_url(self) -> str:
        return reverse(self.bulk_url_name) if self.bulk_url_name else ""

    def get_tools(self) -> Sequence[Action]:
        """Buttons above the rows for what is done with all that the filter leaves (`self.query()`)."""
        return ()

    def query(self) -> str:
        """The conditions of the address, without page and order."""
        params = self.request.GET.copy()
        for name in ("export", "page", "size", "sort"):
            params.pop(name, None)
        return params.urlencode()

    def get_title(self) -> Any:
        return self.title

    def get_file_name(self) -> Any:
        return self.file_name

    def get_look(self) -> Look | None:
        """The list, and whom somebody looks for in it (`q`)."""
        wanted = text_of(self.request.GET.get("q", ""))
        return Look(f"{self.get_title()}: {wanted}" if wanted else self.get_title())

    def get_filter_class(self) -> type[FilterSet] | None:
        return self.filter_class

    def get_filter_kwargs(self) -> dict[str, Any]:
        """What the page knows that its filter would ask for again."""
        return {}

    def get_columns(self) -> Sequence[Column]:
        return self.columns

    def get_context(self) -> dict[str, Any]:
        return {}

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        """What the rows of the current filter come to, shown above them."""
        return ()

    # -- reading
    def count(self, queryset: QuerySet) -> int:
        """How many rows there are; a page that counts them anyway says so here and is not asked twice."""
        return queryset.order_by().count()

    def narrowed(self, *, but: Sequence[str] = ()) -> bool:
        """Whether the address names any condition of the filter, `but` apart."""
        filter_class = self.get_filter_class()
        names = set(filter_class.base_filters).difference(but) if filter_class else set()
        return any(self.request.GET.get(name) for name in names)

    def filtered(self, user: Any, params: QueryDict) -> tuple[QuerySet, FilterSet | None]:
        queryset = self.get_queryset(user)
        if self.open_states and (show := params.get("show")) in (Show.OPEN, Show.DONE):
            open_ = Q(state__in=self.open_states)
            queryset = queryset.filter(open_ if show == Show.OPEN else ~open_)
        filter_class = self.get_filter_class()
        if filter_class is None:
            return queryset, None
        filterset = filter_class(params, queryset=queryset, request=self.request, **self.get_filter_kwargs())
        return (filterset.qs if filterset.is_valid() else queryset.none()), filterset

    def ordering(self, params: QueryDict) -> tuple[str, list[Any]]:
        """The chosen sort key ("" for the default) and what to order by; always total, by pk in the end."""
        asked = params.get("sort", "")
        by_key = {c.key: c.sort for c in self.get_columns() if c.sort}
        chosen = asked if asked.lstrip("-") in by_key else ""
        usual = self.urgent_order if params.get("show") == Show.OPEN else self.default_order
        paths = by_key[chosen.lstrip("-")] if chosen else usual
        flip = chosen.startswith("-")
        order = [self._by(path.lstrip("-"), path.startswith("-") != flip) for path in paths]
        last_down = paths[-1].startswith("-") != flip
        if is_total(self.model, frozenset(p.lstrip("-") for p in paths)):
            return chosen, order  # one key more would keep the index from giving the order
        return chosen, [*order, "-pk" if last_down else "pk"]

    @cached_property
    def model(self) -> Any:
        return self.get_queryset(self.actor).model

    def _by(self, path: str, down: bool) -> Any:
        if not is_nullable(self.model, path):
            return ("-" if down else "") + path
        return F(path).desc(nulls_last=True) if down else F(path).asc(nulls_last=True)

    def paths(self, columns: Sequence[Column]) -> list[str]:
        return list(dict.fromkeys(["pk", *(p for c in columns for p in c.paths), *self.extra_paths]))

    extra_paths: ClassVar[Sequence[str]] = ()

    def slice(
        self, queryset: QuerySet, order: list[Any], start: int, size: int, count: int, paths: list[str]
    ) -> list:
        """Rows start..start+size. From the far half it reads backwards, so the last page costs what the first does."""
        stop = min(start + size, count)
        if start > count // 2:
            rows = queryset.order_by(*order).reverse().values_list(*paths)[count - stop : count - start]
            return list(rows)[::-1]
        return list(queryset.order_by(*order).values_list(*paths)[start:stop])

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        """Rows with what one more query for all of them gives (names behind generic keys)."""
        return rows

    def build(self) -> ListPage:
        request, params = self.request, self.params
        columns = [c for c in self.get_columns() if c.screen]
        queryset, filterset = self.filtered(self.actor, params)
        count = self.count(queryset)
        size = next((n for n in PAGE_SIZES if str(n) == params.get("size")), PAGE_SIZES[1])
        num_pages = max(1, -(-count // size))
        number = min(max(1, whole(params.get("page", "")) or 1), num_pages)
        chosen, order = self.ordering(params)
        paths = self.paths(columns)
        rows = self.slice(queryset, order, (number - 1) * size, size, count, paths)
        bulk, ordered = self.get_bulk_actions(), chosen or self._key_of(columns, params)
        return ListPage(
            title=self.get_title(),
            unit=self.unit,
            count=count,
            columns=[self._head(c, ordered) for c in columns],
            rows=self.place(self.enrich(rows, paths), paths, columns),
            filter_form=filterset.form if filterset else None,
            chips=self._chips(filterset) if filterset else [],
            reset_url=request.path,
            pages=self._pages(number, num_pages),
            page_sizes=[(n, self._url(size=n, page=None), n == size) for n in PAGE_SIZES],
            excel_url=self._url(export="xlsx", page=None, size=None) if self.get_file_name() else None,
            selectable=bool(bulk),
            bulk_actions=bulk,
            bulk_url=self.get_bulk_url(),
            empty_message=self.empty_message,
            empty_action=self.get_empty_action(),
            saved_filters=saved.links(request) if filterset else None,
            tools=self.get_tools(),
            figures=self.get_figures(queryset),
            tabs=self._tabs(),
            show=params.get("show", "") if self.open_states else "",
            sorts=self._sorts(columns, ordered),
        )

    @cached_property
    def params(self) -> QueryDict:
        """The conditions on screen: of the address, or that only open things are shown."""
        params = self.request.GET.copy()
        if self.open_states and params.get("show") not in tuple(Show):
            params["show"] = Show.ALL if self.narrowed() else Show.OPEN
        return params

    def _tabs(self) -> list[Tab]:
        if not self.open_states:
            return []
        return [
            Tab(label, self._url(show=show, page=None, sort=None), self.params["show"] == show)
            for show, label in SHOWN.items()
        ]

    def _key_of(self, columns: Sequence[Column], params: QueryDict) -> str:
        """The column, as `sort` would name it, that the usual order begins with; "" if none does."""
        by_path = {column.sort[0].lstrip("-"): column for column in columns if column.sort}
        for path in self.urgent_order if params.get("show") == Show.OPEN else self.default_order:
            if column := by_path.get(path.lstrip("-")):
                return column.key if column.sort[0] == path else f"-{column.key}"
        return ""

    def _sorts(self, columns: Sequence[Column], ordered: str) -> list[Sort]:
        found = []
        for column in columns:
            for key, arrow in ((column.key, "↑"), (f"-{column.key}", "↓")) if column.sort else ():
                url = self._url(sort=key, page=None)
                found.append(Sort(f"{column.label} {arrow}", url, key == ordered))
        return found

    def place(self, rows: list, paths: list[str], columns: Sequence[Column]) -> list[Row]:
        index = {p: i for i, p in enumerate(paths)}
        plan = [(c.show, [index[p] for p in c.paths]) for c in columns]
        placed = []
        for values in rows:
            shown = [show(*[values[i] for i in places]) for show, places in plan]
            cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in shown]
            placed.append(Row(values[0], self.row_url(values[0]), cells))
        return placed

    def _head(self, column: Column, chosen: str) -> Head:
        state = "" if chosen.lstrip("-") != column.key else ("desc" if chosen.startswith("-") else "asc")
        url = None
        if column.sort:
            url = self._url(sort=f"-{column.key}" if state == "asc" else column.key, page=None)
        looks = column.primary, column.hide_mobile, column.no_print
        return Head(column.key, column.label, column.align, url, state, *looks)

    def _chips(self, filterset: FilterSet) -> list[tuple[str, str]]:
        chips = []
        for bound in filterset.form.visible_fields():
            given = [value for value in self.request.GET.getlist(bound.html_name) if value]
            if not given:
                continue
            choices = dict(_flat(getattr(bound.field, "choices", ())))
            for value in list(dict.fromkeys(given))[:MOST_CHIPS]:
                text, gone = choices.get(value) or told(value), (bound.html_name, value)
                left = [part for pair, part in self._given if pair != gone and pair[0] != "page"]
                chips.append((f"{bound.label}: {text}", f"{self.request.path}?{'&'.join(left)}"))
        return chips

    def _pages(self, number: int, last: int) -> Pages:
        near = sorted({1, last, *range(max(1, number - WINDOW), min(last, number + WINDOW) + 1)})
        links: list[tuple[int, str, bool] | None] = []
        for before, n in zip([0, *near], near, strict=False):
            if n - before > 1:
                links.append(None)
            links.append((n, self._url(page=n), n == number))
        return Pages(
            number,
            last,
            self._url(page=number - 1) if number > 1 else None,
            self._url(page=number + 1) if number < last else None,
            links,
        )

    @cached_property
    def _given(self) -> list[tuple[tuple[str, str], str]]:
        """The conditions of the address, each also as it is written in one: a page has dozens of links with all."""
        pairs = [(k, v) for k, given in self.params.lists() if k != "export" for v in given]
        return [(pair, urlencode([pair])) for pair in pairs]

    def _url(self, **changes: Any) -> str:
        """This address with conditions changed; None takes one away."""
        parts = [part for (key, _value), part in self._given if key not in changes]
        parts += [urlencode({key: value}) for key, value in changes.items() if value is not None]
        return f"{self.request.path}?{'&'.join(parts)}"

    # -- answering
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.get_file_name() and request.GET.get("export") == "xlsx":
            return self.export()
        context = {"list": self.build(), "view": self, **self.get_context()}
        template = (
            "components/list.html" if request.headers.get("HX-Target") == "list" else self.template_name
        )
        return render(request, template, context)

    def export(self) -> HttpResponseBase:
        params = self.request.GET.copy()
        for name in ("export", "page", "size"):
            params.pop(name, None)
        reason = params.pop("reason", [""])[-1].strip()
        if self.reveals and not reason:
            query = urlencode({"next": f"{self.request.path}?{self.request.GET.urlencode()}"})
            return HttpResponseRedirect(f"{reverse('export_reason')}?{query}")
        return exports.respond(self, params)

    def file_rows(self, user: Any, params: QueryDict) -> Iterator[tuple]:
        """Typed rows of the current filter and order, streamed."""
        columns = [c for c in self.get_columns() if c.file]
        queryset, _filterset = self.filtered(user, params)
        _chosen, order = self.ordering(params)
        paths = self.paths(columns)
        index = {p: i for i, p in enumerate(paths)}
        plan = [(c.excel or _plain, [index[p] for p in c.paths]) for c in columns]
        rows = queryset.order_by(*order).values_list(*paths).iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            for values in self.enrich(chunk, paths):
                yield tuple(make(*(values[i] for i in places)) for make, places in plan)


def _plain(value: Any, *_rest: Any) -> Any:
    return value


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
