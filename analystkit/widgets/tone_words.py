"""Which words made the score of some sentences, each with buttons that give it another value in this project."""

from __future__ import annotations

import string
from collections.abc import Callable
from html import escape
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.annotate.tone import tone_words_of, vader_data
from analystkit.annotate.tone.lexicons import ToneLexicon
from analystkit.collection import Collection, counted
from analystkit.errors import AnalystkitError
from analystkit.plot.style import signed
from analystkit.widgets.markup import alert
from analystkit.widgets.state import ExplorerState

PAGE: Final = 8  # words at a time
#: Of more sentences the words are those of the first.
MOST: Final = 400
_STEP: Final = 1.0  # on VADER's scale: about what "very" adds, three times over
_END: Final = 4.0

_LOOK: Final = """<style>
.ak-words { padding-top: 12px; overflow: visible; }
.ak-words .ak-word-line { align-items: center; gap: 4px 6px; padding: 3px 0; overflow: visible; flex-shrink: 0;
  border-top: 1px solid var(--jp-border-color2, #d0d0d0); }
.ak-words .ak-word-line > .widget-button { flex: none; width: auto; margin: 0; padding: 0 10px; height: 26px;
  line-height: 26px; }
.ak-words .ak-word-line > .widget-html { flex: 1 1 260px; width: auto; min-width: 0; padding-left: 8px; }
.ak-words > .widget-button { margin: 6px 0; align-self: flex-start; }
</style>"""

OnDecide = Callable[[Collection], None]


class ToneWordsPane(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The words that made the score, those that weigh most first, and what each counts for.

    Parameters
    ----------
    on_decide
        Given the collection with a word's new value.

    Attributes
    ----------
    table
        One row per word: `word`, `n` (times), `weight` (what it put into the scores, all together), `value` (its own).
    """

    def __init__(self, on_decide: OnDecide) -> None:
        self._on_decide = on_decide
        self._state: ExplorerState | None = None
        self._page = 0
        self._told_of: tuple[str, ...] = ()
        self.table = pd.DataFrame(columns=["word", "n", "weight", "value"])
        self.heading = widgets.HTML()
        self.blocks = [widgets.HTML() for _ in range(PAGE)]
        self.buttons = [
            [
                widgets.Button(description=words)
                for words in ("More negative", "Neutral here", "More positive")
            ]
            for _ in range(PAGE)
        ]
        self._rows = []
        for place, (block, row) in enumerate(zip(self.blocks, self.buttons, strict=True)):
            for step, one in zip((-_STEP, None, _STEP), row, strict=True):
                one.on_click(lambda _, place=place, step=step: self._press(place, step))
            line = widgets.HBox([*row, block], layout=widgets.Layout(flex_flow="row wrap"))
            line.add_class("ak-word-line")
            self._rows.append(line)
        auto = {"layout": widgets.Layout(width="auto")}
        self.earlier = widgets.Button(description="◀ Weightier words", **auto)
        self.later = widgets.Button(description="Lighter words ▶", **auto)
        self.earlier.on_click(lambda _: self._turn(-1))
        self.later.on_click(lambda _: self._turn(1))
        self._pager = widgets.HBox([self.earlier, self.later])
        self._pager.add_class("ak-pager")
        self.undo = widgets.Button(description="Undo the last value", **auto)
        self.undo.on_click(lambda _: self.take_back())
        self.status = widgets.HTML()
        look = widgets.HTML(_LOOK, layout=widgets.Layout(display="none"))
        super().__init__([look, self.heading, *self._rows, self._pager, self.undo, self.status])
        self.add_class("ak-words")

    def bind(self, state: ExplorerState) -> None:
        """Decide on words in the collection of a state."""
        self._state = state

    def show(self, sentences: pd.DataFrame, lexicon: ToneLexicon) -> None:
        """Show the words of some sentences (`text`); none when there are none."""
        self.undo.layout.display = "" if lexicon.decisions else "none"
        if lexicon.decisions:
            self.undo.tooltip = f"Undo: {lexicon.decisions[-1].word}"
        texts = sentences["text"].tolist()[:MOST] if len(sentences) else []
        if (first := tuple(texts[:3])) != self._told_of:
            self._told_of, self._page = first, 0
        self.table = weighed(texts, lexicon)
        told = f"<h4>Which words made the score</h4><p class='ak-about'>{self._about(len(sentences))}</p>"
        self.heading.value = f'<div class="ak">{told}</div>'
        self._fill()

    def set_tone(self, word: str, value: float) -> None:
        """Give a word a value in this project, count with it, and write it down."""
        self._become(
            lambda collection: collection.set_tone(word, value), f"{word} counts {_told(value)} now."
        )

    def take_back(self) -> None:
        """Take the last value back."""
        self._become(lambda collection: collection.undo_tone(), "The last value is taken back.")

    def _about(self, n: int) -> str:
        if not n:
            return "Choose a number to see the words of its sentences."
        first = f"the first {MOST:,} of " if n > MOST else ""
        told = f"Of {first}{counted(n, 'sentence')}: the words with a tone, after negation and boosters, by VADER"
        return f"{told} with the values of this project. Another value goes into the project's lexicon, for all articles."

    def _become(self, change: Callable[[Collection], Collection], done: str) -> None:
        assert self._state is not None
        try:
            decided = change(self._state.collection)
        except AnalystkitError as fault:
            self.status.value = alert(str(fault))
            return
        self._on_decide(decided)
        if not decided.lexicon.path:
            self._say(f"{done} Counted here; to keep it, call explorer.collection.save_lexicon(...).")
            return
        try:
            path = decided.save_lexicon()
        except (AnalystkitError, OSError) as fault:
            self.status.value = alert(f"{done} Counted here, but not written down: {fault}")
        else:
            self._say(f"{done} Written to {path.name}: load again to count with it in other cells.")

    def _say(self, words: str) -> None:
        self.status.value = f'<div class="ak"><span role="status">{escape(words)}</span></div>'

    def _press(self, place: int, step: float | None) -> None:
        row = self._shown()[place]
        value = 0.0 if step is None else max(-_END, min(_END, row["value"] + step))
        self.set_tone(row["word"], value)

    def _turn(self, step: int) -> None:
        self._page += step
        self._fill()

    def _shown(self) -> list[dict[str, Any]]:
        part = self.table.iloc[self._page * PAGE : (self._page + 1) * PAGE]
        return [{str(name): value for name, value in row.items()} for row in part.to_dict("records")]

    def _fill(self) -> None:
        self._page = max(0, min(self._page, (len(self.table) - 1) // PAGE))
        shown = self._shown()
        for place, (line, block, row) in enumerate(zip(self._rows, self.blocks, self.buttons, strict=True)):
            line.layout.display = "" if place < len(shown) else "none"
            if place < len(shown):
                word = shown[place]
                block.value = (
                    f'<div class="ak"><strong>{escape(word["word"])}</strong> <span class="ak-about">{word["n"]:,}×,'
                    f" counts {_told(word['value'])}; put {signed(word['weight'], 1)} into the scores</span></div>"
                )
                # Read out behind the button's own word, so that it says of which word.
                for one in row:
                    one.tooltip = f"{one.description}: {word['word']}"
                row[0].disabled, row[2].disabled = word["value"] <= -_END, word["value"] >= _END
                row[1].disabled = word["value"] == 0
        self._pager.layout.display = "" if len(self.table) > PAGE else "none"
        self.earlier.disabled = not self._page
        self.later.disabled = (self._page + 1) * PAGE >= len(self.table)


def weighed(texts: list[str], lexicon: ToneLexicon) -> pd.DataFrame:
    """Return the words that made the scores of texts, those that weigh most first; words set to 0 come last.

    >>> weighed(["Not good.", "A good war."], ToneLexicon())[["word", "n", "value"]].values.tolist()
    [['war', 1, -2.9], ['good', 2, 1.9]]
    """
    valence = lexicon.valence
    found = [
        (surface.lower(), weight)
        for words in tone_words_of(texts, lexicon=valence)
        for _, _, surface, weight in words
    ]
    rows = pd.DataFrame(found, columns=["word", "weight"])
    table = rows.groupby("word")["weight"].agg(n="size", weight="sum").reset_index()
    table["value"] = table["word"].map(valence or vader_data().valence).astype("float64")
    # What is no single word, an emoji, cannot be given a value.
    table = table[table["value"].notna()]
    table = table.sort_values("weight", key=lambda weight: -weight.abs(), kind="stable")
    # A word without a tone makes no score; it stays in sight, so that it can be given one back.
    silent = [word for word, value in lexicon.words.items() if value == 0]
    here = [
        {"word": word, "n": n, "weight": 0.0, "value": 0.0}
        for word in silent
        if (n := sum(word in map(_bare, text.lower().split()) for text in texts))
    ]
    frames = [table, pd.DataFrame(here)] if here else [table]
    columns = ["word", "n", "weight", "value"]
    return pd.concat(frames, ignore_index=True)[columns]


def _bare(token: str) -> str:
    return token.strip(string.punctuation)


def _told(value: float) -> str:
    return "nothing" if value == 0 else signed(value, 1)
