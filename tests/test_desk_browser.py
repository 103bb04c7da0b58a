"""The desk in a real Chromium: every page is opened, filtered, read and photographed.

The pictures are left in build/desk-screenshots.  Nothing waits for a time; all waits are for what
is to be seen.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.desk_sample import SOY, make_sample
from wiredesk.database import Database
from wiredesk.desk.asking import opened

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path("build/desk-screenshots")
SERVE = (
    "import sys; from wiredesk.desk.serve import desk_command; "
    "sys.exit(desk_command(sys.argv[1], host='127.0.0.1', port=0, browser=False))"
)
WIDTHS = (1280, 390)

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture(scope="module")
def desk(snapshot: Path) -> Iterator[str]:
    """The address of a desk over the sample."""
    command = [sys.executable, "-c", SERVE, str(snapshot)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = re.search(r"http://\S+", process.stdout.readline())
        assert said
        yield said[0]
        process.terminate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        # chromium refuses its sandbox to root
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium: Any) -> Any:
    """One for all tabs, so that the scripts of the app are read once."""
    return chromium.new_context()


class Tab:
    """A tab of the browser, and all that it complained of."""

    def __init__(self, window: Any, desk: str, width: int) -> None:
        self.desk = desk
        self.width = width
        self.complaints: list[str] = []
        self.page = window.new_page()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _asked(self, request: Any) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"data", "blob"} and url.netloc != urlsplit(self.desk).netloc:
            self.complaints.append(f"asked for {request.url}")

    def open(self, query: str, seen: str) -> Tab:
        """Open a page and wait until it shows this text below its head."""
        self.page.goto(self.desk + query)
        self.sees(seen)
        return self

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def photograph(self, name: str) -> None:
        """The whole page; checks that nothing sticks out of it sideways."""
        page = self.page
        wide = "document.querySelector('#App').scrollWidth > innerWidth"
        assert not page.evaluate(wide), f"{name} scrolls sideways at {self.width}"
        tall = page.evaluate("document.querySelector('#App').scrollHeight")
        page.set_viewport_size({"width": self.width, "height": min(int(tall), 3000)})
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{self.width}.png", animations="disabled")

    def close(self) -> None:
        self.page.close()
        assert not self.complaints


@pytest.fixture(params=WIDTHS)
def tab(window: Any, desk: str, request: pytest.FixtureRequest) -> Iterator[Tab]:
    made = Tab(window, desk, request.param)
    yield made
    made.close()


@pytest.fixture
def wide(window: Any, desk: str) -> Iterator[Tab]:
    """A tab for what does not depend on the width."""
    made = Tab(window, desk, 1280)
    yield made
    made.close()


@pytest.fixture
def found(snapshot: Path) -> Iterator[Database]:
    with opened(str(snapshot)) as database:
        yield database


def key_of(found: Database, headline: str) -> str:
    rows = found.sql("SELECT story_id FROM wire.versions WHERE contains(headline, $1)", headline)
    return str(rows[0][0])


def test_the_wire_is_filtered_and_leads_to_a_story_and_its_changes(tab: Tab) -> None:
    tab.open("?page=wire", "Night ferry")
    tab.photograph("wire")
    page = tab.page
    page.get_by_label("Headline").fill("soy")
    page.get_by_text("One story").wait_for()
    assert "words=soy" in page.url
    page.get_by_role("link", name=SOY).click()
    tab.sees("Credits")
    assert page.locator("mark.wd-is-dateline").last.inner_text().startswith("ROSARIO")
    assert page.locator("mark.wd-is-credit", has_text="Facundo Irazusta").count() == 1
    tab.photograph("story")
    page.get_by_role("link", name="changes").click()
    tab.sees("9 paragraphs unchanged")
    assert page.locator("del").all_inner_texts() == ["46.7"]
    assert "47.6" in page.locator("ins").all_inner_texts()
    tab.photograph("diff")


def test_an_address_with_filters_shows_the_same_to_everyone(wide: Tab) -> None:
    wide.open("?page=wire&agency=AFP&place=suva", "One story")
    assert wide.page.get_by_label("Place").input_value() == "suva"


def test_going_back_shows_what_was_there(wide: Tab) -> None:
    wide.open("?page=wire", "Night ferry")
    wide.page.get_by_role("link", name="Night ferry").click()
    wide.sees("Credits")
    wide.page.go_back()
    wide.page.locator(".wd-wire").wait_for()


def test_the_map_shows_the_places_of_the_months(tab: Tab) -> None:
    tab.open("?page=datelines", "Helsinki")
    tab.page.locator("canvas, svg.marks").first.wait_for()
    tab.photograph("datelines")
    tab.page.get_by_label("To").select_option(index=1)
    tab.page.get_by_role("link", name="Helsinki").wait_for(state="detached")
    tab.sees("Suva")


def test_bylines_are_shown_by_month_and_filtered(tab: Tab) -> None:
    tab.open("?page=bylines", "Ingrid Solvang")
    tab.page.locator("canvas, svg.marks").first.wait_for()
    tab.photograph("bylines")
    tab.page.get_by_label("Person").fill("irazusta")
    tab.page.get_by_role("link", name="Ingrid Solvang").wait_for(state="detached")
    tab.sees("Facundo Irazusta")


def test_the_ledger_is_shown_for_all_sources_and_for_one(tab: Tab) -> None:
    tab.open("?page=sources", "413 bytes that are not text")
    tab.page.locator("canvas, svg.marks").first.wait_for()
    tab.photograph("sources")
    tab.page.get_by_role("link", name="world").first.click()
    tab.sees("an entry with neither title, text nor link")
    assert not tab.page.get_by_text("413 bytes").count()


def test_reprints_lead_to_the_copies_of_one(tab: Tab) -> None:
    tab.open("?page=reprints", "Stories that others carried")
    tab.photograph("reprints")
    tab.page.locator(".wd-table a").first.click()
    tab.sees("carried first")
    tab.page.locator("canvas, svg.marks").first.wait_for()
    tab.photograph("reprint")


def test_a_statement_is_run_and_a_wrong_one_explained(tab: Tab) -> None:
    tab.open("?page=sql", "Download as CSV")
    tab.photograph("sql")
    page = tab.page
    page.get_by_label("Statement").fill("SELECT 6 * 7 AS answer")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("cell", name="42").wait_for()
    with page.expect_download() as download:
        page.get_by_text("Download as CSV").click()
    assert Path(download.value.path()).read_text("utf-8").splitlines() == ["answer", "42"]
    page.get_by_label("Statement").fill("SELECT nope")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("alert").wait_for()
    assert "nope" in page.get_by_role("alert").inner_text()
    tab.photograph("sql-wrong")


def test_hostile_copy_does_nothing_in_a_browser(wide: Tab, found: Database) -> None:
    wide.open("?page=wire", "<script>window.taken=1</script>")
    wide.open(f"?page=story&story={key_of(found, 'Ministers')}", "onerror=window.taken=1")
    assert wide.page.evaluate("window.taken") is None


def test_the_desk_can_be_read_in_the_dark(chromium: Any, desk: str, found: Database) -> None:
    window = chromium.new_context(color_scheme="dark")
    tab = Tab(window, desk, 1280)
    tab.open(f"?page=story&story={key_of(found, SOY)}", "Credits")
    page_colour = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page_colour == "rgb(22, 25, 29)"
    tab.photograph("dark-story")
    tab.close()
    window.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "desk.evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 421),
    ],
)
def test_only_pages_of_the_desk_itself_get_an_answer(
    desk: str, headers: dict[str, str], status: int
) -> None:
    connection = HTTPConnection(urlsplit(desk).netloc)
    connection.request("GET", "/", headers=headers)
    answer = connection.getresponse()
    assert answer.status == status
    if status == 200:
        assert "default-src 'self'" in str(answer.getheader("content-security-policy"))
    connection.close()
