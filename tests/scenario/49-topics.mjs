// The words by which a message is known to be about care, money, police or health: what a school says every day is not held up by them, what a family should
// read in a person's words is; their sentences: tests/unit/topic_sentences.def. The list is the program's (locales/topics/), and the school's own on top of it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { refusal } from './lib/client.mjs';
import { room, unhurried } from './lib/room.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`../../locales/${name}.json`, import.meta.url), 'utf8'));

test('before it is sent, and in every language of the app, the sender is told that a topic waits; what is said every day is not held', async (t) => {
  const { visser, thread } = await room(t, ['visser'], { args: unhurried });
  const said = {
    nl: ['De politie was op school.', 'Morgen is er geen les, de school is dicht.'],
    ar: ['ذهبنا للشرطة أمس.', 'ابني مريض اليوم ولن يأتي إلى المدرسة.'],
    ti: ['ንፖሊስ ሓቢርና።', 'ጽባሕ ቤት ትምህርቲ ዕጹው እዩ።'],
    uk: ['Вчора до нас приїжджала поліція.', 'Квиток коштує два євро.'],
  };
  for (const [language, [about, everyDay]] of Object.entries(said)) {
    assert.equal((await visser.do('preview', { thread, body: about, language })).topic, 'police', about);
    assert.equal((await visser.do('preview', { thread, body: everyDay, language })).topic, undefined, everyDay);
  }
});

test('the files of locales/topics/ are as a school may read them: a list for each language of the app, an asterisk only at the end, nothing twice', () => {
  const folder = new URL('../../locales/', import.meta.url);
  const tags = (under) => readdirSync(new URL(under, folder)).filter((name) => /^[a-z]+\.json$/.test(name)).map((name) => name.slice(0, -5));
  assert.deepEqual(tags('topics/').sort(), tags('./').sort());
  for (const tag of tags('topics/')) {
    const { language, checked, topics } = read(`topics/${tag}`);
    assert.deepEqual([language, ['machine', 'native'].includes(checked), Object.keys(topics)], [tag, true, ['care', 'money', 'police', 'health']]);
    for (const words of Object.values(topics)) {
      assert.ok(words.length >= 20, tag);
      assert.deepEqual(words.filter((word, i) => word !== word.normalize('NFC').trim() || /\*./.test(word) || words.indexOf(word) !== i), [], tag);
    }
  }
});

test('what the school added stays, and what it took out does not come back by itself', async (t) => {
  const { visser, admin, thread, server } = await room(t, ['visser', 'admin'], { args: unhurried });
  const topicOf = async (client, body) => (await client.do('preview', { thread, body, language: 'nl' })).topic;
  const all = async (client) => (await client.do('topics')).words.filter(({ language }) => language === 'nl');
  const folded = (word) => word.normalize('NFKD').replace(/\p{M}|'/gu, '').replace('-', ' ').toLowerCase();
  const ours = Object.entries(read('topics/nl').topics).flatMap(([topic, words]) => words.map((word) => `${topic} ${folded(word)}`));
  assert.deepEqual((await all(admin)).map(({ topic, words }) => `${topic} ${words}`).sort(), [...new Set(ours)].sort(), 'the list of locales/topics/ and no word of former ones');
  await admin.do('topic_word_remove', { word: (await all(admin)).find(({ words }) => words === 'ambulance*').id });
  await admin.do('topic_word_add', { topic: 'care', language: 'nl', words: 'zorgboerderij' });
  assert.deepEqual([await topicOf(visser, 'De ambulance komt.'), await topicOf(visser, 'De zorgboerderij.')], [undefined, 'care']);
  const before = await all(admin);
  await server.stop();
  await server.start();
  const again = await (await import('./lib/client.mjs')).signIn(server, 'admin').then((account) => account.connect());
  assert.deepEqual(await all(again), before);
  // Added again it is there again; a word of the school's own is gone when it is taken out.
  await again.do('topic_word_add', { topic: 'health', language: 'nl', words: 'Ambulance*' });
  const own = (await all(again)).find(({ words }) => words === 'zorgboerderij');
  await again.do('topic_word_remove', { word: own.id });
  assert.equal((await refusal(again.do('topic_word_remove', { word: own.id }))).code, 'not_found');
  assert.deepEqual((await all(again)).filter(({ words }) => /^(ambulance|zorgboer)/.test(words)).map(({ topic, words }) => [topic, words]), [['health', 'ambulance*']]);
});
