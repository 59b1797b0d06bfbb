"""Articles in, one row per naming of an actor out: who is meant, of which kind, in which office.

`find` reads one text: `tokens` and `spans` cut its capitalised words, `drafts`, `kinds` and `settling` say what each
is, `roles` what office it holds. `linking` gives one name to all that are one actor over a collection. `gazetteer` and
`words` hold the lists.
"""

from analystkit.annotate.actors.find import annotate_mentions, find_mentions
from analystkit.annotate.actors.linking import link_actors

__all__ = ["annotate_mentions", "find_mentions", "link_actors"]
