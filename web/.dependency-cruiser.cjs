/** Who may import whom in the front. */
module.exports = {
  forbidden: [
    {
      name: 'a-room-never-imports-another-room',
      severity: 'error',
      from: { path: '^src/rooms/([^/]+)/' },
      to: { path: '^src/rooms/', pathNot: '^src/rooms/$1/' },
    },
    { name: 'a-room-never-imports-the-shell', severity: 'error', from: { path: '^src/rooms/' }, to: { path: '^src/app/' } },
    {
      name: 'shared-parts-never-import-a-room',
      severity: 'error',
      from: { path: '^src/(design|client|canvas|deviations|fields|reviews|sharing|threads|why|words|lib|i18n)/' },
      to: { path: '^src/(rooms|app)/' },
    },
    { name: 'lib-and-client-draw-nothing', severity: 'error', from: { path: '^src/lib/' }, to: { path: '^src/(?!lib/)' } },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json', '.css'] },
  },
};
