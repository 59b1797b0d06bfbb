"""What a collection holds: articles by month or outlet, each open to its text and to what was kept out of it."""

from __future__ import annotations

from typing import ClassVar, Final

import ipywidgets as widgets

from analystkit.collection import Collection
from analystkit.measure import Answer
from analystkit.views.panels import PANELS, Panel
from analystkit.widgets.explorer import Explorer
from analystkit.widgets.row_table import RowTable
from analystkit.widgets.state import ExplorerState

_COLUMNS: Final = {"published": "Published", "outlet": "Outlet", "title": "Title", "n_words": "Words"}


class CollectionExplorer(Explorer):
    """Look at how many articles there are, and at the articles themselves. Parameters: see `Explorer`.

    Attributes
    ----------
    articles
        The articles chosen, as a table in which each opens.
    """

    panel: ClassVar[Panel] = PANELS["coverage"]
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Only articles naming",
        "topics": "Only articles about",
    }

    def __init__(
        self, collection: Collection, *, state: ExplorerState | None = None, **choices: object
    ) -> None:
        self.articles = RowTable(self._open_article, label="Articles chosen", unit="articles")
        self.articles.sort = "published"
        super().__init__(collection, state=state, **choices)
        head = widgets.HTML('<div class="ak"><h4>The articles</h4></div>')
        self._list = widgets.VBox([head, self.articles], layout=widgets.Layout(padding="10px 0 0"))
        self._list.add_class("ak-articles")
        parts = list(self.children)
        parts.insert(parts.index(self._columns), self._list)
        self.set_trait("children", parts)

    def _show_answer(self, answer: Answer) -> None:
        super()._show_answer(answer)
        part = answer.collection
        # Without the texts: to repeat those of a hundred thousand articles takes longer than all else.
        self.articles.fill(part.codes.articles[list(_COLUMNS)].iloc[part.rows], _COLUMNS)

    def _open_article(self, place: int) -> None:
        assert self.answer is not None
        part = self.answer.collection
        article = part.codes.articles["article_id"].iloc[part.rows[place]]
        self.evidence.open_article(str(article), self.articles)
