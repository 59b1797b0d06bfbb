"""Which topics each article is about, learnt from seeds or discovered, with the sentences that say so most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.discovered import TRIED, TopicModel, find_discovered
from analystkit.annotate.seeded import learn_topics
from analystkit.annotate.term_lists import Topics
from analystkit.annotate.word_matrix import WordMatrix, log_counts, main_language
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import COUNTS, Answer
from analystkit.measure.frequency import frequency_of, group_actors
from analystkit.measure.groups import By, group_articles, longest_copies

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ArticleTopics:
    """The topics of a collection's articles; made by `seeded_topics` or `discover_topics`.

    Attributes
    ----------
    topics
        One row per topic; which columns, the function says that made it.
    articles
        One row per article and topic it is about, best first; copies of one story share theirs.
    suggestions
        Of seeded topics: words that go with each and that no term finds yet, with reasons; see
        `LearntTopics.suggestions`. Empty for discovered ones.
    choice
        Of discovered topics: the numbers tried, with stability and coherence. Empty for seeded ones.
    collection
        Whose articles.
    notes
        What the reader must know, in sentences.
    """

    topics: pd.DataFrame
    articles: pd.DataFrame
    suggestions: pd.DataFrame
    choice: pd.DataFrame
    collection: Collection
    notes: tuple[str, ...]
    measure: str
    _matrix: WordMatrix
    _weights: Floats = field(repr=False)

    def frequency(
        self, *, by: By = None, count: str = "stories", actors: Iterable[str] | None = None
    ) -> Answer:
        """Count how many stories or articles of each group are about each topic.

        Parameters
        ----------
        by, actors
            As in `topic_frequency`.
        count
            "stories" or "articles".

        Returns
        -------
        Answer
            As `topic_frequency` returns. The evidence of an article is the sentence that speaks most for its topic.
        """
        check_choice("count", count, [name for name in COUNTS if name in {"stories", "articles"}])
        return frequency_of(
            self.collection,
            self.hits,
            "topic",
            group_articles(self.collection, by, actors=group_actors(self.collection, by, actors)),
            count=count,
            items=self.topics["topic"].tolist(),
            most=None,
            measure=self.measure,
            question="How often is each topic what an article is about?",
            verb="about the topic",
        )

    @property
    def hits(self) -> pd.DataFrame:
        """One row per article and topic: the sentence that speaks most for it, as in the table `topic_hits`."""
        table = self.articles[["article_id", "topic"]]
        sentences = self.collection.sentences
        rows = table.merge(
            sentences[["article_id", "sentence_id", "start", "end"]], on="article_id", how="left"
        )
        bodies = self.collection.articles.set_index("article_id")["body"]
        # An article without a sentence is about what its title says; it has no place to show.
        rows = rows.fillna({"sentence_id": 0, "start": 0, "end": 0}).astype(
            {"sentence_id": "int64", "start": "int64", "end": "int64"}
        )
        rows["surface"] = [
            bodies[identity][start:end]
            for identity, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
        ]
        rows["weight"] = self._speaks(rows["surface"].tolist(), rows["topic"].tolist())
        best = rows.sort_values("weight", ascending=False, kind="stable").drop_duplicates(
            ["article_id", "topic"]
        )
        best = table.merge(best, on=["article_id", "topic"])
        best["term"] = "(the article)"
        columns = ["article_id", "sentence_id", "start", "end", "topic", "term", "surface"]
        return best[[*columns, "weight"]]

    def sentences(self, topic: str, *, most: int = 5) -> pd.DataFrame:
        """Return the sentences that speak most for a topic, one a story, strongest first.

        Returns
        -------
        DataFrame
            `article_id`, `sentence_id`, `start`, `end`, `text`, `title`, `outlet`, `published`.
        """
        check_choice("topic", topic, self.topics["topic"].tolist())
        hits = self.hits
        hits = hits[hits["topic"] == topic].rename(columns={"surface": "text"})
        about = self.collection.articles[["article_id", "story_id", "title", "outlet", "published"]]
        rows = hits.merge(about, on="article_id").sort_values("weight", ascending=False, kind="stable")
        rows = rows.drop_duplicates("story_id").drop_duplicates("text").head(most)
        columns = ["article_id", "sentence_id", "start", "end", "text", "title", "outlet", "published"]
        return rows[columns].reset_index(drop=True)

    def _speaks(self, sentences: Sequence[str], topics: Sequence[str]) -> Floats:
        """Return how much the words of each sentence speak for its topic, long sentences no more than short ones."""
        counts = log_counts(self._matrix.of(sentences))
        place = {topic: row for row, topic in enumerate(self.topics["topic"])}
        rows = np.array([place[topic] for topic in topics], dtype=np.int64)
        every = np.asarray(counts @ self._weights.T)
        n_words = np.asarray(counts.sum(axis=1)).ravel()
        found: Floats = every[np.arange(len(rows)), rows] / np.sqrt(n_words + 8)
        return found


def seeded_topics(
    collection: Collection, *, topics: Topics | None = None, min_score: float = 0.0, most: int = 15
) -> ArticleTopics:
    """Label every article with the nearest topic, learning from the collection what goes with the terms of each.

    Parameters
    ----------
    collection
        Whose articles; each story is learnt from once.
    topics
        Term lists; None takes those of the collection.
    min_score
        Articles whose best score is lower are about none of the topics (0-1).
    most
        How many terms to suggest for each topic.

    Returns
    -------
    ArticleTopics
        `topics`: `topic`, `n_articles` (labelled), `n_with_terms` (of these, with one of its terms), `mean_score`.
        `articles`: `article_id`, `topic`, `score` (0-1, orders articles by how sure the label is; no probability of
        being right), `second`, `margin`, `n_seeds`.

    Raises
    ------
    ArgumentError
        There are no term lists, or too few articles hold their terms.

    Notes
    -----
    Every article gets the nearest of the topics given, also one that is about none of them: raise `min_score`, and read.
    """
    if topics is not None:
        collection = collection.with_topics(topics)
    if collection.topics is None:
        raise ArgumentError('`topics` is None and the collection has none; give a file: topics="seeds.yml".')
    if not 0 <= min_score <= 1:
        raise ArgumentError(f"`min_score` is {min_score!r}; give a number from 0 to 1.")
    once, of_story = _once(collection)
    learnt = learn_topics(_texts(once), collection.topics, language=main_language(once["language"]))
    labels = learnt.labels.assign(story_id=once["story_id"].to_numpy())
    labels = labels[(labels["topic"] != "") & (labels["score"] >= min_score)]
    articles = of_story.merge(labels.drop(columns="text_id"), on="story_id").drop(columns="story_id")
    by_topic = articles.groupby("topic")
    table = pd.DataFrame({"topic": learnt.topics})
    table["n_articles"] = table["topic"].map(by_topic.size()).fillna(0).astype("int64")
    table["n_with_terms"] = (
        table["topic"]
        .map(articles[articles["n_seeds"] > 0].groupby("topic").size())
        .fillna(0)
        .astype("int64")
    )
    table["mean_score"] = table["topic"].map(by_topic["score"].mean())
    notes = ["Every article has the nearest of the topics given, also one that is about none of them."]
    if learnt.too_few:
        notes.append(
            f"Too few articles hold terms of {', '.join(learnt.too_few)}: nothing was learnt of them."
        )
    return ArticleTopics(
        topics=table,
        articles=articles.reset_index(drop=True),
        suggestions=learnt.suggestions(most=most),
        choice=pd.DataFrame(columns=["n_topics", "stability", "coherence", "chosen"]),
        collection=collection,
        notes=tuple(notes),
        measure="seeded_topics",
        _matrix=learnt.matrix,
        _weights=learnt.association,
    )


def discover_topics(
    collection: Collection,
    *,
    n_topics: int | None = None,
    tried: Iterable[int] = TRIED,
    min_share: float = 0.2,
    model: TopicModel | None = None,
) -> ArticleTopics:
    """Discover what the articles of a collection are about, without term lists.

    Parameters
    ----------
    collection
        Whose articles; each story counts once.
    n_topics
        How many topics; None takes the most stable of those in `tried`.
    tried
        The numbers to try; those at which a topic could not have ten stories are left out.
    min_share
        An article is about every topic that has at least this share of it (0-1).
    model
        A function that takes the place of the built-in one, see `annotate.discovered.TopicModel`; so do BERTopic and
        models of embeddings plug in.

    Returns
    -------
    ArticleTopics
        `topics`: `topic` (its first three words), `words` (ten), `n_articles`, `coherence` (NPMI of its words, -1..1),
        `stability` (overlap of its words with what parts of the collection give, 0-1).
        `articles`: `article_id`, `topic`, `share` (0-1).
        `choice`: the numbers tried.

    Raises
    ------
    ArgumentError
        The collection has fewer than 50 stories, or an argument has a value that is not allowed.

    Notes
    -----
    A topic here is words that stand together, and no more: events, places and outlets' ways of writing make such, too.
    Below a stability of about 0.5 the topics change with the articles.
    """
    if not 0 < min_share <= 1:
        raise ArgumentError(f"`min_share` is {min_share!r}; give a number above 0, at most 1.")
    once, of_story = _once(collection)
    found = find_discovered(
        _texts(once), n_topics=n_topics, tried=tried, language=main_language(once["language"]), model=model
    )
    text, column = np.nonzero(found.shares >= min_share)
    names = found.topics["topic"].to_numpy(object)
    labels = pd.DataFrame(
        {
            "story_id": once["story_id"].to_numpy()[text],
            "topic": pd.Series(names[column], dtype="str"),
            "share": found.shares[text, column],
        }
    )
    articles = of_story.merge(labels, on="story_id").drop(columns="story_id")
    articles = articles.sort_values("share", ascending=False, kind="stable")
    articles = of_story[["article_id"]].merge(articles, on="article_id")
    table = found.topics.copy()
    sizes = table["topic"].map(articles.groupby("topic").size()).fillna(0).astype("int64")
    table.insert(2, "n_articles", sizes)
    without = 1 - articles["article_id"].nunique() / max(len(of_story), 1)
    notes = ["A topic is words that stand together in stories; what they mean is for the reader to say."]
    if without:
        notes.append(f"{without:.0%} of the articles have no topic with a share of {min_share:.0%}.")
    weak = table.loc[table["stability"] < 0.5, "topic"].tolist()
    if weak:
        notes.append(f"Not stable, and to be used with care: {'; '.join(weak)}.")
    return ArticleTopics(
        topics=table,
        articles=articles,
        suggestions=pd.DataFrame(columns=["topic", "term", "reason"]),
        choice=found.choice,
        collection=collection,
        notes=tuple(notes),
        measure="discover_topics",
        _matrix=found.matrix,
        _weights=found.weights,
    )


def _once(collection: Collection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one article of each story, in the order of the collection, and which article is of which story."""
    articles = collection.articles
    kept = set(longest_copies(collection, articles[["article_id", "story_id"]])["article_id"])
    once = articles[articles["article_id"].isin(kept)].reset_index(drop=True)
    return once, articles[["article_id", "story_id"]]


def _texts(articles: pd.DataFrame) -> list[str]:
    """Return title and body of each article; a title that the body repeats stands once."""
    return [
        body if body.startswith(title) else f"{title}\n{body}"
        for title, body in zip(articles["title"], articles["body"], strict=True)
    ]
