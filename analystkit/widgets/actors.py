"""Who is named how often: over time, across outlets, and in which sentences."""

from __future__ import annotations

from typing import ClassVar

from analystkit.collection import Collection
from analystkit.views.choices import VIEWS
from analystkit.views.panels import PANELS, Panel
from analystkit.widgets.explorer import Explorer
from analystkit.widgets.state import ExplorerState


class ActorExplorer(Explorer):
    """Look at how often actors are named, with whom, in which roles, and how that differs. Parameters: see `Explorer`."""

    panel: ClassVar[Panel] = PANELS["actors"]
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Actors to show",
        "topics": "Only articles about",
    }

    def __init__(
        self, collection: Collection, *, state: ExplorerState | None = None, **choices: object
    ) -> None:
        super().__init__(collection, state=state, **choices)
        self.state.observe(self._grouping, "view")
        self._grouping()

    def _grouping(self, _: object = None) -> None:
        """Only how often somebody is named is told in groups."""
        self.controls.inputs["by"].disabled = self.state.view != VIEWS[0]
