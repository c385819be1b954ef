// scenario/lib/media.mjs: photos, documents and voices to send in, made on the spot by the tools that Debian has, and what came back, looked at by them.
import { execFileSync } from 'node:child_process';

const run = (tool, args, input) => execFileSync(tool, args, { input, maxBuffer: 64 << 20, stdio: ['pipe', 'pipe', 'ignore'] });
const ffmpeg = (args, input) => run('ffmpeg', ['-v', 'error', '-nostdin', ...args], input);

/** A picture: { width, height, type: 'mjpeg', 'png', 'webp' }. */
export function picture({ width = 640, height = 480, type = 'mjpeg' } = {}) {
  const format = type === 'webp' ? ['-c:v', 'libwebp', '-f', 'webp'] : ['-c:v', type, '-f', 'image2pipe'];
  return ffmpeg(['-f', 'lavfi', '-i', `testsrc=size=${width}x${height}:rate=1`, '-frames:v', '1', ...format, 'pipe:1']);
}

/** A JPEG with an EXIF block as a telephone writes it: on its side, with the place where it was taken and the name of who owns it. */
export function withPlace(jpeg) {
  const entry = (tag, type, count, value) => {
    const b = Buffer.alloc(12);
    b.writeUInt16LE(tag, 0); b.writeUInt16LE(type, 2); b.writeUInt32LE(count, 4);
    if (Buffer.isBuffer(value)) value.copy(b, 8); else b.writeUInt32LE(value, 8);
    return b;
  };
  const directory = (entries) => Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
  const artist = Buffer.from('Geheime Fotograaf\0\0\0');
  const sizes = { main: 2 + 3 * 12 + 4, gps: 2 + 4 * 12 + 4 };
  const at = { artist: 8 + sizes.main, gps: 8 + sizes.main + artist.length };
  const degrees = (...values) => { const b = Buffer.alloc(24); values.forEach((v, i) => { b.writeUInt32LE(v, i * 8); b.writeUInt32LE(1, i * 8 + 4); }); return b; };
  const rationals = at.gps + sizes.gps;
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    directory([entry(0x0112, 3, 1, 6), entry(0x013b, 2, artist.length, at.artist), entry(0x8825, 4, 1, at.gps)]),
    artist,
    directory([entry(1, 2, 2, Buffer.from('N\0')), entry(2, 5, 3, rationals), entry(3, 2, 2, Buffer.from('E\0')), entry(4, 5, 3, rationals + 24)]),
    degrees(52, 5, 24), degrees(5, 7, 16),
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** Sends bytes in: { status, body }. name: of a document. */
export async function upload(account, thread, bytes, { name, ...init } = {}) {
  const response = await account.fetch(`/api/upload?thread=${thread}${name === undefined ? '' : `&name=${encodeURIComponent(name)}`}`, { method: 'POST', body: bytes, ...init });
  return { status: response.status, body: await response.json() };
}

/** Fetches an attachment: { status, headers, bytes }. */
export async function fetchFile(account, id, { as, headers } = {}) {
  const response = await account.fetch(`/api/file?file=${id}${as ? `&as=${as}` : ''}`, { headers });
  return { status: response.status, headers: Object.fromEntries(response.headers), bytes: Buffer.from(await response.arrayBuffer()) };
}
