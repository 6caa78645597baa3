// Asks the collector, a few questions at a time, and again when it is busy.

const AT_ONCE = 3;
const TRIES = 4;
const TOKEN = 'usagestats-token';

let free = AT_ONCE;
const waiting = [];

/** What went wrong, in words for the reader. */
export class Refused extends Error {
  constructor(status, title, detail) {
    super(title);
    this.status = status;
    this.detail = detail;
  }
}

export const token = () => sessionStorage.getItem(TOKEN);
export const keepToken = text => sessionStorage.setItem(TOKEN, text);
const headers = () => token() ? { Authorization: `Bearer ${token()}` } : {};

/** A query string that people can read: only what has a meaning in addresses is escaped. */
export const written = parameters => parameters
  .map(([name, value]) => `${name}=${value}`)
  .map(text => encodeURIComponent(text).replace(/%(3D|3A|2C|28|29|24|2F|40|3B)/g, escape => decodeURIComponent(escape)).replace(/'/g, '%27'))
  .join('&');

async function turn(work) {
  if (free === 0) {
    await new Promise(go => waiting.push(go));
  } else {
    free--;
  }
  try {
    return await work();
  } finally {
    const go = waiting.shift();
    go ? go() : free++;
  }
}

async function problem(answer) {
  const text = await answer.text();
  try {
    const { title, detail, errors } = JSON.parse(text);
    const hints = (errors ?? []).map(error => [error.parameter, error.detail].filter(Boolean).join(': '));
    return new Refused(answer.status, title ?? 'The collector refused', [detail, ...hints].filter(Boolean).join(' · '));
  } catch {
    return new Refused(answer.status, 'The collector refused', text.slice(0, 200) || `status ${answer.status}`);
  }
}

async function fetched(address, signal) {
  for (let tries = 1; ; tries++) {
    let answer;
    try {
      answer = await fetch(address, { headers: headers(), signal });
    } catch (failed) {
      throw failed.name === 'AbortError' ? failed : new Refused(0, 'The collector does not answer', 'Is it running?');
    }
    if (answer.ok) {
      return answer;
    }
    if (![429, 503].includes(answer.status) || tries === TRIES) {
      throw await problem(answer);
    }
    const seconds = Math.min(Number(answer.headers.get('Retry-After')) || 1, 5);
    await new Promise(go => setTimeout(go, seconds * 1000 * Math.random() + 200));
  }
}

export const query = (question, signal) => turn(async () => (await fetched(`v1/query?${question}`, signal)).json());
export const charts = signal => turn(async () => (await fetched('ui/charts.json', signal)).json());

/** The collector's own numbers: [name with labels, value]. */
export async function metrics(signal) {
  const text = await turn(async () => (await fetched('metrics', signal)).text());
  return new Map(text.split('\n').filter(line => line && !line.startsWith('#'))
    .map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

/** Hands an answer over as a file; a plain link could not show the token. */
export async function save(address, name) {
  const blob = await turn(async () => (await fetched(address)).blob());
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
