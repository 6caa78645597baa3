// The charts: what each asks, how it is drawn, and what stands below it.

import { areas, lines } from './curves.js';
import { Refused, query, save, token } from './collector.js';
import { bars, histogram, rows, segments, table, triangle } from './marks.js';
import { DAY, SPANS, USERS, addFilters, asked, byId, change, isNarrowed, question, spanOf, state, wideSpan } from './view.js';
import { clock, compareVersions, cut, date, duration, isOther, label, make, plural, short } from './words.js';

const WEEKS = 12;

const NEWEST_ON_TOP = all => [...all].sort((a, b) => b.other - a.other || compareVersions(a.name, b.name));

/** In which words an answer counts: reports, where no report has a user. */
const unit = answer => counts(answer) === 0 ? 'active users' : 'reports';
const counts = answer => {
  const at = rows(answer);
  return at.length && at.every(row => row.metrics[0] === 0) && at.some(row => row.metrics[1] > 0) ? 1 : 0;
};

/** The charts of every dashboard. */
export function ours() {
  return [
    { id: 'users', title: 'Active users', lead: 'Different users who sent a report', wide: true, mark: 'line',
      question: () => question({ group_by: `time:${spanOf()}`, metrics: `${USERS},count`, fill: 'zero' }),
      controls: () => segments('By', SPANS, spanOf(), word => change({ users: word })),
      body: answer => lines(answer, { name: 'Active users', unit: unit(answer), metric: counts(answer) }) },
    { id: 'versions', title: 'Versions', lead: 'Which versions are in use, the newest on top', wide: true, mark: 'area',
      question: () => question({ group_by: `time:${wideSpan()},semver(version,2)`, metrics: `${USERS},count`, top: 6, fill: 'zero' }),
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
      needs: 'It needs users whose first report came in these weeks, and a whole week since.',
      body: answer => triangle(answer, { weeks: WEEKS, since: monday() }) },
  ];
}

const monday = () => {
  const today = Math.floor(Date.now() / DAY) * DAY;
  return today - ((new Date(today).getUTCDay() + 6) % 7) * DAY - (WEEKS - 1) * 7 * DAY;
};

/** A chart that the operator described. */
export function theirs({ title, query: text, mark }, i) {
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

/** A chart with its title, its table and what belongs to it. */
export function card(chart) {
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
    body.replaceChildren(...(drawn ?? [nothing(chart)]).flat().filter(Boolean));
    const twin = table(answer);
    twin.hidden = !chart.open;
    body.append(twin);
    const warnings = (answer.meta.warnings ?? []).map(warning => warning.detail);
    foot.replaceChildren(make('span', {}, [chart.period || !overall.users ? plural(answer.matched_count, 'report') : plural(overall.users, 'user'), chart.period?.() ?? period(answer),
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

function nothing(chart) {
  return make('div', { class: 'says' }, make('b', {}, 'Nothing to show yet'), isNarrowed() ? 'No report of this period passes the filters.' : chart.needs ?? 'No report of this period has what this chart is about.',
    isNarrowed() && make('button', { type: 'button', class: 'act', onclick: () => change({ filters: [], programs: [] }) }, 'Remove the filters'));
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
