"""Reading pages as a browser does: what a form sends back, and what a page says."""

import html
import re


def sent_back(response):
    """Return what a browser would send back of the last form on a page, without pressing a button."""
    page = response.content.decode()
    given = {}
    for tag in re.finditer(r"<input ([^>]*)>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag[1]))
        if "name" in told and told.get("type") not in ("checkbox", "date"):
            given[told["name"]] = html.unescape(told.get("value", ""))
    for tag in re.finditer(r"<textarea ([^>]*)>\n?(.*?)</textarea>", page, re.DOTALL):
        given[re.search(r'name="([^"]*)"', tag[1])[1]] = html.unescape(tag[2])
    for tag in re.finditer(r"<select ([^>]*)>(.*?)</select>", page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', tag[2])
        given[re.search(r'name="([^"]*)"', tag[1])[1]] = html.unescape(chosen[1]) if chosen else ""
    given.pop("csrfmiddlewaretoken", None)
    given.pop("on", None)
    return given


def words(response):
    """Return what a page says, without its tags."""
    page = response.content.decode()
    main = page[page.find("<main") : page.find("</main")]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))
