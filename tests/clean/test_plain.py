import random

import pytest

from analystkit.clean.line_model import shipped_model
from analystkit.clean.plain import plain_page
from analystkit.clean.zones import split_zones, type_pages
from benchmarks import news

HEAD = ["Ministers meet in Oslo over cod", "By Ann Reporter", "3 May 2024", ""]
PARAGRAPHS = [
    "The ministers of two countries met in Oslo on Friday to talk about cod, and parted without a word to the press.",
    "A ferry had brought the guests across the bay in the early morning, hours before the quay was closed to all.",
    "The host said that both sides had come closer, though neither would name a figure for the coming year.",
    "Fishermen on the coast have waited for eleven years, and few of them expect that a single day will change much.",
    "They will meet again in June, when the boats are back in port and the season's catch has been counted.",
]


def page(*, head=HEAD, paragraphs=PARAGRAPHS, above=(), below=()):
    return "\n".join([*above, *head, *paragraphs, *below])


def zones_of(lines):
    return [(line.zone, line.text, line.reason) for line in lines]


def changed(at, line):
    return [line if i == at else paragraph for i, paragraph in enumerate(PARAGRAPHS)]


def test_an_article_alone_gets_the_zones_and_reasons_that_the_model_gives():
    places = ["SEOUL, May 3 (Reuters) - ", ""]
    pages = [
        page(head=head, paragraphs=[place + PARAGRAPHS[0], *PARAGRAPHS[1:]], above=above, below=below)
        for head in (HEAD, [*HEAD[:2], ""], [HEAD[0], HEAD[2], ""], [HEAD[0], ""])
        for place in places
        for above, below in (
            ((), ()),
            (("World", "Sign in", ""), ("", "Most read", "© 2031 Seventh Pier Gazette")),
        )
        # With labels around it and neither byline nor date, so short an article loses its first lines to the model.
        if not (above and head == [HEAD[0], ""])
    ]
    assert all(map(plain_page, pages))
    plain, modelled = type_pages(pages), type_pages(pages, model=shipped_model())
    assert list(map(zones_of, plain)) == list(map(zones_of, modelled))


def test_invented_pages_get_every_line_right(tmp_path):
    n = 200
    for name, write in (("alone", news.write_articles), ("framed", news.write_pages)):
        folder = tmp_path / name
        folder.mkdir()
        write(folder, n, seed=3)
    alone, framed = (
        [file.read_text("utf-8") for file in sorted((tmp_path / name).iterdir())]
        for name in ("alone", "framed")
    )
    assert all(plain_page(text) for text in (*alone, *framed))
    for text, lines in zip(alone, type_pages(alone), strict=True):
        written = text.strip().split("\n")
        assert [line.text for line in lines] == [*written[:3], *written[4:]]
        assert [line.zone for line in lines] == ["title", "byline", "dateline"] + ["body"] * (
            len(written) - 4
        )
    of_article = {"title", "byline", "dateline", "body"}
    for text, lines in zip(framed, type_pages(framed), strict=True):
        written = [line for line in text.split("\n") if line]
        assert [line.zone in of_article for line in lines] == [False] * 3 + [True] * (len(written) - 8) + [
            False
        ] * 5


def test_lines_end_in_either_way():
    lines = split_zones(page().replace("\n", "\r\n"))
    assert lines["zone"].tolist() == ["title", "byline", "dateline"] + ["body"] * 5
    assert lines["text"].tolist() == HEAD[:3] + PARAGRAPHS


def test_a_later_year_below_the_article_is_told():
    lines = split_zones(page(below=["© 2031 Seventh Pier Gazette"]))
    assert lines["reason"].iloc[-1] == "newer than the article: 2031 (below the end of the article)"


@pytest.mark.parametrize(
    "doubtful",
    [
        page(below=["Ten ways to boil an egg"]),
        page(below=["", "Ferry fares rise on all of the routes across the bay"]),
        page(below=["Give what you can so that we can go on reporting from the coast."]),
        page(below=["Independent journalism costs money, and readers pay for all of it: donate today."]),
        page(below=["Ann Reporter is a correspondent who covers ports, ferries and the northern sea."]),
        page(below=["Reporting by Ann Reporter in Oslo, and by Bo Berg on the quay."]),
        page(below=[PARAGRAPHS[0]]),
        page(above=["Ferry fares rise on all routes"]),
        page(head=["Fishing"]),
        page(head=["The ministers met in Oslo over cod.", ""]),
        page(head=[HEAD[0], "The accord ends a long quarrel over berths on the coast."], paragraphs=["", *PARAGRAPHS]),
        page(head=[*HEAD[:2], "3 May 2024, 10 June 2024", ""]),
        page(head=[*HEAD[:2], "03/04/2024", ""]),
        page(paragraphs=PARAGRAPHS[:2]),
        page(paragraphs=changed(2, "What comes next")),
        page(paragraphs=changed(2, "and the host said that both sides had come closer, though neither would name one.")),
        page(paragraphs=changed(2, "The accord of 3 May 2021 said that both sides would come closer within three years.")),
        page(paragraphs=changed(2, "The ministers shake hands on the quay before the talks began. (Photo: Tern Pool)")),
        page(paragraphs=changed(2, "The host said so.RelatedWho owns the cod of the northern sea, and who may sell it?")),
        page(paragraphs=changed(2, "ADVERTISEMENTThe host said that both sides had come closer, as neither would leave.")),
        page(paragraphs=changed(2, "See the list at https://tern.example of all the boats that fish in the northern sea.")),
        page(paragraphs=changed(2, "渔业部长们周五在奥斯陆会面，讨论鳕鱼配额问题，会后没有发表声明。 a b c d e f g h.")),
    ],
)  # fmt: skip
def test_where_there_may_be_more_the_model_decides(doubtful):
    assert plain_page(page()) is not None
    assert plain_page(doubtful) is None


def test_whoever_knows_furniture_has_it_left_out():
    lines = split_zones(page(), known_furniture=frozenset([PARAGRAPHS[4]]))
    assert lines["zone"].tolist()[-1] == "furniture"


def test_order_of_pages_makes_no_difference():
    pages = [page(), page(below=["Ten ways to boil an egg"]), "", page(above=["World"])]
    mixed = pages.copy()
    random.Random(4).shuffle(mixed)
    typed = {text: zones_of(lines) for text, lines in zip(mixed, type_pages(mixed), strict=True)}
    assert [typed[text] for text in pages] == list(map(zones_of, type_pages(pages)))
