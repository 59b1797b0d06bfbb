"""Long tables in, small answers out: numbers with their denominators, intervals and evidence."""

from analystkit.measure.actor_roles import actor_roles, actor_spellings
from analystkit.measure.answer import Answer
from analystkit.measure.article_topics import ArticleTopics, discover_topics, seeded_topics
from analystkit.measure.card import ActorCard, actor_card
from analystkit.measure.co_mention import co_mentions
from analystkit.measure.comparison import compare
from analystkit.measure.countries import article_countries, country_frequency
from analystkit.measure.coverage import coverage
from analystkit.measure.finding import Finding
from analystkit.measure.frequency import actor_frequency, topic_frequency
from analystkit.measure.health import collection_health
from analystkit.measure.robustness import Robustness, robustness, tone_scorers
from analystkit.measure.terms import term_frequency, topic_overlap
from analystkit.measure.tone import tone
from analystkit.measure.tone_lists import tone_lists
from analystkit.measure.tone_shares import tone_shares
from analystkit.measure.validation import Validation, validate, validation_sample

__all__ = [
    "ActorCard",
    "Answer",
    "ArticleTopics",
    "Finding",
    "Robustness",
    "Validation",
    "actor_card",
    "actor_frequency",
    "actor_roles",
    "actor_spellings",
    "article_countries",
    "co_mentions",
    "collection_health",
    "compare",
    "country_frequency",
    "coverage",
    "discover_topics",
    "robustness",
    "seeded_topics",
    "term_frequency",
    "tone",
    "tone_lists",
    "tone_scorers",
    "tone_shares",
    "topic_frequency",
    "topic_overlap",
    "validate",
    "validation_sample",
]
