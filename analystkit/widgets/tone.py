"""In what tone an actor is written of: towards the actor by a model, of the sentences by word lists, and would it hold."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.collection import Collection
from analystkit.measure import Answer, tone_lists, tone_shares
from analystkit.measure.names import named_actors
from analystkit.plot.style import WIDTH, signed
from analystkit.views.choices import TONES, VOICES
from analystkit.views.panels import PANELS, Panel, by_lists
from analystkit.widgets.controls import bind
from analystkit.widgets.explorer import Explorer
from analystkit.widgets.holding import HoldingPane
from analystkit.widgets.markup import table_html
from analystkit.widgets.picture import Picture
from analystkit.widgets.state import ExplorerState
from analystkit.widgets.tone_words import ToneWordsPane

_TOWARDS, _LISTS, _BOTH = TONES
_HALF: Final = 5.6  # inches: two pictures side by side, their words still legible


class ToneExplorer(Explorer):
    """Look at the tone towards an actor, and at that of the sentences that name one. Parameters: see `Explorer`.

    Attributes
    ----------
    words
        Which words made the score of the sentences shown, with buttons that give them another value.
    holding
        The finding that is open, asked again under other choices.
    """

    panel: ClassVar[Panel] = PANELS["tone"]
    labels: ClassVar[dict[str, str]] = {
        "outlets": "Outlets",
        "actors": "Actors to show",
        "topics": "Only articles about",
    }

    def __init__(
        self, collection: Collection, *, state: ExplorerState | None = None, **choices: object
    ) -> None:
        self.beside = Picture()
        self.beside.width = _HALF
        self.words = ToneWordsPane(self._decide)
        self.holding = HoldingPane()
        super().__init__(collection, state=state, **choices)
        self.words.bind(self.state)
        self.controls.inputs["tone"] = widgets.ToggleButtons(description="Show tone", options=list(TONES))
        self.controls.inputs["voice"] = widgets.ToggleButtons(
            description="Quoted speech", options=[("in", VOICES[0]), ("left out", VOICES[1])]
        )
        for name in ("tone", "voice"):
            bind(self.state, name, self.controls.inputs[name], self._say_fault)
        line = widgets.HBox(
            [self.controls.inputs["tone"], self.controls.inputs["voice"]],
            layout=widgets.Layout(flex_flow="row wrap", align_items="flex-end"),
        )
        line.add_class("ak-line")
        _put_before(self.controls, self.controls.children[-1], line)
        _put_before(self, self.table, self.words, self.holding)

    def _show_answer(self, answer: Answer) -> None:
        both = self.state.tone == _BOTH
        self.picture.width = _HALF if both else WIDTH
        super()._show_answer(answer)
        if self.answer is None or not both:
            return
        by = None if self.state.by == "whole" else self.state.by
        actors = answer.table["actor"].unique().tolist()
        asked = {"towards": actors, "count": self.state.count, "voice": self.state.voice}
        lists = tone_lists(answer.collection, **asked)
        other = lists if by is None else by_lists(answer.collection, by, **asked)
        self.beside.draw(other, self.panel.kind(other, self.state.choices))
        shares = answer if by is None else tone_shares(answer.collection, **asked)
        agreement = table_html(
            side_by_side(shares, lists), "Do the model and the word lists agree, over all?"
        )
        pair = f'<div class="ak-pair">{self.picture.to_html()}{self.beside.to_html()}</div>'
        self.figure.value = f'<div class="ak">{pair}<div class="ak-agreement">{agreement}</div></div>'

    def _show_row(self) -> None:
        super()._show_row()
        of_words = self.answer is not None and self.state.tone != _TOWARDS
        self.words.layout.display = "" if of_words else "none"
        if of_words:
            self.words.show(self.evidence.sentences, self._collection.lexicon)
        self.holding.offer(self.answer, dict(self.state.row))

    def _decide(self, decided: Collection) -> None:
        self.state.collection = decided

    def _told(self, answer: Answer) -> str:
        named = named_actors(answer.collection, self.state.actors)
        absent = [name for name in self.state.actors if name not in named]
        also = f" Not named in these articles: {', '.join(absent)}." if absent else ""
        return super()._told(answer) + also


def _put_before(box: Any, child: Any, *others: Any) -> None:
    place = box.children.index(child)
    box.children = (*box.children[:place], *others, *box.children[place:])


def side_by_side(shares: Answer, lists: Answer) -> pd.DataFrame:
    """Return one row per actor: the tone towards them, what each list says, and whether all agree on a sign."""
    rows = []
    for actor, own in lists.table.groupby("actor", sort=False):
        towards = shares.table[shares.table["actor"] == actor].iloc[0]
        said = {
            str(row["list"]): f"{signed(row['mean'], 2)}, {row['sign']}" for row in own.to_dict("records")
        }
        agreed = own["agreed"].iloc[0]
        net = (
            "–" if pd.isna(towards["net"]) else f"{signed(100 * towards['net'], 0)} points, {towards['sign']}"
        )
        rows.append(
            {
                "Actor": actor,
                "Tone towards": net,
                **said,
                "Whole articles (VADER)": signed(own["whole"].iloc[0], 2),
                "All together": agreed if agreed == towards["sign"] else "not settled",
            }
        )
    return pd.DataFrame(rows)
