import { get, post } from './api.js';
import { byId, el, fill } from './dom.js';
import { fullMoment, loss, moment, percent } from './format.js';
import { dataset, outcome, state } from './words.js';

const time = (text) => el('time', { datetime: text, title: fullMoment(text) }, moment(text));

const link = (id, ...content) => el('a', { href: `#run=${encodeURIComponent(id)}` }, ...content);

/** The runs, newest first; `chosen` is the id of the one that is shown. */
export function showRuns(page, chosen, hint) {
  const rows = page.content.map((run) => {
    const { word, style } = state(run);
    const anchor = link(
      run.id,
      el('span', { class: 'row' },
        el('span', { class: `state ${style}` }, word),
        el('span', { class: 'small' }, time(run.startedAt ?? run.createdAt))),
      el('span', { class: 'row small' },
        el('span', {}, `${run.model} · ${dataset(run)}`),
        el('span', {}, outcome(run))),
    );
    if (String(run.id) === String(chosen)) {
      anchor.setAttribute('aria-current', 'true');
    }
    return el('li', {}, anchor);
  });
  fill(byId('runs'), rows.length ? rows : el('li', {}, el('p', { class: 'empty' }, hint)));
  byId('older').hidden = page.page.totalElements <= page.content.length;
}

/** The schedules with the next run of each and a way to run one at once. */
export async function showSchedules(mayTrain, started, trouble) {
  const { content } = await get('schedules?size=100');
  const rows = content.map((schedule) => el(
    'li',
    { class: 'plan' },
    el('div', { class: 'row' },
      el('strong', {}, schedule.name),
      mayTrain && runNow(schedule, started, trouble)),
    el('p', { class: 'small' },
      schedule.nextRun ? el('span', {}, 'next ', time(schedule.nextRun)) : 'no next run', ` · ${schedule.model} · ${schedule.dataset}`),
    el('p', { class: 'small' }, el('code', {}, schedule.cron), ` ${schedule.zone ?? ''}`),
    schedule.lastRun && el('p', { class: 'small' }, 'last ',
      link(schedule.lastRun.id, `${state(schedule.lastRun).word.toLowerCase()}${
        schedule.lastRun.endedAt ? ` ${moment(schedule.lastRun.endedAt)}` : ''}`)),
  ));
  fill(byId('schedules'), rows.length ? rows : el('li', { class: 'empty' },
    'Nothing runs by itself yet. Set ', el('code', {}, 'mlx.schedules.NAME.cron'), ', ',
    el('code', {}, '.dataset'), ' and ', el('code', {}, '.model'), ' in the application’s configuration.'));
  return content;
}

function runNow(schedule, started, trouble) {
  const button = el('button', { type: 'button', 'aria-label': `Run ${schedule.name} now`, click: async () => {
    button.disabled = true;
    try {
      started(await post(`schedules/${encodeURIComponent(schedule.name)}/run`));
    } catch (problem) {
      trouble(problem);
    }
    button.disabled = false;
  } }, 'Run now');
  return button;
}

/** The models with the champion of each. */
export async function showModels() {
  const { content } = await get('models?size=100');
  const rows = content.map((model) => el(
    'li',
    { class: 'plan' },
    el('p', {}, el('strong', {}, model.name)),
    model.champion
      ? el('p', { class: 'small' }, 'champion ',
          model.champion.run ? link(model.champion.run, `version ${model.champion.version}`) : `version ${model.champion.version}`,
          champion(model.champion), ' since ', time(model.champion.since))
      : el('p', { class: 'small' }, 'no champion yet: the base model answers'),
  ));
  fill(byId('models'), rows.length ? rows : el('li', { class: 'empty' },
    'No model is set up. Name the folder of one in ', el('code', {}, 'mlx.models.NAME.path'),
    ' in the application’s configuration.'));
  return content;
}

function champion({ exactMatch, loss: value }) {
  const parts = [
    typeof exactMatch === 'number' && exactMatch > 0 && `${percent(exactMatch)} exact`,
    typeof value === 'number' && `loss ${loss(value)}`,
  ].filter(Boolean);
  return parts.length ? `, ${parts.join(', ')},` : '';
}
