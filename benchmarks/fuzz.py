"""Coverage-guided fuzzing: any bytes must end as articles and problems, quickly, with nothing lost.

`python -m benchmarks fuzz` runs each target in a process of its own, for its share of the time, and prints one row for
each. The inputs that met a fault are kept; whether a fault is real is decided by reading them once more without the
fuzzer, which makes everything slower.
"""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figures import BenchmarkError, SkippedError, aligned
from benchmarks.samples import PACKED, TEXTS

#: Longest input (bytes), and the longest time that any of them may take (seconds of processor time).
LONGEST, PATIENCE = 20_000, 2.0
#: Formats whose files are packed by programs: what is damaged there fails in the parsers of others, and is told.
_PARSERS_OF_OTHERS: Final = frozenset(PACKED) - {"a.warc.gz"}
_OWN_FAULTS: Final = re.compile(r"\((?:Attribute|Type|Index|Name|UnboundLocal|Assertion|Recursion)\w*Error")
_INVISIBLE: Final = "\u200b\ufeff" + "".join(map(chr, range(32)))


class FaultError(Exception):
    """Something that must hold for every input does not."""


@dataclass(frozen=True)
class Target:
    """One thing to fuzz.

    Attributes
    ----------
    check
        Takes any bytes; raises where something is wrong.
    seeds
        Inputs to begin with.
    """

    check: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def targets() -> dict[str, Target]:
    """Return what can be fuzzed: each reader by the file it begins with, and the single steps."""
    everything = tuple(text.encode() for text in TEXTS.values())
    pages = (TEXTS["page.txt"].encode(), TEXTS["lexis.txt"].encode(), TEXTS["proquest.txt"].encode())
    found = {
        "split_zones": Target(check_zones, pages),
        "sniff": Target(check_sniff, everything),
        "find_date": Target(check_dates, tuple(line for page in everything for line in page.split(b"\n"))),
        "offsets": Target(check_offsets, pages),
    }
    for name, text in TEXTS.items():
        found[name] = Target(_reading(name, bytes), (text.encode(),))
    for name, (inside, pack) in PACKED.items():
        found[name] = Target(_reading(name, pack), (inside.encode(),))
    return found


def _reading(name: str, pack: Callable[[bytes], bytes]) -> Callable[[bytes], None]:
    return lambda data: check_file(name, pack(data))


def check_file(name: str, data: bytes) -> None:
    """Read a file; raise `FaultError` unless it ends as articles and problems as they should be."""
    from analystkit.read import Options, read_source
    from analystkit.read.columns import TableOptions
    from analystkit.read.items import Problem, as_block
    from analystkit.read.sources import Source
    from analystkit.schema import BODY_ZONES, ZONE_NAMES

    problems: list[Problem] = []
    items = read_source(Source(name, "", lambda: data), Options(TableOptions({})), problems)
    if not items and not any(problem.severity != "note" for problem in problems):
        raise FaultError("neither an article nor a problem")
    for problem in problems:
        if problem.reason.startswith("damaged, or not what it seems") and (
            name not in _PARSERS_OF_OTHERS or _OWN_FAULTS.search(problem.reason)
        ):
            raise FaultError(problem.reason)
        if not problem.reason.strip() or not problem.remedy.strip():
            raise FaultError("a problem without a reason or a remedy")
    block = as_block(items, problems)
    if len(block.n_words) != len(items):
        raise FaultError("an article is not in the table")
    for item, body in zip(items, block.articles["body"].to_pylist(), strict=True):
        if not {zone.zone for zone in item.zones} <= set(ZONE_NAMES):
            raise FaultError("a zone without a name of the schema")
        if not all(zone.text.strip() and zone.reason for zone in item.zones):
            raise FaultError("a zone without text or reason")
        if body != "\n".join(zone.text for zone in item.zones if zone.zone in BODY_ZONES):
            raise FaultError("a body that is not its zones")


def check_zones(data: bytes) -> None:
    """Split a page; raise `FaultError` unless every character that can be seen is in some zone, in order."""
    from analystkit.clean.wrapping import is_wrapped
    from analystkit.clean.zones import split_zones

    text = data.decode("utf-8", "ignore")
    frame = split_zones(text)
    if frame["order"].tolist() != list(range(len(frame))):
        raise FaultError("zones out of order")
    if not (frame["text"].str.strip().ne("").all() and frame["reason"].ne("").all()):
        raise FaultError("a zone without text or reason")
    kept = "".join("".join(frame["text"]).split())
    lines = re.split(r"[\r\n\f]", text)
    shown = "".join("".join(line.strip().strip(_INVISIBLE).strip() for line in lines).split())
    if is_wrapped(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")):
        # Joining may take the hyphen out of a word that was cut, and invisible signs at line ends stay.
        kept, shown = (re.sub(f"[-\u00ad{_INVISIBLE}]", "", part) for part in (kept, shown))
    if kept != shown:
        raise FaultError("text is lost, or was put in")


def check_sniff(data: bytes) -> None:
    """Read a file whose name says nothing."""
    check_file("file", data)


def check_dates(data: bytes) -> None:
    """Look for a date; raise `FaultError` unless its offsets are those of a date that reads the same alone."""
    from analystkit.clean.dates import find_date

    text = data.decode("utf-8", "ignore")
    for order in ("", "day", "month"):
        found = find_date(text, order=order)
        if found is None:
            continue
        if not 0 <= found.start < found.end <= len(text):
            raise FaultError("offsets outside the text")
        if (found.value is None) == (found.fault == ""):
            raise FaultError("a date needs either a value or a fault")


def check_offsets(data: bytes) -> None:
    """Annotate a text; raise `FaultError` unless all offsets are those of what was found."""
    import analystkit as ak

    text = data.decode("utf-8", "ignore")
    sentences = ak.split_sentences([text])
    before = 0
    for start, end in zip(sentences["start"].tolist(), sentences["end"].tolist(), strict=True):
        if not before <= start < end <= len(text):
            raise FaultError("sentences overlap, or lie outside the text")
        if text[before:start].strip():
            raise FaultError("words between two sentences")
        before = end
    if text[before:].strip():
        raise FaultError("words behind the last sentence")
    mentions = ak.find_mentions([text])
    for start, end, surface in zip(mentions["start"], mentions["end"], mentions["surface"], strict=True):
        if text[start:end] != surface:
            raise FaultError("a mention whose offsets are not its words")
    ak.score_tone([text])


def run(names: Sequence[str], *, seconds: int, folder: Path, tell: Callable[[str], None]) -> bool:
    """Fuzz the named targets one after another, print one row for each; say whether no fault is real.

    Parameters
    ----------
    names
        Names from `targets`.
    seconds
        For all together.
    folder
        Where inputs are kept: `corpus/TARGET` is begun with again, `faults/TARGET` holds what met a fault.
    """
    try:
        import atheris  # noqa: F401
    except ImportError:
        raise BenchmarkError("The fuzzer is not installed: pip install atheris.") from None
    share = max(seconds // max(len(names), 1), 1)
    rows = []
    real: list[tuple[str, str]] = []
    for name in names:
        tell(f"{name}: {share} s")
        try:
            n, first, last = _fuzz(name, share, folder)
        except SkippedError as reason:
            real.append((name, str(reason)))
            continue
        faults = _confirmed(name, folder)
        real += faults
        tell(f"{name}: {n} executions, {last} edges, {len(faults)} faults")
        rows.append([name, str(n), f"{n / share:.0f}", str(first), str(last), str(len(faults))])
    print(aligned(["target", "executions", "a second", "edges at first", "edges", "faults"], rows))
    for place, fault in real:
        print(f"FAULT {place}: {fault}")
    return not real


def _fuzz(name: str, seconds: int, folder: Path) -> tuple[int, int, int]:
    """Fuzz one target in a process of its own; return its executions, and the edges reached at first and at last."""
    corpus, faults = folder / "corpus" / name, folder / "faults" / name
    for place in (corpus, faults):
        place.mkdir(parents=True, exist_ok=True)
    for seed in targets()[name].seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    command = [sys.executable, "-m", "benchmarks.fuzz", name, str(faults), str(corpus)]
    command += [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=3000"]
    command += ["-print_final_stats=1", f"-artifact_prefix={faults}/"]
    told = subprocess.run(command, capture_output=True, text=True, errors="replace").stderr
    executed = re.findall(r"stat::number_of_executed_units:\s*(\d+)|^#(\d+)\s", told, re.MULTILINE)
    edges = [int(n) for n in re.findall(r"\bcov: (\d+)", told)]
    if not executed or not edges:
        raise SkippedError(f"{name} did not run:\n{told[-2000:]}")
    return max(int(a or b) for a, b in executed), edges[0], edges[-1]


def _confirmed(name: str, folder: Path) -> list[tuple[str, str]]:
    """Return the inputs that meet a fault without the fuzzer as well, with what it is."""
    found = []
    for path in sorted((folder / "faults" / name).iterdir()):
        fault = fault_of(targets()[name].check, path.read_bytes())
        if fault:
            found.append((str(path), fault))
    return found


def fault_of(check: Callable[[bytes], None], data: bytes) -> str:
    """Return what is wrong with how an input is read; "" if nothing is."""
    begin = time.process_time()
    try:
        check(data)
    except Exception as fault:  # any at all is one
        return f"{type(fault).__name__}: {fault}"
    seconds = time.process_time() - begin
    return f"took {seconds:.1f} s for {len(data)} bytes" if seconds > PATIENCE else ""


def _main(name: str, faults: Path, arguments: Sequence[str]) -> None:
    """Fuzz one target; never returns."""
    import atheris

    with atheris.instrument_imports(include=["analystkit"], enable_loader_override=False):
        import analystkit as ak
        import analystkit.read
        import analystkit.read.portions

    target = targets()[name]
    for seed in target.seeds:  # models and tables are loaded before the time counts
        target.check(seed)
    ak.split_zones(TEXTS["page.txt"])
    seen: dict[str, int] = {}

    def once(data: bytes) -> None:
        fault = fault_of(target.check, data)
        kind = re.sub(r"\d+", "0", fault)[:80]
        if fault and len(data) < seen.get(kind, sys.maxsize):
            seen[kind] = len(data)
            label = hashlib.sha256(kind.encode()).hexdigest()[:8]
            (faults / f"fault-{label}").write_bytes(data)

    lines = _lines(TEXTS.values()) + _lines(inside for inside, _ in PACKED.values())

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        choice = random.Random(seed)
        return atheris.Mutate(data, longest) if choice.random() < 0.5 else bent(data, choice, lines)[:longest]

    atheris.Setup(["fuzz", *arguments], once, custom_mutator=mutated)
    atheris.Fuzz()


def _lines(texts: Iterable[str]) -> list[bytes]:
    """Return the parts of the samples, to be put into inputs."""
    parts = {part for text in texts for part in re.split(r"(?<=\n)|(?<=>)|(?=<)|(?<=[,;{}\t ])", text)}
    return sorted(part.encode() for part in parts | set(_AWKWARD) if part)


#: What has broken readers of text before.
_AWKWARD: Final = (
    *(
        "\x00",
        "\ufeff",
        "\r",
        "\f",
        "\u2028",
        "\x85",
        "\u00ad",
        "\u200b",
        "\u202e",
        "e\u0301",
        "\U0001f9ff",
        "\t",
    ),
    *('"', "'", "\\", "&#0;", "&#x110000;", "&amp;softReturn;", "<![CDATA[", "]]>", "<!--", "<?xml", "--X--"),
    *(
        "=?utf-8?q?",
        "=?x?b?",
        "; charset=x",
        "9" * 20,
        "1e999",
        "NaN",
        "null",
        "[[[[[[[[",
        "31 February 2024",
    ),
    *(
        "0000-00-00",
        "٣",
        "１２",
        "0" * 8,
        "²",
        "ﬁ",
        "ß",
        "İ",
        "ſ",
        "\n\n",
        " " * 40,
        "-" * 40,
        "首尔会谈结束",
    ),
)


def bent(data: bytes, choice: random.Random, parts: Sequence[bytes]) -> bytes:
    """Return an input with a few of its lines or parts taken out, repeated, moved or joined by another's."""
    pieces = re.split(rb"(?<=\n)|(?<=>)", data)
    for _ in range(choice.randint(1, 4)):
        at = choice.randrange(len(pieces))
        kind = choice.randrange(5)
        if kind == 0 and len(pieces) > 1:
            del pieces[at]
        elif kind == 1:
            pieces[at:at] = pieces[at : at + choice.randint(1, 6)] * choice.choice((1, 1, 2, 20))
        elif kind == 2:
            pieces.insert(at, choice.choice(parts))
        elif kind == 3:
            inside = choice.randint(0, len(pieces[at]))
            pieces[at] = pieces[at][:inside] + choice.choice(parts) + pieces[at][inside:]
        else:
            other = choice.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
    return b"".join(pieces)


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
