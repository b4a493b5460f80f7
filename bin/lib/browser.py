"""Chromium as a reader of pages: bin/pictures tells it what to open, and gets a picture of each, or why not.

Spoken to over --remote-debugging-pipe, since the command line alone knows no window narrower than 500 pixels, no form to
press and no severity of a console message. Needs nothing but Python's own library.

Usage: browser.py CHROMIUM JENKINS_URL FOLDER AXE < pictures
AXE is the file axe.min.js of axe-core. A line of the input: name | widthxheight | light or dark | language, en or de | path |
selector | JavaScript, optional. The JavaScript is done before the picture is taken; an element that it gives is what the picture
shows. What the selector leads to is looked at by accessibility.py. With $JENKINS_USER, as user:password, the reader has signed in.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import accessibility

PATIENCE_SECONDS = 60
MARGIN = 16
USER = os.environ.get("JENKINS_USER")
SIGNED_IN = {"Authorization": "Basic " + base64.b64encode(USER.encode()).decode()} if USER else {}
# Jenkins 2.541.3's new build page looks for a caption that it does not have, five seconds after it was loaded.
OF_JENKINS = "lib/hudson/build-caption.js"
DARK = (pathlib.Path(__file__).parent / "dark.css").read_text()


class PageFault(Exception):
    """What the browser found wrong with a page."""


class Chromium:
    def __init__(self, program, profile):
        from_here, self._out = os.pipe()
        self._in, to_here = os.pipe()
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{from_here} 4>&{to_here}', "bash", program, "--headless", "--no-sandbox",
             "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--no-first-run", "--hide-scrollbars", "--lang=en", f"--user-data-dir={profile}", "--remote-debugging-pipe"],
            pass_fds=(from_here, to_here), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_here)
        os.close(to_here)
        self._unread = b""
        self._number = 0
        self._session = {}
        self.events = []

    def close(self):
        self._process.terminate()
        self._process.wait()

    def call(self, method, **params):
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **self._session}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise PageFault(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def _read(self):
        while b"\0" not in self._unread:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise PageFault("Chromium has ended")
            self._unread += part
        line, self._unread = self._unread.split(b"\0", 1)
        return json.loads(line)

    def run(self, javascript):
        """The value of an expression, or of the promise that it is."""
        result = self.call("Runtime.evaluate", expression=javascript, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise PageFault(described(result["exceptionDetails"]))
        return result["result"].get("value")

    def new_tab(self):
        self._session = {}
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        self.events.clear()
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def open(self, url):
        loader = self.call("Page.navigate", url=url)["loaderId"]
        self._until(lambda: any(is_idle(event, loader) for event in self.events))

    def follow(self, action):
        """Does what leads to another page, and waits for that."""
        self.events.clear()
        action()
        self._until(lambda: any(is_idle(event, loader) for loader in loaders(self.events) for event in self.events))

    def _until(self, loaded):
        end = time.monotonic() + PATIENCE_SECONDS
        while not loaded():
            if time.monotonic() > end:
                raise PageFault(f"not loaded after {PATIENCE_SECONDS} seconds")
            time.sleep(0.1)
            self.call("Page.getFrameTree")  # which reads the events until then


def loaders(events):
    return [event["params"]["frame"]["loaderId"] for event in events if event.get("method") == "Page.frameNavigated"]


def is_idle(event, loader):
    params = event.get("params", {})
    return event.get("method") == "Page.lifecycleEvent" and (params["name"], params["loaderId"]) == ("networkIdle", loader)


def described(exception):
    return exception.get("exception", {}).get("description", exception["text"])


def faults(events):
    """JavaScript errors, whatever the Content Security Policy has stopped, and files that are missing."""
    return (fault for fault in all_faults(events) if OF_JENKINS not in fault)


def all_faults(events):
    for event in events:
        params = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown":
                yield described(params["exceptionDetails"])
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "assert"):
                yield " ".join(str(part.get("value", part.get("description"))) for part in params["args"])
            case "Log.entryAdded" if params["entry"]["level"] == "error":
                yield f"{params['entry']['text']} {params['entry'].get('url', '')}".strip()


def picture(chromium, url, width, height, theme, language, javascript):
    chromium.new_tab()
    chromium.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": language, **SIGNED_IN})
    chromium.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    chromium.call("Emulation.setEmulatedMedia", features=[
        {"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}])
    if theme == "dark":
        chromium.call("Page.addScriptToEvaluateOnNewDocument", source=f"""
            const dark = new CSSStyleSheet();
            dark.replaceSync({json.dumps(DARK)});
            document.adoptedStyleSheets = [dark];""")
    chromium.open(url)
    box = chromium.run(f"""(async () => {{
        const within = seconds => test => new Promise((done, fail) => {{
            const end = Date.now() + seconds * 1000;
            (function look() {{
                const found = test();
                if (found) done(found);
                else if (Date.now() > end) fail(new Error('in vain for ' + seconds + ' seconds: ' + test));
                else setTimeout(look, 100);
            }})();
        }});
        const appears = within({PATIENCE_SECONDS});
        const shown = await (async () => {{ {javascript} }})();
        for (const animation of document.getAnimations()) {{
            if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
        }}
        const box = shown ? shown.getBoundingClientRect() : document.documentElement.getBoundingClientRect();
        return {{left: shown ? box.left + scrollX : 0, top: shown ? box.top + scrollY : 0,
            width: shown ? box.width : innerWidth, height: shown ? box.height : innerHeight,
            margin: shown ? {MARGIN} : 0, page: document.documentElement.scrollWidth}};
    }})()""")
    found = list(faults(chromium.events))
    if chromium.run("document.body.innerText.includes('Oops!')"):
        found.append("Jenkins says 'Oops!'")
    if box["page"] > width:
        found.append(f"the page is {box['page']} pixels wide in a window of {width}")
    if found:
        raise PageFault("\n  ".join(dict.fromkeys(found)))
    left, top = max(0, box["left"] - box["margin"]), max(0, box["top"] - box["margin"])
    clip = {"x": left, "y": top, "width": min(width - left, box["width"] + 2 * box["margin"]),
            "height": box["height"] + 2 * box["margin"], "scale": 1}
    shot = chromium.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    return base64.b64decode(shot["data"])


def main(program, jenkins, folder, axe_file):
    bad = 0
    axe = pathlib.Path(axe_file).read_text()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        chromium = Chromium(program, profile)
        try:
            for line in filter(str.strip, sys.stdin):
                name, size, theme, language, path, ours, *javascript = (part.strip() for part in line.split("|", 6))
                shown = f"{name}: {path}, {size}, {theme}, {language}"
                try:
                    png = picture(chromium, jenkins + path, *map(int, size.split("x")), theme, language, "".join(javascript))
                    pathlib.Path(folder, f"{name}.png").write_bytes(png)
                    print(f"{shown}: {accessibility.check(chromium, axe, ours)}")
                except (PageFault, accessibility.Barrier) as fault:
                    bad += 1
                    print(f"{shown}, is faulty:\n  {fault}", file=sys.stderr)
        finally:
            chromium.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
