"""Statistics against values that papers and other tools print: each entry is one call of a public function.

An entry says what goes in, what comes out and how exact that is. Where two authorities differ, its `measure` says which of
them it follows, and the table below says what that is called here.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

import analystkit as ak
from analystkit.measure import association
from benchmarks.data import Data, read_json
from benchmarks.figures import BenchmarkError, Figure, timed
from benchmarks.quality.series import series

Entry = dict[str, Any]

#: What a measure of association or keyness is called here, by its name without case and signs.
ASSOCIATION: Final = {
    "loglikelihood4cell": "log_likelihood",
    "loglikelihood": "log_likelihood",
    "loglikelihoodratio": "log_likelihood",
    "likelihoodratio": "log_likelihood",
    "g2": "log_likelihood",
    "loglikelihoodrayson": "log_likelihood_two_term",
    "loglikelihood2term": "log_likelihood_two_term",
    "loglikelihood2cell": "log_likelihood_two_term",
    "lr": "log_likelihood_quanteda",
    "g2quanteda": "log_likelihood_quanteda",
    "chisquare": "chi_square",
    "chisq": "chi_square",
    "pearsonchi2": "chi_square",
    "chisquareyates": "chi_square_yates",
    "chi2yates": "chi_square_yates",
    "chi2": "chi_square_where_small",
    "chi2quanteda": "chi_square_where_small",
    "chi2yatesquanteda": "chi_square_where_small",
    "chi2signedquantedadefaultcorrection": "chi_square_where_small",
    "studentt": "t",
    "studentst": "t",
    "tscore": "t",
    "zscore": "z",
    "pmilog2": "pmi",
    "mi": "pmi",
    "imfreq3": "mi3",
    "cubicassociationratio": "mi3",
    "rawfreq": "relative_frequency",
    "phisq": "phi_square",
    "poissonstirling": "poisson_stirling",
    "squaredphicoeff": "phi_square",
    "minsensitivity": "minimum_sensitivity",
    "ms": "minimum_sensitivity",
    "pctdiff": "percent_difference",
    "percentdiff": "percent_difference",
    "diff": "percent_difference",
    "logratiohardie": "log_ratio",
    "diffcoef": "difference_coefficient",
    "differencecoefficient": "difference_coefficient",
    "kilgarriff": "simple_maths",
    "kilgarriffsratio": "simple_maths",
    "or": "odds_ratio",
    "rrisk": "relative_risk",
    "riskratio": "relative_risk",
    "ell": "effect_of_log_likelihood",
    "bayes": "bic",
    "bicwilson": "bic",
    "logodds": "log_odds",
    "lambda": "log_odds",
}

DISPERSION: Final = {
    "range": "range",
    "rrel": "relative_range",
    "sdpop": "standard_deviation",
    "sd": "standard_deviation",
    "vc": "variation_coefficient",
    "juillandd": "juilland_d",
    "carrolld2": "carroll_d2",
    "rosengrens": "rosengren_s",
    "lyned3": "lyne_d3",
    "dp": "gries_dp",
    "griesdp": "gries_dp",
    "dpnorm": "gries_dp_norm",
    "griesdpnorm": "gries_dp_norm",
    "kldivergence": "kl_divergence",
    "carrollum": "carroll_um",
    "juillandu": "juilland_u",
    "rosengrenkf": "rosengren_kf",
    "engvall": "engvall",
    "zhangdc": "rosengren_s",
}
#: The same where all measures are turned so that 1 is even.
DISPERSION_CONVENTIONAL: Final = {
    "rrel": "relative_range",
    "d": "juilland_d",
    "d2": "carroll_d2",
    "s": "rosengren_s",
    "dp": "conventional_dp",
    "dpegbert": "egbert_dp",
    "da": "burch_da",
    "dkl": "gries_dkl",
}

DIVERSITY: Final = {
    "ttr": "ttr",
    "c": "herdan_c",
    "cherdan": "herdan_c",
    "herdanc": "herdan_c",
    "r": "guiraud_r",
    "guiraudr": "guiraud_r",
    "rguiraud": "guiraud_r",
    "cttr": "cttr",
    "u": "dugast_u",
    "dugastu": "dugast_u",
    "udugast": "dugast_u",
    "s": "summer_s",
    "summers": "summer_s",
    "k": "yule_k",
    "yulek": "yule_k",
    "i": "yule_i",
    "yulei": "yule_i",
    "d": "simpson_d",
    "simpsond": "simpson_d",
    "vm": "herdan_vm",
    "herdanvm": "herdan_vm",
    "maas": "maas_a",
    "maasa": "maas_a",
    "maasaquanteda": "maas_a",
    "lgv0": "maas_log_v0",
    "lgev0": "maas_ln_v0",
    "mattr": "mattr",
    "mattr100": "mattr",
    "msttr": "msttr",
    "msttr100": "msttr",
    "hdd": "hdd",
    "mtld": "mtld",
    "entropy": "entropy",
    "entropybitsinclpunctuation": "entropy",
}

READABILITY: Final = {
    "flesch": "flesch",
    "fleschreadingease": "flesch",
    "fleschkincaid": "flesch_kincaid",
    "fleschkincaidgrade": "flesch_kincaid",
    "fk": "flesch_kincaid",
    "fleschpsk": "flesch_psk",
    "fog": "fog",
    "gunningfog": "fog",
    "fogpsk": "fog_psk",
    "fognri": "fog_nri",
    "smog": "smog",
    "smogindex": "smog",
    "smogc": "smog_c",
    "smogsimple": "smog_simple",
    "smogde": "smog_de",
    "ari": "ari_quanteda",
    "automatedreadabilityindex": "ari_quanteda",
    "arisimple": "ari_simple",
    "arinri": "ari_nri",
    "coleman": "coleman",
    "colemanc2": "coleman_c2",
    "colemanliauecp": "coleman_liau_ecp",
    "colemanliaugrade": "coleman_liau",
    "colemanliau": "coleman_liau",
    "colemanliauindex": "coleman_liau",
    "colemanliaushort": "coleman_liau_short",
    "dalechall": "dale_chall",
    "dalechallold": "dale_chall_old",
    "dalechallreadabilityscore": "dale_chall_old",
    "dalechallpsk": "dale_chall_psk",
    "danielsonbryan": "danielson_bryan",
    "danielsonbryan2": "danielson_bryan_2",
    "dickessteiwer": "dickes_steiwer",
    "bormuth": "bormuth_mc",
    "bormuthmc": "bormuth_mc",
    "bormuthgp": "bormuth_gp",
    "drp": "drp",
    "elf": "elf",
    "farrjenkinspaterson": "farr_jenkins_paterson_share",
    "forcast": "forcast",
    "forcastrgl": "forcast_rgl",
    "fucks": "fucks",
    "linsearwrite": "linsear_write_quanteda",
    "linsearwriteformula": "linsear_grade",
    "liw": "lix",
    "lix": "lix",
    "nws": "nws",
    "nws2": "nws_2",
    "nws3": "nws_3",
    "nws4": "nws_4",
    "rix": "rix",
    "scrabble": "scrabble",
    "spache": "spache",
    "spacheold": "spache_old",
    "spachereadability": "spache_old",
    "strain": "strain",
    "trnklebailer": "traenkle_bailer",
    "traenklebailer": "traenkle_bailer",
    "traenklebailer2": "traenkle_bailer_2",
    "wheelersmith": "wheeler_smith",
    "mcalpineeflaw": "mcalpine_eflaw",
    "meansentencelength": "words_per_sentence",
    "wordspersentence": "words_per_sentence",
    "meanwordsyllables": "syllables_per_word",
    "syllablesperword": "syllables_per_word",
    "charsperword": "characters_per_word",
    "lettersperword": "letters_per_word",
    "sentencesperword": "sentences_per_word",
    "fre": "flesch",
    "fkgl": "flesch_kincaid",
    "cli": "coleman_liau",
    "mcalpine": "mcalpine_eflaw",
    "eflaw": "mcalpine_eflaw",
}
#: textstat means something else by some names.
READABILITY_TEXTSTAT: Final = READABILITY | {
    "ari": "ari_solid",
    "automatedreadabilityindex": "ari_solid",
    "fog": "fog_easy",
    "gunningfog": "fog_easy",
    "colemanliau": "coleman_liau_letters",
    "colemanliauindex": "coleman_liau_letters",
    "dalechall": "dale_chall_old",
    "linsearwrite": "linsear_grade",
    "spache": "spache_old",
    "cli": "coleman_liau_letters",
    "charsperword": "solid_per_piece",
}

#: The words of the tables that Fisher's exact test was made on.
EXACT_WORDS: Final = ("america", "we", "us", "our", "world", "upon", "which", "constitution")


def statistics(data: Data) -> Iterator[Figure]:
    """Count the reference values that public functions give within their tolerances, by family; two series beside them."""
    path = data.file("statistics/reference_values.json")
    entries = read_json(path)
    texts = Texts(path.parent)
    held: dict[str, list[bool]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    missed = []
    for entry in entries:
        (holds, why), spent = timed(_holds, entry, texts)
        held[entry["family"]].append(holds)
        seconds[entry["family"]] += spent
        if not holds:
            missed.append(f"{entry['id']}: {why}")
    for family, results in held.items():
        yield Figure("statistics", f"{family}: values right", sum(results), len(results), seconds[family])
    n = sum(map(len, held.values()))
    right = sum(map(sum, held.values()))
    yield Figure("statistics", "all values right", right, n, sum(seconds.values()), floor=n)
    yield from series()
    if missed:
        raise BenchmarkError(f"{len(missed)} of {n} values are missed: {'; '.join(missed)}")


class Texts:
    """The texts that entries name, beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def names(self) -> list[str]:
        """The inaugural speeches, in order."""
        return sorted(path.stem for path in (self.folder / "inaugural").glob("*.txt"))

    def text(self, name: str) -> str:
        """Return one text by its file or its name."""
        path = self.folder / name if name.endswith(".txt") else self.folder / "inaugural" / f"{name}.txt"
        return path.read_text(encoding="utf-8")

    @cached_property
    def speeches(self) -> ak.Collection:
        """All speeches as a collection; `outlet` is "post" from 1945 on, else "pre"."""
        return _collection(
            [self.text(name) for name in self.names],
            ["post" if int(name[:4]) >= 1945 else "pre" for name in self.names],
        )

    def given(self, entry: Entry) -> list[str]:
        """Return the texts of an entry."""
        given = entry["input"]
        for key in ("texts", "text"):
            if key in given:
                return [given[key]] if isinstance(given[key], str) else list(given[key])
        named = given.get("text_files", given.get("text_file"))
        return [self.text(name) for name in ([named] if isinstance(named, str) else named)]


def _collection(texts: Sequence[str], outlets: Sequence[str] | None = None) -> ak.Collection:
    frame = pd.DataFrame({"text": list(texts), "outlet": list(outlets or ["x"] * len(texts))})
    return ak.from_frame(frame, progress=False)


def _holds(entry: Entry, texts: Texts) -> tuple[bool, str]:
    """Say whether our value is within the tolerance, and if not, what it is."""
    run = FAMILIES.get(entry["family"])
    if run is None:
        return False, f"nothing measures the family {entry['family']!r}"
    try:
        ours = run(entry, texts)
    except (KeyError, TypeError, ValueError, IndexError, LookupError) as fault:
        return False, f"{type(fault).__name__} {fault}"
    return _equal(ours, entry["expected"], entry["tol"] or 0), f"{ours!r:.120} for {entry['expected']!r:.120}"


def _equal(ours: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, Mapping):
        return all(key in ours and _equal(ours[key], value, tolerance) for key, value in expected.items())
    if isinstance(expected, list):
        if not isinstance(ours, Sequence) or isinstance(ours, str) or len(ours) != len(expected):
            return False
        return all(_equal(one, value, tolerance) for one, value in zip(ours, expected, strict=True))
    if isinstance(expected, str):
        return bool(ours == expected)
    # What is within the last digit of a rounded value is equal.
    return bool(abs(float(ours) - float(expected)) <= tolerance + 1e-12)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _named(names: Mapping[str, str], measure: str) -> str:
    """Return what a measure is called here, by its whole name or by one of its parts: "CTTR_Carroll"."""
    for part in (measure, *re.split(r"[_\s/.]+", measure)):
        if _plain(part) in names:
            return names[_plain(part)]
    raise KeyError(f"nothing is known by the name {measure!r}")


def _score(name: str, *counts: Any) -> tuple[float, float]:
    """Return one measure of association and its p-value."""
    named = ASSOCIATION.get(_plain(name), name)
    row = ak.score_association(*counts, measures=[named]).iloc[0]
    p = row["p"] if "p" in row else association.p_value(row[named])
    return float(row[named]), float(p)


def _marginals(given: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return how often the pair, its parts and all occur, from either way of telling."""
    if "table" in given:
        (a, b), (c, d) = given["table"]
        return a, a + b, a + c, a + b + c + d
    if "freq1" in given:
        return (
            given["freq1"],
            given["freq1"] + given["freq2"],
            given["size1"],
            given["size1"] + given["size2"],
        )
    if "n_ii" in given:
        # Without a whole, what does not need one is measured.
        whole = given.get("n_xx", 10 * (given["n_ix"] + given["n_xi"]))
        return given["n_ii"], given["n_ix"], given["n_xi"], whole
    totals = given.get("totals") or {"a": given["total_target"], "b": given["total_reference"]}
    first, second = totals.values()
    return given["n_target"], given["n_target"] + given["n_reference"], first, first + second


def _association(entry: Entry, texts: Texts) -> Any:
    given, measure = entry["input"], _plain(entry["measure"])
    if "tables" in given:
        return [_score(measure, *_marginals({"table": table}))[0] for table in given["tables"]]
    counts = _marginals(given)
    if measure == "deltap":
        return [_score(name, *counts)[0] for name in ("delta_p_forward", "delta_p_backward")]
    if measure.startswith("fisher"):
        row = ak.score_association(*counts, measures=["fisher_odds_ratio"]).iloc[0]
        return _shaped(entry, float(row["fisher_odds_ratio"]), float(row["fisher_p"]))
    value, p = _score(measure if measure in ASSOCIATION else entry["measure"], *counts)
    # Pearson's statistic has no sign in the papers; only quanteda gives it one.
    return _shaped(entry, abs(value) if measure.startswith(("chisq", "chi2yates")) else value, p)


def _shaped(entry: Entry, value: float, p: float) -> Any:
    """Return a value with its p in the shape of what is expected."""
    if not isinstance(entry["expected"], Mapping):
        return value
    return {name: p if name == "p" else value for name in entry["expected"]}


def _keyness(entry: Entry, texts: Texts) -> Any:
    given, measure = entry["input"], _plain(entry["measure"])
    if measure == "exact":
        return _exact(entry, texts)
    if "target" in given and "feature" in given and "n_target" not in given:
        both = _collection([given["target"], given["reference"]], ["target", "reference"])
        found = ak.keyness(
            both.filter(outlet="target"),
            reference=both,
            measure=ASSOCIATION[measure],
            min_count=1,
            copies="all",
        ).table.set_index("term")
        row = found.loc[given["feature"]]
        return _shaped(entry, float(row["keyness"]), float(row["p"]))
    if measure == "pmi" and "n_target" in given:
        # quanteda's is in natural logarithms, and takes it for a chi-square to say how sure it is.
        value = _score("pmi", *_marginals(given))[0] * math.log(2)
        return _shaped(entry, value, float(association.p_value(value)))
    return _association(entry, texts)


def _exact(entry: Entry, texts: Texts) -> Any:
    given = entry["input"]
    counts = _exact_totals(texts)
    n_target, n_reference = given["n_target"], given["n_reference"]
    row = ak.score_association(
        n_target, n_target + n_reference, counts[0], sum(counts), measures=["fisher_odds_ratio_r"]
    ).iloc[0]
    return _shaped(entry, float(row["fisher_odds_ratio_r"]), float(row["fisher_p"]))


@lru_cache(maxsize=1)
def _exact_totals(texts: Texts) -> tuple[int, int]:
    speeches = texts.speeches
    counts = ak.word_frequency(speeches, EXACT_WORDS, by="outlet", copies="all").table
    sums = counts.groupby("outlet")["n"].sum()
    return int(sums["post"]), int(sums["pre"])


def _dispersion(entry: Entry, texts: Texts) -> Any:
    given, measure = entry["input"], _plain(entry["measure"])
    if "tokens" in given:
        # What the parts are does not matter to measures over running words.
        collection = _collection([given["tokens"].replace("|", " ")])
        found = ak.dispersion(collection, given["term"], measures=[measure], copies="all")
        return float(found.table[measure].iloc[0])
    if "parts" in given and "terms" in given:
        found = ak.dispersion(_collection(given["parts"]), given["terms"], copies="all").table
        return {name: found[DISPERSION[_plain(name)]].tolist() for name in entry["expected"]}
    counts = given.get("freqs", given.get("subfreq"))
    sizes = given.get("partsize", given.get("sizes"))
    scores = ak.score_dispersion(counts, sizes).iloc[0]
    if isinstance(entry["expected"], Mapping):
        names = DISPERSION_CONVENTIONAL if "conventional" in measure else DISPERSION
        return {name: float(scores[names[_plain(name)]]) for name in entry["expected"]}
    return float(scores[_named(DISPERSION, entry["measure"])])


def _diversity(entry: Entry, texts: Texts) -> Any:
    given, measure, expected = entry["input"], _plain(entry["measure"]), entry["expected"]
    if measure == "fisheralpha":
        from analystkit.measure.diversity import fisher_alpha

        return fisher_alpha(given["N"], given["S"])
    own = texts.given(entry)
    counted = "all" if "inclpunct" in measure else "words"
    if isinstance(expected, Mapping) and all(str(key).isdigit() for key in expected):
        name = _named(DIVERSITY, entry["measure"])
        return {
            window: float(ak.score_diversity(own, measures=[name], window=int(window))[name].iloc[0])
            for window in expected
        }
    scores = ak.score_diversity(own, counted=counted)
    if isinstance(expected, Mapping):
        return {
            name: _as_expected(scores[_named(DIVERSITY, name)], value) for name, value in expected.items()
        }
    return _as_expected(scores[_named(DIVERSITY, entry["measure"])], expected)


def _as_expected(column: pd.Series, expected: Any) -> Any:
    return column.tolist() if isinstance(expected, list) else float(column.iloc[0])


def _readability(entry: Entry, texts: Texts) -> Any:
    source = str(entry.get("source", "")).lower()
    is_textstat = entry["id"].startswith("RDT") or ("textstat" in source and "quanteda" not in source)
    names = READABILITY_TEXTSTAT if is_textstat else READABILITY
    scores = ak.score_readability(texts.given(entry), rules="textstat" if is_textstat else "quanteda")
    expected = entry["expected"]
    if isinstance(expected, Mapping):
        return {name: _as_expected(scores[_named(names, name)], value) for name, value in expected.items()}
    return _as_expected(scores[_named(names, entry["measure"])], expected)


def _matrix(entry: Entry, texts: Texts) -> Any:
    weight = {"tfidfproplog10": "tfidf_share", "tfidfcountlog10": "tfidf", "tfidf": "tfidf"}[
        _plain(entry["measure"])
    ]
    frame = ak.term_matrix(texts.given(entry), weight=weight).frame()
    return {term: frame[term].tolist() for term in entry["expected"]}


def _similarity(entry: Entry, texts: Texts) -> Any:
    given, measure = entry["input"], _plain(entry["measure"])
    if "docs" in given:
        names = re.findall(r"\d{4}-\w+", given["docs"])
        own = [texts.text(name) for name in names]
        left = ak.stopwords() if "no stopwords" in given.get("prep", "") else ()
    else:
        own = texts.given(entry)
        left = ak.stopwords()
    name = re.sub(r"^(simil|dist)|oncounts$", "", measure)
    named = {"simplematching": "simple_matching", "hamann": "hamman"}.get(name, name)
    values = ak.similarity(own, measure=named, without=left).drop(columns="item").to_numpy()
    return values.tolist() if isinstance(entry["expected"], list) else float(values[0, 1])


def _collocation(entry: Entry, texts: Texts) -> Any:
    given, expected = entry["input"], entry["expected"]
    if given.get("corpus"):
        row = _of_speeches(texts, len(given["ngram"].split())).loc[given["ngram"]]
        return {"count": row["n"], "lambda": row["log_odds"], "z": row["log_odds_z"]}
    own = _collection(texts.given(entry))
    if "bigram" in given:
        # The page reads the two speeches with all marks as tokens that no pair may hold.
        row = (
            ak.collocations(own, copies="all", min_count=1, most=None)
            .table.set_index("term")
            .loc[given["bigram"]]
        )
        return {"count": row["n"], "lambda": row["log_odds"], "z": row["log_odds_z"]}
    found = ak.collocations(own, copies="all", min_count=given.get("min_count", 2), most=None)
    rows = found.table.set_index("term")[["n", "log_odds", "log_odds_z"]]
    return {term: rows.loc[term].tolist() for term in expected}


@lru_cache(maxsize=4)
def _of_speeches(texts: Texts, size: int) -> pd.DataFrame:
    """Return all runs of so many words of the speeches, counted as quanteda 4 counts."""
    found = ak.collocations(
        texts.speeches,
        size=size,
        min_count=1,
        copies="all",
        marks="drop_punctuation",
        case="acronyms",
        whole="places",
        without=ak.stopwords() if size == 2 else (),
        most=None,
    )
    return found.table.set_index("term")


def _sentiment(entry: Entry, texts: Texts) -> Any:
    return float(ak.score_tone([entry["input"]["text"]])[0])


def _burst(entry: Entry, texts: Texts) -> Any:
    given = entry["input"]
    decoding = "greedy" if "greedily" in str(entry.get("note")) else "viterbi"
    states = ak.burst_states(
        given["r"], given["d"], factor=given.get("s", 2), gamma=given.get("gamma", 1), decoding=decoding
    )
    return states.tolist()


def _change_point(entry: Entry, texts: Texts) -> Any:
    """Return the last place (or year) before each change, or what is asked of the levels."""
    given, expected = entry["input"], entry["expected"]
    values = next(value for key, value in given.items() if key in ("values", "series", "x", "counts", "data"))
    if isinstance(values, Mapping):
        given = {"start": int(next(iter(values))), **given}
        values = list(values.values())
    counts = all(float(value) == int(value) for value in values) and max(values) < 50
    model = given.get("model", "poisson" if counts else "normal")
    first = int(given.get("start", given.get("start_year", given.get("first_year", 0))))
    until = given.get("until", given.get("last_day"))
    years = [str(first + place) for place in range(len(values))]
    exposure = ak.covered_shares(years, until=until) if until and model == "poisson" else None
    found = ak.find_change_points(values, exposure, model=model, n_changes=given.get("n_changes"))
    ends = [first + int(end) - 1 for end in found["end"][:-1]]
    levels = [float(level) for level in found["level"]]
    if isinstance(expected, Mapping):
        told: dict[str, Any] = {"n_changes": len(ends)}
        for name, value in expected.items():
            of_level = re.search("rate|mean|level", name) is not None
            told.setdefault(
                name,
                levels
                if of_level and isinstance(value, list)
                else ends
                if isinstance(value, list)
                else ends[0],
            )
        return told
    return ends if isinstance(expected, list) else ends[0]


def _tokens(entry: Entry, texts: Texts) -> Any:
    measure = _plain(entry["measure"])
    names = list(entry["expected"])
    own = [" ".join(texts.text(name).split()) for name in names]
    if measure == "nsent":
        counts = ak.split_sentences(own, wrapped=False)["text_id"].value_counts()
        return {name: int(counts[i]) for i, name in enumerate(names)}
    found = ak.tokens(own)
    if measure == "ntype":
        number, _ = found.folded
        return {
            name: len(set(number[found.ids[found.bounds[i] : found.bounds[i + 1]]].tolist()))
            for i, name in enumerate(names)
        }
    return {name: int(found.bounds[i + 1] - found.bounds[i]) for i, name in enumerate(names)}


def _kwic(entry: Entry, texts: Texts) -> Any:
    given = entry["input"]
    pattern = given["pattern"].removesuffix("(phrase)").strip()
    found = ak.kwic(texts.speeches, pattern, window=given.get("window", 5), copies="all")
    if not isinstance(entry["expected"], list):
        return found.n
    names = dict(zip(texts.speeches.articles["article_id"], texts.names, strict=True))
    rows = []
    for line in (
        found.table.assign(doc=found.table["article_id"].map(names))
        .sort_values(["doc", "start"])
        .itertuples()
    ):
        size = len(ak.tokens([line.keyword]).ids)
        rows.append(
            {
                "docname": line.doc,
                "from": line.token + 1,
                "to": line.token + size,
                "pre": " ".join(ak.tokens([line.before]).words(0)),
                "keyword": line.keyword,
                "post": " ".join(ak.tokens([line.after]).words(0)),
                "pattern": pattern,
            }
        )
    return rows[: len(entry["expected"])]


def _frequency(entry: Entry, texts: Texts) -> Any:
    expected = entry["expected"]
    left = ak.stopwords() if "stopwords" in entry["input"].get("prep", "") else ()
    table = ak.word_frequency(
        texts.speeches, without=left, copies="all", marks="drop_punctuation", most=len(expected)
    ).table
    names = {"term": "feature", "n": "frequency", "n_articles": "docfreq"}
    return table.rename(columns=names).assign(group="all").to_dict("records")


def _cooccurrence(entry: Entry, texts: Texts) -> Any:
    window, node = re.findall(r"window=(\d+) neighbours of (\w+)", entry["measure"])[0]
    found = ak.collocates(
        _collection(texts.given(entry)), node, window=int(window), min_count=1, copies="all", most=None
    )
    pairs = found.table.set_index("term")["n_pairs"]
    return {term: int(pairs[term]) for term in entry["expected"]}


def _dictionary(entry: Entry, texts: Texts) -> Any:
    keys = entry["input"]["dictionary"]
    names = list(entry["expected"])
    out: dict[str, list[int]] = {name: [] for name in names}
    for name in names:
        speech = _collection([texts.text(name)])
        out[name] = [
            int(ak.word_frequency(speech, list(patterns), marks="keep").table["n"].sum())
            for patterns in keys.values()
        ]
    return out


FAMILIES: Final[dict[str, Callable[[Entry, Texts], Any]]] = {
    "association": _association,
    "keyness": _keyness,
    "dispersion": _dispersion,
    "lexdiv": _diversity,
    "diversity": _diversity,
    "readability": _readability,
    "dfm": _matrix,
    "similarity": _similarity,
    "distance": _similarity,
    "collocation": _collocation,
    "sentiment": _sentiment,
    "burst": _burst,
    "changepoint": _change_point,
    "change_point": _change_point,
    "tokens": _tokens,
    "kwic": _kwic,
    "frequency": _frequency,
    "cooccurrence": _cooccurrence,
    "dictionary": _dictionary,
}
