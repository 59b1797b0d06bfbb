"""Make `hu_liu.csv` again: python -m analystkit.resources.make_hu_liu POSITIVE NEGATIVE

The two files hold one word a line, as the authors give them away (`positive-words.txt`, `negative-words.txt`; NLTK's
`opinion_lexicon` and the R package tidytext hold the same words). Lines that begin with ";" are theirs, not words.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_HEAD: Final = """\
# Words of praise (1) and blame (-1), from the opinion lexicon of Hu & Liu, by way of make_hu_liu.py.
# Minqing Hu and Bing Liu (2004), Mining and summarizing customer reviews, KDD-04.
# https://www.cs.uic.edu/~liub/FBS/sentiment-analysis.html; licence: Creative Commons Attribution 4.0 (CC BY 4.0).
# Left out here: three words that stand in both lists (envious, enviously, enviousness), and what does not begin and end
# with a letter or digit ("anti-").
"""


def make_hu_liu(positive: Path, negative: Path, target: Path) -> None:
    """Write the words of both files into one table; a word that is in both is left out."""
    good, bad = _words(positive), _words(negative)
    rows = [*((word, 1) for word in good - bad), *((word, -1) for word in bad - good)]
    lines = [f"{word},{valence}\n" for word, valence in sorted(rows)]
    target.write_text(f"{_HEAD}word,valence\n{''.join(lines)}", encoding="utf-8", newline="\n")


def _words(path: Path) -> set[str]:
    lines = path.read_text(encoding="latin-1").split("\n")
    words = (line.strip() for line in lines if not line.startswith(";") and line.isascii())
    return {word for word in words if word[:1].isalnum() and word[-1:].isalnum()}


def main(arguments: Sequence[str]) -> int:
    """Make the table from the two files named."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    make_hu_liu(Path(arguments[0]), Path(arguments[1]), Path(__file__).with_name("hu_liu.csv"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
