// browser/lib/line.mjs: the line between a browser and the server: one that can be cut, and heals.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Line {
  constructor() {
    this.target = 0; // the server's port
    this.up = true;
    this.pairs = new Set();
    this.server = createServer((near) => this.#join(near));
  }

  async open() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
    this.url = `http://localhost:${this.port}`;
    return this;
  }

  /** Everything that is open breaks, nothing new gets through. */
  cut() {
    this.up = false;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    this.pairs.clear();
  }

  /** What the server says from now on gets lost, while what the browser says still arrives. */
  deafen() {
    for (const [near, far] of this.pairs) {
      far.unpipe(near);
      far.resume();
    }
  }

  heal() { this.up = true; }

  close() {
    this.cut();
    return new Promise((done) => this.server.close(done));
  }

  #join(near) {
    near.on('error', () => {});
    if (!this.up) return near.destroy();
    const far = connect(this.target, '127.0.0.1');
    const pair = [near, far];
    this.pairs.add(pair);
    far.on('error', () => near.destroy());
    near.on('close', () => { far.destroy(); this.pairs.delete(pair); });
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  }
}
