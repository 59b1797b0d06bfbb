"""Who is named how often: over time, across outlets, and in which sentences."""

from __future__ import annotations

from typing import ClassVar

from analystkit.collection import Collection
from analystkit.measure import Answer, actor_frequency
from analystkit.widgets.explorer import N_ITEMS, Explorer


class ActorExplorer(Explorer):
    """Look at how often actors are named. Parameters: see `Explorer`."""

    name = "actors"
    shows = "actors"
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Actors to show",
        "topics": "Only articles about",
    }
    limits = (
        "A share says in how many of the stories an actor is named at least once, and the interval how far it could"
        " move had other stories been gathered. Being named is not acting. Pronouns are not followed, two people of one"
        " name may be one line here, and capitals that stand for governments are counted as places."
    )

    def ask(self, collection: Collection, by: str | None) -> Answer:
        """Return how often the chosen actors, or those named most, are named."""
        return actor_frequency(
            collection, by=by, count=self.state.count, actors=self.state.actors or None, most=N_ITEMS
        )
