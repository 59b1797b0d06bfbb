"""One saved page of text in, one row per line out: what each line is (title, byline, body, furniture ...) and why."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analystkit.clean.dates import find_date
from analystkit.clean.wrapping import join_wrapped_lines
from analystkit.resources import resource_text
from analystkit.schema import BODY_ZONES

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_INVISIBLE = "\u200b\ufeff" + "".join(map(chr, range(0x20)))
_STOP = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[:;,][\"'”’»]+$|[”\"]$")

_BYLINE = re.compile(
    r"^(?:by|von|par|por|da|door|autor(?:in)?:?|author:?|written by|words by)\s+(?P<name>[^\W\d_][^|•·]{1,90}?)"
    r"(?:\s+[|•·-]\s.*)?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:sources?|quelle|credits?)\s*:\s*(?P<name>.{2,60})$|^\(?(?:additional )?reporting by\b.*|^\(?editing by\b.*"
    r"|^\(?with (?:inputs|files|reports?) from (?P<other>.{2,60}?)\)?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:/|\||\(|\[|[.”]\s)\s*(?:photo|picture|image|foto|file photo|pic)\b\s*[:/]?|\bphoto(?:graph)? by\b"
    r"|\bgetty images\b|\bvia (?:reuters|ap|afp|getty)\b\s*[)\]]?$|\[(?:file|reuters|afp|ap)[^\]]{0,60}\]\s*$"
    r"|^(?:photo|image|picture)s?\s*:",
    re.IGNORECASE,
)
# A label that introduces a headline of another story; it may be glued to that headline.
_RELATED = re.compile(
    r"^(?:related|read more|more on this(?: story)?|see also|also read|read also|recommended(?: for you)?|watch|listen"
    r"|opinion|further reading|mehr zum thema|lesen sie auch|lire aussi|lee también)(?:\s*[:|–—-]\s*|(?=[A-Z'‘“\"])|\s*$)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"^(?:Related|RELATED|READ MORE|Read more|WATCH|Watch)(?=[A-Z'‘“\"][a-z’'])")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?\s*,?\s*(?P<name>[^\W\d_][^.|,©]{2,50})",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:world|asia|asia[- ]pacific|europe|africa|americas|middle east|politics|business|economy|technology|sports?"
    r"|culture|opinion|science|health|international|national|news|security|defen[cs]e|diplomacy|comment|analysis|trade"
    r"|shipping|travel|environment)$",
    re.IGNORECASE,
)
# "SEOUL (Yonhap) -", "WASHINGTON, May 3 (Reuters) -", "MOSCOW -": capitals, then brackets or a dash.
_PLACE_LINE = re.compile(
    r"([A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’ /-]{2,40}(?:, ?[\w. ]{2,24}){0,2}\s*"
    r"(?:\([^()]{2,40}\)\s*[-–—:]+|(?<=\w)\s*[–—]|(?<=\w)\s+--?))\s+(?=\S)"
)
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|on|at|date|first|mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\b|\b[A-Z]{2,4}\b"
    r"|\d{1,2}:\d{2}|\b[ap]\.?m\b\.?",
    re.IGNORECASE,
)
# What sites say to their readers in whole sentences.
_TO_READER = re.compile(
    r"\b(?:you|your|our|us|we|here|cookies?|newsletters?|subscribe|advertise|copyright|rights reserved)\b|©|\(c\)",
    re.IGNORECASE,
)
_HEAD: Final = frozenset({"byline", "dateline", "caption"})
_BOUNDS: Final = 4  # how many paragraphs of the block may turn out to be still above the article
_DECK: Final = 90  # words that may stand above the last line of the head


@dataclass
class _Line:
    text: str
    blank_before: bool
    prose: float = 0.0
    zone: str = ""
    reason: str = ""

    @property
    def words(self) -> float:
        """Running words; an ideograph or syllable block counts for 1/2.5 of one."""
        return len(_WORD.findall(_WIDE.sub(" ", self.text))) + len(_WIDE.findall(self.text)) / 2.5

    def settle(self, zone: str, reason: str) -> None:
        """Give the line its zone, unless it has one already."""
        if not self.zone:
            self.zone, self.reason = zone, reason


def split_zones(page_text: str) -> pd.DataFrame:
    """Split one page saved as text into typed lines; nothing is thrown away.

    The body is the run of lines with the most sentence-like words, judged by how lines look (length, sentence ends,
    lower-case words) and by the labels that sites put around articles. Lines above and below it are typed by what they
    say and where they stand.

    Parameters
    ----------
    page_text
        The page as a browser or an editor saved it. Text wrapped at a column is joined first.

    Returns
    -------
    DataFrame
        One row per line that is not blank, in order: `order` (from 0), `zone` (one of `schema.ZONE_NAMES`), `text`
        (without spaces at its ends), `reason` (why it has that zone, in words).

    Notes
    -----
    What it cannot tell: an article that is a table or a list has no sentence-like lines and may be missed; a long
    comment by a reader looks like an article.

    Examples
    --------
    >>> page = '''World
    ... Ministers meet in Oslo
    ... By Ann Reporter
    ... 3 May 2024
    ... The ministers of two countries met in Oslo on Friday to talk about fish.
    ... They will meet again in June, the host said.
    ... Most read
    ... Ten ways to boil an egg'''
    >>> split_zones(page)["zone"].tolist()
    ['furniture', 'title', 'byline', 'dateline', 'body', 'body', 'furniture', 'furniture']
    """
    lines = _lines(page_text)
    if lines:
        _weigh(lines)
        start, end = _main_block(lines)
        if not end:
            # Lines that stand twice are labels, unless the page has no others.
            _weigh(lines, repeats_count=False)
            start, end = _main_block(lines)
        start = _type_above(lines, start, end)
        _type_inside(lines, start, end)
        _type_below(lines, end)
        _part_dateline(lines)
    return pd.DataFrame(
        {
            "order": pd.Series(range(len(lines)), dtype="int64"),
            "zone": pd.Series([line.zone for line in lines], dtype="str"),
            "text": pd.Series([line.text for line in lines], dtype="str"),
            "reason": pd.Series([line.reason for line in lines], dtype="str"),
        }
    )


def body_of(zones: pd.DataFrame) -> str:
    """Return the body of a page from its zones: body and subhead lines in order, one a line."""
    return "\n".join(zones.loc[zones["zone"].isin(BODY_ZONES), "text"])


def name_in_copyright(text: str) -> str:
    """Return the publisher that a copyright line names, or "".

    >>> name_in_copyright("© 2024 Seventh Pier Gazette. All rights reserved.")
    'Seventh Pier Gazette'
    """
    found = _COPYRIGHT.search(text)
    name = found["name"].strip() if found else ""
    return re.sub(r"\s*(?:all rights reserved|ltd|inc|llc)\b.*$", "", name, flags=re.IGNORECASE).strip()


def name_in_byline(text: str) -> str:
    """Return who a byline names, or "".

    >>> name_in_byline("By Staff Reporter | Oslo")
    'Staff Reporter'
    """
    found = _BYLINE.match(text.strip())
    return (
        re.split(r"\s{2,}|\s+(?:updated|published|\d)", found["name"], flags=re.IGNORECASE)[0].strip(" ,")
        if found
        else ""
    )


def name_in_credit(text: str) -> str:
    """Return the agency that a credit line names, or "".

    >>> name_in_credit("SOURCE:Reuters")
    'Reuters'
    """
    found = _CREDIT.match(text.strip())
    return (found["name"] or found["other"] or "").strip(" .)") if found else ""


@functools.cache
def _furniture() -> re.Pattern[str]:
    """Return one pattern for the lines of `resources/furniture.txt`."""
    lines = (line.strip() for line in resource_text("furniture.txt").splitlines())
    phrases = [line for line in lines if line and not line.startswith(";")]
    # Longest first, so that a phrase with more words is tried before its beginning.
    forms = [
        re.escape(phrase).replace(r"\*", ".{0,60}").replace(r"\#", r"\d+").replace(r"\ ", r"\s+")
        for phrase in sorted(phrases, key=len, reverse=True)
    ]
    return re.compile(rf"^(?:{'|'.join(forms)})$", re.IGNORECASE)


def _is_furniture(text: str) -> bool:
    if len(text) > 160 or not _furniture().match(text):
        return False
    # "Terms of *" and "Share *" are labels, but "Terms of the deal were not disclosed." is news.
    return len(text.split()) < 6 or not _STOP.search(text) or bool(_TO_READER.search(text))


def cut_dateline(paragraph: str) -> tuple[str, str]:
    """Return the place line that a first paragraph begins with, and the rest; ("", paragraph) if it has none.

    >>> cut_dateline("SEOUL, May 3 (Reuters) - The two sides met.")
    ('SEOUL, May 3 (Reuters) -', 'The two sides met.')
    """
    found = _PLACE_LINE.match(paragraph)
    return (found[1], paragraph[found.end() :]) if found else ("", paragraph)


def agency_in_dateline(dateline: str) -> str:
    """Return the agency in the brackets of a place line, or "".

    >>> agency_in_dateline("SEOUL, May 3 (Reuters) -")
    'Reuters'
    """
    found = re.search(r"\(([^()]{2,40})\)", dateline)
    return found[1].strip() if found else ""


def is_section(text: str) -> bool:
    """Say whether a line is the name of a section of a news site."""
    return bool(_SECTION.match(text.strip()))


def _lines(page_text: str) -> list[_Line]:
    text = page_text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = join_wrapped_lines(text)
    lines: list[_Line] = []
    blank = True
    for raw in text.split("\n"):
        # Twice, as an invisible character may hide a space.
        stripped = raw.strip().strip(_INVISIBLE).strip()
        if stripped:
            lines.append(_Line(stripped, blank))
        blank = not stripped
    return lines


def _weigh(lines: list[_Line], *, repeats_count: bool = True) -> None:
    """Set how sentence-like each line is, 0-1; a line that stands twice is less so, if `repeats_count`."""
    repeats = Counter(line.text for line in lines)
    for line in lines:
        words = _WORD.findall(line.text)
        n = line.words
        ends = bool(_STOP.search(line.text))
        lower = sum(word[0].islower() for word in words) / len(words) if words else 0.0
        wide = bool(_WIDE.search(line.text))
        if _is_furniture(line.text) or _GLUED.match(line.text):
            line.prose = 0.0
        elif n < 4 or (not ends and n < 8):
            line.prose = 0.15
        else:
            line.prose = min(
                1.0,
                0.15
                + 0.35 * ends
                + 0.25 * min(n / 25, 1)
                + 0.25 * (lower > 0.4 or wide)
                + 0.08 * ("," in line.text or "，" in line.text)
                - 0.25 * (not ends and n < 18)
                - 0.30 * ("|" in line.text or "\t" in line.text),
            )
        if repeats_count and repeats[line.text] > 1:
            line.prose = min(line.prose, 0.3)
        if _CAPTION.search(line.text) or _CREDIT.match(line.text):
            line.prose = min(line.prose, 0.35)


def _gain(line: _Line) -> float:
    # A short furniture line costs a fixed part, so that a long list of links parts two blocks.
    if line.prose >= 0.5:
        return min(line.words, 80) * (line.prose - 0.4)
    return -max(2.5, min(line.words, 25) * (0.5 - line.prose) * 0.9)


def _main_block(lines: list[_Line]) -> tuple[int, int]:
    """Return the half-open run of lines with the largest sum of gains (Kadane's scan)."""
    best, best_sum, start, running = (0, 0), 0.0, 0, 0.0
    for i, line in enumerate(lines):
        if running <= 0:
            start, running = i, 0.0
        running += _gain(line)
        if running > best_sum:
            best, best_sum = (start, i + 1), running
    return best


def _date_only(text: str) -> bool:
    """Say whether a line is a date with little else, as above an article."""
    found = find_date(text)
    if not found:
        return False
    rest = text[: found.start] + " " + text[found.end :]
    return len(_WORD.findall(_DATE_WORDS.sub(" ", rest))) <= 3


def _header_zone(line: _Line) -> tuple[str, str] | None:
    """Say what a line above the article is if its own words tell it."""
    if _date_only(line.text):
        return "dateline", "a date with little else"
    if name_in_byline(line.text) and line.words <= 16 and not _STOP.search(line.text):
        return "byline", "names who wrote it"
    if _CAPTION.search(line.text):
        return "caption", "carries a picture credit"
    if _RELATED.match(line.text) and not _is_furniture(line.text):
        return "related", "label of another story"
    if _is_furniture(line.text):
        return "furniture", "a label that sites put around articles"
    return None


def _type_above(lines: list[_Line], start: int, end: int) -> int:
    """Type what stands above the article and return where its body begins."""
    body = " ".join(line.text for line in lines[start:end])
    title = _find_title(lines, start, end, body)
    first = start
    # The block may have begun at the deck or a caption: the body begins below the last line of the page's head.
    paragraphs, in_head = 0, start == 0 or bool(_header_zone(lines[start - 1]))
    for i in range(start, end):
        own = _header_zone(lines[i])
        repeats = title is not None and lines[i].text == lines[title].text
        above = sum(line.words for line in lines[start:i])
        if repeats or (own and (own[0] in _HEAD or in_head) and above <= _DECK):
            first, in_head = i + 1, True
            continue
        if in_head and _is_deck(lines, i, end):
            first = i + 1
        in_head = False
        paragraphs += lines[i].prose >= 0.5
        if paragraphs >= _BOUNDS:
            break
    if title is not None and title >= first:
        first = title + 1
    top = next((i for i in range(first) if title is not None and lines[i].text == lines[title].text), first)
    for i in range(first):
        line = lines[i]
        own = _header_zone(line)
        if title is not None and line.text == lines[title].text:
            line.settle("title", "the headline" if i == top else "repeats the headline")
        elif own:
            line.settle(*own)
        elif (
            i > top and line.words >= 6 and not _lead(lines) and (line.prose >= 0.5 or not line.blank_before)
        ):
            line.settle("lead", "between the headline and the article")
        else:
            line.settle("furniture", "above the article")
    return first


def _is_deck(lines: list[_Line], i: int, end: int) -> bool:
    """Say whether a sentence belongs to the head: no blank line parts it from that, one parts it from the body."""
    return not lines[i].blank_before and lines[i].words <= 45 and i + 1 < end and lines[i + 1].blank_before


def _lead(lines: list[_Line]) -> bool:
    return any(line.zone == "lead" for line in lines)


def _find_title(lines: list[_Line], start: int, end: int, body: str) -> int | None:
    """Return the line at or above the start of the body that is most like its headline, if any is.

    A headline shares words with the body, may stand twice, and has the byline, the date or the deck right below it.
    """
    vocabulary = _content(body)
    seen = Counter(line.text for line in lines)
    best, best_score = None, 0.25
    paragraphs = 0
    for i in range(max(0, start - 40), min(end, start + _BOUNDS)):
        line = lines[i]
        paragraphs += i >= start and line.prose >= 0.5
        if paragraphs > 1:
            break
        content = _content(line.text)
        if not 2 <= line.words <= 30 or not content or _header_zone(line) or is_section(line.text):
            continue
        if i >= start and line.prose >= 0.5 and _STOP.search(line.text):
            continue
        below = lines[i + 1] if i + 1 < end else None
        opens = below is not None and (
            (_header_zone(below) or ("", ""))[0] in {"byline", "dateline", "caption"} or below.prose >= 0.5
        )
        score = (
            0.7 * len(content & vocabulary) / max(len(content), 4)
            + 0.15 * (line.words >= 5)
            + 0.25 * opens
            + 0.5 * (seen[line.text] > 1 and len(content) >= 3)
            - 0.02 * min(abs(start - i), 15)
            - 0.3 * (line.text.endswith(".") or "|" in line.text or "\t" in line.text)
        )
        if score > best_score:
            best, best_score = i, score
    return _only_line_above(lines, start) if best is None else best


def _only_line_above(lines: list[_Line], start: int) -> int | None:
    """Return the one line above the body that is nothing else, as where an analyst pasted a headline and a text."""
    free = [i for i in range(start) if not _header_zone(lines[i]) and not is_section(lines[i].text)]
    return free[0] if len(free) == 1 and 2 <= lines[free[0]].words <= 30 else None


def _content(text: str) -> set[str]:
    """Return the beginnings of the longer words, which stand for the words in all their forms."""
    return {word[:5].lower() for word in _WORD.findall(text) if len(word) > 3}


def _type_inside(lines: list[_Line], start: int, end: int) -> None:
    """Type the lines of the main block: paragraphs, subheads, and what sites put between them."""
    titles = {line.text for line in lines if line.zone == "title"}
    for i in range(start, end):
        line = lines[i]
        if line.text in titles:
            line.settle("title", "repeats the headline")
        elif _GLUED.match(line.text) or (_RELATED.match(line.text) and not _STOP.search(line.text)):
            if _is_furniture(line.text):
                line.settle("furniture", "a label that sites put around articles")
            else:
                line.settle("related", "label and headline of another story")
        elif _is_furniture(line.text):
            line.settle("furniture", "a label that sites put around articles")
        elif _CREDIT.match(line.text):
            line.settle("credit", "names the agency or the desk")
        elif _CAPTION.search(line.text) and line.words <= 60:
            line.settle("caption", "carries a picture credit")
        elif line.prose >= 0.5:
            line.settle("body", "sentence-like line in the main block")
        elif line.words <= 12 and not _STOP.search(line.text) and _opens_paragraph(lines, i, end):
            line.settle("subhead", "short line above a paragraph")
        else:
            line.settle("body", "line inside the main block")


def _opens_paragraph(lines: list[_Line], i: int, end: int) -> bool:
    return i + 1 < end and lines[i + 1].prose >= 0.5


def _part_dateline(lines: list[_Line]) -> None:
    """Make the place line that opens the first paragraph a line of its own."""
    at = next((i for i, line in enumerate(lines) if line.zone == "body"), None)
    if at is None:
        return
    dateline, rest = cut_dateline(lines[at].text)
    if dateline:
        reason = lines[at].reason
        lines[at] = _Line(
            dateline, lines[at].blank_before, zone="dateline", reason="place line of the first paragraph"
        )
        lines.insert(at + 1, _Line(rest, False, zone="body", reason=reason))


def _type_below(lines: list[_Line], end: int) -> None:
    for line in lines[end:]:
        if _CREDIT.match(line.text):
            line.settle("credit", "names the agency or the desk")
        elif _RELATED.match(line.text) and not _is_furniture(line.text):
            line.settle("related", "label and headline of another story")
        else:
            line.settle("furniture", "below the end of the article")
