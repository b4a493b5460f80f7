"""Whether those can use a page who do not see it or have no mouse: what axe-core finds, and where the Tab key leads.

Looks at what the plugin has made of a page, since the rest is Jenkins'.
"""

import json

# What Jenkins' own tags put into the plugin's forms and pages, and cannot be mended there: by rule, the elements.
OF_JENKINS = {
    "tabindex": ".jenkins-help-button",  # f:helpLink has tabindex="9999", so that Tab comes by after all fields
    "label": "textarea, [type=checkbox]",  # f:textarea and f:checkbox take no aria-label, and f:entry and f:checkbox label nothing
    "select-name": ".credentials-select",  # c:select takes no aria-label
    "color-contrast": ".jenkins-page-description, .ok, .jenkins-alert *, .jenkins-edited-section-label, .error, .warning",  # the theme's colours of such texts
}

FOCUSABLE = 'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]'
MARGIN = 8
LOOKS = 5


class Barrier(Exception):
    """What keeps somebody from using a page."""


def check(chromium, axe, ours):
    """In words what holds: how many of axe-core's rules, and how many places that Tab leads to."""
    rules, stops = without_violations(chromium, axe, ours), walked(chromium, ours)
    sorted_by = sorted_by_enter(chromium) if chromium.run("!!document.querySelector('th[aria-sort]')") else ""
    return f"{rules} rules of axe-core hold, Tab leads to {stops} places{sorted_by}"


def without_violations(chromium, axe, ours):
    chromium.run(f"{axe}; 0")  # by the debugger, since the Content Security Policy stops a script element
    result = chromium.run(f"""axe.run({json.dumps(ours)}, {{resultTypes: ['violations']}}).then(result => ({{
        passes: result.passes.length,
        violations: result.violations.flatMap(rule => rule.nodes.map(node =>
            ({{rule: rule.id, help: rule.help, html: node.html, of: node.target.at(-1)}})))}}))""")
    violations = [f"{found['rule']}: {found['help']}: {found['html'][:200]}" for found in result["violations"]
                  if not is_of_jenkins(chromium, found)]
    if violations:
        raise Barrier("\n  ".join(violations))
    return result["passes"]


def is_of_jenkins(chromium, found):
    selector = OF_JENKINS.get(found["rule"])
    return selector is not None and chromium.run(
        f"document.querySelector({json.dumps(found['of'])}).matches({json.dumps(selector)})")


def walked(chromium, ours):
    """Tab from just before what is ours to its end: everything that can be used is on the way, and looks different there."""
    expected = chromium.run(f"""(() => {{
        const ours = document.querySelector({json.dumps(ours)});
        window.stops = [...ours.querySelectorAll({json.dumps(FOCUSABLE)})]
            .filter(element => element.checkVisibility({{visibilityProperty: true}}) && !element.disabled && element.tabIndex <= 0);
        const start = document.createElement('span');
        start.tabIndex = 0;
        ours.before(start);
        start.focus();
        return stops.length;
    }})()""")
    for number in range(expected):
        press(chromium, "Tab", 9)
        if chromium.run("stops.indexOf(document.activeElement)") != number:
            raise Barrier(f"Tab leads to {html(chromium, 'document.activeElement')}"
                          f" and not to {html(chromium, f'stops[{number}]')}")
        if not any(is_focus_seen(chromium, number) for _ in range(LOOKS)):
            raise Barrier(f"the focus is not to be seen on {html(chromium, f'stops[{number}]')}")
    return expected


def is_focus_seen(chromium, number):
    """One look may be too early on a busy machine, which has not drawn the focus yet."""
    chromium.run(f"stops[{number}].focus()")
    focused = picture_of(chromium, number)
    chromium.run("document.activeElement.blur()")
    return focused != picture_of(chromium, number)


def sorted_by_enter(chromium):
    """Enter in the head of a column that the page is not sorted by."""
    title = chromium.run("""(() => {
        const link = document.querySelector('th[aria-sort="none"] a');
        link.focus();
        return link.textContent.trim();
    })()""")
    chromium.follow(lambda: press(chromium, "Enter", 13))
    order = chromium.run(f"""[...document.querySelectorAll('th[aria-sort]')]
        .find(head => head.textContent.trim().startsWith({json.dumps(title)})).ariaSort""")
    if order != "ascending":
        raise Barrier(f"Enter in the head of '{title}' does not sort by it")
    return f", Enter sorts by {title}"


def press(chromium, key, code):
    text = {"text": "\r"} if key == "Enter" else {}
    for kind in ("keyDown", "keyUp"):
        chromium.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)


def html(chromium, element):
    return chromium.run(f"{element} ? {element}.cloneNode().outerHTML.slice(0, 200) : 'nothing'")


def picture_of(chromium, number):
    box = chromium.run(f"""(() => {{
        const box = stops[{number}].getBoundingClientRect();
        return {{x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height}};
    }})()""")
    clip = {"x": max(0, box["x"] - MARGIN), "y": max(0, box["y"] - MARGIN),
            "width": box["width"] + 2 * MARGIN, "height": box["height"] + 2 * MARGIN, "scale": 1}
    return chromium.call("Page.captureScreenshot", format="png", clip=clip)["data"]
