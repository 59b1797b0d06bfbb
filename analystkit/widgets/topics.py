"""What is written about: topics over time, across outlets, and in which sentences."""

from __future__ import annotations

from typing import ClassVar

from analystkit.views.panels import PANELS, Panel
from analystkit.widgets.explorer import Explorer


class TopicExplorer(Explorer):
    """Look at how often topics come up. Parameters: see `Explorer`."""

    panel: ClassVar[Panel] = PANELS["topics"]
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "topics": "Topics to show",
        "actors": "Only articles naming",
    }
