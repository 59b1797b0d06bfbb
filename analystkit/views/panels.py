"""What each panel asks of a collection under some choices: the same for an explorer, a report and whoever verifies it."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from analystkit.collection import Collection
from analystkit.errors import ArgumentError, UndatedArticlesWarning, check_choice
from analystkit.measure import (
    Answer,
    actor_frequency,
    actor_roles,
    co_mentions,
    compare,
    coverage,
    tone,
    topic_frequency,
)
from analystkit.measure.frequency import most_named
from analystkit.measure.groups import TIMES
from analystkit.measure.names import named_actors
from analystkit.plot.natural import natural_kind
from analystkit.plot.style import signed
from analystkit.views.choices import GROUPINGS, SIDES, VIEWS, Choices

#: How many items are shown when none are chosen; those with the largest counts.
N_ITEMS: Final = 15

#: Collection (narrowed), choices and grouping in, answer out.
Ask = Callable[[Collection, Choices, str | None], Answer]


@dataclass(frozen=True)
class Panel:
    """One question that can be asked of a collection, and how its answer is shown.

    Attributes
    ----------
    name
        Its name in saved views, and of saved files.
    heading
        What a section of a report that shows it is called.
    ask
        Asks it.
    limits
        How to read this, and what it cannot tell.
    shows
        The choice that names what is shown, and does not narrow the articles: "actors", "topics" or "".
    groupings, views
        What may be chosen as `by` and `view`.
    first_by, first_count
        What is chosen before anything is.
    largest_as_lines
        Whether of many items over time the largest are drawn as lines, and not all as cells.
    """

    name: str
    heading: str
    ask: Ask
    limits: str
    shows: str = ""
    groupings: tuple[str, ...] = GROUPINGS
    views: tuple[str, ...] = ()
    first_by: str = "month"
    first_count: str = "stories"
    largest_as_lines: bool = True

    def answer(self, collection: Collection, choices: Choices) -> Answer:
        """Return the answer for the choices on a collection that they have yet to narrow."""
        filters = choices.filters(without=self.shows)
        read = collection.with_capitals(choices.capitals)
        narrowed = read.filter(**filters) if filters else read
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UndatedArticlesWarning)  # whoever shows it says how many
            return self.ask(narrowed, choices, None if choices.by == "whole" else choices.by)

    def kept(self, collection: Collection, choices: Choices, now: Answer) -> Answer | None:
        """Return the answer for the slice that is compared with, of the items that are shown now; None without one."""
        kept = choices.kept()
        if kept is None:
            return None
        if self.shows and now.item == self.shows[:-1] and now.measure != "compare":
            items = tuple(dict.fromkeys(now.table[now.item].astype("str")))
            shown: dict[str, Any] = {self.shows: items}
            kept = dataclasses.replace(kept, **shown)
        return self.answer(collection, kept)

    def differences(self, now: Answer, kept: Answer) -> str:
        """Say which of the items shown differ between two slices beyond chance; "" where that is not asked."""
        if not self.shows or now.measure not in ("actor_frequency", "topic_frequency"):
            return ""
        if not len(now.collection) or not len(kept.collection) or not len(now.table):
            return ""
        items = list(dict.fromkeys(now.table[now.item].astype("str")))
        named = {"actors": items} if self.shows == "actors" else {}
        told = compare(
            kept.collection,
            now.collection,
            of=self.shows,
            names=SIDES,
            count=now.count,
            most=len(items),
            **named,
        ).only(items)
        rows = told.table[told.table["slice"] == SIDES[1]]
        settled = rows[rows["sign"].isin(["higher", "lower"])]
        words = [
            f"{row[told.item]} {signed(100 * row['difference'], 0)}"
            f" ({signed(100 * row['difference_low'], 0)} to {signed(100 * row['difference_high'], 0)})"
            for row in settled.to_dict("records")
        ]
        n_other = len(rows) - len(settled)
        other = f"; {n_other} not settled" if n_other else ""
        return (
            f"Over the whole period, now less kept, in percentage points of {now.count} (95 % interval):"
            f" {', '.join(words) or 'no difference is settled'}{other}."
        )

    def kind(self, answer: Answer, choices: Choices) -> str:
        """Return how an answer is drawn."""
        chosen = getattr(choices, self.shows) if self.shows else ()
        over_time = bool(set(answer.by) & set(TIMES))
        # Of many items that nobody chose, the largest tell more as lines than all as cells.
        return "timeline" if self.largest_as_lines and over_time and not chosen else natural_kind(answer)


def ask_coverage(collection: Collection, choices: Choices, by: str | None) -> Answer:
    """Return how many articles there are in each group; by month where shared choices ask for none."""
    return coverage(collection, by=by or "month", count=choices.count)


def ask_actors(collection: Collection, choices: Choices, by: str | None) -> Answer:
    """Return the view that was chosen, of the chosen actors or those named most."""
    chosen, count = choices.actors, choices.count
    if choices.view == "with whom":
        return co_mentions(collection, chosen or None, count=count)
    if choices.view == "in which roles":
        return actor_roles(collection, _one_actor(collection, choices))
    if choices.view == "against the rest":
        return _against_the_rest(collection, choices)
    return actor_frequency(collection, by=by, count=count, actors=chosen or None, most=N_ITEMS)


def ask_tone(collection: Collection, choices: Choices, by: str | None) -> Answer:
    """Return the tone of the sentences that name the chosen actors, or those named most."""
    chosen = (
        named_actors(collection, choices.actors)
        if choices.actors
        else most_named(collection, count=choices.count, most=N_ITEMS)
    )
    return tone(collection, towards=chosen, by=by, count=choices.count)


def ask_topics(collection: Collection, choices: Choices, by: str | None) -> Answer:
    """Return how often the chosen topics, or all, come up."""
    answer = topic_frequency(collection, by=by, count=choices.count)
    return answer.only(list(choices.topics)) if choices.topics else answer


def _one_actor(collection: Collection, choices: Choices) -> str:
    """Return the first chosen actor, or the person with a role who is named most."""
    if choices.actors:
        return str(choices.actors[0])
    mentions = collection.mentions
    named = mentions.loc[mentions["role"] != "", "actor"].value_counts()
    if not len(named):
        raise ArgumentError("No role is given to anybody in these articles.")
    return str(named.index[0])


def _against_the_rest(collection: Collection, choices: Choices) -> Answer:
    whole = collection.unfiltered
    inside = set(collection.articles["article_id"])
    outside = set(whole.articles["article_id"]) - inside
    if not inside or not outside:
        raise ArgumentError(
            "There is no rest to compare with: choose a first or last day, an outlet or a topic above."
        )
    return compare(
        whole.narrowed_to(outside),
        collection,
        names=("the rest", "this choice"),
        count=choices.count,
        actors=choices.actors or None,
    )


#: The panels by name: what an explorer shows, a view names and a report prints.
PANELS: Final[dict[str, Panel]] = {
    panel.name: panel
    for panel in (
        Panel(
            name="coverage",
            heading="How many articles",
            ask=ask_coverage,
            limits="These are the articles that someone gathered, not all that were published: a low month may be a gap in"
            " the gathering. Open an article to see what was read and which lines of its page were kept out.",
            groupings=("year", "month", "week", "day", "outlet"),
            first_count="articles",
        ),
        Panel(
            name="actors",
            heading="Who is named",
            ask=ask_actors,
            limits="A share says in how many of the stories an actor is named at least once, and the interval how far it"
            " could move had other stories been gathered. Being named is not acting, and named together is not acting"
            " together. Pronouns are not followed, two people of one name may be one line here, and capitals that stand"
            " for governments are counted as places unless you switch that on: it is read from the words beside them.",
            shows="actors",
            views=VIEWS,
        ),
        Panel(
            name="tone",
            heading="In what tone",
            ask=ask_tone,
            limits="The tone of a sentence is that of its words (VADER, -1 to 1): a sentence about a war is negative,"
            " whoever is named in it, and quoted speech counts as well as the outlet's own. It is not tone towards the"
            " actor. Where the interval holds zero the sign is not settled. Not validated on this collection.",
            shows="actors",
            first_by="whole",
        ),
        Panel(
            name="topics",
            heading="What about",
            ask=ask_topics,
            limits="A topic is its list of terms: a story counts when it holds one of them. A term may be used in another"
            " sense, and what the list lacks is not found; read the sentences before you trust a number, and change the"
            " list.",
            shows="topics",
            largest_as_lines=False,
        ),
    )
}


def panel_of(name: str) -> Panel:
    """Return the panel of a name; refuse what is none."""
    check_choice("panel", name, PANELS)
    return PANELS[name]
