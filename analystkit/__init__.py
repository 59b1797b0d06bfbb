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
from analystkit.annotate.sentences import split_sentences
from analystkit.annotate.tone import score_tone
from analystkit.annotate.topics import find_topics, read_topics
from analystkit.clean.copies import group_copies
from analystkit.clean.zones import split_zones
from analystkit.collection import Collection, from_frame, load, load_feed, load_nltk, load_urls
from analystkit.measure import (
    ActorCard,
    Answer,
    Finding,
    Robustness,
    Validation,
    actor_card,
    actor_frequency,
    actor_roles,
    actor_spellings,
    co_mentions,
    collection_health,
    compare,
    coverage,
    robustness,
    tone,
    topic_frequency,
    validate,
    validation_sample,
)

if TYPE_CHECKING:
    from analystkit.plot import (
        plot_co_mentions,
        plot_comparison,
        plot_heatmap,
        plot_ranking,
        plot_robustness,
        plot_timeline,
        plot_tone,
    )
    from analystkit.report import verify_report, write_report

__all__ = [
    "ActorCard",
    "Answer",
    "Collection",
    "Finding",
    "Ledger",
    "Robustness",
    "Validation",
    "actor_card",
    "actor_frequency",
    "actor_roles",
    "actor_spellings",
    "co_mentions",
    "collection_health",
    "compare",
    "coverage",
    "find_mentions",
    "find_topics",
    "from_frame",
    "group_copies",
    "link_mentions",
    "load",
    "load_feed",
    "load_nltk",
    "load_urls",
    "plot_co_mentions",
    "plot_comparison",
    "plot_heatmap",
    "plot_ranking",
    "plot_robustness",
    "plot_timeline",
    "plot_tone",
    "read_ledger",
    "read_topics",
    "robustness",
    "score_tone",
    "split_sentences",
    "split_zones",
    "tone",
    "topic_frequency",
    "validate",
    "validation_sample",
    "verify_report",
    "write_report",
]

# Drawing needs matplotlib, which takes as long to import as all else: it comes with the first picture.
_LATER = {
    "plot_co_mentions": "analystkit.plot",
    "plot_comparison": "analystkit.plot",
    "plot_heatmap": "analystkit.plot",
    "plot_ranking": "analystkit.plot",
    "plot_robustness": "analystkit.plot",
    "plot_timeline": "analystkit.plot",
    "plot_tone": "analystkit.plot",
    "verify_report": "analystkit.report",
    "write_report": "analystkit.report",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'analystkit' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
