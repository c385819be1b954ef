// The line goes and comes back. What was written meanwhile goes out once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../scenario/lib/client.mjs';
import { laptop, openStage, phone, until } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

const TEXT = 'Самір сьогодні хворий, у нього температура.';

async function twoPeople(t) {
  const stage = await openStage(t);
  const oksana = await stage.person('parent-oksana-kovalenko', { ...phone, locale: 'uk' });
  const visser = await stage.person('staff-visser', laptop);
  const mother = parentScreen(oksana, 'uk');
  const mentor = staffScreen(visser);
  await mother.log.waitFor();
  await mentor.row('Mykola').click();
  await mentor.log.waitFor();
  return { stage, oksana, visser, mother, mentor };
}

/** How often the school has this message: asked past the app. */
async function timesStored(stage, text) {
  const account = await signIn(stage.server, 'parent-oksana-kovalenko');
  const client = await account.connect();
  const { messages } = await client.do('history', { thread: client.welcome.threads[0].id, limit: 50 });
  await client.close();
  return messages.filter(({ body }) => body === text).length;
}

test('a message written without a line says so, and goes out once when the line is back', async (t) => {
  const { stage, oksana, visser, mother, mentor } = await twoPeople(t);
  await oksana.cut();
  await mother.offline.waitFor();
  await mother.write(TEXT);
  await mother.message(TEXT).getByText(mother.t('message.waits')).waitFor();
  await oksana.picture('parent-uk-360-offline');
  await oksana.check('without a line');
  assert.equal(await timesStored(stage, TEXT), 0);

  // Meanwhile the school writes on.
  await mentor.write('Beterschap voor Mykola!');
  await oksana.heal();
  await mentor.message(TEXT).waitFor({ timeout: 40_000 });
  await mother.message('Beterschap voor Mykola!').waitFor();
  await mother.offline.waitFor({ state: 'hidden' });
  await mother.message(TEXT).getByRole('img', { name: mother.t('message.sent') }).waitFor();
  assert.equal(await mother.message(TEXT).count(), 1);
  assert.equal(await mentor.message(TEXT).count(), 1);
  assert.equal(await timesStored(stage, TEXT), 1);
  oksana.quiet();
  visser.quiet();
});

test('closing the page loses nothing that was written', async (t) => {
  const { stage, oksana, mother, mentor } = await twoPeople(t);
  await oksana.cut();
  await mother.offline.waitFor();
  await mother.write(TEXT);
  await mother.message(TEXT).waitFor();
  await mother.field.fill('ще не готово');
  await oksana.page.close();

  await oksana.heal();
  oksana.page = await oksana.context.newPage();
  await oksana.page.goto(oksana.line.url);
  const again = parentScreen(oksana, 'uk');
  await mentor.message(TEXT).waitFor({ timeout: 40_000 });
  await again.message(TEXT).getByRole('img', { name: again.t('message.sent') }).waitFor();
  assert.equal(await again.message(TEXT).count(), 1);
  assert.equal(await again.field.inputValue(), 'ще не готово');
  assert.equal(await timesStored(stage, TEXT), 1);
});

test('the line breaks after the school has it and before the answer is there: still once', async (t) => {
  const { stage, oksana, mother, mentor } = await twoPeople(t);
  oksana.line.deafen();
  await mother.write(TEXT);
  await mentor.message(TEXT).waitFor();
  assert.equal(await mother.message(TEXT).getByRole('img', { name: mother.t('message.sent') }).count(), 0);
  await oksana.cut();
  await oksana.heal();
  await mother.message(TEXT).getByRole('img', { name: mother.t('message.sent') }).waitFor({ timeout: 40_000 });
  assert.equal(await mother.message(TEXT).count(), 1);
  assert.equal(await mentor.message(TEXT).count(), 1);
  assert.equal(await timesStored(stage, TEXT), 1);
});

test('the app opens without a line, and finds its way when it comes', async (t) => {
  const { oksana, mother } = await twoPeople(t);
  await oksana.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await oksana.cut();
  await oksana.page.reload();
  await until(() => oksana.page.evaluate(() => document.documentElement.lang), 'uk');
  await oksana.page.locator('#app > *').first().waitFor();
  await oksana.heal();
  await mother.log.waitFor({ timeout: 40_000 });
});
