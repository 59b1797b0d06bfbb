"""The spans of one text -> drafts of mentions: what a span is, as far as its own words and those beside it tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from analystkit.annotate.actors.gazetteer import TITLE, gazetteer, national_actor
from analystkit.annotate.actors.kinds import follows_article, kind_of_surroundings, kind_of_words, korean_end
from analystkit.annotate.actors.spans import Span, find_spans
from analystkit.annotate.actors.tokens import SPACE, Headlines
from analystkit.annotate.actors.words import CLOSING_HEADS, OPENERS

_HONORIFICS: Final = frozenset(
    ["Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Sir", "Dame", "Madam"]
)
# In a line of capitals these are words, not acronyms.
_WORDS_IN_CAPITALS: Final = frozenset(["WHO", "AU", "SPA", "SEC", "MENA", "SANA", "NAM", "ANC", "AP"])
_MONEY: Final = ("$", " $", " dollar")


@dataclass(slots=True)
class Draft:
    """A mention whose kind may still depend on the rest of the text."""

    start: int
    end: int
    name: str
    kind: str  # "" while open
    titles: list[Span] = field(default_factory=list)
    actor: str = ""
    opens: bool = False
    known_only: bool = False  # a mention only if the rest of the text knows the name
    national: bool = False  # many states have such a body, and it is not said whose this is


def draft_mentions(text: str) -> list[Draft]:
    """Draft the mentions of one text, in reading order.

    >>> [(draft.name, draft.kind) for draft in draft_mentions("Oslo met Lebed and Ivan Lebed.")]
    [('Oslo', 'place'), ('Lebed', ''), ('Ivan Lebed', 'person')]
    """
    spans = _merge(find_spans(text))
    if not spans:
        return []
    headlines = Headlines(text)
    in_text = set(text.split())
    drafts: list[Draft | None] = []
    for number, span in enumerate(spans):
        following = spans[number + 1] if number + 1 < len(spans) else None
        before_title = before_name = False
        if following is not None and following.after is span and following.gap == SPACE:
            before_title, before_name = following.kind == TITLE, True
        if span.kind == TITLE:
            if len(span.words) == 1 and not before_name:
                # It is a name if somebody in the text has it: "King said".
                drafts.append(Draft(span.start, span.end, span.words[0], "", known_only=True))
        elif span.kind:
            drafts.append(_draft_listed(text, span, headlines.at(span.start)))
        elif not before_title:  # else it belongs to the title: "External Economic Relations Minister"
            drafts.append(_draft_free(text, span, headlines.at(span.start), in_text))
    return [draft for draft in drafts if draft is not None]


def _draft_listed(text: str, span: Span, headline: str) -> Draft | None:
    """Draft a name that the lists or a word such as "Ministry" have told."""
    if headline == "capitals" and span.words[0] in _WORDS_IN_CAPITALS:
        return None
    if text.startswith(_MONEY, span.end):
        return None
    draft = Draft(span.start, span.end, text[span.start : span.end], span.kind)
    entry = span.entry
    if entry is None:
        if headline == "capitals" or (headline and span.words[-1] in CLOSING_HEADS):
            draft.kind, draft.known_only = "", True
        return draft
    draft.actor = national_actor(entry.actor, span.owner) if span.owner else entry.actor
    draft.national = entry.national and not span.owner
    before = span.after if span.gap == SPACE else None
    if before is not None and before.words[-1] in _HONORIFICS and not entry.is_demonym:
        draft.kind, draft.actor, draft.titles = "person", "", [before]
    return draft


def _draft_free(text: str, span: Span, headline: str, in_text: set[str]) -> Draft | None:
    """Draft words about which the lists say nothing."""
    start, words = _skip_openers(text, span, in_text) if span.first else (span.start, span.words)
    if not words:
        if len(span.words) == 1 and span.words[0].lower() not in OPENERS:
            return Draft(span.start, span.end, span.words[0], "", known_only=True)
        return None
    titles = _titles_before(span)
    end = korean_end(text, words, span.end)
    draft = Draft(start, end, text[start:end], "", titles, opens=span.first)
    if headline and not (headline == "title" and (titles or _has_given_name(words))):
        draft.known_only = True
    else:
        draft.kind = _first_kind(text, words, draft)
    return draft


def _merge(spans: list[Span]) -> list[Span]:
    """Join listed words to a given name before them: "George Washington", "Travis King"."""
    given_names = gazetteer().given_names
    merged: list[Span] = []
    for number, span in enumerate(spans):
        last = merged[-1] if merged else None
        if (
            last is not None
            and span.kind
            and last is span.after
            and not last.kind
            and span.gap == SPACE
            and len(span.words) == 1
            and last.words[-1] in given_names
            and span.entry is not None
            and not (span.entry.is_demonym or span.kind == "medium" or span.words[0].isupper())
            and not (span.kind == TITLE and number + 1 < len(spans) and spans[number + 1].after is span)
        ):
            last.words.append(span.words[0])
            last.end = span.end
            if number + 1 < len(spans) and spans[number + 1].after is span:
                spans[number + 1].after = last
            continue
        merged.append(span)
    return merged


def _has_given_name(words: list[str]) -> bool:
    return len(words) == 2 and words[0] in gazetteer().given_names


def _skip_openers(text: str, span: Span, in_text: set[str]) -> tuple[int, list[str]]:
    """Leave out words at the front of a span that have their capital only from the start of the sentence."""
    start = span.start
    given_names = gazetteer().given_names
    for number, word in enumerate(span.words):
        lower = word.lower()
        if lower not in OPENERS:
            in_capitals = word.isupper() and len(word) > 1
            if in_capitals or word in given_names or not (lower in in_text or _looks_ordinary(lower)):
                return start, span.words[number:]
        start = (
            text.find(span.words[number + 1], start + len(word)) if number + 1 < len(span.words) else span.end
        )
        if lower not in OPENERS:
            return start, span.words[number + 1 :]
    return start, []


def _looks_ordinary(lower: str) -> bool:
    return len(lower) > 4 and lower.endswith(
        ("ing", "ly", "ed", "tion", "tions", "ness", "ment", "ments", "ities", "ity")
    )


def _titles_before(span: Span) -> list[Span]:
    titles: list[Span] = []
    later, earlier = span, span.after
    while (
        earlier is not None
        and later.gap == SPACE
        and (earlier.kind == TITLE or (titles and not earlier.kind))
    ):
        if earlier.first and earlier.words[0].lower() in OPENERS:
            break
        titles.insert(0, earlier)
        later, earlier = earlier, earlier.after
    return titles


def _first_kind(text: str, words: list[str], draft: Draft) -> str:
    """Return the kind that can be told without the rest of the text, or ""."""
    by_words = kind_of_words(words)
    if draft.titles:
        return "thing" if by_words == "thing" and len(words) == 1 else "person"
    if len(words) == 1:
        return by_words
    if by_words in {"person", "place", "thing"}:
        return by_words
    if follows_article(text, draft.start):
        return "thing"
    around = kind_of_surroundings(text, draft.start, draft.end)
    if around in {"place", "organisation"}:
        return around
    return "person"
