// What other programs read of a page whose link is pasted elsewhere: its title, one sentence, a picture, and its own address.
import type { Lang } from '../../i18n/catalogue.ts'
import { pictureHeight, picturePath, pictureWidth } from './share-picture.ts'

interface ShareHeadProps {
  lang: Lang
  title: string
  description: string
  origin: string
  /** From the slash: the page's one address, whatever language it is asked for in. */
  path: string
}

const locales: Record<Lang, string> = { da: 'da_DK', en: 'en_GB' }

export function ShareHead({ lang, title, description, origin, path }: ShareHeadProps) {
  const said: Record<string, string> = {
    'og:type': 'website',
    'og:site_name': 'oplive',
    'og:locale': locales[lang],
    'og:title': title,
    'og:description': description,
    'og:url': `${origin}${path}`,
    'og:image': `${origin}${picturePath}`,
    'og:image:type': 'image/png',
    'og:image:width': String(pictureWidth),
    'og:image:height': String(pictureHeight),
    'og:image:alt': 'oplive',
  }
  return (
    <>
      <link rel="canonical" href={`${origin}${path}`} />
      {Object.entries(said).map(([property, content]) => (
        <meta property={property} content={content} />
      ))}
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}
