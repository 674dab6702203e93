"""Opens the report of a finished run in a browser: does it draw itself, without errors and without a network?

    SIGHTMILL_RUN=sightmill-out/quickstart pytest test_report.py

SIGHTMILL_RUN is the folder of a run that has its report.html. Screenshots go to SIGHTMILL_SHOTS, if that is set. The browser
is the Chromium on the PATH, or playwright's own.
"""

import json
import os
import pathlib
import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

MAX_BYTES = 20 << 20
VIEWS = {"light": (1280, 900), "dark": (1280, 900), "phone": (390, 844), "print": (900, 1200)}


@pytest.fixture(scope="module")
def report() -> pathlib.Path:
    run = os.environ.get("SIGHTMILL_RUN")
    assert run, "set SIGHTMILL_RUN to the folder of a finished run"
    page = pathlib.Path(run).resolve() / "report.html"
    assert page.is_file(), f"{page} is missing: run 'sightmill report'"
    return page


@pytest.fixture(scope="module")
def browser():
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        with playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"]) as opened:
            yield opened


@pytest.fixture(scope="module")
def data(report) -> dict:
    text = report.read_text(encoding="utf-8")
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL).group(1))


def opened(browser, report, view):
    """The page in a view, with the errors and the requests it made."""
    width, height = VIEWS[view]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if view == "dark" else "light",
        offline=True,
    )
    page = context.new_page()
    errors, requests = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: requests.append(request.url) if not request.url.startswith("data:") else None)
    page.goto(report.as_uri())
    if view == "print":
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    shots = os.environ.get("SIGHTMILL_SHOTS")
    if shots:
        pathlib.Path(shots).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(pathlib.Path(shots) / f"report-{view}.png"), full_page=True)
    return page, errors, requests


def test_the_file_is_small_enough_to_send(report):
    assert report.stat().st_size < MAX_BYTES


@pytest.mark.parametrize("view", VIEWS)
def test_it_draws_itself_without_errors_or_network(browser, report, view):
    page, errors, requests = opened(browser, report, view)
    assert errors == []
    assert requests == [report.as_uri()]
    charts = int(page.evaluate("document.documentElement.dataset.drawn"))
    assert charts >= 1
    # A chart that drew nothing is one colour throughout.
    blank = page.evaluate(
        """[...document.querySelectorAll('canvas')].filter(c => {
             const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
             for (let i = 4; i < d.length; i++) if (d[i] !== d[i % 4]) return false;
             return true;
           }).length"""
    )
    assert blank == 0
    assert page.locator("canvas").count() == charts


@pytest.mark.parametrize("view", ["light", "phone", "print"])
def test_nothing_sticks_out_sideways(browser, report, view):
    page, _, _ = opened(browser, report, view)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_dark_is_dark_and_light_is_light(browser, report):
    def brightness(view):
        page, _, _ = opened(browser, report, view)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3

    assert brightness("dark") < 60 < 200 < brightness("light")


def test_it_tells_the_counts_of_the_run(browser, report, data):
    page, _, _ = opened(browser, report, "light")
    text = page.inner_text("body")
    for step in data["funnel"]["steps"]:
        assert f"{step['rows']:,}" in text
    for reason in data["funnel"]["reasons"]:
        assert reason["code"] in text


def test_cards_show_their_pictures_and_mark_their_cues(browser, report, data):
    page, _, _ = opened(browser, report, "light")
    assert page.locator("#samples .sample").count() == len(data["samples"]) > 0
    assert page.locator("#samples .sample img").count() == sum("image" in card for card in data["samples"]) > 0
    broken = "[...document.querySelectorAll('.sample img')].filter(i => { i.loading = 'eager'; return i.complete && !i.naturalWidth; }).length"
    assert page.evaluate(broken) == 0
    cues = [cue for card in data["samples"] for cue in data["cue_words"] if cue in (card.get("reasoning") or "").lower()]
    assert (page.locator("#samples mark").count() > 0) == bool(cues)


def test_what_is_missing_is_said_and_has_no_section(browser, report, data):
    page, _, _ = opened(browser, report, "light")
    missing = page.locator("#missing li").all_inner_texts()
    assert len(missing) == len(data["missing"])
    assert page.locator("#training").count() == int("training" in data)
    assert page.locator("#benchmarks").count() == int("evaluations" in data)
    assert page.locator("#comparison").count() == int("comparison" in data)


def test_arms_have_their_accuracies_changes_and_costs(browser, report, data):
    if "comparison" not in data:
        pytest.skip("this run compared no arms")
    page, _, _ = opened(browser, report, "light")
    shown = page.locator("#benchmarks").inner_text() + page.locator("#comparison").inner_text()
    for arm in data["comparison"]["arms"]:
        assert arm["name"] in shown
        assert arm["decoding"] in shown
        for result in arm["benchmarks"]:
            for column in ("compatible", "lenient", "strict"):
                assert f"{100 * result[column]['value']:.1f}" in shown
    for run in data.get("training", []):
        assert f"{run['totals']['tokens']:,}" in page.locator("#cost").inner_text()
    assert page.locator("#comparison canvas").count() >= 1 or all(p["relative"] is None for p in data["comparison"]["pairs"])
