// Every screen in five languages, on a phone and a laptop, light and dark: pictures in .pictures/ to lay beside the drawings; axe
// finds nothing, nothing sticks out, no word of a control is cut.
import { after, before, test } from 'node:test';
import { dark, laptop, openStage, phone, small } from './lib/browser.mjs';
import { parentScreen, staffScreen } from './lib/screens.mjs';

// Nobody says anything here, so one server and one browser do for all.
let stage;
const undo = [];
before(async () => { stage = await openStage({ after: (work) => undo.push(work) }, { lines: 24 }); });
after(async () => { for (const work of undo.reverse()) await work(); });

const families = {
  ar: { person: 'parent-huda-al-hariri', name: 'Samir' },
  ti: { person: 'parent-abrehet-gebremedhin', name: 'Helen' },
  uk: { person: 'parent-oksana-kovalenko', name: 'Mykola' },
};

for (const [language, { person }] of Object.entries(families)) {
  for (const [size, options] of Object.entries({ 360: phone, '360-dark': { ...phone, ...dark }, 320: small, 1280: laptop })) {
    test(`a parent who reads ${language}, ${size}`, async (t) => {
      const parent = await stage.person(person, { ...options, locale: language });
      t.after(() => parent.context.close());
      const screen = parentScreen(parent, language);
      await screen.messages.last().waitFor();
      await screen.answer('understood').waitFor();
      await parent.picture(`parent-${language}-${size}`);
      await parent.check();
      // The original of what was translated, one tap away.
      const original = parent.page.locator('article.in [aria-expanded]').last();
      if (await original.count()) {
        await original.click();
        await parent.picture(`parent-${language}-${size}-original`);
        await parent.check('with the original open');
      }
      await screen.who.click();
      await screen.dialog.waitFor();
      await parent.check('who is in it');
      await parent.picture(`parent-${language}-${size}-who`);
      await parent.page.keyboard.press('Escape');
      await screen.language.click();
      await screen.dialog.waitFor();
      await parent.check('choosing a language');
    });
  }
}

for (const [size, options] of Object.entries({ 1280: laptop, '1280-dark': { ...laptop, ...dark }, 360: phone, '360-dark': { ...phone, ...dark }, 320: small })) {
  test(`the mentor, ${size}`, async (t) => {
    const visser = await stage.person('staff-visser', options);
    t.after(() => visser.context.close());
    const screen = staffScreen(visser);
    await screen.rows.first().waitFor();
    await visser.picture(`staff-nl-${size}-list`);
    await visser.check('the list');
    await screen.row('Samir').click();
    await screen.messages.last().waitFor();
    await visser.picture(`staff-nl-${size}`);
    await visser.check('the conversation');
    const family = visser.page.getByRole('button', { name: screen.t('staff.family') });
    if (await family.isVisible()) {
      await family.click();
      await screen.family.waitFor();
      await visser.picture(`staff-nl-${size}-family`);
      await visser.check('the family');
    }
  });
}

for (const [size, options] of Object.entries({ 1280: laptop, 360: phone })) {
  test(`the administrator, ${size}`, async (t) => {
    const admin = await stage.person('admin-school', options);
    t.after(() => admin.context.close());
    await admin.page.getByRole('searchbox').fill('Huda');
    await admin.page.getByRole('listitem').filter({ hasText: 'Huda Al-Hariri' }).first().waitFor();
    await admin.picture(`admin-nl-${size}`);
    await admin.check();
  });
}

test('the doors: a link, a link that was used, and nobody signed in', async (t) => {
  const secret = await stage.server.link('parent-huda-al-hariri');
  const visitor = await stage.visitor('somebody', { ...phone, locale: 'ar' });
  const { context, line, page } = visitor;
  t.after(() => context.close());
  await page.goto(line.url);
  await page.locator('main.gate').waitFor();
  await visitor.picture('door-ar-360-signed-out');
  // Chromium itself writes down that /api/session answered 401.
  const forgetRefusals = () => { visitor.complaints = visitor.complaints.filter((text) => !text.includes('401')); };
  forgetRefusals();
  await visitor.check('signed out');
  await page.goto(`${line.url}/in#${secret}`);
  await page.locator('main.gate button.go').waitFor();
  await visitor.picture('door-ar-360-link');
  await visitor.check('a link');
  await page.locator('main.gate button.go').click();
  await page.getByRole('log').waitFor();
  // Tapped again where it signed somebody in: they are in already.
  await page.goto('about:blank');
  await page.goto(`${line.url}/in#${secret}`);
  await page.locator('main.gate button.go').click();
  await page.getByRole('log').waitFor();
  // Anywhere else it is used up.
  await context.clearCookies();
  await page.goto('about:blank');
  await page.goto(`${line.url}/in#${secret}`);
  await page.locator('main.gate button.go').click();
  await page.getByRole('alert').waitFor();
  await visitor.picture('door-ar-360-used');
  forgetRefusals();
  await visitor.check('a link that was used');
});
