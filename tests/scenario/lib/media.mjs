// scenario/lib/media.mjs: photos, documents and voices to send in, made on the spot by the tools that Debian has, and what came back, looked at by them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (tool, args, input) => execFileSync(tool, args, { input, maxBuffer: 64 << 20, stdio: ['pipe', 'pipe', 'ignore'] });
const ffmpeg = (args, input) => run('ffmpeg', ['-v', 'error', '-nostdin', ...args], input);

/** A picture: { width, height, type: 'mjpeg', 'png', 'webp' }. */
export function picture({ width = 640, height = 480, type = 'mjpeg' } = {}) {
  const format = type === 'webp' ? ['-c:v', 'libwebp', '-f', 'webp'] : ['-c:v', type, '-f', 'image2pipe'];
  return ffmpeg(['-f', 'lavfi', '-i', `testsrc=size=${width}x${height}:rate=1`, '-frames:v', '1', ...format, 'pipe:1']);
}

/** The same as an iPhone keeps it: HEIC, by libvips. */
export function heic(options) {
  const folder = mkdtempSync(join(tmpdir(), 'ouderbrug-heic-'));
  try {
    writeFileSync(join(folder, 'in.jpg'), picture(options));
    run('vipsthumbnail', [join(folder, 'in.jpg'), '--size', '4096x4096>', '-o', join(folder, 'out.heic')]);
    return readFileSync(join(folder, 'out.heic'));
  } finally {
    rmSync(folder, { recursive: true });
  }
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
export async function upload(account, thread, bytes, { name, headers = {}, ...init } = {}) {
  const named = name === undefined ? headers : { ...headers, 'x-file-name': encodeURIComponent(name) };
  const response = await account.fetch(`/api/upload?thread=${thread}`, { method: 'POST', body: bytes, headers: named, ...init });
  return { status: response.status, body: await response.json() };
}

/** Fetches an attachment: { status, headers, bytes }. */
export async function fetchFile(account, id, { as, headers } = {}) {
  const response = await account.fetch(`/api/file?file=${id}${as ? `&as=${as}` : ''}`, { headers });
  return { status: response.status, headers: Object.fromEntries(response.headers), bytes: Buffer.from(await response.arrayBuffer()) };
}

/** A voice: { seconds, type: 'webm' (as Chrome records it), 'mp4' (as Safari does), 'ogg' }. The second half is silent; it has a title. */
export function voice({ seconds = 2, type = 'webm' } = {}) {
  const kinds = { webm: ['-c:a', 'libopus', '-f', 'webm'], ogg: ['-c:a', 'libopus', '-f', 'ogg'], mp4: ['-c:a', 'aac', '-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'] };
  return ffmpeg(['-f', 'lavfi', '-i', `sine=frequency=300:duration=${seconds}`, '-af', `volume=enable='gt(t,${seconds / 2})':volume=0`, '-ac', '1', '-metadata', 'title=Geheime Opname', ...kinds[type], 'pipe:1']);
}

/** Speaks a phrase of the list in a language: { status, body }, a body only where it was refused. */
export async function record(account, phrase, language, bytes) {
  const response = await account.fetch(`/api/recording?${new URLSearchParams({ phrase, language })}`, { method: 'POST', body: bytes });
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
}

/** What ffprobe says of a voice message. */
export function probe(bytes) {
  return JSON.parse(run('ffprobe', ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-'], bytes));
}

/** A PDF of one page that says this, with more in its catalogue and trailer. */
export function pdf(text, { catalogue = '', trailer = '' } = {}) {
  const stream = `BT /F1 24 Tf 20 300 Td (${text}) Tj ET`;
  const objects = [
    `<</Type/Catalog/Pages 2 0 R${catalogue}>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
  ];
  let file = '%PDF-1.4\n', table = '0000000000 65535 f \n';
  objects.forEach((object, i) => {
    table += `${String(file.length).padStart(10, '0')} 00000 n \n`;
    file += `${i + 1} 0 obj${object}\nendobj\n`;
  });
  return Buffer.from(`${file}xref\n0 5\n${table}trailer<</Size 5/Root 1 0 R${trailer}>>\nstartxref\n${file.length}\n%%EOF\n`, 'latin1');
}

export const textOf = (bytes) => String(run('pdftotext', ['-', '-'], bytes)).trim();

/** The family agrees that voice messages are kept. */
export async function agreeToVoice(staff, guardian, thread) {
  const { consent } = await staff.do('consent_ask', { thread, kind: 'voice' });
  await guardian.do('consent_answer', { thread, consent: consent.id, says: 'yes', language: 'ar' });
  return consent.id;
}
