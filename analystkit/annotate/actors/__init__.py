"""Articles in, one row per naming of an actor out: who is meant, of which kind, in which office.

`find` reads one text: `tokens` and `spans` cut its capitalised words, `drafts`, `kinds` and `settling` say what each
is, `roles` what office it holds, `naming` whom each naming of a text means. `linking` gives one name to all that are
one actor over a collection, and `ledger` puts the analyst's decisions above that. `gazetteer` and
`words` hold the lists.
"""

from analystkit.annotate.actors.find import annotate_mentions, find_mentions
from analystkit.annotate.actors.linking import link_actors
from analystkit.annotate.actors.naming import link_mentions

__all__ = ["annotate_mentions", "find_mentions", "link_actors", "link_mentions"]
