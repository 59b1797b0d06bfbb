"""Long tables in, small answers out: numbers with their denominators, intervals and evidence."""

from analystkit.measure.answer import Answer
from analystkit.measure.coverage import coverage
from analystkit.measure.frequency import actor_frequency, topic_frequency
from analystkit.measure.health import collection_health
from analystkit.measure.tone import tone

__all__ = ["Answer", "actor_frequency", "collection_health", "coverage", "tone", "topic_frequency"]
