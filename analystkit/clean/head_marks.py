"""What sets the headline and the author apart from other lines like them: their neighbours, their subject, known names."""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.line_looks import furniture_words
from analystkit.clean.lines import STOP, TOKEN_EDGES, Line
from analystkit.resources import resource_text

#: Of a line that may be the headline.
TITLE_MARKS: Final = (
    "words_above", "words_below", "stop_above", "stop_below", "theme", "best_theme", "theme_rank", "on_top", "shares_above",
    "shares_below",
)  # fmt: skip
#: Of a name that may be the author's.
NAME_MARKS: Final = (
    "given", "given_inside", "ordinary", "pictured", "in_article", "parted", "degree", "named_in_article",
    "label_words", "all_capital", "above_title",
)  # fmt: skip

_THEME_LINES: Final = 60
_PICTURE = re.compile(
    r"\b(?:fotos?|photos?|bild(?:er|quelle)?|images?|pictures?|symbolbild|abbildung|grafik|crédits?|getty|dpa|afp|reuters"
    r"|zdjęcie)\b|©|\(c\)",
    re.IGNORECASE,
)
_ROLE = re.compile(r"^(?:dr|prof|mag|ing|dipl|med|phil)\b\.?", re.IGNORECASE)


def title_marks(lines: Sequence[Line], at: Sequence[int], start: int, end: int) -> NDArray[np.float64]:
    """Return one row per line of `at`, one column per name of `TITLE_MARKS`, for the article at `start` to `end`."""
    counts: Counter[int] = Counter()
    for line in lines[start : min(end, start + _THEME_LINES)]:
        counts.update(line.content)
    top = set().union(*(line.content for line in lines[:2]))
    themes = {i: _theme(lines[i], counts, start <= i < end) for i in at}
    best = max(themes.values(), default=0.0)
    ranked = sorted(themes.values(), reverse=True)
    rows = np.zeros((len(at), len(TITLE_MARKS)))
    for row, i in enumerate(at):
        content = lines[i].content
        above = lines[i - 1] if i else None
        below = lines[i + 1] if i + 1 < len(lines) else None
        rows[row] = (
            above.words if above else 0,
            below.words if below else 0,
            above is not None and STOP.search(above.text[-6:]) is not None,
            below is not None and STOP.search(below.text[-6:]) is not None,
            themes[i],
            themes[i] >= best,
            min(ranked.index(themes[i]), 12),
            len(content & top) / len(content) if content and i > 1 else 0.0,
            len(content & above.content) if above else 0,
            len(content & below.content) if below else 0,
        )
    return rows


def _theme(line: Line, counts: Counter[int], is_inside: bool) -> float:
    """Return how often the article speaks of what a line names: a headline names what comes back."""
    if not line.content:
        return 0.0
    often = sum(min(counts[word] - is_inside, 6) for word in line.content)
    return often / max(len(line.content), 3)


@functools.cache
def given_names() -> frozenset[str]:
    """Return the given names of `resources/given_names.csv`, in small letters."""
    rows = csv.DictReader(resource_text("given_names.csv").splitlines())
    return frozenset(row["name"].lower() for row in rows if row["kind"] == "given")


_PARTICLES: Final = "von van vom zu zur de der den del della di da la le bin al el dos du ter ten"
# "AuthorAnn Lee4 Comments", "Geschrieben vonAnn Lee": labels and counts glued to a name.
_GLUE = re.compile(
    r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|\b(?:[Aa]uthor|[Aa]utor(?:in)?|[Vv]on|[Bb]y|[Pp]ar)(?=[A-ZÄÖÜÉ][a-zäöüß])"
)
_MOST_WORDS: Final = 4


@functools.lru_cache(maxsize=8192)
def led_names(text: str) -> tuple[str, ...]:
    """Return the names in a line that begin with a known given name, whatever stands around them.

    >>> led_names("September 17, 2019 Helmut van der Berg 0")
    ('Helmut van der Berg',)
    >>> led_names("Julia J. Ernst Redaktion | AuthorAndreas Kalt4 Kommentare")
    ('Julia J. Ernst Redaktion', 'Andreas Kalt')
    """
    known, particles = given_names(), _PARTICLES.split()
    plain = _GLUE.sub(lambda joint: f"{joint[0]} ", text.replace("\xa0", " "))
    if known.isdisjoint(_LETTERS.findall(plain.lower())):
        return ()
    found: list[str] = []
    tokens = plain.split()
    at = 0
    while at < len(tokens) - 1:
        first = tokens[at]
        if first[0].isupper() and first.strip("(\"'").split("-")[0].lower() in known:
            name, upto = [first.strip("(\"'")], at + 1
            while upto < len(tokens) and len(name) < _MOST_WORDS + 2:
                token = tokens[upto]
                if not (token[0].isupper() or (token in particles and upto + 1 < len(tokens))):
                    break
                name.append(token)
                upto += 1
                if token[-1] in ",;:|)/" or (token[-1] == "." and len(token) > 4):
                    break
            while name and name[-1] in particles:
                name.pop()
            if len(name) > 1:
                found.append(" ".join(name[:_MOST_WORDS]).rstrip(",;:|)/."))
                at = upto
                continue
        at += 1
    return tuple(found[:3])


_LETTERS = re.compile(r"[^\W\d_]+")


def name_marks(
    lines: Sequence[Line], found: Sequence[tuple[int, str, str]], start: int, end: int, title: int | None
) -> NDArray[np.float64]:
    """Return one row per name, given as (line, name, cue), one column per name of `NAME_MARKS`."""
    rows = np.zeros((len(found), len(NAME_MARKS)))
    if not found:
        return rows
    known, labels = given_names(), furniture_words()
    wanted = {word for _, name, _ in found for word in _words(name)}
    firsts = {word[0] for word in wanted if word and word[0].islower()}
    tokens = set("\n".join([line.text for line in lines]).split())
    small = wanted.intersection([token.strip(TOKEN_EDGES) for token in tokens if token[0] in firsts])
    article = "\n".join(line.text for line in lines[start:end])
    for row, (i, name, _) in enumerate(found):
        words = _words(name)
        rows[row] = (
            bool(words) and words[0] in known,
            any(word in known or ("-" in word and word.split("-")[0] in known) for word in words[1:]),
            sum(word in small for word in words) / max(len(words), 1),
            _PICTURE.search(lines[i].text) is not None,
            start <= i < end,
            ":" in name or "/" in name,
            _ROLE.match(name) is not None,
            article.count(name.split()[-1]),
            sum(word in labels for word in words) / max(len(words), 1),
            all(word[0].isupper() for word in name.split()),
            title is not None and i < title,
        )
    return rows


def _words(name: str) -> list[str]:
    return [word.strip(TOKEN_EDGES).lower() for word in name.split()]
