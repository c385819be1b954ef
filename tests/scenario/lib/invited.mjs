// scenario/lib/invited.mjs: signing in as families do: an invitation, a PIN, a phone that comes back.
//
//   const admin = await (await signIn(server, 'admin')).connect();
//   const invitation = await inviteOf(admin, 'Huda');        // { link, code, secret, ... } of the invite command
//   const phone = new Phone(server);                          // a browser that keeps its cookies
//   const huda = await phone.open(invitation.secret, '482913');   // an account, as signIn() gives
//   await phone.enter(huda.person.id, '482913');              // the same phone, later
import { accountOf, WireError } from './client.mjs';

/** Makes an invitation for the one person found by this name. */
export async function inviteOf(client, name) {
  const { entries } = await client.do('roll', { query: name });
  const { invitations, ...rest } = await client.do('invite', { person: entries[0].person.id });
  return { ...rest, ...invitations[0], secret: invitations[0].link.split('#')[1] };
}

export class Phone {
  constructor(server, { agent = 'Mozilla/5.0 (Linux; Android 13) Mobile', headers = {} } = {}) {
    this.server = server;
    this.cookies = new Map();
    this.headers = { 'user-agent': agent, ...headers };
  }

  get cookie() { return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '); }

  /** One call of the app: { status, body }. */
  async call(method, path, body, headers = {}) {
    const response = await fetch(this.server.url + path, {
      method,
      headers: {
        origin: this.server.url, ...(this.cookies.size > 0 ? { cookie: this.cookie } : {}), ...(body ? { 'content-type': 'application/json' } : {}),
        ...this.headers, ...headers,
      },
      body: body && JSON.stringify(body),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }

  async #account(path, body) {
    const answer = await this.call('POST', path, body);
    if (answer.status !== 200) throw new WireError(path, answer.body);
    return accountOf(this.server, this.cookie, answer.body);
  }

  look(secret) { return this.call('POST', '/api/invitation', { secret }); }
  open(secret, pin) { return this.#account('/api/invitation/session', { secret, pin }); }
  enter(person, pin) { return this.#account('/api/device/session', { person: String(person), pin }); }
  async people() { return (await this.call('GET', '/api/device')).body.people; }
  lock() { return this.call('DELETE', '/api/session'); }
  forget() { return this.call('DELETE', '/api/device'); }
}
