"""Markup in, lines out: the text of a page or of a piece of HTML, one line per block, in order."""

from __future__ import annotations

import re
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


_LINES: Final = BLOCKS - {"br", "button", "head", "option", "tbody", "td", "tfoot", "th", "thead", "title"}
_WITHOUT_TEXT: Final = (
    "area audio canvas datalist head link meta noembed noframes rp select textarea title video"
)
_NOT_RENDERED: Final = UNSEEN | frozenset(_WITHOUT_TEXT.split())
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: What HTML takes for a space: runs of these are one, while a page may set words apart with several others.
_SPACES: Final = " \t\n\r\f"
_RUN_OF_SPACES: Final = re.compile(f"[{_SPACES}]+")


def page_text(tree: Any, *, hidden: bool = False) -> str:
    r"""Return the text of a page as a browser saves it: with blank lines around paragraphs, and rows of tables as lines.

    Parameters
    ----------
    tree
        The parsed page.
    hidden
        Whether text that the page says is not to be shown is kept as well.

    Notes
    -----
    The rules are those of `innerText` in the HTML standard, as far as a page tells without its style sheets.

    Examples
    --------
    >>> page = "<div>Home<p>Tom &amp; <b>Ann</b>\nmet.</p><p>Then<br>they left.</p><i hidden>Ad</i></div>"
    >>> page_text(parsed(page)).split("\n")
    ['Home', '', 'Tom & Ann met.', '', 'Then', 'they left.']
    """
    from lxml import etree

    parts: list[str] = []
    breaks = forced = 0  # line ends due before the next text: asked for by blocks, and by <br>
    space = cell = False
    depth = 0  # of elements that are not shown, each inside the one before
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag
        text: str | None = element.tail
        if event == "start":
            if depth or tag in _NOT_RENDERED or (not hidden and _is_hidden(element)):
                depth += 1
                continue
            text = element.text
        elif event == "end":
            depth -= depth > 0
            text = None if element is tree else text
        if depth:
            continue
        if tag in _LINES:
            breaks = max(breaks, 2 if tag == "p" else 1)
        elif tag == "br":
            forced += event == "start"
        elif tag in {"td", "th"}:
            cell = True
        if not text:
            continue
        words = _RUN_OF_SPACES.sub(" ", text).strip(" ")
        if not words:
            space = True
            continue
        if breaks or forced:
            parts.append("\n" * (breaks + forced))
        elif cell:
            parts.append("\t")
        elif space or text[0] in _SPACES:
            parts.append(" ")
        parts.append(words)
        breaks, forced, cell, space = 0, 0, False, text[-1] in _SPACES
    text = tidy("".join(parts).replace("\xa0", " "))
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return "hidden" in element.attrib or (style is not None and _HIDING.search(style) is not None)


def one_line(text: str) -> str:
    """Return a text with each run of spaces as one, in one spelling (see `clean.encoding.tidy`)."""
    return tidy(" ".join(text.split()))
