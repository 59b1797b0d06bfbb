"""Which two actors may be one: for these reasons, and never again once rejected."""

import pandas as pd
import pytest

from analystkit.annotate.actors.ledger import Applied, Ledger
from analystkit.annotate.actors.proposals import propose_merges


def table(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["article_id", "actor", "kind"], dtype="str")
    return frame.assign(surface=frame["actor"])


def proposed(mentions: pd.DataFrame, ledger: Ledger | None = None) -> list[tuple[str, str, str]]:
    applied = (ledger or Ledger()).apply(mentions)
    found = propose_merges(applied)
    return list(found[["name", "other", "reason"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        ("Barack Hussein Obama", "Barack Obama", "person", "given and family name are the same"),
        ("V. Putin", "Vladimir Putin", "person", "family name and initial are the same"),
        ("NSB", "Northern Sea Board", "organisation", "its initials"),
        ("Chrylser Works", "Chrysler Works", "organisation", "spelt alike but for one letter"),
        ("Kestair Cargo", "Kestair", "organisation", "its name begins so"),
        ("Sea Board of Orlov", "Orlov Sea Board", "organisation", "the same words in another order"),
        ("Viktor Yanukovitch", "Viktor Yanukovich", "person", "spelt alike but for one letter"),
    ],
)
def test_each_reason(one: str, other: str, kind: str, reason: str) -> None:
    rows = table(("a", one, kind), ("b", other, kind), ("c", other, kind))
    assert (one, other, reason) in proposed(rows)


def test_a_lone_family_name_is_proposed_with_those_of_its_articles_first() -> None:
    rows = table(
        ("a", "Kim", "person"), ("a", "Kim Jong-un", "person"), ("b", "Kim Tok Hun", "person"),
    )  # fmt: skip
    assert proposed(rows)[:2] == [
        ("Kim", "Kim Jong-un", "the same name in 1 article"),
        ("Kim", "Kim Tok Hun", "a part of the full name, one of 2 who have it"),
    ]


def test_koreans_of_one_family_are_not_proposed_as_one() -> None:
    rows = table(
        ("a", "Kim Hye Yong", "person"), ("a", "Kim Kum Yong", "person"), ("a", "Kim Jong-un", "person")
    )
    assert proposed(rows) == []


def test_one_name_of_two_kinds_is_proposed() -> None:
    rows = table(("a", "Boeing", "organisation"), ("b", "Boeing (place)", "place"))
    assert proposed(rows) == [("Boeing (place)", "Boeing", "the same name, as place and as organisation")]


def test_a_rejected_proposal_never_returns_whatever_the_two_are_called_later() -> None:
    rows = table(("a", "NSB", "organisation"), ("b", "Northern Sea Board", "organisation"))
    assert proposed(rows, Ledger().decide("reject", "NSB", "Northern Sea Board")) == []
    assert proposed(rows, Ledger().decide("reject", "Northern Sea Board", "NSB")) == []
    later = (
        Ledger().decide("reject", "NSB", "Northern Sea Board").decide("rename", "NSB", "Northern Sea Bord")
    )
    assert proposed(rows, later) == []
    assert proposed(rows, Ledger().decide("never", "NSB", "Northern Sea Board")) == []
    assert len(proposed(rows)) == 1


def test_an_accepted_proposal_is_gone() -> None:
    rows = table(("a", "NSB", "organisation"), ("b", "Northern Sea Board", "organisation"))
    assert proposed(rows, Ledger().decide("merge", "NSB", "Northern Sea Board")) == []


def test_nothing_gives_an_empty_table() -> None:
    found = propose_merges(Applied(table(), (), frozenset()))
    assert found.columns.tolist() == ["name", "other", "kind", "n", "n_other", "reason", "strength"]
    assert found.empty
