// What a person sees of a portal's own ways: while the proxy finds out what became of a create (proxy/journal/README.md),
// and where the portal has more users than the list looks at.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settled } from './browser.mjs';
import { moment, startStackAt } from './moment.mjs';
import { assertPicture } from './pictures.mjs';
import { agree, chooseUser, dialogOf, english, lookUp, openDialog } from './dialog.mjs';
import { openStage } from './stage.mjs';

const { stack, browser } = await openStage({ now: moment, portal: {} });

// Half a minute each, in which the proxy asks the portal again.
describe('an add whose answer gets lost', { concurrency: true }, () => {
  for (const [mode, user, ending] of [['drop', 'Nguyễn Văn A', /Added for Nguyễn Văn A/],
    ['dropUndone', 'Lê Hoàng Phúc', 'VNPT eContract has not created it']]) {
    test(`(${mode}) is said to be checked, with all that was typed, and then what became of it`, async (t) => {
      const stack = await startStackAt(moment, { portal: {} });
      t.after(() => stack.stop());  // also where it fails, or the file would not end
      const page = await browser.page(stack, { now: moment });
      await openDialog(page);
      await chooseUser(page, user, new RegExp(`^${user} `));
      await lookUp(page, '001099000001');
      const other = user !== 'Nguyễn Văn A';
      if (other) await dialogOf(page).getByRole('checkbox', { name: /SMARTCA PERSONAL PRO/ }).check();
      await stack.sandbox.fault({ mode, path: '/api/users/smart-ca/add', count: 1 });
      await dialogOf(page).getByRole('button', { name: english.submit }).click();
      if (other) await agree(page);
      const banner = page.getByRole('group', { name: 'It is not known yet whether it was created' });
      await banner.waitFor();
      assert.equal(await banner.getByRole('button').count(), 0, 'what is being checked cannot be put away');
      assert.equal(await dialogOf(page).getByRole('textbox', { name: english.identity }).inputValue(), '001099000001');
      if (mode === 'drop') {
        await settled(page);
        await assertPicture(browser, page, '13-being-checked');
      }
      await page.getByText(ending).first().waitFor({ timeout: 60_000 });
      await settled(page);
      await page.context().close();
    });
  }
});

test('a list that could not look at every user says so, and one user\'s is whole', async () => {
  const short = await startStackAt(moment, { portal: {}, args: ['--econtract-list-users', '2'] });
  const page = await browser.page(short, { now: moment });
  const incomplete = page.getByText('Not everything could be read, so certificates may be missing.');
  await incomplete.waitFor();
  await assertPicture(browser, page, '14-list-incomplete');
  await page.context().close();
  await short.stop();
});

test('on a card the type stands behind the days where the marks leave it no room', async () => {
  const page = await browser.page(stack, { now: moment, width: 768, locale: 'vi' });
  await settled(page);
  const row = page.getByRole('group').filter({ hasText: 'Mặc định' }).filter({ hasText: 'Doanh nghiệp' }).first();
  const boxOf = (words) => row.getByText(words).first().boundingBox();
  const [type, mark, days] = [await boxOf(/^Doanh nghiệp$/), await boxOf('Mặc định'), await boxOf(/→|–|đến/)];
  assert.ok(type.y > mark.y + mark.height, `below the marks: ${JSON.stringify([type, mark, days])}`);
  assert.ok(type.y + type.height < days.y + days.height + 2 && type.x >= days.x + days.width, `beside the days: ${JSON.stringify([type, days])}`);
  await page.context().close();
});
