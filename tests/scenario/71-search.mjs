// Search over what one may see: whole words in whatever form they are written, in texts as they are shown, for who is in the conversation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal, signIn, uuid } from './lib/client.mjs';
import { room, say, threadOf, unhurried } from './lib/room.mjs';
import { startServer } from './lib/server.mjs';

const seqs = async (client, query, more = {}) => (await client.do('search', { query, ...more })).hits.map(({ seq }) => seq);

/** What stands at the places of a hit. */
const marked = ({ body, places }) => places.map(({ from, to }) => body.slice(from, to));

// What was written, what is asked, and what of it is marked then.
const pairs = [
  ['Morgen is er géén SCHOOL.', 'geen school', ['géén', 'SCHOOL']],
  ['De foto’s van Đorđe', "foto's dorde", ['foto’s', 'Đorđe']],
  ['Łódź en Malmö', 'lodz malmo', ['Łódź', 'Malmö']],
  ["Qu'est-ce que l'école ?", 'ecole', ['école']],
  ['IŞIK açık', 'isik', ['IŞIK']],
  ['Ёлка будет в среду', 'елка', ['Ёлка']],
  ['Ґанок біля школи', 'ганок', ['Ґанок']],
  ['أحمد في المَدْرَسَة', 'احمد المدرسه', ['أحمد', 'المَدْرَسَة']],
  ['آمنة تنتظر', 'امنه', ['آمنة']],
  ['کتاب علی', 'كتاب علي', ['کتاب', 'علی']],
  ['می‌روم به خانۀ او', 'میروم خانه', ['می‌روم', 'خانۀ']],
  ['ساعت ۱۲۳۴ بیا', '1234', ['۱۲۳۴']],
  ['الغرفة ٥٦٧٨', '5678', ['٥٦٧٨']],
  ['Kamer 9012 boven', '۹۰۱۲', ['9012']],
  ['ሠላም ሐኪም', 'ሰላም ሀኪም', ['ሠላም', 'ሐኪም']],
  ['ፀሐይ ወጣች', 'ጸሀይ', ['ፀሐይ']],
  ['ښوونځی بند دی', 'ښوونځي', ['ښوونځی']],
  ['明天学校开会', '学校', ['学校']],
  // The other way round: asked with marks and written without.
  ['dordevic komt', 'Đorđević', ['dordevic']],
  ['Еж на рисунке', 'ёж', ['Еж']],
  ['ايمان والجامعه', 'إيمان والجَامِعَة', ['ايمان', 'والجامعه']],
  ['አሰፋ ጸጋዬ', 'ዐሠፋ ፀጋዬ', ['አሰፋ', 'ጸጋዬ']],
  ['Gang 3456 links', '٣٤٥٦', ['Gang 3456 links'.slice(5, 9)]],
  ['วันนี้ไม่มีโรงเรียน', 'โรงเรียน', ['โรงเรียน']],
  ['ខ្ញុំទៅសាលារៀន', 'សាលារៀន', ['សាលារៀន']],
  ['Tiếng Việt rất hay', 'tieng viet', ['Tiếng', 'Việt']],
  ['🙂👨‍👩‍👧 tot straks', 'straks', ['straks']],
  ['ﷺ zegt hij', 'zegt', ['zegt']],
  ['Straße und Weiß', 'STRASSE weiss', ['Straße', 'Weiß']],
  ['οδός Αθηνών', 'ΟΔΟΣ', ['οδός']],
  ['שָׁלוֹם לכולם', 'שלום', ['שָׁלוֹם']],
];

test('words are found as people write them, in every script, and marked where they stand', async (t) => {
  const { thread, visser } = await room(t, ['visser']);
  const sent = [];
  for (const [body] of pairs) sent.push((await say(visser, thread, body)).seq);
  for (const round of ['tail', 'blocks']) {
    for (const [i, [body, query, marks]] of pairs.entries()) {
      const { hits } = await visser.do('search', { query });
      assert.deepEqual(hits.map(({ seq }) => seq), [sent[i]], `${round}: ${query} in ${body}`);
      assert.deepEqual(marked(hits[0]), marks, `${round}: ${query}`);
      assert.deepEqual([hits[0].thread, hits[0].body, hits[0].n], [thread, body.normalize('NFC'), undefined]);
    }
    if (round === 'tail') for (let i = 0; i < 40; i++) await say(visser, thread, `vulling ${i}`);
  }
  assert.deepEqual(await seqs(visser, 'scho'), [], 'words are whole');
  assert.deepEqual(await seqs(visser, 'school ganok'), [], 'and all in one text');
});

test('everyone finds what they may see and no more', async (t) => {
  const { server, thread, accounts, visser, huda, rania, bakker, oksana, admin } = await room(t, ['visser', 'huda', 'rania', 'bakker', 'oksana', 'admin']);
  const old = await say(visser, thread, 'zilvermeeuw van vroeger');
  await visser.do('bring', { thread, person: rania.welcome.me.id });
  for (const who of [visser, huda]) assert.deepEqual(await seqs(who, 'zilvermeeuw'), [old.seq]);
  for (const who of [rania, bakker, oksana]) assert.deepEqual(await seqs(who, 'zilvermeeuw'), []);
  await visser.do('version', { thread, seq: old.seq, language: 'en', body: 'herring gull' });
  assert.deepEqual(await seqs(rania, 'gull'), [], 'not by a version that came after she did');

  const now = await say(huda, thread, 'zilvermeeuw van nu');
  for (const [who, found] of [[visser, [now.seq, old.seq]], [rania, [now.seq]], [bakker, []], [oksana, []]]) assert.deepEqual(await seqs(who, 'ZILVERMEEUW'), found);
  assert.deepEqual(await seqs(rania, 'zilvermeeuw', { thread }), [now.seq]);

  // Not there and not yours: one answer.
  const gone = [await refusal(oksana.do('search', { query: 'zilvermeeuw', thread })), await refusal(oksana.do('search', { query: 'zilvermeeuw', thread: 999_999 }))];
  assert.deepEqual(gone.map(({ code, field, reason }) => [code, field, reason]), [['not_found', undefined, undefined], ['not_found', undefined, undefined]]);
  assert.deepEqual([(await refusal(admin.do('search', { query: 'zilvermeeuw' }))).code], ['forbidden']);

  await visser.do('take_out', { thread, person: rania.welcome.me.id });
  assert.deepEqual(await seqs(rania, 'zilvermeeuw'), []);
  assert.equal((await refusal(rania.do('search', { query: 'zilvermeeuw', thread }))).code, 'not_found');
  await visser.do('bring', { thread, person: rania.welcome.me.id, reach: 'all' });
  assert.deepEqual(await seqs(rania, 'zilvermeeuw'), [now.seq, old.seq]);

  // Two conversations of one person, newest first across them.
  const other = threadOf(visser, 'Микола').id;
  const there = await say(visser, other, 'zilvermeeuw elders');
  const { hits } = await visser.do('search', { query: 'zilvermeeuw' });
  assert.deepEqual(hits.map((hit) => [hit.thread, hit.seq]), [[other, there.seq], [thread, now.seq], [thread, old.seq]]);
  const again = await accounts.visser.connect({ name: 'visser 2' });
  assert.deepEqual((await again.do('search', { query: 'zilvermeeuw' })).hits, hits);
  assert.ok(server);
});

test('versions are found when they come, a correction in place of what it corrects, what is withdrawn not at all', async (t) => {
  const { thread, visser, huda } = await room(t, ['visser', 'huda']);
  for (const packed of [false, true]) {
    const { seq } = await say(visser, thread, 'De uitstap is op dinsdag');
    if (packed) for (let i = 0; i < 35; i++) await say(huda, thread, 'vulling');
    await visser.do('version', { thread, seq, language: 'ar', body: 'الرحلة يوم الثلاثاء' });
    let { hits: [hit] } = await huda.do('search', { query: 'الرحله' });
    assert.deepEqual([hit.seq, hit.n, hit.origin, hit.language, hit.direction, marked(hit)], [seq, 1, 'person', 'ar', 'rtl', ['الرحلة']]);
    assert.deepEqual(await seqs(huda, 'dinsdag'), [seq]);
    await visser.do('correct', { thread, seq, body: 'De uitstap is op woensdag' });
    for (const stale of ['dinsdag', 'الثلاثاء']) assert.deepEqual(await seqs(huda, stale), [], stale);
    ({ hits: [hit] } = await huda.do('search', { query: 'uitstap woensdag' }));
    assert.deepEqual([hit.seq, hit.n, hit.origin, hit.body], [seq, 2, 'correction', 'De uitstap is op woensdag']);
    await visser.do('withdraw', { thread, seq });
    for (const gone of ['uitstap', 'woensdag', 'الرحلة']) assert.deepEqual(await seqs(visser, gone), [], gone);
  }
});

test('pages follow each other without a gap, also past a restart', async (t) => {
  const { server, school, thread, visser } = await room(t, ['visser']);
  await Promise.all(Array.from({ length: 300 }, (_, i) => say(visser, thread, `bladzijde ${i % 2 ? 'oneven' : 'even'} ${i}`)));
  const all = await seqs(visser, 'bladzijde', { limit: 50 });
  assert.equal(all.length, 50);
  const found = [];
  let client = visser, before, pages = 0;
  do {
    const answer = await client.do('search', { query: 'bladzijde', limit: 23, ...(before ? { before } : {}) });
    found.push(...answer.hits.map(({ seq }) => seq));
    assert.equal(answer.more ?? false, answer.next !== undefined);
    before = answer.next;
    if (++pages === 3) {
      await server.stop();
      const next = await startServer(t, { ...school, args: unhurried });
      client = await (await signIn(next, 'visser')).connect();
    }
  } while (before);
  assert.deepEqual(found, Array.from({ length: 300 }, (_, i) => 300 - i));
  assert.equal(pages, 14);
});

test('what is acknowledged is found at once, while everyone talks', async (t) => {
  const { thread, visser, huda, karim } = await room(t, ['visser', 'huda', 'karim']);
  const other = threadOf(visser, 'Микола').id;
  let talking = true;
  const talk = Promise.all([visser, huda, karim].map(async (who) => {
    while (talking) await say(who, thread, `geroezemoes ${uuid()}`);
  }));
  for (let i = 0; i < 150; i++) {
    const word = `woord${uuid().replaceAll('-', '')}`;
    const { seq } = await say(visser, i % 3 ? thread : other, `Let op: ${word}.`);
    assert.deepEqual(await seqs(i % 2 && i % 3 ? huda : visser, word), [seq], `after ${i}`);
  }
  talking = false;
  await talk;
});

test('hostile queries are answered with a code or with nothing, and change nothing', async (t) => {
  const { thread, visser } = await room(t, ['visser']);
  await say(visser, thread, 'gewoon een bericht');
  const wrong = async (fields) => { const { code, field, reason } = await refusal(visser.do('search', fields)); return [code, field, reason].filter(Boolean).join(' '); };
  assert.equal(await wrong({}), 'invalid query missing');
  assert.equal(await wrong({ query: '' }), 'invalid query empty');
  assert.equal(await wrong({ query: '🙂 … !?' }), 'invalid query empty');
  assert.equal(await wrong({ query: '\u200c\u200d' }), 'invalid query empty');
  assert.equal(await wrong({ query: 'a'.repeat(201) }), 'invalid query too_long');
  assert.equal(await wrong({ query: 'a b c d e f g h i j k l m n o p q' }), 'invalid query too_long');
  assert.equal(await wrong({ query: 'a\u0001b' }), 'invalid query controls');
  assert.equal(await wrong({ query: `a${'\u0301'.repeat(90)}` }), 'invalid query marks');
  assert.equal(await wrong({ query: 7 }), 'invalid query type');
  for (const limit of [0, 51, -1]) assert.equal(await wrong({ query: 'a', limit }), 'invalid limit range');
  for (const before of ['x', '1', '1.2', '1.2.3.4', '1.2.-3', '..', '1e3.1.1', '99999999999999999999.1.1', ' 1.1.1 x']) assert.equal(await wrong({ query: 'bericht', before }), 'invalid before range', before);
  for (const before of ['0.0.0', '9007199254740991.1.1', '9223372036854775806.9223372036854775806.9223372036854775806']) {
    assert.deepEqual((await visser.do('search', { query: 'bericht', before })).hits.length, before === '0.0.0' ? 0 : 1, before);
  }
  for (const query of ['bericht*', '"bericht', "bericht' OR 1=1 --", 'bericht NOT een', '(bericht', 'body:bericht', 'bericht%']) {
    const { hits } = await visser.do('search', { query });
    assert.ok(hits.length <= 1, query);
  }
  for (const query of ['bericht een', 'een bericht', 'BERICHT bericht', 'bericht*', '"bericht']) assert.equal((await visser.do('search', { query })).hits.length, 1, query);
  assert.equal((await visser.do('search', { query: 'bericht' })).hits.length, 1);
});

test('a search costs ten times what a word costs', async (t) => {
  const { visser } = await room(t, ['visser'], { args: ['--rate-burst', '60', '--rate-per-second', '0.1'] });
  let done = 0, error;
  while (!error && done < 60) {
    try {
      await visser.do('search', { query: 'a' });
      done++;
    } catch (e) {
      error = e;
    }
  }
  assert.equal(error.code, 'rate_limited');
  assert.ok(done >= 4 && done <= 6, `${done} searches`);
});
