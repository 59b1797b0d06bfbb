"""The collection: articles, and the tables made from them on first use."""

from __future__ import annotations

import copy
import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from analystkit.annotate.actors import annotate_mentions, link_actors
from analystkit.annotate.actors.backends import Model, model_key
from analystkit.annotate.actors.capitals import name_governments
from analystkit.annotate.actors.ledger import Applied, Ledger, as_ledger
from analystkit.annotate.actors.proposals import propose_merges
from analystkit.annotate.sentences import annotate_sentences
from analystkit.annotate.term_lists import TopicList, Topics, as_topics
from analystkit.annotate.tokens import Tokens, tokens
from analystkit.annotate.tone.lexicons import ToneLexicon, as_lexicon
from analystkit.annotate.tone.towards import annotate_tones, tones_of_actors
from analystkit.annotate.topics import annotate_topics
from analystkit.clean.copies import group_copies
from analystkit.clean.dates import find_date
from analystkit.codes import ArticleCodes, HitCodes, Ints, Mask
from analystkit.engine import Cache, Step, annotate
from analystkit.errors import (
    ArgumentError,
    check_choice,
)
from analystkit.read.decisions import (
    TARGET,
    DecisionFile,
    Decisions,
    apply_decisions,
    decisions_on,
    lines_at,
    matching,
)
from analystkit.read.items import ZonesOfArticles
from analystkit.read.sources import (
    DECISION_FILE,
)
from analystkit.schema import BODY_ZONES, ZONE_NAMES, conform, empty_table

#: The parts of a text that `filter` may narrow what is counted to.
TEXT_PARTS: Final = ("first paragraph", "later paragraphs", "subheads")

Names = str | Iterable[str]
Filter = Mapping[str, str | list[str]]


class Collection:
    """A set of news articles and the tables made from them.

    Made by `load` or `from_frame`. Nothing in it changes: `filter`, `with_topics`, what decides on lines (`put_back`,
    `remove`, `retype`, `undo_line`), on actors (`decide`, `undo`) and on words of tone (`set_tone`, `undo_tone`) return
    new collections, which share what was already computed.

    Attributes
    ----------
    articles, problems
        Frames, see `schema`.
    zones
        Frame, made on first use: it repeats the text of every article.
    sentences, mentions, tones, topic_hits
        Frames, made on first use and kept in the cache.
    tokens
        The running words of the bodies, made on first use and kept in the cache.
    topics
        The term lists in force, or None.
    ledger
        The decisions on actors in force.
    lexicon
        The values that the analyst gave words of tone.
    capitals
        Whether capitals that stand for governments are counted as their states.
    actors
        The model that finds the namings of actors, see `find_mentions`.
    filters
        The calls of `filter` that led here, in order: ({"since": "2023-09-01", "actor": ["Russia"]},).
    decisions
        The decisions on lines in force, in order; see `schema.DECISIONS`.
    decision_file
        Where `save_decisions` writes them, or None.
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        zones: pd.DataFrame | ZonesOfArticles,
        problems: pd.DataFrame,
        *,
        topics: TopicList | None = None,
        ledger: Ledger | None = None,
        lexicon: ToneLexicon | None = None,
        capitals: bool = False,
        actors: Model = "fast",
        cache: Cache | None = None,
        workers: int | None = None,
        progress: bool = True,
    ) -> None:
        self.articles = articles
        #: Which part of the texts is counted, "" for all.
        self.zone = ""
        #: Positions of the articles among those before any filter.
        self._rows: Ints | None = None
        self.topics = topics
        self.ledger = Ledger() if ledger is None else ledger
        self.lexicon = ToneLexicon() if lexicon is None else lexicon
        self.capitals = capitals
        self._problems = problems
        self.actors = actors
        self.filters: tuple[Filter, ...] = ()
        self._zones = zones
        self._cache = cache
        self._workers = workers
        self._progress = progress
        self._whole: Collection | None = None
        self._root: Collection | None = None
        self._decisions = _nothing("decisions")
        #: The same collection before any decision on lines, and what it is called where a decision is told of.
        self._undecided: Collection | None = None
        self._decisions_name = DECISION_FILE
        self._decision_file: DecisionFile | None = None

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.articles) if self._rows is None else len(self._rows)

    @functools.cached_property
    def articles(self) -> pd.DataFrame:
        """One row per article as received; of a collection that was narrowed made on first use, as it repeats texts."""
        return self.codes.articles.iloc[self.rows].reset_index(drop=True)

    @functools.cached_property
    def codes(self) -> ArticleCodes:
        """The articles before any filter as numbers, for measures."""
        return ArticleCodes(self.articles) if self._whole is None else self._whole.codes

    @property
    def rows(self) -> Ints:
        """The positions of the articles among those before any filter, for measures."""
        return np.arange(len(self.articles)) if self._rows is None else self._rows

    @functools.cached_property
    def _mask(self) -> Mask | None:
        """Which of the articles before any filter are here; None for all."""
        if self._rows is None or len(self._rows) == len(self.codes):
            return None
        mask = np.zeros(len(self.codes), dtype=np.bool_)
        mask[self._rows] = True
        return mask

    @functools.cached_property
    def mention_codes(self) -> HitCodes:
        """The mentions before any filter as numbers, for measures."""
        if self._whole is not None and self._decides_as(self._whole):
            return self._whole.mention_codes
        return HitCodes(self.mentions, "actor", self.codes)

    @functools.cached_property
    def topic_codes(self) -> HitCodes:
        """The hits of terms before any filter as numbers, for measures."""
        if self._whole is not None and self._whole.topics == self.topics:
            return self._whole.topic_codes
        return HitCodes(self.topic_hits, "topic", self.codes)

    @functools.cached_property
    def sentence_codes(self) -> HitCodes:
        """The sentences before any filter as numbers, for measures."""
        if self._whole is not None and self._whole.lexicon == self.lexicon:
            return self._whole.sentence_codes
        return HitCodes(self.sentences, "", self.codes)

    def is_counted(self, hits: HitCodes, rows: Ints | None = None) -> Mask | None:
        """Return which rows (or which of some rows) stand in these articles and in the part of them that is counted.

        None means all, which is said without looking at each.
        """
        mask = self._mask
        if mask is None and not self.zone:
            return None
        article = hits.article if rows is None else hits.article[rows]
        here = np.ones(len(article), dtype=np.bool_) if mask is None else mask[article]
        if self.zone:
            place = hits.mention if rows is None else hits.mention[rows]
            here &= self.unfiltered._parts_at(place) == TEXT_PARTS.index(self.zone)
        return here

    def _counted(self, hits: HitCodes) -> pd.DataFrame:
        here = self.is_counted(hits)
        return hits.table if here is None else hits.table[here].reset_index(drop=True)

    @functools.cached_property
    def _lines(self) -> tuple[Ints, Ints]:
        """Where each line of the bodies begins, as one number with its article, and which of `TEXT_PARTS` it is."""
        if self._whole is not None:
            return self._whole._lines
        lines = self.zones[self.zones["zone"].isin(BODY_ZONES)]
        article = self.codes.positions(lines["article_id"])
        lengths = lines["text"].str.len().to_numpy(np.int64) + 1
        ends = np.cumsum(lengths)
        first = np.append(True, article[1:] != article[:-1]) if len(article) else np.zeros(0, dtype=bool)
        before = np.repeat((ends - lengths)[first], np.diff(np.append(np.flatnonzero(first), len(article))))
        starts = article * (1 << 31) + ends - lengths - before
        is_subhead = (lines["zone"] == "subhead").to_numpy()
        # The first paragraph is the first line that is no subhead.
        paragraphs = np.where(is_subhead, 0, 1)
        nth = np.cumsum(paragraphs)
        nth -= np.repeat((nth - paragraphs)[first], np.diff(np.append(np.flatnonzero(first), len(article))))
        part = np.where(is_subhead, 2, np.where(nth == 1, 0, 1))
        by_place = np.argsort(starts, kind="stable")
        return starts[by_place], part[by_place]

    def _parts_at(self, places: Ints) -> Ints:
        """Return in which of `TEXT_PARTS` each place stands."""
        starts, part = self._lines
        if not len(starts):
            return np.full(len(places), -1)
        return np.asarray(part[np.searchsorted(starts, places, side="right") - 1], dtype=np.int64)

    def __repr__(self) -> str:
        return f"<Collection: {self.describe()}>"

    @functools.cached_property
    def zones(self) -> pd.DataFrame:
        """One row per line or block of a page: `article_id`, `order`, `zone`, `text`, `reason`."""
        if self._whole is not None:
            return self._narrowed(self._whole.zones)
        return self._zones if isinstance(self._zones, pd.DataFrame) else self._zones.frame(self.articles)

    @functools.cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence: `article_id`, `sentence_id`, `start`, `end`, `tone` (VADER's compound, -1..1)."""
        if self._whole is not None and self._whole.lexicon == self.lexicon:
            return self._counted(self.sentence_codes)
        run = functools.partial(annotate_sentences, lexicon=self.lexicon.valence)
        settings = f"rules {self.lexicon.sha256}" if self.lexicon.decisions else "rules"
        return self._annotate(
            Step("sentences", run, settings, "Sentences and tone"), empty_table("sentences")
        )

    @functools.cached_property
    def tokens(self) -> Tokens:
        """The tokens of the bodies, one text per article, as numbers; see `annotate.tokens`."""
        if self._whole is not None:
            places = pd.Index(self._whole.articles["article_id"]).get_indexer(self.articles["article_id"])
            return self._whole.tokens.select(places.astype(np.int64))
        bodies = self.articles["body"]
        return self._cache.read_tokens(bodies) if self._cache else tokens(bodies.tolist())

    @functools.cached_property
    def mentions(self) -> pd.DataFrame:
        """One row per naming of an actor; `actor` is one name for all the ways in which the collection names it."""
        if self._whole is not None and self._decides_as(self._whole):
            return self._counted(self.mention_codes)
        decided = self._applied.mentions
        if not self.capitals:
            return decided
        # What the analyst decided on a capital stands; its state is called what the ledger calls it.
        states = name_governments(self._linked, self.articles)
        as_linked = self._linked["actor"].to_numpy(dtype=object)
        now = decided["actor"].to_numpy(dtype=object, copy=True)
        acts = (states != "") & (now == as_linked)
        called = dict(zip(as_linked, now, strict=True))
        now[acts] = [called.get(state, state) for state in states[acts]]
        kinds = decided["kind"].to_numpy(dtype=object, copy=True)
        kinds[acts] = "state"
        columns = {"actor": now, "kind": kinds}
        return decided.assign(**{name: pd.Series(cells, dtype="str") for name, cells in columns.items()})

    @functools.cached_property
    def _linked(self) -> pd.DataFrame:
        """The mentions as the linker leaves them, before any decision."""
        if self._whole is not None:
            return self._narrowed(self._whole._linked)
        run = functools.partial(annotate_mentions, model=self.actors)
        step = Step("mentions", run, model_key(self.actors), "Actors")
        return link_actors(self._annotate(step, self.sentences))

    @functools.cached_property
    def _applied(self) -> Applied:
        if self._root is not None and self._whole is not None and self._whole.ledger == self.ledger:
            whole = self._whole._applied
            return Applied(self._narrowed(whole.mentions), whole.faults, whole.settled)
        return self.ledger.apply(self._linked)

    def _decides_as(self, other: Collection) -> bool:
        return self.ledger == other.ledger and self.capitals == other.capitals

    @functools.cached_property
    def problems(self) -> pd.DataFrame:
        """One row per thing that went wrong: `path`, `where`, `severity`, `reason`, `remedy`.

        A decision of the ledger that finds nothing to change is one of them.
        """
        if not self.ledger.decisions:
            return self._problems
        path = self.ledger.path or "ledger"
        faults = [
            (path, f"line {fault.line}", fault.severity, fault.reason, fault.remedy)
            for fault in self._applied.faults
        ]
        told = pd.DataFrame(faults, columns=list(self._problems.columns)).astype(self._problems.dtypes)
        return pd.concat([self._problems, told], ignore_index=True)

    @functools.cached_property
    def proposals(self) -> pd.DataFrame:
        """One row per two actors that may be one, strongest first, none that the ledger has settled.

        `name` may be `other`, for the `reason` given; `n` and `n_other` are their mentions. Nothing is merged before
        `decide("merge", name, other)`; after `decide("reject", name, other)` the proposal never comes again.
        """
        return propose_merges(Applied(self.mentions, (), self._applied.settled))

    @functools.cached_property
    def tones(self) -> pd.DataFrame:
        """One row per actor and sentence that names them: the tone towards them there, see `schema.TONES`.

        `label` is negative, neutral, positive or unsure; `voice` is "quoted" where the sentence holds quoted speech, of
        which it is not told whose tone it is: keep `voice == "article"` to leave such sentences out.
        """
        if self._whole is not None and self._decides_as(self._whole) and self._whole.zone == self.zone:
            return self._narrowed(self._whole.tones)
        return tones_of_actors(self.mentions, self._mention_tones)

    @functools.cached_property
    def _mention_tones(self) -> pd.DataFrame:
        """The tone at each mention: where it stands decides, so decisions on actors leave it as it is."""
        if self._whole is not None:
            return self._narrowed(self._whole._mention_tones)
        spans = self.sentences[["article_id", "sentence_id", "start", "end"]]
        spans = spans.rename(columns={"start": "sentence_start", "end": "sentence_end"})
        placed = self._linked[["article_id", "sentence_id", "start", "end"]].merge(
            spans, on=["article_id", "sentence_id"], validate="m:1"
        )
        step = Step("mention_tones", annotate_tones, model_key(self.actors), "Tone towards actors")
        return self._annotate(step, placed)

    @functools.cached_property
    def topic_hits(self) -> pd.DataFrame:
        """One row per hit of a term of the term lists in force; no rows when there are none."""
        if self.topics is None:
            return empty_table("topic_hits")
        if self._whole is not None and self._whole.topics == self.topics:
            return self._counted(self.topic_codes)
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
        zone: str | None = None,
    ) -> Collection:
        """Return the collection narrowed to some articles, or to some part of each.

        Parameters
        ----------
        since, until
            First and last day, both included; "2023-09-01" or a date. Undated articles are left out then.
        outlet
            One outlet or several.
        actor, topic
            Articles that name any of these actors, that hold a term of any of these topics.
        zone
            Which part of their texts is counted from now on: "first paragraph", "later paragraphs" or "subheads". All
            articles stay, also those that have no such part.

        Raises
        ------
        ArgumentError
            A date cannot be read, there is no such part, or the collection has no such outlet, actor or topic.
        """
        codes, rows = self.codes, self.rows
        keep = np.ones(len(rows), dtype=np.bool_)
        step: dict[str, str | list[str]] = {}
        published = codes.published[rows]
        if since is not None:
            first = _day("since", since)
            keep &= published >= first.to_datetime64()
            step["since"] = f"{first:%Y-%m-%d}"
        if until is not None:
            last = _day("until", until)
            keep &= published < (last + pd.Timedelta(days=1)).to_datetime64()
            step["until"] = f"{last:%Y-%m-%d}"
        if outlet is not None:
            code, names = codes.trait("outlet")
            present = np.bincount(code[rows], minlength=len(names)) > 0
            step["outlet"] = self._known("outlet", outlet, names[present])
            keep &= np.isin(names, step["outlet"])[code[rows]]
        if actor is not None:
            step["actor"], named = self._holding("actor", actor, self.mention_codes)
            keep &= named[rows]
        if topic is not None:
            listed = self.topics.topics if self.topics else []
            self._known("topic", topic, listed)
            step["topic"], named = self._holding("topic", topic, self.topic_codes, listed)
            keep &= named[rows]
        if zone is not None:
            check_choice("zone", zone, TEXT_PARTS)
            step["zone"] = zone
        part = self._part(rows[keep], (*self.filters, step) if step else self.filters)
        part.zone = zone or self.zone
        return part

    def narrowed_to(self, article_ids: set[str]) -> Collection:
        """Return the collection narrowed to these articles, for measures; what analysts narrow by is `filter`."""
        kept = self.codes.articles["article_id"].isin(article_ids).to_numpy()
        return self._part(self.rows[kept[self.rows]], self.filters)

    def with_topics(self, topics: Topics) -> Collection:
        """Return the same collection with other term lists (a YAML file, a mapping or a `TopicList`)."""
        part = self._part(self.rows, self.filters)
        part.topics = as_topics(topics)
        return part

    def decide(
        self, action: str, name: str, other: str = "", *, kind: str = "", note: str = "", day: str | date = ""
    ) -> Collection:
        """Return the collection with one decision on actors more; arguments as in `Ledger.decide`.

        Raises
        ------
        ArgumentError
            The decision finds nothing to change here, or an argument has a value that is not allowed.
        """
        ledger = self.ledger.decide(action, name, other, kind=kind, note=note, day=day)
        decided = self.with_ledger(ledger)
        faults = [fault for fault in decided._applied.faults if fault.line == len(ledger) + 1]
        if faults:
            raise ArgumentError(f"{ledger.decisions[-1].describe()!r} cannot be: {faults[0].reason}.")
        return decided

    def undo(self, n: int = 1) -> Collection:
        """Return the collection without its last decisions on actors: every count is what it was before them."""
        return self.with_ledger(self.ledger.undo(n))

    def with_ledger(self, ledger: Ledger | str | Path | None) -> Collection:
        """Return the same collection under another ledger (or the path of one); None is an empty one.

        Filters are applied anew: which articles name an actor depends on the ledger.
        """
        return self._anew(as_ledger(ledger), self.capitals)

    def set_tone(self, word: str, value: float, *, note: str = "", day: str | date = "") -> Collection:
        """Return the collection with another value of a word of tone; arguments as in `ToneLexicon.set`.

        >>> from analystkit.loading import from_frame
        >>> frame = pd.DataFrame({"text": ["They share a border."]})
        >>> collection = from_frame(frame, progress=False)
        >>> collection.sentences["tone"].tolist(), collection.set_tone("share", 0).sentences["tone"].tolist()
        ([0.296], [0.0])
        """
        return self.with_lexicon(self.lexicon.set(word, value, note=note, day=day))

    def undo_tone(self, n: int = 1) -> Collection:
        """Return the collection without its last values of words of tone."""
        return self.with_lexicon(self.lexicon.undo(n))

    def with_lexicon(self, lexicon: ToneLexicon | str | Path | None) -> Collection:
        """Return the same collection under another lexicon of the project (or the path of one); None is an empty one."""
        part = self.unfiltered._under(self.ledger, self.capitals, self.topics, as_lexicon(lexicon))
        for step in self.filters:
            part = part.filter(**step)  # type: ignore[arg-type]
        return part

    def save_lexicon(self, path: str | Path = "") -> Path:
        """Write the values of words of tone to a CSV file and return its path.

        Without `path` it goes where it was read from, or where `load` will find it: `tone-lexicon.csv` in the folder.
        """
        return self.lexicon.save(path)

    def with_capitals(self, capitals: bool = True) -> Collection:
        """Return the collection with capitals that stand for governments counted as their states, or not.

        "Moscow said" and "a Kremlin spokesman" are Russia then; "in Moscow" stays a place. This is read from the words
        beside the name, and is a reading: look at the sentences.
        """
        return self if capitals == self.capitals else self._anew(self.ledger, capitals)

    def _anew(self, ledger: Ledger, capitals: bool) -> Collection:
        part = self.unfiltered._under(ledger, capitals, self.topics, self.lexicon)
        for step in self.filters:
            part = part.filter(**{name: part._called_now(name, value, self) for name, value in step.items()})
        return part

    def _under(
        self, ledger: Ledger, capitals: bool, topics: TopicList | None, lexicon: ToneLexicon
    ) -> Collection:
        """Return this, which no filter has narrowed, under a ledger and with word lists; decisions on lines stay."""
        part = self._part(self.rows, self.filters)
        part.ledger, part.capitals, part.topics, part._root = ledger, capitals, topics, None
        part.lexicon = lexicon
        part._decisions, part._decisions_name = self._decisions, self._decisions_name
        part._undecided, part._decision_file = self._undecided, self._decision_file
        return part

    def _called_now(self, name: str, value: str | list[str], before: Collection) -> Any:
        """Return a value of a filter, with actors by the names that they have here."""
        if name != "actor":
            return value
        were = before.unfiltered.mentions["actor"]
        now = self.unfiltered.mentions["actor"]
        # A step before this one may have left out the articles that name some of them.
        return sorted(set(now[were.isin(list(value)).to_numpy()]) & set(self.mentions["actor"]))

    @property
    def decisions(self) -> pd.DataFrame:
        """The analyst's decisions on lines that are in force: one row each, in order (see `schema.DECISIONS`)."""
        return self.unfiltered._decisions

    @property
    def decision_file(self) -> DecisionFile | None:
        """Where decisions are kept; None where `save_decisions` must be told."""
        return self.unfiltered._decision_file

    def put_back(
        self, text: str, *, article: str = "", outlet: str = "", nth: int | None = None, note: str = ""
    ) -> Collection:
        """Return the collection with a line that was kept out put back into the body; see `retype`.

        >>> from analystkit.loading import from_frame
        >>> frame = pd.DataFrame({"text": ["SEOUL (Yonhap) - They met. They parted."], "outlet": ["Lamp"]})
        >>> collection = from_frame(frame, progress=False)
        >>> collection.put_back("SEOUL (Yonhap) -").articles["body"].tolist()
        ['SEOUL (Yonhap) -\\nThey met. They parted.']
        >>> collection.put_back("SEOUL (Yonhap) -").undo_line().articles["body"].tolist()
        ['They met. They parted.']
        """
        return self.retype(text, "body", article=article, outlet=outlet, nth=nth, note=note)

    def remove(
        self, text: str, *, article: str = "", outlet: str = "", nth: int | None = None, note: str = ""
    ) -> Collection:
        """Return the collection with a line taken out of the body, as furniture; see `retype`."""
        return self.retype(text, "furniture", article=article, outlet=outlet, nth=nth, note=note)

    def retype(
        self,
        text: str,
        zone: str,
        *,
        article: str = "",
        outlet: str = "",
        nth: int | None = None,
        note: str = "",
    ) -> Collection:
        """Return the collection with a line taken for something else, and all counts made anew.

        Bodies, leads, titles, bylines and credits follow; the date of an article is not read again. Articles keep their
        ids. A decision that gives a line the zone it has by itself takes the earlier decision back.

        Parameters
        ----------
        text
            The whole line, as in `zones`.
        zone
            What it is: one of `schema.ZONE_NAMES`.
        article, outlet
            The article (an `article_id`), and with it any further copy of the very same file; or the outlet, of which
            all pages are meant. Neither is needed where only one article has the line.
        nth
            Which of equal lines of the article, from 1; None means all.
        note
            Why, for those who read the decisions.

        Raises
        ------
        ArgumentError
            There is no such line, zone, article or outlet, or several articles have the line.
        """
        check_choice("zone", zone, ZONE_NAMES)
        base, whole = self._base, self.unfiltered
        found = lines_at(base.articles, base.zones, [text])
        if article:
            self._known("article", article, base.articles["article_id"])
            found = found[found["article_id"] == article]
        elif outlet:
            self._known("outlet", outlet, base.articles["outlet"])
            found = found[found["outlet"] == outlet]
        if nth is not None:
            found = found[found["nth"] == str(nth)]
        if not len(found):
            near = difflib.get_close_matches(text, base._lines_of(article, outlet), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else " Lines are written as in `collection.zones`."
            raise ArgumentError(f"`text` is {text!r}; there is no such line.{hint}")
        n = found["article_id"].nunique()
        if n > 1 and not outlet:
            raise ArgumentError(f"`text` is {text!r}, a line of {n} articles; say article=... or outlet=...")
        first = {str(name): value for name, value in found.iloc[0].items()}
        decision = {
            **dict.fromkeys(empty_table("decisions").columns, ""),
            "text": text,
            "nth": "" if nth is None else str(nth),
            "zone": zone,
            "was": ", ".join(dict.fromkeys(found["zone"])),
            "note": " ".join(note.split()),
            "day": f"{date.today():%Y-%m-%d}",
            **(
                {"outlet": outlet}
                if not article and outlet
                else {k: first[k] for k in ("path", "where", "sha256")}
            ),
        }
        others = whole._decisions
        same = (others[list(TARGET)] == [decision[name] for name in TARGET]).all(axis=1)
        others = others[~same].reset_index(drop=True)
        zones = apply_decisions(base.articles, base.zones, others)[1]
        now = matching(lines_at(base.articles, zones, [text]), decision)["zone"]
        if (now == zone).all():
            return self.with_decisions(others, name=whole._decisions_name)
        return self.with_decisions(
            pd.concat([others, pd.DataFrame([decision])], ignore_index=True), name=whole._decisions_name
        )

    def undo_line(self, text: str = "", *, article: str = "") -> Collection:
        """Return the collection without the last decision on a line, or without those on one line.

        Parameters
        ----------
        text, article
            The line and the article (an `article_id`) it is of; a decision on all pages of an outlet is taken back for
            all. Without these, the last decision.
        """
        decisions, base = self.decisions, self._base
        if text:
            lines = lines_at(base.articles, base.zones, [text])
            lines = lines[lines["article_id"] == article] if article else lines
            on_it = [
                len(matching(lines, {str(k): str(v) for k, v in row.items()})) > 0
                for row in decisions.to_dict("records")
            ]
            kept = decisions[[not one for one in on_it]]
        else:
            kept = decisions.iloc[:-1]
        return self.with_decisions(kept, name=self.unfiltered._decisions_name)

    def with_decisions(self, decisions: Decisions | None, *, name: str = "") -> Collection:
        """Return the same collection with other decisions on lines in place of those in force.

        Parameters
        ----------
        decisions
            A CSV file, a table (see `schema.DECISIONS`), or None for none.
        name
            What problems and reports call them; by default the name of the file.
        """
        kept, rows = decisions_on([], False if decisions is None else decisions)
        if kept is None:
            kept = self.decision_file
        else:
            name = name or kept.path.name
        decided = self._base._decided(rows, name or DECISION_FILE)
        decided._decision_file = kept
        mine = (self.topics, self.lexicon)
        if not self._decides_as(decided) or mine != (decided.topics, decided.lexicon):
            decided = decided._under(self.ledger, self.capitals, self.topics, self.lexicon)
        for step in self.filters:
            decided = decided.filter(**step)  # type: ignore[arg-type]
        return decided

    def save_decisions(self, path: str | Path | None = None) -> Path:
        """Write the decisions on lines to a CSV file and return its path.

        Parameters
        ----------
        path
            The file; by default that from which they were read, or that `load` will find: `line-decisions.csv` in the
            folder.

        Raises
        ------
        ArgumentError
            No path was given, and there is no default.
        DecisionFileError
            The file cannot be written, or another has changed it since it was read.
        """
        kept = DecisionFile(Path(path)) if path is not None else self.decision_file
        if kept is None:
            raise ArgumentError("`path` is None, and the collection is of no one folder; give a path.")
        kept.write(self.decisions)
        return kept.path

    @property
    def _base(self) -> Collection:
        """The collection before any filter and any decision on lines, under whatever ledger it was made with."""
        whole = self.unfiltered
        return whole if whole._undecided is None else whole._undecided

    def _decided(self, decisions: pd.DataFrame, name: str) -> Collection:
        """Return what the decisions on lines make of this, the base."""
        if not len(decisions):
            # Nothing but where decisions are kept may differ; what was computed is shared.
            return copy.copy(self)
        articles, zones, found = apply_decisions(self.articles, self.zones, decisions, name=name)
        if articles is not self.articles:
            articles["story_id"] = group_copies(articles)
        told = pd.DataFrame([asdict(problem) for problem in found], columns=list(self._problems.columns))
        problems = conform(pd.concat([self._problems, told]), "problems") if len(told) else self._problems
        decided = self._made_of(articles, zones, problems)
        decided._decisions, decided._decisions_name, decided._undecided = decisions, name, self
        return decided

    def _lines_of(self, article: str, outlet: str) -> list[str]:
        """Return the lines of an article, of an outlet, or all, each once."""
        articles = self.articles
        if article or outlet:
            articles = articles[
                articles["article_id"] == article if article else articles["outlet"] == outlet
            ]
        lines = self.zones.loc[self.zones["article_id"].isin(set(articles["article_id"])), "text"]
        return list(dict.fromkeys(lines.tolist()))

    @property
    def unfiltered(self) -> Collection:
        """The collection before any filter, under the same ledger."""
        return self if self._root is None else self._root

    def describe(self) -> str:
        """Say in one line what the collection holds.

        >>> from analystkit.loading import from_frame
        >>> frame = pd.DataFrame({"text": ["One.", "Two."], "date": ["2024-05-03", None], "outlet": "The Paper"})
        >>> from_frame(frame).describe()
        '2 articles (2 stories), 1 outlet, 3 May 2024; 1 undated'
        """
        if not len(self):
            return "no articles"
        code, names = self.codes.trait("outlet")
        here = np.bincount(code[self.rows], minlength=len(names)) > 0
        n_outlets = int(here[names != ""].sum())
        days = self.codes.published[self.rows]
        days = days[~np.isnat(days)]
        parts = [f"{counted(len(self), 'article')} ({counted(self.n_stories, 'story')})"]
        if n_outlets:
            parts.append(counted(n_outlets, "outlet"))
        if len(days):
            first, last = day_in_words(pd.Timestamp(days.min())), day_in_words(pd.Timestamp(days.max()))
            parts.append(first if first == last else f"{first} to {last}")
        n_undated = len(self) - len(days)
        return ", ".join(parts) + (f"; {n_undated:,} undated" if n_undated else "")

    @functools.cached_property
    def n_stories(self) -> int:
        """How many stories the articles are of."""
        return int(np.count_nonzero(np.bincount(self.codes.story[self.rows], minlength=1)))

    def describe_filters(self) -> str:
        """Say in words what the collection was narrowed to; "all articles" if to nothing."""
        words = {
            "since": "from {}",
            "until": "until {}",
            "outlet": "in {}",
            "actor": "naming {}",
            "topic": "about {}",
            "zone": "in their {} only",
        }
        told = [
            words[name].format(value if isinstance(value, str) else " or ".join(value))
            for step in self.filters
            for name, value in step.items()
        ]
        level = " (capitals as governments)" if self.capitals else ""
        return ("articles " + ", ".join(told) if told else "all articles") + level

    def _annotate(self, step: Step, sentences: pd.DataFrame) -> pd.DataFrame:
        return annotate(
            step, self.articles, sentences, cache=self._cache, workers=self._workers, progress=self._progress
        )

    def _made_of(
        self, articles: pd.DataFrame, zones: pd.DataFrame | ZonesOfArticles, problems: pd.DataFrame
    ) -> Collection:
        """Return a collection of other tables under the same settings."""
        return Collection(
            articles,
            zones,
            problems,
            topics=self.topics,
            ledger=self.ledger,
            lexicon=self.lexicon,
            capitals=self.capitals,
            actors=self.actors,
            cache=self._cache,
            workers=self._workers,
            progress=self._progress,
        )

    def _part(self, rows: Ints, filters: tuple[Filter, ...]) -> Collection:
        part = self._made_of(_nothing("articles"), self._zones, self._problems)
        del part.articles  # made when they are asked for
        part._rows, part.filters, part.zone = rows, filters, self.zone
        part._whole = self
        part._root = self.unfiltered
        return part

    def _narrowed(self, table: pd.DataFrame) -> pd.DataFrame:
        if self._whole is not None and len(self._whole) == len(self):
            return table
        return table[table["article_id"].isin(set(self.articles["article_id"]))].reset_index(drop=True)

    def _holding(
        self, argument: str, given: Names, hits: HitCodes, allowed: Iterable[str] = ()
    ) -> tuple[list[str], Mask]:
        """Return the names as a list, and which of the articles before any filter hold one of them where it counts.

        A name that no article here holds is refused unless it is allowed all the same.
        """
        names = [given] if isinstance(given, str) else list(given)
        holds = np.zeros(len(self.codes), dtype=np.bool_)
        for name in names:
            code = hits.place.get(name)
            rows = hits.rows_of(np.array([] if code is None else [code], dtype=np.int64))
            here = self.is_counted(hits, rows)
            rows = rows if here is None else rows[here]
            if not len(rows) and name not in allowed:
                self._known(argument, given, self._counted(hits)[argument])
            holds[hits.article[rows]] = True
        return names, holds

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


@functools.cache
def _nothing(name: str) -> pd.DataFrame:
    """Return an empty table that many share: every filter makes a collection, and making tables takes time."""
    return empty_table(name)


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


def _day(argument: str, given: str | date) -> pd.Timestamp:
    if isinstance(given, date):
        return pd.Timestamp(given.year, given.month, given.day)
    found = find_date(str(given)) if isinstance(given, str) else None
    if found is None or found.value is None:
        raise ArgumentError(f"`{argument}` is {given!r}; give a day such as '2023-09-13'.")
    return pd.Timestamp(found.value).normalize()
