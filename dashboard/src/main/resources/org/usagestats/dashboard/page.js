// The page: its pickers and filters, and what it shows when there is something to show, or nothing, or something went wrong.

import { card, ours, theirs } from './cards.js';
import { Refused, charts as customCharts, keepToken, query, written } from './collector.js';
import { health, tiles } from './glance.js';
import { rows, segments } from './marks.js';
import { DAY, PERIODS, USERS, askAnew, byId, change, isAgeKnown, isNarrowed, keepAge, onChange, periodOf, question, state } from './view.js';
import { cut, draw, duration, label, make, plural, short } from './words.js';

/** After so many milliseconds whoever waits wants to know why. */
const LONG = 2000;

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
  byId('picks').replaceChildren(...[menu, segments('Period', PERIODS, periodOf(), word => change({ period: word }))].filter(Boolean));
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

function nowhere() {
  return make('div', { class: 'welcome' }, make('h2', {}, 'Nothing to see in this view'),
    make('p', {}, isNarrowed() ? 'The collector has reports, but none of this period passes the filters.' : 'The collector has reports, but none of this period.'),
    make('p', {}, isNarrowed() && make('button', { type: 'button', class: 'act', onclick: () => change({ filters: [], programs: [] }) }, 'Remove the filters'), ' ',
      periodOf() !== 'all' && make('button', { type: 'button', class: 'act', onclick: () => change({ period: 'all' }) }, 'Look at all times')));
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

/** What is still there is of an earlier question, or nothing but an outline. */
function waiting(still, outlined = false) {
  for (const id of ['tiles', 'charts']) {
    byId(id).classList.toggle('stale', still && !outlined);
    still ? byId(id).setAttribute('aria-busy', 'true') : byId(id).removeAttribute('aria-busy');
  }
}

/** Before the first answer the charts stand there as they will be; if it takes long the page says for what it waits. */
function outline(signal) {
  const empty = !byId('charts').hasChildNodes() && !byId('notice').hasChildNodes();
  if (empty) {
    byId('tiles').replaceChildren(...tiles().map(one => one.element));
    byId('charts').replaceChildren(...ours().map(card).map(one => one.element));
  }
  setTimeout(() => {
    if (empty && !signal.aborted && byId('charts').hasAttribute('aria-busy')) {
      byId('about').replaceChildren('The collector is counting. Just after its start that may take a while.');
    }
  }, LONG);
  return empty;
}

function alone(element) {
  waiting(false);
  for (const id of ['tiles', 'charts', 'chips', 'about']) {
    byId(id).replaceChildren();
  }
  byId('notice').replaceChildren(element);
}

async function show() {
  const signal = askAnew();
  chips();
  waiting(true, outline(signal));
  try {
    const [known, overall, custom, old] = await Promise.all([query(written([['group_by', 'program'], ['metrics', `${USERS},count`], ['top', 50], ['other', 'false']]), signal),
      query(question({ metrics: `${USERS},count` }), signal), customCharts(signal), isAgeKnown() || state.period ? null : query(written([['metrics', 'count'], ['to', new Date(Date.now() - 28 * DAY).toISOString()]]), signal)]);
    if (old) {
      // What a young collector has of a year, it has of 28 days.
      keepAge(old.rows[0]?.[0] > 0);
    }
    picks(rows(known).map(row => [label(row.values[0]), row.metrics[0] || row.metrics[1]]));
    if (overall.record_count === 0) {
      alone(welcome());
      setTimeout(() => signal.aborted || show(), 10_000);
      return;
    }
    byId('notice').replaceChildren();
    const [users = 0, reports = 0] = overall.rows[0] ?? [];
    byId('about').replaceChildren(...(users ? [make('b', {}, plural(users, 'user')), ' sent ', make('b', {}, plural(reports, 'report'))] : [make('b', {}, plural(reports, 'report')), ' came']), ` ${periodOf() === 'all' ? 'ever' : `in the last ${PERIODS.find(([word]) => word === periodOf())[1]}`}.`);
    if (overall.matched_count === 0) {
      waiting(false);
      byId('tiles').replaceChildren();
      byId('charts').replaceChildren();
      byId('notice').replaceChildren(nowhere());
      return;
    }
    const [tops, cards] = [tiles(), [...ours(), ...custom.map(theirs)].map(card)];
    const own = health();
    waiting(false);
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

onChange(show);
document.addEventListener('click', event => {
  const menu = document.querySelector('.menu[open]');
  if (menu && event.target.isConnected && !menu.contains(event.target)) {
    menu.open = false;
  }
});
picks([]);
show();
