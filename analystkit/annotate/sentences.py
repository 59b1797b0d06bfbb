"""Texts -> one row per sentence.

One compiled pattern finds the places where a sentence may end; each is judged by what follows and, for full stops,
by the word before. The abbreviations are the table `resources/abbreviations.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from analystkit.annotate.tone import score_tone
from analystkit.clean.wrapping import blank_soft_line_ends, is_wrapped
from analystkit.errors import ArgumentError, check_choice, check_columns
from analystkit.resources import resource_text
from analystkit.schema import SENTENCES, conform

Spans = list[tuple[int, int]]

# They open sentences and are hardly ever part of a name: "U.S. The" ends a sentence, "U.S. Navy" does not.
_OPENING_WORD = (
    r"(?i:a|about|according|after|again|also|although|among|an|and|another|any|anything|are|as|asked|at|"
    r"because|before|between|both|but|by|did|do|does|during|each|earlier|either|even|every|everyone|few|"
    r"for|from|had|has|have|he|her|here|his|how|however|i|if|in|instead|is|it|its|just|later|like|many|"
    r"maybe|meanwhile|more|moreover|most|my|neither|nevertheless|nobody|nor|nothing|now|on|once|only|or|"
    r"other|others|our|perhaps|please|several|she|since|so|some|soon|still|such|than|thank|that|the|"
    r"their|then|there|therefore|these|they|this|those|though|three|through|throughout|thus|to|today|"
    r"tomorrow|too|two|unless|until|was|we|were|what|when|where|whether|which|while|who|whose|why|with|"
    r"within|without|yesterday|yet|you|your)\b"
)
_LINE_END = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_CANDIDATE = re.compile(
    rf"""
    [{_LINE_END}] \s*+
    | [。！？｡]++ [」』”’）】》]*+ (?!と) \s*+                     # no space needed; 「…。」と goes on
    | (?P<stop> [.!?…؟۔।] (?<![.!?…].) [.!?…؟۔।]*+ )            # only a whole run: long runs stay cheap
      (?: (?P<close> ["'”’“‘»«)\]]*+ (?:[ ]?\[\d{{1,3}}\])*+ )  # quotes and notes: the end." [3]
          (?P<gap> [^\S{_LINE_END}]++ ) (?=\S)
      | (?<=[a-z]{{2}}[.!?]) (?=[A-Z]) (?={_OPENING_WORD}[ '’]) )   # a lost space: "the end.The next"
    """,
    re.VERBOSE,
)
_OPENERS = "\"'“‘«„([*"
# After these the sentence goes on; a dash after a stop names the author of a quotation.
_GOING_ON = ",;:.…)]&/–—"
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_OPENING = re.compile(_OPENING_WORD)
_LINK = re.compile(r"https?:|www\.")
_SPEAKER = re.compile(r"(?:[A-Z][\w.'’-]* ){1,4}(?:said|says|asked|asks|told|wrote|added|replied|cried)\b")


@cache
def _abbreviations() -> dict[str, str]:
    """Return the kind of each abbreviation, in each spelling it may have; a small first letter may be large."""
    kinds: dict[str, str] = {}
    for row in csv.DictReader(resource_text("abbreviations.csv").splitlines()):
        short = row["abbreviation"]
        spellings = [short, short[0].upper() + short[1:], short.upper()] if len(short) > 1 else [short]
        kinds.update(dict.fromkeys(spellings, row["kind"]))
    return kinds


def sentence_spans(text: str) -> Spans:
    """Return where each sentence starts and ends (half-open offsets, in characters of `text`).

    A line end always ends a sentence. Spans are in reading order, without white space at their ends, and never empty.

    Examples
    --------
    >>> text = 'Gen. Kim met U.S. officials. "It went well," he said. They meet on Jan. 3.'
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Gen. Kim met U.S. officials.', '"It went well," he said.', 'They meet on Jan. 3.']
    """
    spans = []
    start = len(text) - len(text.lstrip())
    for found in _CANDIDATE.finditer(text, start):
        end = found.start()
        if found["stop"] is None:
            end = found.start() + len(found.group().rstrip())
            while end > start and text[end - 1].isspace():
                end -= 1
        elif found["gap"] is None:
            end = found.end()
        elif _ends_sentence(text, start, found):
            end = found.start("gap")
        else:
            continue
        if end > start:
            spans.append((start, end))
        start = found.end()
    end = len(text.rstrip())
    if end > start:
        spans.append((start, end))
    return spans


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    """Judge a stop that white space follows, in the sentence that began at `start`."""
    stop, close, at = found["stop"], found["close"], found.end()
    while text[at] in _OPENERS and at + 1 < len(text):
        at += 1
    first = text[at]
    if first in _GOING_ON or (first == "-" and close):  # "I will." - Kim
        return False
    word = text[max(start, found.start() - 24) : found.start()].split()[-1:]
    before = word[0].lstrip("\"'“‘«„([-–—") if word else ""
    if first.islower() and not _LINK.match(text, at):
        if close or at > found.end():
            return False
        if stop[-1] in "!?":
            return stop[-1] == "?" or before[:1].islower()  # "Why now? we ask", but "Yahoo! said"
        if stop != "." or not text[start].islower():
            return False  # a writer who began small may go on so
    opens = not first.islower() and _OPENING.match(text, at) is not None
    if stop == ".":
        return _full_stop_ends(before, opens, first, found.start() - len(before) == start)
    if stop[-1] in "!?" and close:
        return opens or not _SPEAKER.match(text, at)  # "Why now?" Mr. Kim said
    return opens or before + stop not in _abbreviations()  # "Yahoo! News"


def _full_stop_ends(before: str, opens: bool, first: str, is_first_word: bool) -> bool:
    kinds = _abbreviations()
    kind = kinds.get(before)
    rank = before.replace("-", ".").rpartition(".")[2]  # "Lt.-Gen. Kim", but not "rte.ie. Kim"
    if kind == "never" or (rank[:1].isupper() and kinds.get(rank) == "never"):
        return False
    if kind == "number":
        return not first.isdigit()
    if is_first_word and len(before) <= 3 and (before.isdigit() or len(before) == 1):
        return False  # "1. The first point"
    if kind == "starter" or _ACRONYM.fullmatch(before):
        return opens
    return True


def split_sentences(
    texts: Iterable[str],
    *,
    method: Literal["rules", "punkt"] = "rules",
    wrapped: Literal["auto", True, False] = "auto",
) -> pd.DataFrame:
    r"""Split each text into sentences, one row per sentence.

    Parameters
    ----------
    texts
        The texts; a line end in them ends a sentence.
    method
        `"rules"`: `sentence_spans`. `"punkt"`: NLTK's Punkt (Kiss and Strunk 2006) on each line, with its English data
        (`punkt_tab`) where installed, else with the abbreviations of this package. Nothing is downloaded.
    wrapped
        Whether lines are cut at a column, so that single line ends inside a paragraph end nothing. `"auto"` asks
        `is_wrapped` of each text.

    Returns
    -------
    DataFrame
        One row per sentence, in reading order. `text_id`: position of the text in `texts`, from 0. `sentence_id`:
        position in the text, from 0. `start`, `end`: half-open offsets, in characters of the text as given.

    Raises
    ------
    ArgumentError
        `texts` is a single str, holds something other than str, or a choice is not allowed.

    Notes
    -----
    F1 of sentence ends inside lines, on the test parts of GUM and EWT (Universal Dependencies): news 0.969, all 0.935.
    Captions, headings and list items that have no line of their own are not told from the sentence they touch.

    Examples
    --------
    >>> split_sentences(["Mr. Kim left. He was at\nhome by 9 p.m.", ""], wrapped=True)
       text_id  sentence_id  start  end
    0        0            0      0   13
    1        0            1     14   38
    """
    check_choice("method", method, ["rules", "punkt"])
    wrapping = str(wrapped)
    check_choice("wrapped", wrapping, ["auto", "True", "False"])
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; pass a list: `split_sentences([text])`.")
    split: Callable[[str], Spans] = sentence_spans if method == "rules" else _punkt_spans
    counts, spans = [], []
    for text_id, text in enumerate(texts):
        if not isinstance(text, str):
            raise ArgumentError(f"`texts` holds {text!r} at position {text_id}; every text must be a str.")
        joins = wrapping == "True" or (wrapping == "auto" and is_wrapped(text))
        found = split(blank_soft_line_ends(text) if joins else text)
        counts.append(len(found))
        spans.extend(found)
    n = np.array(counts, dtype=np.int64)
    offsets = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return pd.DataFrame(
        {
            "text_id": np.repeat(np.arange(len(n)), n),
            "sentence_id": np.arange(len(offsets)) - np.repeat(np.cumsum(n) - n, n),
            "start": offsets[:, 0],
            "end": offsets[:, 1],
        },
        dtype="int64",
    )


def annotate_sentences(
    articles: pd.DataFrame, _: pd.DataFrame | None = None, *, lexicon: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Return the sentences of articles, each with its tone.

    Parameters
    ----------
    articles
        One row per article; needs `article_id`, `body` (one paragraph per line).
    lexicon
        The words of tone, as in `score_tone`.

    Returns
    -------
    DataFrame
        See `schema.SENTENCES`: in the order of the articles, then of reading.
    """
    check_columns("articles", map(str, articles.columns), ["article_id", "body"])
    bodies = articles["body"].tolist()
    found = split_sentences(bodies, wrapped=False)
    texts = [bodies[i][a:b] for i, a, b in zip(found["text_id"], found["start"], found["end"], strict=True)]
    ids = articles["article_id"].to_numpy()[found["text_id"].to_numpy()]
    return conform(
        found.assign(article_id=ids, tone=score_tone(texts, lexicon=lexicon))[list(SENTENCES)], "sentences"
    )


@cache
def _punkt() -> Any:
    # NLTK takes half a second to import, and the rules do without it.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktTokenizer

    try:
        return PunktTokenizer("english")
    except LookupError:
        seed = PunktParameters()
        seed.abbrev_types = {short.lower() for short in _abbreviations()}
        return PunktSentenceTokenizer(seed)


def _punkt_spans(text: str) -> Spans:
    spans = []
    for line in re.finditer(rf"[^{_LINE_END}]+", text):
        for start, end in _punkt().span_tokenize(line.group()):
            sentence = line.group()[start:end]
            first = line.start() + start + len(sentence) - len(sentence.lstrip())
            if sentence.strip():
                spans.append((first, first + len(sentence.strip())))
    return spans
