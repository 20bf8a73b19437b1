"""What the tests ask the page itself: JavaScript, evaluated in it."""

NOT_HIDDEN = "all => all.filter(n => !n.closest('[hidden]')).map(n => n.id)"

CONFLICTING = """all => all
    .filter(n => (n.dataset.c || n.parentNode.id).split(/[ -]/).includes('conflicting')).map(n => n.id)"""

MIDDLE = "all => all[Math.floor(all.length / 2)].id"

NEXT_FRAME = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"

READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd / 1000"

LOADS_SOMETHING = """document.querySelectorAll(
    'script[src], link[rel=stylesheet], img, iframe, object, embed, form[action]').length"""

# What the content-security policy has to stop.
BREAK_IN = """() => {
    window.done = [];
    const script = document.createElement('script');
    script.textContent = 'window.done.push("script")';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend',
        '<img src="data:x" onerror="window.done.push(1)"><p id=styled style="color: red">x</p>');
}"""
CALL_OUT = "fetch('https://example.org/').then(() => 'sent', () => 'refused')"

BEFORE = "all => all.map(n => getComputedStyle(n, '::before').content)"

SIGNS = """all => all.map(g => [
    [...g.classList].find(c => c.startsWith('st-')).slice(3),
    [...g.querySelectorAll('use')].map(u => u.getAttribute('href')),
])"""

SHAPES = """all => all.map(u => document.querySelector(u.getAttribute('href')).innerHTML)"""

LOST_LINKS = """[...document.querySelectorAll('a[href^="#"]')]
    .map(a => decodeURIComponent(a.getAttribute('href').slice(1)))
    .filter(id => !document.getElementById(id))"""

DOUBLE_IDS = """(() => {
    const seen = new Set();
    return [...document.querySelectorAll('[id]')]
        .map(n => n.id).filter(id => seen.size === seen.add(id).size);
})()"""

NAMELESS = """[...document.querySelectorAll(
        'a, button, input, select, summary, svg:not([aria-hidden]):not(.scroll svg)')]
    .filter(n => !(n.textContent.trim() || n.getAttribute('aria-label') || n.labels?.length))
    .map(n => n.outerHTML.slice(0, 120))"""

# WCAG 2.2, relative luminance and contrast ratio.
LOW_CONTRAST = """() => {
    const canvas = document.createElement('canvas')
        .getContext('2d', { willReadFrequently: true });
    const rgba = color => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const linear = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
    const ground = node => {
        for (; node; node = node.parentElement) {
            const color = rgba(getComputedStyle(node).backgroundColor);
            if (color[3] > 250) return color;
        }
        return [255, 255, 255, 255];
    };
    const bad = new Map();
    for (const n of document.querySelectorAll('body *')) {
        const hasText = [...n.childNodes].some(t => t.nodeType === 3 && t.data.trim());
        if (!hasText || n.matches('title') || n.closest('.sr, .defs, .skip, [hidden]')) continue;
        const style = getComputedStyle(n), svg = n.namespaceURI.endsWith('svg');
        if (!svg && !n.getClientRects().length) continue;
        const ink = light(rgba(svg ? style.fill : style.color)), paper = light(ground(n));
        const ratio = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
        const name = `${n.tagName}.${n.getAttribute('class')} in ${n.parentElement.className}`;
        if (ratio < 4.5) bad.set(name, ratio.toFixed(2));
    }
    return [...bad];
}"""

FOREIGN_ELEMENTS = """[...document.querySelectorAll('iframe, img, object, embed, base,'
        + 'form[action], body meta, body link, body script, body style')]
    .map(n => n.outerHTML.slice(0, 100))"""

HANDLERS = """[...document.querySelectorAll('*')].flatMap(n => n.getAttributeNames()
    .filter(a => a.startsWith('on') || ['style', 'ping', 'srcset', 'target'].includes(a)))"""

LINKS_OUT = """[...document.querySelectorAll('a[href]')]
    .map(a => a.getAttribute('href')).filter(h => !h.startsWith('#'))"""

# Paragraphs of claims on lines of fewer than some ten letters.
NARROW = """[...document.querySelectorAll('li.c p, li.c dl')]
    .filter(n => n.checkVisibility() && n.getClientRects().length)
    .filter(n => n.clientWidth < 6 * parseFloat(getComputedStyle(n).fontSize))
    .map(n => `${n.clientWidth}: ${n.textContent.slice(0, 80)}`)"""
