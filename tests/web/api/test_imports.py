"""Bringing data in through the API: the page's own steps."""

CSV = "name,phone\nAnn Lee,+16175550121\nCy Dray,12\n"


def look_at(program):
    """Send a file to be looked at."""
    answer = program.post("/imports", {"kind": "clients", "csv": CSV})
    assert answer.status_code == 201
    return answer.json


def test_a_file_is_looked_at_and_then_taken_once(house):
    seen = look_at(house.alice)
    assert (seen["good"], [row["line"] for row in seen["bad"]], seen["taken_at"]) == (1, [3], None)
    for _ in range(2):
        assert house.alice.post(f"/imports/{seen['id']}/take", {}).json["taken"] == 1
    names = [client["name"] for client in house.alice.get("/clients").json["items"]]
    assert names.count("Ann Lee") == 1


def test_a_strangers_file_looks_like_none(house):
    path = f"/imports/{look_at(house.alice)['id']}"
    for stranger in (house.charlie, house.dana):
        assert stranger.get(path).json == stranger.get("/imports/4000000").json
        assert stranger.post(f"{path}/take", {}).status_code == 404


def test_an_assistant_sees_what_is_brought_in(house):
    assert house.bob.get(f"/imports/{look_at(house.alice)['id']}").status_code == 200


def test_what_cannot_be_read_says_so_at_the_file(house):
    answer = house.alice.post("/imports", {"kind": "clients", "csv": "a,b\n1,2\n"})
    assert (answer.status_code, list(answer.json["error"]["fields"])) == (422, ["file"])


def test_a_large_file_may_be_sent_and_nothing_else_that_large(house):
    many = "name,phone\n" + "".join(f"Client {n},+1617556{n:04}\n" for n in range(4_000))
    assert house.alice.post("/imports", {"kind": "clients", "csv": many}).json["good"] == 4_000
    assert house.alice.post("/clients", {"name": "x" * 100_000}).status_code == 413
