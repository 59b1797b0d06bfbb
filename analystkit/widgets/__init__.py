"""Explorers and fixed views for notebooks: choices in, pictures, numbers and the sentences behind them out.

Three parts: the state holds the choices, the controls write them, and what is shown is made from state and collection
by the same measures and plots that scripts use.
"""

from __future__ import annotations

from analystkit.errors import MissingExtraError

try:
    import anywidget as _anywidget  # noqa: F401
    import ipywidgets as _ipywidgets  # noqa: F401
except ImportError as fault:  # pragma: no cover
    raise MissingExtraError(
        'The explorers need ipywidgets and anywidget; they come with: pip install "analystkit[lab]".'
    ) from fault

from analystkit.widgets.actors import ActorExplorer
from analystkit.widgets.collection import CollectionExplorer
from analystkit.widgets.explorer import Explorer
from analystkit.widgets.language import LanguageExplorer
from analystkit.widgets.ledger import LedgerEditor
from analystkit.widgets.row_table import RowTable
from analystkit.widgets.saved import open_view, save_view
from analystkit.widgets.show import open_collection, show, show_card, show_sentences, show_table
from analystkit.widgets.state import ExplorerState
from analystkit.widgets.terms import TermEditor
from analystkit.widgets.time_brush import TimeBrush
from analystkit.widgets.tone import ToneExplorer
from analystkit.widgets.topics import TopicExplorer
from analystkit.widgets.words import show_lines, show_occurrences, show_words

__all__ = [
    "ActorExplorer",
    "CollectionExplorer",
    "Explorer",
    "ExplorerState",
    "LanguageExplorer",
    "LedgerEditor",
    "RowTable",
    "TermEditor",
    "TimeBrush",
    "ToneExplorer",
    "TopicExplorer",
    "open_collection",
    "open_view",
    "save_view",
    "show",
    "show_card",
    "show_lines",
    "show_occurrences",
    "show_sentences",
    "show_table",
    "show_words",
]
