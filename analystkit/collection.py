"""The collection: articles loaded from files or a table, and the tables made from them on first use."""

from __future__ import annotations

import difflib
import functools
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from analystkit.annotate.actors import annotate_mentions, link_actors
from analystkit.annotate.sentences import annotate_sentences
from analystkit.annotate.topics import TopicList, annotate_topics, read_topics
from analystkit.clean.copies import group_copies
from analystkit.clean.dates import ORDERS, find_date
from analystkit.engine import Cache, Step, annotate, default_cache_folder
from analystkit.errors import (
    ArgumentError,
    MissingColumnError,
    NothingToReadError,
    ProblemsWarning,
    check_choice,
)
from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions, match_columns, rows_to_items
from analystkit.read.items import Item, Problem, tables
from analystkit.read.sources import as_paths, find_sources
from analystkit.schema import empty_table

Topics = str | Path | Mapping[str, object] | TopicList
Names = str | Iterable[str]
Filter = Mapping[str, str | list[str]]


class Collection:
    """A set of news articles and the tables made from them.

    Made by `load` or `from_frame`. Nothing in it changes: `filter` and `with_topics` return new collections, which share
    what was already computed.

    Attributes
    ----------
    articles, zones, problems
        Frames, see `schema`.
    sentences, mentions, topic_hits
        Frames, made on first use and kept in the cache.
    topics
        The term lists in force, or None.
    filters
        The calls of `filter` that led here, in order: ({"since": "2023-09-01", "actor": ["Russia"]},).
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        zones: pd.DataFrame,
        problems: pd.DataFrame,
        *,
        topics: TopicList | None = None,
        cache: Cache | None = None,
        workers: int | None = None,
        progress: bool = True,
    ) -> None:
        self.articles = articles
        self.zones = zones
        self.problems = problems
        self.topics = topics
        self.filters: tuple[Filter, ...] = ()
        self._cache = cache
        self._workers = workers
        self._progress = progress
        self._whole: Collection | None = None

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.articles)

    def __repr__(self) -> str:
        return f"<Collection: {self.describe()}>"

    @functools.cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence: `article_id`, `sentence_id`, `start`, `end`, `tone` (VADER's compound, -1..1)."""
        if self._whole is not None:
            return self._narrowed(self._whole.sentences)
        step = Step("sentences", annotate_sentences, "rules", "Sentences and tone")
        return self._annotate(step, empty_table("sentences"))

    @functools.cached_property
    def mentions(self) -> pd.DataFrame:
        """One row per naming of an actor; `actor` is one name for all the ways in which the collection names it."""
        if self._whole is not None:
            return self._narrowed(self._whole.mentions)
        step = Step("mentions", annotate_mentions, "rules", "Actors")
        return link_actors(self._annotate(step, self.sentences))

    @functools.cached_property
    def topic_hits(self) -> pd.DataFrame:
        """One row per hit of a term of the term lists in force; no rows when there are none."""
        if self.topics is None:
            return empty_table("topic_hits")
        if self._whole is not None and self._whole.topics == self.topics:
            return self._narrowed(self._whole.topic_hits)
        run = functools.partial(annotate_topics, topics=self.topics)
        return self._annotate(Step("topic_hits", run, self.topics.digest, "Topics"), self.sentences)

    def filter(
        self,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        outlet: Names | None = None,
        actor: Names | None = None,
        topic: Names | None = None,
    ) -> Collection:
        """Return the collection narrowed to some articles.

        Parameters
        ----------
        since, until
            First and last day, both included; "2023-09-01" or a date. Undated articles are left out then.
        outlet
            One outlet or several.
        actor, topic
            Articles that name any of these actors, that hold a term of any of these topics.

        Raises
        ------
        ArgumentError
            A date cannot be read, or the collection has no such outlet, actor or topic.
        """
        keep = np.ones(len(self.articles), dtype=bool)
        step: dict[str, str | list[str]] = {}
        published = self.articles["published"]
        if since is not None:
            first = _day("since", since)
            keep &= (published >= first).to_numpy()
            step["since"] = f"{first:%Y-%m-%d}"
        if until is not None:
            last = _day("until", until)
            keep &= (published < last + pd.Timedelta(days=1)).to_numpy()
            step["until"] = f"{last:%Y-%m-%d}"
        if outlet is not None:
            step["outlet"] = names = self._known("outlet", outlet, self.articles["outlet"])
            keep &= self.articles["outlet"].isin(names).to_numpy()
        if actor is not None:
            step["actor"] = names = self._known("actor", actor, self.mentions["actor"])
            keep &= self._holds(self.mentions, "actor", names)
        if topic is not None:
            step["topic"] = names = self._known("topic", topic, self.topics.topics if self.topics else [])
            keep &= self._holds(self.topic_hits, "topic", names)
        return self._part(
            self.articles[keep].reset_index(drop=True), (*self.filters, step) if step else self.filters
        )

    def with_topics(self, topics: Topics) -> Collection:
        """Return the same collection with other term lists (a YAML file, a mapping or a `TopicList`)."""
        part = self._part(self.articles, self.filters)
        part.topics = topics if isinstance(topics, TopicList) else read_topics(topics)
        return part

    @property
    def unfiltered(self) -> Collection:
        """The collection before any filter."""
        return self if self._whole is None else self._whole.unfiltered

    def describe(self) -> str:
        """Say in one line what the collection holds.

        >>> frame = pd.DataFrame({"text": ["One.", "Two."], "date": ["2024-05-03", None], "outlet": "The Paper"})
        >>> from_frame(frame).describe()
        '2 articles (2 stories), 1 outlet, 3 May 2024; 1 undated'
        """
        if not len(self.articles):
            return "no articles"
        days = self.articles["published"].dropna()
        n_outlets = self.articles.loc[self.articles["outlet"] != "", "outlet"].nunique()
        parts = [f"{counted(len(self), 'article')} ({counted(self.articles['story_id'].nunique(), 'story')})"]
        if n_outlets:
            parts.append(counted(n_outlets, "outlet"))
        if len(days):
            first, last = day_in_words(days.min()), day_in_words(days.max())
            parts.append(first if first == last else f"{first} to {last}")
        n_undated = len(self) - len(days)
        return ", ".join(parts) + (f"; {n_undated:,} undated" if n_undated else "")

    def describe_filters(self) -> str:
        """Say in words what the collection was narrowed to; "all articles" if to nothing."""
        words = {
            "since": "from {}",
            "until": "until {}",
            "outlet": "in {}",
            "actor": "naming {}",
            "topic": "about {}",
        }
        told = [
            words[name].format(value if isinstance(value, str) else " or ".join(value))
            for step in self.filters
            for name, value in step.items()
        ]
        return "articles " + ", ".join(told) if told else "all articles"

    def _annotate(self, step: Step, sentences: pd.DataFrame) -> pd.DataFrame:
        return annotate(
            step, self.articles, sentences, cache=self._cache, workers=self._workers, progress=self._progress
        )

    def _part(self, articles: pd.DataFrame, filters: tuple[Filter, ...]) -> Collection:
        part = Collection(
            articles,
            self.zones[self.zones["article_id"].isin(set(articles["article_id"]))].reset_index(drop=True),
            self.problems,
            topics=self.topics,
            cache=self._cache,
            workers=self._workers,
            progress=self._progress,
        )
        part.filters = filters
        part._whole = self
        return part

    def _narrowed(self, table: pd.DataFrame) -> pd.DataFrame:
        if self._whole is not None and len(self._whole) == len(self):
            return table
        return table[table["article_id"].isin(set(self.articles["article_id"]))].reset_index(drop=True)

    def _holds(
        self, table: pd.DataFrame, column: str, names: list[str]
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        with_one = set(table.loc[table[column].isin(names), "article_id"])
        return np.asarray(self.articles["article_id"].isin(with_one).to_numpy(), dtype=bool)

    @staticmethod
    def _known(argument: str, given: Names, present: Iterable[str]) -> list[str]:
        """Return the names as a list; refuse those that the collection does not have, with a hint."""
        names = [given] if isinstance(given, str) else list(given)
        known = set(present)
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(str(name), known, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                some = ", ".join(map(repr, sorted(known)[:5])) or "none"
                raise ArgumentError(
                    f"`{argument}` is {name!r}; the collection has no such {argument} (it has {some} ...).{hint}"
                )
        return names


def load(
    source: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str = "",
    date_order: str = "",
    topics: Topics | None = None,
    cache: bool = True,
    workers: int | None = None,
    progress: bool = True,
) -> Collection:
    """Load a folder, a file, a zip or a list of these as one collection.

    Saved pages (text, HTML), CSV, TSV, JSON, JSON lines, XLSX and Parquet are told apart by their content. A file that
    cannot be read is listed in `problems` with a reason and a remedy, and the rest loads.

    Parameters
    ----------
    source
        Where the files are. Folders are read with all below them, in the order of their names; hidden files are not.
    columns
        For tables whose columns are not recognised by name: field to column, {"text": "inhalt_neu"}. Fields: text,
        title, lead, published, outlet, byline, section, credit, url, language.
    outlet
        The outlet of articles that name none. Without it, such an article takes the name of the folder it lies in
        below `source`; each such choice is noted in `problems`.
    date_order
        "day" or "month": what comes first in dates such as 03/04/2024, which are left unread otherwise.
    topics
        Term lists (a YAML file, a mapping or a `TopicList`).
    cache
        Keep annotations below `$ANALYSTKIT_CACHE` or the user's cache folder, so that a second run is quick.
    workers
        Processes for annotating; None takes one below 10,000 articles, else one per core.
    progress
        Show bars for what takes long.

    Returns
    -------
    Collection

    Raises
    ------
    PathMissingError, NothingToReadError
        A path does not exist; a folder holds no files.
    ArgumentError
        An argument has a value that is not allowed.

    Warns
    -----
    ProblemsWarning
        Some files could not be loaded.
    """
    check_choice("date_order", date_order, ORDERS)
    if columns is not None and not isinstance(columns, Mapping):
        raise ArgumentError(f'`columns` is {columns!r}; give field and column, such as {{"text": "body"}}.')
    options = Options(TableOptions(dict(columns or {}), date_order), date_order)
    term_lists = _as_topics(topics)
    paths = as_paths(source)
    problems: list[Problem] = []
    sources = list(find_sources(paths, problems))
    if not sources and not problems:
        where = ", ".join(repr(str(path)) for path in paths)
        raise NothingToReadError(
            f"{where} holds no files. Put saved pages, exports or tables there, or give another folder."
        )
    items: list[Item] = []
    borrowed: dict[str, int] = {}
    for file in tqdm(
        sources, desc="Loading", unit="file", disable=not progress or len(sources) < 50, leave=False
    ):
        for item in read_source(file, options, problems):
            if not item.outlet:
                item.outlet = outlet or _outlet_of_folder(file.folder)
                if item.outlet and not outlet:
                    borrowed[file.folder] = borrowed.get(file.folder, 0) + 1
            items.append(item)
    problems += [
        Problem(
            folder,
            "",
            "note",
            f"{counted(n, 'article')} that name no outlet took the folder's name: {_outlet_of_folder(folder)!r}",
            "rename the folder, or say outlet=... if that is wrong",
        )
        for folder, n in borrowed.items()
    ]
    articles, zones, faults = tables(items, problems)
    articles["story_id"] = group_copies(articles)
    errors = faults[faults["severity"] == "error"]
    if len(errors):
        worst = errors.iloc[0]
        lost = set(errors["path"])
        n_files = len(lost.union(file.path for file in sources))
        warnings.warn(
            f"Not everything could be loaded: {counted(len(lost), 'file')} of {n_files:,} had errors, first"
            f" {worst['path']!r} ({worst['reason']}). See `collection.problems` for all, with remedies.",
            ProblemsWarning,
            stacklevel=2,
        )
    kept = Cache(default_cache_folder()) if cache else None
    return Collection(
        articles, zones, faults, topics=term_lists, cache=kept, workers=workers, progress=progress
    )


def from_frame(
    frame: pd.DataFrame,
    *,
    text: str | None = None,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    section: str | None = None,
    url: str | None = None,
    language: str | None = None,
    date_order: str = "",
    topics: Topics | None = None,
    workers: int | None = None,
    progress: bool = True,
) -> Collection:
    """Make a collection from a table; every row is kept, in order, also one without text.

    Parameters
    ----------
    frame
        One row per article. It is not changed.
    text, title, published, outlet, byline, section, url, language
        Names of the columns that hold these; columns not given are recognised by name, as in `load`.
    date_order, topics, workers, progress
        As in `load`.

    Raises
    ------
    MissingColumnError
        A column that was named is absent, or none could be the text.
    """
    if not isinstance(frame, pd.DataFrame):
        raise ArgumentError(
            f"`frame` is a {type(frame).__name__}; give a pandas DataFrame (paths go to `load`)."
        )
    check_choice("date_order", date_order, ORDERS)
    given = {
        field: column
        for field, column in {
            "text": text,
            "title": title,
            "published": published,
            "outlet": outlet,
            "byline": byline,
            "section": section,
            "url": url,
            "language": language,
        }.items()
        if column is not None
    }
    names = [str(name) for name in frame.columns]
    absent = [column for column in given.values() if column not in names]
    if absent:
        raise MissingColumnError(f"`frame` needs column(s) {absent}; it has {names}.")
    fields = match_columns(names, given)
    twice = sorted({column for column in fields.values() if names.count(column) > 1})
    if twice:
        raise ArgumentError(f"`frame` has more than one column named {twice}; rename or drop the others.")
    if "text" not in fields:
        raise MissingColumnError(
            f"`frame` has no column that looks like the article text; it has {names}. Say text=..."
        )
    problems: list[Problem] = []
    rows = (
        (f"row {i}", dict(zip(names, cells, strict=True)))
        for i, cells in enumerate(frame.itertuples(index=False), 1)
    )
    items = rows_to_items(
        rows,
        fields,
        TableOptions(given, date_order),
        path="",
        format="frame",
        sha256="",
        problems=problems,
        keep_empty=True,
    )
    articles, zones, faults = tables(items, problems)
    articles["story_id"] = group_copies(articles)
    return Collection(articles, zones, faults, topics=_as_topics(topics), workers=workers, progress=progress)


def counted(n: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "story"), counted(1200, "story"), counted(0, "article")
    ('1 story', '1,200 stories', '0 articles')
    """
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{n:,} {noun if n == 1 else plural}"


def day_in_words(moment: datetime) -> str:
    """Return a day as "3 May 2024"."""
    return f"{moment.day} {moment:%B %Y}"


def _as_topics(topics: Topics | None) -> TopicList | None:
    return topics if topics is None or isinstance(topics, TopicList) else read_topics(topics)


def _outlet_of_folder(folder: str) -> str:
    return " ".join(
        word[:1].upper() + word[1:] for word in folder.replace("_", " ").replace("-", " ").split()
    )


def _day(argument: str, given: str | date) -> pd.Timestamp:
    if isinstance(given, date):
        return pd.Timestamp(given.year, given.month, given.day)
    found = find_date(str(given)) if isinstance(given, str) else None
    if found is None or found.value is None:
        raise ArgumentError(f"`{argument}` is {given!r}; give a day such as '2023-09-13'.")
    return pd.Timestamp(found.value).normalize()
