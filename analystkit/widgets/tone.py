"""In what tone the sentences are written that name an actor."""

from __future__ import annotations

from typing import ClassVar

from analystkit.collection import Collection
from analystkit.measure import Answer, actor_frequency, tone
from analystkit.widgets.explorer import N_ITEMS, Explorer


class ToneExplorer(Explorer):
    """Look at the tone of the sentences that name an actor. Parameters: see `Explorer`."""

    name = "tone"
    shows = "actors"
    first_by = "whole"
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Actors to show",
        "topics": "Only articles about",
    }
    limits = (
        "The tone of a sentence is that of its words (VADER, -1 to 1): a sentence about a war is negative, whoever is"
        " named in it, and quoted speech counts as well as the outlet's own. It is not tone towards the actor. Where the"
        " interval holds zero the sign is not settled. Not validated on this collection."
    )

    def ask(self, collection: Collection, by: str | None) -> Answer:
        """Return the tone of the sentences that name the chosen actors, or those named most."""
        named = set(collection.mentions["actor"])
        chosen = [name for name in self.state.actors if name in named]
        if not self.state.actors:
            most = actor_frequency(collection, count=self.state.count, most=N_ITEMS)
            chosen = most.table["actor"].tolist()
        return tone(collection, towards=chosen, by=by, count=self.state.count)

    def _told(self, answer: Answer) -> str:
        named = set(answer.collection.mentions["actor"])
        absent = [name for name in self.state.actors if name not in named]
        also = f" Not named in these articles: {', '.join(absent)}." if absent else ""
        return super()._told(answer) + also
