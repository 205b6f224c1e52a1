(() => {
  'use strict';
  // Draws the charts over time anew, as wide as the screen, with a crosshair, zoom and fills. Without it the drawings of the page stay as they are.
  const data = JSON.parse(document.getElementById('data').textContent);
  const all = Object.values(data.times).filter(t => t.length > 1);
  const minus = text => text.replace('-', '−');
  const day = 86400, zone = { timeZone: 'UTC' };

  const number = (v, digits) => minus(v.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const formats = {
    money: v => number(v, 2),
    percent: v => number(v * 100, 2) + ' %',
    number: v => number(v, 2),
    price: v => minus(v.toLocaleString('en', { maximumSignificantDigits: 7 })),
  };
  const short = (v, format) => {
    if (format === 'percent') return minus(String(+(v * 100).toPrecision(6))) + ' %';
    const a = Math.abs(v), [by, unit] = a >= 1e9 ? [1e9, 'G'] : a >= 1e6 ? [1e6, 'M'] : a >= 1e4 ? [1e3, 'k'] : [1, ''];
    return minus(String(+(v / by).toPrecision(6))) + unit;
  };
  const when = s => {
    const text = new Date(s * 1000).toISOString();
    return s % day === 0 ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
  };
  const least = (list, value) => { // index of the first value at or after
    let low = 0, high = list.length;
    while (low < high) { const mid = (low + high) >> 1; if (list[mid] < value) low = mid + 1; else high = mid; }
    return low;
  };
  const escape = text => text.replace(/[&<>"]/g, c => '&#' + c.charCodeAt(0) + ';');

  const charts = [...document.querySelectorAll('svg[data-chart]')].filter(svg => data.charts[svg.dataset.chart]).map(svg => {
    const spec = data.charts[svg.dataset.chart];
    const read = document.createElement('div');
    read.className = 'read';
    read.hidden = true;
    svg.parentNode.append(read);
    svg.dataset.live = '1';
    svg.tabIndex = 0;
    svg.setAttribute('role', 'application');
    svg.setAttribute('aria-description', 'Arrow keys move the crosshair, plus and minus zoom, 0 shows all.');
    return { svg, spec, read, times: data.times[spec.times], log: svg.dataset.log === '1' || spec.log === true, still: svg.innerHTML, box: svg.getAttribute('viewBox') };
  }).filter(c => c.times && c.times.length > 1);
  if (charts.length === 0) return trades();

  const whole = [Math.min(...all.map(t => t[0])), Math.max(...all.map(t => t[t.length - 1]))];
  let view = whole.slice(), cross = null;

  function levels(low, high, log, about) {
    if (log && high / low > 8) {
      const marks = [];
      for (let p = 10 ** Math.floor(Math.log10(low)); p <= high; p *= 10) for (const m of high / low > 200 ? [1] : [1, 2, 5]) if (p * m >= low && p * m <= high) marks.push(p * m);
      if (marks.length >= 3) return marks;
    }
    const rough = (high - low) / about, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].find(s => s * power >= rough * .999) * power, marks = [];
    for (let i = Math.ceil(low / step); i * step <= high; i++) marks.push(+(i * step).toPrecision(12));
    return marks;
  }
  function dates(from, until, room) { // room in pixels
    const span = until - from, about = room / 84, steps = [60, 300, 900, 3600, 10800, 21600, 43200, day, 2 * day, 7 * day, 14 * day], marks = [];
    const step = steps.find(s => span / s <= about);
    if (step) {
      for (let t = Math.ceil(from / step) * step; t <= until; t += step)
        marks.push([t, step < day && t % day ? new Date(t * 1000).toISOString().slice(11, 16) : new Date(t * 1000).toLocaleDateString('en-GB', { ...zone, day: 'numeric', month: 'short' })]);
      return marks;
    }
    const months = [1, 2, 3, 6, 12, 24, 60, 120].find(m => span / (m * 30.44 * day) <= (m < 12 ? about : room / 46)) || 240, first = new Date(from * 1000);
    for (let i = first.getUTCFullYear() * 12; ; i += months) {
      const t = Date.UTC(Math.floor(i / 12), i % 12) / 1000;
      if (t > until) return marks;
      if (t >= from) marks.push([t, months >= 12 ? String(Math.floor(i / 12)) : new Date(t * 1000).toLocaleDateString('en-GB', { ...zone, month: 'short', year: 'numeric' })]);
    }
  }

  function draw(c) {
    const width = Math.round(c.svg.parentNode.clientWidth);
    if (!width) return;
    const { spec, times } = c, left = width < 520 ? 48 : 64, foot = 24, height = width < 520 ? Math.round(spec.height * .8) : spec.height;
    const a = Math.max(0, least(times, view[0]) - 1), b = Math.min(times.length, least(times, view[1]) + 1);
    const lists = spec.series ? spec.series.map(s => s.values) : [spec.low, spec.high];
    let low = Infinity, high = -Infinity;
    for (const list of lists) for (let i = a; i < b; i++) { const v = list[i]; if (v !== null && (!c.log || v > 0)) { if (v < low) low = v; if (v > high) high = v; } }
    if (!(low <= high)) return;
    if (c.log) low = Math.max(low, high / 1e6);
    if (spec.series && spec.series[0].kind === 'under') high = 0;
    if (high - low <= Math.abs(high) * 1e-9) { low -= Math.abs(low) * .01 + 1e-9; high += Math.abs(high) * .01 + 1e-9; }
    const scale = c.log ? v => Math.log(Math.max(v, low)) : v => v, from = scale(low), to = scale(high);
    const x = t => left + (width - left - 8) * (t - view[0]) / (view[1] - view[0]);
    const y = v => 6 + (height - 12) * (to - scale(v)) / (to - from);
    Object.assign(c, { width, height, left, x, y });
    let svg = '';
    for (const level of levels(low, high, c.log, Math.max(2, height / 55)))
      svg += `<line class="grid" x1="${left}" x2="${width}" y1="${y(level).toFixed(1)}" y2="${y(level).toFixed(1)}"/><text x="${left - 7}" y="${(y(level) + 4).toFixed(1)}" text-anchor="end">${short(level, spec.format)}</text>`;
    for (const [t, text] of dates(view[0], view[1], width - left))
      if (x(t) < width - 18) svg += `<text x="${x(t).toFixed(1)}" y="${height + 18}" text-anchor="${x(t) < left + 20 ? 'start' : 'middle'}">${text}</text>`;
    // An inner drawing clips what lies outside the view.
    svg += `<svg x="${left}" y="0" width="${width - left}" height="${height}" viewBox="${left} 0 ${width - left} ${height}" style="width:auto">`;
    svg += spec.series ? curves(c, a, b, low) : prices(c, a, b);
    svg += `<rect class="brush" y="0" height="${height}" width="0"/><line class="cross" y1="0" y2="${height}" x1="-9" x2="-9"/></svg>`;
    c.svg.setAttribute('viewBox', `0 0 ${width} ${height + foot}`);
    c.svg.innerHTML = svg;
    c.line = c.svg.querySelector('.cross');
    c.brush = c.svg.querySelector('.brush');
  }
  function path(c, values, a, b) {
    let d = '', pen = false;
    for (let i = a; i < b; i++) {
      if (values[i] === null) { pen = false; continue; }
      d += (pen ? 'L' : 'M') + c.x(c.times[i]).toFixed(1) + ',' + c.y(values[i]).toFixed(1);
      pen = true;
    }
    return d;
  }
  function curves(c, a, b, low) {
    let svg = '';
    for (const s of [...c.spec.series].reverse()) {
      const d = path(c, s.values, a, b), close = level => `${d}L${c.x(c.times[b - 1]).toFixed(1)},${c.y(level).toFixed(1)}L${c.x(c.times[a]).toFixed(1)},${c.y(level).toFixed(1)}Z`;
      if (s.kind === 'own' && c.spec.format === 'money' && !c.log) svg += `<path class="area" d="${close(low)}"/>`;
      svg += s.kind === 'under' ? `<path class="under" d="${close(0)}"/>` : `<path class="${s.kind}" d="${d}"/>`;
    }
    return svg;
  }
  function prices(c, a, b) {
    const { spec, x, y, times } = c, gap = x(times[Math.min(a + 1, times.length - 1)]) - x(times[a]);
    let svg = '';
    if (gap >= 5) {
      for (let i = a; i < b; i++) {
        const middle = (x(times[i]) + gap / 2).toFixed(1), up = spec.close[i] >= spec.open[i], [top, end] = up ? [spec.close[i], spec.open[i]] : [spec.open[i], spec.close[i]];
        svg += `<path class="${up ? 'up' : 'down'}" style="stroke-width:1" d="M${middle},${y(spec.high[i]).toFixed(1)}V${y(spec.low[i]).toFixed(1)}"/><rect class="${up ? 'up' : 'down'}" x="${(x(times[i]) + gap * .15).toFixed(1)}" width="${(gap * .7).toFixed(1)}" y="${y(top).toFixed(1)}" height="${Math.max(1, y(end) - y(top)).toFixed(1)}"/>`;
      }
    } else {
      let back = '';
      for (let i = b - 1; i >= a; i--) back += 'L' + x(times[i]).toFixed(1) + ',' + y(spec.low[i]).toFixed(1);
      svg += `<path class="reach" d="${path(c, spec.high, a, b)}${back}Z"/><path class="price" d="${path(c, spec.close, a, b)}"/>`;
    }
    const seen = spec.fills.filter(f => f[4] >= view[0] && f[2] <= view[1]);
    if (seen.length > 400) return svg;
    for (const f of seen) {
      svg += `<path class="trip ${f[6] < 0 ? 'loss' : 'gain'}" d="M${x(f[2]).toFixed(1)},${y(f[3]).toFixed(1)}L${x(f[4]).toFixed(1)},${y(f[5]).toFixed(1)}"/>`;
      svg += mark(x(f[2]), y(f[3]), f[1] > 0) + mark(x(f[4]), y(f[5]), f[1] < 0);
    }
    return svg;
  }
  const mark = (x, y, buy) => `<path class="mark ${buy ? 'buy' : 'sell'}" d="M${x.toFixed(1)},${y.toFixed(1)}l-5,${buy ? 9 : -9}h10Z"/>`;
  const every = () => { for (const c of charts) draw(c); if (cross !== null) point(cross.at, cross.chart); };

  function zoom(from, until) {
    const room = (whole[1] - whole[0]) / 2000, span = Math.min(Math.max(until - from, room), whole[1] - whole[0]), middle = (from + until) / 2;
    const start = Math.min(Math.max(middle - span / 2, whole[0]), whole[1] - span);
    view = [start, start + span];
    for (const c of charts) c.read.hidden = true;
    cross = null;
    every();
    note.textContent = `${when(Math.round(view[0]))} to ${when(Math.round(view[1]))}`;
  }
  function point(at, chart, px, py) {
    cross = { at, chart };
    for (const c of charts) if (c.line) { const x = c.x(at).toFixed(1); c.line.setAttribute('x1', x); c.line.setAttribute('x2', x); }
    const { spec, times, read } = chart;
    let i = least(times, at);
    if (i > 0 && (i === times.length || at - times[i - 1] < times[i] - at)) i--;
    let text = `<b>${when(times[i])}</b>`;
    if (spec.series) for (const s of spec.series) text += `<br>${escape(s.name)} ${s.values[i] === null ? 'n/a' : formats[spec.format](s.values[i])}`;
    else text += `<br>open ${formats.price(spec.open[i])}, high ${formats.price(spec.high[i])}<br>low ${formats.price(spec.low[i])}, close ${formats.price(spec.close[i])}` + fill(chart, px, py);
    read.innerHTML = text;
    read.hidden = false;
    const x = chart.x(times[i]), right = x > chart.width / 2;
    read.style.left = right ? 'auto' : x + 12 + 'px';
    read.style.right = right ? chart.width - x + 12 + 'px' : 'auto';
  }
  function fill(c, px, py) {
    if (px === undefined) return '';
    let best = null, near = 196;
    for (const f of c.spec.fills) for (const [t, p] of [[f[2], f[3]], [f[4], f[5]]]) {
      const far = (c.x(t) - px) ** 2 + (c.y(p) - py) ** 2;
      if (far < near) [best, near] = [f, far];
    }
    return best === null ? '' : `<br><b>trade ${best[0]}, ${best[1] > 0 ? 'long' : 'short'}</b><br>${when(best[2])} at ${formats.price(best[3])}<br>${when(best[4])} at ${formats.price(best[5])}<br>result ${formats.money(best[6])} (${formats.percent(best[7])})`;
  }
  function leave() {
    cross = null;
    for (const c of charts) { c.read.hidden = true; if (c.line) { c.line.setAttribute('x1', -9); c.line.setAttribute('x2', -9); } }
  }

  for (const c of charts) {
    const place = e => { const box = c.svg.getBoundingClientRect(), by = c.width / box.width; return [(e.clientX - box.left) * by, (e.clientY - box.top) * by]; };
    const time = x => view[0] + (Math.min(Math.max(x, c.left), c.width - 8) - c.left) / (c.width - c.left - 8) * (view[1] - view[0]);
    let begun = null;
    c.svg.addEventListener('pointermove', e => {
      const [x, y] = place(e);
      for (const other of charts) if (other !== c) other.read.hidden = true;
      point(time(x), c, x, y);
      if (begun === null) return;
      c.brush.setAttribute('x', Math.min(begun, x));
      c.brush.setAttribute('width', Math.abs(x - begun));
    });
    c.svg.addEventListener('pointerdown', e => { if (e.pointerType === 'mouse' && e.button === 0) { begun = place(e)[0]; c.svg.setPointerCapture(e.pointerId); } });
    c.svg.addEventListener('pointerup', e => {
      if (begun === null) return;
      const [from, until] = [begun, place(e)[0]].sort((a, b) => a - b);
      begun = null;
      c.brush.setAttribute('width', 0);
      if (until - from > 8) zoom(time(from), time(until));
    });
    c.svg.addEventListener('pointerleave', () => { if (begun === null) leave(); });
    c.svg.addEventListener('dblclick', () => zoom(...whole));
    c.svg.addEventListener('keydown', e => {
      const now = cross === null ? (view[0] + view[1]) / 2 : cross.at, span = view[1] - view[0];
      const keys = {
        ArrowLeft: () => point(Math.max(view[0], now - span / 60), c), ArrowRight: () => point(Math.min(view[1], now + span / 60), c),
        '+': () => zoom(now - span / 4, now + span / 4), '-': () => zoom(now - span, now + span), 0: () => zoom(...whole), Escape: () => zoom(...whole),
      };
      if (keys[e.key]) { keys[e.key](); e.preventDefault(); }
    });
    c.svg.addEventListener('blur', leave);
  }

  const tools = document.createElement('div'), note = document.createElement('output');
  tools.className = 'tools';
  tools.setAttribute('role', 'toolbar');
  tools.setAttribute('aria-label', 'Zoom of all charts over time');
  for (const [label, name, change] of [['−', 'Zoom out', s => [-s / 2, s / 2]], ['+', 'Zoom in', s => [s / 4, -s / 4]], ['◂', 'Earlier', s => [-s / 3, -s / 3]], ['▸', 'Later', s => [s / 3, s / 3]], ['All', 'Show all', null]]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.title = name;
    button.setAttribute('aria-label', name);
    button.addEventListener('click', () => { const [a, b] = change ? change(view[1] - view[0]) : []; zoom(...(change ? [view[0] + a, view[1] + b] : whole)); });
    tools.append(button);
  }
  const hint = document.createElement('span');
  hint.textContent = 'drag over a chart to zoom, double-click to show all';
  tools.append(note, hint);
  document.getElementById('equity').before(tools);
  for (const scale of document.querySelectorAll('.scale')) scale.addEventListener('change', every);
  addEventListener('resize', every);
  addEventListener('beforeprint', () => { for (const c of charts) { c.svg.innerHTML = c.still; c.svg.setAttribute('viewBox', c.box); delete c.svg.dataset.live; } });
  addEventListener('afterprint', () => { for (const c of charts) c.svg.dataset.live = '1'; every(); });
  every();
  trades();

  function trades() {
    const card = document.getElementById('trades');
    if (!card) return;
    const form = card.querySelector('form'), body = card.querySelector('tbody'), rows = [...body.rows], output = form.querySelector('output');
    const words = rows.map(r => r.textContent.toLowerCase());
    form.hidden = false;
    const filter = () => {
      const text = form.elements.text.value.toLowerCase(), side = form.elements.side.value, result = form.elements.result.value;
      let shown = 0;
      rows.forEach((row, i) => {
        const fits = words[i].includes(text) && (!side || row.cells[2].textContent === side) && (!result || row.cells[8].className === result);
        row.hidden = !fits;
        if (fits) shown++;
      });
      output.textContent = `${shown} of ${rows.length}`;
    };
    form.addEventListener('input', filter);
    form.addEventListener('submit', e => e.preventDefault());
    filter();
    [...card.querySelectorAll('thead th')].forEach((head, k, heads) => {
      head.classList.add('by');
      head.tabIndex = 0;
      const value = row => { const text = row.cells[k].textContent.replace(/[, ]/g, '').replace('−', '-'); return text !== '' && Number.isFinite(+text) ? +text : row.cells[k].textContent; };
      const sort = () => {
        const down = head.getAttribute('aria-sort') === 'descending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'ascending' : 'descending');
        rows.sort((a, b) => { const [p, q] = [value(a), value(b)]; return (p < q ? -1 : p > q ? 1 : 0) * (down ? 1 : -1); });
        body.append(...rows);
        words.splice(0, words.length, ...rows.map(r => r.textContent.toLowerCase()));
      };
      head.addEventListener('click', sort);
      head.addEventListener('keydown', e => { if (e.key === 'Enter') sort(); });
    });
    const fills = new Map(charts.filter(c => c.spec.fills).flatMap(c => c.spec.fills.map(f => [f[0], f])));
    for (const row of rows) {
      const f = fills.get(+row.cells[0].textContent);
      if (!f) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'go';
      button.title = 'Show in the chart';
      button.textContent = row.cells[0].textContent;
      button.addEventListener('click', () => {
        const span = Math.max(f[4] - f[2], (whole[1] - whole[0]) / 400);
        zoom(f[2] - span * 2, f[4] + span * 2);
        document.getElementById('prices').scrollIntoView({ behavior: 'smooth' });
      });
      row.cells[0].replaceChildren(button);
    }
  }
})();
