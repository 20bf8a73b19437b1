// What the page can do beyond being read: filter, keep the filter in the
// address, move by keys, choose colours. Nothing is drawn or fetched here.
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');

  // Storage can be forbidden, above all for pages that were opened as files.
  const memory = {
    get() { try { return localStorage.getItem('stemma-colours'); } catch { return null; } },
    set(v) { try { localStorage.setItem('stemma-colours', v); } catch { /* then it is not kept */ } },
  };
  const themes = ['', 'light', 'dark'];
  let theme = themes.includes(memory.get()) ? memory.get() : '';
  const paint = () => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  };
  paint();

  // Letters without their marks, so that "Muhammad" finds "Muḥammad".
  // Digits without what groups them: "6000" and "6 000" find "6,000".
  const fold = s => s.normalize('NFKD').replace(/\p{M}/gu, '').replace(/(?<=\d)[,'\u2019\u066c ](?=\d{3}(?!\d))/g, '').toLowerCase();
  const number = new Intl.NumberFormat('en');

  document.addEventListener('DOMContentLoaded', () => {
    const at = id => document.getElementById(id);
    const form = at('filter'), text = at('f-text'), actor = at('f-actor'), measure = at('f-measure');
    const boxes = [...form.querySelectorAll('input[name=class]')];
    const list = selector => [...document.querySelectorAll(selector)].map(node => ({
      node, classes: (node.dataset.c || node.parentNode.id.slice('class-'.length)).split(' '), measure: node.dataset.m,
      people: (node.dataset.p || '').split(' '), shown: true, words: null,
    }));
    const questions = list('article.q'), events = list('article.e'), sources = list('article.s');
    for (const i of [...questions, ...events, ...sources]) i.node.tabIndex = -1;
    const shelves = [...document.querySelectorAll('.shelf[id]')].map(node => ({
      node, count: node.querySelector('h3 .n'), items: questions.filter(q => q.node.parentNode === node),
    }));
    const rows = new Map([...document.querySelectorAll('[data-for]')].map(n => [n.dataset.for, n]));
    const counts = new Map([...form.querySelectorAll('[data-n]')].map(n => [n.dataset.n, n]));

    // Of a large dataset, a question is only its title and a piece of text: what
    // browsers without script show. It is unpacked when somebody is about to see
    // it. The text is ours: Go has escaped everything in it.
    const packed = node => node.querySelector('noscript');
    function unpack(node) {
      const text = packed(node);
      if (!text) return;
      const box = document.createElement('template');
      box.innerHTML = text.textContent;
      text.replaceWith(box.content);
    }
    const watch = new IntersectionObserver(seen => {
      for (const s of seen) if (s.isIntersecting) { watch.unobserve(s.target); unpack(s.target); }
    }, { rootMargin: '1200px' });
    for (const q of questions) if (packed(q.node)) watch.observe(q.node);
    const signs = { amp: '&', lt: '<', gt: '>', '#34': '"', '#39': "'", '#43': '+', '#96': '`' };
    const plain = html => html.replace(/<[^>]*>/g, ' ').replace(/&(#?\w+);/g, (all, name) => signs[name] ?? all);
    function find(id) {
      if (!at(id)) {
        const sought = `id="${id}"`, q = questions.find(x => packed(x.node)?.textContent.includes(sought));
        if (q) unpack(q.node);
      }
      return at(id);
    }

    const hasWords = (item, wanted) => {
      if (!wanted.length) return true;
      if (item.words === null) {
        const text = packed(item.node);
        item.words = fold(text ? item.node.firstElementChild.textContent + ' ' + plain(text.textContent) : item.node.textContent);
      }
      return wanted.every(w => item.words.includes(w));
    };
    const show = (item, yes) => {
      if (item.shown !== yes) item.node.hidden = !(item.shown = yes);
    };
    const state = () => ({
      text: text.value.trim(), actor: actor.value, measure: measure.value,
      classes: boxes.filter(b => b.checked).map(b => b.value),
    });
    const shown = items => items.reduce((n, i) => n + i.shown, 0);
    const of = (items, noun) => {
      const n = shown(items);
      return (n === items.length ? number.format(n) : `${number.format(n)} of ${number.format(items.length)}`) + ' ' + noun + (items.length === 1 ? '' : 's');
    };

    function apply() {
      const s = state(), wanted = fold(s.text).split(/\s+/).filter(Boolean), found = new Map();
      for (const q of questions) {
        const rest = (!s.actor || q.people.includes(s.actor)) && (!s.measure || q.measure === s.measure) && hasWords(q, wanted);
        // Being denied is a second dimension: such a question is found by two classes.
        const isDenied = q.classes.some(c => c.startsWith('denied'));
        if (rest) for (const c of q.classes) {
          const n = found.get(c) || [0, 0];
          n[isDenied && !c.startsWith('denied') ? 1 : 0]++;
          found.set(c, n);
        }
        show(q, rest && (!s.classes.length || s.classes.some(c => q.classes.includes(c))));
      }
      for (const e of events) {
        show(e, (!s.actor || e.people.includes(s.actor)) && hasWords(e, wanted));
        const row = rows.get(e.node.id);
        if (row) row.hidden = !e.shown;
      }
      for (const x of sources) show(x, hasWords(x, wanted));
      for (const shelf of shelves) {
        const n = shown(shelf.items);
        shelf.node.hidden = n === 0;
        shelf.count.textContent = n === shelf.items.length ? number.format(n) : `${number.format(n)} of ${number.format(shelf.items.length)}`;
      }
      for (const [name, node] of counts) {
        const [own, also] = found.get(name) || [0, 0];
        node.textContent = number.format(own) + (also ? ` + ${number.format(also)}` : '');
        node.parentNode.classList.toggle('none', own + also === 0);
      }
      at('n-questions').textContent = number.format(shown(questions));
      at('n-events').textContent = number.format(shown(events));
      at('n-sources').textContent = number.format(shown(sources));
      at('f-count').textContent = [of(questions, 'question'), of(events, 'event'), of(sources, 'source')].join(', ');
      const drawing = document.querySelector('.overview');
      if (drawing) drawing.hidden = events.length > 0 && shown(events) === 0;
      at('nothing').hidden = !questions.length || shown(questions) > 0;
      return s;
    }

    // The address: #text=…&class=a,b&actor=…&measure=…, or #id.
    function write(s) {
      const p = new URLSearchParams();
      if (s.text) p.set('text', s.text);
      if (s.classes.length) p.set('class', s.classes.join(','));
      if (s.actor) p.set('actor', s.actor);
      if (s.measure) p.set('measure', s.measure);
      const hash = p.toString();
      if (hash || location.hash.includes('=')) history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
    }
    function read(hash) {
      const p = new URLSearchParams(hash), classes = (p.get('class') || '').split(',');
      text.value = p.get('text') || '';
      for (const b of boxes) b.checked = classes.includes(b.value);
      for (const [select, name] of [[actor, 'actor'], [measure, 'measure']]) {
        select.value = p.get(name) || '';
        if (select.selectedIndex < 0) select.value = '';
      }
    }
    const note = text => { at('f-note').textContent = text; };
    // The beginning of an id will do, where only one begins so.
    function named(short) {
      const all = short.length < 3 ? [] : [...document.querySelectorAll('article[id]')].filter(n => n.id.startsWith(short) || n.id.startsWith('q-' + short));
      return all.length === 1 ? all[0].id : '';
    }
    // What a link leads to is shown, whatever the filter says.
    function reveal(id) {
      const node = find(id) || find(named(id));
      if (!node) { note(`There is no “${id.slice(0, 80)}” in this release.`); return; }
      if (node.closest('[hidden]')) { read(''); apply(); note('The filter was cleared, to show what the link leads to.'); }
      for (let d = node.closest('details'); d; d = d.parentNode.closest('details')) d.open = true;
      if (!node.hasAttribute('tabindex')) node.tabIndex = -1;
      node.focus({ preventScroll: true });
      node.scrollIntoView();
      // Cards that come into view turn out higher or lower than was guessed.
      let rounds = 4;
      const again = () => {
        if (rounds-- && Math.abs(node.getBoundingClientRect().top) > innerHeight * .3) { node.scrollIntoView(); requestAnimationFrame(again); }
      };
      requestAnimationFrame(() => requestAnimationFrame(again));
    }
    function follow() {
      let hash = location.hash.slice(1);
      note('');
      if (hash.includes('=')) { read(hash); apply(); return; }
      try { hash = decodeURIComponent(hash); } catch { /* it leads nowhere */ }
      if (hash) reveal(hash);
    }

    const wide = matchMedia('(min-width: 60.01rem)');
    let wait = 0;
    const change = () => { note(''); write(apply()); };
    form.addEventListener('submit', e => e.preventDefault());
    form.addEventListener('change', e => {
      if (e.target === text) return;
      change();
      // Whoever chooses beside the overview is shown what is left.
      if (wide.matches && at('questions').getBoundingClientRect().top > innerHeight * .7) at('questions').scrollIntoView();
    });
    text.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(change, questions.length > 500 ? 200 : 60); });
    form.addEventListener('reset', () => setTimeout(change));
    at('f-reset-2').addEventListener('click', () => { form.reset(); text.focus(); });
    addEventListener('hashchange', follow);
    // A second click on the same link changes no address, but leads there too.
    document.addEventListener('click', e => {
      const a = e.target.closest('a[href^="#"]');
      if (a && a.getAttribute('href') === location.hash) follow();
    });

    const current = () => document.activeElement.closest('article.q');
    function move(step) {
      const visible = questions.filter(q => q.shown), here = visible.findIndex(q => q.node === current());
      const next = visible[here < 0 ? (step > 0 ? 0 : visible.length - 1) : here + step];
      if (!next) return;
      next.node.focus({ preventScroll: true });
      next.node.scrollIntoView({ block: 'start' });
    }
    document.addEventListener('keydown', e => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
      const inField = /^(input|select|textarea)$/i.test(e.target.tagName);
      if (e.target === text) {
        if (e.key === 'Escape') { if (text.value) { text.value = ''; change(); } text.blur(); }
        else if (e.key === 'Enter' || e.key === 'ArrowDown') { e.preventDefault(); clearTimeout(wait); change(); move(1); }
        return;
      }
      if (inField) return;
      const onQuestion = e.target.matches('article.q');
      if (onQuestion) unpack(e.target);
      if (e.key === '/') { e.preventDefault(); at('filter-fold').open = true; text.focus(); text.select(); }
      else if (e.key === 'j' || (onQuestion && e.key === 'ArrowDown')) { e.preventDefault(); move(1); }
      else if (e.key === 'k' || (onQuestion && e.key === 'ArrowUp')) { e.preventDefault(); move(-1); }
      else if (onQuestion && e.key === 'Enter') {
        const folds = [...e.target.querySelectorAll('details')], open = folds.some(d => !d.open);
        for (const d of folds) d.open = open;
      }
    });

    const names = { '': 'as the system', light: 'light', dark: 'dark' };
    const button = at('f-theme');
    const label = () => { button.textContent = 'Colours: ' + names[theme]; };
    button.addEventListener('click', () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      memory.set(theme); paint(); label();
    });
    label();

    // The trees are printed, also the folded ones; of claims what was opened.
    let folded = [];
    addEventListener('beforeprint', () => {
      for (const q of questions) if (q.shown) unpack(q.node);
      folded = [...document.querySelectorAll('.tree:not([open]), .legend:not([open])')];
      for (const d of folded) d.open = true;
    });
    addEventListener('afterprint', () => { for (const d of folded) d.open = false; folded = []; });

    if (!wide.matches) { at('filter-fold').open = false; document.querySelector('.legend').open = false; }
    apply();
    follow();
  });
})();
