"""What the other apps tell the intake: which of their importers has pages."""

from dataclasses import dataclass

from basis.sockets import Socket


@dataclass(frozen=True)
class ImportPage:
    """The importer `kind` of basis.excel has its pages under `import/<kind>/`: who may take in this kind of file, and
    the list that its pages lead back to."""

    kind: str
    permission: str
    url_name: str


IMPORT_PAGES: Socket[ImportPage] = Socket("import pages", key=lambda page: page.kind)
