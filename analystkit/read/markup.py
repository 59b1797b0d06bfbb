"""Markup in, lines out: the text of a page or of a piece of HTML, one line per block, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from analystkit.clean.encoding import tidy

_BLOCKS: Final = (
    "address article aside blockquote body br button caption center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section table tbody td tfoot th thead title tr"
    " ul"
)
#: The elements that begin and end a line.
BLOCKS: Final = frozenset(_BLOCKS.split())
#: The elements whose text is not shown.
UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object"})


def parsed(markup: str) -> Any:
    """Return the tree of a page or a piece of HTML, however broken; nothing that it names is fetched or resolved."""
    from lxml import html

    # Without `huge_tree` the text ends, in silence, where tags that nobody closed are 256 deep.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    return html.document_fromstring(b"<div>" + markup.encode("utf-8", "replace") + b"</div>", parser=parser)


def walk(tree: Any) -> Iterator[tuple[str, Any, str]]:
    """Yield ("start", element, ""), ("end", element, "") and ("text", its element, text) in the order of the page.

    Text that is not shown is left out. Not recursive: pages may be nested as deeply as they like.
    """
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        shown = isinstance(element.tag, str)
        if event == "start":
            hidden += element.tag in UNSEEN
            yield "start", element, ""
            if element.text and not hidden:
                yield "text", element, element.text
            continue
        if shown:
            hidden -= element.tag in UNSEEN
            yield "end", element, ""
        if element.tail and not hidden and element is not tree:
            yield "text", element.getparent(), element.tail


def fragment_lines(markup: str) -> list[str]:
    """Return the text of a piece of HTML, one line per block, without blank lines.

    >>> fragment_lines("<p>Tom &amp; Ann\\nmet.</p>Then<br>they <b>left</b>.<script>x()</script>")
    ['Tom & Ann met.', 'Then', 'they left.']
    """
    parts: list[str] = []
    for event, element, text in walk(parsed(markup)):
        if event == "text":
            parts.append(text.replace("\n", " "))
        elif element.tag in BLOCKS:
            parts.append("\n")
    return [line for line in (one_line(line) for line in "".join(parts).split("\n")) if line]


def one_line(text: str) -> str:
    """Return a text with each run of spaces as one, in one spelling (see `clean.encoding.tidy`)."""
    return tidy(" ".join(text.split()))
