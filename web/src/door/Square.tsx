/** A QR code out of its modules, dark on white in any light, with the quiet zone around it (ISO/IEC 18004). */
export function Square({ size, modules, label }: { size: number; modules: string; label: string }) {
  const quiet = 4
  let path = ''
  for (let i = 0; i < modules.length; i++) {
    if (modules[i] === '1') path += `M${(i % size) + quiet} ${Math.floor(i / size) + quiet}h1v1h-1z`
  }
  const side = size + 2 * quiet
  return (
    <svg class="square" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={path} />
    </svg>
  )
}
