"""One saved page of text in, one row per line out: what each line is (title, byline, body, furniture ...) and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from analystkit.clean.dates import find_date
from analystkit.clean.heads import (
    DateCandidate,
    NameCandidate,
    byline_candidates,
    date_candidates,
    title_candidates,
)
from analystkit.clean.labels import (
    agency_in_dateline,
    cut_dateline,
    header_zone,
    is_caption,
    is_credit,
    is_furniture,
    is_glued,
    is_related,
    is_section,
    name_in_byline,
    name_in_copyright,
    name_in_credit,
)
from analystkit.clean.line_features import FEATURES, main_block, page_features, prose_gains
from analystkit.clean.line_looks import Matrix
from analystkit.clean.line_model import ZoneModel, shipped_model
from analystkit.clean.lines import STOP, Line, Zone, read_lines
from analystkit.clean.plain import PlainPage, plain_page
from analystkit.clean.repeats import REPEATED
from analystkit.clean.segments import Segment, find_segments, page_segment_features
from analystkit.schema import BODY_ZONES

# Some of these were always found here.
__all__ = [
    "agency_in_dateline",
    "author_in",
    "body_of",
    "cut_dateline",
    "is_section",
    "name_in_byline",
    "name_in_copyright",
    "name_in_credit",
    "split_zones",
]

_HEAD: Final = frozenset({"byline", "dateline", "caption"})

# Probabilities of the model, each chosen on pages whose hosts it had not seen.
_SURE: Final = 0.5  # so likely a line is of the article that its place says nothing against it
_OPENS, _CLOSES = 0.12, 0.12  # enough for a paragraph right above or below the run of the article
_INSIDE: Final = 0.1  # enough for a paragraph inside it
_SUBHEAD: Final = 0.005  # enough for a short line by itself between two paragraphs

# Sizes in words, but for the first.
_BOUNDS: Final = 4  # paragraphs of the run that may turn out to be still above the article
_ABOVE: Final = 90  # what may stand above the last line of the head
_DECK, _SURE_DECK = 45, 20  # the longest deck; the longest that the model takes for a paragraph
_LEAST_CAPTION: Final = 7  # a shorter line may well stand twice, or in capitals, by chance
_FEW: Final = 40  # an article so short gives the model little to go by

_COMMENT, _RELATED = FEATURES.index("comment"), FEATURES.index("related")


def split_zones(
    page_text: str, *, known_furniture: frozenset[str] = frozenset(), model: ZoneModel | None = None
) -> pd.DataFrame:
    """Split one page saved as text into typed lines; nothing is thrown away.

    A fitted model says how likely each line is a line of the article and which run of lines the article is, by how
    lines look (length, stops, capitals, blank lines) and by what stands around them; it needs no language. Lines above
    and below the article are typed by what they say and where they stand.

    Parameters
    ----------
    page_text
        The page as a browser or an editor saved it. Text wrapped at a column is joined first.
    known_furniture
        Lines that are known to stand on many pages of the outlet; they are never body.
    model
        Another model than the shipped one.

    Returns
    -------
    DataFrame
        One row per line that is not blank, in order: `order` (from 0), `zone` (one of `schema.ZONE_NAMES`), `text`
        (without spaces at its ends), `reason` (why it has that zone, in words). A label or place line that is glued to
        a paragraph is a row of its own.

    Notes
    -----
    What it cannot tell: an article that is a table or a list may be cut short; prose of the site (a donation appeal, a
    firm on itself) right below an article may be kept; so may a long comment by a reader.

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
    (lines,) = type_pages([page_text], known_furniture=known_furniture, model=model)
    zones = [line.zone for line in lines], [line.text for line in lines], [line.reason for line in lines]
    # Columns that pandas has neither to look into nor to look up take a tenth of the time.
    frame = pd.DataFrame(dict(enumerate([np.arange(len(lines)), *map(_strings, zones)])), copy=False)
    frame.columns = _COLUMNS
    return frame


_COLUMNS: Final = pd.Index(["order", "zone", "text", "reason"])
_STRING: Final = pd.StringDtype(na_value=np.nan)


def _strings(values: list[str]) -> pd.api.extensions.ExtensionArray:
    column: pd.api.extensions.ExtensionArray = pd.array(pa.array(values, pa.large_string()), dtype=_STRING)
    return column


def type_pages(
    page_texts: Sequence[str],
    *,
    known_furniture: frozenset[str] = frozenset(),
    model: ZoneModel | None = None,
) -> list[list[Zone]]:
    """Return the typed lines of each page, the rows of `split_zones`: many pages at once take less time."""
    # What a page is that needs no model, no model need say; whoever gives one wants to know what it says.
    may_be_plain = model is None and not known_furniture
    model = model or shipped_model()
    plain = [plain_page(text) if may_be_plain else None for text in page_texts]
    pages = [
        _cut_glued(read_lines(text)) if page is None else []
        for text, page in zip(page_texts, plain, strict=True)
    ]
    with_lines = [lines for lines in pages if lines]
    for lines, start, end, head in _read_pages(with_lines, known_furniture, model):
        _type_head(lines, start, end, head)
        _type_above(lines, start, end, head.title)
        _type_inside(lines, start, end)
        _type_below(lines, end)
        _part_dateline(lines)
        _mark_newer(lines, head.date.found.value if head.date else None)
    return [
        [Zone(line.zone, line.text, line.reason) for line in lines] if page is None else _plain_zones(page)
        for lines, page in zip(pages, plain, strict=True)
    ]


def _plain_zones(page: PlainPage) -> list[Zone]:
    """Return the lines of a page that is nothing but an article."""
    zones = []
    for text in page.above:
        zone, reason = header_zone(text) or _ABOVE_ARTICLE
        zones.append(Zone(zone, text, reason))
    for zone, text in page.head:
        reason = {"title": _HEADLINE, "dateline": PUBLISHED}.get(
            zone
        ) or f"names {_WROTE}{name_in_byline(text)}"
        zones.append(Zone(zone, text, reason))
    dateline, rest = cut_dateline(page.paragraphs[0])
    if dateline:
        zones.append(Zone("dateline", dateline, _PLACE))
    zones += [Zone("body", text, _SENTENCE) for text in (rest, *page.paragraphs[1:])]
    if page.below:
        zone, reason = _BELOW_ARTICLE
        date = next((find_date(text) for zone, text in page.head if zone == "dateline"), None)
        published = date.value if date else None
        zones += [Zone(zone, text, _told_newer(text, reason, published)) for text in page.below]
    return zones


def body_of(zones: pd.DataFrame) -> str:
    """Return the body of a page from its zones: body and subhead lines in order, one a line."""
    lines = zip(zones["zone"].tolist(), zones["text"].tolist(), strict=True)
    return "\n".join([text for zone, text in lines if zone in BODY_ZONES])


# A label in the middle of a paragraph, no space behind it: "... he said.RelatedFishing fleets return to port".
_GLUED_LABELS: Final = (
    *("Related", "RELATED", "READ MORE", "Read more", "Read also", "WATCH", "Watch"),
    *("Lesen Sie auch", "Lire aussi", "Lee también"),
)
_LABEL = rf"(?:{'|'.join(_GLUED_LABELS)}):?"
_GLUED_TAIL = re.compile(rf"(?<=[.!?”\"])\s*(?={_LABEL}[A-Z'‘“\"][a-z’'])")
_GLUED_AD = re.compile(
    r"(?:ADVERTISEMENT|Advertisement|RECOMMENDED|Recommended|ANZEIGE|Anzeige|WERBUNG)(?=[A-Z“\"][a-z])"
)
_GLUED_END = re.compile(r"(?<=[a-zà-ÿ0-9'’])(?=[A-Z][a-z]*\s+[\w’']+\s+[\w’'])")

# A name printed twice with headlines behind it: "Rep. Ann LeeAnn LeeFerry accord signed Old bridge MORE (D-N.Y.) said".
_GLUED_NAME = re.compile(
    r"(?P<first>[A-Z][\w'’-]+)(?: [\w.'’-]+){0,3} (?P<last>[A-Z][\w'’-]*?[a-z])"
    r"(?P<glued>(?P=first)(?: [\w.'’-]+){0,3} (?P=last)[A-Z].{3,400}? MORE)(?=\W|$)"
)


def _is_glued_name(text: str) -> bool:
    """Say whether a line is such a name with its headlines."""
    return text.endswith(" MORE") and re.match(r"[A-Z][\w'’-]+ .*?[a-z][A-Z]", text) is not None


def _cut_glued(lines: list[Line]) -> list[Line]:
    """Part labels of the site from the paragraphs they are glued to, where it is plain where one ends."""
    out: list[Line] = []
    for line in lines:
        parts = _parts(line.text) if len(line.text) > 30 else [line.text]
        out.append(line if len(parts) == 1 else Line(parts[0], line.blanks))
        out += [Line(part) for part in parts[1:]]
    return out


def _parts(text: str) -> list[str]:
    if found := _GLUED_AD.match(text):
        return [found[0], text[found.end() :]]
    if is_glued(text):
        # The headline ends where a small letter meets a capital, and a whole sentence follows.
        for joint in _GLUED_END.finditer(text, 12):
            headline, rest = text[: joint.start()], text[joint.start() :]
            if 4 <= len(headline.split()) <= 25 and len(rest.split()) >= 8 and STOP.search(rest):
                return [headline, rest]
        return [text]
    if " MORE" in text and (name := _GLUED_NAME.search(text)):
        parts = [text[: name.start("glued")], name["glued"], *_parts(text[name.end() :].strip())]
        return [part for part in parts if part]
    tail = _GLUED_TAIL.search(text) if any(map(text.__contains__, _GLUED_LABELS)) else None
    if tail and len(text[: tail.start()].split()) >= 5 and len(text[tail.end() :].split()) <= 30:
        return [text[: tail.start()].rstrip(), *_parts(text[tail.end() :])]
    return [text]


def _read_pages(
    pages: Sequence[list[Line]], known_furniture: frozenset[str], model: ZoneModel
) -> Iterator[tuple[list[Line], int, int, Head]]:
    """Set how likely each line is of the article; yield the run of lines that it is, (0, 0) if none, and its head."""
    if not pages:
        return
    sizes = [len(lines) for lines in pages]
    features = page_features(pages)
    p = model.probabilities(features, sizes)
    every = [line for lines in pages for line in lines]
    for i, line in enumerate(every) if known_furniture else ():
        if line.text in known_furniture:
            p[i] = 0.0
            line.settle("furniture", REPEATED)
    for line, likely in zip(every, p.tolist(), strict=True):
        line.p = likely
    cuts = np.cumsum(sizes)[:-1]
    own, own_p = np.split(features, cuts), np.split(p, cuts)
    best = _best_segments(pages, features, p, list(map(find_segments, own, own_p)), model)
    bounds = [_keep(*page) for page in zip(pages, own, own_p, best, strict=True)]
    yield from zip(pages, *zip(*bounds, strict=True), _read_heads(pages, own, bounds, model), strict=True)


def find_article(lines: Sequence[Line], features: Matrix, p: Matrix, model: ZoneModel) -> tuple[int, int]:
    """Mark the lines that are kept, by their features and probabilities; return their run, (0, 0) if there is none."""
    (best,) = _best_segments([lines], features, p, [find_segments(features, p)], model)
    return _keep(lines, features, p, best)


def _best_segments(
    pages: Sequence[Sequence[Line]],
    features: Matrix,
    p: Matrix,
    found: Sequence[Sequence[Segment]],
    model: ZoneModel,
) -> list[Segment | None]:
    """Return the run of each page that is the likeliest to be its article, None where there is no run."""
    rows = page_segment_features(pages, features, p, found)
    each = np.split(rows, np.cumsum([len(some) for some in found])[:-1])
    best = model.likeliest_of_each("run", each, -np.inf)
    return [some[i] if i is not None else None for some, i in zip(found, best, strict=True)]


def _keep(lines: Sequence[Line], features: Matrix, p: Matrix, best: Segment | None) -> tuple[int, int]:
    """Mark the lines of a page that are kept, given its likeliest run; return from where to where they go."""
    kept: list[int] = np.flatnonzero(best.mask(p)).tolist() if best else []
    if sum(lines[i].words for i in kept) < _FEW:
        # A page of a few lines has little that the model goes by: there it is the lines that look like sentences.
        start, end = main_block(prose_gains(features).tolist())
        if not kept or (start <= kept[0] and kept[-1] < end):
            ends_here = (features[:, _COMMENT] + features[:, _RELATED] > 0).tolist()
            labels = [i for i in range(start, end) if ends_here[i] and is_furniture(lines[i].text)]
            end = next((i for i in labels if any(lines[k].prose >= 0.5 for k in range(start, i))), end)
            kept = [i for i in range(start, end) if lines[i].prose >= 0.5 or i in kept]
    while kept and kept[0] and _opens_article(lines, kept[0] - 1, p):
        kept.insert(0, kept[0] - 1)
    while kept and kept[-1] + 1 < len(lines) and _closes_article(lines, kept[-1] + 1, p):
        kept.append(kept[-1] + 1)
    kept = _without_tail(lines, kept)
    kept_already = set(kept)
    for i in range(kept[0] + 1, kept[-1]) if kept else ():
        if p[i] > _SUBHEAD and i not in kept_already and _is_subhead(lines, i, kept_already):
            kept.append(i)
    kept.sort()
    for i in kept:
        lines[i].kept = True
    return (kept[0], kept[-1] + 1) if kept else (0, 0)


def _opens_article(lines: Sequence[Line], i: int, p: Matrix) -> bool:
    """Say whether a line right above the run is its first paragraph: the head may have made it look less likely."""
    line = lines[i]
    return (
        p[i] > _OPENS
        and line.words >= 12
        and STOP.search(line.text) is not None
        and not header_zone(line.text)
    )


def _closes_article(lines: Sequence[Line], i: int, p: Matrix) -> bool:
    """Say whether a line right below the run is its last paragraph: what follows may have made it look less likely."""
    line = lines[i]
    return (
        p[i] > _CLOSES
        and line.words >= 8
        and STOP.search(line.text) is not None
        and not header_zone(line.text)
    )


def _without_tail(lines: Sequence[Line], kept: list[int]) -> list[int]:
    """Return the kept lines without those below the last paragraph that a label of the site parts from it."""
    last = next((i for i in reversed(kept) if lines[i].words >= 8 and STOP.search(lines[i].text)), None)
    if last is None:
        return kept
    labels = [i for i in range(last + 1, kept[-1]) if is_furniture(lines[i].text) or is_credit(lines[i].text)]
    return [i for i in kept if not labels or i < labels[0]]


def _is_subhead(lines: Sequence[Line], i: int, kept: set[int]) -> bool:
    """Say whether a short line stands by itself between two paragraphs, labels left aside, and says nothing of its own."""
    line = lines[i]
    if (
        line.words > 8
        or not line.blanks
        or STOP.search(line.text)
        or header_zone(line.text)
        or is_credit(line.text)
    ):
        return False
    above, below = i - 1, i + 1
    while above > 0 and header_zone(lines[above].text):
        above -= 1
    while below < len(lines) - 1 and header_zone(lines[below].text):
        below += 1
    return (
        {above, below} <= kept
        and min(lines[above].words, lines[below].words) >= 12
        and lines[below].blanks > 0
    )


class Head(NamedTuple):
    """The lines of the headline, the date of publication and the author's name; None where there is none."""

    title: int | None
    date: DateCandidate | None
    byline: NameCandidate | None


# Scores below which nothing is named; at 0 a candidate is as likely as that there is none.
_LEAST_TITLE, _LEAST_DATE, _LEAST_BYLINE = 0.0, 0.0, 0.0


def _read_heads(
    pages: Sequence[Sequence[Line]],
    features: Sequence[Matrix],
    bounds: Sequence[tuple[int, int]],
    model: ZoneModel,
) -> list[Head]:
    """Return the head of each page; the candidates of all pages are judged together."""
    places = [(lines, own, *bound) for lines, own, bound in zip(pages, features, bounds, strict=True)]
    lines_of, rows = _both(title_candidates(*place) for place in places)
    best = model.likeliest_of_each("title", rows, _LEAST_TITLE)
    titles = [
        found[i] if i is not None else _only_line_above(lines, start, end)
        for found, i, (lines, _, start, end) in zip(lines_of, best, places, strict=True)
    ]
    with_title = list(zip(places, titles, strict=True))
    dates, rows = _both(date_candidates(*place, title) for place, title in with_title)
    best_dates = model.likeliest_of_each("date", rows, _LEAST_DATE)
    names, rows = _both(byline_candidates(*place, title) for place, title in with_title)
    best_names = model.likeliest_of_each("byline", rows, _LEAST_BYLINE)
    return [
        Head(title, dated[date] if date is not None else None, named[name] if name is not None else None)
        for title, dated, date, named, name in zip(titles, dates, best_dates, names, best_names, strict=True)
    ]


Candidates = TypeVar("Candidates")


def _both(found: Iterable[tuple[Candidates, Matrix]]) -> tuple[list[Candidates], list[Matrix]]:
    candidates, rows = zip(*found, strict=True)
    return list(candidates), list(rows)


#: The reason of the line with the date that `split_zones` takes for the day of publication.
PUBLISHED: Final = "the day of publication"
_WROTE: Final = "who wrote it: "
_HEADLINE, _SENTENCE = "the headline", "sentence-like line in the main block"
_PLACE: Final = "place line of the first paragraph"
_ABOVE_ARTICLE: Final = ("furniture", "above the article")
_BELOW_ARTICLE: Final = ("furniture", "below the end of the article")


def author_in(reason: str) -> str:
    """Return the author that the reason of a line names, or "".

    >>> author_in("the day of publication, and who wrote it: Ute Kern")
    'Ute Kern'
    """
    return reason.partition(_WROTE)[2]


def _type_head(lines: list[Line], start: int, end: int, head: Head) -> None:
    """Type the lines with the day of publication and the author, wherever they stand."""
    named = head.byline.at if head.byline else None
    wrote = f"{_WROTE}{head.byline.name}" if head.byline else ""
    if head.date and _is_free(lines[head.date.at]):
        both = head.byline is not None and named == head.date.at
        lines[head.date.at].settle("dateline", f"{PUBLISHED}, and {wrote}" if both else PUBLISHED)
    if named is not None and named != head.title and _is_free(lines[named]) and lines[named].prose < 0.5:
        lines[named].settle("byline", f"names {wrote}")


def _is_free(line: Line) -> bool:
    """Say whether a line can be of the head although it lies in the article: it is no paragraph of it."""
    return not line.kept or line.p < _SURE or (line.words <= 14 and not STOP.search(line.text))


def _type_above(lines: list[Line], start: int, end: int, title: int | None) -> None:
    """Type what stands above the article, and what the run of the article begins with but is still head.

    The run may have begun at the deck or a caption. Its lines above the last line of the page's head are head too, but
    for those that the model takes for paragraphs.
    """
    headline = lines[title].text if title is not None else None
    first, above, paragraphs = start, 0.0, 0
    in_head = start == 0 or bool(header_zone(lines[start - 1].text))
    for i in range(start, end):
        line = lines[i]
        own = header_zone(line.text)
        if line.text == headline or line.zone or (own and (own[0] in _HEAD or in_head)):
            first, in_head = i + 1, True
        else:
            if in_head and _is_deck(lines, i, end):
                first = i + 1
            in_head = False
            paragraphs += line.prose >= 0.5
        above += line.words
        if paragraphs >= _BOUNDS or above > _ABOVE:
            break
    if title is not None and title >= first:
        first = title + 1
    top = next((i for i in range(first) if lines[i].text == headline), first)
    has_lead = False
    for i in range(first):
        line = lines[i]
        own = header_zone(line.text)
        if line.text == headline:
            line.settle("title", _HEADLINE if i == top else "repeats the headline")
        elif own:
            line.settle(*own)
        elif i >= start and line.kept and line.p >= _SURE and (line.blanks or line.words > _SURE_DECK):
            continue  # a paragraph above the byline or a picture
        elif i > top and line.words >= 6 and not has_lead and (line.prose >= 0.5 or not line.blanks):
            line.settle("lead", "between the headline and the article")
            has_lead = True
        else:
            line.settle(*_ABOVE_ARTICLE)


def _is_deck(lines: list[Line], i: int, end: int) -> bool:
    """Say whether a sentence belongs to the head: no blank line parts it from that, one parts it from the body."""
    most = _SURE_DECK if lines[i].p >= _SURE else _DECK
    return not lines[i].blanks and lines[i].words <= most and i + 1 < end and lines[i + 1].blanks > 0


def _only_line_above(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return the one line above the article that is nothing else, as where an analyst pasted a headline and a text.

    The run of the article may have begun with it.
    """
    first = start
    if end - start > 1 and lines[start].words <= 20 and not STOP.search(lines[start].text):
        first += lines[start].blanks > 0 and lines[start + 1].prose >= 0.5
    free = [i for i in range(first) if not header_zone(lines[i].text) and not is_section(lines[i].text)]
    return free[0] if len(free) == 1 and 2 <= lines[free[0]].words <= 30 else None


def _type_inside(lines: list[Line], start: int, end: int) -> None:
    """Type the lines of the main block: paragraphs, subheads, and what sites put between them."""
    titles = {line.text for line in lines if line.zone == "title"}
    seen = Counter(line.text for line in lines if line.words >= _LEAST_CAPTION)
    # A page that was saved twice into one file has all its paragraphs twice.
    is_twice = 3 * sum(n > 1 for n in seen.values()) > len(seen)
    for i in range(start, end):
        line = lines[i]
        if line.text in titles:
            line.settle("title", "repeats the headline")
        elif (
            is_glued(line.text)
            or _is_glued_name(line.text)
            or (is_related(line.text) and not STOP.search(line.text))
        ):
            if is_furniture(line.text):
                line.settle("furniture", "a label that sites put around articles")
            else:
                line.settle("related", "label and headline of another story")
        elif is_furniture(line.text):
            line.settle("furniture", "a label that sites put around articles")
        elif is_credit(line.text):
            line.settle("credit", "names the agency or the desk")
        elif line.words <= 60 and is_caption(line.text):
            line.settle("caption", "carries a picture credit")
        elif seen[line.text] > 1 and not is_twice and not (line.p >= _SURE and STOP.search(line.text)):
            line.settle("caption", "stands twice on the page, as captions of pictures do")
        elif line.words >= _LEAST_CAPTION and _is_shouted(line.text):
            line.settle("related", "a headline in capitals")
        elif not line.kept and not (line.p > _INSIDE and line.prose >= 0.9):
            line.settle("furniture", "unlike the lines of the article around it")
        elif line.prose >= 0.5:
            line.settle("body", _SENTENCE)
        elif line.words <= 12 and not STOP.search(line.text) and _opens_paragraph(lines, i, end):
            line.settle("subhead", "short line above a paragraph")
        else:
            line.settle("body", "line inside the main block")


def _is_shouted(text: str) -> bool:
    return text.isupper() and "\t" not in text and not STOP.search(text)


def _opens_paragraph(lines: list[Line], i: int, end: int) -> bool:
    return i + 1 < end and lines[i + 1].prose >= 0.5


def _part_dateline(lines: list[Line]) -> None:
    """Make the place line that opens the first paragraph a line of its own."""
    at = next((i for i, line in enumerate(lines) if line.zone == "body"), None)
    if at is None:
        return
    dateline, rest = cut_dateline(lines[at].text)
    if dateline:
        reason = lines[at].reason
        lines[at] = Line(dateline, lines[at].blanks, zone="dateline", reason=_PLACE)
        lines.insert(at + 1, Line(rest, zone="body", reason=reason))


def _type_below(lines: list[Line], end: int) -> None:
    for line in lines[end:]:
        if is_credit(line.text):
            line.settle("credit", "names the agency or the desk")
        elif is_related(line.text) and not is_furniture(line.text):
            line.settle("related", "label and headline of another story")
        else:
            line.settle(*_BELOW_ARTICLE)


#: How the reason of a line below the article begins that bears a later date than the article.
NEWER: Final = "newer than the article"
_FIGURE: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d%/-])")


def _mark_newer(lines: Sequence[Line], published: datetime | None) -> None:
    """Say in the reason of each line below the article that it bears a later date, or year, than the article.

    Where the day of publication is not known, nothing is marked.
    """
    last = max((i for i, line in enumerate(lines) if line.zone in BODY_ZONES), default=None)
    if published is None or last is None:
        return
    for line in lines[last + 1 :]:
        line.reason = _told_newer(line.text, line.reason, published)


def _told_newer(text: str, reason: str, published: datetime | None) -> str:
    """Return the reason of a line below the article, which says so where the line is newer than the article."""
    if published is None or not _FIGURE.search(text):
        return reason
    found = find_date(text)
    if found and found.value:
        is_newer = found.value.date() > published.date()
        bears = f"{found.value:%Y-%m-%d}"
    else:
        bears = max(_YEAR.findall(text), default="")
        is_newer = bears > f"{published.year}"
    return f"{NEWER}: {bears} ({reason})" if is_newer else reason
