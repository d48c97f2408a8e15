from sijill.coding import code
from sijill.coding.reasons import decisions_of
from sijill.records import Report

TEXT = "قُتل أربعة جنود في انفجار عبوة ناسفة قرب مدينة بعقوبة أمس. وفي كركوك، خطف مسلحون مجهولون موظفاً من منزله الاثنين."


def test_each_event_has_its_decisions_in_order() -> None:
    report = Report(id="r", text=TEXT, published="2016-05-11", language="ar")
    record, decided = code(report), decisions_of(report)
    assert len(record.events) == len(decided) > 0
    for event, decisions in zip(record.events, decided, strict=True):
        assert {"trigger", "stands", "type"} <= {d.question for d in decisions}
        stands = next(d for d in decisions if d.question == "stands")
        assert abs(stands.chance - (event.confidence or 0)) < 0.002
        for d in decisions:
            assert report.text[d.start : d.end] == d.words
            assert 0 <= d.chance <= 1
            assert d.features


def test_a_quiet_report_has_none() -> None:
    assert decisions_of(Report(id="r", text="افتتح الوزير المعرض أمس في الرياض.", language="ar")) == []
