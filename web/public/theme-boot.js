// Runs before the first paint, so the wrong theme never flashes; no inline script, for the CSP.
(() => {
  const saved = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
  const dark = saved === 'dark' || (saved === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
