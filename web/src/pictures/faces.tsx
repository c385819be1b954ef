// Placeholder faces, drawn from a number: neutral figures in a few quiet colours. They say nothing of anyone's skin, hair, age or dress; they
// only help the eye to find the same person again. The same number always has the same face.

interface Palette {
  ground: string
  cloth: string
  hair: string
}

const PALETTES: readonly Palette[] = [
  { ground: '#CFE3DF', cloth: '#3E7C80', hair: '#2A5C60' },
  { ground: '#F3D9C4', cloth: '#7A4E5E', hair: '#5C3846' },
  { ground: '#D6E4F0', cloth: '#3B6FA0', hair: '#2A527A' },
  { ground: '#F4E0B5', cloth: '#B07224', hair: '#7E4F14' },
  { ground: '#E2DCEB', cloth: '#5B4A78', hair: '#43355C' },
  { ground: '#DDE7D8', cloth: '#3F6E57', hair: '#2B5140' },
  { ground: '#F0D3C6', cloth: '#A8553A', hair: '#7C3B26' },
  { ground: '#EFE3CF', cloth: '#6F5F4A', hair: '#4F4333' },
]
const SKIN = '#FBF3E6'
const NECK = '#EFE3CF'

/** Tops of heads: a cap, a parting to either side, a wave. */
const TOPS: readonly string[] = [
  'M14.600 20c-.6-7 3.600-11 9.600-11s9.900 4 9.200 11c-2.600-3.600-5.600-5-9.200-5s-6.900 1.400-9.600 5z',
  'M14.600 20c-.6-7 3.600-11 9.600-11s9.900 4 9.200 11c-.9-3-2.600-4.600-4.200-5.200-3 1.300-7.500 1.300-10.200.2-2 .8-3.600 2.200-4.400 5z',
  'M33.400 20c.6-7-3.600-11-9.600-11s-9.900 4-9.200 11c1.400-3.400 4.600-4.600 8.200-4.900 3.800-.3 8.600 1.100 10.600 4.900z',
  'M14.600 20c-.6-7 3.600-11 9.600-11s9.900 4 9.200 11c-1.600-1.400-2.200-3.600-4.400-3.600s-2.800 1.600-5 1.600-2.800-1.600-5-1.600-2.800 2.200-4.400 3.600z',
]

/** Spreads neighbouring numbers over all faces (Knuth's multiplicative hash). */
function mix(id: number, kind: string): number {
  return (Math.imul(id * 2 + (kind === 'pupil' ? 1 : 0), 2654435761) >>> 8) % (PALETTES.length * TOPS.length)
}

export function Face({ id, kind, size = '' }: { id: number; kind: 'person' | 'pupil'; size?: '' | 's' | 'l' }) {
  const number = mix(id, kind)
  const palette = PALETTES[number % PALETTES.length] as Palette
  const top = TOPS[Math.floor(number / PALETTES.length)] as string
  return (
    <span class={size ? `face ${size}` : 'face'}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path fill={palette.ground} d="M0 0h48v48H0z" />
        <path fill={palette.cloth} d="M5 50c1-10 8-14.500 19-14.500S42 40 43 50z" />
        <path fill={NECK} d="M20 28h8v7c0 2.500-1.800 4-4 4s-4-1.500-4-4z" />
        <ellipse fill={SKIN} cx="24" cy="22" rx="8.8" ry="10.2" />
        <path fill={palette.hair} d={top} />
      </svg>
    </span>
  )
}
