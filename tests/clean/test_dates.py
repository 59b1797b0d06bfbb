from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.clean.dates import find_date, impossible
from analystkit.errors import ArgumentError

DAY = datetime(2024, 3, 12)


@pytest.mark.parametrize(
    "text",
    ["2024-03-12", "2024/3/12", "2024.03.12", "20240312", "20240312T083000Z", "March 12, 2024", "Mar. 12 2024",
     "March 12th, 2024 Tuesday", "12 March 2024", "12th Mar. 2024", "12-MAR-2024", "12 mars 2024", "12. März 2024",
     "12 de marzo de 2024", "12 maart 2024", "12 марта 2024", "12.03.2024", "12.3.24", "2024年3月12日",
     "2024년 3월 12일", "https://tern.example/2024/03/12/harbour", "harbour-2024-03-12.txt", "Tue, 12 Mar 2024"],
)  # fmt: skip
def test_a_day_is_read_in_each_form(text):
    assert find_date(text).value == DAY


@pytest.mark.parametrize(
    ("text", "hour", "minute", "second"),
    [
        ("2024-03-12T08:30:05Z", 8, 30, 5),
        ("2024-03-12 08:30:05.123+09:00", 8, 30, 5),
        ("Tue, 12 Mar 2024 23:30:00 -0500", 23, 30, 0),
        ("March 12, 2024 9:05 p.m. EST", 21, 5, 0),
        ("March 12, 2024 Tuesday 9:05 PM GMT", 21, 5, 0),
        ("12. März 2024 Dienstag 9:05 PM GMT+1", 21, 5, 0),
        ("12 March 2024, 12:15 am", 0, 15, 0),
        ("12 March 2024, 12:15 pm", 12, 15, 0),
        ("12 March 2024, 12:15 Amsterdam", 12, 15, 0),
        ("2024-03-12 24:00", 0, 0, 0),
    ],
)
def test_the_time_of_day_is_the_one_printed(text, hour, minute, second):
    assert find_date(text).value == DAY.replace(hour=hour, minute=minute, second=second)


@pytest.mark.parametrize(
    "text",
    ["", "Spring 2024", "3 hours ago", "2024", "March 2024", "12 March", "1.2.24.5", "call 5551234", "13.13.24",
     "may 5 people", "1710232200"],
)  # fmt: skip
def test_what_is_no_date_is_none(text):
    assert find_date(text) is None


def test_an_ambiguous_date_is_not_guessed():
    found = find_date("on 03/04/2024 at noon")
    assert found.value is None
    assert found.fault == "03/04/2024 may be 3 April or 4 March 2024"
    assert (found.start, found.end) == (3, 13)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/04/2024", "day", datetime(2024, 4, 3)),
        ("03/04/2024", "month", datetime(2024, 3, 4)),
        ("03-04-2024", "month", datetime(2024, 3, 4)),
        ("13/04/2024", "", datetime(2024, 4, 13)),
        ("04/13/2024", "", datetime(2024, 4, 13)),
        ("13/04/2024", "month", datetime(2024, 4, 13)),
        ("05/05/2024", "", datetime(2024, 5, 5)),
        ("03.04.2024", "month", datetime(2024, 4, 3)),
    ],
)
def test_the_order_settles_only_what_is_open(text, order, expected):
    assert find_date(text, order=order).value == expected


@pytest.mark.parametrize("text", ["31 February 2024", "2023-02-29", "0000-00-00", "32/01/2024", "13/13/2024"])
def test_an_impossible_day_is_named(text):
    found = find_date(text)
    assert found.value is None
    assert found.fault == f"{text} is no day of the calendar"


def test_the_first_of_several_dates_counts():
    found = find_date("2 May 2024, updated 2024-05-03")
    assert (found.value, found.start, found.end) == (datetime(2024, 5, 2), 0, 10)


def test_two_figures_of_a_year_mean_1969_to_2068():
    assert find_date("1.2.69").value == datetime(1969, 2, 1)
    assert find_date("1.2.68").value == datetime(2068, 2, 1)


def test_an_unknown_order_is_refused():
    with pytest.raises(
        ArgumentError, match=r"`order` is 'dya'; allowed: '', 'day', 'month'. Did you mean 'day'"
    ):
        find_date("2024-03-12", order="dya")


def test_the_future_and_times_before_newspapers_are_impossible():
    today = date(2024, 3, 12)
    assert impossible(datetime(2024, 3, 12, 23), today=today) == ""
    assert impossible(datetime(2024, 3, 13), today=today) == ""
    assert impossible(datetime(2024, 3, 14), today=today) == "2024-03-14 lies in the future"
    assert impossible(datetime(1599, 12, 31), today=today) == "1599-12-31 is before the first newspapers"
    assert impossible(datetime(9999, 12, 31)) == "9999-12-31 lies in the future"


ENGLISH = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@given(st.dates(min_value=date(1600, 1, 1)))
def test_any_day_is_read_back_from_each_form(day):
    name = ENGLISH[day.month - 1]
    forms = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{name} {day.day}, {day.year}",
        f"{name[:3]}. {day.day} {day.year}",
        f"{day.day} {name} {day.year}",
        f"{day.day:02}-{name[:3].upper()}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    if 1900 <= day.year <= 2099:
        forms.append(f"{day:%Y%m%d}")
    if 1969 <= day.year <= 2068:
        forms.append(f"{day:%d.%m.%y}")
    for form in forms:
        found = find_date(f"Posted: {form}")
        assert found.value == datetime(day.year, day.month, day.day), form
        assert f"Posted: {form}"[found.start : found.end] == form
    for order, form in [("day", f"{day:%d/%m/}{day.year}"), ("month", f"{day:%m/%d/}{day.year}")]:
        assert find_date(form, order=order).value == datetime(day.year, day.month, day.day)


@given(st.text(), st.sampled_from(["", "day", "month"]))
def test_no_text_raises(text, order):
    found = find_date(text, order=order)
    assert found is None or (found.value is None) == bool(found.fault)
