"""What a collection holds: articles by month or outlet, each open to its text and to what was kept out of it."""

from __future__ import annotations

from typing import ClassVar

from analystkit.collection import Collection
from analystkit.measure import Answer, coverage
from analystkit.widgets.explorer import Explorer


class CollectionExplorer(Explorer):
    """Look at how many articles there are, and at the articles themselves. Parameters: see `Explorer`."""

    name = "coverage"
    first_count = "articles"
    groupings = ("year", "month", "week", "day", "outlet")
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Only articles naming",
        "topics": "Only articles about",
    }
    limits = (
        "These are the articles that someone gathered, not all that were published: a low month may be a gap in the"
        " gathering. Open an article to see what was read and which lines of its page were kept out."
    )

    def ask(self, collection: Collection, by: str | None) -> Answer:
        """Return how many articles there are in each group; by month where a shared state asks for none."""
        return coverage(collection, by=by or "month", count=self.state.count)
