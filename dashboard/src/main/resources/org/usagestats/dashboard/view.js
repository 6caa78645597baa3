// What the reader chose to look at, which stands in the page's address.

import { written } from './collector.js';

export const PERIODS = [['7d', '7 days'], ['28d', '28 days'], ['91d', '3 months'], ['12mo', '12 months'], ['all', 'All']];
export const SPANS = [['day', 'Day'], ['week', 'Week'], ['month', 'Month']];
export const USERS = 'distinct(user)';
export const DAY = 86_400_000;

export const byId = id => document.getElementById(id);

/** The period, programs, filters and the ways to draw that are chosen now; what is not chosen is null. */
export let state = read();

let usual = null;

/** Ends the questions of the view before when the view changes. */
export let asked = new AbortController();

let changed = () => {};

/** Names who shows the view whenever it changes. */
export function onChange(listener) {
  changed = listener;
}

/** Begins anew: what is still asked is no longer wanted. */
export function askAnew() {
  asked.abort();
  asked = new AbortController();
  return asked.signal;
}

export const isNarrowed = () => state.filters.length > 0 || state.programs.length > 0;

function read() {
  const address = new URLSearchParams(location.search);
  const period = PERIODS.some(([word]) => word === address.get('period')) ? address.get('period') : null;
  const filters = [...address].filter(([name, value]) => name.startsWith('f.') && value.startsWith('eq.')).map(([name, value]) => [name.slice(2), value.slice(3)]);
  const users = SPANS.some(([word]) => word === address.get('users')) ? address.get('users') : null;
  return { period, programs: address.getAll('program'), filters, users, share: address.get('share') === '1' };
}

/** Takes a choice over, and keeps it in the address. */
export function change(part) {
  state = { ...state, ...part };
  const address = [...(state.period ? [['period', state.period]] : []), ...state.programs.map(name => ['program', name]),
    ...state.filters.map(([dimension, value]) => [`f.${dimension}`, `eq.${value}`]), ...(state.users ? [['users', state.users]] : []), ...(state.share ? [['share', '1']] : [])];
  history.pushState(null, '', address.length ? `?${new URLSearchParams(address)}` : location.pathname);
  changed();
}

/** Narrows the view to some values; another value of the same dimension gives way. */
export function addFilters(chosen) {
  const added = chosen.map(([dimension, value]) => [dimension, typeof value === 'string' ? value : JSON.stringify(value)]);
  change({ filters: [...state.filters.filter(([dimension]) => !added.some(([other]) => other === dimension)), ...added] });
  byId('chips').querySelector('li:last-of-type button')?.focus();
}

/** The period that is shown: the chosen one, or what suits the collector's age; a year until that is known. */
export const periodOf = () => state.period ?? usual ?? '12mo';
export const isAgeKnown = () => usual !== null;

/** Takes over whether there are reports from before the last 28 days. */
export function keepAge(isOld) {
  usual = isOld ? '12mo' : '28d';
}

const quoted = text => `"${text.replaceAll('"', '""')}"`;

function conditions() {
  const programs = state.programs.length === 0 ? [] : state.programs.length === 1 ? [['f.program', `eq.${state.programs[0]}`]]
    : [['f.program', `in.(${state.programs.map(quoted).join(',')})`]];
  return [...programs, ...state.filters.map(([dimension, value]) => [`f.${dimension}`, `eq.${value}`])];
}

/** A question about the view's reports. */
export const question = (parameters, period = [['period', periodOf()]]) => written([...Object.entries(parameters), ...period, ...conditions()]);
export const spanOf = () => state.users ?? (['7d', '28d', '91d'].includes(periodOf()) ? 'day' : 'week');
/** The span for charts of several series: no finer than they can be read. */
export const wideSpan = () => (['7d', '28d'].includes(periodOf()) ? 'day' : 'week');

addEventListener('popstate', () => {
  const now = read();
  if (JSON.stringify(now) !== JSON.stringify(state)) {
    state = now;
    changed();
  }
});
