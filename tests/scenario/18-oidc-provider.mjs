// People of the school sign in at the school's own page: a real provider, with keys that change and faults put in its way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { schoolWithProvider } from './lib/provider.mjs';
import { ouderbrug, startServer } from './lib/server.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { enrol, get, goodPassword, invite, post } from './lib/staff.mjs';

const jansen = { preferred_username: 'E.Jansen', email: 'els.jansen@proef.example', email_verified: true };

/** Who signs in at the provider alone has no password to send or to change, which is said; an invitation is made when it is meant. Gives its secret. */
async function onlyAnyway(server, cookie, name) {
  const admin = server.administrator, { entries: [{ person: { id: person } }] } = await admin.do('roll', { query: name });
  assert.deepEqual({ ...(await refusal(admin.do('invite', { person }))) }, { code: 'conflict', field: 'person', reason: 'provider' });
  for (const [path, body] of [['password', { new: goodPassword }], ['secret', {}], ['recovery', {}]]) {
    const { status, body: { code, field, reason } } = await post(server, `/api/credential/${path}`, { password: goodPassword, ...body }, { cookie });
    assert.deepEqual([status, code, field, reason], [409, 'conflict', 'password', 'no_password'], path);
  }
  return (await admin.do('invite', { person, anyway: true })).invitations[0].link.split('#')[1];
}

test('there and back: PKCE, a session, and no name in any address', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  assert.deepEqual((await get(server, '/api/ways')).body, { provider: true });
  const trip = await provider.visit(server, 'els');
  const { searchParams: asked } = new URL(trip.start.headers.get('location'));
  assert.equal(trip.start.status, 303);
  assert.deepEqual([asked.get('response_type'), asked.get('client_id'), asked.get('code_challenge_method'), asked.get('redirect_uri')],
    ['code', 'ouderbrug', 'S256', `${server.url}/api/oidc/return`]);
  for (const name of ['state', 'nonce', 'code_challenge']) assert.match(asked.get(name), /[\w-]{43}$/);
  assert.match(trip.start.headers.get('set-cookie'), /^ouderbrug-trip=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);

  const back = await provider.comeBack(server, trip);
  assert.deepEqual([back.status, back.location, back.text], [303, '/', '']);
  assert.ok(back.set.some((line) => line.startsWith('ouderbrug-trip=; Path=/; Max-Age=0')));
  assert.ok(back.set.some((line) => /^ouderbrug=[\w-]{43}; .*HttpOnly; SameSite=Lax/.test(line)));
  assert.equal((await get(server, '/api/session', back.cookie)).body.person.name, 'Els Jansen');
  for (const secret of ['jansen', trip.trip.split('=')[1], new URL(trip.back).searchParams.get('code')]) assert.ok(!server.log().toLowerCase().includes(secret.toLowerCase()));
});

test('from the first time on the subject decides, whatever else changes', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  assert.ok((await provider.signIn(server, 'els')).cookie);
  provider.people.els = { preferred_username: 'another name' };
  assert.equal((await get(server, '/api/session', (await provider.signIn(server, 'els')).cookie)).body.person.name, 'Els Jansen');
  // Somebody new who is given the old name is not her.
  provider.people.els2 = jansen;
  const other = await provider.signIn(server, 'els2');
  assert.deepEqual([other.location, other.cookie], ['/#sign-in=nobody', undefined]);
});

test('who is nobody here, of a family, or two people, gets no session', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  Object.assign(provider.people, {
    stranger: { preferred_username: 'stranger' }, empty: {}, family: { preferred_username: 'huda', email: 'huda@thuis.example' }, key: { uid: 'huda' },
    two: { preferred_username: 'e.jansen', email: 'x@y.example', uid: 'huisman' }, unverified: { email: 'els.jansen@proef.example', email_verified: false },
  });
  for (const who of Object.keys(provider.people)) {
    const { status, location, cookie } = await provider.signIn(server, who);
    assert.deepEqual([status, location, cookie], [303, '/#sign-in=nobody', undefined], who);
  }
  Object.assign(provider.people, { list: { uids: ['nobody', 'HUISMAN'] }, byKey: { uid: 'jansen' } });
  assert.equal((await get(server, '/api/session', (await provider.signIn(server, 'list')).cookie)).body.person.name, 'Dick Huisman');
  assert.equal((await get(server, '/api/session', (await provider.signIn(server, 'byKey')).cookie)).body.person.name, 'Els Jansen');
});

test('a name that somebody chose says nothing of who comes from the provider, and gives way to the roster', async (t) => {
  const { school, server, provider } = await schoolWithProvider(t);
  // Mw. Visser chooses what her colleague is called at the provider.
  const visser = await enrol(server, 'visser', { name: 'p.bakker' });
  provider.people.petra = { preferred_username: 'P.Bakker' };
  const before = await provider.signIn(server, 'petra');
  assert.deepEqual([before.location, before.cookie], ['/#sign-in=nobody', undefined]);

  await writeRoster(school.roster, { ...people, bakker: { ...people.bakker, username: 'p.bakker' } });
  await ouderbrug(['import', school.roster, '--data', school.data]);
  const petra = (await provider.signIn(server, 'petra')).cookie;
  assert.equal((await get(server, '/api/session', petra)).body.person.name, 'mw. Bakker');
  const { status, body } = await post(server, '/api/enrolment', { invitation: await invite(server, 'rania'), password: goodPassword, name: 'P.BAKKER' });
  assert.deepEqual([status, body.field, body.reason], [422, 'name', 'taken']);

  // The name is the colleague's for the password too; she chooses another with the next invitation.
  const invitation = await onlyAnyway(server, petra, 'Bakker');
  assert.deepEqual((await enrol(server, 'bakker', { invitation })).begun.names, ['p.bakker']);
  await invite(server, 'bakker'); // she has a password now: nothing is taken from her unsaid
  assert.equal((await visser.signIn()).status, 401);
  assert.equal((await get(server, '/api/session', visser.cookie)).status, 200);
  assert.deepEqual((await enrol(server, 'visser', { name: 'visser' })).begun.names, ['visser']);
});

test('keys change, and each kind that is allowed is taken', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  for (const alg of ['RS256', 'ES256', 'PS256', 'RS256']) {
    provider.rotate(alg);
    assert.ok((await provider.signIn(server, 'els')).cookie, alg);
  }
  const asked = provider.asked.filter((path) => path === '/jwks').length;
  assert.ok((await provider.signIn(server, 'els')).cookie);
  assert.equal(provider.asked.filter((path) => path === '/jwks').length, asked, 'known keys are not asked for again');
  assert.equal(provider.asked.filter((path) => path.startsWith('/.well-known')).length, 1, 'nor the document');
});

test('a key that nobody knows makes us ask again, but not for ever', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  assert.ok((await provider.signIn(server, 'els')).cookie);
  provider.fault.keys = () => ({ keys: [] });
  provider.rotate();
  for (let i = 0; i < 12; i++) assert.equal((await provider.signIn(server, 'els')).location, '/#sign-in=failed');
  assert.ok(provider.asked.filter((path) => path === '/jwks').length <= 6);
});

test('a token that is not right in one thing is refused', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  const part = (token, i) => JSON.parse(Buffer.from(token.split('.')[i], 'base64url'));
  const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = () => Math.floor(Date.now() / 1000);
  const again = (change, header) => async (body) => {
    const claims = part(body.id_token, 1);
    return { ...body, id_token: await provider.sign({ ...claims, ...change(claims) }, header) };
  };
  const raw = (make) => (body) => ({ ...body, id_token: make(body.id_token) });
  const faults = {
    'another issuer': again(() => ({ iss: 'https://elsewhere.example' })),
    'an issuer that begins alike': again(({ iss }) => ({ iss: `${iss}/` })),
    'for somebody else': again(() => ({ aud: 'another' })),
    'for several without azp': again(() => ({ aud: ['ouderbrug', 'another'] })),
    'for several, azp another': again(() => ({ aud: ['ouderbrug', 'another'], azp: 'another' })),
    'azp another': again(() => ({ azp: 'another' })),
    'no audience': again(() => ({ aud: undefined })),
    'expired': again(() => ({ exp: now() - 61 })),
    'no expiry': again(() => ({ exp: undefined })),
    'expiry as text': again(() => ({ exp: String(now() + 600) })),
    'made long ago': again(() => ({ iat: now() - 3600 })),
    'made tomorrow': again(() => ({ iat: now() + 86400 })),
    'not yet good': again(() => ({ nbf: now() + 3600 })),
    'another nonce': again(() => ({ nonce: 'x'.repeat(43) })),
    'no nonce': again(() => ({ nonce: undefined })),
    'no subject': again(() => ({ sub: undefined })),
    'an empty subject': again(() => ({ sub: '' })),
    'a long subject': again(() => ({ sub: 'x'.repeat(256) })),
    'an extension': again(() => ({}), { crit: ['b64'], b64: true }),
    'a key of another name': again(() => ({}), { kid: 'key-99' }),
    'no algorithm': raw((token) => `${b64({ alg: 'none' })}.${token.split('.')[1]}.`),
    'no algorithm in capitals': raw((token) => `${b64({ alg: 'None', kid: 'key-1' })}.${token.split('.')[1]}.${token.split('.')[2]}`),
    'the algorithm of a shared secret': raw((token) => `${b64({ alg: 'HS256', kid: 'key-1' })}.${token.split('.')[1]}.${token.split('.')[2]}`),
    'another algorithm of the same key': raw((token) => `${b64({ alg: 'RS512', kid: 'key-1' })}.${token.split('.')[1]}.${token.split('.')[2]}`),
    'PS256 over an RS256 signature': raw((token) => `${b64({ alg: 'PS256', kid: 'key-1' })}.${token.split('.')[1]}.${token.split('.')[2]}`),
    'claims changed': raw((token) => `${token.split('.')[0]}.${b64({ ...part(token, 1), sub: 'other' })}.${token.split('.')[2]}`),
    'signature cut': raw((token) => token.slice(0, -8)),
    'no signature': raw((token) => `${token.split('.').slice(0, 2).join('.')}.`),
    'no token': ({ id_token, ...body }) => body,
    'a number': raw(() => 7),
    'not a token': raw(() => 'token'),
    'too long': raw((token) => token + 'x'.repeat(20000)),
    'a key twice in the claims': raw((token) => `${token.split('.')[0]}.${Buffer.from('{"sub":"a","sub":"b"}').toString('base64url')}.${token.split('.')[2]}`),
    'not JSON': () => 'hello',
    'an array': () => [],
  };
  for (const [name, fault] of Object.entries(faults)) {
    provider.fault = { token: fault };
    const { status, location, cookie } = await provider.signIn(server, 'els');
    assert.deepEqual([status, location, cookie], [303, '/#sign-in=failed', undefined], name);
  }
  provider.fault = { token: again(({ aud }) => ({ aud: [aud, 'another'], azp: aud })) };
  assert.ok((await provider.signIn(server, 'els')).cookie, 'several audiences, for us');
  provider.fault = {};
  assert.ok((await provider.signIn(server, 'els')).cookie, 'it works yet');
});

test('keys that are not of the kind a token says, too short or secret, verify nothing', async (t) => {
  const { generateKeyPairSync } = await import('node:crypto');
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  const kid = () => provider.key.kid;
  const faults = {
    'another key under this name': () => ({ keys: [{ ...other, kid: kid(), use: 'sig', alg: 'RS256' }] }),
    'a short one': () => ({ keys: [{ ...short, kid: kid(), use: 'sig', alg: 'RS256' }] }),
    'one for encryption': ({ keys }) => ({ keys: keys.map((key) => ({ ...key, use: 'enc' })) }),
    'one of another algorithm': ({ keys }) => ({ keys: keys.map((key) => ({ ...key, alg: 'PS256' })) }),
    'a secret': () => ({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: kid(), use: 'sig' }] }),
    'half a key': ({ keys }) => ({ keys: keys.map(({ n, ...key }) => key) }),
    'two of one name': ({ keys }) => ({ keys: [...keys, { ...other, kid: kid(), use: 'sig', alg: 'RS256' }] }),
    'none': () => ({}),
  };
  for (const [name, fault] of Object.entries(faults)) {
    provider.fault = { keys: fault };
    await server.stop();
    await server.start();
    assert.equal((await provider.signIn(server, 'els')).location, '/#sign-in=failed', name);
  }
});

test('an answer fits the browser that asked, once', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  const one = await provider.visit(server, 'els'), two = await provider.visit(server, 'els');
  const change = (url, name, value) => { const to = new URL(url); if (value === null) to.searchParams.delete(name); else to.searchParams.set(name, value); return to.href; };
  for (const [name, trip, why] of [
    ['without the cookie', { back: one.back }, 'again'],
    ['the other’s cookie', { back: one.back, trip: two.trip }, 'again'],
    ['no state', { back: change(one.back, 'state', null), trip: one.trip }, 'again'],
    ['the other’s state', { back: change(one.back, 'state', new URL(two.back).searchParams.get('state')), trip: one.trip }, 'again'],
    ['an old state', { back: change(one.back, 'state', new URL(one.back).searchParams.get('state').replace(/^\d+/, (s) => String(Number(s) - 3600))), trip: one.trip }, 'again'],
    ['a state without end', { back: change(one.back, 'state', '1'.repeat(3000)), trip: one.trip }, 'again'],
    ['no code', { back: change(one.back, 'code', null), trip: one.trip }, 'failed'],
    ['a code too long', { back: change(one.back, 'code', 'x'.repeat(2500)), trip: one.trip }, 'failed'],
    ['another issuer', { back: change(one.back, 'iss', 'https://elsewhere.example'), trip: one.trip }, 'failed'],
    ['no issuer', { back: change(one.back, 'iss', null), trip: one.trip }, 'failed'],
    ['an error', { back: change(one.back, 'error', 'server_error'), trip: one.trip }, 'failed'],
    ['a refusal', { back: change(one.back, 'error', 'access_denied'), trip: one.trip }, 'cancelled'],
    ['the other’s code', { back: change(one.back, 'code', new URL(two.back).searchParams.get('code')), trip: one.trip }, 'failed'],
  ]) {
    const { status, location, cookie } = await provider.comeBack(server, trip);
    assert.deepEqual([status, location, cookie], [303, `/#sign-in=${why}`, undefined], name);
  }
  assert.ok((await provider.comeBack(server, one)).cookie);
  const replay = await provider.comeBack(server, one);
  assert.deepEqual([replay.location, replay.cookie], ['/#sign-in=failed', undefined], 'the same code again');
  assert.equal((await provider.signIn(server, null)).location, '/#sign-in=cancelled', 'who changes their mind');
});

test('a provider that is dead, slow, rude or without end holds up nobody else', { timeout: 120_000 }, async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  const away = async (door, doorAt) => {
    Object.assign(provider, { door, doorAt });
    const began = Date.now();
    const answer = doorAt === '/token' ? provider.signIn(server, 'els') : fetch(`${server.url}/api/oidc/start`, { redirect: 'manual' }).then((r) => ({ location: r.headers.get('location') }));
    const health = await fetch(`${server.url}/healthz`);
    assert.equal(health.status, 200);
    assert.ok(Date.now() - began < 2000, 'the loop waits');
    const { location } = await answer;
    provider.door = '';
    return location;
  };
  for (const door of ['dead', 'huge', 'rude', 'away', 'slow']) {
    assert.equal(await away(door), '/#sign-in=away', door);
    await server.stop(); // it leaves a provider that failed alone for a while; a new start forgets
    await server.start();
  }
  for (const door of ['dead', 'huge', 'rude', 'slow']) assert.equal(await away(door, '/token'), '/#sign-in=away', `tokens: ${door}`);
  await server.stop();
  await server.start();
  assert.ok((await provider.signIn(server, 'els')).cookie);
});

test('a document that is not the provider’s own is not believed', async (t) => {
  const { server, provider } = await schoolWithProvider(t);
  provider.people.els = jansen;
  for (const fault of [
    (body) => ({ ...body, issuer: 'https://elsewhere.example' }), (body) => ({ ...body, issuer: undefined }), (body) => ({ ...body, token_endpoint: 'http://elsewhere.example/token' }),
    (body) => ({ ...body, jwks_uri: 'file:///etc/passwd' }), (body) => ({ ...body, authorization_endpoint: 'javascript:alert(1)' }), (body) => ({ ...body, token_endpoint: 'https://user:pass@elsewhere.example/' }), () => 'x', () => [],
  ]) {
    provider.fault = { document: fault };
    const response = await fetch(`${server.url}/api/oidc/start`, { redirect: 'manual' });
    assert.equal(response.headers.get('location'), '/#sign-in=away');
    await server.stop();
    await server.start();
  }
});

test('a federation: only the school’s own people, with what userinfo says, and as strictly as is asked', async (t) => {
  const { server, provider } = await schoolWithProvider(t, { args: ['--oidc-home', '99ZZ00 proef.example', '--oidc-acr', 'https://refeds.org/profile/mfa'], extra: { conformIdTokenClaims: true } });
  Object.assign(provider.people, {
    els: { eduperson_principal_name: 'els.jansen@proef.example', schac_home_organization: 'proef.example' },
    dick: { uid: 'huisman', nlEduPersonHomeOrganizationId: ['99ZZ00'] },
    elsewhere: { eduperson_principal_name: 'els.jansen@proef.example', schac_home_organization: 'elsewhere.example' },
    both: { eduperson_principal_name: 'els.jansen@proef.example', schac_home_organization: ['proef.example', 'elsewhere.example'] },
    none: { eduperson_principal_name: 'els.jansen@proef.example' },
  });
  provider.acr = 'https://refeds.org/profile/mfa';
  assert.equal((await get(server, '/api/session', (await provider.signIn(server, 'els')).cookie)).body.person.name, 'Els Jansen');
  assert.equal((await get(server, '/api/session', (await provider.signIn(server, 'dick')).cookie)).body.person.name, 'Dick Huisman');
  assert.ok(provider.asked.includes('/me'));
  for (const who of ['elsewhere', 'both', 'none']) assert.equal((await provider.signIn(server, who)).location, '/#sign-in=elsewhere', who);
  provider.fault = { userinfo: (body) => ({ ...body, sub: 'els' }) };
  assert.equal((await provider.signIn(server, 'dick')).location, '/#sign-in=failed');
  provider.fault = {};
  provider.acr = 'password';
  assert.equal((await provider.signIn(server, 'els')).location, '/#sign-in=elsewhere');
});

test('a school without a provider has none, and settings that cannot be are refused at the start', async (t) => {
  const school = await makeSchool(t);
  const server = await startServer(t, school);
  assert.deepEqual((await get(server, '/api/ways')).body, {});
  for (const path of ['/api/oidc/start', '/api/oidc/return?code=x&state=y']) assert.equal((await fetch(server.url + path, { redirect: 'manual' })).status, 404);
  for (const [args, why] of [
    [['--oidc-issuer', 'http://elsewhere.example', '--oidc-client-id', 'x'], /oidc_issuer/], [['--oidc-issuer', 'https://elsewhere.example/?x', '--oidc-client-id', 'x'], /oidc_issuer/],
    [['--oidc-issuer', 'https://elsewhere.example'], /oidc_client_id/], [['--oidc-issuer', 'https://elsewhere.example', '--oidc-client-id', 'x', '--oidc-client-secret-file', `${school.folder}/nothing`], /nothing/],
  ]) {
    const { code, stderr } = await ouderbrug(['serve', '--data', school.data, '--port', '0', ...args], { fails: true });
    assert.ok(code !== 0);
    assert.match(stderr, why);
  }
});
