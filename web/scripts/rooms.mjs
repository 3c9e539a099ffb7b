// Checks who imports whom, and refuses a silent success: every source file must have been read.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const sources = readdirSync('src', { recursive: true }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'),
);
const bin = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
let output;
try {
  output = execFileSync('node', [bin, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], {
    maxBuffer: 1 << 28,
  });
} catch (failure) {
  output = failure.stdout;
}
const { modules, summary } = JSON.parse(output);
const read = new Set(modules.map((module) => module.source));
const missed = sources.filter((name) => !read.has(`src/${name}`));
for (const violation of summary.violations)
  console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`);
for (const name of missed) console.error(`not read: src/${name}`);
if (missed.length || summary.violations.length) process.exit(1);
console.log(`${sources.length} files, no forbidden import`);
