"""Saved pages of invented sites, each line with its label: what `make_zones.py` trains on beside real pages.

The words are made of syllables, so that nothing but the looks of lines can be learnt from them; only the labels that
sites put around articles are real words, in seven languages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

#: What sites say around articles, for each language: menu, byline, posted, comments, reply, related, share, legal, tags.
LABELS: Final = {
    "en": ("Home|News|Sport|Business|Culture|Contact|Search|Log in|Subscribe|About us|Menu|Weather",
           "By {}",
           "Posted on {}",
           "{} Comments",
           "Reply",
           "Related|Read more|Most read|You may also like|Recent posts|Trending now|More from {}",
           "Share|Tweet|Email|Print|Facebook|Twitter|WhatsApp",
           "© {} All rights reserved.|Privacy policy|Terms of use|Cookies",
           "Tags: {}",
           "Leave a comment|Your email address will not be published.|Post comment"),
    "de": ("Startseite|Nachrichten|Sport|Wirtschaft|Kultur|Kontakt|Suche|Anmelden|Abo|Über uns|Menü|Wetter",
           "Von {}",
           "Veröffentlicht am {}",
           "{} Kommentare",
           "Antworten",
           "Mehr zum Thema|Lesen Sie auch|Meistgelesen|Neueste Beiträge",
           "Teilen|Twittern|Drucken|Facebook|Xing|Merken",
           "© {}|Impressum|Datenschutz|AGB",
           "Schlagwörter: {}",
           "Schreibe einen Kommentar|Deine E-Mail-Adresse wird nicht veröffentlicht.|Kommentar abschicken"),
    "fr": ("Accueil|Actualités|Sport|Économie|Culture|Contact|Rechercher|Connexion|S'abonner|Menu|Météo",
           "Par {}",
           "Publié le {}",
           "{} commentaires",
           "Répondre",
           "Lire aussi|Articles similaires|Les plus lus",
           "Partager|Imprimer|Facebook|Twitter",
           "© {} Tous droits réservés|Mentions légales|Confidentialité",
           "Étiquettes : {}",
           "Laisser un commentaire|Votre adresse ne sera pas publiée."),
    "es": ("Inicio|Noticias|Deportes|Economía|Cultura|Contacto|Buscar|Iniciar sesión|Suscríbete|Menú",
           "Por {}",
           "Publicado el {}",
           "{} comentarios",
           "Responder",
           "Lee también|Noticias relacionadas|Lo más leído",
           "Compartir|Imprimir|Facebook|Twitter",
           "© {} Todos los derechos reservados|Aviso legal|Privacidad",
           "Etiquetas: {}",
           "Deja un comentario|Tu dirección no será publicada."),
    "pl": ("Strona główna|Wiadomości|Sport|Gospodarka|Kultura|Kontakt|Szukaj|Zaloguj się|Menu",
           "Autor: {}",
           "Opublikowano {}",
           "{} komentarzy",
           "Odpowiedz",
           "Czytaj także|Zobacz również|Najczęściej czytane",
           "Udostępnij|Drukuj|Facebook|Twitter",
           "© {} Wszelkie prawa zastrzeżone|Polityka prywatności",
           "Tagi: {}",
           "Dodaj komentarz|Twój adres nie zostanie opublikowany."),
    "it": ("Home|Notizie|Sport|Economia|Cultura|Contatti|Cerca|Accedi|Abbonati|Menu",
           "Di {}",
           "Pubblicato il {}",
           "{} commenti",
           "Rispondi",
           "Leggi anche|Articoli correlati|I più letti",
           "Condividi|Stampa|Facebook|Twitter",
           "© {} Tutti i diritti riservati|Note legali|Privacy",
           "Tag: {}",
           "Lascia un commento|Il tuo indirizzo non sarà pubblicato."),
    "ja": ("ホーム|ニュース|スポーツ|経済|文化|検索|ログイン|メニュー",
           "文・{}",
           "{} 公開",
           "コメント {}件",
           "返信",
           "関連記事|あわせて読みたい|人気記事",
           "シェア|ツイート|印刷",
           "© {}|プライバシー|利用規約",
           "タグ：{}",
           "コメントを書く"),
}  # fmt: skip

#: How long ago something was said, what readers gave it, and what sites say of themselves, for each language.
_AGO: Final = {
    "en": "{} minutes ago|{} hours ago|{}H ago|{} days ago at 07:51 am|{}d ago",
    "de": "vor {} Minuten|vor {} Stunden|vor {} Tagen",
    "fr": "il y a {} minutes|il y a {} heures|il y a {} jours",
    "es": "hace {} minutos|hace {} horas|hace {} días",
    "pl": "{} minut temu|{} godzin temu|{} dni temu",
    "it": "{} minuti fa|{} ore fa|{} giorni fa",
    "ja": "{}分前|{}時間前|{}日前",
}
_VOTES: Final = ("Rating: {} Votes", "{} Likes", "+{}", "👍 {}", "{} 0")
_APPEALS: Final = {
    "en": "Stay up to date with {0}. Subscribe to our newsletter.|{0} is a writer based in {1}. Follow {0} on Twitter."
          "|This entry was posted in {1}. Bookmark the permalink."
          "|Your support helps us to keep our site free for all readers.",
    "de": "Bleiben Sie informiert mit dem Newsletter von {0}. Jetzt hier anmelden."
          "|{0} ist Autor und lebt in {1}. Folgen Sie {0}."
          "|Dieser Beitrag wurde unter {1} veröffentlicht. Setze ein Lesezeichen auf den Permalink."
          "|Ihr Beitrag hilft uns, unsere Seite für alle Leser kostenlos zu halten.|Schon registriert? Hier einloggen."
          "|Lesen Sie hier einen weiteren Beitrag von {0}.|Gefällt Ihnen dieser Artikel?",
    "fr": "Abonnez-vous à notre lettre {0} et restez informés.|{0} est auteur et vit à {1}."
          "|Votre soutien nous aide à garder ce site gratuit pour tous nos lecteurs.",
    "es": "Suscríbete a nuestro boletín {0} y mantente informado.|{0} es periodista y vive en {1}."
          "|Tu apoyo nos ayuda a mantener esta página gratuita para nuestros lectores.",
    "pl": "Zapisz się do naszego newslettera {0}.|Czekamy na Wasze maile z uwagami: {0}.|{0} jest autorem i mieszka w {1}.",
    "it": "Iscriviti alla nostra newsletter {0} per restare informato.|{0} è autore e vive a {1}.",
    "ja": "{0}のニュースレターに登録してください。|{0}は{1}在住の記者です。",
}  # fmt: skip

_SYLLABLES: Final = {
    "en": "ta ber ing con er lan mi st ro fa ly pen dor wick ham el sor by tion ment ar ous ck",
    "de": "ver ung schei lich ge ber tra keit haf en stein ring ab zu gel bru sch fel er mund",
    "fr": "le mon tion que ai men tou ber ché eau vre sai lon ré fi eux pa ci ell",
    "es": "ción mar ta lo que ra dor men ba ses ío ca no per tu lan ero dad",
    "pl": "wski prze cie nia do szcz rza ko wie ść po mi ław dzi cz ego ny",
    "it": "zione mo ra ta le che por ni gio va sco ello da mente fi to ri",
    "ja": "日 本 国 会 人 年 大 学 中 の は を に が で 東 新 政 市 場 京 発 表 者 問 題",
}
_MONTHS: Final = {
    "en": "January March May August October",
    "de": "Januar März Mai August Oktober",
    "fr": "janvier mars mai août octobre",
    "es": "enero marzo mayo agosto octubre",
    "pl": "stycznia marca maja sierpnia listopada",
    "it": "gennaio marzo maggio agosto ottobre",
}  # fmt: skip

#: Kinds of pages, and how often each is made.
KINDS: Final = (
    "news", "news", "blog", "blog", "plain", "plain", "table", "list", "short", "release", "portal", "split",
    "brief", "brief", "brief",
)  # fmt: skip


@dataclass
class MadePage:
    """One page: its headline and author ("" if it has none), its lines and, for each not blank, if it is of the article."""

    host: str
    title: str = ""
    author: str = ""
    lines: list[str] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The page as it would be saved."""
        return "\n".join(self.lines)


def made_pages(n: int, seed: int = 7) -> Iterator[MadePage]:
    """Yield `n` pages, the same for the same seed."""
    for number in range(n):
        yield _Maker(random.Random(f"{seed}-{number}"), number).page()


class _Maker:
    """Writes one page of one invented site."""

    def __init__(self, rng: random.Random, number: int) -> None:
        self.rng = rng
        self.language = rng.choice(("en", "en", "de", "de", "de", "fr", "es", "pl", "it", "ja"))
        (self.menu, self.byline, self.posted, self.comments, self.reply, self.related, self.share, self.legal, self.tags,
         self.form) = LABELS[self.language]  # fmt: skip
        self.kind = rng.choice(KINDS)
        self.made = MadePage(f"made-{number}")
        self.gap = rng.choice((0, 0, 1, 1, 1, 2))  # blank lines between paragraphs
        # The subject: words that come back in the article, its headline and its related boxes.
        self.subject = [self.word() for _ in range(12)]

    def word(self, long: bool = False) -> str:
        parts = _SYLLABLES[self.language].split()
        if self.language == "ja":
            return "".join(self.rng.choices(parts, k=self.rng.randint(1, 3)))
        return "".join(self.rng.choices(parts, k=self.rng.choice((1, 1, 2, 2, 3)) + long))

    def words(self, n: int, titled: float = 0.12) -> str:
        small = [self.word()[:3] for _ in range(6)]
        found = []
        for _ in range(n):
            draw = self.rng.random()
            word = (
                self.rng.choice(small)
                if draw < 0.3
                else self.rng.choice(self.subject)
                if draw < 0.45
                else self.word()
            )
            found.append(word.capitalize() if self.rng.random() < titled and draw >= 0.3 else word)
        found[0] = found[0][:1].upper() + found[0][1:]
        return ("" if self.language == "ja" else " ").join(found)

    def sentence(self) -> str:
        text = self.words(self.rng.randint(6, 24))
        if self.rng.random() < 0.4:
            text += ("、" if self.language == "ja" else ", ") + self.words(self.rng.randint(3, 10)).lower()
        if self.rng.random() < 0.12:
            text = f"“{text}”"
        return text + ("。" if self.language == "ja" else self.rng.choice("......?!"))

    def paragraph(self, most: int = 4) -> str:
        return ("" if self.language == "ja" else " ").join(
            self.sentence() for _ in range(self.rng.randint(1, most))
        )

    def name(self) -> str:
        return f"{self.word(True).capitalize()} {self.word(True).capitalize()}"

    def headline(self) -> str:
        chosen = self.rng.sample(self.subject, 3)
        text = f"{chosen[0]} {self.words(self.rng.randint(1, 5), 0.4)} {chosen[1]} {chosen[2]}"
        return text[:1].upper() + text[1:]

    def date(self, year: int = 0) -> str:
        day, year = self.rng.randint(1, 28), year or self.rng.randint(2009, 2024)
        month = self.rng.randint(1, 12)
        forms = [f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}", f"{month}/{day}/{year}"]
        if self.language == "ja":
            forms = [f"{year}年{month}月{day}日"]
        elif self.language == "en":
            forms.append(f"{self.rng.choice(_MONTHS['en'].split())} {day}, {year}")
        else:
            forms.append(
                f"{day}{'.' if self.language == 'de' else ''} {self.rng.choice(_MONTHS[self.language].split())} {year}"
            )
        return self.rng.choice(forms)

    def ago(self) -> str:
        return self.rng.choice(_AGO[self.language].split("|")).format(self.rng.randint(2, 23))

    def appeal(self) -> None:
        """What a site says to its readers, or of an author, in whole sentences."""
        for _ in range(self.rng.choice((1, 1, 2))):
            text = self.rng.choice(_APPEALS[self.language].split("|"))
            self.put(text.format(self.name(), self.word(True).capitalize()), 0, self.rng.choice((0, 1)))

    def put(self, text: str, label: int = 0, blanks: int = 0) -> None:
        if text.strip():
            self.made.lines += [""] * blanks + [text]
            self.made.labels.append(label)

    def pick(self, labels: str) -> str:
        return self.rng.choice(labels.split("|")).format(self.name())

    def page(self) -> MadePage:
        rng = self.rng
        headline = self.headline()
        if self.kind not in ("plain", "short") or rng.random() < 0.2:
            self.top(headline)
        self.head(headline)
        {
            "table": self.table, "list": self.items, "short": self.short, "portal": self.article, "split": self.split,
            "brief": self.brief,
        }.get(self.kind, self.article)()  # fmt: skip
        if self.kind == "release":
            self.boilerplate()
        if self.kind != "plain" or rng.random() < 0.3:
            self.bottom()
        return self.made

    def top(self, headline: str) -> None:
        rng = self.rng
        menu = self.menu.split("|")
        for entry in rng.choices(menu, k=rng.randint(3, 40)):
            self.put(entry if rng.random() < 0.6 else self.word(True).capitalize())
        if rng.random() < 0.3:
            self.put(" | ".join(rng.choices(menu, k=6)))
        if self.kind == "portal" or rng.random() < 0.15:
            # Teasers of other stories stand above the article.
            self.put(self.pick(self.related), 0, 1)
            for _ in range(rng.randint(3, 9)):
                subject, self.subject = self.subject, [self.word() for _ in range(12)]
                self.put(self.headline(), 0, rng.choice((0, 0, 1)))
                if rng.random() < 0.7:
                    self.put(self.paragraph(2), 0)
                self.subject = subject
        if rng.random() < 0.4:
            self.put(f"{menu[0]} » {menu[1]} » {headline}", 0, 1)

    def head(self, headline: str) -> None:
        rng = self.rng
        if self.kind == "plain" and rng.random() < 0.25:
            return
        self.put(headline, 0, 1)
        self.made.title = headline
        if rng.random() < 0.12:
            self.put(headline, 0)
        rest = []
        if rng.random() < (0.5 if self.kind == "brief" else 0.25):
            rest.append(self.sentence())
        if rng.random() < 0.6:
            self.made.author = self.name()
            rest.append(self.byline.format(self.made.author) if rng.random() < 0.8 else self.made.author)
        if rng.random() < 0.75:
            date = self.date()
            rest.append(
                self.posted.format(date)
                if rng.random() < 0.4
                else date + rng.choice(("", f", {rng.randint(6, 22)}:30"))
            )
        if self.kind not in ("plain", "short") and rng.random() < 0.5:
            rest += rng.sample(self.share.split("|"), rng.randint(1, 3))
        if rng.random() < 0.25:
            rest.append(
                f"{self.sentence()} {rng.choice(('Photo: ', 'Foto: ', '© ', 'Image: '))}{self.name()}"
            )
        if rng.random() < 0.5:
            rng.shuffle(rest)
        apart = 0 if self.kind == "brief" else rng.choice((0, 0, 1))
        for text in rest:
            self.put(text, 0, apart)

    def article(self, least: int = 3, most: int = 22) -> None:
        rng = self.rng
        n = rng.randint(least, most)
        subheads = rng.random() < 0.35
        for i in range(n):
            if subheads and i and rng.random() < 0.25:
                self.put(self.words(rng.randint(2, 6), 0.3), 1, max(self.gap, 1))
            self.put(self.paragraph(), 1, self.gap if i else rng.choice((0, 1, 1)))
            if self.kind == "plain" or i == n - 1:
                continue
            draw = rng.random()
            if 0.15 <= draw < 0.17:
                self.appeal()
            if draw < 0.05:
                self.put(
                    f"{self.pick(self.related)}{rng.choice((': ', '', ' '))}{self.headline()}", 0, self.gap
                )
            elif draw < 0.09:
                self.put(
                    rng.choice(
                        ("Advertisement", "Anzeige", "Publicité", "Publicidad", "Reklama", "ADVERTISEMENT")
                    ),
                    0,
                    self.gap,
                )
            elif draw < 0.12:
                self.put(
                    f"{self.words(rng.randint(4, 14))} ({rng.choice(('Photo', 'Foto', 'AP', 'Image'))}: {self.name()})",
                    0,
                    self.gap,
                )
            elif draw < 0.15:
                for _ in range(rng.randint(2, 5)):
                    self.put(f"{rng.choice('•-*')} {self.sentence()}", 1, 0)

    def split(self) -> None:
        """An article in two parts with a box of other stories between."""
        self.article(3, 8)
        self.put(self.pick(self.related), 0, 1)
        for _ in range(self.rng.randint(2, 6)):
            self.put(self.headline(), 0)
        self.article(3, 8)

    def brief(self) -> None:
        """Paragraphs of a sentence or two with glued labels, subheads, and a list of other headlines below."""
        rng = self.rng
        label = self.related.split("|")[0]
        glue = rng.choice(("", ": ", ""))
        gap = rng.choice((1, 1, 0))
        n = rng.randint(3, 12)
        boxes = {rng.randrange(1, n + 1) for _ in range(rng.randint(0, 2))}
        subheads = {rng.randrange(1, n) for _ in range(rng.randint(0, 2))} if n > 1 else set()
        rng_label = rng.random() < 0.5
        for i in range(n):
            if i in boxes:
                self.other_story(label + glue, gap)
                if rng_label:
                    self.put(self.pick(self.related).upper())
            if i in subheads:
                self.put(self.words(rng.randint(2, 5), 0.1), 1, gap)
                if i in boxes and rng.random() < 0.3:
                    self.other_story(label + glue, gap)
            if rng.random() < 0.1 and i:
                self.put(rng.choice(("Advertisement", "Anzeige", "ADVERTISEMENT", "Publicité")), 0, gap)
            self.put(self.paragraph(rng.choice((1, 2, 3, 4))), 1, gap if i else 1)
        if rng.random() < 0.6:
            self.other_story(label + glue, gap)
        if rng.random() < 0.6:
            self.put(rng.choice(("SOURCE:", "Source: ", "Quelle: ")) + self.name(), 0, rng.choice((0, 1)))
        self.subject = [self.word() for _ in range(12)]
        if rng.random() < 0.8:
            self.put(
                rng.choice(("Explore", "Latest", "Most read", "Mehr", "Meistgelesen", "À lire", "Más")),
                0,
                rng.choice((0, 1)),
            )
            numbered = rng.random() < 0.4
            for i in range(1, rng.randint(4, 17)):
                self.subject = [self.word() for _ in range(12)]
                headline = (
                    self.headline()
                    if rng.random() < 0.8
                    else f"{self.headline()}, {self.words(5, 0.1).lower()}"
                )
                self.put(f"{i} {headline}" if numbered else headline)

    def other_story(self, label: str, gap: int) -> None:
        """Write one headline of another story behind a label."""
        subject, self.subject = self.subject, [self.word() for _ in range(12)]
        self.put(label + self.headline(), 0, gap)
        self.subject = subject

    def short(self) -> None:
        for i in range(self.rng.randint(1, 3)):
            self.put(self.paragraph(3), 1, self.gap if i else 1)

    def table(self) -> None:
        """Standings, results or a calendar, with a sentence or two above."""
        rng = self.rng
        for _ in range(rng.randint(0, 2)):
            self.put(self.sentence(), 1, 1)
        form = rng.randrange(3)
        for i in range(1, rng.randint(8, 40)):
            row = (
                f"{i}\t{self.name()}\t{rng.randint(1, 5000)}\t{rng.randint(0, 9)}\t{rng.randint(0, 30)}",
                f"{i}. {self.date(2018)} – {self.name()}",
                f"{self.name()} {rng.randint(0, 5)}:{rng.randint(0, 5)} {self.name()}",
            )[form]
            self.put(row, 1, 1 if i == 1 else 0)
        if rng.random() < 0.5:
            self.put(self.sentence(), 1, 1)

    def items(self) -> None:
        """A list of things: a name, some lines about it, again and again."""
        rng = self.rng
        self.put(self.paragraph(), 1, 1)
        for i in range(1, rng.randint(4, 14)):
            self.put(f"{i}. {self.name()}" if rng.random() < 0.7 else self.words(3, 0.6), 1, self.gap)
            for _ in range(rng.randint(0, 4)):
                self.put(
                    f"{self.words(rng.randint(2, 9))}{rng.choice(('', ':', ', 200 g', ' - 12,50 €'))}", 1
                )
            if rng.random() < 0.6:
                self.put(self.paragraph(2), 1, self.gap)

    def boilerplate(self) -> None:
        """What a firm says of itself below each of its releases, and what a site says of its authors."""
        about = {
            "de": "Über",
            "fr": "À propos de",
            "es": "Acerca de",
            "it": "Informazioni su",
            "pl": "O firmie",
        }.get(self.language, "About")
        self.subject = [self.word() for _ in range(12)]
        self.put(f"{about} {self.name()}", 0, self.gap)
        for _ in range(self.rng.randint(1, 3)):
            self.put(self.paragraph(), 0, self.gap)

    def bottom(self) -> None:
        rng = self.rng
        if rng.random() < 0.4:
            self.put(self.tags.format(", ".join(self.word(True) for _ in range(rng.randint(2, 25)))), 0, 1)
        if rng.random() < 0.4:
            for label in rng.sample(self.share.split("|"), 2):
                self.put(label)
        if rng.random() < 0.3:
            self.appeal()
        parts = [self.comment_list, self.related_box, self.legal_box]
        if rng.random() < 0.3:
            rng.shuffle(parts)
        for part in parts:
            part()

    def comment_list(self) -> None:
        rng = self.rng
        if rng.random() > (0.75 if self.kind == "blog" else 0.3):
            return
        n = rng.choice((1, 3, 5, 10, 25))
        self.put(self.comments.format(n), 0, 1)
        form = rng.randrange(5)
        votes = rng.choice(_VOTES) if rng.random() < 0.4 else ""
        for _ in range(n):
            name, date = self.name(), self.date()
            if form == 0:
                self.put(name, 0, 1)
                self.put(f"{date} {rng.randint(1, 23)}:17")
            elif form == 1:
                self.put(f"{name} {rng.choice(('says:', 'sagt:', 'dit :', 'dice:'))}", 0, 1)
                self.put(date)
            elif form == 2:
                self.put(f"{name}, {date}", 0, 1)
            else:
                self.put(name if rng.random() < 0.5 else self.word(True), 0, form % 2)
                self.put(self.ago())
            if votes and form % 2:
                self.put(votes.format(rng.randint(0, 60)))
            for _ in range(rng.choice((1, 1, 1, 2, 4))):
                self.put(self.paragraph(5), 0, rng.choice((0, 1)))
            if rng.random() < 0.8:
                self.put(self.reply)
        for label in self.form.split("|"):
            self.put(label)

    def related_box(self) -> None:
        rng = self.rng
        for _ in range(rng.randint(1, 4)):
            self.put(self.pick(self.related), 0, 1)
            teasers = rng.random() < 0.35
            dated, glued = rng.choice(("", "", "date", "ago")), rng.random() < 0.15
            for _ in range(rng.randint(2, 12)):
                self.subject = [self.word() for _ in range(12)]
                if glued:
                    self.put(self.headline() + self.paragraph(2), 0, rng.choice((0, 1)))
                    continue
                self.put(self.headline(), 0, rng.choice((0, 0, 1)))
                if dated and rng.random() < 0.8:
                    self.put(self.date() if dated == "date" else self.ago())
                if teasers:
                    self.put(self.paragraph(2) + rng.choice(("", "", " …", " [...]")))

    def legal_box(self) -> None:
        rng = self.rng
        self.subject = [self.word() for _ in range(12)]
        for entry in rng.choices(self.menu.split("|"), k=rng.randint(0, 15)):
            self.put(entry)
        for label in self.legal.split("|"):
            self.put(label.format(rng.randint(2012, 2024)))
        if rng.random() < 0.3:
            for _ in range(rng.randint(1, 4)):
                self.put(self.paragraph(), 0)
