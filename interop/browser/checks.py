"""The page of a release in a real browser.

Every page that is opened here is watched: a console message, an error of the script, a violation
of the content-security policy or a request for anything but the page itself fails the test.
"""

from __future__ import annotations

import http.server
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

import probes

MADE = Path(os.environ["STEMMA_PAGES_MADE"])
OTHERS = [Path(p) for p in os.environ.get("STEMMA_PAGES", "").split(os.pathsep) if p]
SHOTS = os.environ.get("STEMMA_SHOTS")

# What a reader waits for at most, on a machine that does other things too.
SECONDS_TO_INTERACTIVE = 6
SECONDS_TO_FILTER = 2
MEGABYTES = 15

# The questions on one measure of the hostile dataset.
MANY = 300


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=os.environ["STEMMA_CHROMIUM"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page by its name and hash, watched until the test ends."""
    contexts, complaints = [], []

    def note_request(request: Request, address: str) -> None:
        if request.url.partition("#")[0] != address:
            complaints.append(f"asked for {request.url[:200]}")

    def go(name: str, hash_: str = "", address: str = "", **options: object) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        address = address or (MADE / f"{name}.html").as_uri()
        page.on("console", lambda m: complaints.append(f"console: {m.text[:300]}"))
        page.on("pageerror", lambda e: complaints.append(f"error: {e}"))
        page.on("request", lambda r: note_request(r, address))
        page.on("popup", lambda p: complaints.append(f"opened {p.url}"))
        page.on("dialog", lambda d: complaints.append(f"dialog {d.message}"))
        page.goto(address + hash_)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def settle(page: Page) -> None:
    """Wait until what was typed has been looked for and drawn."""
    page.wait_for_timeout(260)
    page.evaluate(probes.NEXT_FRAME)


def shown(page: Page, selector: str = "article.q") -> list[str]:
    return page.eval_on_selector_all(selector, probes.NOT_HIDDEN)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_loads_and_asks_nobody(visit: Callable[..., Page]) -> None:
    page = visit("own")
    assert page.locator("h1").inner_text()
    n = len(shown(page))
    assert n > 50
    assert page.locator("#f-count").inner_text().startswith(f"{n} questions")
    assert page.locator("article.e").count() > 5
    assert page.locator("article.s").count() > 20
    assert page.evaluate(probes.LOADS_SOMETHING) == 0


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages over HTTP, where a browser would ask for an icon."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(MADE)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_asks_nobody_over_http(visit: Callable[..., Page]) -> None:
    with served() as base:
        page = visit("own", address=base + "own.html")
        page.mouse.wheel(0, 20000)
        settle(page)


def test_the_policy_is_enforced(browser: Browser) -> None:
    """Without it, what these do would work; so a page without the policy fails here."""
    page = browser.new_page()
    page.goto((MADE / "own.html").as_uri())
    page.evaluate(probes.BREAK_IN)
    page.wait_for_timeout(200)
    assert page.evaluate("window.done") == []
    color = page.evaluate("getComputedStyle(document.getElementById('styled')).color")
    assert color != "rgb(255, 0, 0)"
    assert page.evaluate(probes.CALL_OUT) == "refused"
    page.close()


def test_filter_by_class_and_its_counts(visit: Callable[..., Page]) -> None:
    page = visit("own")
    expected = page.eval_on_selector_all("article.q", probes.CONFLICTING)
    page.check("input[value=conflicting]")
    assert shown(page) == expected
    assert f"{len(expected)} of " in page.locator("#f-count").inner_text()
    assert page.locator("#n-questions").inner_text() == str(len(expected))
    assert page.url.endswith("#class=conflicting")
    page.check("input[value=denied]")
    assert len(shown(page)) > len(expected)
    page.click("#f-reset")
    settle(page)
    assert "#" not in page.url
    assert "of" not in page.locator("#f-count").inner_text()


def test_filter_by_actor_measure_and_text(visit: Callable[..., Page]) -> None:
    page = visit("own")
    everything = len(shown(page))
    page.select_option("#f-actor", "act-ttp")
    of_actor = shown(page)
    assert 0 < len(of_actor) < everything
    page.select_option("#f-measure", "msr-fighter-strength")
    both = shown(page)
    assert set(both) < set(of_actor)
    page.fill("#f-text", "NEARLY 6,000")
    settle(page)
    assert 0 < len(shown(page)) <= len(both)
    page.fill("#f-text", "no such words anywhere")
    settle(page)
    assert shown(page) == []
    assert page.locator("#nothing").is_visible()
    page.click("#f-reset-2")
    settle(page)
    assert len(shown(page)) == everything
    assert focused(page) == "f-text"


def test_the_address_holds_the_filter(visit: Callable[..., Page]) -> None:
    page = visit("own")
    page.fill("#f-text", 'fighters & more? "x"')
    page.check("input[value=corroborated]")
    settle(page)
    again = visit("own", "#" + page.url.partition("#")[2])
    assert again.input_value("#f-text") == 'fighters & more? "x"'
    assert again.is_checked("input[value=corroborated]")
    assert shown(again) == shown(page)
    odd = visit("own", "#class=nothing,__proto__&actor=%3Cscript%3E&measure=x&other=1")
    assert len(shown(odd)) > 50
    visit("own", "#%E0%A4%A")


@pytest.mark.parametrize("prefix", ["q-", "clm-", "src-", "evt-"])
def test_deep_links(visit: Callable[..., Page], prefix: str) -> None:
    page = visit("own")
    target = page.eval_on_selector_all(f"[id^='{prefix}']", probes.MIDDLE)
    there = visit("own", "#" + target)
    settle(there)
    assert focused(there) == target
    box = there.locator(f"[id='{target}']").bounding_box()
    assert box is not None and -5 <= box["y"] < 880


def test_every_link_of_the_page_leads_somewhere(visit: Callable[..., Page]) -> None:
    for name in ("own", "hostile"):
        page = visit(name)
        assert page.evaluate(probes.LOST_LINKS) == []
        assert page.evaluate(probes.DOUBLE_IDS) == []


def test_a_link_out_of_the_filter_shows_its_target(visit: Callable[..., Page]) -> None:
    page = visit("own", "#class=conflicting")
    hidden = page.eval_on_selector_all("article.q[hidden] li.c[id]", "all => all[0].id")
    page.evaluate("id => { location.hash = id; }", hidden)
    settle(page)
    assert focused(page) == hidden
    assert not page.is_checked("input[value=conflicting]")
    assert "filter was cleared" in page.locator("#f-note").inner_text()
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 0 <= top < 450


def test_ids_that_are_short_or_unknown(visit: Callable[..., Page]) -> None:
    page = visit("own", "#q-doesnotexist")
    assert "no “q-doesnotexist” in this release" in page.locator("#f-note").inner_text()
    wanted = shown(page)[-1]
    page.evaluate("id => { location.hash = id; }", wanted[:-4])
    settle(page)
    assert focused(page) == wanted
    assert page.locator("#f-note").inner_text() == ""


def test_search_does_not_mind_how_digits_are_grouped(visit: Callable[..., Page]) -> None:
    found = []
    for text in ("6,000", "6000"):
        page = visit("own", f"#text={text}")
        found.append(shown(page))
    assert found[0]
    assert found[0] == found[1]


def test_a_search_without_a_hit_shows_no_timeline(visit: Callable[..., Page]) -> None:
    page = visit("own", "#text=zzzzqqqq")
    assert page.locator("#nothing").is_visible()
    assert not page.locator(".overview").is_visible()


def test_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("own")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    settle(page)
    assert focused(page) == "questions"
    page.keyboard.press("/")
    assert focused(page) == "f-text"
    page.keyboard.type("kabul")
    page.keyboard.press("Enter")
    settle(page)
    ids = shown(page)
    assert focused(page) == ids[0]
    page.keyboard.press("j")
    assert focused(page) == ids[1]
    page.keyboard.press("k")
    assert focused(page) == ids[0]
    page.keyboard.press("Enter")
    assert page.locator(f"[id='{ids[0]}'] details:not([open])").count() == 0
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert page.input_value("#f-text") == ""
    assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0


def test_structure_for_screen_readers(visit: Callable[..., Page]) -> None:
    page = visit("own")
    for role in ("main", "banner", "navigation", "search"):
        assert page.get_by_role(role).count() == 1, role
    assert page.locator("h1").count() == 1
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(n => +n.tagName[1])")
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert page.locator("#f-count").get_attribute("aria-live") == "polite"
    assert page.evaluate(probes.NAMELESS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(visit: Callable[..., Page], scheme: str) -> None:
    """Text against what is behind it: WCAG 2.2, 1.4.3 (AA)."""
    page = visit("own", color_scheme=scheme)
    assert page.evaluate(probes.LOW_CONTRAST) == []


def test_denials_do_not_depend_on_colour(visit: Callable[..., Page]) -> None:
    page = visit("own")
    rows = page.locator(".chart li.denies > p:first-child")
    assert rows.count() > 5
    assert all("✕" in content for content in rows.evaluate_all(probes.BEFORE))
    assert page.locator("li.c.denies").count() > 5
    texts = page.locator("li.c.denies > p:first-child > b").all_text_contents()
    assert all(t.startswith(("denies", "rules out")) for t in texts)
    chips = page.locator(".chips .denies")
    assert chips.count() > 0
    assert all(t.startswith("denies") for t in chips.all_text_contents())


def test_states_do_not_depend_on_colour(visit: Callable[..., Page]) -> None:
    """Each state of an event has a sign of its own shape, and is said in words."""
    page = visit("own")
    signs = page.eval_on_selector_all(".overview .lanes g", probes.SIGNS)
    assert len({state for state, _ in signs}) > 3
    assert all(f"#s-{state}" in used for state, used in signs)
    shapes = page.eval_on_selector_all(".states svg use", probes.SHAPES)
    assert len(set(shapes)) == len(shapes) > 6
    rows = page.locator(".overview li:has(.lanes) > p > span")
    assert rows.count() == page.locator(".overview li:has(.lanes)").count()


def test_dark_and_light(visit: Callable[..., Page]) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit("own", color_scheme="light"), visit("own", color_scheme="dark")
    assert light.evaluate(paper) != dark.evaluate(paper)
    bright = light.evaluate(paper)
    dark.click("#f-theme")
    assert "light" in dark.locator("#f-theme").inner_text()
    assert dark.evaluate(paper) == bright
    dark.reload()
    assert dark.evaluate(paper) == bright
    dark.click("#f-theme")
    assert dark.evaluate(paper) != bright


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 2200])
@pytest.mark.parametrize("name", ["own", "hostile"])
def test_nothing_sticks_out(visit: Callable[..., Page], name: str, width: int) -> None:
    page = visit(name, viewport={"width": width, "height": 800})
    page.evaluate(probes.OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["own", "large"])
def test_without_script(visit: Callable[..., Page], name: str) -> None:
    with_script = visit(name)
    n = len(shown(with_script))
    page = visit(name, java_script_enabled=False)
    assert page.locator("article.q").count() == n
    last = page.locator("article.q li.c").last
    last.scroll_into_view_if_needed()
    assert last.is_visible()
    assert not page.locator("#filter").is_visible()
    assert not page.locator("#f-theme").is_visible()
    if name == "own":
        fold = page.locator("li.c details").nth(40)
        fold.locator("summary").click()
        assert fold.locator("dl").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("open_all", [False, True])
def test_claims_are_wide_enough_without_script(
    visit: Callable[..., Page], width: int, open_all: bool
) -> None:
    page = visit("own", java_script_enabled=False, viewport={"width": width, "height": 900})
    if open_all:
        page.evaluate(probes.OPEN_ALL)
    assert page.evaluate(probes.NARROW) == []


@pytest.mark.parametrize("name", ["hostile", "hostile-packed"])
def test_hostile_dataset(visit: Callable[..., Page], name: str) -> None:
    page = visit(name)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("noscript").count() == 0
    assert page.locator("article.q li.c").count() > 30
    page.evaluate(probes.OPEN_ALL)
    page.mouse.wheel(0, 50000)
    for box in page.locator("input[name=class]").all():
        box.check()
    page.fill("#f-text", "<script>")
    settle(page)
    assert len(shown(page)) > 3
    assert page.evaluate("[window.broken, parent.broken]") == [None, None]
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.locator("script").count() == 1
    assert page.locator("style").count() == 1
    assert page.evaluate(probes.FOREIGN_ELEMENTS) == []
    assert page.evaluate(probes.HANDLERS) == []
    out = page.evaluate(probes.LINKS_OUT)
    assert out and all(h.startswith(("http://", "https://example.org/", "./tables/")) for h in out)
    assert not any("user:secret" in h or h == "http://" for h in out)
    assert page.locator("a.out").count() > 3
    assert page.locator("meta[name=referrer]").get_attribute("content") == "no-referrer"
    content = page.content()
    assert not any(chr(c) in content for c in (0x202E, 0x202A, 0x2066, 0x2067, 0x2028, 7))


@pytest.mark.parametrize("name", ["hostile", "hostile-packed"])
def test_many_questions_on_one_measure(visit: Callable[..., Page], name: str) -> None:
    page = visit(name)
    everything = len(shown(page))
    page.select_option("#f-measure", "msr-many")
    ids = shown(page)
    assert len(ids) == MANY < everything
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    there = visit(name, "#measure=msr-many")
    assert shown(there) == ids


@pytest.mark.parametrize("name", ["hostile", "hostile-packed"])
def test_hostile_dataset_without_script(visit: Callable[..., Page], name: str) -> None:
    page = visit(name, java_script_enabled=False)
    assert page.locator("article.q li.c").count() > 30
    assert page.locator("script").count() == 1
    assert page.locator("iframe, img, base, body meta, body style").count() == 0


def test_ten_thousand_claims(
    visit: Callable[..., Page], capsys: pytest.CaptureFixture[str]
) -> None:
    size = (MADE / "large.html").stat().st_size / 1e6
    page = visit("large")
    ready = page.evaluate(probes.READY)
    total = len(shown(page))
    page.fill("#f-text", "town 3 measure number 7")
    settle(page)
    found = shown(page)
    assert 0 < len(found) < total
    page.locator(f"[id='{found[-1]}']").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert page.locator(f"[id='{found[-1]}'] li.c").count() > 0
    start = page.evaluate("performance.now()")
    page.check("input[value=conflicting]")
    page.evaluate(probes.NEXT_FRAME)
    filtered = (page.evaluate("performance.now()") - start) / 1000
    there = visit("large", "#clm-7654")
    settle(there)
    assert focused(there) == "clm-7654"
    box = there.locator("#clm-7654").bounding_box()
    assert box is not None and -5 <= box["y"] < 880
    with capsys.disabled():
        print(f"\n10,000 claims, {total} questions: {size:.1f} MB, ", end="")
        print(f"ready after {ready:.2f} s, filtered in {filtered:.2f} s")
    assert ready < SECONDS_TO_INTERACTIVE
    assert filtered < SECONDS_TO_FILTER
    assert size < MEGABYTES


def test_prints(visit: Callable[..., Page]) -> None:
    page = visit("own")
    page.emulate_media(media="print")
    assert not page.locator("#filter").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator("article.q .tree svg").first.is_visible()
    assert page.pdf(format="A4", print_background=True).startswith(b"%PDF")


if OTHERS:

    @pytest.mark.parametrize("path", OTHERS, ids=lambda p: p.parent.name)
    def test_page_of_a_release(visit: Callable[..., Page], path: Path) -> None:
        page = visit(path.stem, address=path.as_uri())
        assert page.locator("h1").inner_text()
        page.mouse.wheel(0, 20000)
        settle(page)


VIEWS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 360, "height": 780}, "device_scale_factor": 2},
}
PARTS = ("overview", "questions", "class-denied", "events", "sources", "about")

if SHOTS:

    @pytest.mark.parametrize("name", ["own", "hostile", "large"])
    def test_pictures(visit: Callable[..., Page], name: str) -> None:
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        for view, options in VIEWS.items():
            page = visit(name, **options)
            for part in PARTS:
                if page.locator(f"#{part}").count():
                    page.evaluate("id => document.getElementById(id).scrollIntoView()", part)
                    settle(page)
                    page.screenshot(path=folder / f"{name}-{view}-{part}.png")
        if name == "own":
            page.emulate_media(media="print")
            page.pdf(path=folder / "own.pdf", format="A4", print_background=True)
