// Numbers, times and names as people read them; and elements, which are made of text only.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 86_400_000;

/** 1,234 and 12.3 k: the first to compare, the second where there is little room. */
export const exact = n => n === null ? '–' : Number.isInteger(n) ? whole.format(n) : fraction.format(n);

export function short(n) {
  if (n === null) {
    return '–';
  }
  const steps = [[1e9, ' bn'], [1e6, ' M'], [1e4, ' k', 1e3]];
  const step = steps.find(([from]) => Math.abs(n) >= from);
  return step ? fraction.format(n / (step[2] ?? step[0])) + step[1] : exact(n);
}

export function percent(share) {
  const hundredths = share * 100;
  const text = hundredths > 0 && hundredths < 0.1 ? '< 0.1'
    : hundredths < 10 && hundredths > 0 ? hundredths.toFixed(1).replace('.0', '') : Math.round(hundredths);
  return `${text} %`;
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return '–';
  }
  const units = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const [size, name] = units.find(([s]) => seconds >= s) ?? [0.001, 'ms'];
  const n = seconds / size;
  return `${n < 10 && size > 1 ? Number(n.toFixed(1)) : Math.round(n)} ${name}`;
}

export const plural = (n, one, many = one + 's') => `${exact(n)} ${n === 1 ? one : many}`;

const utc = time => new Date(time);
export const date = time => `${utc(time).getUTCDate()} ${months[utc(time).getUTCMonth()]} ${utc(time).getUTCFullYear()}`;
export const dayAndMonth = time => `${utc(time).getUTCDate()} ${months[utc(time).getUTCMonth()]}`;
export const month = time => months[utc(time).getUTCMonth()];
export const clock = time => new Date(time).toISOString().slice(11, 16);

/** The name of a stretch of the calendar that begins at a time. */
export function stretch(span, time) {
  return {
    hour: () => `${dayAndMonth(time)}, ${clock(time)}`,
    day: () => `${['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][utc(time).getUTCDay()]}, ${date(time)}`,
    week: () => `Week of ${date(time)}`,
    month: () => `${month(time)} ${utc(time).getUTCFullYear()}`,
  }[span]?.() ?? date(time);
}

/** The beginning of the next stretch. */
export function next(span, time) {
  const day = utc(time);
  return {
    hour: () => time + DAY / 24,
    day: () => time + DAY,
    week: () => time + 7 * DAY,
    month: () => day.setUTCMonth(day.getUTCMonth() + 1),
    quarter: () => day.setUTCMonth(day.getUTCMonth() + 3),
    year: () => day.setUTCFullYear(day.getUTCFullYear() + 1),
  }[span]();
}

export const isOther = value => typeof value === 'object' && value !== null && value.other === true;

/** A value of a dimension as text; what hides in the text or turns its direction is shown. */
export function label(value) {
  if (isOther(value)) {
    return 'Other';
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? '(empty)' : text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, c => `\\u${c.codePointAt(0).toString(16).padStart(4, '0')}`);
}

/** Cuts a long text, for where it must fit. */
export const cut = (text, length) => [...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text;

/** Versions by their numbers: 1.10 after 1.9, and what is none before all. */
export function compareVersions(left, right) {
  const numbers = text => /^v?\d/.test(text) ? text.replace(/^v/, '').split('.').map(n => parseInt(n, 10) || 0) : [-1];
  const [a, b] = [numbers(String(left)), numbers(String(right))];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) {
      return (a[i] ?? 0) - (b[i] ?? 0);
    }
  }
  return 0;
}

const SVG = 'http://www.w3.org/2000/svg';

function built(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const make = (tag, attributes = {}, ...children) => built(document.createElement(tag), attributes, children);
export const draw = (tag, attributes = {}, ...children) => built(document.createElementNS(SVG, tag), attributes, children);
