"""What an analyst claims to have found, in a form that can be asked again under other choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.names import known_actors

MEASURES: Final = ("tone", "actors", "topics")
CLAIMS: Final = ("", "higher", "lower")
_FILTERS: Final = ("since", "until", "outlet", "actor", "topic")

Slice = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One claim about a collection, which `robustness` asks again under other choices.

    Attributes
    ----------
    measure
        "tone" (of the sentences that name `of`, or of all), "actors" or "topics" (how widely `of` comes up).
    of
        An actor or a topic; "" is allowed for the tone of everything.
    than
        Another actor or topic: `of` is compared with it.
    first, second
        Two slices of the collection, as arguments of `Collection.filter`: `second` is compared with `first`, such as
        first={"until": "2023-10-31"}, second={"since": "2023-11-01"}.
    claim
        "higher" or "lower": what the tone or share of `of` (in `second`) is said to be, against `than`, against `first`,
        or else, for tone alone, against zero. "" claims what the collection says as it is usually read.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed, or the parts make no claim.

    Examples
    --------
    >>> Finding("tone", "Russia", first={"until": "2023-10-31"}, second={"since": "2023-11-01"}, claim="lower").measure
    'tone'
    """

    measure: str
    of: str = ""
    than: str = ""
    first: Slice = field(default_factory=dict)
    second: Slice = field(default_factory=dict)
    claim: str = ""

    def __post_init__(self) -> None:
        check_choice("measure", self.measure, MEASURES)
        check_choice("claim", self.claim, CLAIMS)
        for part in (self.first, self.second):
            for name in part:
                check_choice("a filter of `first` or `second`", name, _FILTERS)
        if self.measure != "tone" and not self.of:
            raise ArgumentError(f"`of` is empty; say which of the {self.measure} is meant.")
        if bool(self.first) != bool(self.second):
            raise ArgumentError("`first` and `second` belong together: give both slices, or neither.")
        if self.than and self.first:
            raise ArgumentError("A finding compares `of` with `than`, or `second` with `first`; not both.")
        if self.than and (self.than == self.of or not self.of):
            raise ArgumentError(f"`than` is {self.than!r}; name two different ones, `of` and `than`.")
        if self.measure != "tone" and not self.than and not self.first:
            raise ArgumentError(f"A share of {self.of!r} alone claims nothing; give `than`, or two slices.")

    @property
    def items(self) -> tuple[str, ...]:
        """The actors or topics that it is about."""
        return tuple(name for name in (self.of, self.than) if name)

    @property
    def of_sign(self) -> bool:
        """Whether the claim is about the sign of a tone, and not about a difference."""
        return not self.than and not self.first

    def slices(self, collection: Collection) -> list[Collection]:
        """Return the slices that it compares; the collection itself where it compares none.

        Raises
        ------
        ArgumentError
            The collection has no such actor, topic or outlet.
        """
        if self.items and self.measure == "topics":
            if collection.topics is None:
                raise ArgumentError("The finding is about topics, but the collection has no term lists.")
            for name in self.items:
                check_choice("a topic of the finding", name, collection.topics.topics)
        elif self.items:
            known_actors(collection, self.items, argument="an actor of the finding")
        if not self.first:
            return [collection]
        return [collection.filter(**self.first), collection.filter(**self.second)]

    def describe(self, claim: str = "") -> str:
        """Say what is claimed.

        >>> Finding("actors", "Russia", "China", claim="higher").describe()
        'Russia is named more widely than China'
        """
        said = claim or self.claim or "higher"
        if self.measure == "tone":
            what = f"the tone of sentences that name {self.of}" if self.of else "the tone of all sentences"
            if self.of_sign:
                return f"{what} is {'positive' if said == 'higher' else 'negative'}"
            if self.than:
                return f"{what} is {said} than of those that name {self.than}"
            return f"{what} is {said} {_told(self.second)} than {_told(self.first)}"
        more = "more" if said == "higher" else "less"
        verb = "is named" if self.measure == "actors" else "comes up"
        if self.than:
            return f"{self.of} {verb} {more} widely than {self.than}"
        return f"{self.of} {verb} {more} widely {_told(self.second)} than {_told(self.first)}"

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values, for a manifest; `Finding(**values)` is it again."""
        parts = {name: {k: _plain(v) for k, v in getattr(self, name).items()} for name in ("first", "second")}
        return {"measure": self.measure, "of": self.of, "than": self.than, **parts, "claim": self.claim}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else [*value] if isinstance(value, (list, tuple)) else str(value)


def _told(part: Slice) -> str:
    words = {"outlet": "in {}", "actor": "beside {}", "topic": "about {}"}
    days = [str(part[name]) for name in ("since", "until") if name in part]
    told = []
    if len(days) == 2:
        told.append(f"from {days[0]} to {days[1]}")
    elif days:
        told.append(
            f"{'from' if 'since' in part else 'until'} {days[0]}" + (" on" if "since" in part else "")
        )
    for name, form in words.items():
        if name in part:
            value = part[name]
            told.append(form.format(value if isinstance(value, str) else " or ".join(value)))
    return ", ".join(told)
