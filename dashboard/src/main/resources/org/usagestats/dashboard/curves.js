// Lines and stacked areas over time, by uPlot; with the keyboard as with the mouse.

import { cut, dayAndMonth, draw, exact, isOther, label, make, month, next, percent, short, stretch } from './words.js';

const HEIGHT = 280;
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The table as one list of times and one list of values for each series. */
export function series(answer, metric = 0) {
  const dimensions = answer.columns.filter(column => column.role === 'dimension');
  const at = dimensions.findIndex(column => column.name.startsWith('time:'));
  const span = dimensions[at].name.slice(5);
  const times = [...new Set(answer.rows.map(row => Date.parse(row[at])))].sort((a, b) => a - b);
  const from = answer.meta.from ? Date.parse(answer.meta.from) : -Infinity;
  const whole = times.filter(time => time >= from);
  const shown = whole.length > 1 ? whole : times;
  const place = new Map(shown.map((time, i) => [time, i]));
  const all = new Map();
  for (const row of answer.rows) {
    const values = row.slice(0, dimensions.length).filter((_, i) => i !== at);
    const key = JSON.stringify(values);
    if (!all.has(key)) {
      const filters = values.map((value, i) => [dimensions.filter((_, d) => d !== at)[i].name, value]);
      all.set(key, { name: values.map(label).join(' · '), other: values.some(isOther), filters, values: shown.map(() => 0) });
    }
    const i = place.get(Date.parse(row[at]));
    if (i !== undefined) {
      all.get(key).values[i] = row[dimensions.length + metric];
    }
  }
  const end = Math.min(...[answer.meta.to, answer.meta.complete_until].filter(Boolean).map(Date.parse), Date.now());
  const open = shown.length > 1 && next(span, shown.at(-1)) > end;
  return { span, times: shown, all: [...all.values()], open };
}

function axes(byShare) {
  const common = { stroke: style('--soft'), ticks: { show: false }, font: '12px Inter, system-ui, sans-serif' };
  return [
    { ...common, grid: { show: false }, space: 64, values: (_, splits) => ticks(splits) },
    { ...common, size: 52, gap: 8, grid: { stroke: style('--hair'), width: 1 }, space: 48, values: (_, splits) => splits.map(n => byShare ? percent(n) : Number.isInteger(n) ? short(n) : '') },
  ];
}

function ticks(splits) {
  const step = splits.length > 1 ? splits[1] - splits[0] : 0;
  let last = '';
  return splits.map(seconds => {
    const time = seconds * 1000;
    const year = String(new Date(time).getUTCFullYear());
    const text = step < 86_400 ? new Date(time).toISOString().slice(11, 16) : step >= 27 * 86_400 ? month(time) : dayAndMonth(time);
    const shown = step >= 27 * 86_400 && year !== last ? `${text}\n${year}` : text;
    last = year;
    return shown;
  });
}

/** Draws into a place that may change its width, and lets the arrow keys walk from one time to the next. */
function mounted(place, options, data, name) {
  let plot = null;
  const build = () => {
    plot?.destroy();
    plot = new uPlot({ ...options(), width: Math.max(place.clientWidth, 200), height: HEIGHT }, data, place);
  };
  place.setAttribute('tabindex', '0');
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', `${name}. The arrow keys read the values; the table has all of them.`);
  place.addEventListener('keydown', event => {
    const last = data[0].length - 1;
    const at = plot.cursor.idx ?? last + 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const i = Math.min(Math.max(to, 0), last);
      plot.setCursor({ left: plot.valToPos(data[0][i], 'x'), top: 40 });
    }
  });
  const watch = new ResizeObserver(() => {
    if (!place.isConnected) {
      watch.disconnect();
    } else if (plot && Math.abs(plot.width - place.clientWidth) > 1) {
      plot.setSize({ width: Math.max(place.clientWidth, 200), height: HEIGHT });
    } else if (!plot && place.clientWidth > 0) {
      build();
    }
  });
  watch.observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => place.isConnected && build());
}

const base = (byShare, range) => ({
  legend: { show: false },
  padding: [12, 26, 0, 0],
  tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
  scales: { y: { range: range ?? ((_, min, max) => uPlot.rangeNum(0, Math.max(max, 1), { min: { pad: 0, hard: 0, mode: 1 }, max: { pad: 0.1, mode: 1, soft: 1 } })) } },
  axes: axes(byShare),
});

const cursor = { y: false, drag: { x: false, y: false }, points: { size: 9, width: 2, stroke: () => style('--card') } };
const swatch = (color, hatched) => draw('svg', { width: 12, height: 12, 'aria-hidden': 'true' },
  draw('rect', { width: 12, height: 12, rx: 3, class: color }), hatched && draw('path', { d: 'M2 10 10 2', class: 'ink' }));

/** Lines, one for each series; the last stretch is dashed while it is not over. */
export function lines(answer, { name, unit, onFilter, metric = 0 }) {
  const { span, times, all, open } = series(answer, metric);
  const shown = all.slice(0, 7);
  const readout = make('p', { class: 'readout', 'aria-live': 'polite' });
  const place = make('div', { class: 'plot' });
  const color = i => shown[i].other ? '--other' : `--c${i % 6 + 1}`;
  const data = [times.map(t => t / 1000)];
  for (const one of shown) {
    const cutAt = open ? one.values.length - 1 : one.values.length;
    data.push(one.values.map((v, i) => i < cutAt ? v : null), one.values.map((v, i) => i >= cutAt - 1 && open ? v : null));
  }
  const say = i => {
    const last = i === null || i === undefined;
    const at = last ? times.length - 1 : i;
    readout.replaceChildren(make('b', {}, stretch(span, times[at])), last && open || at === times.length - 1 && open ? ' so far: ' : ': ',
      shown.map(one => (shown.length > 1 ? `${one.name} ` : '') + exact(one.values[at])).join(' · '), ` ${unit}`);
  };
  mounted(place, () => ({
    ...base(false),
    cursor: { ...cursor, points: { ...cursor.points, fill: (u, i) => style(color(Math.floor((i - 1) / 2))) } },
    series: [{}, ...shown.flatMap((_, i) => {
      const stroke = style(color(i));
      const line = { stroke, width: 2.25, points: { show: times.length < 3, size: 7, fill: stroke }, spanGaps: false };
      return [{ ...line, fill: shown.length === 1 ? `color-mix(in srgb, ${stroke} 12%, transparent)` : undefined }, { ...line, dash: [4, 4], points: { show: false } }];
    })],
    hooks: { setCursor: [u => say(u.cursor.idx)] },
  }), data, name);
  say(null);
  return [place, readout, shown.length > 1 && legend(shown, i => `f${shown[i].other ? 0 : i % 6 + 1}`, onFilter)];
}

function legend(shown, color, onFilter, values) {
  return make('ul', { class: 'legend' }, shown.map((one, i) => {
    const content = [swatch(color(i), one.other), make('span', { class: 'name', dir: 'auto', title: one.name }, cut(one.name, 60)), values?.[i]];
    return make('li', {}, one.other || !onFilter ? make('span', {}, content)
      : make('button', { type: 'button', title: `Show only ${cut(one.name, 60)}`, onclick: () => onFilter(one.filters) }, content));
  }));
}

function hatch(context, color) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  pen.fillStyle = color;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = style('--card');
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const x of [-4, 4, 12]) {
    pen.moveTo(x - 6, 10);
    pen.lineTo(x + 6, -2);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}

/** Writes the name of an area into it where it is the thickest, if it fits there: a mere peak has no room. */
function nameAreas(u, shown, tops) {
  const { ctx } = u;
  ctx.save();
  ctx.font = `600 ${12 * devicePixelRatio}px Inter, system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  shown.forEach((one, s) => {
    let best = { thick: 0 };
    const edges = i => [u.valToPos(tops[s][i], 'y', true), u.valToPos(s === 0 ? 0 : tops[s - 1][i], 'y', true)];
    const thickness = i => edges(i)[1] - edges(i)[0];
    for (let i = 1; i < tops[s].length - 1; i++) {
      const [high, low] = edges(i);
      const thick = Math.min(low - high, 2 * thickness(i - 1), 2 * thickness(i + 1));
      const x = u.valToPos(u.data[0][i], 'x', true);
      const room = Math.min(x - u.bbox.left, u.bbox.left + u.bbox.width - x);
      const text = ctx.measureText(cut(one.name, 18)).width;
      if (thick > best.thick && room > text / 2 + 6 * devicePixelRatio) {
        best = { thick, x, y: (high + low) / 2 };
      }
    }
    if (best.thick > 22 * devicePixelRatio) {
      ctx.lineWidth = 3 * devicePixelRatio;
      ctx.lineJoin = 'round';
      ctx.strokeStyle = style('--card');
      ctx.fillStyle = style('--text');
      ctx.strokeText(cut(one.name, 18), best.x, best.y);
      ctx.fillText(cut(one.name, 18), best.x, best.y);
    }
  });
  ctx.restore();
}

/** Areas on top of each other, the first series at the bottom. Users are not summed: one may stand in several areas. */
export function areas(answer, { name, unit, onFilter, byShare, sorted, ordered, metric = 0 }) {
  const { span, times, all, open } = series(answer, metric);
  const shown = sorted ? sorted(all) : [...all].sort((a, b) => a.other - b.other);
  const sums = times.map((_, i) => shown.reduce((sum, one) => sum + one.values[i], 0));
  const part = (one, i) => byShare ? (sums[i] ? one.values[i] / sums[i] : 0) : one.values[i];
  const tops = [];
  shown.forEach((one, s) => tops.push(times.map((_, i) => part(one, i) + (s ? tops[s - 1][i] : 0))));
  const named = shown.filter(one => !one.other);
  const color = one => one.other ? 'other' : ordered ? `v${Math.min(named.length - named.indexOf(one), 6)}` : `c${(named.indexOf(one)) % 6 + 1}`;
  const place = make('div', { class: 'plot' });
  const readout = make('p', { class: 'readout', 'aria-live': 'polite' });
  const values = shown.map(() => make('span', { class: 'value' }));
  const say = i => {
    const at = i ?? times.length - 1;
    readout.replaceChildren(make('b', {}, stretch(span, times[at])), `${at === times.length - 1 && open ? ' so far' : ''}${unit === 'reports' ? `: ${exact(sums[at])} reports` : ''}`);
    shown.forEach((one, s) => { values[s].textContent = byShare ? percent(part(one, at)) : exact(one.values[at]); });
  };
  const top = shown.map((_, s) => shown.length - 1 - s);
  mounted(place, () => ({
    ...base(byShare, byShare ? () => [0, 1] : undefined),
    cursor: { ...cursor, points: { show: false } },
    series: [{}, ...top.map(s => ({ stroke: style('--card'), width: 1.5, points: { show: false },
      fill: u => shown[s].other ? hatch(u.ctx, style('--other')) : style(`--${color(shown[s])}`) }))],
    hooks: { setCursor: [u => say(u.cursor.idx)], draw: [u => nameAreas(u, shown, tops)] },
  }), [times.map(t => t / 1000), ...top.map(s => tops[s])], name);
  say(null);
  const key = [...shown].reverse();
  return [place, readout, legend(key, i => color(key[i]) === 'other' ? 'f0' : `fill-${color(key[i])}`, onFilter, [...values].reverse())];
}
