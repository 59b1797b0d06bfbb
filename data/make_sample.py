"""Write data/sample/ from data/stories/: each outlet's articles in the shape in which analysts get them.

Run `python data/make_sample.py` after a change to the stories; a test holds the two equal.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

HERE = Path(__file__).parent
AGENCY = "Paper Lantern Wire"


@dataclass(frozen=True)
class Story:
    """One article of one outlet; `body` has paragraphs and, marked "## ", subheads."""

    slug: str
    outlet: str
    published: datetime.date
    title: str
    body: tuple[str, ...]
    lead: str = ""
    section: str = ""
    byline: str = ""
    dateline: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def lines(self) -> list[str]:
        """Body lines as they are printed: an agency's own begin with its place line."""
        lines = [line.removeprefix("## ") for line in self.body]
        if self.dateline and AGENCY in (self.outlet, self.credit):
            lines[0] = f"{self.dateline} ({AGENCY}) - {lines[0]}"
        return lines


def read_stories(folder: Path = HERE / "stories") -> list[Story]:
    """Return all articles, reprints among them, by date and outlet."""
    stories = []
    for path in sorted(folder.glob("*.yml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            reprints = raw.pop("reprints", None) or []
            body = tuple(raw.pop("body").strip().split("\n\n"))
            story = Story(body=body, **raw)
            stories.append(story)
            for reprint in reprints:
                stories.append(
                    replace(
                        story,
                        slug=f"{story.slug}-reprint",
                        outlet=reprint["outlet"],
                        published=reprint["published"],
                        title=reprint["title"],
                        body=_cut(body, reprint.get("keep")),
                        lead="",
                        caption="",
                        byline="",
                        section="World",
                        credit=story.outlet,
                    )
                )
    return sorted(stories, key=lambda story: (story.published, story.outlet, story.slug))


def _cut(body: tuple[str, ...], keep: int | None) -> tuple[str, ...]:
    """Return the first `keep` paragraphs with the subheads between them."""
    kept: list[str] = []
    for line in body:
        if not line.startswith("## "):
            if keep == 0:
                break
            keep = None if keep is None else keep - 1
        kept.append(line)
    while kept[-1].startswith("## "):
        kept.pop()
    return tuple(kept)


def main(out: Path) -> None:
    """Write the sample collection."""
    if out.exists():
        shutil.rmtree(out)
    stories = read_stories()
    for outlet, (folder, suffix, render) in PAGES.items():
        own = [story for story in stories if story.outlet == outlet]
        for story in own:
            path = out / folder / f"{story.published:%Y-%m-%d}-{story.slug}{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(story, _foot(story, stories)), encoding="utf-8", newline="\n")
    _write_csv(out / "paper-lantern-wire.csv", [s for s in stories if s.outlet == AGENCY])
    _write_json_lines(
        out / "northern-marmalade-review.jsonl",
        [s for s in stories if s.outlet == "Northern Marmalade Review"],
    )


def _foot(story: Story, stories: list[Story]) -> list[str]:
    """Return headlines of later days, as a page shows them that is saved long after its article appeared."""
    later = [s.title for s in stories if (s.published - story.published).days > 90 and not s.credit]
    if len(later) < 9:
        later = [s.title for s in stories if s.title != story.title and not s.credit]
    return random.Random(story.slug).sample(later, 9)


def _day(date: datetime.date) -> str:
    return f"{date:%B} {date.day}, {date.year}"


def _minutes(story: Story) -> int:
    return max(1, round(sum(len(line.split()) for line in story.body) / 200))


def _kettle(story: Story, foot: list[str]) -> str:
    """The title stands twice, labels are glued to other headlines, the foot lists what is new on the day of saving."""
    lines = [f" date {story.published} {story.section.upper()}", f"{_minutes(story)} MIN READ", story.title]
    lines += [story.lead] if story.lead else []
    lines += [story.title]
    lines += [story.caption] if story.caption else []
    lines += [story.byline or "By Courier staff", _day(story.published), ""]
    middle = len(story.lines) // 2
    for i, text in enumerate(story.lines):
        if i == middle:
            lines += [f"Related{foot[0]}", "RECOMMENDED", ""]
        lines += [text, ""]
    lines += [f"Related{foot[1]}", f"SOURCE:{story.credit or story.outlet}", "Explore", *foot[2:]]
    return "\n".join(lines)


def _pier(story: Story, foot: list[str]) -> str:
    """Navigation and a cookie notice above, sharing and advertising labels between, a ranked list and the law below."""
    lines = [
        "Skip to content",
        "Seventh Pier Gazette",
        "Home",
        "Port",
        "Trade",
        "Weather",
        "Tides",
        "Subscribe",
        "Log in",
        f"Home > {story.section} > Asia",
        story.section,
        story.title,
        *([story.lead] if story.lead else []),
        *([story.byline] if story.byline else []),
        f"Published On {story.published.day} {story.published:%b %Y}",
        "Share",
        "Facebook X WhatsApp Copy link",
        f"Listen to this article {_minutes(story) + 1} min",
        *([story.caption] if story.caption else []),
        "",
    ]
    for i, text in enumerate(story.lines):
        lines += [text, ""]
        if i == 1:
            lines += ["Advertisement", ""]
    lines += [f"Source: {story.credit}", ""] if story.credit else []
    lines += ["Most read", *(f"{i} {title}" for i, title in enumerate(foot[:5], start=1)), ""]
    lines += [
        "Sign up for the Harbour Letter, our weekly newsletter",
        "Comments (0)",
        "About us",
        "Contact us",
        "Privacy policy",
        f"© {story.published.year} Seventh Pier Gazette. All rights reserved.",
    ]
    return "\n".join(lines)


def _whistle(story: Story, foot: list[str]) -> str:
    """A menu in capitals, a stamp with the time of day, "Read more" links and tags."""
    lines = [
        "This website uses cookies to improve your experience. Accept all",
        "TIN WHISTLE TRIBUNE",
        "NEWS",
        "SPORT",
        "SHOWBIZ",
        "HOROSCOPES",
        "Sign in",
        "Search",
        story.title,
        f"{story.byline or 'By Tribune reporters'}",
        f"Updated: 09:{20 + _minutes(story)}, {story.published.day} {story.published:%B %Y}",
        "Share this article",
        "12 comments",
        *([story.lead] if story.lead else []),
        *([story.caption] if story.caption else []),
        "",
    ]
    for i, text in enumerate(story.lines):
        lines += [text]
        if i == 2:
            lines += [f"READ MORE: {foot[0]}"]
    lines += [f"With reports from {story.credit}"] if story.credit else []
    lines += [
        "Tags: North Korea, Russia, World",
        "You may also like",
        *foot[1:6],
        "Back to top",
        "Terms of use",
    ]
    lines += [f"Copyright {story.published.year} Tin Whistle Tribune"]
    return "\n".join(lines)


def _page(story: Story, body: str, before: str, after: str) -> str:
    meta = {
        "og:title": story.title,
        "og:site_name": story.outlet,
        "og:type": "article",
        "article:published_time": f"{story.published}T06:30:00+00:00",
        "article:section": story.section,
    }
    if story.lead:
        meta["og:description"] = story.lead
    tags = "\n".join(
        f'  <meta property="{name}" content="{html.escape(text)}">' for name, text in meta.items()
    )
    author = html.escape(story.byline.removeprefix("By "))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>{html.escape(story.title)} | '
        f'{story.outlet}</title>\n{tags}\n  <meta name="author" content="{author}">\n</head>\n'
        f"<body>\n{before}\n{body}\n{after}\n"
        "</body>\n</html>\n"
    )


def _paragraphs(story: Story, level: str) -> str:
    raw = zip(story.body, story.lines, strict=True)
    return "\n".join(
        f"<{level}>{html.escape(text)}</{level}>"
        if source.startswith("## ")
        else f"<p>{html.escape(text)}</p>"
        for source, text in raw
    )


def _compass(story: Story, foot: list[str]) -> str:
    """A magazine's page: an article element with a figure, an aside and a footer of links."""
    figure = (
        f"<figure><figcaption>{html.escape(story.caption)}</figcaption></figure>\n" if story.caption else ""
    )
    lead = f'<p class="deck">{html.escape(story.lead)}</p>\n' if story.lead else ""
    body = (
        f"<main><article>\n<h1>{html.escape(story.title)}</h1>\n{lead}"
        f'<p class="byline">{html.escape(story.byline)} | '
        f'<time datetime="{story.published}">{_day(story.published)}</time></p>\n'
        f"{figure}{_paragraphs(story, 'h2')}\n</article></main>"
    )
    links = "".join(f'<li><a href="#">{html.escape(title)}</a></li>' for title in foot[:5])
    nav = '<nav><a href="#">World</a> <a href="#">Essays</a> <a href="#">Archive</a> <a href="#">Subscribe</a></nav>'
    aside = f"<aside><h2>More from Velvet Compass</h2><ul>{links}</ul></aside>"
    footer = f"<footer><p>© {story.published.year} Velvet Compass</p></footer>"
    return _page(story, body, nav, f"{aside}\n{footer}")


def _cloudberry(story: Story, foot: list[str]) -> str:
    """A plain site of nested div elements with class names, as many are."""
    links = "".join(f'<div class="teaser"><a href="#">{html.escape(title)}</a></div>' for title in foot[:6])
    credit = f'<div class="credit">Source: {html.escape(story.credit)}</div>' if story.credit else ""
    lead = f'<div class="ingress">{html.escape(story.lead)}</div>\n' if story.lead else ""
    body = (
        f'<div id="content"><h1 class="headline">{html.escape(story.title)}</h1>\n{lead}'
        f'<div class="meta"><span class="author">{html.escape(story.byline)}</span> <time datetime="{story.published}">'
        f"{story.published.day} {story.published:%B %Y}</time></div>\n"
        f'<div class="article-body">{_paragraphs(story, "h3")}</div>\n{credit}</div>'
    )
    entries = "".join(f'<a href="#">{name}</a>' for name in ("Home", "United Nations", "North", "Log in"))
    menu = f'<div class="menu">{entries}</div>'
    return _page(
        story,
        body,
        menu,
        f'<div class="latest"><h2>Latest</h2>{links}</div><div class="footer">Cookie settings</div>',
    )


def _write_csv(path: Path, stories: list[Story]) -> None:
    """An agency's export: one row per report, paragraphs as line ends within the cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "date", "headline", "subtitle", "section", "author", "source", "body"])
    for i, s in enumerate(stories, start=1):
        byline = s.byline.removeprefix("By ")
        writer.writerow(
            [f"PLW-{i:04d}", s.published, s.title, s.lead, s.section, byline, s.outlet, "\n\n".join(s.lines)]
        )
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def _write_json_lines(path: Path, stories: list[Story]) -> None:
    """A content system's export: one object per line."""
    rows = [
        {
            "url": f"https://northern-marmalade.example/{s.published.year}/{s.slug}",
            "publishedAt": f"{s.published}T05:00:00Z",
            "title": s.title,
            "description": s.lead,
            "author": s.byline.removeprefix("By "),
            "category": s.section,
            "publisher": {"name": s.outlet},
            "content": "\n".join(s.lines),
        }
        for s in stories
    ]
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8", newline="\n"
    )


PAGES: dict[str, tuple[str, str, Callable[[Story, list[str]], str]]] = {
    "Copper Kettle Courier": ("copper-kettle-courier", ".txt", _kettle),
    "Seventh Pier Gazette": ("seventh-pier-gazette", ".txt", _pier),
    "Tin Whistle Tribune": ("tin-whistle-tribune", ".txt", _whistle),
    "Velvet Compass": ("velvet-compass", ".html", _compass),
    "Cloudberry Observer": ("cloudberry-observer", ".html", _cloudberry),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "sample")
