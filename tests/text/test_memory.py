"""The memory of words: bounded, whatever the texts hold."""

from hypothesis import given
from hypothesis import strategies as st

from sijill.rules.knowledge import lexicon
from sijill.rules.lexicon import Lexicon
from sijill.text.memory import WordMemory


def held(memory: WordMemory[int], words: list[str]) -> int:
    """Go through words as a reader does; how many of them had to be worked out."""
    worked_out = 0
    for word in words:
        if word not in memory and not memory.recall(word):
            worked_out += 1
            memory.keep(word, len(word))
        assert memory.get(word, len(word)) == len(word)
    return worked_out


def test_words_that_come_again_are_worked_out_once() -> None:
    words = [word for n in range(1000) for word in (f"n{n}", "the", "of")]
    assert held(WordMemory(10), words) == 1002


@given(st.lists(st.text("ab1", min_size=1, max_size=6)))
def test_no_more_than_twice_the_words_are_held(words: list[str]) -> None:
    memory = WordMemory[int](5)
    held(memory, words)
    assert len(memory) <= 5
    assert len(memory) + len(memory._behind) <= 10


def test_long_words_and_long_numerals_are_not_held() -> None:
    memory = WordMemory[int](5)
    held(memory, ["2015", "20151", "1,250", "x" * 64, "x" * 65])
    assert sorted(memory, key=len) == ["2015", "x" * 64]


def test_a_small_memory_reads_the_same() -> None:
    forms = "قتل ثلاثة جنود وقتل ثلاثة مدنيين في هجوم شنه مسلحون وقتل جنود".split()
    whole = lexicon("ar")
    small = Lexicon([], "ar")
    small.__dict__.update(whole.__dict__, _known=WordMemory(2))
    assert small.tag(forms) == whole.tag(forms)
