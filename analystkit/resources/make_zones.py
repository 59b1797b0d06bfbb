"""Fit `zones_model.csv`: which lines of a saved page are lines of its article.

Run it as `python -m analystkit.resources.make_zones FOLDER`. The folder holds `pages/` and `pages_multilingual/`, each
with `gold.json` and one text file per page; only weights are kept of them. Pages of invented sites (`made_pages`) are
added. The same folder gives the same file every time.

How it is fitted:

1. Each line of `pages/` is labelled by the share of its four-word runs that the given body holds. Of a page of
   `pages_multilingual/` only the lines are labelled that hold a segment known to be in the body, or not in it.
2. Logistic regression over steps of `line_features` (`line_model`), each line weighted by the root of its words.
3. The other lines of `pages_multilingual/` get the labels of the best run that honours the known ones; fitted again.
4. A ranking of the runs of each page (`segments`) whose first run is as good as can be, by the probabilities that models
   give which have not seen the page.
5. A choice among the candidates for headline, date and author (`heads`), where the page's own are known: as likely as
   can be to fall on a right one, or on none where none is right.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.encoding import tidy
from analystkit.clean.heads import byline_candidates, date_candidates, title_candidates
from analystkit.clean.line_features import FEATURES, line_features, main_block
from analystkit.clean.line_looks import Matrix
from analystkit.clean.line_model import OFFSETS, PARTS, Steps, ZoneModel
from analystkit.clean.lines import Line, read_lines
from analystkit.clean.segments import SEGMENT_FEATURES, find_segments, segment_features
from analystkit.clean.zones import find_article
from analystkit.resources.made_pages import made_pages

N_MADE: Final = 500
#: How much a whole page of each kind counts.
SHARES: Final = {
    "pages": 1.0,
    "pages_multilingual": 0.5,
    "made": 0.3,
    "pages again": 0.3,
    "pages_multilingual again": 0.15,
}
BINS: Final = 6
_LINE_C: Final = 0.03  # inverse strength of regularisation
_HEAD_L2: Final = 0.008
_HEAD_BINS: Final = 6
_NONE: Final = 0.3  # how much a page counts none of whose candidates is right
_RUN_L2: Final = 3e-4
_FOLDS: Final = 5


@dataclass
class TrainingPage:
    """One page: its lines, and for each 1 (of the article), 0 (not) or NaN (not known)."""

    kind: str
    name: str
    host: str
    text: str
    lines: list[Line]
    labels: Matrix
    title: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    features: Matrix = field(init=False)
    words: Matrix = field(init=False)

    def __post_init__(self) -> None:
        self.features = line_features(self.lines)
        self.words = np.array([max(line.words, 0.5) for line in self.lines])


def read_pages(folder: Path) -> list[TrainingPage]:
    """Return the labelled pages of the folder, in the order of their names."""
    return [
        *_read_pages(folder / "pages", "pages"),
        *_read_pages(folder / "pages_multilingual", "pages_multilingual"),
    ]


def _read_pages(folder: Path, kind: str) -> Iterator[TrainingPage]:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for name in sorted(gold):
        text = tidy((folder / f"{name}.txt").read_text(encoding="utf-8"))
        lines = read_lines(text)
        if kind == "pages":
            labels = labels_by_body(lines, gold[name]["articleBody"])
        else:
            labels = labels_by_segments(lines, gold[name]["with"], gold[name]["without"])
        page = TrainingPage(kind, name, gold[name]["host"], text, lines, labels)
        page.title, page.date = gold[name].get("title", ""), gold[name].get("date", "")[:10]
        page.authors = authors_of(gold[name].get("author", ""))
        yield page


def invented_pages() -> list[TrainingPage]:
    """Return the pages that `made_pages` writes, labelled."""
    found = []
    for page in made_pages(N_MADE):
        lines = read_lines(page.text)
        if len(lines) == len(page.labels):
            labels = np.array(page.labels, float)
            made = TrainingPage("made", page.host, page.host, page.text, lines, labels, page.title)
            made.authors = authors_of(page.author)
            found.append(made)
    return found


def variants(page: TrainingPage) -> list[TrainingPage]:
    """Return the page as others might have saved it: without its blank lines, and with less of its surroundings."""
    rng = np.random.default_rng(zlib.crc32(page.name.encode()))
    body = np.flatnonzero(page.labels == 1)
    first, last = (int(body[0]), int(body[-1])) if len(body) else (0, len(page.lines) - 1)
    low = int(rng.integers(0, first + 1))
    high = int(rng.integers(last, len(page.lines))) + 1
    blanks = int(rng.integers(0, 2))
    closed = [Line(line.text, blanks) for line in page.lines]
    cut = [Line(line.text, line.blanks) for line in page.lines[low:high]]
    return [
        TrainingPage(f"{page.kind} again", page.name, page.host, "", lines, labels)
        for lines, labels in ((closed, page.labels), (cut, page.labels[low:high]))
    ]


def labels_by_body(lines: Sequence[Line], body: str) -> Matrix:
    """Return 1 for each line at least half of whose four-word runs the body holds.

    A line too short for that must stand as a whole in the body, and between at least two longer lines of it.
    """
    words = re.findall(r"\w+", body.lower())
    runs = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
    joined = f" {' '.join(words)} "
    labels = np.zeros(len(lines))
    short = []
    for i, line in enumerate(lines):
        own = re.findall(r"\w+", line.text.lower())
        if len(own) < 4:
            if f" {' '.join(own)} " in joined or not own:
                short.append(i)
        else:
            shared = [tuple(own[k : k + 4]) in runs for k in range(len(own) - 3)]
            labels[i] = float(sum(shared) / len(shared) >= 0.5)
    long = np.flatnonzero(labels)
    for i in short:
        near = (np.abs(long - i) <= 3).sum()
        labels[i] = float(len(long) > 0 and long[0] < i < long[-1] and near >= 2)
    return labels


def labels_by_segments(lines: Sequence[Line], inside: Sequence[str], outside: Sequence[str]) -> Matrix:
    """Return 1 for lines that hold a segment of the body, 0 for those that hold another one, NaN for the rest."""
    labels = np.full(len(lines), np.nan)
    for i, line in enumerate(lines):
        is_in = any(segment in line.text for segment in inside)
        is_out = any(segment in line.text for segment in outside)
        if is_in != is_out:
            labels[i] = float(is_in)
    return labels


def authors_of(stated: str | list[str]) -> tuple[str, ...]:
    """Return the names in a stated author, in small letters.

    >>> authors_of("Ann Lee; Bo Ek")
    ('ann lee', 'bo ek')
    """
    joined = ";".join(stated) if isinstance(stated, list) else stated
    return tuple(name for part in re.split(r"[;,&/]| und | and ", joined) if (name := plain(part)))


def plain(text: str) -> str:
    """Return a text in small letters, one space between words, without other signs."""
    return " ".join(re.findall(r"\w+", text.lower()))


def same_title(stated: str, found: str) -> bool:
    """Say whether two headlines are one: equal but for case and signs, or nearly, or one holds the other and little else."""
    first, second = plain(stated), plain(found)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return SequenceMatcher(None, first, second).ratio() >= 0.9 or (
        shorter in longer and len(shorter) >= 0.8 * len(longer)
    )


def fit_model(pages: Sequence[TrainingPage], made: Sequence[TrainingPage]) -> ZoneModel:
    """Return the model fitted on all the pages."""
    others = [variant for page in pages for variant in variants(page)]
    both = [*pages, *others, *made]
    lines = fit_lines(both)
    unseen: dict[int, Matrix] = {}
    hosts = [page.host for page in both]
    for train, test in folds(hosts):
        apart = fit_lines([both[i] for i in train])
        unseen |= {i: apart.probabilities(both[i].features) for i in test}
    runs = fit_runs(both, [unseen[i] for i in range(len(both))])
    model = ZoneModel({"line": lines.parts["line"], "run": runs}, lines.exists)
    headed = [i for i, page in enumerate(both) if page.kind in ("pages_multilingual", "made")]
    articles = [find_article(both[i].lines, both[i].features, unseen[i], model) for i in headed]
    return ZoneModel({**model.parts, **fit_heads([both[i] for i in headed], articles)}, lines.exists)


def fit_heads(pages: Sequence[TrainingPage], articles: Sequence[tuple[int, int]]) -> dict[str, Steps]:
    """Return the parts for headline, date and author, given where the article of each page lies."""
    rows: dict[str, list[Matrix]] = {"title": [], "date": [], "byline": []}
    right: dict[str, list[NDArray[np.bool_]]] = {"title": [], "date": [], "byline": []}
    shares: dict[str, list[float]] = {"title": [], "date": [], "byline": []}

    def add(part: str, looks: Matrix, are_right: list[bool], page: TrainingPage) -> None:
        if are_right:
            rows[part].append(looks)
            right[part].append(np.array(are_right))
            shares[part].append(SHARES["made"] if page.kind == "made" else 1.0)

    for page, (start, end) in zip(pages, articles, strict=True):
        at, looks = title_candidates(page.lines, page.features, start, end)
        are_title = [same_title(page.title, page.lines[i].text) for i in at]
        title = at[are_title.index(True)] if any(are_title) else None
        if page.title:
            add("title", looks, are_title, page)
        if page.date:
            dates, looks = date_candidates(page.lines, page.features, start, end, title)
            add("date", looks, [f"{date.found.value or ''}"[:10] == page.date for date in dates], page)
        if page.authors:
            names, looks = byline_candidates(page.lines, page.features, start, end, title)
            add(
                "byline",
                looks,
                [any(author in plain(name.name) for author in page.authors) for name in names],
                page,
            )
    return {part: fit_choice(part, rows[part], right[part], shares[part]) for part in rows}


def fit_choice(
    part: str, rows: Sequence[Matrix], right: Sequence[NDArray[np.bool_]], shares: Sequence[float]
) -> Steps:
    """Return the part that chooses among the candidates of a page, given which of them are right.

    The scores, with one of 0 for "none of these", made shares by the softmax, say how likely each is chosen; the weights
    make the right ones as likely as they can, less `_HEAD_L2` times their squares.
    """
    from scipy.optimize import minimize

    steps = steps_of(np.vstack(rows), PARTS[part], _HEAD_BINS)
    passed = steps.passed(np.vstack(rows)).astype(np.float64)
    passed = np.hstack([passed, np.ones((len(passed), 1))])
    is_right = np.concatenate(right).astype(np.float64)
    sizes = [len(page_rows) for page_rows in rows]
    page_of = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum([0, *sizes[:-1]])
    has = np.add.reduceat(is_right, starts) > 0
    share = np.where(has, 1.0, _NONE) * shares
    share /= share.sum()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = passed @ weights
        most = np.maximum(np.maximum.reduceat(scores, starts), 0)
        odds, none = np.exp(scores - most[page_of]), np.exp(-most)
        total = np.add.reduceat(odds, starts) + none
        good = np.where(has, np.add.reduceat(odds * is_right, starts), none)
        slope = odds / total[page_of] - odds * is_right / good[page_of]
        tied = np.append(weights[:-1], 0)
        value = share @ np.log(total / good) + _HEAD_L2 * tied @ tied
        return float(value), passed.T @ (share[page_of] * slope) + 2 * _HEAD_L2 * tied

    best = minimize(loss, np.zeros(passed.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Steps(PARTS[part], steps.columns, steps.thresholds, best.x[:-1, None], float(best.x[-1]))


def folds(hosts: Sequence[str]) -> list[tuple[list[int], list[int]]]:
    """Return (train, test) positions; the pages of one host are never on both sides."""
    from sklearn.model_selection import GroupKFold

    split = GroupKFold(_FOLDS, shuffle=True, random_state=1).split(hosts, groups=hosts)
    return [(train.tolist(), test.tolist()) for train, test in split]


def fit_lines(pages: Sequence[TrainingPage]) -> ZoneModel:
    """Return a model that has the part for lines only."""
    steps = steps_of(
        np.vstack([page.features for page in pages if page.kind in ("pages", "pages_multilingual")]), FEATURES
    )
    passed = [steps.passed(page.features) for page in pages]
    labels = [page.labels for page in pages]
    weights = [_first_weights(page) for page in pages]
    model = _fit_lines(pages, steps, passed, labels, weights)
    for i, page in enumerate(pages):
        if page.kind.startswith("pages_multilingual"):
            labels[i], weights[i] = _completed(page, model.probabilities(page.features))
    return _fit_lines(pages, steps, passed, labels, weights)


def _first_weights(page: TrainingPage) -> Matrix:
    known = ~np.isnan(page.labels)
    # The few known lines stand for the page.
    return np.full(len(known), max(1.0, len(known) / max(known.sum(), 1) / 6))


def _completed(page: TrainingPage, p: Matrix) -> tuple[Matrix, Matrix]:
    """Return a label for every line, by the best run that honours the known ones, and how far each can be trusted."""
    gains = page.words * (p - 0.5)
    gains = np.where(page.labels == 1, np.maximum(gains, 0) + 30, gains)
    gains = np.where(page.labels == 0, np.minimum(gains, 0) - 30, gains)
    start, end = main_block(gains.tolist())
    labels = np.zeros(len(p))
    labels[start:end] = p[start:end] > 0.3
    trust = np.clip(np.where(labels == 1, 2 * p - 0.3, 1.7 - 2 * p), 0.1, 1)
    known = ~np.isnan(page.labels)
    labels[known] = page.labels[known]
    trust[known] = 2
    return labels, trust


def _fit_lines(
    pages: Sequence[TrainingPage],
    steps: Steps,
    passed: Sequence[NDArray[np.float32]],
    labels: Sequence[Matrix],
    weights: Sequence[Matrix],
) -> ZoneModel:
    import scipy.sparse
    from sklearn.linear_model import LogisticRegression

    rows, targets, shares = [], [], []
    for page, page_passed, page_labels, page_weights in zip(pages, passed, labels, weights, strict=True):
        known = ~np.isnan(page_labels)
        root = np.sqrt(page.words)
        rows.append(scipy.sparse.csr_matrix(_with_neighbours(page_passed)[known]))
        targets.append(page_labels[known] > 0.5)
        shares.append((root * page_weights)[known] / root.sum() * SHARES[page.kind])
    share = np.concatenate(shares)
    model = LogisticRegression(C=_LINE_C, max_iter=300, tol=1e-3)
    model.fit(scipy.sparse.vstack(rows).tocsr(), np.concatenate(targets), sample_weight=share / share.mean())
    weight = model.coef_[0].reshape(len(OFFSETS), -1).T
    fitted = Steps(FEATURES, steps.columns, steps.thresholds, weight[:-1], float(model.intercept_[0]))
    return ZoneModel({"line": fitted}, weight[-1])


def _with_neighbours(passed: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each line its steps and those of its neighbours; the last of each block says that there is a line."""
    n, k = passed.shape
    out = np.zeros((n, len(OFFSETS), k + 1), np.float32)
    for place, offset in enumerate(OFFSETS):
        low, high = max(0, -offset), min(n, n - offset)
        if low < high:
            out[low:high, place, :k] = passed[low + offset : high + offset]
            out[low:high, place, k] = 1
    return out.reshape(n, -1)


def steps_of(features: Matrix, names: tuple[str, ...], bins: int = BINS) -> Steps:
    """Return thresholds that part each column into at most `bins` parts of like size."""
    columns: list[int] = []
    thresholds: list[float] = []
    for j in range(features.shape[1]):
        values = features[:, j]
        distinct = np.unique(values)
        if len(distinct) <= bins:
            cuts = (distinct[:-1] + distinct[1:]) / 2
        elif (values > distinct[0]).mean() < 0.6:
            # Mostly at its least: one cut above that, the others among the rest.
            rest = np.quantile(values[values > distinct[0]], [0.25, 0.5, 0.75])
            cuts = np.unique([(distinct[0] + distinct[1]) / 2, *rest])
        else:
            cuts = np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1]))
        kept = [float(f"{cut:.6g}") for cut in cuts if cut < distinct[-1]]
        columns += [j] * len(kept)
        thresholds += kept
    return Steps(names, np.array(columns, np.intp), np.array(thresholds), np.zeros((len(columns), 1)))


def quality(page: TrainingPage, mask: Matrix) -> float:
    """Return F1 (0-1) of the kept lines: by words where all labels are known, else by known lines."""
    words = np.ones(len(mask)) if page.kind.startswith("pages_multilingual") else page.words
    right = (words * mask)[page.labels == 1].sum()
    extra = (words * mask)[page.labels == 0].sum()
    missed = (words * (1 - mask))[page.labels == 1].sum()
    return float(2 * right / (2 * right + extra + missed)) if right + extra + missed else 1.0


def fit_runs(pages: Sequence[TrainingPage], probabilities: Sequence[Matrix]) -> Steps:
    """Return the part of the model that ranks the runs of a page.

    The scores of a page's runs, made shares by the softmax, say how likely each is chosen; the weights make the mean
    quality of what is chosen as large as they can, less `_RUN_L2` times their squares.
    """
    from scipy.optimize import minimize

    looks, worths, shares = [], [], []
    for page, p in zip(pages, probabilities, strict=True):
        found = find_segments(page.features, p)
        worth = np.array([quality(page, run.mask(p)) for run in found])
        if len(found) > 1 and np.ptp(worth) > 0.01:
            looks.append(segment_features(page.lines, page.features, p, found))
            worths.append(worth)
            shares.append(SHARES[page.kind])
    steps = steps_of(np.vstack(looks), SEGMENT_FEATURES, 5)
    passed = steps.passed(np.vstack(looks)).astype(np.float64)
    worth, share = np.concatenate(worths), np.array(shares) / sum(shares)
    sizes = [len(page_worths) for page_worths in worths]
    page_of = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum([0, *sizes[:-1]])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = passed @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[page_of])
        chosen = odds / np.add.reduceat(odds, starts)[page_of]
        mean = np.add.reduceat(chosen * worth, starts)
        slope = passed.T @ (chosen * (worth - mean[page_of]) * share[page_of])
        return float(_RUN_L2 * weights @ weights - share @ mean), 2 * _RUN_L2 * weights - slope

    best = minimize(loss, np.zeros(passed.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return Steps(SEGMENT_FEATURES, steps.columns, steps.thresholds, best.x[:, None])


def main(folder: Path) -> None:
    """Write `zones_model.csv` beside this file."""
    model = fit_model(read_pages(folder), invented_pages())
    (Path(__file__).parent / "zones_model.csv").write_text(model.to_csv(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
