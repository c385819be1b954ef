// A photo as it goes out: at most 2048 pixels a side, the right way up, as JPEG. What is drawn anew has no place, date or telephone in it. What this browser
// cannot read (HEIC in most) goes as it is: the server writes it anew.

const SIDE_MAX = 2048
const QUALITY = 0.82

export async function shrink(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/') || !('createImageBitmap' in window)) return file
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return file
  }
  const part = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * part))
  canvas.height = Math.max(1, Math.round(bitmap.height * part))
  const brush = canvas.getContext('2d')
  if (!brush) return file
  // What is see-through would be black.
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), 'image/jpeg', QUALITY))
}
