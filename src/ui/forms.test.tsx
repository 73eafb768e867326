// The parts of a form, read as the HTML a browser gets.
import { describe, expect, test } from 'vitest'
import {
  Button,
  ButtonLink,
  Choice,
  DateField,
  ErrorSummary,
  Field,
  Steps,
  TextArea,
  Tick,
  TimeField,
} from './forms.tsx'

const html = (node: unknown) => String(node)
const textOf = (markup: string) => markup.replace(/<[^>]+>/g, '')

const answers = [
  { value: 'agree', label: 'Enig' },
  { value: 'disagree', label: 'Uenig' },
]
const dontKnow = { value: 'unknown', label: 'Ved ikke' }
const question = { lang: 'da', name: 'inf', legend: 'Havde du indflydelse?', options: answers, last: dontKnow } as const

describe('a choice', () => {
  test('nothing is chosen beforehand', () => {
    expect(html(<Choice {...question} />)).not.toContain('checked')
  })
  test('what was answered before is chosen again', () => {
    expect(html(<Choice {...question} value="disagree" />).match(/<input[^>]*checked[^>]*>/g)).toEqual([
      expect.stringContaining('value="disagree"'),
    ])
  })
  test('an answer that is not among the options chooses nothing', () => {
    expect(html(<Choice {...question} value="foreign" />)).not.toContain('checked')
  })
  test('«ved ikke» comes last, after an «eller»', () => {
    expect(textOf(html(<Choice {...question} />))).toBe('Havde du indflydelse?EnigUenigellerVed ikke')
  })
  test('the question is the legend of its group', () => {
    expect(html(<Choice {...question} />)).toMatch(/<fieldset[^>]*><legend[^>]*>Havde du indflydelse\?<\/legend>/)
  })
  test('each label holds its dot, and the dot comes first', () => {
    const labels = html(<Choice {...question} />).match(/<label[\s\S]*?<\/label>/g) ?? []
    expect(labels).toHaveLength(3)
    for (const label of labels) expect(label).toMatch(/^<label[^>]*><input type="radio"[^>]*\/?><span>/)
  })
})

describe('what is to be mended', () => {
  const problems = [
    { field: 'inf', message: 'Vælg et svar om indflydelse' },
    { field: 'day', message: 'Skriv dag, måned og år' },
    { field: 'purpose', message: 'Skriv, hvad I vil finde ud af' },
  ]
  const page = html(
    <>
      <ErrorSummary lang="da" problems={problems} />
      <Choice {...question} error="Vælg et svar om indflydelse" />
      <DateField lang="da" name="day" legend="Hvilken dag?" error="Skriv dag, måned og år" />
      <TextArea lang="da" name="purpose" label="Hvad vil I finde ud af?" error="Skriv, hvad I vil finde ud af" />
    </>,
  )
  test("each error's link says exactly what the field says", () => {
    for (const { field, message } of problems) {
      expect(page).toContain(`<a href="#${field}">${message}</a>`)
      const said = new RegExp(`<p class="wrong" id="${field}-error">([\\s\\S]*?)</p>`).exec(page)?.[1]
      expect(textOf(said ?? '')).toBe(`Ret: ${message}`)
    }
  })
  test("each error's link leads to something one can answer in", () => {
    for (const { field } of problems) expect(page).toMatch(new RegExp(`<(input|textarea)[^>]* id="${field}"`))
  })
  test('the field is described by its message', () => {
    expect(page).toContain('aria-describedby="purpose-error"')
    expect(page).toContain('aria-describedby="day-hint day-error"')
  })
  test('the summary is read first without a script', () => {
    expect(page).toMatch(/<div class="summary" tabindex="-1" autofocus/)
  })
  test('one thing and two things are counted as a person counts', () => {
    expect(textOf(html(<ErrorSummary lang="da" problems={problems.slice(0, 1)} />))).toContain(
      'Der er én ting at rette',
    )
    expect(page).toContain('Der er 3 ting at rette')
  })
  test('there is no summary when nothing is wrong', () => {
    expect(html(<ErrorSummary lang="da" problems={[]} />)).toBe('')
  })
})

describe('a field', () => {
  test('no field is marked as required: the server asks in words', () => {
    const all = html(
      <>
        <Field lang="da" name="a" label="Navn" />
        <TextArea lang="da" name="b" label="Mere" maxlength={200} />
        <Choice {...question} />
        <Tick lang="da" name="c" label="Ja" />
        <DateField lang="da" name="d" legend="Dag" />
        <TimeField lang="da" name="e" label="Tid" />
      </>,
    )
    expect(all).not.toContain('required')
  })
  test('markup that was typed stays text', () => {
    expect(html(<TextArea lang="da" name="b" label="Mere" value={'</textarea><script>'} />)).not.toContain('<script>')
    expect(html(<Field lang="da" name="a" label="Navn" value={'"><img>'} />)).not.toContain('<img>')
  })
  test('a long answer says how much room there is', () => {
    expect(textOf(html(<TextArea lang="da" name="b" label="Mere" maxlength={200} />))).toContain('Højst 200 tegn')
  })
  test('a date has three fields, and what was typed stands in them', () => {
    const date = html(<DateField lang="da" name="d" legend="Dag" value={{ day: '3. maj', month: '', year: '' }} />)
    expect(date.match(/name="d-(day|month|year)"/g)).toHaveLength(3)
    expect(date).toContain('value="3. maj"')
  })
})

describe('one question at a time', () => {
  const steps = html(
    <Steps
      lang="da"
      steps={['q1', 'q2', 'q3'].map((id) => ({ id, body: id.toUpperCase() }))}
      finish={<Button>Send mine svar</Button>}
    />,
  )
  test('each step says where one is', () => {
    expect(textOf(steps)).toBe('1 af 3Q1Næste2 af 3Q2NæsteTilbage3 af 3Q3Send mine svarTilbage')
  })
  test('next and back are links, so the browser keeps what was said', () => {
    expect(steps.match(/href="#q\d"/g)).toEqual(['href="#q2"', 'href="#q3"', 'href="#q1"', 'href="#q2"'])
  })
  test('a step takes the focus when one comes to it', () => {
    expect(steps.match(/<section class="step" id="q\d" tabindex="-1" aria-label="Spørgsmål \d af 3">/g)).toHaveLength(3)
  })
  test('there is one button, and it sends', () => {
    expect(steps.match(/<button/g)).toHaveLength(1)
  })
})

test('a button says what happens, and its kind is seen', () => {
  expect(html(<Button>Send mine svar</Button>)).toBe('<button class="button" type="submit">Send mine svar</button>')
  expect(
    html(
      <ButtonLink href="/m" kind="quiet">
        Se mødet
      </ButtonLink>,
    ),
  ).toBe('<a class="button quiet" href="/m">Se mødet</a>')
})
