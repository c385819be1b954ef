// That a mother can trust what she reads: a machine's words say so, a coach looks at them, better ones take their place; what is about money waits for a
// coach, the mentor is told, and lets one go; and so does the mother with what she wrote.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { laptop, openStage, phone, until, words as sayIn } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const BILL = 'De rekening van de reis is nog niet betaald.';
const POLICE = 'ذهبنا للشرطة أمس.';
const SAID = { [POLICE]: 'Wij gingen gisteren naar de politie.', [BILL]: 'لم تُدفع فاتورة الرحلة بعد.', 'Het geld kan ook contant.': 'يمكن دفع المال نقدًا أيضًا.' };

/** A machine by LibreTranslate's contract that knows two sentences. */
async function startMachine(t) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const languages = ['nl', 'ar'].map((code) => ({ code, name: code, targets: ['nl', 'ar'] }));
    const answer = request.url.startsWith('/languages') ? languages : { translatedText: SAID[JSON.parse(body).q.trim()] ?? 'كلمات أخرى تمامًا هنا' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return ['--translate-kind', 'libretranslate', '--translate-url', `http://127.0.0.1:${server.address().port}`];
}

test('a coach looks at a machine\'s words, and money waits for her', async (t) => {
  const stage = await openStage(t, { args: await startMachine(t) });
  const huda = await stage.person('parent-huda-al-hariri', { ...phone, locale: 'ar' });
  const rania = await stage.person('coach-rania-haddad', laptop);
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(huda, 'ar'), coach = staffScreen(rania), mentor = staffScreen(visser);
  await mother.log.waitFor();
  await coach.row('Samir').click();
  await mentor.row('Samir').click();

  // The mother is told that a machine made it; the coach finds it right; it says so, in Arabic.
  const newest = () => mother.messages.filter({ hasText: mother.t('origin.machine') }).last();
  await newest().waitFor();
  const seq = await newest().getAttribute('data-seq');
  const at = (screen) => screen.log.locator(`[data-seq="${seq}"]`);
  const look = at(coach).getByRole('button', { name: coach.t('staff.checkTitle') });
  await look.click();
  await rania.picture('coach-nl-1280-check');
  await rania.check('a version to look at');
  await coach.dialog.getByRole('button', { name: coach.t('staff.check'), exact: true }).click();
  await at(mother).getByText(mother.t('origin.checkedBy')).waitFor();
  assert.equal(await at(mother).getByText(mother.t('origin.machine')).count(), 0);

  // She writes it better: the mother hears softly that the words are others now.
  await at(coach).locator('header .dots').last().click();
  await coach.dialog.getByRole('textbox').fill('هذه كلمات أوضح.');
  await coach.dialog.getByRole('button', { name: coach.t('staff.versionSend') }).click();
  await at(mother).getByText('هذه كلمات أوضح.').waitFor();
  await at(mother).getByText(mother.t('origin.better')).waitFor();
  await huda.picture('parent-ar-360-better');
  await huda.check('better words');

  // The family lets a machine translate.
  await mentor.family.getByRole('button', { name: mentor.t('staff.consent.ask.machine') }).click();
  await huda.page.locator('section.card').getByRole('button', { name: mother.t('consent.yes'), exact: true }).click();
  await mentor.family.getByText(mentor.t('staff.consent.yes')).first().waitFor();

  // Before he sends it the mentor sees what the family will get: in Arabic, by a machine, and that somebody looks first.
  await mentor.field.fill(BILL);
  await mentor.field.press('Enter');

  // The message is there at once; its translation waits, and both know.
  await mother.message(BILL).waitFor();
  await mentor.message(BILL).getByText(mentor.t('staff.heldOwn')).waitFor();
  assert.equal(await mother.message(BILL).getByText(SAID[BILL]).count(), 0);
  await coach.row('Samir').getByText(coach.t('staff.why.held')).waitFor();
  await rania.picture('coach-nl-1280-held');
  await coach.message(BILL).getByRole('button', { name: coach.t('staff.look') }).click();
  await coach.dialog.getByText(SAID[BILL]).waitFor();
  await rania.check('a version that waits');
  await coach.dialog.getByRole('button', { name: coach.t('staff.check'), exact: true }).click();
  await mother.message(SAID[BILL]).waitFor();
  await until(() => mentor.row('Samir').getByText(mentor.t('staff.why.held')).count(), 0);

  // Another one the mentor lets go himself, and that nobody looked stays visible.
  await mentor.write('Het geld kan ook contant.');
  await mentor.message('contant').getByRole('button', { name: mentor.t('staff.look') }).click();
  await visser.picture('staff-nl-1280-let-go');
  await visser.check('letting it go');
  await mentor.dialog.getByRole('button', { name: mentor.t('message.letGo') }).click();
  await mother.message(SAID['Het geld kan ook contant.']).getByText(mother.t('origin.machine')).waitFor();

  // What she writes about the police waits as well: she is told in her own language, and lets it go.
  await mother.write(POLICE);
  const hers = mother.messages.filter({ hasText: POLICE });
  await hers.getByText(mother.t('message.held')).waitFor();
  await huda.picture('parent-ar-360-held');
  await huda.check('her own message waits');
  await hers.getByRole('button', { name: mother.t('message.letGo') }).click();
  await huda.picture('parent-ar-360-let-go');
  await huda.check('letting it go');
  await huda.page.getByRole('dialog').getByRole('button', { name: mother.t('message.letGo') }).click();
  await mentor.log.getByText(SAID[POLICE]).waitFor();
  await until(() => hers.getByText(mother.t('message.held')).count(), 0);

  await words(stage, visser, mentor);
  huda.quiet();
  rania.quiet();
  visser.quiet();
});

/** The administrator writes the school's words; the mentor sees it at the next thing he writes. */
async function words(stage, visser, mentor) {
  const admin = await stage.person('admin-school', laptop);
  const { t } = mentor, { page } = admin;
  const open = async (person, say) => {
    await person.page.locator('header').locator('button[aria-haspopup=dialog]').last().click();
    await person.page.getByRole('dialog').getByRole('button', { name: say('staff.glossary.open'), exact: true }).click();
    await person.page.getByRole('dialog').getByRole('region', { name: say('staff.topics.title') }).locator('.topic').first().waitFor();
  };
  await open(admin, t);
  const list = page.getByRole('region', { name: t('staff.glossary.title') }), topics = page.getByRole('region', { name: t('staff.topics.title') });
  const of = (what, key) => what.getByRole('button', { name: t(key) });
  const entry = (text) => list.getByRole('listitem').filter({ hasText: text });
  const hint = visser.page.locator('.plain');
  const types = async (text) => {
    await mentor.field.fill('');
    await mentor.field.fill(text);
  };

  // A plainer word: offered to who writes, and put in its place.
  await list.getByLabel(t('staff.glossary.words')).fill('schoenendoos');
  await list.getByLabel(t('staff.glossary.target')).selectOption('nl');
  await list.getByLabel(t('staff.glossary.instead'), { exact: true }).fill('doos van schoenen');
  await list.getByRole('button', { name: t('staff.glossary.add'), exact: true }).click();
  await entry('schoenendoos').getByText(t('staff.glossary.plainer')).waitFor();
  await types('Neem een schoenendoos mee.');
  await hint.getByText('doos van schoenen').waitFor();
  await hint.getByRole('button').click();
  await until(() => mentor.field.inputValue(), 'Neem een doos van schoenen mee.');

  // Changed, it is the other word; removed, it is none: the hint is about what stands behind it.
  await of(entry('schoenendoos'), 'staff.glossary.change').click();
  await list.getByLabel(t('staff.glossary.instead'), { exact: true }).fill('kartonnen doos');
  await admin.picture('admin-nl-1280-words');
  await list.getByRole('button', { name: t('staff.glossary.save'), exact: true }).click();
  await entry('kartonnen doos').waitFor();
  await types('Neem een schoenendoos mee.');
  await hint.getByText('kartonnen doos').waitFor();
  await of(entry('schoenendoos'), 'staff.glossary.remove').click();
  await until(() => entry('schoenendoos').count(), 0);
  await types('De schoenendoos is voor het verzuim.');
  await hint.getByText('afwezigheid').waitFor();

  // A word of a topic: the next message with it waits for a person, and the mentor is told before he sends it.
  const care = topics.locator('.topic').filter({ hasText: t('staff.topic.care') });
  await care.getByRole('button', { name: t('staff.topics.words') }).click();
  await care.getByRole('textbox').fill('zorgboerderij');
  await care.getByRole('button', { name: t('staff.glossary.add'), exact: true }).click();
  await care.getByRole('listitem').filter({ hasText: 'zorgboerderij' }).waitFor();
  const farm = 'Morgen gaan we naar de zorgboerderij.';
  await types(farm);
  await visser.page.locator('.pvl.machine').waitFor();
  await visser.page.locator('.pvl.held').waitFor();
  await mentor.field.press('Enter');
  await mentor.message(farm).getByText(t('staff.heldOwn')).waitFor();
  await of(care.getByRole('listitem').filter({ hasText: 'zorgboerderij' }), 'staff.glossary.remove').click();
  await until(() => care.getByRole('listitem').filter({ hasText: 'zorgboerderij' }).count(), 0);
  await mentor.write('Wij gaan met de bus naar de zorgboerderij.');
  await mentor.message('met de bus').getByText(t('origin.machine')).waitFor();
  await admin.picture('admin-nl-1280-topics');
  await admin.check('the school\'s words');

  // The same on a telephone, in Arabic.
  const ar = sayIn('ar');
  await page.getByRole('dialog').getByRole('button', { name: t('close'), exact: true }).click();
  await page.setViewportSize(phone.viewport);
  await page.getByRole('button', { name: t('language.button') }).first().click();
  await page.getByRole('searchbox', { name: t('language.search') }).fill('Arab');
  await page.getByRole('searchbox', { name: t('language.search') }).press('Enter');
  await page.locator('html[lang=ar]').waitFor();
  await open(admin, ar);
  await page.getByRole('region', { name: ar('staff.glossary.title') }).getByRole('button', { name: ar('staff.glossary.change') }).first().click();
  await admin.picture('admin-ar-360-words');
  await admin.check('the school\'s words in Arabic');
  admin.quiet();
}
