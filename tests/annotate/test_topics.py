from __future__ import annotations

import hashlib
import pickle
import re
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit import schema
from analystkit.annotate import topics as topics_module
from analystkit.annotate.topics import TopicList, annotate_topics, find_topics, read_topics
from analystkit.errors import ArgumentError, MissingColumnError, TopicFileError

SHIPPED = Path(__file__).parents[2] / "data" / "topics" / "north-korea-russia.yml"


def surfaces(text: str, *terms: str) -> list[str]:
    """What one topic with these terms finds in one text."""
    return find_topics([text], {"topics": {"t": list(terms)}})["surface"].tolist()


def spans(text: str, *terms: str) -> list[tuple[int, int, str]]:
    hits = find_topics([text], {"topics": {"t": list(terms)}})
    return list(zip(hits["start"], hits["end"], hits["term"], strict=True))


# --- what a term finds ---


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("art", "The art of the party, Art's art-house; smart ART.", ["art", "Art", "art", "ART"]),
        ("=ARM", "ARM makes no arm, Arm or ARMs.", ["ARM"]),
        ("=UN panel", "UN panel, un panel, UN Panel, UN-panel", ["UN panel", "UN-panel"]),
        ("= UN", "UN un", ["UN"]),
        ("sanction*", "Sanctions, sanction, unsanctioned, sanctioned_by", ["Sanctions", "sanction", "sanctioned_by"]),
        ("*militar*", "paramilitary and Military, milit", ["paramilitary", "Military"]),
        ("defen?e", "defence defense defene defensse", ["defence", "defense"]),
        ("labo*r", "labour labor labo laborer labors", ["labour", "labor", "laborer"]),
        ("*ab*ab*", "abab ab xabyabz aba", ["abab", "xabyabz"]),
        ("a?", "a ab abc aß a-", ["ab", "aß"]),
        ("North Korea*", "north\nKoreans, North  Korea, Northkorea", ["north\nKoreans", "North  Korea"]),
        ("solid-fuel", "solid fuel, solid-fuel, solid-\nfuel, solid–fuel, solid, fuel, solidfuel",
         ["solid fuel", "solid-fuel", "solid-\nfuel", "solid–fuel"]),
        ("solid fuel", "Solid‑fuel and solid\u00a0fuel; solid - fuel", ["Solid‑fuel", "solid\u00a0fuel"]),
        ("workers' party", "Workers’ Party, workers' party, workers party", ["Workers’ Party", "workers' party"]),
        ("Kim’s", "Kim's, KIM’S, Kims, Kim", ["Kim's", "KIM’S"]),
        ("U.N.", "The U.N. and U.N.'s; U.N, UN.", ["U.N.", "U.N."]),
        ("ban on * exports", "ban on arms exports, ban on exports, ban on U.S. exports", ["ban on arms exports"]),
        ("Hwasong-*", "Hwasong-18, Hwasong", ["Hwasong-18"]),
        ("über*", "ÜBERALL", ["ÜBERALL"]),
        ("istanbul", "İstanbul ISTANBUL", ["İstanbul", "ISTANBUL"]),
        ("strasse", "Straße STRASSE", ["STRASSE"]),
        ("2024", "2024, 20245 and 12024", ["2024"]),
    ],
)  # fmt: skip
def test_a_term_finds_whole_words(term: str, text: str, found: list[str]) -> None:
    assert surfaces(text, term) == found


@pytest.mark.parametrize("term", ["sanction", "*nction", "s?nction", "=sanction"])
def test_a_word_that_only_holds_the_term_is_no_hit(term: str) -> None:
    assert surfaces("sanctions unsanctioned", term) == []


def test_within_a_topic_the_longest_hit_counts() -> None:
    text = "short-range ballistic missile, ballistic missile, missile"
    terms = ("missile", "ballistic missile", "short-range ballistic missile")
    assert spans(text, *terms) == [
        (0, 29, "short-range ballistic missile"),
        (31, 48, "ballistic missile"),
        (50, 57, "missile"),
    ]


def test_the_longer_of_two_overlapping_hits_counts_even_if_it_begins_later() -> None:
    assert surfaces("small arms transfer agreement", "small arms", "arms transfer agreement") == [
        "arms transfer agreement"
    ]


def test_of_two_terms_for_the_same_words_the_first_listed_counts() -> None:
    assert spans("sanctions", "sanct*", "sanction*") == [(0, 9, "sanct*")]
    assert spans("sanctions", "sanction*", "sanct*") == [(0, 9, "sanction*")]


def test_of_two_equally_long_overlapping_hits_the_first_in_the_text_counts() -> None:
    assert spans("ab cd ef", "cd ef", "ab cd") == [(0, 5, "ab cd")]


def test_topics_may_share_words_and_come_in_the_order_of_the_list() -> None:
    listed = {"z": ["arms embargo*"], "a": ["arms", "embargo*"]}
    hits = find_topics(["An arms embargo."], {"topics": listed})
    assert hits[["start", "end", "topic", "term", "surface"]].to_numpy().tolist() == [
        [3, 15, "z", "arms embargo*", "arms embargo"],
        [3, 7, "a", "arms", "arms"],
        [8, 15, "a", "embargo*", "embargo"],
    ]


def test_rows_are_in_reading_order_and_count_texts_from_nought() -> None:
    hits = find_topics(
        ["shells", "", "no", "Shells, ban, shells"], {"topics": {"a": ["shells"], "b": ["ban"]}}
    )
    assert list(zip(hits["text_id"], hits["start"], hits["topic"], strict=True)) == [
        (0, 0, "a"),
        (3, 0, "a"),
        (3, 8, "b"),
        (3, 13, "a"),
    ]


def test_offsets_count_characters_after_wide_and_lengthening_ones() -> None:
    text = "İİ 🚀 ﬀ e\u0301 “Sanctions”"
    (hit,) = spans(text, "sanction*")
    assert hit[:2] == (11, 20)
    assert text[11:20] == "Sanctions"


@pytest.mark.parametrize("texts", [[], ["nothing here"], [None, float("nan"), pd.NA]])
def test_without_hits_the_columns_and_their_kinds_stay(texts: list[object]) -> None:
    hits = find_topics(texts, {"topics": {"t": ["arms"]}})  # type: ignore[arg-type]
    assert len(hits) == 0
    assert {name: str(dtype) for name, dtype in hits.dtypes.items()} == {
        "text_id": "int64",
        "start": "int64",
        "end": "int64",
        "topic": "str",
        "term": "str",
        "surface": "str",
    }


def test_an_absent_text_keeps_its_place() -> None:
    texts = pd.Series(["arms", None, "arms"], dtype="str")
    assert find_topics(texts, {"topics": {"t": ["arms"]}})["text_id"].tolist() == [0, 2]


def test_one_text_instead_of_a_list_is_refused() -> None:
    with pytest.raises(
        ArgumentError, match=r"^`texts` is one text \('Arms for oil'\); pass a list of texts, such as"
    ):
        find_topics("Arms for oil", {"topics": {"t": ["arms"]}})


@pytest.mark.parametrize("wrong", [7, b"arms", ["arms"]])
def test_something_else_than_a_text_is_refused(wrong: object) -> None:
    with pytest.raises(
        ArgumentError, match=rf"^`texts` holds {re.escape(repr(wrong))} at place 1; allowed: texts,"
    ):
        find_topics(["arms", wrong], {"topics": {"t": ["arms"]}})  # type: ignore[list-item]


def test_a_table_of_words_that_is_full_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics_module, "_MOST_WORDS", 2)
    assert surfaces("aa ab ac aa bb ab", "a*") == ["aa", "ab", "ac", "aa", "ab"]


def test_wildcards_take_no_more_time_on_one_endless_word() -> None:
    began = time.perf_counter()
    assert surfaces("a" * 50_000, "*a*a*a*a*b", "*ab*a*c", "a*b*c*") == []
    assert time.perf_counter() - began < 5  # backtracking would take hours


# --- an independent route: one plain pattern per term, tried at every character ---


def plain_pattern(term: str) -> re.Pattern[str]:
    term = term.strip()
    body, flags = (term[1:], re.NOFLAG) if term.startswith("=") else (term, re.IGNORECASE)
    out = ""
    for part in re.findall(r"[\w*?]+|[\s–-]+|.", body.strip()):
        if re.fullmatch(r"\*+", part):
            out += r"\w+"
        elif re.match(r"[\w*?]", part):
            out += part.replace("*", r"\w*").replace("?", r"\w")
        elif re.match(r"[\s–-]", part):
            out += r"(?:\s+|[–-]\s*)"
        else:
            out += "['’]" if part in "'’" else re.escape(part)
    return re.compile(rf"(?<!\w){out}(?!\w)", flags)


def plain_hits(text: str, terms: list[str]) -> list[tuple[int, int, str]]:
    matches = [
        (match.end() - start, -start, -place, start, match.end(), term)
        for place, term in enumerate(terms)
        for start in range(len(text))
        if (match := plain_pattern(term).match(text, start))
    ]
    kept: list[tuple[int, int, str]] = []
    for *_, start, end, term in sorted(matches, reverse=True):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, term))
    return sorted(kept)


def is_term(term: str) -> bool:
    try:
        read_topics({"topics": {"t": [term]}})
    except TopicFileError:
        return False
    return True


TERMS = st.lists(st.text("aabb*? -'.=Bİ", min_size=1, max_size=6).filter(is_term), min_size=1, max_size=5)
TEXTS = st.text("aaabbb   --\n'’.–AB1İıßſ_", max_size=40)


@settings(deadline=None)
@given(TEXTS, TERMS)
def test_hits_equal_those_of_one_plain_pattern_per_term(text: str, terms: list[str]) -> None:
    assert spans(text, *terms) == plain_hits(text, terms)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4), TERMS, TERMS)
def test_offsets_give_the_surface_and_hits_of_a_topic_do_not_overlap(
    texts: list[str], terms: list[str], others: list[str]
) -> None:
    hits = find_topics(texts, {"topics": {"t": terms, "u": others}})
    places = zip(hits["text_id"], hits["start"], hits["end"], strict=True)
    assert [texts[text_id][start:end] for text_id, start, end in places] == hits["surface"].tolist()
    assert (hits["start"] < hits["end"]).all()
    assert hits["text_id"].is_monotonic_increasing
    for _, group in hits.groupby(["text_id", "topic"]):
        assert (group["start"].iloc[1:].to_numpy() >= group["end"].iloc[:-1].to_numpy()).all()


# --- hits in the sentences of articles ---

ARTICLES = pd.DataFrame(
    {"article_id": ["b", "a", "empty"], "body": ["No arms. Export\nban stays.", "Arms, arms! Why?", None]}
).astype({"body": "str"})
SENTENCES = pd.DataFrame(
    {
        "article_id": ["a", "b", "a", "b", "other"],
        "sentence_id": [0, 1, 1, 0, 0],
        "start": [0, 9, 12, 0, 0],
        "end": [11, 26, 16, 8, 99],
    }
)
TOPICS = read_topics({"topics": {"arms": ["arms"], "bans": ["export ban"]}})


def test_a_hit_belongs_to_the_sentence_in_which_it_starts() -> None:
    hits = annotate_topics(ARTICLES, SENTENCES, TOPICS)
    assert hits.to_numpy().tolist() == [
        ["b", 0, 3, 7, "arms", "arms", "arms"],
        ["b", 1, 9, 19, "bans", "export ban", "Export\nban"],
        ["a", 0, 0, 4, "arms", "arms", "Arms"],
        ["a", 0, 6, 10, "arms", "arms", "arms"],
    ]


def test_a_phrase_over_the_end_of_a_sentence_belongs_to_the_first() -> None:
    articles = pd.DataFrame({"article_id": ["a"], "body": ["The export\nban"]})
    sentences = pd.DataFrame({"article_id": "a", "sentence_id": [4, 5], "start": [0, 11], "end": [10, 14]})
    assert annotate_topics(articles, sentences, TOPICS)["sentence_id"].tolist() == [4]


@pytest.mark.parametrize("n", [0, 3])
def test_the_table_is_that_of_the_schema(n: int) -> None:
    hits = annotate_topics(ARTICLES.head(n), SENTENCES, TOPICS)
    assert {name: str(dtype) for name, dtype in hits.dtypes.items()} == dict(schema.TOPIC_HITS)
    assert hits.index.equals(pd.RangeIndex(len(hits)))


def test_no_articles_and_no_sentences_give_no_hits() -> None:
    empty = annotate_topics(schema.empty_table("articles"), schema.empty_table("sentences"), TOPICS)
    pd.testing.assert_frame_equal(empty, schema.empty_table("topic_hits"))


def test_the_index_of_the_tables_means_nothing_and_they_stay_as_they_were() -> None:
    articles, sentences = (
        ARTICLES.set_index(pd.Index([7, 7, 1])),
        SENTENCES.set_index(pd.Index(list("xxyzz"))),
    )
    before = articles.copy(), sentences.copy()
    hits = annotate_topics(articles, sentences, TOPICS)
    pd.testing.assert_frame_equal(hits, annotate_topics(ARTICLES, SENTENCES, TOPICS))
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(sentences, before[1])


@pytest.mark.parametrize(
    ("keep", "message"),
    [
        ([], "no sentence around character 3 of article 'b' ('arms')"),
        ([0, 2, 3], "no sentence around character 9 of article 'b' ('Export\\nban')"),
        ([1, 2, 3], "no sentence around character 0 of article 'a' ('Arms')"),
    ],
)
def test_sentences_that_leave_out_a_hit_are_refused(keep: list[int], message: str) -> None:
    with pytest.raises(
        ArgumentError, match=re.escape(f"`sentences` has {message}; make it from the same bodies")
    ):
        annotate_topics(ARTICLES, SENTENCES.iloc[keep], TOPICS)


def test_absent_columns_are_named() -> None:
    with pytest.raises(MissingColumnError, match=r"`articles` needs column\(s\) \['body'\]"):
        annotate_topics(ARTICLES[["article_id"]], SENTENCES, TOPICS)
    with pytest.raises(MissingColumnError, match=r"`sentences` needs column\(s\) \['start', 'end'\]"):
        annotate_topics(ARTICLES, SENTENCES[["article_id", "sentence_id"]], TOPICS)


# --- term lists ---

GOOD = """\
name: North Korea and Russia
version: 1
topics:
  sanctions:
    - sanction*
    - UN panel of experts
  arms:
    - munition*   # any munition
    - "*shell*"
"""


def listed(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "list.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fault(source: object) -> str:
    with pytest.raises(TopicFileError) as caught:
        read_topics(source)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_file_is_read_as_written_and_in_its_order(tmp_path: Path) -> None:
    path = listed(tmp_path, GOOD)
    topics = read_topics(path)
    assert (topics.name, topics.version, topics.source) == ("North Korea and Russia", 1, str(path))
    assert list(topics.topics.items()) == [
        ("sanctions", ("sanction*", "UN panel of experts")),
        ("arms", ("munition*", "*shell*")),
    ]
    assert read_topics(str(path)) == topics


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain = read_topics(listed(tmp_path, GOOD))
    assert read_topics(listed(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())) == plain


def test_name_and_version_may_be_left_out(tmp_path: Path) -> None:
    topics = read_topics(listed(tmp_path, "topics: {arms: [shells]}"))
    assert (topics.name, topics.version) == ("list", 1)
    assert read_topics({"topics": {"arms": ("shells",)}}) == TopicList("", 1, {"arms": ("shells",)})


@pytest.mark.parametrize(("written", "version"), [("2", 2), ("2a", "2a"), ('"1.0"', "1.0")])
def test_a_version_is_a_whole_number_or_a_text(tmp_path: Path, written: str, version: object) -> None:
    assert read_topics(listed(tmp_path, f"version: {written}\ntopics: {{arms: [shells]}}")).version == version


def test_a_list_gives_back_the_form_it_was_read_from(tmp_path: Path) -> None:
    topics = read_topics(listed(tmp_path, GOOD))
    assert topics.to_dict() == {
        "name": "North Korea and Russia",
        "version": 1,
        "topics": {"sanctions": ["sanction*", "UN panel of experts"], "arms": ["munition*", "*shell*"]},
    }
    assert read_topics(topics.to_dict()) == topics


def test_the_digest_is_that_of_the_content_alone(tmp_path: Path) -> None:
    topics = read_topics({"name": "Ä", "topics": {"arms": ["shells"]}})
    content = rb'{"name": "\u00c4", "version": 1, "topics": {"arms": ["shells"]}}'
    assert topics.digest == hashlib.sha256(content).hexdigest()
    path = listed(tmp_path, "name: Ä\ntopics:\n  arms: [shells]  # a remark\n")
    assert read_topics(path).digest == topics.digest


@pytest.mark.parametrize(
    "other",
    [
        {"version": 2, "topics": {"a": ["x", "y"], "b": ["z"]}},
        {"name": "n", "topics": {"a": ["x", "y"], "b": ["z"]}},
        {"topics": {"a": ["y", "x"], "b": ["z"]}},
        {"topics": {"b": ["z"], "a": ["x", "y"]}},
        {"topics": {"a": ["x"], "b": ["y", "z"]}},
        {"topics": {"a": ["x", "y"], "b": ["Z"]}},
    ],
)
def test_any_change_of_content_changes_the_digest(other: dict[str, object]) -> None:
    first = read_topics({"topics": {"a": ["x", "y"], "b": ["z"]}})
    assert read_topics(other).digest != first.digest
    assert read_topics(other) != first


def test_a_list_cannot_be_changed_and_can_travel_to_another_process(tmp_path: Path) -> None:
    given = {"arms": ["shells"]}
    topics = read_topics({"topics": given})
    given["arms"].append("guns")
    with pytest.raises(TypeError):
        topics.topics["arms"] = ()  # type: ignore[index]
    there = pickle.loads(pickle.dumps(topics))
    assert there == topics == TopicList("", 1, {"arms": ("shells",)})
    assert len({there, topics}) == 1
    assert topics != "arms"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty; write `topics:` and the topics with their terms below it."),
        ("# only a remark", "the file is empty; write `topics:` and the topics with their terms below it."),
        ("- sanction*", "line 1: this is no term list, which has the keys `name`, `version` and `topics`; write "
         "`topics:` first."),
        ("name: x\ntopic:\n  a: [b]", "line 2: there is no key `topics`; did you mean 'topic' to be it?"),
        ("name: x\n", "line 1: there is no key `topics`; write the topics and their terms below one."),
        ("topics: {a: [b]}\nversoin: 2", "line 2: 'versoin' is none of the keys `name`, `version` and `topics`; did "
         "you mean 'version'?"),
        ("author: me\ntopics: {a: [b]}", "line 1: 'author' is none of the keys `name`, `version` and `topics`; "
         "delete it, or turn it into a comment with #."),
        ("topics:\n", "line 1: `topics` names no topic; write each topic below it, and its terms as a list."),
        ("topics:\n  - arms", "line 1: `topics` names no topic; write each topic below it, and its terms as a list."),
        ("topics:\n  arms:\n  bans: [x]", "line 2: topic 'arms' has no terms; write at least one below it, after a "
         "hyphen."),
        ("topics:\n  arms: []", "line 2: topic 'arms' has no terms; write at least one below it, after a hyphen."),
        ("topics:\n  arms: shells, guns", "line 2: topic 'arms' has 'shells, guns' where a list belongs; write each "
         "term on a line of its own, after a hyphen."),
        ("topics:\n  arms: {x: y}", "line 2: topic 'arms' has '{x: y}' where a list belongs; write each term on a "
         "line of its own, after a hyphen."),
        ("topics:\n  a:\n    - yes we can\n    - no", "line 4: term 2 of topic 'a' is no, a yes/no value and not "
         'text; put it in quotes: "no".'),
        ("topics:\n  a:\n    - 2024", 'line 3: term 1 of topic \'a\' is 2024, a number and not text; put it in '
         'quotes: "2024".'),
        ("topics:\n  a:\n    - 2024-13-45", "line 3: term 1 of topic 'a' is 2024-13-45, a date and not text; put it "
         'in quotes: "2024-13-45".'),
        ("topics:\n  a:\n    - null", "line 3: term 1 of topic 'a' is null, YAML's word for nothing and not text; put it in "
         'quotes: "null".'),
        ("topics:\n  a:\n    - Kim: leader", "line 3: term 1 of topic 'a' is Kim: leader, a key with a value and not "
         'text; put it in quotes: "Kim: leader".'),
        ("topics:\n  a:\n    - [x]", "line 3: term 1 of topic 'a' is [x], a list and not text; put it in quotes: "
         '"[x]".'),
        ("topics:\n  a:\n    - !x y", 'line 3: term 1 of topic \'a\' is !x y, of type !x and not text; put it in '
         'quotes: "!x y".'),
        ("topics:\n  a:\n    - x\n    -\n", "line 4: term 2 of topic 'a' is empty (''); write a word there or delete "
         "the line."),
        ("topics:\n  a:\n    - '  '", "line 3: term 1 of topic 'a' is empty (\"'  '\"); write a word there or delete "
         "the line."),
        ("topics:\n  a:\n    - '='", "line 3: term 1 of topic 'a' is empty ('='); write a word there or delete the "
         "line."),
        ("topics:\n  a:\n    - '*'", "line 3: term 1 of topic 'a' is '*', wildcards only, and would find any word; "
         "add letters to it."),
        ("topics:\n  a:\n    - '=* ?-*'", "line 3: term 1 of topic 'a' is '=* ?-*', wildcards only, and would find "
         "any word; add letters to it."),
        ("topics:\n  a:\n    - (sic)", "line 3: term 1 of topic 'a' is '(sic)', which begins with '('; begin with a "
         "letter, a digit, * or ?"),
        ("topics:\n  a:\n    - anti-", "line 3: term 1 of topic 'a' is 'anti-', which ends with a hyphen; end with a "
         "word, or with * for any word."),
        ("topics:\n  a:\n    - export\n      ban", "line 3: term 1 of topic 'a' runs on over the next line ('export "
         "ban'); begin each term with a hyphen."),
        ("topics:\n  a: [x]\n  b: [y]\n  a: [z]", "line 4: the topic 'a' is there twice (first on line 2); rename "
         "one, or join the two."),
        ("topics: {a: [x]}\ntopics: {b: [y]}", "line 2: the key 'topics' is there twice (first on line 1); rename "
         "one, or join the two."),
        ("topics:\n  2024: [x]", 'line 2: the topic is 2024, a number and not text; put it in quotes: "2024".'),
        ("topics:\n  '': [x]", "line 2: the topic is empty (\"''\"); write a word there or delete the line."),
        ("name: 2024\ntopics: {a: [x]}", 'line 1: `name` is 2024, a number and not text; put it in quotes: "2024".'),
        ("version: 1.0\ntopics: {a: [x]}", 'line 1: `version` is 1.0, a number and not text; put it in quotes: '
         '"1.0".'),
        ("topics:\n  a:\n    - *militar*", "line 3, column 15: '- *militar*' is not YAML (expected alphabetic or "
         "numeric character, but found '*'); put a term that begins with * in quotes."),
        ("topics:\n  a:\n    - *militar", "line 3, column 7: '- *militar' is not YAML (found undefined alias "
         "'militar'); put a term that begins with * in quotes."),
        ("topics:\n\ta: [x]", "line 2, column 1: 'a: [x]' is not YAML (found character '\\t' that cannot start any "
         "token); check the indentation, the colons and the quotes there."),
        ("topics: {a: [x]}\n---\ntopics: {b: [y]}", "line 2, column 1: '---' is not YAML (but found another "
         "document); check the indentation, the colons and the quotes there."),
        ("topics:\n  a: [x\x00]", "line 2, column 8: 'a: [x\\x00]' is not YAML (character U+0000); check the "
         "indentation, the colons and the quotes there."),
        ('topics:\n  a: ["\\UFFFFFFFF"]', "is not YAML ("),
        ("[" * 5000, "is not YAML (maximum recursion depth exceeded"),
        (b"topics:\n  a:\n    - Kim\x92s", "line 3: byte 0x92 is not UTF-8; save the file as UTF-8."),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_place_value_and_way_out(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    path = listed(tmp_path, text)
    told = fault(path)
    assert told.startswith(str(path))
    assert message in told
    if message.startswith(("line", "the file")):
        assert told in (f"{path}, {message}", f"{path}: {message}")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "there is no key `topics`; write the topics and their terms below one."),
        ({"topcis": {"a": ["x"]}}, "there is no key `topics`; did you mean 'topcis' to be it?"),
        ({"topics": {"a": ["x", False]}}, "term 2 of topic 'a' is False, a yes/no value and not text; put it in "
         'quotes: "False".'),
        ({"topics": {"a": [None]}}, "term 1 of topic 'a' is empty (''); write a word there or delete the line."),
        ({"topics": {"a": [["x"]]}}, "term 1 of topic 'a' is [x], a list and not text; put it in quotes: "),
        ({"topics": {"a": "x"}}, "topic 'a' has 'x' where a list belongs; write each term on a line of its own"),
        ({"topics": {"a": []}}, "topic 'a' has no terms; write at least one below it, after a hyphen."),
        ({"topics": {7: ["x"]}}, 'the topic is 7, a number and not text; put it in quotes: "7".'),
        ({"topics": {"a": [b"x"]}}, "term 1 of topic 'a' is b'x', of type bytes and not text; put it in quotes"),
        ({"topics": {"a": ["**"]}}, "term 1 of topic 'a' is '**', wildcards only, and would find any word"),
    ],
)  # fmt: skip
def test_a_bad_mapping_is_refused_in_the_same_words(given: dict[str, object], message: str) -> None:
    assert fault(given).startswith(f"The term list given: {message}")


def test_a_path_that_leads_nowhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    looked_for = tmp_path / "gone.yml"
    assert fault("gone.yml") == f"gone.yml: there is no such file (looked for {looked_for}); check the path."
    assert fault(tmp_path) == f"{tmp_path}: this is a folder; name the YAML file in it."


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    path = tmp_path / "list.yml"
    assert fault(path) == f"{path}: the file cannot be read (Permission denied); check its permissions."


def test_a_list_made_by_hand_is_checked_when_it_is_used() -> None:
    with pytest.raises(TopicFileError, match="wildcards only"):
        find_topics(["x"], TopicList("", 1, {"a": ("*",)}))


# --- the list that comes with the library ---


def test_the_list_that_comes_along_is_in_good_order() -> None:
    topics = read_topics(SHIPPED).topics
    assert len(topics) == 10
    for terms in topics.values():
        assert 8 <= len(terms) <= 25
        assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("arms transfers", "A train with artillery shells crossed the Tumen at night."),
        ("troops", "Most of the North's soldiers had moved up to the front."),
        ("missiles", "A second Hwasong-18 was test-fired before dawn."),
        ("nuclear weapons", "Inspectors have not seen the centrifuges since 2009."),
        ("sanctions", "The UN panel of experts will not meet again."),
        ("diplomacy and visits", "The two foreign ministers exchanged toasts."),
        ("trade and economy", "Freight cars stood in a long row."),
        ("tourism, culture and sport", "The first tourists came to ski."),
        ("food, floods and aid", "Flooded fields will yield no rice."),
        ("satellites", "The spy satellite was put into orbit on Tuesday."),
    ],
)
def test_the_list_that_comes_along_finds_its_topic_and_no_other(topic: str, text: str) -> None:
    assert set(find_topics([text], SHIPPED)["topic"]) == {topic}


@pytest.mark.parametrize(
    "text",
    [
        "He took his daughter in his arms on the summit.",
        "A concerted effort, made as a last resort, by a shell company.",
        "It was a crude and noisy stunt, a harvest of bad policy.",
        "Military aid for Kyiv came from the satellite states.",
    ],
)
def test_words_that_only_look_like_a_topic_are_no_hit(text: str) -> None:
    assert len(find_topics([text], SHIPPED)) == 0
