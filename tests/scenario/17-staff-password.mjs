// The people of the school sign in by name, password and a code of the moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, signIn } from './lib/client.mjs';
import { makeSchool, people, writeRoster } from './lib/school.mjs';
import { ouderbrug, startServer, slow } from './lib/server.mjs';
import { faults } from './lib/shapes.mjs';
import { enrol, get, goodPassword, invite, patient, post } from './lib/staff.mjs';
import { Authenticator } from './lib/totp.mjs';

// Nobody here waits after a wrong try, unless the test is about it.
const unhurried = ['--attempt-wait-s', '0.01'];
const withSchool = async (t, args = []) => startServer(t, { ...(await makeSchool(t)), args: [...unhurried, ...args] });
const as = (shape) => ({ $ref: `#/components/schemas/${shape}` });

test('from an invitation to a session: a password, a secret, a first code, and ten recovery codes', async (t) => {
  const server = await withSchool(t);
  const invitation = await invite(server, 'visser');
  const begun = await post(server, '/api/enrolment', { invitation, password: goodPassword, name: 'M.Visser' });
  assert.equal(begun.status, 200);
  assert.deepEqual(faults(as('enrolment'), begun.body), []);
  assert.deepEqual(begun.body.names, ['m.visser']);
  assert.equal(begun.cookie, undefined);
  const address = new URL(begun.body.address);
  assert.deepEqual([address.protocol, address.host, decodeURIComponent(address.pathname), address.searchParams.get('secret')],
    ['otpauth:', 'totp', '/ISK De Proef:m.visser', begun.body.secret]);

  const app = new Authenticator(begun.body.secret);
  const wrong = await post(server, '/api/enrolment/proof', { invitation, code: app.code(5) });
  assert.deepEqual([wrong.status, wrong.body.field, wrong.body.reason], [422, 'code', 'wrong']);
  const proven = await post(server, '/api/enrolment/proof', { invitation, code: app.code(-1) });
  assert.equal(proven.status, 200);
  assert.deepEqual(faults(as('enrolled'), proven.body), []);
  assert.equal(new Set(proven.body.codes).size, 10);
  assert.match(proven.body.codes[0], /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal((await get(server, '/api/session', proven.cookie)).body.person.name, 'mw. Visser');

  const again = await post(server, '/api/enrolment/proof', { invitation, code: app.code() });
  assert.deepEqual([again.status, again.body.reason], [401, 'invitation']);
  const session = await post(server, '/api/session', { name: ' m.VISSER ', password: goodPassword, code: app.code() });
  assert.equal(session.status, 200);
  assert.deepEqual(faults(as('session'), session.body), []);
  assert.equal((await get(server, '/api/session', session.cookie)).body.person.name, 'mw. Visser');
  for (const text of [server.log()]) for (const secret of [goodPassword, begun.body.secret, invitation, proven.body.codes[0]]) assert.ok(!text.includes(secret));
});

test('nothing tells which of name, password and code was wrong', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const code = visser.fresh();
  const seen = [];
  for (const wrong of [{ name: 'nobody' }, { name: 'x y' }, { password: 'een fiets zonder bell' }, { password: 'a\u0007b' }, { password: '' }, { code: '' }, { code: 'abcdef' }, { code: visser.app.code(9) }, { code: 'ABCD-EFGH-JKMN-PQRS' }]) {
    const { status, body, cookie } = await patient(() => visser.signIn({ code, ...wrong }));
    assert.equal(cookie, undefined);
    seen.push(JSON.stringify([status, body]));
  }
  assert.equal(new Set(seen).size, 1, seen.join('\n'));
  assert.match(seen[0], /^\[401,.*"reason":"credentials"/);
  assert.equal((await patient(() => visser.signIn({ code }))).status, 200, 'a wrong try used the code up');
});

test('a code is good once, also when it comes twice at the same moment', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const code = visser.fresh(), next = visser.fresh();
  const answers = await Promise.all(Array.from({ length: 3 }, () => visser.signIn({ code })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401]);
  assert.equal((await patient(() => visser.signIn({ code }))).status, 401);
  assert.equal((await patient(() => visser.signIn({ code: next }))).status, 200);
  assert.equal((await patient(() => visser.signIn({ code }))).status, 401, 'an older code after a newer one');
});

test('a recovery code is good once, in any spelling, also when it comes twice at the same moment', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const [first, second] = visser.codes;
  const answers = await Promise.all(Array.from({ length: 3 }, () => visser.signIn({ code: first.toLowerCase().replaceAll('-', ' ') })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401]);
  const { body } = await get(server, '/api/credential', visser.cookie);
  assert.deepEqual(faults(as('credential'), body), []);
  assert.deepEqual(body, { names: ['visser'], password: true, recovery: 9 });

  const made = await post(server, '/api/credential/recovery', { password: goodPassword }, { cookie: visser.cookie });
  assert.equal(made.status, 200);
  assert.deepEqual(faults(as('recovery'), made.body), []);
  assert.equal((await patient(() => visser.signIn({ code: second }))).status, 401, 'a code of before');
  assert.equal((await patient(() => visser.signIn({ code: made.body.codes[9] }))).status, 200);
});

test('a password is refused where it is short, known or no text; and it is the same from every keyboard', async (t) => {
  const server = await withSchool(t);
  const invitation = await invite(server, 'visser');
  for (const [password, reason] of [['elf tekens.', 'too_short'], ['Wachtwoord2026!', 'weak'], ['qwertyuiop12', 'weak'], ['visser123456', 'weak'], ['een fiets\tzonder bel', 'controls'], ['x'.repeat(600), 'too_long'], ['', 'too_short']]) {
    const { status, body } = await post(server, '/api/enrolment', { invitation, password, name: 'visser' });
    assert.deepEqual([status, body.field, body.reason], [422, 'password', reason], password);
  }
  const visser = await enrol(server, 'visser', { invitation, name: 'visser', password: 'cafe\u0301 met één Ål' });
  assert.equal((await visser.signIn({ password: 'caf\u00e9 met e\u0301e\u0301n \u212bl' })).status, 200);
});

test('another password ends every other session; another secret makes the old phone useless', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const other = await visser.signIn();
  assert.equal(other.status, 200);
  const { cookie } = visser;

  for (const [password, fresh, field, reason] of [['een fiets zonder bell', 'een ander wachtwoord', 'password', 'wrong'], [goodPassword, 'kort', 'new', 'too_short'], [goodPassword, 'Welkom123456', 'new', 'weak']]) {
    const { status, body } = await post(server, '/api/credential/password', { password, new: fresh }, { cookie });
    assert.deepEqual([status, body.field, body.reason], [422, field, reason]);
  }
  assert.equal((await get(server, '/api/session', other.cookie)).status, 200);
  const changed = await post(server, '/api/credential/password', { password: goodPassword, new: 'een ander wachtwoord' }, { cookie });
  assert.equal(changed.status, 204);
  assert.equal((await get(server, '/api/session', other.cookie)).status, 401);
  assert.equal((await get(server, '/api/session', cookie)).status, 200);
  visser.password = 'een ander wachtwoord';

  const begun = await post(server, '/api/credential/secret', { password: visser.password }, { cookie });
  assert.equal(begun.status, 200);
  const app = new Authenticator(begun.body.secret);
  assert.equal((await post(server, '/api/enrolment/proof', { code: app.code(-1) })).status, 401, 'without a session');
  const proven = await post(server, '/api/enrolment/proof', { code: app.code(-1) }, { cookie });
  assert.equal(proven.status, 200);
  assert.equal(proven.cookie, undefined);
  assert.equal((await post(server, '/api/session', { name: 'visser', password: visser.password, code: visser.codes[0] })).status, 401, 'a recovery code of before');
  assert.equal((await post(server, '/api/session', { name: 'visser', password: visser.password, code: visser.app.code(1) })).status, 401);
  assert.equal((await post(server, '/api/session', { name: 'visser', password: visser.password, code: app.code() })).status, 200);
});

test('an invitation resets password and codes, and ends every session', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const again = await enrol(server, 'visser', { password: 'heel iets anders nu' });
  assert.deepEqual(again.begun.names, ['visser']);
  assert.equal((await get(server, '/api/session', visser.cookie)).status, 401);
  assert.equal((await get(server, '/api/session', again.cookie)).status, 200);
  assert.equal((await visser.signIn({ code: again.fresh() })).status, 401, 'the old password');
  assert.equal((await again.signIn({ code: visser.codes[0] })).status, 401, 'an old recovery code');
  assert.equal((await again.signIn()).status, 200);
});

test('a password is hashed again when the school asks for more', async (t) => {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: [...unhurried] });
  const visser = await enrol(server, 'visser', { name: 'visser' });
  await server.stop();
  server.args.push('--password-memory', '24M', '--password-passes', '3');
  await server.start();
  assert.equal((await visser.signIn({ code: visser.codes[0] })).status, 200);
  await server.stop();
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(`${school.data}/school.db`);
  assert.match(db.prepare('SELECT password FROM credential').get().password, /^\$argon2id\$v=19\$m=24576,t=3,p=1\$/);
  db.close();
  await server.start();
  assert.equal((await visser.signIn({ code: visser.codes[1] })).status, 200);
});

test('families have no password, and a name is one person’s', async (t) => {
  const server = await withSchool(t);
  const family = await post(server, '/api/enrolment', { invitation: await invite(server, 'huda'), password: goodPassword, name: 'huda' });
  assert.deepEqual([family.status, family.body.reason], [401, 'invitation']);
  await enrol(server, 'visser', { name: 'visser' });
  const invitation = await invite(server, 'bakker');
  for (const [name, reason] of [['VISSER', 'taken'], ['mw visser', 'controls'], [undefined, 'missing']]) {
    const { status, body } = await post(server, '/api/enrolment', { invitation, password: goodPassword, ...(name ? { name } : {}) });
    assert.deepEqual([status, body.field, body.reason], [422, 'name', reason]);
  }
  assert.equal((await enrol(server, 'bakker', { invitation, name: 'bakker' })).name, 'bakker');
});

test('the roster’s user name and mail address are login names, of the school side and of one person only', async (t) => {
  const school = await makeSchool(t);
  const server = await startServer(t, { ...school, args: [...unhurried] });
  const jansen = await enrol(server, 'jansen');
  assert.deepEqual(jansen.begun.names, ['e.jansen', 'els.jansen@proef.example']);
  assert.equal((await jansen.signIn({ name: 'els.jansen@PROEF.example' })).status, 200);
  const taken = await post(server, '/api/enrolment', { invitation: await invite(server, 'visser'), password: goodPassword, name: 'E.JANSEN' });
  assert.deepEqual([taken.status, taken.body.reason], [422, 'taken']);

  // The administration gives the same address to somebody else: it is nobody's. The user name still is hers.
  await writeRoster(school.roster, { ...people, bakker: { ...people.bakker, email: 'els.jansen@proef.example' } });
  const { stdout } = await ouderbrug(['import', school.roster, '--data', school.data]);
  assert.match(stdout, /^login names: \+1 ~0 -0$/m);
  const [code] = jansen.codes;
  assert.equal((await jansen.signIn({ name: 'els.jansen@proef.example', code })).status, 401);
  assert.equal((await jansen.signIn({ name: 'e.jansen', code })).status, 200);

  await server.stop();
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(`${school.data}/school.db`);
  assert.equal(db.prepare("SELECT count(*) AS n FROM login WHERE fold LIKE 'huda%'").get().n, 0);
  assert.equal(db.prepare("SELECT count(*) AS n FROM roster_row WHERE content LIKE '%thuis.example%'").get().n, 0);
  db.close();
  await server.start();
});

test('who fails three times in a row waits, and longer each time; a name that nobody has, just so; a restart forgives nothing', async (t) => {
  const server = await withSchool(t, ['--attempt-wait-s', '30']);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const code = visser.fresh();
  const waits = async (name) => {
    const seen = [];
    for (let i = 0; i < 4; i++) seen.push((await visser.signIn({ name, password: 'iets heel anders', code })));
    assert.deepEqual(seen.map(({ status }) => status), [401, 401, 401, 429], name);
    return seen.at(-1).body.retry_ms;
  };
  for (const name of ['visser', 'nobody']) {
    const wait = await waits(name);
    assert.ok(wait > 25_000 && wait <= 30_000, `${name}: ${wait}`);
  }
  assert.equal((await visser.signIn({ name: 'VISSER', code })).status, 429, 'another spelling, and right');
  await server.stop();
  await server.start();
  const { status, body } = await visser.signIn({ code });
  assert.equal(status, 429);
  assert.deepEqual(Object.keys(body).sort(), ['code', 'retry_ms', 'status', 'title', 'type']);
  assert.equal((await visser.signIn({ name: 'somebody else', code })).status, 401, 'others do not wait');
});

test('many at once get no more tries than one after another', async (t) => {
  const server = await withSchool(t, ['--attempt-wait-s', '60']);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const answers = await Promise.all(Array.from({ length: 12 }, () => visser.signIn({ password: 'iets heel anders', code: '123456' })));
  const of = (wanted) => answers.filter(({ status }) => status === wanted).length;
  assert.deepEqual([of(401), of(429)], [3, 9]);
});

test('a name that nobody has takes as long as one that somebody has', { skip: slow > 1 && 'a sanitizer’s times say nothing' }, async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const times = { visser: [], nobody: [], jansen: [] };
  const shortest = () => Object.values(times).map((list) => Math.min(...list));
  const alike = ([known, ...others]) => others.every((other) => Math.abs(known - other) < Math.max(known, other) * 0.4);
  // Turn about, and the shortest of all: what else the machine does only makes it longer. Where it is busy it takes more of them.
  for (let i = 0; i < 7 || (i < 40 && !alike(shortest())); i++) {
    for (const name of Object.keys(times)) {
      const answer = await patient(async () => {
        const began = performance.now();
        const one = await visser.signIn({ name, password: `iets heel anders ${i}`, code: '123456' });
        if (one.status === 401) times[name].push(performance.now() - began);
        return one;
      });
      assert.equal(answer.status, 401);
    }
  }
  assert.ok(alike(shortest()), `${shortest()} ms`);
});

test('codes that are tried at a renewal, with nothing but a session, are counted as passwords are', async (t) => {
  const server = await withSchool(t, ['--attempt-wait-s', '30']);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const begun = await post(server, '/api/credential/secret', { password: goodPassword }, { cookie: visser.cookie });
  const app = new Authenticator(begun.body.secret);
  const prove = (code) => post(server, '/api/enrolment/proof', { code }, { cookie: visser.cookie });
  // Half an hour off: it is none that is good now.
  const seen = [];
  for (const step of [60, 61, 62, 63]) seen.push((await prove(app.code(step))).status);
  assert.deepEqual(seen, [422, 422, 422, 429]);
  const right = await prove(app.code());
  assert.equal(right.status, 429);
  assert.ok(right.body.retry_ms > 25_000 && right.body.retry_ms <= 30_000, `${right.body.retry_ms}`);
  assert.equal((await post(server, '/api/credential/secret', { password: goodPassword }, { cookie: visser.cookie })).status, 429, 'nor is it begun anew');
});

test('a cookie of one does nothing for another', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const jansen = await enrol(server, 'jansen', { password: 'heel iets anders nu' });
  for (const path of ['secret', 'recovery']) {
    const { status, body } = await post(server, `/api/credential/${path}`, { password: visser.password }, { cookie: jansen.cookie });
    assert.deepEqual([status, body.reason], [422, 'wrong']);
  }
  const begun = await post(server, '/api/credential/secret', { password: visser.password }, { cookie: visser.cookie });
  assert.equal((await post(server, '/api/enrolment/proof', { code: new Authenticator(begun.body.secret).code() }, { cookie: jansen.cookie })).status, 404);
  assert.equal((await jansen.signIn({ code: visser.codes[0] })).status, 401);
  assert.equal((await jansen.signIn({ code: visser.fresh() })).status, 401);
  // A family's session has no password to ask for.
  const huda = await signIn(server, 'huda');
  for (const [path, body] of [['password', { password: 'x', new: goodPassword }], ['secret', { password: 'x' }], ['recovery', { password: 'x' }]]) {
    assert.equal((await post(server, `/api/credential/${path}`, body, { cookie: huda.cookie })).status, 403);
  }
  assert.equal((await get(server, '/api/credential', huda.cookie)).status, 403);
});

test('a session that ends loses its socket at once', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  const other = await visser.signIn();
  const socket = await accountOf(server, other.cookie, other.body).connect();
  assert.equal((await post(server, '/api/credential/password', { password: goodPassword, new: 'een ander wachtwoord' }, { cookie: visser.cookie })).status, 204);
  assert.equal((await socket.closed).code, 4401);
});

test('what is no sign-in is refused, and nothing is changed', async (t) => {
  const server = await withSchool(t);
  const visser = await enrol(server, 'visser', { name: 'visser' });
  for (const [path, body, status, field, reason] of [
    ['/api/session', { name: 'visser', password: 'x' }, 422, 'code', 'missing'],
    ['/api/session', { name: 'visser', password: 'x', code: 1 }, 422, 'code', 'type'],
    ['/api/session', { name: 'visser', password: 'x', code: '1', link: 'x' }, 422, undefined, 'unknown_field'],
    ['/api/session', {}, 422, 'link', 'missing'],
    ['/api/enrolment', { password: goodPassword, name: 'x' }, 422, 'invitation', 'missing'],
    ['/api/enrolment', { invitation: 'x', password: goodPassword, name: 'x' }, 401, undefined, 'invitation'],
    ['/api/enrolment/proof', { invitation: 'x', code: '123456' }, 401, undefined, 'invitation'],
    ['/api/credential/password', { password: 'x', new: goodPassword }, 401, undefined, undefined],
    ['/api/credential/secret', { password: 'x' }, 401, undefined, undefined],
    ['/api/credential/recovery', { password: 'x' }, 401, undefined, undefined],
  ]) {
    const answer = await post(server, path, body);
    assert.deepEqual([answer.status, answer.body.field, answer.body.reason], [status, field, reason], `${path} ${JSON.stringify(body)}`);
    const foreign = await post(server, path, body, { origin: 'https://elsewhere.example' });
    assert.deepEqual([foreign.status, foreign.body.reason], [403, 'origin']);
  }
  assert.equal((await post(server, '/api/enrolment/proof', { code: '123456' }, { cookie: visser.cookie })).status, 404, 'nothing waits');
  assert.equal((await visser.signIn({ origin: 'https://elsewhere.example' })).status, 403);
  assert.equal((await visser.signIn()).status, 200);
});
