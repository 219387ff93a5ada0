import './vendor/chart.umd.min.js';
import { el } from './dom.js';
import { count, loss } from './format.js';

const { Chart } = globalThis;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Training and validation loss over iterations; grows while metrics arrive. */
export class LossChart {
  constructor() {
    this.canvas = el('canvas', { role: 'img', 'aria-label': 'Loss over iterations' });
    this.train = el('span', { class: 'train' });
    this.valid = el('span', { class: 'valid' });
    this.element = el(
      'div',
      {},
      el('h2', {}, 'Loss'),
      el('p', { class: 'legend' }, this.train, this.valid),
      el('div', { class: 'chart' }, this.canvas),
    );
    this.points = { train: [], valid: [] };
    this.recolour = () => this.draw(true);
    dark.addEventListener('change', this.recolour);
  }

  /** Adds a newer metric. One further back means that the run went on from a checkpoint: what came after it is gone. */
  add(metric) {
    for (const points of Object.values(this.points)) {
      while (points.length && points.at(-1).x > metric.iteration) {
        points.pop();
      }
    }
    const points = this.points[metric.kind];
    if (!points || typeof metric.loss !== 'number') {
      return;
    }
    if (points.at(-1)?.x === metric.iteration) {
      points.pop();
    }
    points.push({ x: metric.iteration, y: metric.loss });
  }

  get isEmpty() {
    return this.points.train.length + this.points.valid.length === 0;
  }

  /** Draws what was added. `end` is the last iteration of the run, where it is known. */
  show(end) {
    this.end = end;
    this.say();
    this.draw(false);
  }

  close() {
    dark.removeEventListener('change', this.recolour);
    this.chart?.destroy();
  }

  say() {
    const { train, valid } = this.points;
    this.train.textContent = train.length ? `training ${loss(train.at(-1).y)}` : 'training';
    this.valid.textContent = valid.length ? `validation ${loss(valid.at(-1).y)}${lowest(valid)}` : 'validation';
    this.canvas.setAttribute(
      'aria-label',
      `Loss over ${count(Math.max(train.at(-1)?.x ?? 0, valid.at(-1)?.x ?? 0))} iterations: `
        + `${this.train.textContent}; ${this.valid.textContent}`,
    );
  }

  draw(recolour) {
    if (!this.canvas.isConnected) {
      return;
    }
    if (this.chart && recolour) {
      this.chart.destroy();
      this.chart = undefined;
    }
    this.chart ??= new Chart(this.canvas, options(this.points, getComputedStyle(document.documentElement)));
    this.chart.options.scales.x.suggestedMax = this.end || undefined;
    this.chart.update('none');
  }
}

function lowest(valid) {
  const best = valid.reduce((one, other) => (other.y < one.y ? other : one));
  return best === valid.at(-1) ? '' : `, lowest ${loss(best.y)} at ${count(best.x)}`;
}

function options(points, style) {
  const colour = (name) => style.getPropertyValue(name).trim();
  const line = { borderWidth: 1.5, pointRadius: 0, pointHitRadius: 8, tension: 0 };
  const axis = (title) => ({
    type: 'linear',
    title: { display: true, text: title, color: colour('--quiet'), font: { size: 12 } },
    ticks: { color: colour('--quiet'), font: { size: 12 }, maxTicksLimit: 7, maxRotation: 0 },
    grid: { color: colour('--line'), lineWidth: 0.5 },
    border: { color: colour('--line') },
  });
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  return {
    type: 'line',
    data: {
      datasets: [
        { ...line, label: 'validation', data: points.valid, borderColor: colour('--valid'),
          backgroundColor: colour('--valid'), borderWidth: 2, pointRadius: 2.5 },
        { ...line, label: 'training', data: points.train, borderColor: colour('--train'),
          backgroundColor: colour('--train') },
      ],
    },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: { x: { ...axis('iteration'), min: 0 }, y: { ...axis('loss'), beginAtZero: true } },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          callbacks: {
            title: ([first]) => `iteration ${count(first.parsed.x)}`,
            label: (item) => `${item.dataset.label} ${loss(item.parsed.y)}`,
          },
        },
      },
    },
  };
}
