from analystkit.read.europresse import read_europresse

OLD = """<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><body>
<form><input type="button" value="Sauvegarder"></form><p>Sauvegarder</p>
<table><tr><td><span class="DocPublicationName">La Sterne</span><br><span class="DocHeader">Politique, </span>
<span class="DocHeader">vendredi </span><span class="DocHeader">3 mai 2024</span><br><br>
<span class="TitreArticleVisu">Le <span style="color:red">vieux</span> pont ferme</span><br><br>
Le pont ferme en mai.<b> Un bac le remplace.</b><p></p>Le maire l'a dit.<p></p>
<b><i>© 2024 La Sterne. Tous droits réservés.</i></b><p></p>Numéro de document : news·20240503·LS·1<br>
<table><tr><td>Ce certificat est émis à <b>Port</b>.</td></tr></table></td></tr></table>
<table><tr><td><span class="DocPublicationName">La Mouette, no. 12</span><br><span class="DocHeader">samedi </span>
<span class="DocHeader">4 mai 2024</span><span class="DocHeader">, p. 3</span><br><br>Éditorial du jour<br>
<span class="TitreArticleVisu">Le bac</span><br><br>Anne Lee<br><p></p>Le bac part à midi.<p></p>
<b>© 2024 La Mouette.</b></td></tr></table></body></html>"""

NEW = """<html><body><article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">The Tern
</span></div><span class="DocHeader">News, Friday, May 3, 2024 812 words, p. 4</span>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Bridge to close</p></div>
<div class="docAuthors">Ann Lee</div></header><section><div class="docOcurrContainer"><p>The bridge closes.</p>
<p>A ferry will run.</p></div></section><footer><div class="publiC-lblNodoc">news·20240503·TT·9</div></footer></article>
</body></html>"""


def read(text):
    problems = []
    return read_europresse(text, "a.html", "0" * 64, "", problems), [
        (p.where, p.severity, p.reason) for p in problems
    ]


def test_the_old_page_gives_its_articles():
    (pont, bac), problems = read(OLD)
    assert problems == []
    assert (pont.title, pont.outlet, pont.section, pont.byline) == (
        "Le vieux pont ferme",
        "La Sterne",
        "Politique",
        "",
    )
    assert pont.published.isoformat() == "2024-05-03T00:00:00"
    assert pont.text_of("body") == "Le pont ferme en mai. Un bac le remplace.\nLe maire l'a dit."
    assert (bac.title, bac.outlet, bac.byline, bac.section) == (
        "Le bac",
        "La Mouette",
        "Anne Lee",
        "",
    )
    assert bac.text_of("lead") == "Éditorial du jour"
    assert bac.text_of("body") == "Le bac part à midi."


def test_rights_numbers_and_certificates_are_kept_as_furniture():
    (pont, _), _ = read(OLD)
    left = {zone.text for zone in pont.zones if zone.zone == "furniture"}
    assert left == {
        "La Sterne",
        "Politique",
        "© 2024 La Sterne. Tous droits réservés.",
        "Numéro de document : news·20240503·LS·1",
        "Ce certificat est émis à Port.",
        "Sauvegarder",
    }


def test_the_newer_page_gives_the_same_fields():
    (item,), problems = read(NEW)
    assert problems == []
    assert (item.title, item.outlet, item.byline, item.section) == (
        "Bridge to close",
        "The Tern",
        "Ann Lee",
        "News",
    )
    assert item.published.isoformat() == "2024-05-03T00:00:00"
    assert item.text_of("body") == "The bridge closes.\nA ferry will run."


def test_a_page_without_articles_is_a_problem():
    assert read("<html><p>Aucun document</p></html>") == (
        [],
        [("", "error", "a Europresse page without articles")],
    )


def test_the_number_of_an_issue_is_no_part_of_the_name_of_its_outlet():
    _, bac = read(OLD)[0]
    assert bac.outlet == "La Mouette"
    assert [zone.text for zone in bac.zones if zone.reason == "number of the issue"] == ["no. 12"]
    (other, _), _ = read(OLD.replace("La Sterne</span>", "La Sterne, nº 7</span>"))
    assert other.outlet == "La Sterne"
    (titled, _), _ = read(OLD.replace("La Sterne</span>", "Sterne, le numéro un</span>"))
    assert titled.outlet == "Sterne, le numéro un"
