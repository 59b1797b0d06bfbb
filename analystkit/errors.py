"""Every error and warning that analystkit raises, each worded for the analyst who meets it.

AnalystkitError
├── ArgumentError (ValueError)          an argument has a value that is not allowed
│   └── MissingColumnError (KeyError)   a table lacks a column that is needed
├── NothingToReadError (ValueError)     a path holds nothing that can be loaded
├── PathMissingError (FileNotFoundError)  a path does not exist
├── TopicFileError (ValueError)         a term list cannot be read
├── DecisionFileError (ValueError)      a file of line decisions cannot be read or written
├── LedgerFileError (ValueError)        a ledger of decisions on actors cannot be read
├── LexiconFileError (ValueError)       a project's lexicon of tone words cannot be read
├── ViewFileError (ValueError)          a saved view cannot be read, or is of another collection
├── VerificationError (ValueError)      a report or its inputs differ from what was recorded
└── MissingExtraError (ImportError)     an optional package is not installed

AnalystkitWarning (UserWarning)
├── UndatedArticlesWarning              articles without a date were left out of a time series
├── ProblemsWarning                     some files could not be loaded
└── TopicFileWarning                    a dictionary was read but for some places
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class AnalystkitError(Exception):
    """Base of all errors of this library."""


class ArgumentError(AnalystkitError, ValueError):
    """An argument has a value that is not allowed; the message says which are."""


class MissingColumnError(ArgumentError, KeyError):
    """A table lacks a column that is needed."""

    # KeyError prints its message in quotation marks; this one is a sentence.
    __str__ = Exception.__str__


class PathMissingError(AnalystkitError, FileNotFoundError):
    """A path does not exist."""

    __str__ = Exception.__str__


class NothingToReadError(AnalystkitError, ValueError):
    """A path holds nothing that can be loaded."""


class TopicFileError(AnalystkitError, ValueError):
    """A term list cannot be read."""


class DecisionFileError(AnalystkitError, ValueError):
    """A file of line decisions cannot be read, or not be written."""


class LedgerFileError(AnalystkitError, ValueError):
    """A ledger of decisions on actors cannot be read."""


class LexiconFileError(AnalystkitError, ValueError):
    """A project's lexicon of tone words cannot be read."""


class ViewFileError(AnalystkitError, ValueError):
    """A saved view cannot be read, or it is of another collection."""


class VerificationError(AnalystkitError, ValueError):
    """A report or its inputs differ from what was recorded."""


class MissingExtraError(AnalystkitError, ImportError):
    """An optional package is not installed; the message says which extra brings it."""


class AnalystkitWarning(UserWarning):
    """Base of all warnings: the answer is right, but smaller than what was asked for."""


class UndatedArticlesWarning(AnalystkitWarning):
    """Articles without a date of publication were left out."""


class ProblemsWarning(AnalystkitWarning):
    """Some files could not be loaded; `collection.problems` says which and why."""


class TopicFileWarning(AnalystkitWarning):
    """A dictionary of another program was read but for some places, or in an encoding that was guessed."""


def check_choice(argument: str, value: object, allowed: Iterable[str]) -> None:
    """Raise `ArgumentError` naming the argument, the value and what is allowed, unless `value` is allowed.

    >>> check_choice("count", "storys", ["articles", "stories"])
    Traceback (most recent call last):
    ...
    analystkit.errors.ArgumentError: `count` is 'storys'; allowed: 'articles', 'stories'. Did you mean 'stories'?
    """
    names = list(allowed)
    if value in names:
        return
    near = difflib.get_close_matches(str(value), names, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    listed = ", ".join(map(repr, names))
    raise ArgumentError(f"`{argument}` is {value!r}; allowed: {listed}.{hint}")


def check_columns(argument: str, columns: Iterable[str], needed: Iterable[str]) -> None:
    """Raise `MissingColumnError` unless every needed column is there.

    >>> check_columns("actors", ["actor", "name"], ["alias"])
    Traceback (most recent call last):
    ...
    analystkit.errors.MissingColumnError: `actors` needs column(s) ['alias']; it has ['actor', 'name'].
    """
    present = list(columns)
    missing = [name for name in needed if name not in present]
    if missing:
        raise MissingColumnError(f"`{argument}` needs column(s) {missing}; it has {present}.")
