"""Who, how and what about in a folder of news: every number opens to the sentences behind it.

>>> import analystkit as ak
>>> import pandas as pd
>>> frame = pd.DataFrame({"text": ["Russia thanked North Korea. Moscow was pleased."], "date": ["2024-05-03"]})
>>> collection = ak.from_frame(frame)
>>> answer = ak.actor_frequency(collection, kinds="state")
>>> answer.table[["actor", "n", "denominator"]].values.tolist()
[['North Korea', 1, 1], ['Russia', 1, 1]]
>>> answer.evidence(actor="Russia")["surface"].tolist()
['Russia']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

from analystkit.annotate.actors import find_mentions, link_mentions
from analystkit.annotate.actors.ledger import Ledger, read_ledger
from analystkit.annotate.seeded import learn_topics
from analystkit.annotate.sentences import split_sentences
from analystkit.annotate.tone import score_tone, tone_words
from analystkit.annotate.tone.lexicons import ToneLexicon, read_lexicon, score_lexicons
from analystkit.annotate.tone.overall import score_overall
from analystkit.annotate.tone.towards import tone_towards
from analystkit.annotate.topics import find_topics, read_topics
from analystkit.clean.copies import group_copies
from analystkit.clean.zones import split_zones
from analystkit.collection import Collection
from analystkit.loading import from_frame, load, load_feed, load_nltk, load_urls
from analystkit.measure import (
    ActorCard,
    Answer,
    ArticleTopics,
    Finding,
    Robustness,
    Validation,
    actor_card,
    actor_frequency,
    actor_roles,
    actor_spellings,
    article_countries,
    co_mentions,
    collection_health,
    compare,
    country_frequency,
    coverage,
    discover_topics,
    robustness,
    seeded_topics,
    term_frequency,
    tone,
    tone_lists,
    tone_scorers,
    tone_shares,
    topic_frequency,
    topic_overlap,
    validate,
    validation_sample,
)

if TYPE_CHECKING:
    from analystkit.annotate.tokens import tokens
    from analystkit.measure.association import score_association
    from analystkit.measure.bursts import burst_states
    from analystkit.measure.change_points import find_change_points
    from analystkit.measure.collocations import collocates, collocations
    from analystkit.measure.dispersion import score_dispersion
    from analystkit.measure.diversity import diversity, score_diversity
    from analystkit.measure.groups import covered_shares
    from analystkit.measure.keyness import keyness
    from analystkit.measure.kwic import kwic
    from analystkit.measure.periods import bursts, change_points, drivers
    from analystkit.measure.readability import readability, score_readability
    from analystkit.measure.running import stopwords
    from analystkit.measure.spread import dispersion
    from analystkit.measure.term_matrix import similarity, term_matrix
    from analystkit.measure.word_frequency import word_frequency
    from analystkit.plot import (
        plot_bursts,
        plot_co_mentions,
        plot_comparison,
        plot_dispersion,
        plot_heatmap,
        plot_keyness,
        plot_ranking,
        plot_robustness,
        plot_timeline,
        plot_tone,
        plot_tone_lists,
        plot_tone_shares,
    )
    from analystkit.report import verify_report, write_report

__all__ = [
    "ActorCard",
    "Answer",
    "ArticleTopics",
    "Collection",
    "Finding",
    "Ledger",
    "Robustness",
    "ToneLexicon",
    "Validation",
    "actor_card",
    "actor_frequency",
    "actor_roles",
    "actor_spellings",
    "article_countries",
    "burst_states",
    "bursts",
    "change_points",
    "co_mentions",
    "collection_health",
    "collocates",
    "collocations",
    "compare",
    "country_frequency",
    "coverage",
    "covered_shares",
    "discover_topics",
    "dispersion",
    "diversity",
    "drivers",
    "find_change_points",
    "find_mentions",
    "find_topics",
    "from_frame",
    "group_copies",
    "keyness",
    "kwic",
    "learn_topics",
    "link_mentions",
    "load",
    "load_feed",
    "load_nltk",
    "load_urls",
    "plot_bursts",
    "plot_co_mentions",
    "plot_comparison",
    "plot_dispersion",
    "plot_heatmap",
    "plot_keyness",
    "plot_ranking",
    "plot_robustness",
    "plot_timeline",
    "plot_tone",
    "plot_tone_lists",
    "plot_tone_shares",
    "read_ledger",
    "read_lexicon",
    "read_topics",
    "readability",
    "robustness",
    "score_association",
    "score_dispersion",
    "score_diversity",
    "score_lexicons",
    "score_overall",
    "score_readability",
    "score_tone",
    "seeded_topics",
    "similarity",
    "split_sentences",
    "split_zones",
    "stopwords",
    "term_frequency",
    "term_matrix",
    "tokens",
    "tone",
    "tone_lists",
    "tone_scorers",
    "tone_shares",
    "tone_towards",
    "tone_words",
    "topic_frequency",
    "topic_overlap",
    "validate",
    "validation_sample",
    "verify_report",
    "word_frequency",
    "write_report",
]

# Drawing needs matplotlib, which takes as long to import as all else, and statistics need SciPy: they come when asked for.
_LATER = {
    "burst_states": "analystkit.measure.bursts",
    "bursts": "analystkit.measure.periods",
    "change_points": "analystkit.measure.periods",
    "collocates": "analystkit.measure.collocations",
    "collocations": "analystkit.measure.collocations",
    "covered_shares": "analystkit.measure.groups",
    "dispersion": "analystkit.measure.spread",
    "diversity": "analystkit.measure.diversity",
    "drivers": "analystkit.measure.periods",
    "find_change_points": "analystkit.measure.change_points",
    "keyness": "analystkit.measure.keyness",
    "kwic": "analystkit.measure.kwic",
    "plot_bursts": "analystkit.plot",
    "plot_co_mentions": "analystkit.plot",
    "plot_comparison": "analystkit.plot",
    "plot_dispersion": "analystkit.plot",
    "plot_heatmap": "analystkit.plot",
    "plot_keyness": "analystkit.plot",
    "plot_ranking": "analystkit.plot",
    "plot_robustness": "analystkit.plot",
    "plot_timeline": "analystkit.plot",
    "plot_tone": "analystkit.plot",
    "plot_tone_lists": "analystkit.plot",
    "plot_tone_shares": "analystkit.plot",
    "readability": "analystkit.measure.readability",
    "score_association": "analystkit.measure.association",
    "score_dispersion": "analystkit.measure.dispersion",
    "score_diversity": "analystkit.measure.diversity",
    "score_readability": "analystkit.measure.readability",
    "similarity": "analystkit.measure.term_matrix",
    "stopwords": "analystkit.measure.running",
    "term_matrix": "analystkit.measure.term_matrix",
    "tokens": "analystkit.annotate.tokens",
    "verify_report": "analystkit.report",
    "word_frequency": "analystkit.measure.word_frequency",
    "write_report": "analystkit.report",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'analystkit' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
