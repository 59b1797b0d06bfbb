"""What the ledger of actors and the lexicon of tone words share: how their files are read and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import analystkit as ak
from analystkit.errors import (
    AnalystkitError,
    ArgumentError,
    LedgerFileError,
    LexiconFileError,
    PathMissingError,
)

LEDGER = "day,action,name,other,kind,note\n2024-05-03,merge,Malmö,Malmo,,\n"
LEXICON = "day,word,value,note\n2024-05-03,gräns,0,\n"


@pytest.mark.parametrize(
    ("read", "text", "error"),
    [(ak.read_ledger, LEDGER, LedgerFileError), (ak.read_lexicon, LEXICON, LexiconFileError)],
)
def test_letters_that_cannot_be_told_are_refused_with_their_line(
    tmp_path: Path, read: Callable[[Path], object], text: str, error: type[AnalystkitError]
) -> None:
    """A spreadsheet may save in the letters of one country: of these, none is guessed."""
    path = tmp_path / "decisions.csv"
    path.write_bytes(text.encode("cp1252"))
    with pytest.raises(error, match=r"Line 2 of .*decisions\.csv' is not in UTF-8.*CSV UTF-8"):
        read(path)


@pytest.mark.parametrize(("read", "text"), [(ak.read_ledger, LEDGER), (ak.read_lexicon, LEXICON)])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_saved_by_a_spreadsheet_is_written_as_it_was_made(
    tmp_path: Path, read: Callable[[Path], ak.Ledger | ak.ToneLexicon], text: str, mark: str, separator: str
) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(mark + text.replace(",", separator), encoding="utf-8")
    assert read(path).save(tmp_path / "again.csv").read_text(encoding="utf-8") == text
    assert [made.name for made in sorted(tmp_path.iterdir())] == ["again.csv", "decisions.csv"]


@pytest.mark.parametrize("read", [ak.read_ledger, ak.read_lexicon])
def test_a_missing_file_is_named_with_the_way_to_make_one(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    with pytest.raises(PathMissingError, match=r"absent\.csv.*an empty one is made with ak\.\w+\(\)\.save\("):
        read(tmp_path / "absent.csv")


@pytest.mark.parametrize(("read", "text"), [(ak.read_ledger, LEDGER), (ak.read_lexicon, LEXICON)])
def test_what_another_saved_meanwhile_is_not_written_over(
    tmp_path: Path, read: Callable[[Path], ak.Ledger | ak.ToneLexicon], text: str
) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    log = read(path)
    log.undo().save()
    log.save()
    others = f"{text}{text.splitlines()[1]}\n"
    path.write_text(others, encoding="utf-8")
    with pytest.raises(
        ArgumentError, match=r"decisions\.csv' holds decisions that this .* was not made from.*load it"
    ):
        log.undo().save()
    assert path.read_text(encoding="utf-8") == others
    read(path).save()


def test_an_empty_log_does_not_replace_a_file(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text(LEDGER, encoding="utf-8")
    with pytest.raises(ArgumentError, match="so that nothing is lost"):
        ak.Ledger().save(path)
    assert path.read_text(encoding="utf-8") == LEDGER
