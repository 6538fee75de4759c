// A whole create in one of the pages, so that none is measured that does not do the work: the user of that code is searched and
// chosen, a number looked up, a certificate ticked, the question about another person's answered.
import assert from 'node:assert/strict';

export async function create(browser, origin, code, api) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(origin + '/');
  await page.getByRole('button', { name: '+ Create New' }).click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('combobox').first().waitFor();
  await page.keyboard.type(code);
  const option = page.getByRole('option', { name: code }).or(page.locator('.ant-select-item-option').filter({ hasText: code }));  // antd's have no role
  await option.locator('visible=true').first().click();
  await dialog.locator('input[name=identity]').fill('001099000001');
  await dialog.getByRole('button', { name: 'Look up' }).click();
  await dialog.getByRole('checkbox', { name: /PERSONAL PRO/ }).check();
  await dialog.getByRole('button', { name: 'Create New' }).click();
  const agreed = page.getByRole('button', { name: 'Create with it' });
  await agreed.waitFor();
  await page.waitForTimeout(700);  // as a person reads it: ours takes no press in the first 0.6 s
  await agreed.click();
  await page.getByText('Digital certificate created').first().waitFor();
  await context.close();
  const { items } = (await api('GET', 'users?search=' + code)).body;
  assert.equal(items[0].certificateCount, 1, `${code} has one certificate`);
}
