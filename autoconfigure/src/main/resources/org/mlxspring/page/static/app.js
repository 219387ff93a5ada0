import { get, me } from './api.js';
import { byId, el, fill } from './dom.js';
import { moment } from './format.js';
import { showModels, showRuns, showSchedules } from './lists.js';
import { RunDetails } from './run.js';
import { openStart } from './start-run.js';
import { isOver } from './words.js';

const BUSY = 3000;
const IDLE = 15000;

let size = 15;
let mayTrain = false;
let details;
let models = [];
let schedules = [];
let page;
let timer;

const chosen = () => new URLSearchParams(location.hash.slice(1)).get('run');

function trouble(problem) {
  const place = byId('trouble');
  const text = problem?.message ?? '';
  if (place.textContent !== text) {
    place.replaceChildren(text);
    if (problem?.status === 401) {
      place.replaceChildren('Your session has ended. ', el('a', { href: '' }, 'Sign in again'));
    }
  }
}

const nextRun = () => {
  const [next] = schedules.filter(({ nextRun: at }) => at).sort((one, other) => one.nextRun.localeCompare(other.nextRun));
  return next ? ` The schedule ${next.name} starts the first one ${moment(next.nextRun)}.` : '';
};

/** Reads the lists again, and keeps doing so: often while something runs, seldom otherwise, never in a hidden tab. */
async function refresh() {
  clearTimeout(timer);
  let pause = IDLE;
  if (!document.hidden) {
    try {
      [schedules, models] = await Promise.all([showSchedules(mayTrain, started, trouble), showModels()]);
      page = await get(`runs?size=${size}`);
      showRuns(page, chosen(), `Nothing has run yet.${nextRun()}`);
      page.content.forEach((run) => details.heard(run));
      await showFirst();
      pause = page.content.some((run) => !isOver(run)) ? BUSY : IDLE;
      trouble(null);
    } catch (problem) {
      trouble(problem);
      pause = problem.status === 401 ? undefined : BUSY;
    }
  }
  clearTimeout(timer);
  timer = pause && setTimeout(refresh, pause);
}

/** With nothing chosen, the newest run is shown, or how to get one. */
async function showFirst() {
  if (chosen()) {
    return;
  }
  if (page.content.length > 0) {
    history.replaceState(null, '', `#run=${encodeURIComponent(page.content[0].id)}`);
    await choose();
  } else {
    fill(
      byId('run'),
      el('h1', {}, 'Nothing has run yet.'),
      models.length === 0 && el('p', {}, 'First name the folder of a base model in ',
        el('code', {}, 'mlx.models.NAME.path'), ' and start the application again.'),
      el('p', { class: 'quiet' }, mayTrain
        ? `Start a run with the button, and its loss, its scores and the decision appear here.${nextRun()}`
        : `When a run starts, its loss, its scores and the decision appear here.${nextRun()}`),
    );
  }
}

async function choose() {
  const id = chosen();
  if (!id) {
    return;
  }
  document.querySelectorAll('#runs a').forEach((anchor) => {
    anchor.toggleAttribute('aria-current', anchor.hash === location.hash);
    if (anchor.hash === location.hash) {
      anchor.setAttribute('aria-current', 'true');
    }
  });
  try {
    await details.show(id);
  } catch (problem) {
    trouble(problem);
    byId('run').replaceChildren(el('h1', {}, 'This run cannot be shown.'), el('p', { class: 'quiet' }, problem.message));
  }
}

/** The shown run is ahead of the list, which is read less often. */
function progressed(run) {
  const place = page?.content.findIndex((one) => one.id === run.id) ?? -1;
  if (place >= 0) {
    page.content[place] = run;
    showRuns(page, chosen(), '');
  }
}

function started(run) {
  location.hash = `run=${encodeURIComponent(run.id)}`;
  refresh();
}

function signedIn(user) {
  mayTrain = user.roles.includes('TRAINER');
  byId('who').textContent = `${user.name}, ${user.roles.at(-1).toLowerCase()}`;
  if (user.csrf) {
    byId('sign-out').elements._csrf.value = user.csrf.token;
    byId('sign-out').hidden = false;
  }
  byId('start').hidden = !mayTrain;
}

addEventListener('hashchange', async () => {
  await choose();
  if (matchMedia('(max-width: 62rem)').matches) {
    byId('run').scrollIntoView();
  }
  byId('run').focus({ preventScroll: true });
});
document.addEventListener('visibilitychange', () => document.hidden || refresh());
byId('older').querySelector('button').addEventListener('click', () => {
  size += 30;
  refresh();
});
byId('start').addEventListener('click', () => openStart(models, schedules, started).catch(trouble));

try {
  signedIn(await me());
  details = new RunDetails(byId('run'), mayTrain, { changed: refresh, progressed, trouble });
  await choose();
  refresh();
} catch (problem) {
  trouble(problem);
}
