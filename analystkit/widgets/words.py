"""Fixed views of measures of words for the cells of a notebook: pictures with their tables, lines, sentences."""

from __future__ import annotations

import math
from html import escape
from typing import Final

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analystkit.collection import counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.kwic import Concordance
from analystkit.measure.word_answer import WordAnswer
from analystkit.plot import describe_plot, house_style, plot_bursts, plot_dispersion, plot_keyness, save_png
from analystkit.plot.style import WIDTH
from analystkit.widgets.markup import sentences_html, table_html
from analystkit.widgets.picture import data_uri
from analystkit.widgets.show import View

_PLOTS: Final = {"keyness": plot_keyness, "dispersion": plot_dispersion, "bursts": plot_bursts}
#: What a narrow table has room for.
_COLUMNS: Final = {
    "keyness": [
        "term",
        "n",
        "n_reference",
        "keyness",
        "p_adjusted",
        "log_ratio",
        "low",
        "high",
        "dp_norm",
        "sign",
    ],
    "dispersion": ["term", "n", "range", "n_parts", "juilland_d", "gries_dp_norm", "arf"],
}


def draw_words(answer: WordAnswer | Answer, kind: str, *, n: int = 12) -> tuple[bytes, str]:
    """Return a measure of words as a picture (PNG), and what it shows in words."""
    figure = Figure()
    FigureCanvasAgg(figure)
    with house_style():
        rows = min(len(answer.table), 2 * n if kind == "keyness" else n)
        figure.set_size_inches(WIDTH, 1.9 + 0.3 * rows)
        _PLOTS[kind](answer, n=n, ax=figure.subplots())  # type: ignore[arg-type]
        return save_png(figure, dpi=150), describe_plot(answer, kind)


def show_words(answer: WordAnswer | Answer, kind: str = "", *, rows: int = 15, n: int = 12) -> View:
    """Return a measure of words as a picture, where there is one, with the first rows of its table and its limits.

    Parameters
    ----------
    answer
        What `keyness`, `dispersion`, `bursts`, `word_frequency`, `collocations` and the like returned.
    kind
        "keyness", "dispersion" or "bursts"; by default what fits the answer, and no picture where none does.
    rows
        How many rows of the table to show.
    n
        How many rows the picture has (of key words: on either side).

    Raises
    ------
    ArgumentError
        No such kind, or it does not fit the answer.
    """
    chosen = kind or (answer.measure if answer.measure in _PLOTS else "")
    picture = ""
    words = answer.describe()
    if chosen:
        check_choice("kind", chosen, _PLOTS)
        png, words = draw_words(answer, chosen, n=n)
        picture = f'<figure class="ak-figure"><img alt="{escape(words)}" src="{data_uri(png, "image/png")}"></figure>'
    table = answer.table
    kept = [name for name in _COLUMNS.get(answer.measure, list(table)) if name in table]
    shown = _rounded(table[kept])
    limits = f"<p>{escape(answer.limits)}</p>" if isinstance(answer, WordAnswer) else ""
    return View(picture + table_html(shown, answer.title, most=rows) + limits, words)


def show_lines(found: Concordance, *, rows: int = 30) -> View:
    """Return the lines of a concordance, the keywords under each other."""
    lines = []
    for row in found.table.head(rows).to_dict("records"):
        day = row["published"]
        told = f"{row['outlet'] or 'no outlet'}, {'undated' if pd.isna(day) else f'{day:%Y-%m-%d}'}"
        before, after = (" ".join(str(row[side]).split()) for side in ("before", "after"))
        lines.append(
            f'<tr title="{escape(row["title"])}"><td style="text-align:right">{escape(before)}</td>'
            f'<th scope="row" style="white-space:nowrap"><mark>{escape(row["keyword"])}</mark></th>'
            f'<td style="text-align:left">{escape(after)}</td><td>{escape(told)}</td></tr>'
        )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("before", "keyword", "after", "where"))
    table = (
        f'<div class="ak-scroll" tabindex="0" role="region" aria-label="{escape(found.title)}"><table class="ak-table">'
        f"<caption>{escape(found.title)} {escape(found.subtitle)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
    return View(f"{table}<p>{escape(found.limits)}</p>", found.describe())


def show_occurrences(answer: WordAnswer, *, most: int = 5, slice: str | None = None, **keys: str) -> View:
    """Return the sentences behind one number of a measure of words, article by article, the words marked.

    Parameters
    ----------
    answer
        What a measure of words returned.
    most
        How many articles to show.
    slice, **keys
        As in `WordAnswer.evidence`: which number, such as term="sanctions".

    Raises
    ------
    ArgumentError
        No such key, a key is missing, or the table has no such value.
    """
    missing = [key for key in answer.keys if key not in keys]
    if missing:
        raise ArgumentError(f"One number needs {answer.keys}; {missing} is missing.")
    sentences = answer.sentences(slice=slice, **keys)
    parts = [part for _, part in sentences.groupby("article_id", sort=False)]
    title = f"{' '.join(map(str, keys.values()))}: {counted(int(sentences['marks'].map(len).sum()), 'occurrence')}"
    more = f"<p>... and {counted(len(parts) - most, 'more article')}.</p>" if len(parts) > most else ""
    shown = "".join(map(sentences_html, parts[:most]))
    return View(f"<h4>{escape(title)}</h4>{shown}{more}", title)


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers as they are read: three places, or two digits where these would be nothing."""
    out = table.copy()
    for name in out.columns[out.dtypes == "float64"]:
        is_p = name in ("p", "p_adjusted")
        out[name] = ["< 0.001" if is_p and value < 0.001 else _short(value) for value in out[name]]
    return out


def _short(value: float) -> str:
    """Return a number in few digits.

    >>> _short(12.34567), _short(0.00123), _short(2.0), _short(float("nan"))
    ('12.346', '0.0012', '2', '')
    """
    if math.isnan(value):
        return ""
    if 0 < abs(value) < 0.01:
        return f"{value:.2g}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")
