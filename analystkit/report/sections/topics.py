"""What about: the topics of the term lists, over all and by month."""

from __future__ import annotations

from analystkit.measure import topic_frequency
from analystkit.plot import plot_heatmap, plot_ranking
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.parts import frequency_table, grid_table, has_time, most, picture


def topics_section(builder: Builder) -> Section:
    """Return what about."""
    over_all = topic_frequency(builder.collection, count=builder.count)
    tables = [frequency_table(builder, over_all, "Topics")]
    pictures = []
    if has_time(builder.collection):
        by_month = topic_frequency(builder.collection, by="month", count=builder.count)
        pictures.append(picture(plot_heatmap, by_month, "heatmap", "topics"))
        tables.append(
            grid_table(builder, by_month, "month", f"Topics by month ({builder.count} with a term of them)")
        )
    else:
        pictures.append(picture(plot_ranking, over_all, "ranking", "topics"))
    lists = builder.collection.topics.topics if builder.collection.topics else {}
    rows = [[Number(name), Number(", ".join(terms))] for name, terms in lists.items()]
    tables.append(Table("Terms of each topic", ["Topic", "Terms"], rows))
    return Section(
        id="topics",
        heading="What about",
        finding=most(over_all),
        pictures=pictures,
        tables=tables,
        limits="A topic is its list of terms, no more: a story counts when one of them occurs in it, whatever it is about.",
    )
