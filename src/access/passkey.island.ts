// Passkeys in the browser: fetches what to ask, lets the device answer, and sends the answer by the form it belongs to.

const bytes = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
const text = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')

/** One question at a time: pressing the button ends the one that waits in a field. */
let asking: AbortController | undefined

async function ceremony(form: HTMLFormElement, quietly?: true) {
  const { passkey, uv = '', again = '', known = '' } = form.dataset
  const said = form.querySelector('[role=status]')
  asking?.abort()
  const mine = new AbortController()
  asking = mine
  try {
    const reply = await fetch('/passkey/ask', { method: 'POST', body: new URLSearchParams({ for: passkey ?? '', uv }) })
    // The page that the form leads to says why.
    if (!reply.ok) return quietly || form.submit()
    const publicKey = await reply.json()
    for (const one of [
      publicKey,
      publicKey.user,
      ...(publicKey.allowCredentials || publicKey.excludeCredentials || []),
    ])
      for (const part of ['challenge', 'id']) if (one?.[part]) one[part] = bytes(one[part])
    const how = { publicKey, signal: mine.signal, ...(quietly && { mediation: 'conditional' as const }) }
    const credential = (await navigator.credentials[passkey === 'add' ? 'create' : 'get'](how)) as PublicKeyCredential
    const given = credential.response as AuthenticatorResponse & Record<string, ArrayBuffer>
    const answer: Record<string, unknown> = { id: credential.id }
    for (const part of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle', 'attestationObject']) {
      const value = given[part]
      if (value) answer[part] = text(value)
    }
    if ('getTransports' in given)
      answer.transports = (given as unknown as AuthenticatorAttestationResponse).getTransports()
    ;(form.elements.namedItem('answer') as HTMLInputElement).value = JSON.stringify(answer)
    form.submit()
  } catch (error) {
    if (said && !quietly) said.textContent = (error as Error).name === 'InvalidStateError' ? known : again
  }
}

/** In the list under a field, where the browser can: a passkey is chosen without pressing anything. Asked anew before the question gets too old. */
function waitInField(form: HTMLFormElement) {
  void ceremony(form, true)
  const mine = asking
  setTimeout(() => asking === mine && waitInField(form), 240_000)
}

if (window.PublicKeyCredential) {
  for (const other of document.querySelectorAll<HTMLElement>('[data-no-passkey]')) other.hidden = true
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false
    form.onsubmit = (event) => {
      event.preventDefault()
      void ceremony(form)
    }
    if (form.dataset.passkey === 'in' && document.querySelector('[autocomplete~=webauthn]'))
      void PublicKeyCredential.isConditionalMediationAvailable?.().then((can) => can && waitInField(form))
  }
}
