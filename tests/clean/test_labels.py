import pytest

from analystkit.clean.labels import is_caption, is_furniture, is_related


@pytest.mark.parametrize(
    "label",
    ["Related", "read more", "More on this story", "See also", "Also read", "READ ALSO", "Recommended for you", "Watch",
     "Listen", "Opinion", "Further reading", "Mehr zum Thema", "mehr dazu", "Lesen Sie auch", "Lies auch", "Siehe auch",
     "Lesetipp", "Lire aussi", "À lire aussi", "Lee también", "Leer más", "Le puede interesar", "Puede interesarle",
     "Te puede interesar", "Leggi anche", "Czytaj także", "Zobacz też", "Dowiedz się więcej", "Lees ook", "Leia também",
     "Veja também", "Читайте также"],
)  # fmt: skip
def test_labels_of_other_stories_are_known(label):
    assert is_related(f"{label}: Fleets return to port")


@pytest.mark.parametrize(
    "line",
    ["The pier (file photo)", "The pier. Photo: Ann Lee", "Photograph by Ann Lee", "Ships at Getty Images",
     "Bild 3: The pier", "The pier, via Reuters", "The pier [AP]", "The pier © Ann Lee", "The pier (c) Ann Lee",
     "The pier / Foto"],
)  # fmt: skip
def test_picture_credits_are_known(line):
    assert is_caption(line)


def test_a_sentence_about_photographs_is_no_credit():
    assert not is_caption("He took a photograph of the pier.")
    assert not is_caption("The minister said so.")


def test_labels_are_known_by_their_beginning_or_by_what_they_hold():
    assert is_furniture("Terms of use")
    assert is_furniture("This site uses cookies")
    assert is_furniture("5 min read")
    assert not is_furniture("The minister said so.")
