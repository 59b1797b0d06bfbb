"""Runs work by parts, in this process or in several: reads files, annotates articles and keeps what was found.

The rows are the same whichever way they are made: an annotator sees one part at a time and parts are joined in order.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import multiprocessing
import os
import re
import shutil
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from tqdm.auto import tqdm

from analystkit import annotate as annotators
from analystkit import resources
from analystkit.annotate.tokens import Tokens, tokens
from analystkit.schema import conform, empty_table

#: Articles in a part: few enough for a quick first bar, enough that a process is worth starting.
PART = 2000
#: From this many articles on a second process pays for its start.
WORTH_PROCESSES = 10_000
#: The same for reading: this many files, or this many bytes.
WORTH_READING = (300, 5_000_000)

#: Blocks of memory up to so many bytes are kept when they become free.
_LARGEST_KEPT = 16_000_000
#: Days after which what nobody used is taken out of the cache.
KEPT_DAYS = 60
#: Bytes beyond which what was not used for longest goes first.
KEPT_BYTES = 4 << 30
_STORE = re.compile(r"[a-z_]+-[0-9a-f]{24}(\.\d+)?")

#: What of the tokens is kept as an array each.
_TOKEN_ARRAYS = ("ids", "starts", "bounds")

#: The files that say what an annotator finds: code, lists, models.
_DECIDING = frozenset({".py", ".csv", ".txt", ".npz", ".onnx"})

Task = TypeVar("Task")
Result = TypeVar("Result")

Annotator = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Step:
    """One annotation of a collection.

    Attributes
    ----------
    table
        Name of the table it makes (see `schema.TABLES`).
    run
        Function of a part's articles (`article_id`, `body`) and sentences to rows of the table; picklable.
    settings
        What was chosen, such as the digest of the term lists; together with `annotators_digest` it says which rows a
        text gives.
    title
        What the progress bar says.
    part
        Articles in a part: fewer where each takes long, so that the bar moves.
    """

    table: str
    run: Annotator
    settings: str
    title: str
    part: int = PART


class Cache:
    """Annotations on disk: Parquet parts by table and version, one row per thing found in one text.

    A text is known by the hash of its body, so a changed article is annotated again and an unchanged one is not,
    whatever its file is called. Parts are only ever added; when something new is kept, what was not used for long is
    taken out: annotations of versions, lists and collections that nobody works with any more.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_tidy = False

    def read(self, step: Step, keys: set[str]) -> tuple[pd.DataFrame, set[str]]:
        """Return the rows kept for the given texts (with their `key`) and the texts that are known."""
        known: set[str] = set()
        frames = []
        _use(self._place(step))
        for part in sorted(self._place(step).glob("*.parquet")):
            try:
                frame = pd.read_parquet(part)
                covered = set(part.with_suffix(".keys").read_text(encoding="ascii").split())
            except (OSError, ValueError):
                continue  # a part cut short by a full disk is made again
            wanted = (covered & keys) - known
            known |= wanted
            frames.append(frame[frame["key"].isin(wanted)])
        if not frames:
            return empty_table(step.table).rename(columns={"article_id": "key"}), known
        return pd.concat(frames, ignore_index=True), known

    def write(self, step: Step, rows: pd.DataFrame, keys: list[str]) -> None:
        """Add a part: the rows found in the texts `keys`, and which texts those were."""
        place = self._place(step)
        place.mkdir(parents=True, exist_ok=True)
        name = _digest(*sorted(keys))
        # Written aside and renamed, so that a reader never meets half a part; the keys come last and make it count.
        for suffix, save in (
            (".parquet", lambda path: rows.to_parquet(path, compression="zstd", index=False)),
            (".keys", lambda path: path.write_text("\n".join(keys), encoding="ascii")),
        ):
            aside = place / f"{name}{suffix}.{os.getpid()}"
            save(aside)
            aside.replace(place / f"{name}{suffix}")
        self.tidy()

    def read_tokens(self, texts: pd.Series) -> Tokens:
        """Return the tokens of the texts, mapped from disk where they are kept; else make and keep them.

        All texts of a collection are kept as one, since their types are numbered together.
        """
        place = self.folder / f"tokens-{_digest_of_all(texts)}"
        try:
            arrays = [np.load(place / f"{name}.npy", mmap_mode="r") for name in _TOKEN_ARRAYS]
            with pa.memory_map(str(place / "vocabulary.arrow")) as source:
                vocabulary = pa.ipc.open_file(source).read_all().column(0).combine_chunks()
            _use(place)
            return Tokens(arrays[0], arrays[1], arrays[2], vocabulary)
        except (OSError, ValueError, EOFError):
            pass  # not kept yet, or cut short by a full disk
        made = tokens(texts.tolist())
        aside = place.with_name(f"{place.name}.{os.getpid()}")
        aside.mkdir(parents=True, exist_ok=True)
        for name in _TOKEN_ARRAYS:
            np.save(aside / f"{name}.npy", getattr(made, name))
        table = pa.table({"type": made.vocabulary})
        with pa.ipc.new_file(aside / "vocabulary.arrow", table.schema) as sink:
            sink.write_table(table)
        shutil.rmtree(place, ignore_errors=True)
        try:
            aside.replace(place)
        except OSError:
            shutil.rmtree(aside)  # another process has just kept the same
        self.tidy()
        return made

    def tidy(self) -> None:
        """Take out what nobody used for `KEPT_DAYS`, and beyond `KEPT_BYTES` what was not used for longest.

        What a session has made or read since is never the oldest. Looked after once for each collection loaded.
        """
        if self._is_tidy:
            return
        self._is_tidy = True
        stores = []
        for place in self.folder.iterdir():
            # What else is kept there, such as pages, is not annotations and not ours to take.
            if _STORE.fullmatch(place.name) and place.is_dir():
                with contextlib.suppress(OSError):  # another process takes it out as well
                    size = sum(file.stat().st_size for file in place.iterdir())
                    stores.append((place.stat().st_mtime, size, place))
        left = sum(size for _, size, _ in stores)
        oldest = time.time() - KEPT_DAYS * 86_400
        for used, size, place in sorted(stores, key=lambda store: store[0])[:-1]:
            if used < oldest or left > KEPT_BYTES:
                shutil.rmtree(place, ignore_errors=True)
                left -= size

    def _place(self, step: Step) -> Path:
        return self.folder / f"{step.table}-{_digest(step.settings, annotators_digest())}"


def _use(place: Path) -> None:
    """Note that something in the cache is used now."""
    with contextlib.suppress(OSError):  # not there yet, or not ours to write
        os.utime(place)


@functools.cache
def annotators_digest() -> str:
    """Return a digest of the annotators and their lists, so that a change to either makes annotations anew."""
    digest = hashlib.blake2b(digest_size=12)
    for package in (annotators, resources):
        folder = Path(package.__path__[0])
        for file in sorted(path for path in folder.rglob("*") if path.suffix in _DECIDING):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def default_cache_folder() -> Path:
    """Return where annotations are kept: $ANALYSTKIT_CACHE, else analystkit below the user's cache folder."""
    given = os.environ.get("ANALYSTKIT_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "analystkit"


def annotate(
    step: Step,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Return the rows of a step for all articles, in their order.

    Parameters
    ----------
    step
        What to run.
    articles
        One row per article; `article_id`, `body`.
    sentences
        One row per sentence of these articles (empty for the step that makes them).
    cache
        Where rows are kept; None keeps nothing.
    workers
        Processes to use; None takes one below 10,000 articles, else one per core.
    progress
        Show a bar when there is more than one part.
    """
    texts = articles[["article_id", "body"]].reset_index(drop=True)
    texts["key"] = [_digest(body) for body in texts["body"]]
    kept, known = cache.read(step, set(texts["key"])) if cache else (pd.DataFrame(), set())
    missing = texts[~texts["key"].isin(known)].drop_duplicates("key")
    made = list(_run(step, missing, sentences, workers, progress))
    fresh = [
        rows.merge(part[["article_id", "key"]], on="article_id").drop(columns="article_id")
        for part, rows in made
    ]
    if cache:
        for (part, _), rows in zip(made, fresh, strict=True):
            cache.write(step, rows, part["key"].tolist())
    found = pd.concat([kept, *fresh], ignore_index=True) if fresh else kept
    if not len(found):
        return empty_table(step.table)
    # Copies share a key: each article gets the rows of its text.
    place = texts[["article_id", "key"]].assign(place=range(len(texts)))
    rows = place.merge(found, on="key").sort_values("place", kind="stable")
    return conform(rows.drop(columns=["key", "place"]), step.table)


def _run(
    step: Step, texts: pd.DataFrame, sentences: pd.DataFrame, workers: int | None, progress: bool
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield each part of the texts with the rows found in it, in order."""
    parts = [texts.iloc[i : i + step.part] for i in range(0, len(texts), step.part)]
    if workers is None:
        workers = (os.cpu_count() or 1) if len(texts) >= WORTH_PROCESSES else 1
    of_part = [_sentences_of(part, sentences) for part in parts]
    bar = tqdm(
        total=len(texts), desc=step.title, unit="article", disable=not progress or len(parts) < 2, leave=False
    )
    with bar:
        if workers > 1 and len(parts) > 1:
            with ProcessPoolExecutor(min(workers, len(parts))) as pool:
                for part, rows in zip(parts, pool.map(step.run, parts, of_part), strict=True):
                    bar.update(len(part))
                    yield part, rows
        else:
            for part, own in zip(parts, of_part, strict=True):
                rows = step.run(part, own)
                bar.update(len(part))
                yield part, rows


def reading_workers(workers: int | None, n_files: int, size: int) -> int:
    """Return in how many processes to read: the given number, else one for little and one per core for much."""
    if workers is not None:
        return max(workers, 1)
    worth = n_files >= WORTH_READING[0] or size >= WORTH_READING[1]
    return (os.cpu_count() or 1) if worth and _may_start_processes() else 1


def _may_start_processes() -> bool:
    """Say whether a process can be started that the analyst did not ask for.

    Where processes begin anew (macOS, Windows) they run the script once more, unless it guards against that; a notebook
    is no script.
    """
    forks = multiprocessing.get_start_method() == "fork"
    is_script = hasattr(sys.modules["__main__"], "__file__")
    return (forks or not is_script) and not multiprocessing.current_process().daemon


def in_order(run: Callable[[Task], Result], tasks: Iterable[Task], workers: int) -> Iterator[Result]:
    """Yield what `run` gives for each task, in their order, from so many processes; with one, from this process.

    Tasks are taken up a few ahead of the results, so that neither fills the memory. When the caller is interrupted, no
    further task is begun.

    >>> list(in_order(str.upper, ["a", "b"], 1))
    ['A', 'B']
    """
    _keep_memory()
    if workers <= 1:
        yield from map(run, tasks)
        return
    pool = ProcessPoolExecutor(workers, initializer=_begin_process)
    waiting: deque[tuple[Task, Future[Result] | None]] = deque()
    try:
        for task in tasks:
            waiting.append((task, _submitted(pool, run, task)))
            if len(waiting) > 3 * workers:
                yield _result(run, *waiting.popleft())
        while waiting:
            yield _result(run, *waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_process() -> None:
    # Interrupts are left to the parent; what was imported stays, so that looking for garbage need not go through it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    _keep_memory()


def _keep_memory() -> None:
    """Let memory that becomes free be kept for what comes next, rather than given back and asked for again.

    The C library of Linux does so for blocks no larger than the largest that was given back until now. To ask the system
    anew for each array of a portion took a tenth of a load.
    """
    np.empty(_LARGEST_KEPT, dtype=np.uint8)


def _submitted(pool: ProcessPoolExecutor, run: Callable[[Task], Result], task: Task) -> Future[Result] | None:
    try:
        return pool.submit(run, task)
    except BrokenProcessPool:
        return None


def _result(run: Callable[[Task], Result], task: Task, future: Future[Result] | None) -> Result:
    try:
        if future is not None:
            return future.result()
    except BrokenProcessPool:
        pass
    # A process was ended from outside; what it had, and all that follows, is done here.
    return run(task)


def _sentences_of(part: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    return sentences[sentences["article_id"].isin(set(part["article_id"]))].reset_index(drop=True)


def _digest_of_all(texts: pd.Series) -> str:
    """Return a digest of texts and of what makes tokens of them; over their bytes as they lie, which is quickest."""
    column = pa.array(texts, type=pa.large_string())
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    digest = hashlib.sha256(annotators_digest().encode())
    if len(column):
        _, offsets, data = column.buffers()
        ends = np.frombuffer(offsets, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
        digest.update(np.diff(ends).tobytes())
        digest.update(memoryview(data)[ends[0] : ends[-1]] if data is not None else b"")
    return digest.hexdigest()[:24]


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()
