"""Whether the pages of a set are sound: no cell's error in them, and no link inside the set leads nowhere."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """Collects the ids of a page, where its links lead, and whether it shows an error."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.error = set(), [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        self.error = self.error or (tag == "pre" and attributes.get("class") == "error")
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])


def broken(folder):
    """One line for each fault of a folder's pages; empty where they are sound. Tries no outside link."""
    pages = {path.name: _Page(path.read_text("utf-8")) for path in sorted(folder.glob("*.html"))}
    problems = [f"{name}: a cell's error stands in the page." for name, page in pages.items() if page.error]
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            target = pages.get(parts.path or name)
            if parts.scheme:
                continue
            if target is None:
                problems.append(f"{name}: the link {link!r} leads to a page that is not in the set.")
            elif parts.fragment and unquote(parts.fragment) not in target.ids:
                problems.append(f"{name}: the link {link!r} leads to no place in that page.")
    return problems
