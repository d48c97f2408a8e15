from sijill.training.examples import Example
from sijill.training.fit import FRACTIONS, learning_curve


def test_more_documents_teach_more() -> None:
    """Twelve words, each of which means yes or no: an eighth of the documents shows only some of them."""
    words = [f"w={i}" for i in range(12)]
    examples = [
        Example([words[d % 12]], "yes" if d % 12 % 3 == 0 else "no", f"d{d}")
        for d in range(240)
        for _ in range(2)
    ]
    curve = learning_curve(examples, "cv")
    assert len(curve) == len(FRACTIONS)
    assert all(0 <= share <= 1 for share in curve)
    assert curve[-1] >= curve[0]
    assert curve[-1] > 0.9
