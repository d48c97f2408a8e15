"""The API: what it tells of events, reports and what is looked up, and how it says what is wrong."""

from __future__ import annotations

import pytest
from workbench_client import Client, send

from sijill.store import Store, event_ids, find_events


def test_api_describes_itself(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["info"]["title"] == "Sijill"
    assert "/api/v1/events" in described["paths"]
    assert not [path for path in described["paths"] if not path.startswith("/api/v1/")]


def test_events_are_filtered_and_paged(client: Client) -> None:
    everything = client.get("/api/v1/events").json()
    assert everything["total"] == len(everything["events"]) > 3
    mosul = client.get("/api/v1/events", params={"place": "الموصل", "type": "battles"}).json()
    assert [found["event"]["place"]["name"] for found in mosul["events"]] == ["Mosul"]
    assert mosul["events"][0]["voices"] == 2
    first = client.get("/api/v1/events", params={"limit": 1}).json()
    second = client.get("/api/v1/events", params={"limit": 1, "offset": 1}).json()
    assert first["events"] + second["events"] == everything["events"][:2]
    deadly = client.get("/api/v1/events", params={"min_killed": 50}).json()
    assert all(found["toll"][1] >= 50 for found in deadly["events"])
    assert 0 < deadly["total"] < everything["total"]


@pytest.mark.parametrize(
    "query", ["since=yesterday", "since=2016-13-01", "since=2017-01-01&until=2016-01-01", "type=party", "box=1,2,3",
              "near=a,b,c", "box=50,0,20,0", "limit=0", "limit=5000", "offset=-1", "min_killed=-1", "place=...", "min_killed=99999999999999999999"],
)  # fmt: skip
def test_filters_that_cant_be_meant_are_refused(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/events?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 400
    assert answer.json()["detail"]


def test_account_has_claims_and_toll_by_rule(client: Client, store: Store) -> None:
    account = next(found for found in find_events(store).events if found.voices == 2)
    view = client.get(f"/api/v1/accounts/{account.id}").json()
    soldiers = {claim["n"] for claim in view["account"]["claims"] if claim["outcome"] == "killed"}
    assert {9, 12} <= soldiers
    assert len(view["tellings"]) == 2
    total = {
        rule: next(
            toll
            for toll in client.get(f"/api/v1/accounts/{account.id}", params={"rule": rule}).json()["toll"]
            if toll["outcome"] == "killed" and toll["side"] == "total"
        )
        for rule in ("ucdp", "acled", "airwars")
    }
    assert {rule: toll["rule"] for rule, toll in total.items()} == {rule: rule for rule in total}
    assert total["ucdp"]["best"] == 15
    assert total["acled"]["low"] == total["acled"]["high"]
    listed = client.get("/api/v1/accounts", params={"place": "Mosul"}).json()
    assert [one["id"] for one in listed["accounts"]] == [account.id]


def test_report_has_text_records_and_evidence_at_its_words(client: Client, store: Store) -> None:
    listed = client.get("/api/v1/reports").json()
    assert listed["total"] == 3
    assert listed["reports"][0]["published"] == "2024-03-12"
    view = client.get(f"/api/v1/reports/{listed['reports'][0]['hash']}").json()
    evidence = [entry for part in view["parts"] for entry in part["value"]["evidence"]]
    assert len(evidence) > 20
    assert all(view["text"][entry["start"] : entry["end"]] == entry["text"] for entry in evidence)
    record = client.get(f"/api/v1/records/{view['hash']}").json()
    events = [part["value"] for part in view["parts"] if part["kind"] == "events"]
    assert record["events"] == events
    telling = client.get(f"/api/v1/events/{event_ids(store, view['hash'])[0]}").json()
    assert telling["part"]["value"] in events


def test_report_is_coded_and_kept_once(client: Client) -> None:
    body = {"text": "Four civilians were killed in shelling in Idlib on Monday.", "published": "2019-05-07", "source": "A"}  # fmt: skip
    made = send(client, "/api/v1/reports", body)
    assert made.status_code == 201
    assert made.json()["added"] == 1
    assert send(client, "/api/v1/reports", body).json()["known"] == 1
    found = client.get("/api/v1/events", params={"place": "إدلب"}).json()
    assert found["total"] == 1
    assert found["events"][0]["account"] == found["events"][0]["id"]


def test_what_is_looked_up_in_either_script(client: Client) -> None:
    for typed in ("المو", "mosu", "Mosul"):
        assert "Mosul" in [place["name"] for place in client.get("/api/v1/places", params={"q": typed}).json()["places"]], typed  # fmt: skip
    lebanese = client.get("/api/v1/places", params={"q": "tripoli", "country": "lb"}).json()["places"]
    assert {place["country"] for place in lebanese} == {"LB"}
    for typed in ("داعش", "Islamic Sta", "تنظيم الدول"):
        assert "is" in [
            actor["id"] for actor in client.get("/api/v1/actors", params={"q": typed}).json()["actors"]
        ], typed
    assert client.get("/api/v1/actors/syr-gov").json()["country"] == "SY"
    assert client.get("/api/v1/actors/nobody").status_code == 404


def test_sources_with_how_well_others_agree(client: Client) -> None:
    sources = {view["source"]["name"]: view for view in client.get("/api/v1/sources").json()}
    assert sources["House 0"]["source"]["events"] == 1
    assert sources["House 0"]["source"]["shared"] == 1
    assert sources["House 0"]["reliability"] == 0.0  # the two houses tell of different numbers


def test_control_at_a_day(client: Client) -> None:
    places = {line["place"]["name"] for line in client.get("/api/v1/control").json()}
    assert "Umm Ruwaba" in places
    held = client.get("/api/v1/control", params={"place": "أم روابة", "on": "2024-03-12"}).json()
    assert held
    assert {len(line["spells"]) for line in held} == {1}
    assert client.get("/api/v1/control", params={"on": "2024-02-30"}).status_code == 400


def test_figures_name_their_rule(client: Client) -> None:
    by_week = client.get("/api/v1/figures", params={"by": "week"}).json()
    assert by_week["rule"] == "ucdp"
    killed = {figure["key"]: figure["best"] for figure in by_week["figures"]}
    assert killed["2016-02-29"] == 15
    by_side = client.get("/api/v1/figures", params={"by": "side", "rule": "acled"}).json()
    assert by_side["rule"] == "acled"
    assert {figure["key"] for figure in by_side["figures"]} >= {"a", "b", "total"}
    governorates = {figure["key"] for figure in client.get("/api/v1/figures", params={"by": "governorate"}).json()["figures"]}  # fmt: skip
    assert governorates & {"Nineveh", "Ninawa"}


def test_what_isnt_there_is_said_so(client: Client) -> None:
    for path in ("reports/0123456789abcdef", "records/none", "events/none", "events/0123456789abcdef.e0", "accounts/acc-0", "decisions/0", "reports/%00"):  # fmt: skip
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 404, path
        assert answer.json()["title"] == "Not Found"
