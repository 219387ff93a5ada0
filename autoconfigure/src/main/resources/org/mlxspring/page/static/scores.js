import { el } from './dom.js';
import { count, loss, percent } from './format.js';

const NAMES = { base: 'Base model', champion: 'Champion before', candidate: 'Candidate' };

/** The judgement as a table: base model, champion and candidate on the same rows; null where nothing was judged. */
export function scoresTable(run) {
  const scores = run.scores ?? [];
  if (scores.length === 0) {
    return null;
  }
  const answered = scores.some((score) => score.answered > 0);
  const head = ['', answered && 'Exact', 'Loss', 'Perplexity'].filter((name) => name !== false);
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
        el('caption', {}, rowsInWords(scores)),
        el('thead', {}, el('tr', {}, head.map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, scores.map((score) => row(score, answered))),
      ),
    ),
  );
}

function rowsInWords(scores) {
  const rows = Math.max(...scores.map((score) => score.rows));
  const answered = Math.max(...scores.map((score) => score.answered));
  return `On ${count(rows)} rows that no training has seen${answered > 0 && answered < rows ? `, ${count(answered)} of them answered` : ''}`;
}

function row(score, answered) {
  const exact = score.answered > 0 ? percent(score.exactMatch) : '–';
  return el(
    'tr',
    { class: score.name },
    el('th', { scope: 'row' }, NAMES[score.name] ?? score.name),
    answered && el('td', {}, exact),
    el('td', {}, loss(score.loss)),
    el('td', {}, loss(score.perplexity)),
  );
}
