// scenario/lib/provider.mjs: a school's sign-in provider: npm oidc-provider, as it is, behind a door where the tests put faults in the way.
//
//   const { server, provider } = await schoolWithProvider(t);
//   provider.people.jansen = { preferred_username: 'e.jansen', ... };      // who can sign in there; claims
//   const { status, location, cookie } = await provider.signIn(server, 'jansen');
//
// Faults: provider.fault = { token(body), document(body), keys(body), userinfo(body), answer(url) } each changes what goes through; provider.sign(claims, header) makes an ID
// token with the provider's own key, so that a claim is wrong and the signature right; provider.rotate() takes new keys; provider.door = 'dead' | 'slow' | 'huge' | 'rude'.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { SignJWT, importJWK } from 'jose';
import Provider from 'oidc-provider';
import { makeSchool } from './school.mjs';
import { atEnd, startServer } from './server.mjs';

export const clientId = 'ouderbrug';
export const clientSecret = 'een geheim: met/tekens en spaties';

// To make one takes a while; the first provider of a file has the same first key as the second.
const keys = new Map();
const newKey = (kid, alg = 'RS256') => {
  if (!keys.has(kid + alg)) {
    const { privateKey } = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
    keys.set(kid + alg, privateKey.export({ format: 'jwk' }));
  }
  return { ...keys.get(kid + alg), kid, alg, use: 'sig' };
};

class TestProvider {
  people = {};
  fault = {};
  door = '';
  asked = [];
  signing = 'RS256';

  constructor() { this.turn = 0; }

  async start(returnTo, extra = {}) {
    this.returnTo = returnTo;
    this.extra = extra;
    this.http = createServer((request, response) => this.#take(request, response));
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    this.issuer = `http://127.0.0.1:${this.http.address().port}`;
    this.rotate();
    return this;
  }

  /** New keys: what is signed from now on is signed by a key that nobody has seen. */
  rotate(alg = this.signing) {
    this.signing = alg;
    this.key = newKey(`key-${++this.turn}`, alg);
    this.provider = new Provider(this.issuer, {
      clients: [{
        client_id: clientId, client_secret: clientSecret, redirect_uris: [this.returnTo], response_types: ['code'], grant_types: ['authorization_code'],
        id_token_signed_response_alg: alg, token_endpoint_auth_method: 'client_secret_basic',
      }],
      jwks: { keys: [this.key] },
      cookies: { keys: ['only a test'] },
      pkce: { required: () => true },
      claims: { openid: ['sub', 'acr'], profile: ['preferred_username', 'uids', 'eduperson_principal_name', 'schac_home_organization', 'nlEduPersonHomeOrganizationId', 'uid'], email: ['email', 'email_verified'] },
      conformIdTokenClaims: false, // what is asked for stands in the ID token itself
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: this.people[id]?.sub ?? id, ...this.people[id] }) }),
      ...this.extra,
    });
    this.provider.on('server_error', (_, error) => { this.error = error; });
  }

  /** An ID token of the present key. */
  async sign(claims, header = {}) {
    return new SignJWT(claims).setProtectedHeader({ alg: this.key.alg, kid: this.key.kid, ...header }).sign(await importJWK(this.key, this.key.alg));
  }

  async #take(request, response) {
    const path = new URL(request.url, this.issuer).pathname;
    this.asked.push(path);
    const fault = { '/token': this.fault.token, '/jwks': this.fault.keys, '/me': this.fault.userinfo, '/.well-known/openid-configuration': this.fault.document }[path];
    if (this.door && (this.doorAt === undefined || this.doorAt === path)) {
      if (this.door === 'dead') return request.socket.destroy();
      if (this.door === 'slow') return undefined;
      if (this.door === 'rude') return response.writeHead(500).end('no');
      if (this.door === 'away') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => { while (!response.destroyed && response.write('x'.repeat(1 << 16))); };
      response.on('drain', more);
      return more();
    }
    if (path.startsWith('/interaction/')) return this.#interact(request, response);
    if (fault) {
      const end = response.end.bind(response), pieces = [];
      response.write = (piece) => pieces.push(Buffer.from(piece));
      response.end = (piece) => {
        if (piece) pieces.push(Buffer.from(piece));
        const text = Buffer.concat(pieces).toString();
        void (async () => {
          let body;
          try { body = await fault(JSON.parse(text)); } catch { body = text; }
          const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
          response.setHeader('content-length', bytes.length);
          end(bytes);
        })();
        return response;
      };
    }
    return this.provider.callback()(request, response);
  }

  // The school's page, filled in by `this.who`: signs in and agrees at once.
  async #interact(request, response) {
    const { params } = await this.provider.interactionDetails(request, response);
    if (this.who === null) return this.provider.interactionFinished(request, response, { error: 'access_denied' });
    const grant = new this.provider.Grant({ accountId: this.who, clientId: params.client_id });
    grant.addOIDCScope('openid profile email');
    const result = { login: { accountId: this.who, ...(this.acr ? { acr: this.acr } : {}) }, consent: { grantId: await grant.save() } };
    return this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  }

  /** A browser's way from /api/oidc/start to the address that the provider sends it back to: { back, cookie }. */
  async visit(server, who) {
    this.who = who;
    const start = await fetch(`${server.url}/api/oidc/start`, { redirect: 'manual' });
    const trip = start.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    let next = start.headers.get('location');
    const jar = new Map();
    for (let i = 0; i < 10 && next && !next.startsWith(this.returnTo) && next.startsWith(this.issuer); i++) {
      const response = await fetch(next, { redirect: 'manual', headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } });
      for (const line of response.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0].split('=');
        if (value) jar.set(name, value); else jar.delete(name);
      }
      const to = response.headers.get('location');
      if (!to) throw new Error(`The provider says ${response.status}: ${(await response.text()).slice(0, 500)} ${this.error?.stack ?? ''}`);
      next = new URL(to, next).href;
    }
    return { back: next, trip, start };
  }

  /** Comes back with what visit() gave: { status, location, cookie }. */
  async comeBack(server, { back, trip }) {
    const response = await fetch(this.fault.answer ? this.fault.answer(new URL(back)) : back, { redirect: 'manual', headers: trip ? { cookie: trip } : {} });
    const set = response.headers.getSetCookie();
    const session = set.find((line) => /^(__Host-)?ouderbrug=[^;]/.test(line));
    return { status: response.status, location: response.headers.get('location'), cookie: session?.split(';')[0], set, text: await response.text() };
  }

  async signIn(server, who) { return this.comeBack(server, await this.visit(server, who)); }

  async stop() {
    this.http.closeAllConnections();
    this.http.close();
  }
}

async function startProvider(t, returnTo, extra) {
  const provider = await new TestProvider().start(returnTo, extra);
  atEnd(t, () => provider.stop());
  return provider;
}

/** A school whose people sign in at a provider: { server, provider, school }. args: more for the server; extra: more for the provider. */
export async function schoolWithProvider(t, { args = [], extra } = {}) {
  const school = await makeSchool(t);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startProvider(t, `${url}/api/oidc/return`, extra);
  const secret = join(school.folder, 'provider-secret');
  await writeFile(secret, `${clientSecret}\n`);
  const server = await startServer(t, {
    ...school, args: ['--port', String(port), '--public-url', url, '--oidc-issuer', provider.issuer, '--oidc-client-id', clientId, '--oidc-client-secret-file', secret, ...args],
  });
  return { school, server, provider };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
