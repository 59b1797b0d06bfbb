"""The analyst's decisions on lines: a small CSV in, zones and articles that follow it out.

A decision names a line by its words, and where it stands: in one article, known by the hash of its file as received and
its place in it, or on all pages of an outlet. Neither depends on where the folder lies, on the other files, or on what
the rules make of the page.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analystkit.clean.heads import names_in
from analystkit.clean.labels import name_in_credit
from analystkit.clean.words import count_hyphenated
from analystkit.errors import ArgumentError, DecisionFileError, PathMissingError, check_columns
from analystkit.read.items import Problem
from analystkit.read.sources import DECISION_FILE, as_paths
from analystkit.schema import BODY_ZONES, DECISIONS, STRING, ZONE_NAMES, conform, empty_table

#: How the reason of a line begins whose zone the analyst decided.
DECIDED: Final = "the analyst's decision"
#: What names a line; of two decisions that agree in these the later holds.
TARGET: Final = ("sha256", "where", "outlet", "text", "nth")
_REMEDY: Final = "look at the page and decide again, or delete the row"


Decisions = str | Path | pd.DataFrame


class DecisionFile:
    """Where decisions are kept. It knows what it last read or wrote, and never overwrites what another has written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = self.sha256()

    def sha256(self) -> str:
        """Return the hash of the file, "" if there is none."""
        try:
            return hashlib.sha256(self.path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def read(self) -> pd.DataFrame:
        """Return the decisions; none if there is no file.

        Raises
        ------
        DecisionFileError
            The file is no such table.
        """
        if not self.path.exists():
            return empty_table("decisions")
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
            # Spreadsheets of many countries write semicolons.
            heads = text.partition("\n")[0]
            sep = ";" if heads.count(";") > heads.count(",") else ","
            frame = pd.read_csv(io.StringIO(text), sep=sep, dtype=str, keep_default_na=False)
            return as_decisions(frame)
        except (OSError, ValueError, KeyError) as fault:
            raise DecisionFileError(
                f"{str(self.path)!r} holds no decisions on lines ({fault}). It is a CSV with the columns"
                f" {', '.join(DECISIONS)}; mend or delete it."
            ) from fault

    def write(self, decisions: pd.DataFrame) -> None:
        """Write the decisions in place of what was read or written last; no file is made for none.

        Raises
        ------
        DecisionFileError
            The file cannot be written, or was changed by another.
        """
        now = self.sha256()
        if now != self._known:
            raise DecisionFileError(
                f"{str(self.path)!r} was changed since it was read; load again, so that nothing is lost."
            )
        if not now and not len(decisions):
            return
        aside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            aside.write_text(to_csv(decisions), encoding="utf-8", newline="")
            aside.replace(self.path)
        except OSError as fault:
            raise DecisionFileError(
                f"{str(self.path)!r} cannot be written ({fault.strerror}); name another file."
            ) from fault
        self._known = self.sha256()


def recorded(kept: DecisionFile | None, decisions: pd.DataFrame) -> dict[str, Any] | None:
    """Return decisions as a manifest records them: name and hash of the file that holds them, and the rows; None for none.

    Decisions that are in no file have the hash of their text and no name.
    """
    if not len(decisions):
        return None
    in_file = kept is not None and kept.path.exists() and kept.read().equals(decisions)
    return {
        "path": kept.path.name if kept and in_file else "",
        "sha256": kept.sha256()
        if kept and in_file
        else hashlib.sha256(to_csv(decisions).encode()).hexdigest(),
        "rows": decisions.to_dict("records"),
    }


def as_decisions(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of decisions with all its columns; it needs `text`, `zone` and what says where."""
    check_columns("decisions", map(str, frame.columns), ["text", "zone"])
    if not {"sha256", "where", "outlet"} & set(frame.columns):
        check_columns("decisions", map(str, frame.columns), ["sha256"])
    absent = {name: "" for name in DECISIONS if name not in frame.columns}
    return conform(frame.assign(**absent)[list(DECISIONS)], "decisions")


def to_csv(decisions: pd.DataFrame) -> str:
    """Return decisions as the text of a file: one row each, in order."""
    return decisions.to_csv(index=False, lineterminator="\n")


def decision_file(source: str | Path | Iterable[str | Path]) -> DecisionFile | None:
    """Return where the decisions on a folder or file are kept: in the folder, else beside it; None for several paths."""
    path = beside(source, DECISION_FILE)
    return None if path is None else DecisionFile(path)


def beside(source: str | Path | Iterable[str | Path], name: str) -> Path | None:
    """Return where the analyst's file of this name is kept: in the folder, else beside it; None for several paths."""
    paths = as_paths(source)
    if len(paths) != 1 or not Path(paths[0]).name:
        return None
    root = Path(paths[0]).expanduser()
    outside = root.parent / f"{root.name}.{name}"
    if not root.is_dir() or (outside.exists() and not (root / name).exists()):
        return outside
    return root / name


def with_lines_of(articles: pd.DataFrame, zones: pd.DataFrame, changed: set[str]) -> pd.DataFrame:
    """Return the articles with lead, body and number of words as their zones say, for those that changed.

    An article keeps its id: it is that of the page before it was decided on, so that lists of ids stay good.
    """
    if not changed:
        return articles
    articles = articles.copy()
    at = articles["article_id"].isin(changed).to_numpy().nonzero()[0]
    lines = zones[zones["article_id"].isin(changed)]
    for column, names in (("body", BODY_ZONES), ("lead", ("lead",))):
        of_column = lines[lines["zone"].isin(names)]
        texts = of_column.groupby("article_id", sort=False)["text"].agg("\n".join)
        told = texts.reindex(articles["article_id"].iloc[at]).fillna("")
        values = articles[column].tolist()
        for i, text in zip(at.tolist(), told.tolist(), strict=True):
            values[i] = text
        articles[column] = pd.Series(values, index=articles.index, dtype=STRING)
    n_words = articles["n_words"].to_numpy().copy()
    n_words[at] = count_hyphenated(articles["body"].iloc[at].tolist())
    articles["n_words"] = n_words
    return articles


def lines_at(articles: pd.DataFrame, zones: pd.DataFrame, texts: Iterable[str]) -> pd.DataFrame:
    """Return the lines with these words: `row` (in `zones`), `article_id`, `text`, `zone`, `reason`, `nth`, and where."""
    rows = zones["text"].isin(set(texts)).to_numpy().nonzero()[0]
    found = zones.iloc[rows][["article_id", "text", "zone", "reason"]].assign(row=rows)
    found["nth"] = (found.groupby(["article_id", "text"]).cumcount() + 1).astype(str)
    about = articles[["article_id", "sha256", "where", "outlet", "path"]]
    return found.merge(about, on="article_id", how="left", sort=False)


def matching(lines: pd.DataFrame, decision: dict[str, str]) -> pd.DataFrame:
    """Return the lines that a decision speaks of."""
    here = lines["text"] == decision["text"]
    if decision["sha256"] or decision["where"]:
        here &= (lines["sha256"] == decision["sha256"]) & (lines["where"] == decision["where"])
    else:
        here &= (lines["outlet"] == decision["outlet"]) & (decision["outlet"] != "")
    if decision["nth"]:
        here &= lines["nth"] == decision["nth"]
    return lines[here]


def apply_decisions(
    articles: pd.DataFrame, zones: pd.DataFrame, decisions: pd.DataFrame, *, name: str = DECISION_FILE
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Return articles and zones as the analyst decided, and what is to be said of decisions that could not be followed.

    Parameters
    ----------
    articles, zones
        As read; they are not changed.
    decisions
        See `schema.DECISIONS`; of two on one line the later holds.
    name
        What the problems call the file.
    """
    problems: list[Problem] = []
    lines = lines_at(articles, zones, decisions["text"])
    settled: dict[int, tuple[int, dict[str, str]]] = {}
    for number, row in enumerate(decisions.to_dict("records"), 2):  # as a spreadsheet counts, below the heads
        decision = {str(column): str(value) for column, value in row.items()}
        where = f"row {number}"
        if decision["zone"] not in ZONE_NAMES:
            remedy = f"write one of: {', '.join(ZONE_NAMES)}"
            problems.append(
                Problem(
                    name, where, "warning", f"{decision['zone']!r} is no zone; the row is not used", remedy
                )
            )
            continue
        found = matching(lines, decision)
        if not len(found):
            problems.append(Problem(name, where, "warning", _why_not(articles, decision), _REMEDY))
        earlier = sorted({settled[at][0] for at in found["row"].tolist() if at in settled})
        problems += [
            Problem(
                name,
                f"row {one}",
                "note",
                f"row {number} decides on the same line ({_short(decision['text'])}), and the later holds",
                "delete one of the two rows",
            )
            for one in earlier
        ]
        settled |= dict.fromkeys(found["row"].tolist(), (number, decision))
    if not settled:
        return articles, zones, problems
    told = {"zone": zones["zone"].tolist(), "reason": zones["reason"].tolist()}
    for at, (_, decision) in settled.items():
        note = f": {decision['note']}" if decision["note"] else ""
        told["reason"][at] = f"{DECIDED}{note} ({told['zone'][at]} before: {told['reason'][at]})"
        told["zone"][at] = decision["zone"]
    decided = zones.assign(
        **{column: pd.Series(values, index=zones.index, dtype=STRING) for column, values in told.items()}
    )
    changed = set(zones["article_id"].iloc[sorted(settled)])
    articles = with_lines_of(articles, decided, changed)
    return _with_heads(articles, zones, decided, sorted(settled)), decided, problems


def _with_heads(
    articles: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, rows: list[int]
) -> pd.DataFrame:
    """Return the articles with title, byline and credit as the lines say that were decided to be, or not to be, these."""
    values = {name: articles[name].tolist() for name in _HEADS}
    place = {identity: i for i, identity in enumerate(articles["article_id"].tolist())}
    for row in rows:
        i, text = place[after["article_id"].iloc[row]], after["text"].iloc[row]
        was, now = before["zone"].iloc[row], after["zone"].iloc[row]
        if was in values and was != now and values[was][i] == _HEADS[was](text):
            values[was][i] = ""
        if now in values:
            values[now][i] = _HEADS[now](text)
    return articles.assign(
        **{name: pd.Series(column, index=articles.index, dtype=STRING) for name, column in values.items()}
    )


_HEADS: Final[dict[str, Any]] = {
    "title": str,
    "byline": lambda text: next((name for name, _ in names_in(text)), text),
    "credit": lambda text: name_in_credit(text) or text,
}


def _why_not(articles: pd.DataFrame, decision: dict[str, str]) -> str:
    line = f"the decision on the line {_short(decision['text'])} is not used: "
    if not (decision["sha256"] or decision["where"]):
        if not decision["outlet"]:
            return f"{line}the row names neither a file (sha256) nor an outlet"
        if not (articles["outlet"] == decision["outlet"]).any():
            return f"{line}there is no outlet {decision['outlet']!r}"
        return f"{line}no page of {decision['outlet']!r} has it"
    same = articles["sha256"] == decision["sha256"]
    if (same & (articles["where"] == decision["where"])).any():
        return f"{line}{decision['path'] or 'the file'} has no such line"
    if (articles["path"] == decision["path"]).any() and decision["path"]:
        return f"{line}{decision['path']} was changed since"
    return f"{line}{decision['path'] or 'its file'} is not among the files"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def decisions_on(
    paths: list[str | Path], decisions: Decisions | bool
) -> tuple[DecisionFile | None, pd.DataFrame]:
    """Return where decisions on what is loaded are kept, and the decisions; what is wrong with them is told at once."""
    if isinstance(decisions, pd.DataFrame):
        return None, as_decisions(decisions)
    if not isinstance(decisions, (bool, str, Path)):
        raise ArgumentError(f"`decisions` is {decisions!r}; give a CSV file, a table, True or False.")
    if isinstance(decisions, bool):
        kept = decision_file(paths) if decisions else None
    elif not Path(decisions).is_file():
        raise PathMissingError(f"There is no file {str(decisions)!r} (looked in {str(Path.cwd())!r}).")
    else:
        kept = DecisionFile(Path(decisions))
    return kept, kept.read() if kept else empty_table("decisions")
