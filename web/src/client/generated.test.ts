// @vitest-environment node
import { readFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

test('the typed client says what the contract says; when it does not, make docs', async () => {
  const contract = JSON.parse(readFileSync('../docs/openapi.json', 'utf8'));
  const written = readFileSync('src/client/generated.ts', 'utf8');
  expect(written).toBe(COMMENT_HEADER + astToString(await openapiTS(contract)));
});
