/** A QR code from its modules, drawn as one path: the secret in it goes nowhere. mark: leaves a hole in the middle for it. */
export function Qr({ size, modules, label, mark = false }: { size: number; modules: string; label: string; mark?: boolean }) {
  const half = size / 2
  let d = ''
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (modules[y * size + x] === '1' && !(mark && Math.abs(x + 0.5 - half) < 4.5 && Math.abs(y + 0.5 - half) < 3.5)) d += `M${x} ${y}h1v1h-1z`
  return (
    <svg class="qr" viewBox={`-2 -2 ${size + 4} ${size + 4}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path fill="#fff" d={`M-2 -2h${size + 4}v${size + 4}h-${size + 4}z`} />
      <path fill="#23302F" d={d} />
      {mark && (
        <g transform={`translate(${half - 3.7} ${half - 2.9}) scale(.185)`} fill="none" stroke="#0F5F66" stroke-linecap="round" shape-rendering="auto">
          <path stroke-width="4" d="M3 27C5 14 12 7 20 7s15 7 17 20M1 27h38" />
          <path stroke-width="2.500" d="M20 9v17M12.500 13v13M27.500 13v13" />
        </g>
      )}
    </svg>
  )
}
