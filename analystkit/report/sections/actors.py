"""Who is named: the actors named most, over all and by month."""

from __future__ import annotations

from typing import Final

from analystkit.measure import actor_frequency
from analystkit.plot import plot_ranking, plot_timeline
from analystkit.report.builder import Builder
from analystkit.report.content import Section
from analystkit.report.sections.parts import frequency_table, grid_table, has_time, most, picture

#: How many actors a table shows; those named most.
N_ACTORS: Final = 15
#: How many of them the timeline follows; more lines cannot be told apart.
N_LINES: Final = 4


def actors_section(builder: Builder) -> Section:
    """Return who is named."""
    collection, count = builder.collection, builder.count
    over_all = actor_frequency(collection, count=count, most=N_ACTORS)
    names = over_all.table["actor"].tolist()
    tables = [frequency_table(builder, over_all, "Actors named most")]
    pictures = [picture(plot_ranking, over_all, "ranking", "who")]
    if has_time(collection):
        by_month = actor_frequency(collection, by="month", count=count, actors=names)
        pictures.append(picture(plot_timeline, by_month.only(names[:N_LINES]), "timeline", "when"))
        tables.append(grid_table(builder, by_month, "month", f"Actors by month ({count} that name them)"))
    return Section(
        id="actors",
        heading="Who is named",
        finding=most(over_all),
        pictures=pictures,
        tables=tables,
        limits="Being named is not acting. Pronouns are not followed, and two people of one name may be one line here."
        + ("" if collection.capitals else " Capitals that stand for governments are counted as places."),
    )
