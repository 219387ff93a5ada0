import { between, count, duration, loss, percent } from './format.js';

const STATES = {
  QUEUED: ['Queued', 'wait'],
  PREPARING: ['Preparing', 'active'],
  TRAINING: ['Training', 'active'],
  EVALUATING: ['Evaluating', 'active'],
  FUSING: ['Fusing', 'active'],
  SUCCEEDED: ['Succeeded', 'good'],
  FAILED: ['Failed', 'bad'],
  STOPPED: ['Stopped', 'quiet stopped'],
};

/** The word and the style of a state. */
export function state(run) {
  const [word, style] = STATES[run.state] ?? [run.state, 'quiet'];
  return { word, style };
}

export const isOver = (run) => ['SUCCEEDED', 'FAILED', 'STOPPED'].includes(run.state);

export const isTrained = (run) => ['pipeline', 'train'].includes(run.job ?? 'pipeline');

export const dataset = (run) => (run.datasetVersion ? `${run.dataset} v${run.datasetVersion}` : run.dataset);

export const score = (run, name) => (run.scores ?? []).find((one) => one.name === name);

/** The chosen run in one sentence: what somebody wants to know at seven in the morning. */
export function headline(run) {
  const on = `${run.model} on ${dataset(run)}`;
  switch (run.state) {
    case 'QUEUED':
      return `${on} waits for its turn.`;
    case 'PREPARING':
      return `The rows of ${dataset(run)} are being prepared for ${run.model}.`;
    case 'TRAINING':
      return `${run.model} is learning ${dataset(run)}.`;
    case 'EVALUATING':
      return `What ${run.model} learned is being judged on rows it has not seen.`;
    case 'FUSING':
      return `What ${run.model} learned is being written into a model of its own.`;
    case 'SUCCEEDED':
      return succeeded(run, on);
    case 'STOPPED':
      return `${on} was stopped${after(run)}.`;
    default:
      return `${on} failed${after(run)}.`;
  }
}

function succeeded(run, on) {
  const better = comparison(run);
  if (run.decision === 'PROMOTED') {
    return `${on} was promoted${better ? `: ${better}` : ''}.`;
  }
  if (run.decision === 'KEPT') {
    return `${on} finished, and the champion stays${better ? `: ${better}` : ''}.`;
  }
  return `${on} finished${better ? `: ${better}` : ''}.`;
}

/** "91 % of answers exact, before 12 %", or the losses where nothing was answered. */
function comparison(run) {
  const now = score(run, 'candidate');
  const before = score(run, 'champion') ?? score(run, 'base');
  if (!now) {
    return '';
  }
  if (now.answered > 0) {
    return `${percent(now.exactMatch)} of answers exact${before?.answered > 0 ? `, before ${percent(before.exactMatch)}` : ''}`;
  }
  return `loss ${loss(now.loss)}${before ? `, before ${loss(before.loss)}` : ''}`;
}

function after(run) {
  return run.iteration > 0 && run.iterations > 0
    ? ` after ${count(run.iteration)} of ${count(run.iterations)} iterations`
    : '';
}

/** How far the reference of DPO is, while nothing is trained yet; empty otherwise. */
export function reference(run) {
  const { answers, total } = run.reference ?? {};
  return answers < total ? `reference: ${count(answers)} of ${count(total)} answers` : '';
}

/** The second line of a run in the list. */
export function outcome(run) {
  const now = score(run, 'candidate');
  const exact = now?.answered > 0 ? `${percent(now.exactMatch)} exact` : now ? `loss ${loss(now.loss)}` : '';
  const decision = { PROMOTED: 'promoted', KEPT: 'kept' }[run.decision] ?? '';
  if (run.state === 'TRAINING' && run.iterations > 0) {
    return percent(Math.floor((100 * run.iteration) / run.iterations) / 100);
  }
  if (['FAILED', 'STOPPED'].includes(run.state) && run.iteration > 0) {
    return `at ${count(run.iteration)} of ${count(run.iterations)}`;
  }
  return [exact, decision].filter(Boolean).join(', ');
}

/** "took 3 min 20 s", "for 3 min 20 s", or nothing before the start. */
export function took(run) {
  return run.startedAt ? between(run.startedAt, run.endedAt) : '';
}

/** What is left of the training, from the speed of the last report; empty where that is unknown. */
export function remaining(run, metric) {
  const speed = metric?.iterationsPerSecond;
  const left = run.iterations - run.iteration;
  return speed > 0 && left > 0 ? `about ${duration(left / speed)} left` : '';
}
