const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dateOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const whole = new Intl.NumberFormat();
const percentage = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

/** "02:00" today, "yesterday 02:00", "tomorrow 02:00", "3 Nov 02:00", in the browser's locale and time zone. */
export function moment(text) {
  const at = new Date(text);
  const days = Math.round((midnight(at) - midnight(new Date())) / 86_400_000);
  if (days === 0) {
    return clock.format(at);
  }
  if (Math.abs(days) === 1) {
    return `${days < 0 ? 'yesterday' : 'tomorrow'} ${clock.format(at)}`;
  }
  const day = at.getFullYear() === new Date().getFullYear() ? date : dateOfYear;
  return `${day.format(at)} ${clock.format(at)}`;
}

export const fullMoment = (text) => full.format(new Date(text));

function midnight(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** "42 s", "3 min 20 s", "1 h 05 min". */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return s < 600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.round(s / 60)} min`;
  }
  return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')} min`;
}

export const between = (from, to) => duration((new Date(to ?? Date.now()) - new Date(from)) / 1000);

export const count = (number) => whole.format(number);

export const percent = (share) => percentage.format(share);

/** An interval of shares in whole per cent: 88–98. */
export const range = (low, high) => `${Math.round(100 * low)}–${Math.round(100 * high)}`;

/** A small number to two digits: 0.012, 1.3e−4. */
export const tiny = (value) => rate(Number(value.toPrecision(2)));

/** A loss to three places, larger ones shorter: 0.421, 12.3, 1,204. */
export function loss(value) {
  const places = value < 10 ? 3 : value < 100 ? 1 : 0;
  return value.toLocaleString(undefined, { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** A learning rate as people write it: 0.0002, 1e-5. */
export const rate = (value) => (value !== 0 && value < 0.0001 ? value.toExponential().replace('e-', 'e−') : String(value));

export const gigabytes = (value) =>
  value < 0.1
    ? `${Math.round(value * 1000)} MB`
    : `${value.toLocaleString(undefined, { maximumFractionDigits: 1 })} GB`;
