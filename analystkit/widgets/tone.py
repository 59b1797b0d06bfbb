"""In what tone the sentences are written that name an actor."""

from __future__ import annotations

from typing import ClassVar

from analystkit.measure import Answer
from analystkit.measure.names import named_actors
from analystkit.views.panels import PANELS, Panel
from analystkit.widgets.explorer import Explorer


class ToneExplorer(Explorer):
    """Look at the tone of the sentences that name an actor. Parameters: see `Explorer`."""

    panel: ClassVar[Panel] = PANELS["tone"]
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Actors to show",
        "topics": "Only articles about",
    }

    def _told(self, answer: Answer) -> str:
        named = named_actors(answer.collection, self.state.actors)
        absent = [name for name in self.state.actors if name not in named]
        also = f" Not named in these articles: {', '.join(absent)}." if absent else ""
        return super()._told(answer) + also
