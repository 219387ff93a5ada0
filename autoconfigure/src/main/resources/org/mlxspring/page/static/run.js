import { address, get, post, Problem } from './api.js';
import { announce, el, fill } from './dom.js';
import { count, fullMoment, gigabytes, loss, moment, percent, rate } from './format.js';
import { LossChart } from './loss-chart.js';
import { scoresTable } from './scores.js';
import { headline, isOver, isTrained, reference, remaining, state, took } from './words.js';

/** One run in full, live while it goes on. */
export class RunDetails {
  /**
   * @param place where it is shown
   * @param mayTrain whether the user may stop and restart
   * @param changed called with the run when its state is another
   * @param progressed called with the run when it got further
   * @param trouble called with a problem, or null when it is over
   */
  constructor(place, mayTrain, { changed, progressed, trouble }) {
    Object.assign(this, { place, mayTrain, changed, progressed, trouble });
    this.parts = Object.fromEntries(
      ['head', 'actions', 'scores', 'chart', 'facts', 'settings'].map((name) => [name, el('div')]),
    );
  }

  /** Shows another run. */
  async show(id) {
    this.close();
    this.id = id;
    this.run = undefined;
    this.metric = undefined;
    this.lastId = 0;
    this.chart = new LossChart();
    const run = await get(`runs/${encodeURIComponent(id)}`);
    if (this.id !== id) {
      return;
    }
    this.place.replaceChildren(...Object.values(this.parts));
    this.parts.chart.replaceChildren(this.chart.element);
    this.update(run);
    await this.loadMetrics();
    if (this.id === id && !isOver(run)) {
      this.listen();
    }
  }

  close() {
    this.id = undefined;
    this.events?.close();
    this.chart?.close();
  }

  /** Takes what the list heard of this run, such as the start of a queued one. */
  heard(run) {
    if (this.run && String(run.id) === String(this.id) && run.state !== this.run.state) {
      this.update(run);
    }
  }

  update(run) {
    const before = this.run;
    this.run = run;
    const { word, style } = state(run);
    fill(this.parts.head, head(run, word, style, this.metric));
    this.drawActions();
    fill(this.parts.facts, facts(run, this.metric));
    fill(this.parts.scores, scoresTable(run));
    fill(this.parts.settings, settings(run));
    this.parts.chart.hidden = this.chart.isEmpty;
    document.title = `${word}: ${run.model} · MLX`;
    if (before && before.state !== run.state) {
      announce(`${word}. ${headline(run)}`);
    }
  }

  async loadMetrics() {
    const id = this.id;
    let page;
    do {
      page = await get(`runs/${encodeURIComponent(id)}/metrics?after=${this.lastId}&size=500`);
      if (this.id !== id) {
        return;
      }
      page.content.forEach((metric) => this.take(metric));
    } while (page.page.totalElements > page.content.length && page.content.length > 0);
    this.redraw();
  }

  listen() {
    const { id } = this;
    this.events = new EventSource(address(`runs/${encodeURIComponent(id)}/events`));
    this.events.addEventListener('state', (event) => this.told(JSON.parse(event.data)));
    this.events.addEventListener('metric', (event) => {
      this.take(JSON.parse(event.data));
      this.redraw();
    });
    this.events.addEventListener('end', (event) => {
      this.events.close();
      this.told(JSON.parse(event.data));
    });
    this.events.addEventListener('open', () => this.trouble(null));
    this.events.addEventListener('error', () => {
      this.trouble(new Problem(0, 'The connection to the run was lost. This page is trying again.'));
      if (this.events.readyState === EventSource.CLOSED) {
        setTimeout(() => this.id === id && this.show(id).catch(this.trouble), 5000);
      }
    });
  }

  told(run) {
    this.update(run);
    this.changed(run);
  }

  take(metric) {
    if (metric.id <= this.lastId) {
      return;
    }
    this.lastId = metric.id;
    this.chart.add(metric);
    if (metric.kind === 'train') {
      this.metric = metric;
    }
  }

  redraw() {
    this.parts.chart.hidden = this.chart.isEmpty;
    if (this.metric && !isOver(this.run) && this.metric.iteration > this.run.iteration) {
      this.run = { ...this.run, iteration: this.metric.iteration };
    }
    if (!this.chart.isEmpty) {
      this.chart.show(this.run.iterations);
    }
    this.update(this.run);
    this.progressed(this.run);
  }

  drawActions() {
    const { run } = this;
    const actions = [];
    if (this.mayTrain && !isOver(run)) {
      actions.push(this.action('Stop', 'Stopping…', 'stop'));
    }
    if (this.mayTrain && ['FAILED', 'STOPPED'].includes(run.state)) {
      actions.push(this.action('Restart from the last checkpoint', 'Restarting…', 'restart'));
    }
    const key = `${run.id} ${actions.length && run.state}`;
    if (this.actionsKey !== key) {
      this.actionsKey = key;
      this.parts.actions.className = 'actions';
      this.parts.actions.replaceChildren(...actions);
    }
  }

  action(word, doing, path) {
    const { id } = this;
    const button = el('button', { type: 'button', 'data-action': path, click: async () => {
      button.disabled = true;
      button.textContent = doing;
      try {
        const run = await post(`runs/${encodeURIComponent(id)}/${path}`);
        this.trouble(null);
        this.changed(run);
        if (path === 'restart') {
          await this.show(id);
        }
      } catch (problem) {
        this.trouble(problem);
        button.disabled = false;
        button.textContent = word;
      }
    } }, word);
    return button;
  }
}

function head(run, word, style, metric) {
  const reason = run.reason && run.state === 'FAILED' ? run.reason : run.decisionReason ?? run.reason;
  return [
    el('p', { class: 'headline-state' }, el('span', { class: `state ${style}` }, word)),
    el('h1', {}, headline(run)),
    reason && el('p', { class: `reason${run.state === 'FAILED' ? ' failed' : ''}` }, reason),
    run.state === 'TRAINING' && run.iterations > 0 && progress(run, metric),
  ];
}

function progress(run, metric) {
  const text = [`${count(run.iteration)} of ${count(run.iterations)} iterations`, reference(run), remaining(run, metric)];
  return el(
    'div',
    {},
    el('progress', { max: run.iterations, value: run.iteration, 'aria-label': 'Iterations' }),
    el('p', { class: 'progress-text' }, text.filter(Boolean).join(', ')),
  );
}

function facts(run, metric) {
  const rows = [
    ['Model', run.model],
    ['Dataset', run.datasetVersion ? `${run.dataset}, version ${run.datasetVersion}` : run.dataset],
    ['Started by', run.schedule ? `schedule ${run.schedule}` : run.startedBy],
    run.startedAt ? ['Started', time(run.startedAt)] : ['Queued', time(run.createdAt)],
    run.startedAt && [run.endedAt ? 'Took' : 'Running for', took(run)],
    run.job && run.job !== 'pipeline' && ['Job', run.job],
    metric?.tokensPerSecond && ['Speed', `${count(Math.round(metric.tokensPerSecond))} tokens/s`],
    metric?.trainedTokens && ['Tokens learned from', count(metric.trainedTokens)],
    metric?.learningRate && isTrained(run) && ['Learning rate', rate(metric.learningRate)],
    run.best && ['Best validation', `loss ${loss(run.best.loss)} at iteration ${count(run.best.iteration)}`],
    metric?.measures?.reward_accuracy >= 0 && ['Preferred answer more likely', percent(metric.measures.reward_accuracy)],
    metric?.measures?.reward_margin !== undefined && ['Reward margin', margin(metric.measures.reward_margin)],
    metric?.peakMemory && ['Peak memory', gigabytes(metric.peakMemory)],
    ['Run', String(run.id)],
    run.fusedModel && ['Fused model', run.fusedModel],
  ];
  return el(
    'dl',
    { class: 'facts' },
    rows.filter((row) => row && row[1]).map(([name, value]) => el('div', { class: String(value).length > 40 && 'wide' }, el('dt', {}, name), el('dd', {}, value))),
  );
}

const margin = (value) => value.toLocaleString(undefined, { maximumFractionDigits: 3 });

function time(text) {
  return el('time', { datetime: text, title: fullMoment(text) }, moment(text));
}

function settings(run) {
  const lines = Object.entries(run.settings ?? {}).map(([name, value]) => `${name}: ${plain(value)}`);
  return lines.length > 0 && el('details', {}, el('summary', {}, 'Settings'), el('pre', {}, lines.join('\n')));
}

const plain = (value) => (value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value));
