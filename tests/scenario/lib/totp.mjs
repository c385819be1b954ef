// scenario/lib/totp.mjs: a phone's authenticator app, by node's own crypto (RFC 4226, RFC 6238, RFC 4648).
//
//   const app = new Authenticator(answer.secret);
//   app.code()          // of now;  app.code(-1) of the step before
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function fromBase32(text) {
  let bits = '';
  for (const c of text) bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

export class Authenticator {
  constructor(secret) { this.key = fromBase32(secret); }

  static step(at = Date.now()) { return Math.floor(at / 30_000); }

  codeOf(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const digest = createHmac('sha1', this.key).update(counter).digest();
    const at = digest[19] & 15;
    return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }

  code(off = 0) { return this.codeOf(Authenticator.step() + off); }
}
