"""What forms of a page would send, and what then stands recorded."""

from tests.rows import rows


def standing(database, table):
    """What stands recorded."""
    return rows(database, table, undone_at=None)


def filled_in(page):
    """What the form on a page would send."""
    form = {}
    for field in page.all("input"):
        told = field.attributes
        if told.get("type") != "radio" or "checked" in told:
            form[told["name"]] = told.get("value", "")
    return form | chosen(page)


def chosen(page):
    """What its selects stand on: what is selected, else their first option."""
    form, name = {}, ""
    for element in page.elements:
        if element.tag == "select":
            name = element.attributes["name"]
        elif element.tag == "option" and (name not in form or "selected" in element.attributes):
            form[name] = element.attributes["value"]
    return form


def undo_on(page):
    """Where the notice's way back leads, and what it sends."""
    (form,) = [form for form in page.all("form") if form.attributes.get("action", "").endswith("/undo")]
    fields = {field.attributes["name"]: field.attributes["value"] for field in page.all("input", type="hidden")}
    return form.attributes["action"], {name: fields[name] for name in ("next", "correction") if name in fields}
