"""The content of a report in, one HTML file out: no request, readable with scripts off, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from analystkit.report.content import Content


def render(content: Content) -> str:
    """Return the page of a report."""
    script = _part("page.js")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    template = environment.from_string(_part("page.html.j2"))
    sections = [
        {**vars(section), "pictures": [Markup(picture) for picture in section.pictures]}
        for section in content.sections
    ]
    return template.render(
        title=content.title,
        summary=content.summary,
        facts=content.facts,
        sections=sections,
        evidence=content.evidence,
        articles=content.articles,
        manifest=content.manifest,
        manifest_json=Markup(island(content.manifest)),
        style=Markup(_part("page.css")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def island(data: dict[str, Any]) -> str:
    """Return data as JSON that can stand inside a script element."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _part(name: str) -> str:
    return (files("analystkit.report") / name).read_text(encoding="utf-8")
