"""Reading awards. `over_limit(gifts)` is for the previews of whoever is about to grant."""

from awards.selectors.lists import of_things, public_notes
from awards.selectors.tax import over_limit

__all__ = ["of_things", "over_limit", "public_notes"]
