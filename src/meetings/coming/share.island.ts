// One button that hands the link to the phone's own sharing, or copies it where there is none. Without it, the link is copied by hand.

const place = document.getElementById('share')
const { link = '', text = '', label = '', done = '' } = place?.dataset ?? {}

if (place && link && (navigator.share || navigator.clipboard)) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button'
  button.textContent = label
  const told = document.createElement('span')
  told.setAttribute('role', 'status')
  button.addEventListener('click', () => {
    const shared = navigator.share
      ? navigator.share({ text, url: link })
      : navigator.clipboard.writeText(link).then(() => {
          told.textContent = ` ${done}`
        })
    // Closed without sharing, or not allowed: the link stands there as before.
    shared.catch(() => undefined)
  })
  place.append(button, told)
  place.hidden = false
}
