// Weighs the JavaScript that each screen loads, gzip, and refuses more than its budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const out = '../src/portulan/server/front/';
const manifest = JSON.parse(readFileSync(`${out}.vite/manifest.json`, 'utf8'));
const KB = 1024;
const budgets = [
  ['shell', null, 200],
  ['board', 'src/rooms/records/PipelinePage.tsx', 215],
  ['map', 'src/rooms/maps/MapPage.tsx', 300],
];
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);

function files(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) files(next, seen);
  return seen;
}
let failed = false;
for (const [name, key, limit] of budgets) {
  const keys = files(entry);
  if (key) files(key, keys);
  const total = [...new Set([...keys].map((each) => manifest[each].file))]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(out + file)).length, 0);
  const weight = Math.round(total / KB);
  console.log(`${name}: ${weight} KB of ${limit}`);
  if (weight > limit) failed = true;
}
if (failed) process.exit(1);
