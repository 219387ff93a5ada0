import { get, post } from './api.js';
import { byId, el } from './dom.js';

/** Opens the form that starts a run, filled in as the model's schedule has it; `started` is called with the new run. */
export async function openStart(models, schedules, started) {
  const { content: datasets } = await get('datasets?size=100');
  const dialog = byId('start-dialog');
  dialog.replaceChildren(models.length && datasets.length
    ? form({ models, datasets, schedules }, dialog, started)
    : missing(models, dialog));
  dialog.showModal();
}

function missing(models, dialog) {
  return el('div', {},
    el('h2', { id: 'start-title' }, 'Start a run'),
    models.length
      ? el('p', {}, 'There is no dataset yet. Upload one first: ', el('code', {}, 'POST /mlx/api/datasets'),
          ' with a name and the files train, valid and test (JSON lines).')
      : el('p', {}, 'There is no model yet. Name its folder in ', el('code', {}, 'mlx.models.NAME.path'),
          ' in the application’s configuration, and start the application again.'),
    el('p', { class: 'end' }, el('button', { type: 'button', click: () => dialog.close() }, 'Close')));
}

function form({ models, datasets, schedules }, dialog, started) {
  const model = select('model', models.map(({ name }) => [name, name]));
  const dataset = select('dataset', datasets.map(({ name, latestVersion }) => [name, `${name}, version ${latestVersion}`]));
  const iters = el('input', { id: 'start-iters', inputmode: 'numeric', autocomplete: 'off', placeholder: 'default' });
  const learningRate = el('input', {
    id: 'start-learning-rate', inputmode: 'decimal', autocomplete: 'off', placeholder: 'default' });
  const others = el('textarea', { id: 'start-others', rows: 3, spellcheck: 'false', 'aria-describedby': 'start-others-hint',
    placeholder: 'batch_size: 4\nlora_parameters: {"rank": 16, "scale": 20.0}' });
  const trouble = el('p', { class: 'notice', role: 'alert' });
  const go = el('button', { class: 'primary' }, 'Start');
  const fields = { iters, learning_rate: learningRate, model, dataset };
  const asScheduled = () => {
    const plan = schedules.find((schedule) => schedule.model === model.value);
    const { iters: iterations, learning_rate: rate, ...rest } = plan?.settings ?? {};
    dataset.value = datasets.some(({ name }) => name === plan?.dataset) ? plan.dataset : datasets[0].name;
    iters.value = iterations ?? '';
    learningRate.value = rate ?? '';
    others.value = Object.entries(rest).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n');
  };
  model.addEventListener('change', asScheduled);
  asScheduled();
  return el('form', { method: 'dialog', novalidate: true, submit: async (event) => {
    event.preventDefault();
    [...Object.values(fields), others].forEach((field) => field.removeAttribute('aria-invalid'));
    trouble.textContent = '';
    go.disabled = true;
    try {
      const settings = read(iters, learningRate, others);
      started(await post('runs', { model: model.value, dataset: dataset.value, settings }));
      dialog.close();
    } catch (problem) {
      trouble.textContent = problem.message;
      const field = problem.field ?? fields[problem.fields?.setting];
      field?.setAttribute('aria-invalid', 'true');
      field?.focus();
    }
    go.disabled = false;
  } },
  el('h2', { id: 'start-title' }, 'Start a run'),
  trouble,
  label(model, 'Model'), model,
  label(dataset, 'Dataset'), dataset,
  el('div', { class: 'pair' },
    el('div', {}, label(iters, 'Iterations'), iters),
    el('div', {}, label(learningRate, 'Learning rate'), learningRate)),
  label(others, 'Other settings'), others,
  el('p', { class: 'hint', id: 'start-others-hint' }, 'One per line, named as in lora’s YAML. What is left out has mlx-lm’s default.'),
  el('p', { class: 'end' }, el('button', { type: 'button', click: () => dialog.close() }, 'Cancel'), go));
}

const label = (field, text) => el('label', { for: field.id }, text);

const select = (name, options) =>
  el('select', { id: `start-${name}` }, options.map(([value, text]) => el('option', { value }, text)));

class Mistake extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

/** The settings of the form by their names in lora's YAML. */
function read(iters, learningRate, others) {
  const settings = {};
  for (const [index, line] of others.value.split('\n').entries()) {
    const text = line.replace(/^#.*/, '').trim();
    const [, name, value] = text.match(/^([a-z_]+)\s*[:=]\s*(.+)$/) ?? [];
    if (text && !name) {
      throw new Mistake(`Line ${index + 1} of the other settings is not a name, a colon and a value: ${text}`, others);
    }
    if (name) {
      settings[name] = parsed(value);
    }
  }
  number(settings, 'iters', iters, /^\d+$/, 'Iterations must be a whole number, such as 400.');
  number(settings, 'learning_rate', learningRate, /^\d*\.?\d+(e[-+]?\d+)?$/i, 'The learning rate must be a number, such as 0.0002 or 2e-4.');
  return settings;
}

function number(settings, name, field, pattern, message) {
  const text = field.value.trim();
  if (text && !pattern.test(text)) {
    throw new Mistake(message, field);
  }
  if (text) {
    settings[name] = Number(text);
  }
}

/** A value as YAML would read it on one line: numbers, true and false, JSON, else text. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    const value = Number(text);
    return Number.isNaN(value) ? text : value;
  }
}
