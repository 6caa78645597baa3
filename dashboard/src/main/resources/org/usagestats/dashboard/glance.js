// What is seen at a glance: the numbers at the top, and how the collector fares.

import { metrics, query } from './collector.js';
import { rows } from './marks.js';
import { DAY, USERS, asked, question } from './view.js';
import { compareVersions, cut, duration, exact, label, make, percent, short } from './words.js';

/** The numbers at the top. */
export function tiles() {
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

/** What became of what the collector was sent, by its own numbers. */
export function health() {
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
