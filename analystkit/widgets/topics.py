"""What is written about: topics over time, across outlets, and in which sentences."""

from __future__ import annotations

from typing import ClassVar

from analystkit.collection import Collection
from analystkit.measure import Answer, topic_frequency
from analystkit.widgets.explorer import Explorer


class TopicExplorer(Explorer):
    """Look at how often topics come up. Parameters: see `Explorer`."""

    name = "topics"
    shows = "topics"
    largest_as_lines = False
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "topics": "Topics to show",
        "actors": "Only articles naming",
    }
    limits = (
        "A topic is its list of terms: a story counts when it holds one of them. A term may be used in another sense,"
        " and what the list lacks is not found; read the sentences before you trust a number, and change the list."
    )

    def ask(self, collection: Collection, by: str | None) -> Answer:
        """Return how often the chosen topics, or all, come up."""
        answer = topic_frequency(collection, by=by, count=self.state.count)
        return answer.only(list(self.state.topics)) if self.state.topics else answer
