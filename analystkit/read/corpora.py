"""Corpora of NLTK that the user has, one article per file."""

from __future__ import annotations

import difflib
import hashlib
import importlib
from collections.abc import Iterator
from typing import Any

from analystkit.clean.encoding import tidy
from analystkit.clean.lines import Zone
from analystkit.errors import ArgumentError, NothingToReadError
from analystkit.read.items import Item, Problem, body_zones


def open_corpus(corpus: object) -> Any:
    """Return the corpus reader of a name ("reuters"), or the reader that was given.

    Raises
    ------
    ArgumentError
        NLTK knows no corpus of that name, or what was given is no corpus reader.
    NothingToReadError
        Its data is not on this computer; the message says how to get it.
    """
    from nltk.corpus.reader.api import CorpusReader
    from nltk.corpus.util import LazyCorpusLoader

    reader = corpus
    if isinstance(corpus, str):
        # The module itself: `from nltk import corpus` gives a stand-in that holds no names yet.
        corpora = vars(importlib.import_module("nltk.corpus"))
        readers = {
            name: value
            for name, value in corpora.items()
            if isinstance(value, (LazyCorpusLoader, CorpusReader))
        }
        reader = readers.get(corpus)
        if reader is None:
            near = difflib.get_close_matches(corpus, readers, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ArgumentError(f"`corpus` is {corpus!r}, a name that NLTK does not know.{hint}")
    try:
        if callable(getattr(reader, "fileids", None)):
            return reader
    except LookupError:
        raise NothingToReadError(
            f"The data of NLTK's corpus {corpus!r} is not on this computer. Get it with:"
            f" python -m nltk.downloader {corpus}"
        ) from None
    raise ArgumentError(f"`corpus` is {corpus!r}; give the name of a corpus of NLTK or a corpus reader.")


def read_corpus(reader: Any, name: str, problems: list[Problem]) -> Iterator[Item]:
    """Yield the files of a corpus as articles; its categories are their section."""
    for fileid in reader.fileids():
        path = f"{name}/{fileid}"
        try:
            yield _item(reader, fileid, path)
        except Exception as fault:  # readers differ; a file that one cannot read is one problem more
            reason = f"the corpus reader failed ({type(fault).__name__}: {str(fault)[:80]})"
            problems.append(Problem(path, "", "error", reason, "get the corpus again"))


def _item(reader: Any, fileid: str, path: str) -> Item:
    with reader.open(fileid) as file:
        received = file.read()
    data = received.encode("utf-8", "replace") if isinstance(received, str) else bytes(received)
    title, text = _tagged(reader, fileid) if hasattr(reader, "tagged_paras") else _titled(reader.raw(fileid))
    zones = [Zone("title", title, "the lines above the indented text")] if title else []
    if text.strip():
        zones += body_zones(tidy(text), "text of the corpus", title=title)
    categories = reader.categories(fileid) if hasattr(reader, "categories") else []
    return Item(
        path=path,
        format="nltk",
        sha256=hashlib.sha256(data).hexdigest(),
        zones=zones,
        title=title,
        section=", ".join(categories),
        url="",
    )


def _titled(raw: str) -> tuple[str, str]:
    """Return the headline and the text of a news item whose text alone is indented, as in Reuters; else no headline.

    >>> _titled("BRIDGE TO CLOSE\\n  The old bridge will close\\n  in May, the mayor said.\\n")
    ('BRIDGE TO CLOSE', 'The old bridge will close\\nin May, the mayor said.')
    """
    lines = raw.replace("\r\n", "\n").strip().split("\n")
    first = next((i for i, line in enumerate(lines) if line[:1] in {" ", "\t"}), 0)
    if not 0 < first <= 4 or any(not line.strip() for line in lines[:first]):
        return "", raw
    # The text keeps a deeper indent, which marks a paragraph or a table.
    rest = [line[2:] if line.startswith("  ") else line for line in lines[first:]]
    return " ".join(" ".join(lines[:first]).split()), "\n".join(rest)


def _tagged(reader: Any, fileid: str) -> tuple[str, str]:
    """Return the text of a corpus that keeps its words one by one, with its tags, put together again."""
    from nltk.tokenize.treebank import TreebankWordDetokenizer

    join = TreebankWordDetokenizer().detokenize
    paragraphs = (" ".join(join(sentence) for sentence in paragraph) for paragraph in reader.paras(fileid))
    return "", "\n".join(paragraphs)
