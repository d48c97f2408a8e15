"""What the words around something say: their stems, in its sentence, and no further."""

from __future__ import annotations

import pytest

from sijill.coding.ground import Ground
from sijill.coding.surroundings import stem, stems_between, stems_near, stems_of
from sijill.language.analysis import Analysis
from sijill.records import Report
from sijill.text.script import normal_form


@pytest.mark.parametrize(
    "forms",
    [
        ("متظاهرون", "والمتظاهرين", "للمتظاهرين"),
        ("اعتصامًا", "الاعتصام", "واعتصام"),
        ("clashes", "clash", "clashed"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(normal_form(form)) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("قتل", "قتال"), ("وزير", "زائر"), ("force", "forest")])
def test_other_words_have_others(one: str, other: str) -> None:
    assert stem(normal_form(one)) != stem(normal_form(other))


@pytest.mark.parametrize("form", ["ب", "من", "لله", "a", "is", "،", "12", "🔻"])
def test_of_a_short_word_something_is_left(form: str) -> None:
    assert stem(form)


def test_near_ends_with_the_sentence() -> None:
    ground = Ground(Analysis(Report(id="r", text="وصل الوفد. قتل جندي. عاد الوفد.", language="ar")))
    (trigger,) = ground.triggers
    assert stems_near(ground, trigger.first, trigger.stop) == ["~R=جند"]
    assert sorted(stems_of(ground, trigger.sentence)) == ["~S=جند", "~S=قتل"]
    assert stems_between(ground, trigger.stop, trigger.stop + 1, "after") == ["~after=جند"]
