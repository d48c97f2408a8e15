"""The counting rules: their laws as properties, and worked cases."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.ledger.accounts import Claim, Rule
from sijill.ledger.counting import estimate, estimates, grade, reading

RULES: tuple[Rule, ...] = get_args(Rule)
DAYS = ["2015-08-06", "2015-08-07", "2015-08-08"]


def claim(record: str = "r1", n: int | None = 5, **fields: Any) -> Claim:
    base: dict[str, Any] = {
        "record": record,
        "event": 0,
        "figure": 0,
        "voice": record,
        "house": f"house {record}",
        "said": DAYS[0],
    }
    return Claim(**{**base, "n": n, "bound": "vague" if n is None else "exact", **fields})


@st.composite
def tellings(draw: st.DrawFn) -> list[Claim]:
    """The claims of one to five reports of an event, each with wholes and parts; some revise, some are vague."""
    out: list[Claim] = []
    kind = draw(st.sampled_from(["armed_clash", "air_strike", "attack"]))
    for number in range(draw(st.integers(1, 5))):
        record = f"r{number}"
        shared: dict[str, Any] = {
            "house": f"h{draw(st.integers(0, 3))}", "said": draw(st.sampled_from([None, *DAYS])),
            "status": draw(st.sampled_from(["reported", "reported", "claimed", "denied"])),
            "kind": draw(st.sampled_from(["media", "monitor", "party", "activists"])), "type": kind,
            "actor": draw(st.sampled_from([None, "syr-gov", "is"])), "side_a": ("syr-gov",), "side_b": ("is",),
            "revises": draw(st.booleans()),
        }  # fmt: skip
        for figure in range(draw(st.integers(1, 4))):
            n = draw(st.one_of(st.none(), st.integers(0, 60)))
            whole = draw(st.one_of(st.none(), st.integers(0, figure - 1))) if figure else None
            out.append(
                claim(
                    record, n, figure=figure, part_of=whole, side=draw(st.sampled_from(["a", "b", "civilians", "unknown"])),
                    outcome=draw(st.sampled_from(["killed", "killed", "wounded"])),
                    words=draw(st.sampled_from(["", "عشرات", "several"])),
                    **shared,
                )
            )  # fmt: skip
    return out


LAW = settings(max_examples=150, deadline=None)


@LAW
@given(tellings(), st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(claims: list[Claim], rule: Rule, random: Any) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert estimates(shuffled, rule) == estimates(claims, rule)
    assert grade(shuffled) == grade(claims)


@LAW
@given(tellings(), st.sampled_from(RULES))
def test_low_best_high_stand_in_order(claims: list[Claim], rule: Rule) -> None:
    for found in estimates(claims, rule):
        assert 0 <= found.low <= found.best <= found.high


@LAW
@given(tellings(), st.sampled_from(RULES), st.integers(0, 200), st.data())
def test_part_never_adds_to_its_whole(claims: list[Claim], rule: Rule, n: int, data: st.DataObject) -> None:
    wholes = [c for c in claims if c.part_of is None]
    whole = data.draw(st.sampled_from(wholes))
    part = msgspec.structs.replace(
        whole, figure=9, part_of=whole.figure, n=n, bound="exact", words="", revises=False
    )
    assert estimates([*claims, part], rule) == estimates(claims, rule)


@LAW
@given(st.integers(0, 50), st.integers(0, 80), st.sampled_from(["b", "civilians"]), st.sampled_from(RULES))
def test_part_of_another_side_is_taken_out_of_its_whole(whole: int, part: int, side: str, rule: Rule) -> None:
    claims = [claim(n=whole), claim(n=part, figure=1, part_of=0, side=side)]
    total = estimate(claims, rule)
    assert (total.low, total.best, total.high) == (whole, whole, whole)
    assert estimate(claims, rule, side=side).best == min(whole, part)


@LAW
@given(tellings(), st.sampled_from(RULES), st.integers(0, 900))
def test_tally_never_adds_to_its_events(claims: list[Claim], rule: Rule, n: int) -> None:
    tally = claim("zz", n, tally=True, side="civilians")
    assert estimates([*claims, tally], rule) == estimates(claims, rule)


@LAW
@given(tellings(), st.sampled_from(RULES), st.data())
def test_copy_changes_nothing(claims: list[Claim], rule: Rule, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(sorted({c.record for c in claims})))
    later = data.draw(st.sampled_from(DAYS))
    copies = [
        msgspec.structs.replace(c, record="zz", house="another", said=max(c.said or "", later))
        for c in claims
        if c.record == record
    ]
    assert estimates([*claims, *copies], rule) == estimates(claims, rule)
    assert grade([*claims, *copies]) == grade(claims)


@LAW
@given(st.integers(0, 90), st.integers(0, 90), st.sampled_from(RULES))
def test_later_figure_of_a_house_replaces_its_earlier_one(first: int, second: int, rule: Rule) -> None:
    claims = [claim("r1", first, house="h"), claim("r2", second, house="h", said=DAYS[1])]
    assert estimates(claims, rule) == estimates(claims[1:], rule)


@LAW
@given(st.integers(0, 90), st.integers(0, 90), st.sampled_from(RULES))
def test_words_of_revision_replace_what_others_said_before(first: int, second: int, rule: Rule) -> None:
    claims = [claim("r1", first), claim("r2", second, said=DAYS[1], revises=True)]
    assert estimates(claims, rule) == estimates(claims[1:], rule)


@LAW
@given(tellings(), st.sampled_from(RULES))
def test_total_covers_its_sides_once(claims: list[Claim], rule: Rule) -> None:
    found = estimates(claims, rule)
    for outcome in ("killed", "wounded"):
        sides = [e for e in found if e.outcome == outcome and e.side != "total"]
        if sides:
            total = next(e for e in found if e.outcome == outcome and e.side == "total")
            assert total.best == sum(e.best for e in sides)
            assert total.low == sum(e.low for e in sides)
            assert max(e.high for e in sides) <= total.high <= sum(e.high for e in sides)


def bounds(claims: list[Claim], rule: Rule, side: str = "total") -> tuple[int, int, int]:
    found = estimate(claims, rule, side=side)
    return found.low, found.best, found.high


def test_ucdp_takes_the_latest_of_the_most_credible() -> None:
    claims = [
        claim("r1", 10, kind="monitor", side="b"),
        claim("r2", 13, kind="monitor", side="b", said=DAYS[1]),
        claim(
            "r3",
            40,
            kind="party",
            actor="syr-gov",
            side_a=("syr-gov",),
            side_b=("is",),
            side="b",
            said=DAYS[2],
        ),
    ]
    assert bounds(claims, "ucdp", "b") == (10, 13, 40)
    assert bounds(claims, "acled", "b") == (10, 10, 10)
    assert bounds(claims, "airwars", "b") == (10, 10, 40)


@pytest.mark.parametrize(
    ("words", "acled", "high"),
    [("عشرات القتلى", 12, 20), ("dozens", 12, 20), ("مئات", 100, 200), ("عدد من", 3, 3), ("قتلى", 3, 2)],
)
def test_vague_words(words: str, acled: int, high: int) -> None:
    claims = [claim(n=None, words=words)]
    assert bounds(claims, "acled") == (acled, acled, acled)
    assert bounds(claims, "ucdp") == (0, 0, high)
    assert reading(words, "acled") == acled


def test_unknown_dead_are_those_whom_another_identifies() -> None:
    claims = [claim("r1", 10), claim("r2", 8, side="civilians")]
    assert bounds(claims, "ucdp", "civilians") == (8, 8, 8)
    assert bounds(claims, "ucdp", "unknown") == (2, 2, 2)
    assert bounds(claims, "ucdp") == (10, 10, 10)


def test_fighters_or_civilians_are_counted_once() -> None:
    strike: dict[str, Any] = {"type": "air_strike", "side_a": ("usa-gov",), "side_b": ("taliban",)}
    claims = [
        claim("r1", 10, side="b", kind="party", actor="usa-gov", **strike),
        claim("r2", 9, side="civilians", kind="witness", **strike),
    ]
    assert bounds(claims, "ucdp") == (9, 9, 10)
    assert bounds(claims, "ucdp", "civilians") == (9, 9, 9)
    assert bounds(claims, "ucdp", "b") == (0, 0, 10)


def test_losses_of_both_sides_add_up() -> None:
    claims = [claim("r1", 10, side="b"), claim("r2", 4, side="a")]
    assert bounds(claims, "ucdp") == (14, 14, 14)


def test_days_of_a_battle_add_up_and_the_whole_stands_above_them() -> None:
    days = [claim("r1", 3, side="b", day=DAYS[0]), claim("r2", 4, side="b", day=DAYS[1], house="house r1")]
    assert bounds(days, "ucdp") == (7, 7, 7)
    assert bounds([*days, claim("r3", 12, side="b")], "ucdp") == (12, 12, 12)
    assert bounds([*days, claim("r3", 5, side="b")], "ucdp") == (7, 7, 7)


def test_bounds_are_read() -> None:
    assert bounds([claim(n=20, bound="at_most")], "ucdp") == (0, 20, 20)
    assert bounds([claim(n=20, bound="about", n_high=25)], "ucdp") == (20, 20, 25)
    assert bounds([claim(n=20, bound="at_least")], "ucdp") == (20, 20, 20)


def test_airwars_counts_who_they_were() -> None:
    claims = [
        claim(n=10, side="civilians"),
        claim(n=3, side="civilians", figure=1, part_of=0, words="ثلاثة أطفال"),
        claim(n=2, side="civilians", figure=2, part_of=0, words="سيدتان نساء"),
    ]
    found = estimate(claims, "airwars", side="civilians")
    assert (found.best, found.children, found.women, found.men) == (10, 3, 2, None)


def test_grading() -> None:
    strike: dict[str, Any] = {
        "type": "air_strike",
        "side": "civilians",
        "side_a": ("rus-gov",),
        "side_b": ("civilians",),
    }
    one = claim("r1", 5, kind="activists", **strike)
    other = claim("r2", 6, kind="monitor", **strike)
    assert grade([one]) == "Weak"
    assert grade([one, other]) == "Fair"
    assert grade([one, msgspec.structs.replace(other, voice="r1")]) == "Weak"
    assert grade([one, claim("r3", 2, kind="official", actor="rus-gov", **strike)]) == "Confirmed"
    assert grade([one, claim("r3", 5, **{**strike, "side_a": ("coalition-is",)})]) == "Contested"
    assert (
        grade([one, claim("r3", 5, status="denied", kind="official", actor="rus-gov", **strike)])
        == "Contested"
    )
    assert grade([claim("r4", 5, **{**strike, "side": "b"})]) == "Discounted"


@LAW
@given(st.lists(st.integers(0, 90), min_size=1, max_size=5))
def test_conflicting_claims_by_each_rule(figures: list[int]) -> None:
    """Rival houses of one day: acled takes the lowest, airwars gives the span, ucdp's low and high are the same span."""
    claims = [claim(f"r{number}", n, side="civilians") for number, n in enumerate(figures)]
    low, high = min(figures), max(figures)
    assert bounds(claims, "acled", "civilians") == (low, low, low)
    assert bounds(claims, "airwars", "civilians") == (low, low, high)
    found = bounds(claims, "ucdp", "civilians")
    assert (found[0], found[2]) == (low, high)


def test_airwars_counts_the_injured_too() -> None:
    claims = [
        claim("r1", 4, outcome="wounded", side="civilians"),
        claim("r2", 9, outcome="wounded", side="civilians"),
    ]
    found = estimate(claims, "airwars", "wounded", "civilians")
    assert (found.low, found.high) == (4, 9)


def test_what_people_rely_on_speaks_first() -> None:
    claims = [claim("r1", 10, side="b"), claim("r2", 30, side="b", said=DAYS[1])]
    assert bounds(claims, "ucdp", "b") == (10, 30, 30)
    doubted = [claims[0], msgspec.structs.replace(claims[1], reliability="low")]
    assert bounds(doubted, "ucdp", "b") == (10, 10, 30)
    assert bounds(doubted, "acled", "b") == (10, 10, 10)
    activists = [claims[0], msgspec.structs.replace(claims[1], kind="social_media")]
    trusted = [claims[0], msgspec.structs.replace(activists[1], reliability="high")]
    assert [bounds(told, "ucdp", "b")[1] for told in (activists, trusted)] == [10, 30]
    partisan = msgspec.structs.replace(
        claims[1], actor="syr-gov", side_a=("syr-gov",), side_b=("is",), reliability="high"
    )
    assert bounds([claims[0], partisan], "ucdp", "b") == (10, 10, 30)
