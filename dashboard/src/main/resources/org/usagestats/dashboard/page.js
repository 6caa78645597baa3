// The page: what is asked, and what is shown. All that the reader chose stands in the address.

import { areas, lines } from './curves.js';
import { Refused, charts as customCharts, keepToken, metrics, query, save, token, written } from './collector.js';
import { bars, histogram, rows, table, triangle } from './marks.js';
import { clock, compareVersions, cut, date, draw, duration, exact, isOther, label, make, percent, plural, short } from './words.js';

const PERIODS = [['7d', '7 days', 7], ['28d', '28 days', 28], ['91d', '3 months', 91], ['12mo', '12 months', 365], ['all', 'All', 3650]];
const SPANS = [['day', 'Day'], ['week', 'Week'], ['month', 'Month']];
const USERS = 'distinct(user)';
const WEEKS = 12;
const DAY = 86_400_000;

let state;
let asked = new AbortController();
const byId = id => document.getElementById(id);

// ---- what the reader chose ------------------------------------------------------------------------------------------

function read() {
  const address = new URLSearchParams(location.search);
  const period = PERIODS.some(([word]) => word === address.get('period')) ? address.get('period') : '12mo';
  const filters = [...address].filter(([name, value]) => name.startsWith('f.') && value.startsWith('eq.')).map(([name, value]) => [name.slice(2), value.slice(3)]);
  const users = SPANS.some(([word]) => word === address.get('users')) ? address.get('users') : null;
  return { period, programs: address.getAll('program'), filters, users, share: address.get('share') === '1' };
}

function change(part) {
  state = { ...state, ...part };
  const address = [...(state.period === '12mo' ? [] : [['period', state.period]]), ...state.programs.map(name => ['program', name]),
    ...state.filters.map(([dimension, value]) => [`f.${dimension}`, `eq.${value}`]), ...(state.users ? [['users', state.users]] : []), ...(state.share ? [['share', '1']] : [])];
  history.pushState(null, '', address.length ? `?${new URLSearchParams(address)}` : location.pathname);
  show();
}

function addFilters(chosen) {
  const added = chosen.map(([dimension, value]) => [dimension, typeof value === 'string' ? value : JSON.stringify(value)]);
  change({ filters: [...state.filters.filter(([dimension]) => !added.some(([other]) => other === dimension)), ...added] });
  byId('chips').querySelector('li:last-of-type button')?.focus();
}

const quoted = text => `"${text.replaceAll('"', '""')}"`;

function conditions() {
  const programs = state.programs.length === 0 ? [] : state.programs.length === 1 ? [['f.program', `eq.${state.programs[0]}`]]
    : [['f.program', `in.(${state.programs.map(quoted).join(',')})`]];
  return [...programs, ...state.filters.map(([dimension, value]) => [`f.${dimension}`, `eq.${value}`])];
}

const question = (parameters, period = [['period', state.period]]) => written([...Object.entries(parameters), ...period, ...conditions()]);
const spanOf = () => state.users ?? (['7d', '28d', '91d'].includes(state.period) ? 'day' : 'week');
const wide = () => (['7d', '28d'].includes(state.period) ? 'day' : 'week');

// ---- the charts -----------------------------------------------------------------------------------------------------

const NEWEST_ON_TOP = all => [...all].sort((a, b) => b.other - a.other || compareVersions(a.name, b.name));

/** In which words an answer counts: reports, where no report has a user. */
const unit = answer => counts(answer) === 0 ? 'active users' : 'reports';
const counts = answer => {
  const at = rows(answer);
  return at.length && at.every(row => row.metrics[0] === 0) && at.some(row => row.metrics[1] > 0) ? 1 : 0;
};

function ours() {
  return [
    { id: 'users', title: 'Active users', lead: 'Different users who sent a report', wide: true, mark: 'line',
      question: () => question({ group_by: `time:${spanOf()}`, metrics: `${USERS},count`, fill: 'zero' }),
      controls: () => segments('By', SPANS, spanOf(), word => change({ users: word })),
      body: answer => lines(answer, { name: 'Active users', unit: unit(answer), metric: counts(answer) }) },
    { id: 'versions', title: 'Versions', lead: 'Which versions are in use, the newest on top', wide: true, mark: 'area',
      question: () => question({ group_by: `time:${wide()},semver(version,2)`, metrics: `${USERS},count`, top: 6, fill: 'zero' }),
      controls: () => segments('Show', [['', 'Users'], ['1', '100 %']], state.share ? '1' : '', word => change({ share: word === '1' })),
      body: answer => areas(answer, { name: 'Versions', unit: unit(answer), metric: counts(answer), onFilter: addFilters, byShare: state.share, sorted: NEWEST_ON_TOP, ordered: true }) },
    { id: 'java', title: 'Java', lead: 'The share of users on each version', mark: 'bars',
      question: () => question({ group_by: 'part(java,1)', metrics: USERS, top: 8 }),
      body: (answer, users) => bars(answer, { onFilter: addFilters, total: users, nameOf: value => isOther(value) ? 'Other' : `Java ${label(value)}`, inOrder: true }) },
    { id: 'systems', title: 'Systems', lead: 'Operating systems by architecture', mark: 'bars',
      question: () => question({ group_by: 'part(system,1),architecture', metrics: USERS, top: 10 }),
      body: (answer, users) => bars(answer, { onFilter: addFilters, total: users, by: 'architecture' }) },
    { id: 'sessions', title: 'Session time', lead: 'How long half of the sessions take at most, and nine of ten', mark: 'histogram',
      question: () => question({ group_by: 'log2(session_time)', metrics: 'count', order: 'log2(session_time)' }),
      also: () => question({ metrics: 'p50(session_time),p90(session_time)' }),
      body: (answer, users, also, width) => {
        const [half, most] = also.rows[0] ?? [null, null];
        return histogram(answer, { width, onFilter: addFilters, marks: [{ name: `half: ${duration(half)}`, value: half, end: true }, { name: `9 of 10: ${duration(most)}`, value: most }] });
      } },
    { id: 'retention', title: 'Who stays', lead: 'Of the users new in a week, how many percent came in the weeks after', mark: 'table',
      question: () => question({ group_by: 'first(user,week),age(user,week)', metrics: USERS }, [['from', new Date(monday()).toISOString().slice(0, 10)]]),
      period: () => `since ${date(monday())}`,
      body: answer => triangle(answer, { weeks: WEEKS, since: monday() }) },
  ];
}

const monday = () => {
  const today = Math.floor(Date.now() / DAY) * DAY;
  return today - ((new Date(today).getUTCDay() + 6) % 7) * DAY - (WEEKS - 1) * 7 * DAY;
};

/** A chart that the operator described. */
function theirs({ title, query: text, mark }, i) {
  const given = [...new URLSearchParams(text)].filter(([name]) => name !== 'period');
  const draws = {
    line: answer => lines(answer, { name: title, unit: unitOf(answer), onFilter: addFilters }),
    area: answer => areas(answer, { name: title, unit: unitOf(answer), onFilter: addFilters, byShare: state.share }),
    bars: (answer, users) => bars(answer, { onFilter: addFilters, by: answer.columns[1].role === 'dimension' ? answer.columns[1].name : null, total: total(answer, users) }),
    histogram: (answer, users, also, width) => histogram(answer, { width, onFilter: addFilters, nameOf: short }),
    table: () => [],
  };
  return { id: `custom${i}`, title, mark, question: () => question(Object.fromEntries(given)), open: mark === 'table', body: draws[mark] ?? draws.table };
}

const unitOf = answer => ({ count: 'reports', [USERS]: 'users' })[answer.columns.find(column => column.role === 'metric').name] ?? answer.columns.at(-1).name;

function total(answer, users) {
  const metric = answer.columns.find(column => column.role === 'metric').name;
  return metric === USERS ? users : metric === 'count' ? answer.matched_count : 0;
}

// ---- a card ---------------------------------------------------------------------------------------------------------

function card(chart) {
  const id = `${chart.id}-title`;
  const body = make('div', { class: 'body' }, make('div', { class: 'waiting' }));
  const foot = make('footer');
  const element = make('section', { class: `card${chart.wide ? ' wide' : ''}`, id: chart.id, 'aria-labelledby': id, 'aria-busy': 'true' },
    make('header', {}, make('div', {}, make('h2', { id, dir: 'auto' }, chart.title), chart.lead && make('p', { class: 'lead' }, chart.lead)), chart.controls?.()), body, foot);
  return { element, fill: totals => fill(chart, element, body, foot, totals) };
}

async function fill(chart, element, body, foot, totals) {
  const signal = asked.signal;
  const text = chart.question();
  try {
    const [answer, also, overall] = await Promise.all([query(text, signal), chart.also ? query(chart.also(), signal) : null, totals]);
    const drawn = answer.rows.some(row => row.at(-1) > 0) ? chart.body(answer, overall.users, also, body.clientWidth) : null;
    body.replaceChildren(...(drawn ?? [nothing()]).flat().filter(Boolean));
    const twin = table(answer);
    twin.hidden = !chart.open;
    body.append(twin);
    const warnings = (answer.meta.warnings ?? []).map(warning => warning.detail);
    foot.replaceChildren(make('span', {}, [plural(overall.users || answer.matched_count, overall.users ? 'user' : 'report'), chart.period?.() ?? period(answer),
      complete(answer), answer.meta.partial && 'not all groups', ...warnings].filter(Boolean).join(' · ')), links(chart, text, twin));
  } catch (failed) {
    if (failed.name === 'AbortError') {
      return;
    }
    const [title, detail] = failed instanceof Refused ? [failed.message, failed.detail] : ['This chart could not be drawn', failed.message];
    body.replaceChildren(make('div', { class: 'says', role: 'alert' }, make('b', {}, title), make('span', {}, cut(detail ?? '', 300)),
      make('button', { type: 'button', class: 'act', onclick: () => fill(chart, element, body, foot, totals) }, 'Try again')));
  }
  element.removeAttribute('aria-busy');
}

function nothing() {
  const narrowed = state.filters.length > 0 || state.programs.length > 0;
  return make('div', { class: 'says' }, make('b', {}, 'Nothing to show yet'), narrowed ? 'No report of this period passes the filters.' : 'No report of this period has what this chart is about.',
    narrowed && make('button', { type: 'button', class: 'act', onclick: () => change({ filters: [], programs: [] }) }, 'Remove the filters'));
}

function period(answer) {
  const { from, to } = answer.meta;
  return from ? `${date(Date.parse(from))} – ${date(Math.min(to ? Date.parse(to) - 1 : Infinity, Date.now()))}` : 'all reports';
}

function complete(answer) {
  const until = answer.meta.complete_until && Date.parse(answer.meta.complete_until);
  return until ? `complete until ${Date.now() - until < DAY ? '' : `${date(until)}, `}${clock(until)} UTC` : null;
}

function links(chart, text, twin) {
  const toggle = make('button', { type: 'button', 'aria-expanded': String(!twin.hidden), onclick: event => {
    twin.hidden = !twin.hidden;
    event.target.setAttribute('aria-expanded', String(!twin.hidden));
  } }, 'Table');
  const link = (name, address, file) => make('a', { href: address, 'aria-label': `${name} of ${cut(chart.title, 60)}`, onclick: event => {
    if (token()) {
      event.preventDefault();
      save(address, file).catch(failed => { byId('notice').textContent = failed.message; });
    }
  } }, name);
  return make('span', { class: 'links' }, toggle, link('CSV', `v1/query?${text}&format=csv`, `${chart.id}.csv`),
    chart.mark !== 'table' && link('SVG', `v1/chart.svg?${text}&mark=${chart.mark}`, `${chart.id}.svg`), link('Question', `v1/query?${text}`, `${chart.id}.json`));
}

// ---- the tiles ------------------------------------------------------------------------------------------------------

function tiles() {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const midnight = Math.floor(now / DAY) * DAY;
  return [
    ...[[1, 'Users, last 24 hours', 'day before'], [7, 'Users, last 7 days', '7 days before'], [28, 'Users, last 28 days', '28 days before']]
      .map(([days, title, than]) => compared(title, than, `${USERS},count`, [now - days * DAY, now + 60_000], [now - 2 * days * DAY, now - days * DAY])),
    compared('Reports today', 'yesterday', 'count', [midnight, now + 60_000], [midnight - DAY, now - DAY]),
    newest(),
  ];
}

function tile(title, work) {
  const [number, change] = [make('p', { class: 'number' }, make('span', { class: 'waiting' })), make('p', { class: 'change' }, '\u00a0')];
  const fillTile = async () => {
    try {
      const [text, more] = await work();
      number.replaceChildren(text);
      change.replaceChildren(...[more].flat());
    } catch (failed) {
      if (failed.name !== 'AbortError') {
        number.replaceChildren('–');
        change.replaceChildren(cut(failed.message, 80));
      }
    }
  };
  return { element: make('div', { class: 'tile' }, make('h2', {}, title), number, change), fill: fillTile };
}

function compared(title, than, wanted, now, before) {
  const ask = async ([from, to]) => {
    const answer = await query(question({ metrics: wanted }, [['from', new Date(from).toISOString()], ['to', new Date(to).toISOString()]]), asked.signal);
    const [first = 0, count = 0] = answer.rows[0] ?? [];
    return first || count;
  };
  return tile(title, async () => {
    const [current, earlier] = await Promise.all([ask(now), ask(before)]);
    const share = earlier ? current / earlier - 1 : null;
    const number = make('span', { title: exact(current) }, short(current));
    if (share === null || current === earlier) {
      return [number, earlier ? `as many as ${than}` : 'none before'];
    }
    return [number, [make('span', { class: share > 0 ? 'up' : 'down' }, `${share > 0 ? '▲' : '▼'} ${percent(Math.abs(share))}`), ` vs ${than}`]];
  });
}

function newest() {
  return tile('Newest version in use', async () => {
    const answer = await query(question({ group_by: 'semver(version,3)', metrics: `share(user),share` }, [['period', '7d']]), asked.signal);
    const known = rows(answer).filter(row => /^\d/.test(label(row.values[0]))).map(row => [label(row.values[0]), row.metrics[0] || row.metrics[1]]);
    const [version, share] = known.filter(one => one[1] >= 0.01).sort((a, b) => compareVersions(b[0], a[0]))[0] ?? [];
    return version ? [cut(version, 20), [make('b', {}, percent(share)), ' of users this week']] : ['–', 'no version this week'];
  });
}

// ---- the collector's own health -------------------------------------------------------------------------------------

function health() {
  const body = make('div', { class: 'body' }, make('div', { class: 'waiting' }));
  const foot = make('footer', {}, make('span', {}, 'Since the collector started'), make('span', { class: 'links' }, make('a', { href: 'metrics' }, 'Metrics')));
  const element = make('section', { class: 'card', id: 'health', 'aria-labelledby': 'health-title' },
    make('header', {}, make('div', {}, make('h2', { id: 'health-title' }, 'The collector'), make('p', { class: 'lead' }, 'What became of what it was sent'))), body, foot);
  return { element, fill: async () => {
    try {
      const seen = await metrics(asked.signal);
      const get = name => seen.get(name) ?? 0;
      const sum = prefix => [...seen].filter(([name]) => name.startsWith(prefix)).reduce((all, [, n]) => all + n, 0);
      const appends = get('usagestats_sink_append_seconds_count');
      const facts = [['Stored', short(get('usagestats_reports_total{outcome="stored"}'))], ['Sent again', short(get('usagestats_reports_total{outcome="duplicate"}'))],
        ['Refused', short(sum('usagestats_reports_rejected_total') + get('usagestats_reports_total{outcome="conflict"}'))], ['Put off while busy', short(get('usagestats_requests_busy_total'))],
        ['Failures of the disk', short(get('usagestats_sink_failures_total'))], ['Time to keep a report', appends ? duration(get('usagestats_sink_append_seconds_sum') / appends) : '–']];
      body.replaceChildren(make('dl', { class: 'facts' }, facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)))));
    } catch (failed) {
      if (failed.name !== 'AbortError') {
        body.replaceChildren(make('div', { class: 'says', role: 'alert' }, make('b', {}, failed.message), failed.detail ?? ''));
      }
    }
  } };
}

// ---- pickers, chips and the whole page ------------------------------------------------------------------------------

function segments(name, choices, chosen, onChoice) {
  return make('div', { class: 'segments', role: 'group', 'aria-label': name }, choices.map(([word, text]) =>
    make('button', { type: 'button', 'aria-pressed': String(word === chosen), onclick: () => {
      onChoice(word);
      document.querySelector(`[role="group"][aria-label="${name}"] [aria-pressed="true"]`)?.focus();
    } }, text)));
}

function programs(known) {
  if (known.length < 2 && state.programs.length === 0) {
    return null;
  }
  const names = [...new Set([...known.map(([name]) => name), ...state.programs])];
  const sizes = new Map(known);
  const box = name => make('label', {}, make('input', { type: 'checkbox', value: name, checked: state.programs.includes(name), onchange: event => {
    change({ programs: event.target.checked ? [...state.programs, name] : state.programs.filter(other => other !== name) });
  } }), make('span', { dir: 'auto', title: cut(label(name), 300) }, cut(label(name), 60)), make('small', {}, sizes.has(name) ? short(sizes.get(name)) : ''));
  const chosen = state.programs.length === 0 ? 'All programs' : state.programs.length === 1 ? cut(label(state.programs[0]), 40) : `${state.programs.length} programs`;
  const menu = make('details', { class: 'menu' }, make('summary', { 'aria-label': `Programs: ${chosen}` }, chosen), make('div', { role: 'group', 'aria-label': 'Programs' }, names.map(box)));
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  return menu;
}

function picks(known) {
  const open = document.querySelector('.menu')?.open ?? false;
  const focused = open && document.activeElement?.matches('.menu input') ? document.activeElement.value : null;
  const menu = programs(known);
  byId('picks').replaceChildren(...[menu, segments('Period', PERIODS, state.period, word => change({ period: word }))].filter(Boolean));
  if (menu && open) {
    menu.open = true;
    [...menu.querySelectorAll('input')].find(input => input.value === focused)?.focus();
  }
}

const NAMES = { 'part(java,1)': 'Java', 'part(system,1)': 'System', 'semver(version,2)': 'Version', 'log2(session_time)': 'Session time from', architecture: 'Architecture' };
const shown = ([dimension, value]) => dimension === 'log2(session_time)' && Number.isFinite(Number(value)) ? duration(Number(value)) : label(value);

function chips() {
  const cross = () => draw('svg', { width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true' }, draw('path', { d: 'M5.5 5.5l7 7m0-7l-7 7', stroke: 'currentColor', 'stroke-width': 1.6, 'stroke-linecap': 'round' }));
  const chip = filter => {
    const text = `${cut(NAMES[filter[0]] ?? filter[0], 60)}: ${cut(shown(filter), 60)}`;
    return make('li', {}, make('button', { type: 'button', 'aria-label': `Remove the filter ${text}`, title: text, onclick: () => {
      change({ filters: state.filters.filter(other => other !== filter) });
      (byId('chips').querySelector('button') ?? byId('charts')).focus();
    } }, make('span', { dir: 'auto' }, text), cross()));
  };
  byId('chips').replaceChildren(...state.filters.map(chip),
    ...(state.filters.length > 1 ? [make('li', {}, make('button', { type: 'button', class: 'plain', onclick: () => change({ filters: [] }) }, 'Remove all'))] : []));
}

function welcome() {
  const address = new URL('.', location.href).href.split('?')[0];
  return make('div', { class: 'welcome' }, make('h2', {}, 'Waiting for the first report'),
    make('p', {}, 'The collector runs and is empty. Point your program at it, or try it out with a report of your own:'),
    make('code', { tabindex: 0 }, `curl ${address} \\\n  --data-binary $'date:${(Date.now() / 1000).toFixed(3)}\\nversion:1.0\\nprogram:my-program\\n'`),
    make('p', {}, 'Charts appear here as soon as there is something to draw.'), make('p', {}, make('button', { type: 'button', class: 'act', onclick: () => show() }, 'Look again')));
}

function askForToken(failed) {
  const input = make('input', { type: 'password', 'aria-label': 'Token', autocomplete: 'off', required: true });
  return make('div', { class: 'welcome' }, make('h2', {}, failed.status === 401 ? 'This collector asks for a token' : failed.message), make('p', {}, failed.detail ?? ''),
    failed.status === 401 && make('form', { onsubmit: event => {
      event.preventDefault();
      keepToken(input.value.trim());
      show();
    } }, input, make('button', { class: 'act' }, 'Read')),
    failed.status !== 401 && make('p', {}, make('button', { type: 'button', class: 'act', onclick: () => show() }, 'Try again')));
}

function alone(element) {
  for (const id of ['tiles', 'charts', 'chips', 'about']) {
    byId(id).replaceChildren();
  }
  byId('notice').replaceChildren(element);
}

async function show() {
  asked.abort();
  asked = new AbortController();
  const signal = asked.signal;
  state ??= read();
  chips();
  try {
    const [known, overall, custom] = await Promise.all([query(written([['group_by', 'program'], ['metrics', `${USERS},count`], ['top', 50], ['other', 'false']]), signal),
      query(question({ metrics: `${USERS},count` }), signal), customCharts(signal)]);
    picks(rows(known).map(row => [label(row.values[0]), row.metrics[0] || row.metrics[1]]));
    if (overall.record_count === 0) {
      alone(welcome());
      setTimeout(() => signal.aborted || show(), 10_000);
      return;
    }
    byId('notice').replaceChildren();
    const [users = 0, reports = 0] = overall.rows[0] ?? [];
    byId('about').replaceChildren(make('b', {}, plural(users, 'user')), ' sent ', make('b', {}, plural(reports, 'report')), `, ${PERIODS.find(([word]) => word === state.period)[0] === 'all' ? 'ever' : `in the last ${PERIODS.find(([word]) => word === state.period)[1]}`}.`);
    const [tops, cards] = [tiles(), [...ours(), ...custom.map(theirs)].map(card)];
    const own = health();
    byId('tiles').replaceChildren(...tops.map(one => one.element));
    byId('charts').replaceChildren(...cards.map(one => one.element), own.element);
    tops.forEach(one => one.fill());
    cards.forEach(one => one.fill(Promise.resolve({ users })));
    own.fill();
  } catch (failed) {
    if (failed.name !== 'AbortError') {
      picks([]);
      alone(askForToken(failed instanceof Refused ? failed : new Refused(0, 'The page failed', failed.message)));
    }
  }
}

function start() {
  state = read();
  picks([]);
  show();
}

addEventListener('popstate', () => {
  state = read();
  show();
});
document.addEventListener('click', event => {
  const menu = document.querySelector('.menu[open]');
  if (menu && event.target.isConnected && !menu.contains(event.target)) {
    menu.open = false;
  }
});
start();
