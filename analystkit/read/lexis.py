"""LexisNexis and Nexis Uni exports (text, HTML, and what `docx` hands on): one file, many articles.

An article is the same in all three: above it outlet, date and title, then fields with labels in the language of the
user ("BYLINE:", "AUTOR:"), the text, and further fields below it. Each format is cut into blocks; what follows is shared.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analystkit.clean.dates import find_date
from analystkit.clean.lines import Zone
from analystkit.read.exports import Export, Field, blocks_in, is_copyright, lines_in, parse_export
from analystkit.read.items import Item, Problem

#: What begins an article ("3 of 10 DOCUMENTS", "Dokument 3 von 10"), on a line of its own.
COUNTER: Final = (
    r"(?:(?P<number>\d{1,6}) (?:of|von|van|sur|de|di) (?P<total>\d{1,6}) (?-i:DOCUMENT(?:S|EN|OS|I)?|DOKUMENTEN?)"
    r"|(?-i:Document|Dokument|Documento) (?P<number2>\d{1,6}) (?:von|van|sur|de|di) (?P<total2>\d{1,6}))"
)
_COUNTER: Final = re.compile(COUNTER, re.IGNORECASE)

# English, German, Dutch, French, Spanish, Italian, Portuguese.
_LABELS: Final = {
    name: kind
    for kind, names in {
        "title": "HEADLINE|ÜBERSCHRIFT|TITEL|KOP|TITRE|TITULAR|TÍTULO|TITOLO",
        "byline": "BYLINE|AUTHOR|AUTOR|AUTEUR|AUTORE|AUTORES",
        "section": "SECTION|RUBRIK|RUBRIEK|SECTIE|RUBRIQUE|SECCIÓN|SEZIONE|SEÇÃO",
        "length": "LENGTH|LÄNGE|LENGTE|LONGUEUR|LONGITUD|LUNGHEZZA|COMPRIMENTO",
        "dateline": "DATELINE|ORT|PLAATS|LIEU",
        "lead": "HIGHLIGHT|ZUSAMMENFASSUNG|SAMENVATTING|RÉSUMÉ|RESUMEN",
        "head": "SERIES|COLUMN|DISTRIBUTION|EDITION|GUESTS|ANCHORS|SHOW|NETWORK|PROGRAM",
        "body": "BODY|TEXT|HAUPTTEIL|TEKST|TEXTE|CORPS|CUERPO|TEXTO|TESTO|CORPO",
        "caption": "GRAPHIC|GRAFIK|GRAPHIQUE|GRÁFICO|GRAFICO|ILLUSTRATIE",
        "language": "LANGUAGE|SPRACHE|TAAL|LANGUE|IDIOMA|LINGUA",
        "url": "URL|LINK",
        "loaded": "LOAD-DATE|UPDATE|LAAD-DATUM|DATE-CHARGEMENT|DATE DE CHARGEMENT|FECHA-CARGA|FECHA DE CARGA"
        "|DATA DI CARICAMENTO",
        "correction": "CORRECTION|CORRECTION-DATE",
        "tail": "PUBLICATION-TYPE|PUB-TYPE|JOURNAL-CODE|JOURNAL CODE|ZEITUNGS-CODE|DOCUMENT-TYPE|ACC-NO|SUBJECT|ORGANIZATION"
        "|COMPANY|TICKER|INDUSTRY|GEOGRAPHIC|CITY|STATE|COUNTRY|PERSON|NOTES|CLASSIFICATION|NAME|PUBLISHER|TYPE",
    }.items()
    for name in names.split("|")
}
#: Labels below the text; any of the others may stand above it.
_BELOW: Final = frozenset({"caption", "language", "url", "loaded", "correction", "tail"})
_LABEL: Final = re.compile(r"([^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_]+){0,3}):(?=\s|$)")
_INDENT: Final = 8  # columns; lines indented further are centred


@dataclass(frozen=True)
class Block:
    """One paragraph or field of an article as the export sets it.

    Attributes
    ----------
    label
        Its label in capitals, or "".
    centred
        Set in the middle: outlet, date and copyright are.
    strong
        All of it is bold.
    """

    text: str
    label: str = ""
    centred: bool = False
    strong: bool = False


def label_kind(label: str) -> str:
    """Return what a label of these exports stands for, or "" if it is none of them.

    >>> label_kind("Load-Date"), label_kind("KOP"), label_kind("SPIEGEL")
    ('loaded', 'title', '')
    """
    return _LABELS.get(label.strip(" :").upper(), "")


def read_lexis_text(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a LexisNexis download saved as text."""
    lines = [line.rstrip() for line in text.replace("\f", "\n").splitlines()]
    counters = {i: found for i, line in enumerate(lines) if (found := _COUNTER.fullmatch(line.strip()))}
    export = Export(path, "lexis_txt", sha256, order, problems)
    bounds = itertools.pairwise([*counters, len(lines)])
    parts = [(counters[start], _text_blocks(lines[start + 1 : end])) for start, end in bounds]
    return _items(export, parts, cover=lines[: next(iter(counters), len(lines))])


def read_lexis_html(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a LexisNexis download saved as HTML; its style sheet says what is bold and what is centred."""
    tree = parse_export(text)
    export = Export(path, "nexis_html", sha256, order, problems)
    parts: list[tuple[re.Match[str], list[Block]]] = []
    cover: list[str] = []
    for block in _html_blocks(tree, _styles(text)):
        if found := _COUNTER.fullmatch(block.text):
            parts.append((found, []))
        elif parts:
            parts[-1][1].append(block)
        else:
            cover.append(block.text)
    return _items(export, parts, cover)


def _items(
    export: Export, parts: Iterable[tuple[re.Match[str], Sequence[Block]]], cover: Sequence[str]
) -> list[Item]:
    items = []
    before, of = 0, 0
    for counter, blocks in parts:
        number, total = (int(figure) for figure in counter.groups() if figure)
        if 0 < before < number - 1 and total == of:
            export.problem(
                f"document {before + 1}",
                "warning",
                f"of {total} documents, {before + 1} to {number - 1} are not in the file",
                "download them again",
            )
        before, of = number, total
        fields = [Field("counter", counter[0], "number of the article in the export"), *lexis_fields(blocks)]
        if item := export.item(fields, f"document {number}"):
            items.append(item)
    if items:
        _add_cover(items[0], cover)
    else:
        export.problem("", "error", "an export without articles", "download the articles in full")
    return items


def _add_cover(item: Item, lines: Iterable[str]) -> None:
    kept = (" ".join(line.split()) for line in lines)
    item.zones[:0] = [Zone("furniture", line, "cover of the export") for line in kept if line]


def lexis_fields(blocks: Iterable[Block], fields: Sequence[Field] = ()) -> list[Field]:
    """Return the fields of an article: blocks with labels by their labels, others by where they stand.

    Parameters
    ----------
    blocks
        The article from its outlet on, in order.
    fields
        What is known of it already (a Word file says it in another order); the blocks then begin below the title.
    """
    out = list(fields)
    place = "labels" if out else "head"
    for block in blocks:
        kind = label_kind(block.label)
        if is_copyright(block.text) and not block.label:
            out.append(Field("copyright", block.text, "notice of copyright"))
            # Outside the head it is the last thing of an article.
            place = "tail" if place == "body" and block.centred else place
        elif place == "head" and not _opens_labels(block, kind):
            out.append(_head_field(block, {field.kind for field in out}))
        elif kind == "loaded" and not find_date(block.text):
            # "UPDATE: Police say ...": words of the article.
            out.append(Field("body", _with_label(block)))
            place = "body"
        elif kind in _BELOW:
            out.append(Field(kind, block.text, block.label))
            # The day of loading stands below the text always, so an article may have none.
            place = "tail" if place in {"body", "tail"} or kind == "loaded" else "labels"
        elif place == "tail":
            # A caption or a correction may go on over several paragraphs.
            known = kind or (out[-1].kind if not block.label else "tail")
            out.append(Field(known, block.text, block.label or out[-1].label))
        elif kind == "body":
            out.append(Field("body", block.text))
            place = "body"
        elif kind and place != "body":
            out.append(Field(kind, block.text, block.label))
            place = "labels"
        elif block.label and not any(field.kind == "length" for field in out):
            out.append(Field("other", block.text, block.label))
        else:
            is_subhead = block.strong and not block.label and len(block.text) <= _SUBHEAD
            out.append(Field("subhead" if is_subhead else "body", _with_label(block)))
            place = "body"
    return out


_SUBHEAD: Final = 120  # characters


def _opens_labels(block: Block, kind: str) -> bool:
    return (kind != "" and kind not in _BELOW and kind != "body") or (kind == "body" and not block.text)


def _head_field(block: Block, seen: set[str]) -> Field:
    text = _with_label(block)
    if "title" not in seen and "outlet" in seen and find_date(text) and (block.centred or "date" not in seen):
        return Field("other" if "date" in seen else "date", text, "line of the date")
    if "outlet" not in seen:
        return Field("outlet", text, "line of the outlet")
    if block.centred and "title" not in seen:
        return Field("other", text, "line above the title")
    return Field("title", text, "second headline" if "title" in seen else "headline")


def _with_label(block: Block) -> str:
    return f"{block.label}: {block.text}" if block.label else block.text


def _text_blocks(lines: Sequence[str]) -> list[Block]:
    """Cut the lines of one article at blank lines, and join what was wrapped."""
    width = max((len(line) for line in lines), default=0)
    blocks = []
    for blank, group in itertools.groupby(lines, key=lambda line: not line.strip()):
        if blank:
            continue
        paragraph = list(group)
        indent = min(len(line) - len(line.lstrip()) for line in paragraph)
        text = _unwrapped(paragraph, width)
        label = _label(text) if indent < _INDENT else ""
        blocks.append(Block(_without(label, text), label, centred=indent >= _INDENT))
    return blocks


def _label(text: str) -> str:
    found = _LABEL.match(text)
    return found[1] if found and found[1].isupper() else ""


def _without(label: str, text: str) -> str:
    return text[len(label) + 1 :].strip() if label else text


def _unwrapped(lines: Sequence[str], width: int) -> str:
    """Join lines where the first word of the next one would not have fitted."""
    text = lines[0].strip()
    for line, following in itertools.pairwise(lines):
        words = following.split()
        fits = len(line) + 1 + len(words[0]) <= width
        text += ("\n" if fits else " ") + " ".join(words)
    return text.strip()


def _styles(text: str) -> dict[str, str]:
    """Return the classes of the style sheet: "centred", "strong" or "" each."""
    head = text.partition("</HEAD>")[0] if "</HEAD>" in text else text[:50_000]
    out = {}
    for name, rules in re.findall(r"\.(c\d+)\s*\{([^}]*)\}", head):
        centred, bold = "text-align: center" in rules, "font-weight: bold" in rules
        out[name] = "centred" if centred else "strong" if bold else ""
    return out


def _html_blocks(tree: Any, styles: dict[str, str]) -> Iterator[Block]:
    """Yield each paragraph with the label of its division: `<DIV><P><SPAN bold>LABEL: </SPAN>...</P></DIV>`."""
    division, label = None, ""
    for node, text in blocks_in(tree):
        above = node if node.tag == "div" else next(node.iterancestors("div"), None)
        if above is not division or above is None:
            division, label = above, _html_label(node, styles)
            text = _without(label, text)
        elif label_kind(label) == "body" or not label_kind(label):
            label = ""
        centred = any(_is(styles, part, "centred") for part in (node, above) if part is not None)
        spans = [span for span in node.iter("span") if lines_in(span)]
        strong = bool(spans) and all(_is(styles, span, "strong") for span in spans)
        yield Block(text, label, centred, strong)


def _html_label(node: Any, styles: dict[str, str]) -> str:
    span = next((span for span in node.iter("span") if lines_in(span)), None)
    if span is None or not _is(styles, span, "strong"):
        return ""
    words = lines_in(span)
    label = _label(words)
    return label if _without(label, words) == "" else ""


def _is(styles: dict[str, str], node: Any, style: str) -> bool:
    return styles.get(node.get("class", "")) == style
