"""Checks what feedparser reads from RSS and Atom files against what was meant.

    python check-feeds.py EXPECTED.json FILE...

EXPECTED.json has a feed by each file's name, in the words of domain/feeds/feed.ts. One line a file says whether all of it
was read as it was meant, or what was not. Exits with 1 when anything was not.
"""

import calendar
import html
import json
import sys
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser


def seconds(instant):
    """An instant as a feed gives it, in whole seconds since 1970: RSS has no smaller ones."""
    return int(datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp() // 1)


def read_seconds(parsed):
    return None if parsed is None else calendar.timegm(parsed)


def links(part, rel):
    return [link["href"] for link in part.get("links", []) if link["rel"] == rel]


def known(**values):
    """Values that are there."""
    return {name: value for name, value in values.items() if value is not None}


def meant_feed(feed, atom):
    updated = feed["updatedAt"] or ("1970-01-01T00:00:00Z" if atom else None)
    return known(
        title=feed["title"],
        home=[feed["homeUrl"]],
        self=[feed["selfUrl"]],
        hub=[feed["hubUrl"]] if "hubUrl" in feed else [],
        language=feed["language"],
        updated=updated and seconds(updated),
        author=feed["publicationName"] if atom else None,
        generator="Dateline",
        count=len(feed["entries"]),
    )


def read_feed(parsed, atom):
    feed = parsed.feed
    return known(
        title=feed.get("title"),
        home=links(feed, "alternate"),
        self=links(feed, "self"),
        hub=links(feed, "hub"),
        language=feed.get("language"),
        updated=read_seconds(feed.get("updated_parsed")),
        author=feed.get("author") if atom else None,
        generator=feed.get("generator"),
        count=len(parsed.entries),
    )


def meant_entry(entry, atom):
    categories = [
        {"term": category["term"], "label": category["label"]} if atom else {"term": category["label"], "label": None}
        for category in entry["categories"]
    ]
    return known(
        id=entry["id"],
        link=entry["url"],
        title=entry["title"],
        # Without one, feedparser makes one of the content.
        summary=entry["summary"],
        content=entry["contentHtml"],
        authors=entry["byline"],
        categories=categories,
        image=[entry["image"]["url"]] if entry["image"] else [],
        published=seconds(entry["publishedAt"]),
        updated=seconds(entry["updatedAt"]) if atom else None,
        rights=entry.get("rights"),
        language=entry["language"],
    )


def read_entry(entry, meant, atom):
    summary = entry.get("summary") if "summary" in meant else None
    content = entry.get("content", [{}])[0]
    return known(
        id=entry.get("id"),
        link=entry.get("link"),
        title=entry.get("title"),
        # It is HTML in RSS, and text in Atom.
        summary=summary if atom or summary is None else html.unescape(summary),
        content=content.get("value"),
        authors=[author.get("name") for author in entry.get("authors", [])],
        categories=[{"term": tag["term"], "label": tag["label"]} for tag in entry.get("tags", [])],
        image=[media["url"] for media in entry.get("media_content", [])],
        published=read_seconds(entry.get("published_parsed")),
        updated=read_seconds(entry.get("updated_parsed")) if atom else None,
        rights=entry.get("rights"),
        language=content.get("language") if atom else entry.get("language"),
    )


def differences(where, meant, read):
    for name in sorted(meant.keys() | read.keys()):
        if meant.get(name) != read.get(name):
            yield f"{where}{name} is {read.get(name)!r}, not {meant.get(name)!r}"


def deleted(file):
    """What feedparser passes over: RFC 6721."""
    name = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
    return [(entry.get("ref"), seconds(entry.get("when"))) for entry in ElementTree.parse(file).iter(name)]


def problems(file, feed):
    # What feedparser would clean or complete is to be seen as it came.
    parsed = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo:
        yield f"it is not well-formed: {parsed.bozo_exception}"
        return
    atom = file.suffix == ".atom"
    if parsed.version != ("atom10" if atom else "rss20"):
        yield f"it is taken for {parsed.version!r}"
    yield from differences("", meant_feed(feed, atom), read_feed(parsed, atom))
    told = [(entry["id"], seconds(entry["at"])) for entry in feed["deleted"]] if atom else []
    if deleted(file) != told:
        yield f"it says that {deleted(file)} were deleted, not {told}"
    for number, (entry, found) in enumerate(zip(feed["entries"], parsed.entries), 1):
        meant = meant_entry(entry, atom)
        yield from differences(f"entry {number}: ", meant, read_entry(found, meant, atom))


def main(expected, *files):
    feeds = json.loads(Path(expected).read_text(encoding="utf-8"))
    failed = 0
    for file in map(Path, files):
        found = list(problems(file, feeds[file.name]))
        failed += bool(found)
        print(f"not ok {file.name}: {'; '.join(found)}" if found else f"ok {file.name}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(*sys.argv[1:]))
