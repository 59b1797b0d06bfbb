import pytest

from analystkit.read.markup import page_text, parsed


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<div>One.</div><div><div>Two.</div></div>", "One.\nTwo."),
        ("<h1>Head</h1><p>One.</p>", "Head\n\nOne."),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo"),
        ("<table><tr><td>Ann<td>3<tr><td>Bo<td>4</table>", "Ann\t3\nBo\t4"),
        ("<b>Ann</b><i>Lee</i> <span> said</span>\n so", "AnnLee said so"),
        ("One<!-- no line --> and<?x?> two", "One and two"),
        ("Kept<script>a()</script><style>b</style><select><option>c</select>.", "Kept."),
        ("<p>Shown<span hidden>Ad</span><b style='color:red; display : NONE'>Ad</b>.</p>", "Shown."),
        ("<div style='display:none'><p>Menu</p><div hidden>Ad</div></div>tail", "tail"),
        ("Kim&nbsp;Jong&nbsp;Un  met", "Kim Jong Un met"),
    ],
)
def test_the_text_of_a_page_is_what_a_browser_saves(markup, text):
    assert page_text(parsed(markup)) == text


def test_hidden_text_is_there_if_asked_for():
    assert page_text(parsed("<div hidden>One.</div>"), hidden=True) == "One."


def test_a_page_may_be_nested_deeply():
    assert page_text(parsed("<div>" * 5000 + "End.")) in {"End.", ""}
