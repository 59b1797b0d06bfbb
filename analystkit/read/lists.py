"""Lists of articles without their text (Media Cloud, GDELT): titles, dates and addresses that can be counted."""

from __future__ import annotations

from collections.abc import Mapping

from analystkit.read.items import Item, Problem
from analystkit.read.stated import language_code


def is_list(fields: Mapping[str, str]) -> bool:
    """Say whether the columns of a table are those of a list of articles: title, address and date, but no text."""
    return "text" not in fields and {"title", "url", "published"} <= fields.keys()


def finish_list(items: list[Item], fields: Mapping[str, str], path: str, problems: list[Problem]) -> None:
    """Give languages by their codes, as pages do; say that the text is missing, how to get it, and what the dates are."""
    if not items:
        return
    for item in items:
        item.language = language_code(item.language)
    seen = (
        "; their dates say when they were seen, not when they appeared"
        if "seen" in fields["published"].lower()
        else ""
    )
    problems.append(
        Problem(
            path,
            "",
            "warning",
            f"a list of {len(items)} articles without their text{seen}",
            'load their pages: ak.load_urls(collection.articles["url"])',
        )
    )
