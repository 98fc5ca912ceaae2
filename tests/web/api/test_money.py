"""What texts cost and will come to, for programs."""


def test_the_month_so_far_and_what_a_month_comes_to(house):
    told = house.alice.get("/money").json
    assert told["month"] == "2026-11-01"
    assert (told["spent_micros"], told["cap_micros"], told["reached_at"]) == (0, None, None)
    assert told["forecast"]["words"]


def test_another_practice_has_money_of_its_own_and_a_coach_among_several_sees_none(house):
    assert house.charlie.get("/money").json["forecast"]["sent"] == 0
    assert house.dana.get("/money").status_code == 404


def test_a_clients_forecast_grows_with_what_is_asked(house):
    path = f"/clients/{house.ruth}"
    house.alice.post(f"{path}/goals", {"title": "5 squats"})
    before = house.alice.get(f"{path}/forecast").json
    house.alice.post(f"{path}/schedules", {"kind": "wins", "local_time": "19:00"})
    after = house.alice.get(f"{path}/forecast").json
    assert after["micros"] > before["micros"]
    assert "segments a month" in after["words"]
