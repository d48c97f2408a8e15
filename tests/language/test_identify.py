"""Which language a text is in: short texts, scripts that are shared, declarations."""

import pickle

import pytest

from sijill.language.identify import UnreadLanguageError, identify

READ = [
    ("ar", "قتل ثلاثة جنود"),
    ("ar", "مقتل عنصر"),
    ("ar", "مقـ.ـتل عنـ.ـاصر"),
    ("ar", "قُتِلَ جُنُودٌ"),
    ("ar", "قتل ٣ جنود في الموصل، وفق گوران"),
    ("ar", "أفادت وكالة Reuters في تقرير على موقعها بأن القصف استهدف المدينة"),
    ("en", "Blast kills 3 in Mogadishu"),
    ("en", "Airstrike Idlib"),
    ("en", "Two dead"),
    ("en", "Militants of the group (داعش) attacked a village in the north of the province"),
]
UNREAD = [
    ("Persian", "دو سرباز کشته شدند"),
    ("Persian", "انفجار در کابل"),
    ("Urdu", "کراچی میں دھماکہ تین افراد ہلاک"),
    ("Kurdish", "لە شەڕی کوبانێ دوو چەکدار کوژران"),
    ("Kurdish", "Li Efrînê du sivîl hatin kuştin"),
    ("Pashto", "په کابل کې چاودنه"),
    ("French", "Deux soldats ont été tués dans une attaque"),
    ("Turkish", "İki asker saldırıda öldü"),
    ("German", "Zwei Soldaten wurden bei einem Angriff getötet"),
    ("Spanish", "Dos soldados murieron en un ataque"),
    ("Cyrillic", "Взрыв в городе"),
    ("Hebrew", "פיצוץ בעיר"),
]


@pytest.mark.parametrize(("language", "text"), READ)
def test_identify_reads(language: str, text: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(("name", "text"), UNREAD)
def test_identify_names_the_language_that_is_not_read(name: str, text: str) -> None:
    with pytest.raises(UnreadLanguageError, match=name):
        identify(text)


@pytest.mark.parametrize("declared", ["ar", "AR", "ar-SY", "ar_IQ", "ara", " ar "])
def test_identify_declared_language_beats_detection(declared: str) -> None:
    assert identify("Two soldiers were killed", declared) == "ar"


def test_identify_declared_language_that_is_not_read() -> None:
    with pytest.raises(UnreadLanguageError, match="Persian"):
        identify("قتل ثلاثة جنود في المدينة", "fa")


@pytest.mark.parametrize("text", ["", "  \n", "123 456!", "٣٤٥ - ٦"])
def test_identify_text_without_words(text: str) -> None:
    with pytest.raises(UnreadLanguageError, match="no words"):
        identify(text)


def test_identify_long_head_without_letters() -> None:
    assert identify("1 " * 20_000 + "قتل ثلاثة جنود في المدينة") == "ar"


def test_unread_language_error_goes_between_processes() -> None:
    error = pickle.loads(pickle.dumps(UnreadLanguageError("fa", "Persian")))
    assert (error.language, str(error)) == ("fa", "the text is in Persian, which is not read")
