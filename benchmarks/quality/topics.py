"""Topics from seed words, against the sections in which articles stood; dictionaries; countries, against a desk's notes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

import analystkit as ak
from analystkit.annotate.seeded import learn_topics
from analystkit.errors import TopicFileError, TopicFileWarning
from benchmarks.data import Data, Row, read_lines
from benchmarks.figures import Figure, SkippedError, timed

#: Seed words of a class, written from general knowledge without a look at the texts; `NAME.yml` for `NAME.jsonl`.
SEEDS: Final = Path(__file__).parents[1] / "seeds"


#: What macro-F1 from seed words must reach.
FLOORS: Final = {"agnews": 0.83, "bbc": 0.93}
_DICTIONARIES: Final = ("yml", "dic", "lcd", "lc3", "ykd", "cat")
_FEWEST_TO_LEARN: Final = 200  # fewer labelled texts are no set to learn from


def topics(data: Data) -> Iterator[Figure]:
    """Three ways from the same seed words, and what labels would give.

    Counted: the class with the most seed words (the first of equals; none where none occurs). Learnt: `learn_topics`.
    Surest half: the share of right labels among the half of the texts with the highest scores. Supervised: a complement
    naive Bayes on tf-idf of words and pairs that is given nine tenths of the labels, ten times.
    """
    unscored = []
    for path in data.files("topics/*.jsonl"):
        seeds = SEEDS / f"{path.stem}.yml"
        if not seeds.is_file():
            unscored.append(path.name)
            continue
        rows = read_lines(path)
        texts, labels = [_text(row) for row in rows], [row["label"] for row in rows]
        classes, seconds = timed(_classes, texts, seeds)
        n_without = classes.count("")
        yield Figure(
            "topics", f"{path.stem}: macro-F1, counted", macro_f1(labels, classes), len(rows), seconds
        )
        yield Figure("topics", f"{path.stem}: share without a seed word", n_without / len(rows), len(rows))
        if len(rows) < _FEWEST_TO_LEARN:
            continue
        learnt, seconds = timed(learn_topics, texts, ak.read_topics(seeds))
        found = learnt.labels["topic"].tolist()
        score = macro_f1(labels, found)
        yield Figure(
            "topics", f"{path.stem}: macro-F1, learnt", score, len(rows), seconds, floor=FLOORS.get(path.stem)
        )
        surest = learnt.labels["score"].sort_values(ascending=False).index[: len(rows) // 2]
        right = sum(found[at] == labels[at] for at in surest) / len(surest)
        yield Figure("topics", f"{path.stem}: right, surest half", right, len(surest))
        yield Figure("topics", f"{path.stem}: macro-F1, supervised", _supervised(texts, labels), len(rows))
    if unscored:
        raise SkippedError(f"{', '.join(unscored)}: no seed words in benchmarks/seeds")


def dictionaries(data: Data) -> Iterator[Figure]:
    """Read each dictionary, as far as it can be; compare the one that is there in six formats."""
    folder = data.file("topics/dictionaries")
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    n_read, n_named = 0, 0
    for path in paths:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", TopicFileWarning)
            try:
                ak.read_topics(path)
            except TopicFileError as reason:
                n_named += str(path) in str(reason)
                continue
        n_read += 1
        n_named += len(told) > 0
    yield Figure("dictionaries", "read", n_read, len(paths), floor=len(paths))
    yield Figure(
        "dictionaries", "of these with places named that were left out or guessed", n_named, len(paths)
    )
    same = [folder / f"mary.{ending}" for ending in _DICTIONARIES]
    same = [path for path in same if path.is_file()]
    if same:
        first = ak.read_topics(same[0])
        n_equal = sum(ak.read_topics(path) == first for path in same)
        yield Figure("dictionaries", "mary.*: equal to the first", n_equal, len(same), floor=len(same))


#: What the desk of the dispatches calls some states otherwise than the lists do; two states of then are one now.
_STATES: Final = {
    "usa": "United States",
    "uk": "United Kingdom",
    "uae": "United Arab Emirates",
    "ussr": "Russia",
    "west-germany": "Germany",
    "east-germany": "Germany",
    "yemen-arab-republic": "Yemen",
    "yemen-demo-republic": "Yemen",
    "zaire": "DR Congo",
    "burma": "Myanmar",
    "kampuchea": "Cambodia",
}
_HOME: Final = "United States"


def places(data: Data) -> Iterator[Figure]:
    """Which countries dispatches are about, against those that the desk noted; naming alone beside it."""
    rows = read_lines(data.file("../collections/reuters_1987.jsonl"))
    gold = [
        {_STATES.get(place, " ".join(map(str.capitalize, place.split("-")))) for place in row["places"]}
        for row in rows
    ]
    frame = pd.DataFrame({"text": [row["text"] for row in rows], "title": [row["title"] for row in rows]})
    collection = ak.from_frame(frame, text="text", title="title", actors="rules", progress=False)
    ids = collection.articles["article_id"].tolist()
    for words, home in (("", ""), (f", {_HOME} where none", _HOME)):
        table, seconds = timed(ak.article_countries, collection, home=home)
        for name, part in (("naming", table), ("about", table[table["about"]])):
            by_article = part.groupby("article_id")["country"].agg(set).to_dict()
            found = [by_article.get(identity, set()) for identity in ids]
            for measure, figure in _set_scores(gold, found).items():
                yield Figure("places", f"{name}{words}: {measure}", figure, len(rows), seconds)
            if not home:
                others = _set_scores([g - {_HOME} for g in gold], [f - {_HOME} for f in found])
                yield Figure("places", f"{name}, without {_HOME}: F1", others["F1"], len(rows))


def _set_scores(gold: Sequence[set[str]], found: Sequence[set[str]]) -> dict[str, float]:
    """Return precision, recall and F1 over all pairs of an article and a country."""
    hits = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    precision, recall = hits / max(1, sum(map(len, found))), hits / max(1, sum(map(len, gold)))
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / max(1e-12, precision + recall)}


def _supervised(texts: list[str], labels: list[str]) -> float:
    """Return macro-F1 of a model that is taught with labels, over ten folds."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.model_selection import cross_val_predict
    from sklearn.naive_bayes import ComplementNB
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2), ComplementNB(alpha=0.3)
    )
    return macro_f1(labels, cross_val_predict(model, texts, labels, cv=10).tolist())


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean over the classes of the gold of their F1 (0-1).

    >>> round(macro_f1(["a", "a", "b"], ["a", "b", "b"]), 4) == round((2 / 3 + 2 / 3) / 2, 4)
    True
    """
    scores = []
    for name in sorted(set(gold)):
        hits = sum(a == b == name for a, b in zip(gold, found, strict=True))
        scores.append(2 * hits / (gold.count(name) + found.count(name)))
    return sum(scores) / len(scores)


def _text(row: Row) -> str:
    text, title = str(row["text"]), str(row.get("title", ""))
    return text if text.startswith(title) else f"{title}\n{text}"


def _classes(texts: list[str], seeds: Path) -> list[str]:
    term_lists = ak.read_topics(seeds)
    hits = ak.find_topics(texts, term_lists)
    counts = hits.pivot_table(index="text_id", columns="topic", values="start", aggfunc="size", fill_value=0)
    counts = counts.reindex(index=range(len(texts)), columns=list(term_lists.topics), fill_value=0)
    best = counts.idxmax(axis=1)
    return [str(name) if n else "" for name, n in zip(best, counts.max(axis=1), strict=True)]
