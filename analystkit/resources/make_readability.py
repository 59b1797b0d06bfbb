"""Make `syllables.txt`, `dale_chall.txt` and `spache.txt` again.

Run it as `python -m analystkit.resources.make_readability FOLDER`; FOLDER holds `cmudict.dict` and its `LICENSE` (the CMU
Pronouncing Dictionary) and, unpacked, the npm packages `dale-chall` and `spache` (each `index.js` and `license` in a folder
of that name). Nothing else in the library needs them.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from analystkit.measure.syllables import guess_syllables

_HERE = Path(__file__).parent


def make_syllables(folder: Path, out: Path) -> None:
    """Write the words whose syllables the rules of `measure.syllables` get wrong, by their number of syllables."""
    listed: dict[str, list[int]] = defaultdict(list)
    for line in (folder / "cmudict.dict").read_text(encoding="utf-8").splitlines():
        # A further pronunciation of a word has a number in brackets.
        word, *sounds = re.sub(r"\(\d+\)", "", line.partition(" #")[0]).split()
        if re.fullmatch(r"[a-z']+", word):
            listed[word].append(sum(sound[-1].isdigit() for sound in sounds))
    wrong: dict[int, list[str]] = defaultdict(list)
    for word, counts in listed.items():
        guess = guess_syllables(word)
        # The first pronunciation counts, or a fuller one that the spelling bears out: in-ter-est.
        n = max(counts[0], guess if guess in counts else 0)
        if n and n != guess:
            wrong[n].append(word)
    rows = [f"{n}\t{' '.join(sorted(words))}" for n, words in sorted(wrong.items())]
    what = "Words by their number of syllables where rules get it wrong, from the CMU Pronouncing Dictionary by way of"
    _write(out / "syllables.txt", [f"{what} make_readability.py."], folder / "LICENSE", rows)


def make_word_list(folder: Path, name: str, out: Path, title: str) -> None:
    """Write one list of easy words from the npm package of that name."""
    script = (folder / name / "index.js").read_text(encoding="utf-8")
    words = re.findall(r"""^\s*(?:'([^']+)'|"([^"]+)")""", script, re.MULTILINE)
    rows = sorted({one or other for one, other in words})
    _write(
        out / f"{name.replace('-', '_')}.txt",
        [f"{title}, from the npm package {name} by way of make_readability.py."],
        folder / name / "license",
        rows,
    )


def _write(path: Path, head: list[str], licence: Path, rows: list[str]) -> None:
    told = [f"# {line}".rstrip() for line in [*head, *licence.read_text(encoding="utf-8").splitlines()]]
    path.write_text("\n".join([*told, *rows]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    source = Path(sys.argv[1])
    make_syllables(source, _HERE)
    make_word_list(source, "dale-chall", _HERE, "Easy American words: the new Dale-Chall list (1995)")
    make_word_list(source, "spache", _HERE, "Easy American words: the revised Spache list (1974)")
