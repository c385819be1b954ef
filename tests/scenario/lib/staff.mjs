// scenario/lib/staff.mjs: somebody of the school with a password and an authenticator app.
//
//   const visser = await enrol(server, 'visser');          // { name, password, app, codes, cookie, person }
//   const session = await visser.signIn();                 // { status, body, cookie }
import { signIn } from './client.mjs';
import { inviteOf } from './invited.mjs';
import { people } from './school.mjs';
import { pause } from './server.mjs';
import { Authenticator } from './totp.mjs';

export const json = { 'content-type': 'application/json' };

/** POSTs an object: { status, body, cookie, response }. */
export async function post(server, path, body, { cookie, origin = server.url, headers = {} } = {}) {
  const response = await fetch(server.url + path, {
    method: 'POST', headers: { ...json, ...(origin ? { origin } : {}), ...(cookie ? { cookie } : {}), ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status, body: text ? JSON.parse(text) : undefined,
    cookie: response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') || undefined, response,
  };
}

export async function get(server, path, cookie) {
  const response = await fetch(server.url + path, { headers: { ...(cookie ? { cookie } : {}) } });
  return { status: response.status, body: await response.json() };
}

export const goodPassword = 'een fiets zonder bel';

class Staff {
  /** step: the last one of which a code was used. The server takes the one after it too, so tests need not wait. */
  constructor(server, { name, password, app, step, ...more }) { Object.assign(this, { server, name, password, app, step, ...more }); }

  /** A code that was not used yet: of this step or, where that is used, of the next, which a clock may be ahead by. */
  fresh() {
    this.step = Math.max(this.step + 1, Authenticator.step() - 1);
    return this.app.codeOf(this.step);
  }

  signIn({ name = this.name, password = this.password, code = this.fresh(), ...options } = {}) {
    return post(this.server, '/api/session', { name, password, code }, options);
  }
}

/** The secret of a new invitation for a person (sourcedId of the roster; people of school.mjs), made by the administrator. */
export async function invite(server, person) {
  server.administrator ??= await (await signIn(server, 'admin')).connect({ name: 'admin' });
  return (await inviteOf(server.administrator, people[person].called?.split(' ').at(-1) ?? people[person].given)).secret;
}

/** Does it again when the server says how long to wait. */
export async function patient(work) {
  for (;;) {
    const answer = await work();
    if (answer.status !== 429) return answer;
    await pause(answer.body.retry_ms);
  }
}

/** Goes the whole way from an invitation to recovery codes. The first code is of the step before now, so two more are good at once. */
export async function enrol(server, person, { password = goodPassword, name, invitation } = {}) {
  const secret = invitation ?? await invite(server, person);
  const begun = await post(server, '/api/enrolment', { invitation: secret, password, ...(name ? { name } : {}) });
  if (begun.status !== 200) throw new Error(`enrolment: ${JSON.stringify(begun.body)}`);
  const app = new Authenticator(begun.body.secret);
  const step = Authenticator.step() - 1;
  const proven = await post(server, '/api/enrolment/proof', { invitation: secret, code: app.codeOf(step) });
  if (proven.status !== 200) throw new Error(`proof: ${JSON.stringify(proven.body)}`);
  return new Staff(server, { name: begun.body.names[0], password, app, step, codes: proven.body.codes, cookie: proven.cookie, person: proven.body.person, begun: begun.body });
}
