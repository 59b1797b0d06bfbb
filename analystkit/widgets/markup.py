"""Tables, sentences and articles as HTML. Every text from outside is escaped here and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from analystkit.clean.zones import NEWER
from analystkit.collection import counted
from analystkit.measure import Answer
from analystkit.measure.answer import UNIT_NAMES
from analystkit.views.readable import cell_text, share_in_words, tone_in_words

Spans = Iterable[tuple[int, int]]

#: More rows than this are left to the CSV: a page of thousands is slow and nobody reads it.
MOST_ROWS: Final = 300

#: Columns of text that hold numbers.
_NUMBERS: Final = (
    "Share", "Mean tone", "95 % interval", "Expected", "NPMI", "G2", "Difference", "its interval",
)  # fmt: skip

#: Colours follow JupyterLab's theme where there is one. Marks keep their own ink, legible on both.
STYLE: Final = """<style>
.ak { --ak-ink: var(--jp-ui-font-color1, #1a1a1a); --ak-soft: var(--jp-ui-font-color2, #595959);
  --ak-line: var(--jp-border-color2, #d0d0d0); --ak-paper: var(--jp-layout-color1, #fff);
  --ak-tint: var(--jp-layout-color2, #f3f3f3); --ak-link: var(--jp-content-link-color, #005a94);
  color: var(--ak-ink); font-size: 13px; line-height: 1.5; }
.ak p { margin: 0 0 .4em; }
.ak h4 { font-size: 14px; margin: 0 0 .2em; font-weight: 600; line-height: 1.35; }
.ak .ak-about { color: var(--ak-soft); }
.ak .ak-figure { margin: 0; }
.ak .ak-figure img { display: block; width: 100%; max-width: 800px; height: auto; border-radius: 4px; }
.ak .ak-scroll { overflow: auto; max-height: 24em; border: 1px solid var(--ak-line); border-radius: 3px; }
.ak table.ak-table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums;
  color: var(--ak-ink); margin: 0; min-width: 60%; }
.ak .ak-table caption { text-align: left; font-weight: 600; padding: .3em .7em; }
.ak .ak-table th, .ak .ak-table td { padding: .25em .7em; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--ak-line); background: var(--ak-paper); white-space: normal; }
.ak .ak-table .ak-n { text-align: right; white-space: nowrap; }
.ak .ak-table thead th { position: sticky; top: 0; font-weight: 600; white-space: nowrap; }
.ak .ak-table tbody th { font-weight: 500; }
.ak mark { background: #ffe08a; color: #1a1a1a; padding: 0 .1em; border-radius: 2px; }
.ak blockquote, .ak .ak-sentence { margin: .2em 0 .2em 0; padding-left: .7em; border-left: 3px solid var(--ak-line);
  color: var(--ak-ink); }
.ak .ak-cards, .ak .ak-pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 14px 22px; }
.ak .ak-cards .ak-table { min-width: 100%; }
.ak .ak-cards .ak-table td { white-space: nowrap; }
.ak .ak-cards caption { white-space: normal; }
.ak .ak-unit { margin-bottom: .7em; }
.ak .ak-tone { color: var(--ak-soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.ak .ak-cite { border: 0; background: none; padding: 0 2px; font: inherit; font-size: 12px; color: var(--ak-link);
  text-decoration: underline; cursor: pointer; white-space: nowrap; }
.ak .ak-alert { border: 1px solid #c62828; border-left-width: 5px; border-radius: 3px; padding: .45em .8em;
  background: var(--ak-paper); }
.ak .ak-empty { border: 1px dashed var(--ak-soft); border-radius: 4px; padding: 1.2em; }
.ak .ak-body { max-width: 46em; }
.ak details > summary { cursor: pointer; }
.ak a { color: var(--ak-link); text-decoration: underline; }
</style>"""


def framed(content: str) -> str:
    """Return HTML that carries its own style, for a cell's output."""
    return f'{STYLE}<div class="ak">{content}</div>'


def alert(message: str) -> str:
    """Return a fault in words, announced by screen readers; nothing for no message."""
    return (
        f'<div class="ak"><div class="ak-alert" role="alert">{escape(message)}</div></div>' if message else ""
    )


def marked(text: str, spans: Spans, *, first: int = 0) -> str:
    """Return text as HTML with some spans marked; spans may overlap, and count from `first`.

    >>> marked("a<b c", [(0, 1), (2, 3)])
    '<mark>a</mark>&lt;<mark>b</mark> c'
    """
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start - first, done), min(end - first, len(text))
        if start < end:
            parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
    return "".join([*parts, escape(text[done:])])


def table_html(frame: pd.DataFrame, caption: str = "", *, most: int = MOST_ROWS) -> str:
    """Return a frame as a table whose heads are marked as such; its first column names the rows."""
    numeric = [is_numeric(frame.iloc[:, i], str(name)) for i, name in enumerate(frame.columns)]
    heads = "".join(
        f'<th scope="col"{_right(n)}>{escape(str(name))}</th>'
        for name, n in zip(frame.columns, numeric, strict=True)
    )
    rows = []
    for cells in frame.head(most).itertuples(index=False, name=None):
        told = [escape(cell_text(cell)) for cell in cells]
        others = "".join(f"<td{_right(n)}>{text}</td>" for text, n in zip(told[1:], numeric[1:], strict=True))
        rows.append(f'<tr><th scope="row">{told[0]}</th>{others}</tr>')
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    more = (
        f'<p class="ak-about">The first {most:,} of {len(frame):,} rows; the CSV has all.</p>'
        if len(frame) > most
        else ""
    )
    return (
        f'<div class="ak-scroll" tabindex="0" role="region" aria-label="{escape(caption or "Table")}">'
        f'<table class="ak-table">{named}<thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>{more}'
    )


def row_title(answer: Answer, row: dict[str, Any]) -> str:
    """Return what one number of an answer says: "Russia, 2023-09: 6 of 7 stories (86%)"."""
    name = ", ".join(row[key] or f"(no {key})" for key in answer.keys) or "All"
    n = int(row["n"])
    if answer.measure == "tone":
        sign = f", {row['sign']}" if row["sign"] else ""
        mean = f", mean {tone_in_words(row['mean'])}{sign}" if n else ""
        return f"{name}: {counted(n, 'sentence')}{mean}"
    share = f" ({share_in_words(row['share'])})" if not math.isnan(row["share"]) else ""
    of = counted(int(row["denominator"]), UNIT_NAMES[answer.count])
    return f"{name}: {n:,} of {of}{share}"


def citation(sentence: Mapping[Any, Any]) -> str:
    """Return a sentence with where it is from, to be quoted.

    >>> citation({"outlet": "Lamp", "published": pd.NaT, "title": "Talks", "text": "They met."})
    'Lamp, undated, "Talks": "They met."'
    """
    text = " ".join(sentence["text"].split())
    return f'{about(sentence)}, "{sentence["title"] or "(no title)"}": "{text}"'


def sentences_html(sentences: pd.DataFrame, *, cite: bool = False) -> str:
    """Return the sentences of one article, hits marked, under its title (needs one row or more).

    With `cite` each has a button that copies it with where it is from; it works where `keys.COPY` is on the page.
    """
    first = sentences.to_dict("records")[0]
    lines = [
        f'<div class="ak-sentence" data-sentence="{row["sentence_id"]}">{marked(row["text"], row["marks"])}'
        + (f' <span class="ak-tone">tone {tone_in_words(row["tone"])}</span>' if "tone" in row else "")
        + (_cite(row) if cite else "")
        + "</div>"
        for row in sentences.to_dict("records")
    ]
    title = escape(first["title"] or "(no title)")
    return (
        f'<div class="ak-unit" data-article="{escape(first["article_id"])}"><strong>{title}</strong>'
        f' <span class="ak-about">{escape(about(first))}</span>{"".join(lines)}</div>'
    )


def _cite(row: Mapping[Any, Any]) -> str:
    return (
        f' <button type="button" class="ak-cite" data-cite="{escape(citation(row))}">Copy citation</button>'
    )


def about(article: Mapping[Any, Any]) -> str:
    """Return outlet and day of an article.

    >>> about({"outlet": "Lamp", "published": pd.NaT})
    'Lamp, undated'
    """
    day = article["published"]
    when = "undated" if pd.isna(day) else f"{day.day} {day:%B %Y}"
    return f"{article['outlet'] or 'no outlet'}, {when}"


def article_html(article: Mapping[Any, Any], zones: pd.DataFrame, marks: Sequence[tuple[int, int]]) -> str:
    """Return an article: what is known of it, and its body with hits marked."""
    subheads = set(zones.loc[zones["zone"] == "subhead", "text"])
    lines, start = [], 0
    for line in article["body"].split("\n"):
        inside = [span for span in marks if span[0] < start + len(line) and span[1] > start]
        text = marked(line, inside, first=start)
        lines.append(f"<p><strong>{text}</strong></p>" if line in subheads else f"<p>{text}</p>")
        start += len(line) + 1
    origin = article["published_origin"]
    facts = [about(article) + (f" (date from {origin})" if origin else "")]
    facts += [article[name] for name in ("byline", "credit") if article[name]]
    facts += [f"{article['path']} {article['where']}".strip(), counted(article["n_words"], "word")]
    told = " · ".join(escape(fact) for fact in facts if fact)
    title = escape(article["title"] or "(no title)")
    newer = int(zones["reason"].str.startswith(NEWER).sum())
    if newer:
        told += f" · below it {counted(newer, 'line')} newer than the article"
    return (
        f'<article class="ak-article" data-article="{escape(article["article_id"])}"><h4>{title}</h4>'
        f'<p class="ak-about">{told}</p><div class="ak-body">{"".join(lines)}</div></article>'
    )


def line_html(line: Mapping[Any, Any]) -> str:
    """Return a line of a page: its words, what it was taken for and why."""
    return (
        f'<div class="ak"><span>{escape(line["text"])}</span>'
        f' <span class="ak-about">{escape(line["zone"])}: {escape(line["reason"])}</span></div>'
    )


def is_numeric(column: pd.Series, name: str) -> bool:
    """Return whether a column holds numbers, be they texts, so that it is set to the right."""
    return pd.api.types.is_numeric_dtype(column.dtype) or name in _NUMBERS


def _right(numeric: bool) -> str:
    return ' class="ak-n"' if numeric else ""
