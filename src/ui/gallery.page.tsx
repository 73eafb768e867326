// One page that shows every part in every state, for whoever makes or judges a page. Served at /ui in development.
import type { Lang } from '../i18n/catalogue.ts'
import { Share, ShareBand, Shares, TalkBar } from './chart.tsx'
import { Actions, Button, ButtonLink, Choice, DateField, Field, Steps, TextArea, Tick, TimeField } from './forms.tsx'
import { Code, Hall, HallCode, HallCount } from './hall.tsx'
import { EmptyState, Notice, Waiting } from './notices.tsx'
import { Page } from './page.tsx'
import { Carrier, Chip, Columns, Facts, Part, Sheet, Table, Voice } from './parts.tsx'
import { FourCards, PaperLines, PaperNumber, PaperQuestion, Poster, PrintTools } from './poster.tsx'
import { Qr } from './qr.tsx'
import { roomOf } from './whose-room.tsx'

const answers = [
  { value: '4', label: 'Helt enig' },
  { value: '3', label: 'Enig' },
  { value: '2', label: 'Uenig' },
  { value: '1', label: 'Helt uenig' },
]
const dontKnow = { value: '0', label: 'Ved ikke' }

/** Hall and paper need a page of their own; `show` chooses it. */
export const shows = ['parts', 'hall', 'closed', 'poster', 'cards'] as const
export type Show = (typeof shows)[number]

export function Gallery({ lang, show }: { lang: Lang; show?: Show | undefined }) {
  if (show === 'hall' || show === 'closed') return <HallGallery lang={lang} closed={show === 'closed'} />
  if (show === 'poster' || show === 'cards') return <SheetGallery lang={lang} cards={show === 'cards'} />
  return <Parts lang={lang} />
}

function Parts({ lang }: { lang: Lang }) {
  const problems = [
    { field: 'wrong-purpose', message: 'Skriv, hvad I vil finde ud af sammen' },
    { field: 'wrong-day', message: 'Den dag findes ikke. Se efter i kalenderen' },
    { field: 'wrong-kind', message: 'Vælg, hvad slags møde det er' },
  ]
  return (
    <Page
      room={roomOf({ name: 'Holmetofte', slug: 'holmetofte', keeper: 'Borgerforeningen' }, 'code')}
      lang={lang}
      kind="page"
      title="Delene"
      eyebrow="oplive · til den, der bygger"
      lead="Alt, hvad en side er lavet af, i alle tilstande."
      problems={problems}
      path="/ui"
      nav={[
        { href: '/ui', label: 'Delene' },
        { href: '/', label: 'Steder' },
        { href: '/meetings', label: 'Møder' },
      ]}
      person={{ name: 'Freja', href: '/me' }}
      languages={{ en: '/ui?lang=en', da: '/ui?lang=da' }}
      robots="noindex"
    >
      <Columns>
        <div class="stack">
          <p class="eyebrow">Lokalsamfund · 538 naboer</p>
          <p class="place-name">Holmetofte</p>
          <p class="definition">”Et godt sted er et sted, hvor nogen mærker det, når du ikke kommer.”</p>
          <p class="small soft">
            Vores egen definition, tredje udgave · skrevet af 24 naboer ·{' '}
            <a href="/ui">se hvordan den har ændret sig</a>
          </p>
        </div>
        <Sheet eyebrow="Næste gang vi mødes" title="Torsdag 21. marts kl. 19 i forsamlingshuset">
          <p>Freja og Poul inviterer. Vi finder ud af, hvem der tør have nøglen til hallen.</p>
          <Actions>
            <ButtonLink href="/ui">Jeg kommer</ButtonLink>
            <ButtonLink href="/ui" kind="quiet">
              Tag en nabo med
            </ButtonLink>
          </Actions>
        </Sheet>
      </Columns>

      <Part title="Folks egne ord">
        <Columns>
          <Voice tone="unbearable" source="ubærligt · 41 kender det også">
            Vi har en hal, men klokken 18 er den låst, og ingen ved, hvem der har nøglen.
          </Voice>
          <Voice tone="hope" source="håb · 29 kender det også">
            Min datter har fået nøglen til værkstedet. Hun er 19, og hun passer på den.
          </Voice>
          <Voice tone="asset" source="det har vi, naboerne selv har meldt ind">
            Otte nøgler, to trailere, et værksted og 31, der har sagt ja til at lave mad.
          </Voice>
        </Columns>
      </Part>

      <Part title="Det gav mødet os">
        <Shares>
          <Share
            lang={lang}
            figure="80 %"
            sentence="40 af 50 havde medindflydelse på beslutningerne"
            band={{ percent: 80, low: 67, high: 89 }}
          />
          <Share
            lang={lang}
            figure="64 %"
            sentence="32 af 50 er bedre i stand til at gøre en indsats"
            band={{ percent: 64, low: 50, high: 76 }}
          />
          <Share
            lang={lang}
            figure="90 %"
            sentence="45 af 50 fik mod på at gøre en forskel"
            band={{ percent: 90, low: 79, high: 96 }}
          />
        </Shares>
        <Shares>
          <Share
            lang={lang}
            figure="43–90 %"
            sentence="26 af dem, der svarede, havde medindflydelse"
            band={{ low: 43, high: 90 }}
            note="Kun 32 af 60 har svaret. De andre kan mene noget andet."
          />
          <Share lang={lang} sentence="Seks af otte fik mod på at gøre en forskel" />
          <Share lang={lang} sentence="For få svar til at vise" note="Vi viser først noget, når fem har svaret." />
        </Shares>
        <Columns>
          <ShareBand lang={lang} percent={0} low={0} high={28} />
          <ShareBand lang={lang} percent={100} low={72} high={100} />
          <ShareBand lang={lang} low={43} high={90} />
        </Columns>
        <h3>Hvem fyldte i rummet?</h3>
        <TalkBar lang={lang} residents={74} municipality={16} />
        <TalkBar lang={lang} residents={3} municipality={0} />
      </Part>

      <Part title="Rækker">
        <Table
          caption="Det gør vi"
          columns={['Fælles sag', 'Hvem definerede problem og løsning', 'Hvem bærer den', 'Står til']}
          rows={[
            [
              <>
                Lys i hallen<small>åben hver torsdag for unge</small>
              </>,
              <>
                <Chip tone="glow">samskabelse</Chip>
                <small>naboer begge dele</small>
              </>,
              <Carrier who="residents">Freja, Poul og 6 til</Carrier>,
              <Chip tone="beech">9 af 11 aftaler holdt</Chip>,
            ],
            [
              <>
                Madværkstedet<small>to forløb om året</small>
              </>,
              <>
                <Chip tone="strait">samproduktion</Chip>
                <small>problem: kommunen</small>
              </>,
              <Carrier who="municipality">Kommunen og forsamlingshuset</Carrier>,
              <Chip tone="strait">venter på naboernes ord</Chip>,
            ],
          ]}
        />
        <Table
          caption="Hvad vi svarede"
          columns={['Svar', 'Medindflydelse', 'I stand til', 'Mod']}
          numbers={[1, 2, 3]}
          rows={[
            ['Helt enig', '18', '12', '25'],
            ['Enig', '22', '20', '20'],
            ['Ved ikke', '3', '6', '1'],
          ]}
        />
        <Facts
          facts={[
            ['Tid', 'Torsdag 21. marts kl. 19'],
            ['Sted', 'Forsamlingshuset, Holmetoftevej 4'],
            ['Formål', 'Finde ud af, hvem der tør have nøglen til hallen'],
            ['Bærer', <Carrier who="leaders">Freja, lokal leder</Carrier>],
          ]}
        />
      </Part>

      <Part title="Besked">
        <Columns>
          <Notice lang={lang} kind="info">
            Svarene vises, når kortet er lukket.
          </Notice>
          <Notice lang={lang} kind="ok" title="Tak. Dit svar er gemt">
            Du kan rette det på denne telefon, til mødet lukker.
          </Notice>
          <Notice lang={lang} kind="warn" title="Mødet lukker om 5 minutter" />
          <Notice lang={lang} kind="error" title="Koden passer ikke">
            Se på skærmen i salen, og skriv de seks tegn igen.
          </Notice>
        </Columns>
        <Waiting lang={lang} count={2} action={<Button kind="danger">Slet de 2 svar</Button>} />
        <EmptyState title="Her er ingen møder endnu" action={<ButtonLink href="/ui">Aftal det første møde</ButtonLink>}>
          Et møde kan være fem naboer om et køkkenbord.
        </EmptyState>
      </Part>

      <Part title="At trykke på">
        <Actions>
          <Button>Send mine svar</Button>
          <Button kind="quiet">Ret et svar</Button>
          <Button kind="danger">Slet mødet</Button>
        </Actions>
      </Part>

      <Part title="At svare på">
        <Columns>
          <form method="post" action="/ui" novalidate>
            <Choice
              lang={lang}
              name="inf"
              legend="Jeg havde medindflydelse på beslutningerne til mødet"
              options={answers}
              last={dontKnow}
            />
            <TextArea
              lang={lang}
              name="next"
              label="Hvad gør du nu?"
              voice
              optional
              maxlength={200}
              hint="Skriv ikke navne."
            />
            <Tick lang={lang} name="nothing" label="Ikke noget lige nu" />
          </form>
          <form method="post" action="/ui" novalidate>
            <Choice
              lang={lang}
              name="able"
              legend="Efter mødet er jeg bedre i stand til at gøre en indsats i lokalsamfundet"
              options={answers}
              last={dontKnow}
              value="3"
            />
            <Field lang={lang} name="code" label="Koden fra skærmen" code maxlength={7} hint="Seks tegn" />
            <Tick lang={lang} name="yes" label="Ikke noget lige nu" checked />
          </form>
          <form method="post" action="/ui" novalidate>
            <Field
              lang={lang}
              name="purpose"
              label="Hvad vil I finde ud af sammen?"
              value="Hvem tør have nøglen til hallen"
              hint="Ét spørgsmål, som alle i salen forstår"
            />
            <DateField
              lang={lang}
              name="day"
              legend="Hvilken dag?"
              value={{ day: '21', month: 'marts', year: '2027' }}
            />
            <TimeField lang={lang} name="time" label="Hvornår?" value="19.00" />
            <Field lang={lang} name="phone" label="Telefon" type="tel" optional size={12} />
          </form>
          <form method="post" action="/ui" novalidate>
            <Field
              lang={lang}
              name="wrong-purpose"
              label="Hvad vil I finde ud af sammen?"
              error="Skriv, hvad I vil finde ud af sammen"
            />
            <DateField
              lang={lang}
              name="wrong-day"
              legend="Hvilken dag?"
              value={{ day: '31', month: 'april', year: '2027' }}
              error="Den dag findes ikke. Se efter i kalenderen"
            />
            <Choice
              lang={lang}
              name="wrong-kind"
              legend="Hvad slags møde er det?"
              plain
              options={[
                { value: 'listening', label: 'Lyttemøde', hint: 'Vi hører, hvad der er ubærligt, og hvad vi håber på' },
                { value: 'decision', label: 'Beslutningsmøde', hint: 'Vi bestemmer noget sammen' },
              ]}
              error="Vælg, hvad slags møde det er"
            />
            <Button>Planlæg mødet</Button>
          </form>
        </Columns>
      </Part>

      <Part title="Et spørgsmål ad gangen">
        <form id="in-steps" method="post" action="/ui" novalidate>
          <Steps
            lang={lang}
            steps={['a', 'b', 'c'].map((id) => ({
              id: `q-${id}`,
              body: (
                <Choice
                  lang={lang}
                  name={`step-${id}`}
                  form="in-steps"
                  legend="Mødet har givet mig mod på at gøre en forskel i lokalområdet"
                  options={answers}
                  last={dontKnow}
                />
              ),
            }))}
            finish={<Button>Send mine svar</Button>}
          />
        </form>
      </Part>

      <Part title="Salen og papiret">
        <Actions>
          {shows.slice(1).map((one) => (
            <ButtonLink kind="quiet" href={`/ui?show=${one}`}>
              {one}
            </ButtonLink>
          ))}
        </Actions>
      </Part>

      <Part title="Koder">
        <Columns>
          <Qr lang={lang} text="http://127.0.0.1:3000/m/K7WX4P" />
          <p>
            <Code code="K7WX4P" />
          </p>
        </Columns>
      </Part>
    </Page>
  )
}

/** The hall screen as it stands before and after the card closes. */
function HallGallery({ lang, closed }: { lang: Lang; closed: boolean }) {
  return (
    <Page
      room={roomOf({ name: 'Holmetofte', slug: 'holmetofte', keeper: 'Borgerforeningen' }, 'code')}
      lang={lang}
      kind="screen"
      title="Det gav mødet os"
      heading={false}
      robots="noindex"
    >
      {closed ? (
        <Hall
          eyebrow="Lyttemøde i Holmetofte"
          title="Det gav mødet os"
          aside="50 af 58 har svaret · båndet viser, hvor usikkert tallet er"
        >
          <Shares>
            <Share
              lang={lang}
              figure="80 %"
              sentence="40 af 50 havde medindflydelse på beslutningerne"
              band={{ percent: 80, low: 67, high: 89 }}
            />
            <Share
              lang={lang}
              figure="64 %"
              sentence="32 af 50 er bedre i stand til at gøre en indsats"
              band={{ percent: 64, low: 50, high: 76 }}
            />
            <Share
              lang={lang}
              figure="90 %"
              sentence="45 af 50 fik mod på at gøre en forskel"
              band={{ percent: 90, low: 79, high: 96 }}
            />
          </Shares>
          <section>
            <h2>Hvem fyldte i rummet?</h2>
            <TalkBar lang={lang} residents={74} municipality={16} />
          </section>
        </Hall>
      ) : (
        <Hall eyebrow="Lyttemøde i Holmetofte" title="Svar, inden du går">
          <HallCode
            lang={lang}
            url="https://oplive.example.dk/m/K7WX4P"
            address="oplive.example.dk"
            code="K7WX4P"
            count={<HallCount lang={lang} count={23} />}
          />
        </Hall>
      )}
    </Page>
  )
}

const questions = [
  'Jeg havde medindflydelse på beslutningerne til mødet',
  'Efter mødet er jeg bedre i stand til at gøre en indsats i lokalsamfundet',
  'Mødet har givet mig mod på at gøre en forskel i lokalområdet',
]

/** The poster and the paper cards, as they are printed. */
function SheetGallery({ lang, cards }: { lang: Lang; cards: boolean }) {
  return (
    <Page
      room={roomOf({ name: 'Holmetofte', slug: 'holmetofte', keeper: 'Borgerforeningen' }, 'code')}
      lang={lang}
      kind="sheet"
      title={cards ? 'Udgangskort' : 'Plakat'}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={cards ? 'Udgangskort til Holmetofte' : undefined} />
      {cards ? (
        <FourCards>
          <h2>Inden du går</h2>
          <p class="small">Lyttemøde i Holmetofte · 14. marts. Sæt ét kryds i hver række. Skriv ikke dit navn.</p>
          {questions.map((question) => (
            <PaperQuestion question={question} answers={[...answers, dontKnow].map(({ label }) => label)} />
          ))}
          <PaperLines question="Hvad gør du nu?" lines={2} />
          <PaperNumber question="Hvem vil du tage en snak med? Skriv kun, hvor mange." />
        </FourCards>
      ) : (
        <Poster
          lang={lang}
          eyebrow="Lyttemøde i Holmetofte · torsdag 14. marts"
          title="Inden du går"
          lead="Tre spørgsmål. Ingen kan se, hvad du har svaret."
          url="https://oplive.example.dk/m/K7WX4P"
          address="oplive.example.dk"
          code="K7WX4P"
        >
          Freja og Poul inviterer. Kortet lukker kl. 21.30.
        </Poster>
      )}
    </Page>
  )
}
