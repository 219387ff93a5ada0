const root = new URL('../api/', import.meta.url);
let csrf = null;

/** An error of the API in words; `fields` are the ProblemDetail's, status 0 stands for no answer at all. */
export class Problem extends Error {
  constructor(status, detail, fields = {}) {
    super(detail);
    this.status = status;
    this.fields = fields;
  }
}

export const address = (path) => new URL(path, root);

export const get = (path) => ask(path);

/** Who is signed in; also keeps the token that every change needs. */
export async function me() {
  const answer = await ask('me');
  csrf = answer.csrf;
  return answer;
}

/** Asks for a change. A token that went out of date, after a sign-in in another tab, is fetched again once. */
export async function post(path, body) {
  try {
    return await change(path, body);
  } catch (problem) {
    if (problem.status !== 403) {
      throw problem;
    }
    await me();
    return change(path, body);
  }
}

function change(path, body) {
  const headers = csrf ? { [csrf.headerName]: csrf.token } : {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  return ask(path, { method: 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

async function ask(path, request = {}) {
  let answer;
  try {
    answer = await fetch(address(path), {
      ...request,
      credentials: 'same-origin',
      headers: { Accept: 'application/json', ...request.headers },
    });
  } catch {
    throw new Problem(0, 'The application does not answer. It may be starting again; this page keeps asking.');
  }
  if (!answer.ok) {
    throw await problem(answer);
  }
  return answer.json();
}

async function problem(answer) {
  if (answer.status === 401) {
    return new Problem(401, 'Your session has ended. Load the page again to sign in.');
  }
  const fields = await answer.json().catch(() => ({}));
  return new Problem(answer.status, fields.detail ?? `The application answered ${answer.status}.`, fields);
}
