import { el } from './dom.js';
import { count, loss, percent, range, tiny } from './format.js';

const NAMES = { base: 'Base model', champion: 'Champion before', candidate: 'Candidate' };

/** The measures of answers that the page shows, in this order; exact_match has a column of its own. */
const MEASURES = {
  token_f1: 'Token F1',
  rouge_l: 'ROUGE-L',
  valid_json: 'Valid JSON',
  field_accuracy: 'Fields right',
};

/** The judgement as a table: base model, champion and candidate on the same rows; null where nothing was judged. */
export function scoresTable(run) {
  const scores = run.scores ?? [];
  if (scores.length === 0) {
    return null;
  }
  const answered = scores.some((score) => score.answered > 0);
  const measures = Object.keys(MEASURES).filter((name) => scores.some((score) => measure(score, name)));
  const names = measures.map((name) => MEASURES[name]);
  const head = ['', answered && 'Exact', 'Loss', 'Perplexity', ...names].filter((name) => name !== false);
  return el(
    'div',
    {},
    el('h2', {}, 'Judgement'),
    el(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Scores' },
      el(
        'table',
        {},
        el('caption', {}, `${rowsInWords(scores)}${names.length > 0 ? `. Small: ${percent(0.95)} interval` : ''}`),
        el('thead', {}, el('tr', {}, head.map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, scores.map((score) => row(score, answered, measures))),
      ),
    ),
    (run.checks ?? []).map((check) => el('p', { class: 'small check' }, checkInWords(check))),
  );
}

/** What the last look at the fused model found: whether it answers as what was judged. */
function checkInWords(check) {
  return (
    `The fused model against base and adapter, on ${count(check.tokens)} tokens: the same first choice for ` +
    `${percent(check.equalArgmax)}, mean KL divergence ${tiny(check.meanKl)} nats (kept up to ${check.maxKl}).`
  );
}

const measure = (score, name) => (score.metrics ?? []).find((one) => one.name === name);

function share(value, estimate) {
  return el('td', {}, value, estimate && el('small', {}, range(estimate.value.low, estimate.value.high)));
}

function rowsInWords(scores) {
  const rows = Math.max(...scores.map((score) => score.rows));
  const answered = Math.max(...scores.map((score) => score.answered));
  return `On ${count(rows)} rows that no training has seen${answered > 0 && answered < rows ? `, ${count(answered)} of them answered` : ''}`;
}

function row(score, answered, measures) {
  const exact = score.answered > 0 ? percent(score.exactMatch) : '–';
  return el(
    'tr',
    { class: score.name },
    el('th', { scope: 'row' }, NAMES[score.name] ?? score.name),
    answered && share(exact, score.answered > 0 ? measure(score, 'exact_match') : undefined),
    el('td', {}, loss(score.loss)),
    el('td', {}, loss(score.perplexity)),
    measures.map((name) => {
      const one = measure(score, name);
      return share(one ? percent(one.value.mean) : '–', one);
    }),
  );
}
