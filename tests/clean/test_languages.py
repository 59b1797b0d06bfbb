import pytest

from analystkit.clean.languages import find_language, frequent_words

#: One or two sentences each on a meeting of ministers.
TEXTS = {
    "en": (
        "The ministers of the two countries met on Monday. They said that they "
        "will meet again before the summer."
    ),
    "de": (
        "Die Minister der beiden Länder trafen sich am Montag. Sie sagten, dass "
        "sie sich vor dem Sommer wieder sehen."
    ),
    "fr": (
        "Les ministres des deux pays se sont rencontrés lundi. Ils ont dit que la "
        "rencontre est une bonne chose pour tous."
    ),
    "es": (
        "Los ministros de los dos países se reunieron el lunes. Han dicho que la "
        "reunión es muy buena para todos."
    ),
    "pt": (
        "Os ministros dos dois países reuniram-se na segunda-feira. Eles disseram "
        "que a reunião foi muito boa para todos."
    ),
    "it": (
        "I ministri dei due paesi si sono incontrati lunedì. Hanno detto che la "
        "riunione è stata una buona cosa per tutti."
    ),
    "nl": (
        "De ministers van de twee landen hebben elkaar maandag ontmoet. Ze zeiden "
        "dat het niet de laatste keer was."
    ),
    "pl": (
        "Ministrowie obu krajów spotkali się w poniedziałek. Powiedzieli, że to nie "
        "było ich ostatnie spotkanie w tym roku."
    ),
    "cs": (
        "Ministři obou zemí se v pondělí sešli. Uvedli, že to není jejich poslední "
        "schůzka a že se v létě znovu setkají."
    ),
    "sv": (
        "Ministrarna från de två länderna träffades på måndagen. De sade att det "
        "inte var det sista mötet före sommaren."
    ),
    "da": (
        "Ministrene fra de to lande mødtes mandag. De siger, at det ikke er det sidste "
        "møde, og at de vil ses igen efter ferien."
    ),
    "no": (
        "Ministrene fra de to landene møttes mandag. De sier at det ikke er det siste "
        "møtet, og at de vil ses igjen etter ferien."
    ),
    "fi": (
        "Maiden ministerit tapasivat maanantaina. He sanoivat, että tapaaminen ei ole "
        "viimeinen ja että he ovat myös jatkossa mukana."
    ),
    "hu": (
        "A két ország minisztere hétfőn találkozott. Azt mondták, hogy ez nem az utolsó "
        "találkozó, és még az idén újra lesz egy."
    ),
    "ro": (
        "Miniștrii celor două țări s-au întâlnit luni. Ei au spus că nu este ultima "
        "întâlnire și că se vor vedea din nou în vară."
    ),
    "ru": (
        "Министры двух стран встретились в понедельник. Они сказали, что это не "
        "последняя встреча и что они будут встречаться еще."
    ),
    "uk": (
        "Міністри двох країн зустрілися в понеділок. Вони сказали, що це не остання "
        "зустріч і що вони будуть зустрічатися ще."
    ),
    "bg": (
        "Министрите на двете страни се срещнаха в понеделник. Те казаха, че това не е "
        "последната среща и че ще се видят пак."
    ),
    "tr": (
        "İki ülkenin bakanları pazartesi günü bir araya geldi. Bu görüşmenin son olmadığını ve daha sonra "
        "yeni bir toplantı için bir araya geleceklerini söylediler."
    ),
    "id": (
        "Para menteri dari kedua negara itu bertemu pada hari Senin. Mereka mengatakan bahwa "
        "ini bukan yang terakhir dan akan bertemu lagi."
    ),
    "vi": (
        "Bộ trưởng của hai nước đã gặp nhau vào thứ Hai. Họ nói rằng đây không phải là "
        "cuộc gặp cuối cùng và sẽ gặp lại trong năm nay."
    ),
    "ar": (
        "التقى وزراء البلدين يوم الاثنين في العاصمة. وقال الوزراء إن هذا اللقاء لن يكون "
        "الأخير وإن المحادثات مع الوفد كانت جيدة."
    ),
    "fa": (
        "وزیران دو کشور روز دوشنبه در پایتخت دیدار کردند. آنها گفتند که این دیدار "
        "آخرین دیدار نیست و گفتگو با هیئت خوب بود."
    ),
    "ur": (
        "دونوں ملکوں کے وزیر پیر کو دارالحکومت میں ملے۔ انہوں نے کہا کہ یہ آخری "
        "ملاقات نہیں ہے اور بات چیت اچھی رہی ہے۔"
    ),
    "hi": ("दोनों देशों के मंत्री सोमवार को राजधानी में मिले। उन्होंने कहा कि यह आखिरी मुलाकात नहीं है और बातचीत अच्छी रही।"),
    "ko": "두 나라의 장관들이 월요일 수도에서 만났다. 이번 회담이 마지막이 아니라고 그들은 말했다.",
    "zh": "两国部长星期一在首都会面。他们说这不是最后一次会谈，今年夏天之前还会再次见面。",
    "ja": "両国の大臣は月曜日に首都で会談した。これが最後の会談ではなく、夏までにまた会うと述べた。",
    "el": (
        "Οι υπουργοί των δύο χωρών συναντήθηκαν τη Δευτέρα στην πρωτεύουσα και "
        "είπαν ότι δεν ήταν η τελευταία φορά."
    ),
    "he": ("שרי שתי המדינות נפגשו ביום שני בבירה ואמרו כי זו אינה הפגישה האחרונה וכי ייפגשו שוב לפני הקיץ."),
    "th": "รัฐมนตรีของทั้งสองประเทศพบกันเมื่อวันจันทร์ที่เมืองหลวง",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_two_sentences_is_told(language):
    assert find_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    ["", "   ", "Oslo 3-1", "The end of it.", "中文", "1 2 3 4 5 6 7 8 9 10 11 12", "Kim Jong Un " * 20],
)
def test_what_is_too_short_or_has_no_frequent_words_is_not_told(text):
    assert find_language(text) == ""


def test_two_languages_in_equal_parts_are_not_told():
    english, german = (" ".join(TEXTS[code].split()[:17]) for code in ("en", "de"))
    assert find_language(english) == "en"
    assert find_language(german) == "de"
    assert find_language(f"{english} {german}") == ""


def test_a_foreign_name_does_not_change_the_language():
    assert find_language(f"{TEXTS['en']} 习近平 ({TEXTS['ru'][:20]})") == "en"


def test_only_the_beginning_is_looked_at():
    assert find_language(TEXTS["de"] * 10 + TEXTS["en"] * 1000) == "de"


def test_no_word_is_listed_for_nearly_every_language():
    assert max(map(len, frequent_words().values())) < 20
