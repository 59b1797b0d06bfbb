import json

import openpyxl
import pytest

import analystkit as ak

GDELT = {
    "articles": [
        {
            "url": "https://tern.example/a",
            "title": "Bridge to close",
            "seendate": "20240503T011500Z",
            "domain": "tern.example",
            "language": "English",
        },
        {
            "url": "https://gull.example/b",
            "title": "Ferry",
            "seendate": "20240504T011500Z",
            "domain": "gull.example",
            "language": "",
        },
    ]
}
MEDIA_CLOUD = """id,indexed_date,language,media_name,media_url,publish_date,title,url
1,2024-05-05 01:00:00,en,The Tern,tern.example,2024-05-03,Bridge to close,https://tern.example/a
"""


def load(path):
    collection = ak.load(path, progress=False, cache=False)
    told = collection.problems[["severity", "reason"]].itertuples(index=False, name=None)
    return collection.articles, list(told)


def test_a_list_of_gdelt_gives_articles_without_text(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(GDELT))
    articles, problems = load(tmp_path / "a.json")
    assert articles["title"].tolist() == ["Bridge to close", "Ferry"]
    assert articles["body"].tolist() == ["", ""]
    assert articles["outlet"].tolist() == ["tern.example", "gull.example"]
    assert articles["language"].tolist() == ["en", ""]
    assert articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2024-05-03", "2024-05-04"]
    assert problems == [
        ("warning", "a list of 2 articles without their text; their dates say when they were seen, not when they appeared")
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_a_list_of_media_cloud_is_one_too(tmp_path, name):
    (tmp_path / name).write_text(MEDIA_CLOUD)
    articles, problems = load(tmp_path / name)
    assert articles[["title", "outlet", "url"]].values.tolist() == [
        ["Bridge to close", "The Tern", "https://tern.example/a"]
    ]
    assert problems == [("warning", "a list of 1 articles without their text")]


def test_a_table_that_lacks_only_its_text_is_refused_as_before(tmp_path):
    (tmp_path / "a.csv").write_text("title,score\nBridge,1\n")
    with pytest.warns(ak.errors.ProblemsWarning):
        articles, problems = load(tmp_path / "a.csv")
    assert len(articles) == 0
    assert problems[0][1].startswith("no column could be recognised as the article text")


def test_a_workbook_with_russian_columns_is_read(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Источник", "Дата", "Время", "Заголовок", "Анонс", "Оригинал", "Автор"])
    text = "Мост закроют\n\n03.05.2024\n\nСтарый мост закроют в мае."
    sheet.append(["Крачка", "03.05.24", "00:00", "Мост закроют", text, "", ""])
    book.save(tmp_path / "a.xlsx")
    articles, problems = load(tmp_path / "a.xlsx")
    assert articles[["title", "outlet", "body"]].values.tolist() == [
        ["Мост закроют", "Крачка", "Старый мост закроют в мае."]
    ]
    assert articles["published"][0].isoformat() == "2024-05-03T00:00:00"
    assert problems == []


def test_a_record_of_news_please_is_read(tmp_path):
    record = {
        "authors": ["Ann Lee"],
        "date_download": "2024-06-01 00:00:00",
        "date_publish": "2024-05-03 10:00:00",
        "description": "On the bridge.",
        "language": "en",
        "source_domain": "tern.example",
        "maintext": "The old bridge will close.",
        "title": "Bridge to close",
        "url": "https://tern.example/a",
    }
    (tmp_path / "a.json").write_text(json.dumps(record))
    articles, problems = load(tmp_path)
    assert articles[["title", "byline", "outlet", "body", "lead"]].values.tolist() == [
        ["Bridge to close", "Ann Lee", "tern.example", "The old bridge will close.", "On the bridge."]
    ]
    assert articles["published"][0].isoformat() == "2024-05-03T10:00:00"
    assert problems == []
