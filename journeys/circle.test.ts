// Min kreds: somebody looks at their own ties, hides one and takes it back, says that it is right; and two draw together on one phone.
import { expect, test } from 'vitest'
import { journey, lookOver, widths } from './browser.ts'

const { signedIn } = journey()
const here = '/c/holmetofte/circle'

test('Freja looks her circle through, hides a tie and takes it back, and says that it is right', async () => {
  const { page } = await signedIn('Freja', { viewport: { width: widths.small, height: 640 } })
  await page.goto(here)
  await lookOver(page)
  const marks = await page.locator('.circle-map .mark').count()
  expect(await page.locator('ol.circle-list > li').count()).toBe(marks)
  await page.getByText('at bage rugbrød').waitFor()
  const karsten = page.getByRole('link', { name: 'Hvorfor står Karsten her?' })
  await karsten.click()
  await page.getByRole('heading', { name: 'Dig og Karsten' }).waitFor()
  await lookOver(page)
  await page.getByRole('button', { name: 'Skjul båndet' }).click()
  await page.getByText('Båndet er skjult.').waitFor()
  expect(await page.locator('.circle-map .mark').count()).toBe(marks - 1)
  await karsten.click()
  await page.getByRole('button', { name: 'Vis båndet igen' }).click()
  await page.getByText('Båndet er med igen.').waitFor()
  await page.getByRole('button', { name: 'Det passer' }).click()
  await page.getByText('Tak. Nu er dine bånd set efter.').waitFor()
})

test('two draw on one phone by hand and by keys; the other takes it along by a code, and nothing was sent before both wanted it', async () => {
  const { page, context } = await signedIn('Karsten')
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.method()))
  await page.goto('/circle/draw')
  sent.length = 0
  for (const name of ['Birthe', 'Ole', 'birthe']) {
    await page.getByLabel('Navn eller øgenavn').fill(name)
    await page.keyboard.press('Enter')
  }
  await page.getByText('Det navn står der allerede.').waitFor()
  await page.getByLabel('Hvor står Ole?').selectOption('far')
  const mark = await page.locator('.draw-rings g').first().boundingBox()
  const rings = await page.locator('.draw-rings').boundingBox()
  if (!mark || !rings) throw new Error('the drawing is there')
  await page.mouse.move(mark.x + mark.width / 2, mark.y + 6)
  await page.mouse.down()
  await page.mouse.move(rings.x + rings.width / 2 + 5, rings.y + rings.height / 2 + 5, { steps: 4 })
  await page.mouse.up()
  expect(await page.getByLabel('Hvor står Birthe?').inputValue()).toBe('near')
  await lookOver(page)
  await page.getByRole('button', { name: 'Gem i min bog' }).click()
  await page.getByText('I skal begge sige ja').waitFor()
  expect(sent).toEqual([])
  await page.getByLabel('Jeg, der har telefonen').check()
  await page.getByLabel('Du, jeg taler med').check()
  await page.getByRole('button', { name: 'Gem i min bog' }).click()
  await page.getByText('Tæt på: Birthe').waitFor()
  await lookOver(page)

  // The other's phone opens what the code says. The names stand behind the #, and leave the address at once.
  const other = await context.newPage()
  await other.goto(`/circle/drawn#${encodeURIComponent('near:Birthe\nmiddle:\nfar:Ole')}`)
  await other.getByText('Yderst: Ole').waitFor()
  expect(other.url()).not.toContain('#')
  await lookOver(other)

  // Without scripts there is a sheet of paper, and nothing to press.
  const plain = await signedIn('Karsten', { javaScriptEnabled: false })
  await plain.page.goto('/circle/draw')
  expect(await plain.page.getByRole('button', { name: 'Gem i min bog' }).isVisible()).toBe(false)
  await plain.page.goto(here)
  expect(await plain.page.locator('ol.circle-list > li').count()).toBeGreaterThan(5)
})
