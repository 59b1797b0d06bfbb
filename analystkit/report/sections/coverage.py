"""What was read: articles and stories by outlet and month."""

from __future__ import annotations

from analystkit.measure import coverage
from analystkit.plot import plot_timeline
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.parts import has_time, picture
from analystkit.report.wording import day, records


def coverage_section(builder: Builder) -> Section:
    """Return what was read."""
    by_outlet = coverage(builder.collection, by="outlet")
    articles = builder.collection.articles
    stories = coverage(builder.collection, by="outlet", count="stories")
    number, story_number, rows = builder.open(by_outlet), builder.open(stories), []
    for row, of_stories in zip(records(by_outlet.table), records(stories.table), strict=True):
        own = articles[articles["outlet"] == row["outlet"]]
        days = own["published"].dropna()
        name = row["outlet"] or "(no outlet)"
        rows.append(
            [
                Number(name),
                number(row, name),
                story_number(of_stories, name),
                Number(f"{int(own['n_words'].sum()):,}"),
                Number(day(days.min())),
                Number(day(days.max())),
            ]
        )
    heads = ["Outlet", "Articles", "Stories", "Words", "First", "Last"]
    tables = [Table("Articles by outlet; a story is a text with all its copies", heads, rows)]
    pictures = []
    if has_time(builder.collection):
        by_month = coverage(builder.collection, by="month")
        pictures.append(picture(plot_timeline, by_month, "timeline", "coverage"))
        number = builder.open(by_month)
        months = records(by_month.table)
        cells = [[Number(row["month"]), number(row, row["month"])] for row in months]
        tables.append(Table("Articles by month", ["Month", "Articles"], cells))
    return Section(
        id="coverage",
        heading="What was read",
        finding=f"{builder.collection.describe()}.",
        pictures=pictures,
        tables=tables,
        limits="A collection is what someone gathered: shares are shares of it, not of what was published.",
    )
