// Bars, histograms, the triangle of those who stay, and the table behind each chart.

import { compareVersions, cut, dayAndMonth, draw, duration, exact, isOther, label, make, percent, short } from './words.js';

const ROWS = 500;
let patterns = 0;

/** The rows of an answer: the values of their dimensions and their metrics. */
export function rows(answer) {
  const dimensions = answer.columns.filter(column => column.role === 'dimension').length;
  return answer.rows.map(row => ({ values: row.slice(0, dimensions), metrics: row.slice(dimensions) }));
}

/** The table twin of a chart. */
export function table(answer) {
  const numeric = answer.columns.map(column => column.role === 'metric');
  const head = make('tr', {}, answer.columns.map((column, i) => make('th', { scope: 'col', class: numeric[i] ? 'n' : null }, column.name)));
  const body = answer.rows.slice(0, ROWS).map(row => make('tr', {}, row.map((value, i) =>
    numeric[i] ? make('td', { class: 'n' }, exact(value)) : make('td', { dir: 'auto' }, cut(label(value), 200)))));
  const more = answer.rows.length > ROWS && make('p', {}, `The first ${ROWS} of ${exact(answer.rows.length)} rows; the CSV has them all.`);
  return make('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Table' }, make('table', {}, make('thead', {}, head), make('tbody', {}, body)), more);
}

/** Bars of the first dimension, cut into the values of the second if there is one. */
export function bars(answer, { onFilter, by, total, nameOf = label, inOrder }) {
  const dimension = answer.columns[0].name;
  const parts = new Map();
  const kinds = new Map();
  for (const { values, metrics } of rows(answer)) {
    const key = JSON.stringify(values[0]);
    if (!parts.has(key)) {
      parts.set(key, { value: values[0], sum: 0, of: new Map() });
    }
    const kind = values.length > 1 && !isOther(values[1]) ? label(values[1]) : '';
    parts.get(key).sum += metrics[0];
    parts.get(key).of.set(kind, (parts.get(key).of.get(kind) ?? 0) + metrics[0]);
    kinds.set(kind, (kinds.get(kind) ?? 0) + metrics[0]);
  }
  const all = [...parts.values()].sort((a, b) => isOther(a.value) - isOther(b.value) || (inOrder ? -compareVersions(a.value, b.value) : b.sum - a.sum));
  const most = Math.max(...all.map(one => one.sum), 1);
  const order = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
  const id = `hatch${patterns++}`;
  const fill = kind => Math.min(order.indexOf(kind), 5) + 1;
  const row = one => {
    let x = 0;
    const rects = order.filter(kind => one.of.has(kind)).flatMap(kind => {
      const width = 100 * one.of.get(kind) / most;
      const at = { x: `${x}%`, y: 0, width: `${Math.max(width, 0.4)}%`, height: 16 };
      x += width;
      return [draw('rect', { ...at, class: isOther(one.value) ? 'f0' : `f${fill(kind)}` }, draw('title', {}, [nameOf(one.value), kind].filter(Boolean).join(', '), `: ${exact(one.of.get(kind))}`)),
        (order.indexOf(kind) % 2 === 1 || isOther(one.value)) && draw('rect', { ...at, fill: `url(#${id})`, 'pointer-events': 'none' })];
    }).filter(Boolean);
    const share = total ? one.sum / total : 0;
    const content = [
      make('span', { class: 'name', dir: 'auto', title: cut(nameOf(one.value), 300) }, cut(nameOf(one.value), 80)),
      draw('svg', { 'aria-hidden': 'true', preserveAspectRatio: 'none' }, draw('rect', { width: '100%', height: 16, rx: 4, class: 'track' }), rects),
      make('span', { class: 'share' }, total ? percent(share) : ''), make('span', { class: 'value' }, short(one.sum))];
    return make('li', {}, isOther(one.value) || !onFilter ? make('div', { class: 'bar-row' }, content)
      : make('button', { type: 'button', 'aria-label': `${cut(nameOf(one.value), 80)}: ${total ? percent(share) + ', ' : ''}${exact(one.sum)}. Show only these`, onclick: () => onFilter([[dimension, one.value]]) }, content));
  };
  const defs = draw('svg', { width: 0, height: 0, class: 'unseen', 'aria-hidden': 'true' }, draw('defs', {},
    draw('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, draw('path', { d: 'M0 0V6', class: 'ink' }))));
  return [make('ul', { class: 'bars' }, all.map(row)), defs, by && order.length > 1 && kindsLegend(order, fill, id, by, onFilter)];
}

function kindsLegend(order, fill, id, by, onFilter) {
  return make('ul', { class: 'legend' }, order.filter(Boolean).slice(0, 6).map(kind => make('li', {},
    make('button', { type: 'button', title: `Show only ${cut(kind, 60)}`, onclick: () => onFilter([[by, kind]]) },
      draw('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, draw('rect', { width: 12, height: 12, rx: 3, class: `f${fill(kind)}` }),
        order.indexOf(kind) % 2 === 1 && draw('rect', { width: 12, height: 12, fill: `url(#${id})` })),
      make('span', { class: 'name', dir: 'auto' }, cut(kind, 40))))));
}

/** Upright bars over powers of two, with lines where half and nine tenths of all are reached. */
export function histogram(answer, { onFilter, width = 560, marks = [], nameOf = duration }) {
  const [height, left, foot] = [Math.min(330, Math.max(240, width * 0.6)), 44, 30];
  const known = new Map(rows(answer).filter(row => !isOther(row.values[0])).map(row => [Number(row.values[0]), row.metrics[0]]));
  const place = value => value < 1 ? 0 : Math.floor(Math.log2(value)) + 1;
  const buckets = [...known.keys()].sort((a, b) => a - b);
  const [from, to] = [place(buckets[0]), place(buckets.at(-1))];
  const count = to - from + 1;
  const most = Math.max(...known.values(), 1);
  const step = niceStep(most / 3);
  const top = Math.ceil(most / step) * step;
  const y = n => height - foot - (height - foot - 26) * n / top;
  const slot = (width - left) / count;
  const x = value => left + slot * (value < 1 ? value - from : Math.log2(value) + 1 - from);
  const svg = draw('svg', { class: 'drawing', viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Histogram' });
  for (let n = 0; n <= top; n += step) {
    svg.append(draw('line', { x1: left, x2: width, y1: y(n), y2: y(n), class: n ? 'grid' : 'base' }), draw('text', { x: left - 8, y: y(n) + 4, 'text-anchor': 'end' }, short(n)));
  }
  const every = Math.ceil(46 / slot);
  for (let i = from; i <= to; i++) {
    const low = i === 0 ? 0 : 2 ** (i - 1);
    const n = known.get(low) ?? 0;
    const at = left + slot * (i - from);
    const text = `${low ? `${nameOf(low)} to ${nameOf(2 * low)}` : `under ${nameOf(1)}`}: ${exact(n)}`;
    const bar = draw('rect', { x: at + slot * 0.09, y: y(n), width: slot * 0.82, height: Math.max(height - foot - y(n), 0), rx: Math.min(4, slot / 6), class: 'f1' }, draw('title', {}, text));
    svg.append(n && onFilter ? clickable(bar, text, () => onFilter([[answer.columns[0].name, low]])) : bar);
    if ((i - from) % every === 0) {
      svg.append(draw('text', { x: at, y: height - 10, 'text-anchor': i === from ? 'start' : 'middle' }, low ? nameOf(low) : '0'));
    }
  }
  marks.filter(mark => mark.value !== null && mark.value !== undefined).forEach(mark => {
    const at = x(mark.value);
    svg.append(draw('line', { x1: at, x2: at, y1: 18, y2: height - foot, class: 'mark' }),
      draw('text', { x: at + (mark.end || at > width - 90 ? 4 : -4), y: 12, class: 'strong', 'text-anchor': mark.end || at > width - 90 ? 'end' : 'start' }, mark.name));
  });
  return [svg];
}

function clickable(bar, text, act) {
  const onkeydown = event => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act();
    }
  };
  return draw('a', { role: 'button', tabindex: 0, 'aria-label': `${text}. Show only these`, onclick: act, onkeydown }, bar);
}

function niceStep(wish) {
  const ten = 10 ** Math.floor(Math.log10(Math.max(wish, 1)));
  return [1, 2, 5, 10].map(n => n * ten).find(n => n >= wish) ?? ten;
}

/** Of those who came in a week, how many came again in each of the next ones. */
export function triangle(answer, { weeks, since }) {
  const cohorts = new Map();
  for (const { values: [first, age], metrics } of rows(answer)) {
    if (Date.parse(first) >= since && Number(age) >= 0) {
      cohorts.set(first, (cohorts.get(first) ?? new Map()).set(Number(age), metrics[0]));
    }
  }
  const reach = first => Math.floor((Date.now() - Date.parse(first)) / (7 * 86_400_000)) - 1;
  const firsts = [...cohorts.keys()].sort().filter(first => reach(first) > 0);
  const cell = (of, age, reachable) => {
    const share = of.get(0) ? (of.get(age) ?? 0) / of.get(0) : 0;
    return reachable ? make('td', { class: `h${Math.round(share * 10)}`, title: plainly(of.get(age) ?? 0, of.get(0) ?? 0) }, percent(share).replace(' %', '')) : make('td', { class: 'none' });
  };
  const head = make('tr', {}, make('th', { scope: 'col' }, make('span', { class: 'unseen' }, 'Week of the first report')), make('th', { scope: 'col' }, 'Users'),
    Array.from({ length: weeks - 2 }, (_, i) => make('th', { scope: 'col', 'aria-label': `${i + 1} weeks later, percent` }, `+${i + 1}`)));
  const body = firsts.map(first => make('tr', {}, make('th', { scope: 'row' }, dayAndMonth(Date.parse(first))), make('td', { class: 'users' }, exact(cohorts.get(first).get(0) ?? 0)),
    Array.from({ length: weeks - 2 }, (_, i) => cell(cohorts.get(first), i + 1, i + 1 <= reach(first)))));
  return firsts.length === 0 ? null : [make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Who stays, by week of the first report' },
    make('table', { class: 'triangle' }, make('thead', {}, head), make('tbody', {}, body)))];
}

const plainly = (n, of) => `${exact(n)} of ${exact(of)}`;

/** Buttons of which one is pressed. */
export function segments(name, choices, chosen, onChoice) {
  return make('div', { class: 'segments', role: 'group', 'aria-label': name }, choices.map(([word, text]) =>
    make('button', { type: 'button', 'aria-pressed': String(word === chosen), onclick: () => {
      onChoice(word);
      document.querySelector(`[role="group"][aria-label="${name}"] [aria-pressed="true"]`)?.focus();
    } }, text)));
}
