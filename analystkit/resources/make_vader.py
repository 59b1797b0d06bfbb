"""Make `vader_lexicon.txt` and `vader_emoji.txt` again from the installed package vaderSentiment.

Run it as `python -m analystkit.resources.make_vader`; nothing else in the library needs that package.
Left out are entries that VADER reads but can never meet in a text: words with capitals (a text is looked
up in lower case), entries with a space inside, and emoji of more than one code point.
"""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path


def make_vader(folder: Path) -> None:
    """Write the two files into `folder`, each headed by its source and licence.

    Parameters
    ----------
    folder
        Where to write `vader_lexicon.txt` (word, tab, valence -4..4) and `vader_emoji.txt` (emoji, tab,
        the words VADER reads in its place).
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText

    vader = SentimentIntensityAnalyzer()
    words = [
        f"{word}\t{valence}"
        for word, valence in vader.lexicon.items()
        if word == word.lower() and SentiText(word).words_and_emoticons == [word]
    ]
    emoji = [f"{sign}\t{description}" for sign, description in vader.emojis.items() if len(sign) == 1]
    _write(folder / "vader_lexicon.txt", "Words and their valence (-4..4)", words)
    _write(folder / "vader_emoji.txt", "Emoji and the words read in their place", emoji)


def _write(path: Path, what: str, rows: list[str]) -> None:
    package = distribution("vaderSentiment")
    licence = package.read_text("LICENSE.txt") or ""
    head = [
        f"{what}, from vaderSentiment {package.version} by way of make_vader.py.",
        "Hutto & Gilbert (2014), https://github.com/cjhutto/vaderSentiment",
        *licence.splitlines(),
    ]
    # A row has a tab and the head has none: that is how a reader tells them apart ("#" can start an entry).
    lines = [*(f"# {line}".rstrip() for line in head), *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make_vader(Path(__file__).parent)
