"""What the editors share in which one decides by keys: their look, buttons, and sentences to decide by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.errors import AnalystkitError
from analystkit.widgets.markup import alert, sentences_html

#: How such an editor looks.
FRAME: Final = """<style>
.ak-ledger { max-width: 1100px; padding: 4px 2px; overflow: visible; }
.ak-ledger .widget-html, .ak-ledger .widget-html-content { width: 100%; height: auto; margin: 0; line-height: 1.5;
  overflow-wrap: anywhere; }
.ak-ledger .ak-status { padding: 2px 0 6px; }
.ak-ledger .ak-decide { gap: 8px; padding: 6px 0; overflow: visible; }
.ak-ledger .ak-decide .widget-button { width: auto; margin: 0; padding: 0 12px; }
/* The heading above a list says what it is; its label is for those who hear the page. */
.ak-ledger .widget-select > .widget-label { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.ak-ledger .widget-select { position: relative; width: 100%; height: auto; margin: 0; }
.ak-ledger .widget-select select { width: 100%; font-family: inherit; font-variant-numeric: tabular-nums; height: auto;
  padding: 2px; }
.ak-ledger .ak-lists { display: grid; grid-template-columns: minmax(320px, 1.5fr) minmax(300px, 1fr); gap: 6px 22px;
  overflow: visible; padding: 6px 0; }
.ak-ledger .ak-lists > * { overflow: visible; }
.ak-ledger .ak-form { overflow: visible; padding-top: 4px; }
.ak-ledger .ak-form .widget-inline-hbox { width: 100%; margin: 2px 0; }
.ak-ledger .ak-form .widget-label { width: 84px; text-align: left; }
.ak-ledger .ak-foot ul { margin: .2em 0; padding-left: 1.2em; }
@media (max-width: 700px) { .ak-ledger .ak-lists { grid-template-columns: 1fr; } }
</style>"""

NO_SENTENCE: Final = '<p class="ak-about">No sentence here.</p>'


def button(words: str, key: str, tooltip: str) -> widgets.Button:
    """Return a button that its key presses too."""
    button = widgets.Button(description=f"{words} ({key})", tooltip=f"{tooltip} (key {key})")
    button.add_class(f"ak-key-{key}")
    return button


def head(words: str) -> widgets.HTML:
    """Return the heading of a list."""
    return widgets.HTML(f'<div class="ak"><h4>{escape(words)}</h4></div>')


def guarded(fault: widgets.HTML, do: Callable[[], None]) -> Callable[[object], None]:
    """Return what a button does: the deed, or in words why it cannot be done."""

    def pressed(_: object) -> None:
        fault.value = ""
        try:
            do()
        except AnalystkitError as reason:
            fault.value = alert(str(reason))

    return pressed


def sentence(article: pd.Series, row: Mapping[Any, Any], marks: tuple[tuple[int, int], ...]) -> str:
    """Return a row of `sentences` as HTML, with its words and places marked in it, and where it is from."""
    shown = {
        "article_id": row["article_id"],
        "sentence_id": row["sentence_id"],
        "text": article["body"][row["start"] : row["end"]],
        "marks": marks,
        "title": article["title"],
        "outlet": article["outlet"],
        "published": article["published"],
    }
    return sentences_html(pd.DataFrame([shown]))
