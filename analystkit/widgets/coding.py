"""A sample coded by hand: one sentence at a time, by keys, without seeing what the model says of it."""

from __future__ import annotations

import functools
import math
from html import escape
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.collection import counted
from analystkit.errors import ArgumentError
from analystkit.measure.validation import (
    CODE_COLUMNS,
    LABELS,
    NEEDED,
    UNCLEAR,
    Codes,
    Validation,
    read_codes,
    read_sample,
    validate,
    write_codes,
)
from analystkit.plot.style import percent_to, signed
from analystkit.widgets.deciding import FRAME, button, guarded
from analystkit.widgets.keys import KEEP_KEYS, PRESS_KEYS
from analystkit.widgets.markup import STYLE, marked, table_html

_LOOK: Final = """<style>
.ak-coding .ak-unit-text { font-size: 17px; line-height: 1.6; max-width: 44em; min-height: 5.2em; padding: 14px 18px;
  margin: 4px 0; border: 1px solid var(--ak-line); border-radius: 4px; background: var(--ak-paper); }
.ak-coding progress { width: 100%; max-width: 40em; height: 8px; display: block; margin: 2px 0 8px; }
.ak-coding .ak-decide { padding-left: 3px; }
.ak-coding .ak-code .widget-button { height: 38px; line-height: 38px; padding: 0 18px; font-size: 14px; }
.ak-coding .ak-code .ak-given { font-weight: 700; outline-offset: 1px;
  outline: 2px solid var(--jp-content-link-color, #005a94); }
.ak-coding .widget-text { width: 100%; max-width: 44em; margin: 2px 0; }
.ak-coding .widget-text .widget-label { width: 90px; text-align: left; }
</style>"""
#: Second keys of the codes: what a hand on the letters presses.
_LETTERS: Final = {"negative": "n", "neutral": "u", "positive": "p"}


class CodingEditor(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Code a sample by hand, blind: one sentence at a time, with keys, written down after each.

    Keys, while the editor has the focus: 1 or n negative, 2 or u neutral, 3 or p positive, x unclear, s skip, arrow left
    back, r results. A coder goes on where they stopped; skipped sentences come again at the end. What the model says is
    not shown before a coder has coded all, or 100.

    Parameters
    ----------
    sample
        What `validation_sample` drew, or the CSV file it was written to.
    path
        The CSV file to keep the codes in, for `validate`. Codes of others in it stay.
    coder
        Who codes; "" asks for the name first. The coder "agreed" settles what others disagree on.

    Raises
    ------
    ArgumentError
        The sample is empty, or the file holds what are no codes.

    Attributes
    ----------
    codes
        All codes, of all coders: `unit`, `coder`, `code`, `note`.
    validation
        What the codes say of the model so far, or None.
    """

    def __init__(self, sample: Codes, path: str | Path = "codes.csv", *, coder: str = "") -> None:
        self._sample = read_sample(sample)
        if not len(self._sample):
            raise ArgumentError("`sample` is empty; draw one with `validation_sample`.")
        self._units = [
            {str(name): value for name, value in row.items()} for row in self._sample.to_dict("records")
        ]
        self.path = str(path)
        self.codes = self._read()
        self.validation: Validation | None = None
        self.coder = ""
        self._place = 0
        self._shown_before: list[int] = []

        self.status = widgets.HTML()
        self.fault = widgets.HTML()
        self.name = widgets.Text(
            description="Your name",
            placeholder="as it shall stand beside your codes",
            continuous_update=False,
        )
        self.begin = widgets.Button(description="Begin", layout=widgets.Layout(width="auto"))
        self.unit = widgets.HTML()
        self.note = widgets.Text(description="Note", placeholder="why, if you like", continuous_update=False)
        self.results = widgets.HTML()
        tooltips = {name: f"The tone is {name}" for name in LABELS}
        self.buttons = {
            name: button(name.capitalize(), str(place), tooltips[name])
            for place, name in enumerate(LABELS, 1)
        }
        for name, letter in _LETTERS.items():
            self.buttons[name].add_class(f"ak-key-{letter}")
        self.buttons[UNCLEAR] = button("Unclear", "x", "It cannot be told; it counts for nothing")
        self.buttons["back"] = button("Back", "←", "The sentence before")
        self.buttons["back"].add_class("ak-key-left")
        self.buttons["skip"] = button("Skip", "s", "It comes again at the end")
        self.buttons["results"] = button("Results", "r", "How right the model is, how far coders agree")
        for name in (*LABELS, UNCLEAR):
            self.buttons[name].on_click(guarded(self.fault, functools.partial(self.code, name)))
        self.buttons["back"].on_click(guarded(self.fault, self.back))
        self.buttons["skip"].on_click(guarded(self.fault, self.skip))
        self.buttons["results"].on_click(guarded(self.fault, self.show_results))
        self.begin.on_click(guarded(self.fault, lambda: self.start(self.name.value)))
        self.name.observe(lambda change: self._named(change["new"]), "value")
        self.note.observe(lambda change: self._noted(), "value")

        self._ask = widgets.HBox([self.name, self.begin], layout=widgets.Layout(flex_flow="row wrap"))
        decide = [
            widgets.HBox([self.buttons[name] for name in names], layout=widgets.Layout(flex_flow="row wrap"))
            for names in ((*LABELS, UNCLEAR), ("back", "skip", "results"))
        ]
        for line in decide:
            line.add_class("ak-decide")
        decide[0].add_class("ak-code")
        self._work = widgets.VBox([self.unit, *decide, self.note, self.results])
        style = STYLE + FRAME + _LOOK + KEEP_KEYS + PRESS_KEYS
        super().__init__(
            [
                widgets.HTML(style, layout=widgets.Layout(display="none")),
                self.status,
                self.fault,
                self._ask,
                self._work,
            ]
        )
        self.add_class("ak-ledger")
        self.add_class("ak-coding")
        if coder:
            self.start(coder)
        else:
            self._show()

    @property
    def n_coded(self) -> int:
        """How many units of the sample this coder has coded."""
        return len(self._own())

    @property
    def done(self) -> bool:
        """Whether this coder may see what the model says: all is coded, or as many as a validation needs."""
        return bool(self.coder) and self.n_coded >= min(len(self._units), NEEDED)

    def start(self, coder: str) -> None:
        """Go on as this coder, with the first sentence that they have not coded.

        Raises
        ------
        ArgumentError
            The name is empty.
        """
        name = " ".join(coder.split())
        if not name:
            raise ArgumentError(
                "`coder` is empty; type a name, so that your codes are told from those of others."
            )
        self.coder = name
        self._shown_before = []
        self._place = self._next(-1)
        self._show()
        # The keys of the codes are heard from now on.
        self.buttons["neutral"].focus()

    def code(self, code: str) -> None:
        """Give the sentence that is shown a code, write it down, and go on.

        Raises
        ------
        ArgumentError
            No such code.
        """
        if code not in (*LABELS, UNCLEAR):
            raise ArgumentError(f"`code` is {code!r}; allowed: {', '.join((*LABELS, UNCLEAR))}.")
        self._keep(code)
        self._shown_before.append(self._place)
        self._place = self._next(self._place)
        self._show()

    def skip(self) -> None:
        """Go on without a code."""
        self._shown_before.append(self._place)
        self._place = self._next(self._place)
        self._show()

    def back(self) -> None:
        """Show the sentence before; a new code takes the place of its old one."""
        if not self._shown_before:
            raise ArgumentError("There is no sentence before this one.")
        self._place = self._shown_before.pop()
        self._show()

    def show_results(self) -> None:
        """Show how right the model is by these codes, and how far coders agree.

        Raises
        ------
        ArgumentError
            Too little is coded: it would no longer be blind.
        """
        if not self.done:
            needed = min(len(self._units), NEEDED)
            raise ArgumentError(
                f"Results are shown from {needed} codes on, so that coding stays blind; {self.n_coded} given."
            )
        self.codes = self._read()
        self.validation = validate(self._sample, self.codes)
        self.results.value = f'<div class="ak">{validation_html(self.validation)}</div>'

    def _read(self) -> pd.DataFrame:
        if not Path(self.path).is_file():
            return pd.DataFrame(columns=[*CODE_COLUMNS, "note"], dtype="str")
        codes = read_codes(self.path)
        return codes if "note" in codes else codes.assign(note="")

    def _own(self) -> pd.DataFrame:
        units = {unit["unit"] for unit in self._units}
        return self.codes[(self.codes["coder"] == self.coder) & self.codes["unit"].isin(units)]

    def _code_of(self, place: int) -> tuple[str, str]:
        """Return code and note that this coder gave a unit; "" for none."""
        own = self._own()
        found = own[own["unit"] == self._units[place]["unit"]]
        return (str(found["code"].iloc[0]), str(found["note"].iloc[0])) if len(found) else ("", "")

    def _next(self, place: int) -> int:
        """Return the next unit without a code, from the start again behind the last; the next one if all have one."""
        coded = set(self._own()["unit"])
        n = len(self._units)
        around = [(place + step) % n for step in range(1, n + 1)]
        return next((i for i in around if self._units[i]["unit"] not in coded), around[0])

    def _keep(self, code: str) -> None:
        # Read again first: others may keep their codes in the same file.
        self.codes = self._read()
        unit = self._units[self._place]["unit"]
        others = self.codes[(self.codes["unit"] != unit) | (self.codes["coder"] != self.coder)]
        row = {"unit": unit, "coder": self.coder, "code": code, "note": " ".join(self.note.value.split())}
        self.codes = pd.concat([others, pd.DataFrame([row], dtype="str")], ignore_index=True)
        write_codes(self.codes, self.path)

    def _named(self, name: str) -> None:
        if name.strip() and not self.coder:
            self.start(name)

    def _noted(self) -> None:
        """Keep a note that is written to a sentence which has its code."""
        code, note = self._code_of(self._place) if self.coder else ("", "")
        if code and self.note.value != note:
            self._keep(code)

    def _show(self) -> None:
        self._ask.layout.display = "none" if self.coder else ""
        self._work.layout.display = "" if self.coder else "none"
        if not self.coder:
            coders = ", ".join(sorted(set(self.codes["coder"])))
            so_far = f" So far by {coders}." if coders else ""
            self._say(
                f"{counted(len(self._units), 'sentence')} to code, kept in {self.path}.{so_far} Who codes?"
            )
            return
        code, note = self._code_of(self._place)
        unit = self._units[self._place]
        n, total = self.n_coded, len(self._units)
        self._say(
            f"{self.coder}: {n:,} of {total:,} coded, written to {self.path}."
            + (" All are coded: press r for the results." if n == total else ""),
            progress=f'<progress max="{total}" value="{n}" aria-label="Coded"></progress>',
        )
        question = (
            f"How is <strong>{escape(unit['actor'])}</strong> spoken of in this sentence?"
            if unit["actor"]
            else "What is the tone of this sentence?"
        )
        spans = [(unit["target_start"], unit["target_end"])] if unit.get("target_start", -1) >= 0 else []
        told = f' <span class="ak-about">Your code: {escape(code)}.</span>' if code else ""
        self.unit.value = (
            f'<div class="ak"><p>{question}{told}</p><div class="ak-unit-text" role="region" aria-live="polite"'
            f' aria-label="Sentence">{marked(unit["text"], spans)}</div></div>'
        )
        for name in (*LABELS, UNCLEAR):
            (self.buttons[name].add_class if name == code else self.buttons[name].remove_class)("ak-given")
        self.note.value = note
        self.buttons["back"].disabled = not self._shown_before
        self.buttons["results"].disabled = not self.done
        self.results.value = ""

    def _say(self, words: str, progress: str = "") -> None:
        told = f'<span role="status">{escape(words)}</span>{progress}'
        self.status.value = f'<div class="ak ak-status">{told}</div>'


def validation_html(validation: Validation) -> str:
    """Return what codes say of a model, as tables."""
    scores = pd.DataFrame(
        {
            "Label": validation.scores["label"],
            "Precision": _percents(validation.scores, "precision"),
            "Recall": _percents(validation.scores, "recall"),
            "Model says": [percent_to(share) for share in validation.shares["predicted"]],
            "Corrected": [
                "–" if math.isnan(row["corrected"])
                else f"{percent_to(row['corrected'])} ({percent_to(row['low'])} to {percent_to(row['high'])})"
                for row in validation.shares.to_dict("records")
            ],
        }
    )  # fmt: skip
    crossed = validation.confusion.pivot_table("n", index="label", columns="coded", aggfunc="sum")
    crossed = crossed.reindex([*LABELS]).reset_index().rename(columns={"label": "Model says"})
    who = [f"{row['first']} and {row['second']}" for row in validation.agreement.to_dict("records")]
    agreement = pd.DataFrame(
        {
            "Who": [*who, *(f"all coders, {level}" for level in validation.alpha["level"])],
            "Units": [*validation.agreement["n"], *validation.alpha["n"]],
            "Agree": [*map(_share, validation.agreement["share"]), *[""] * len(validation.alpha)],
            "Kappa or alpha": [
                *map(_signed, validation.agreement["kappa"]),
                *map(_signed, validation.alpha["alpha"]),
            ],
        }
    )
    tables = (
        (scores, "How right the model is, and its shares corrected (95 % intervals)"),
        (crossed, "What the model says (rows) and coders say (columns), in units"),
        (agreement, "Agreement: Cohen's kappa of two, Krippendorff's alpha of all coders"),
    )
    return f"<h4>{escape(validation.describe())}</h4>" + "".join(table_html(*table) for table in tables)


def _percents(table: pd.DataFrame, name: str) -> list[str]:
    return [
        "–" if math.isnan(row[name])
        else f"{percent_to(row[name])} ({percent_to(row[f'{name}_low'])} to {percent_to(row[f'{name}_high'])})"
        for row in table.to_dict("records")
    ]  # fmt: skip


def _share(value: Any) -> str:
    return "–" if math.isnan(value) else percent_to(value)


def _signed(value: Any) -> str:
    return "–" if math.isnan(value) else signed(value, 2)
