"""What a collection holds: articles by month or outlet, each open to its text and to what was kept out of it."""

from __future__ import annotations

from typing import ClassVar

from analystkit.views.panels import PANELS, Panel
from analystkit.widgets.explorer import Explorer


class CollectionExplorer(Explorer):
    """Look at how many articles there are, and at the articles themselves. Parameters: see `Explorer`."""

    panel: ClassVar[Panel] = PANELS["coverage"]
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Only articles naming",
        "topics": "Only articles about",
    }
