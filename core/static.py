"""Where the static files are: said once, not joined together anew a dozen times a page."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The manifest is read at the start and does not change under a running server."""
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]
