"""Loading a collection: from files, from the web, from a corpus of NLTK or from a table."""

from __future__ import annotations

import functools
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm.auto import tqdm

from analystkit.annotate.actors.backends import Model, backend_of
from analystkit.annotate.actors.ledger import Ledger, as_ledger
from analystkit.annotate.term_lists import TopicList, Topics, as_topics
from analystkit.annotate.tone.backends import ToneModel, judge_of
from analystkit.annotate.tone.lexicons import ToneLexicon, as_lexicon
from analystkit.clean.copies import AT_A_TIME, Prints, group_copies
from analystkit.clean.dates import ORDERS
from analystkit.clean.repeats import REPEATED, learn_furniture
from analystkit.collection import Collection, counted
from analystkit.engine import Cache, default_cache_folder, in_order, reading_workers
from analystkit.errors import (
    ArgumentError,
    MissingColumnError,
    NothingToReadError,
    ProblemsWarning,
    check_choice,
)
from analystkit.read import Options
from analystkit.read.columns import TableOptions, match_columns, rows_to_items
from analystkit.read.corpora import open_corpus, read_corpus
from analystkit.read.decisions import Decisions, beside, decisions_on, with_lines_of
from analystkit.read.fetch import Fetcher
from analystkit.read.items import Problem, Tables, ZonesOfArticles, tables
from analystkit.read.portions import Portion, outlet_of_folder, portions, read_portion
from analystkit.read.sources import LEXICON_FILE, Source, archives_closed, as_paths, find_sources
from analystkit.read.web import read_feeds, read_urls
from analystkit.schema import STRING


def load(
    source: str | Path | Iterable[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    outlet: str = "",
    date_order: str = "",
    topics: Topics | None = None,
    decisions: Decisions | bool = True,
    ledger: Ledger | str | Path | None = None,
    lexicon: ToneLexicon | str | Path | bool = True,
    capitals: bool = False,
    actors: Model | None = None,
    tone: ToneModel | None = None,
    models: str = "fast",
    cache: bool = True,
    workers: int | None = None,
    progress: bool = True,
) -> Collection:
    """Load a folder, a file, a zip or a list of these as one collection.

    Saved pages (text, HTML, PDF), tables (CSV, TSV, XLSX, Parquet), records (JSON, JSON lines), exports of archives,
    feeds, e-mail and web archives are told apart by their content. A file that cannot be read is listed in `problems`
    with a reason and a remedy, and the rest loads.

    Parameters
    ----------
    source
        Where the files are. Folders are read with all below them, in the order of their names; hidden files are not.
        Of several, each is shown in `path` with as much of its own path as tells it from the others.
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
    decisions
        The analyst's decisions on lines (a CSV file or a table, see `schema.DECISIONS`). True takes the file
        `line-decisions.csv` in the folder, or `FOLDER.line-decisions.csv` beside it, if there is one; False takes none.
    ledger
        Decisions on actors: the path of a CSV file, or a `Ledger`. A file that lies below `source` is not read as news.
    lexicon
        The values that the analyst gave words of tone: the path of a CSV file, or a `ToneLexicon`. True takes the file
        `tone-lexicon.csv` in the folder, or `FOLDER.tone-lexicon.csv` beside it, if there is one; False takes none.
    capitals
        Count capitals that stand for governments as their states: see `Collection.with_capitals`.
    actors
        What finds the namings of actors: "rules", "fast", "accurate", "spacy:<pipeline>", "nltk" or a function, see
        `find_mentions`. None: what `models` says.
    tone
        What judges the tone towards actors: "fast", "accurate" or a function, see `tone_towards`. None: what `models` says.
    models
        The models of all steps that have several: "fast", or "accurate" (with the extra of that name).
    cache
        Keep annotations below `$ANALYSTKIT_CACHE` or the user's cache folder, so that a second run is quick.
    workers
        Processes for reading and annotating, with the same result for any number; None takes one for little (under
        300 files, 10,000 articles), else one per core.
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
    chosen = _models(actors, tone, models)
    if columns is not None and not isinstance(columns, Mapping):
        raise ArgumentError(f'`columns` is {columns!r}; give field and column, such as {{"text": "body"}}.')
    options = Options(TableOptions(dict(columns or {}), date_order), date_order)
    term_lists = as_topics(topics)
    on_actors = as_ledger(ledger)
    paths = as_paths(source)
    kept, decided = decisions_on(paths, decisions)
    on_words = as_lexicon(lexicon, beside(paths, LEXICON_FILE))
    problems: list[Problem] = []
    own_files = (on_actors.path, on_words.path)
    sources = [
        file for file in find_sources(paths, problems) if not any(_is_file(file, path) for path in own_files)
    ]
    if not sources and not problems:
        where = ", ".join(repr(str(path)) for path in paths)
        raise NothingToReadError(
            f"{where} holds no files. Put saved pages, exports or tables there, or give another folder."
        )
    size = sum(file.size for file in sources)
    few = len(sources) < 50 and size < 10_000_000
    # Of much, what tells copies would take more memory than it saves time.
    prints = size <= AT_A_TIME
    read = functools.partial(read_portion, options=options, outlet=outlet, prints=prints)
    made = Tables()
    made.problems += problems
    borrowed: Counter[str] = Counter()
    bar = tqdm(
        desc="Loading", total=size, unit="B", unit_scale=True, disable=not progress or few, leave=False
    )
    with bar, archives_closed():
        told = _telling(portions(sources, options), bar)
        for block, of_folders in in_order(read, told, reading_workers(workers, len(sources), size)):
            made.add(block)
            borrowed += of_folders
    made.problems += [
        Problem(
            folder,
            "",
            "note",
            f"{counted(n, 'article')} that name no outlet took the folder's name: {outlet_of_folder(folder)!r}",
            "rename the folder, or say outlet=... if that is wrong",
        )
        for folder, n in borrowed.items()
    ]
    collection = _collected(
        made.finish(),
        {file.path for file in sources},
        "file",
        prints=made.prints(),
        topics=term_lists,
        ledger=on_actors,
        lexicon=on_words,
        capitals=capitals,
        actors=chosen[0],
        tone=chosen[1],
        cache=cache,
        workers=workers,
        progress=progress,
    )
    collection._decision_file = kept
    return (
        collection.with_decisions(decided, name=kept.path.name if kept else "")
        if len(decided)
        else collection
    )


def load_urls(
    urls: str | Iterable[str],
    *,
    outlet: str = "",
    date_order: str = "",
    pause: float = 1.0,
    timeout: float = 20.0,
    max_age: float = 24.0,
    topics: Topics | None = None,
    actors: Model | None = None,
    tone: ToneModel | None = None,
    models: str = "fast",
    cache: bool = True,
    workers: int | None = None,
    progress: bool = True,
) -> Collection:
    """Fetch pages from the web, politely, and load them as one collection.

    At most one request goes to a host in `pause` seconds, none that its robots.txt forbids, and the requests name
    analystkit. An address that cannot be had is listed in `problems` with a reason and a remedy, and the rest loads.

    Parameters
    ----------
    urls
        One address or several, or a column of them. Each is fetched once.
    outlet
        The outlet of pages that name none; without it, such a page takes the name of its host.
    pause, timeout
        Seconds between two requests to one host, and to wait for an answer.
    max_age
        Hours for which a page that was fetched before is used again without asking; after that the server is asked
        whether it has changed.
    cache
        Keep pages and annotations below `$ANALYSTKIT_CACHE` or the user's cache folder.
    date_order, topics, actors, tone, models, workers, progress
        As in `load`.

    Warns
    -----
    ProblemsWarning
        Some pages could not be had.
    """
    check_choice("date_order", date_order, ORDERS)
    chosen = _models(actors, tone, models)
    addresses = _addresses("urls", urls)
    term_lists = as_topics(topics)
    problems: list[Problem] = []
    items = read_urls(
        addresses,
        _fetcher(cache, pause, timeout, max_age),
        Options(TableOptions({}, date_order), date_order),
        problems,
        outlet=outlet,
        progress=progress,
    )
    return _collected(
        tables(items, problems),
        set(addresses),
        "page",
        topics=term_lists,
        actors=chosen[0],
        tone=chosen[1],
        cache=cache,
        workers=workers,
        progress=progress,
    )


def load_feed(
    url: str | Iterable[str],
    *,
    pages: bool = False,
    outlet: str = "",
    date_order: str = "",
    pause: float = 1.0,
    timeout: float = 20.0,
    max_age: float = 24.0,
    topics: Topics | None = None,
    actors: Model | None = None,
    tone: ToneModel | None = None,
    models: str = "fast",
    cache: bool = True,
    workers: int | None = None,
    progress: bool = True,
) -> Collection:
    """Fetch a feed (RSS or Atom), or several, and load the entries as one collection.

    Many feeds carry no more than a teaser of each article.

    Parameters
    ----------
    url
        The address of the feed, or several.
    pages
        Fetch the page of each entry as well, as `load_urls` does, and use its text. An entry whose page cannot be had
        keeps what the feed says.
    outlet
        The outlet of all entries; without it, the name of the feed.
    date_order, pause, timeout, max_age, topics, actors, tone, models, cache, workers, progress
        As in `load_urls`; the feed itself is asked each time whether it has changed.

    Warns
    -----
    ProblemsWarning
        The feed or some pages could not be had.
    """
    check_choice("date_order", date_order, ORDERS)
    chosen = _models(actors, tone, models)
    addresses = _addresses("url", url)
    term_lists = as_topics(topics)
    problems: list[Problem] = []
    items = read_feeds(
        addresses,
        _fetcher(cache, pause, timeout, max_age),
        Options(TableOptions({}, date_order), date_order),
        problems,
        pages=pages,
        outlet=outlet,
        progress=progress,
    )
    asked = {*addresses, *(item.url for item in items if pages and item.url)}
    return _collected(
        tables(items, problems),
        asked,
        "page",
        topics=term_lists,
        actors=chosen[0],
        tone=chosen[1],
        cache=cache,
        workers=workers,
        progress=progress,
    )


def load_nltk(
    corpus: object,
    *,
    outlet: str = "",
    topics: Topics | None = None,
    actors: Model | None = None,
    tone: ToneModel | None = None,
    models: str = "fast",
    cache: bool = True,
    workers: int | None = None,
    progress: bool = True,
) -> Collection:
    """Load a corpus of NLTK whose data is on this computer; each of its files is one article.

    Parameters
    ----------
    corpus
        Its name, such as "reuters", or a corpus reader of NLTK.
    outlet
        The outlet of all articles; without it, the name of the corpus. (NLTK's corpora have no dates.)
    topics, actors, tone, models, cache, workers, progress
        As in `load`.

    Raises
    ------
    ArgumentError
        NLTK knows no such corpus.
    NothingToReadError
        Its data is not on this computer; nothing is downloaded.
    """
    chosen = _models(actors, tone, models)
    term_lists = as_topics(topics)
    reader = open_corpus(corpus)
    name = corpus if isinstance(corpus, str) else type(reader).__name__
    problems: list[Problem] = []
    items = []
    bar = tqdm(desc="Loading", unit="file", disable=not progress, leave=False)
    with bar:
        for item in read_corpus(reader, name, problems):
            item.outlet = outlet or name[:1].upper() + name[1:]
            items.append(item)
            bar.update()
    return _collected(
        tables(items, problems),
        {item.path for item in items},
        "file",
        topics=term_lists,
        actors=chosen[0],
        tone=chosen[1],
        cache=cache,
        workers=workers,
        progress=progress,
    )


def _addresses(argument: str, given: object) -> list[str]:
    """Return one address or several as a list."""
    if isinstance(given, str):
        given = [given]
    if isinstance(given, (bytes, Mapping)) or not isinstance(given, Iterable):
        raise ArgumentError(f"`{argument}` is {given!r}; give an address (https://...) or a list of them.")
    addresses = list(given)
    if not addresses:
        raise NothingToReadError(f"`{argument}` is empty; give at least one address.")
    wrong = [address for address in addresses if not isinstance(address, str)]
    if wrong:
        raise ArgumentError(f"`{argument}` holds {wrong[0]!r}, which is no address (https://...).")
    return addresses


def _fetcher(cache: bool, pause: float, timeout: float, max_age: float) -> Fetcher:
    for argument, value, least in (("pause", pause, 0), ("max_age", max_age, 0), ("timeout", timeout, 0.001)):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= least:
            raise ArgumentError(f"`{argument}` is {value!r}; give a number of at least {least}.")
    folder = default_cache_folder() / "pages" if cache else None
    return Fetcher(folder, pause=pause, timeout=timeout, max_age=3600 * max_age)


def _collected(
    frames: tuple[pd.DataFrame, pd.DataFrame | ZonesOfArticles, pd.DataFrame],
    asked: set[str],
    noun: str,
    *,
    prints: Prints | None = None,
    topics: TopicList | None,
    ledger: Ledger | None = None,
    lexicon: ToneLexicon | None = None,
    capitals: bool = False,
    actors: Model,
    tone: ToneModel,
    cache: bool,
    workers: int | None,
    progress: bool,
) -> Collection:
    """Return the collection of what was read; warn, at the line that asked for it, of what could not be."""
    articles, zones, faults = frames
    articles["story_id"] = group_copies(articles, prints=prints)
    articles, zones = _without_repeats(articles, zones)
    errors = faults[faults["severity"] == "error"]
    if len(errors):
        worst = errors.iloc[0]
        lost = set(errors["path"])
        warnings.warn(
            f"Not everything could be loaded: {counted(len(lost), noun)} of {len(lost | asked):,} had errors, first"
            f" {worst['path']!r} ({worst['reason']}). See `collection.problems` for all, with remedies.",
            ProblemsWarning,
            stacklevel=3,
        )
    kept = Cache(default_cache_folder()) if cache else None
    return Collection(
        articles,
        zones,
        faults,
        topics=topics,
        ledger=ledger,
        lexicon=lexicon,
        capitals=capitals,
        actors=actors,
        tone=tone,
        cache=kept,
        workers=workers,
        progress=progress,
    )


def _without_repeats(
    articles: pd.DataFrame, zones: pd.DataFrame | ZonesOfArticles
) -> tuple[pd.DataFrame, pd.DataFrame | ZonesOfArticles]:
    """Return articles and zones with what the pages saved as text repeat taken for furniture.

    HTML says what its article is, and exports have no furniture.
    """
    pages = articles[articles["format"] == "text"]
    if not len(pages):
        return articles, zones
    if isinstance(zones, ZonesOfArticles):
        # To make the frame takes long, and most collections repeat nothing.
        if not zones.may_repeat(articles):
            return articles, zones
        zones = zones.frame(articles)
    learnt = learn_furniture(pages, zones)
    if not learnt.any():
        return articles, zones
    zones = zones.assign(
        zone=zones["zone"].mask(learnt, "furniture").astype(STRING),
        reason=zones["reason"].mask(learnt, REPEATED).astype(STRING),
    )
    articles = with_lines_of(articles, zones, set(zones.loc[learnt, "article_id"]))
    articles["story_id"] = group_copies(articles)
    return articles, zones


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
    ledger: Ledger | str | Path | None = None,
    lexicon: ToneLexicon | str | Path | None = None,
    capitals: bool = False,
    actors: Model | None = None,
    tone: ToneModel | None = None,
    models: str = "fast",
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
    date_order, topics, ledger, lexicon, capitals, actors, tone, models, workers, progress
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
    chosen = _models(actors, tone, models)
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
    return Collection(
        articles,
        zones,
        faults,
        topics=as_topics(topics),
        ledger=as_ledger(ledger),
        lexicon=as_lexicon(lexicon),
        capitals=capitals,
        actors=chosen[0],
        tone=chosen[1],
        workers=workers,
        progress=progress,
    )


def _is_file(source: Source, path: str) -> bool:
    """Say whether a source is the file at `path` itself (what is in an archive has no place of its own)."""
    place = str(getattr(source.place, "path", ""))
    # Most have another name, which strings tell much sooner than paths do.
    if not path or not place.endswith(path.rpartition("/")[2]):
        return False
    return Path(place).name == Path(path).name and Path(place).samefile(path)


def _models(actors: Model | None, tone: ToneModel | None, models: str) -> tuple[Model, ToneModel]:
    """Return what finds actors and what judges tone; refuse a model that there is not, before anything is read."""
    check_choice("models", models, ["fast", "accurate"])
    finder, judge = models if actors is None else actors, models if tone is None else tone
    backend_of(finder, "models" if actors is None else "actors")
    judge_of(judge, "models" if tone is None else "tone")
    return finder, judge


def _telling(tasks: Iterable[Portion], bar: tqdm[Any]) -> Iterator[Portion]:
    for task in tasks:
        yield task
        bar.update(task.size)
