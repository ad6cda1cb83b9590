import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const collector = 'http://127.0.0.1:4318';

/** `vite build dashboard` writes dist/dashboard; `vite dashboard` serves the sources against a running collector. */
export default defineConfig({
  plugins: [react()],
  // The SQL page lists the tables and the examples of the reference, which tests hold against the store.
  define: {
    SQL_REFERENCE: JSON.stringify(
      readFileSync(join(import.meta.dirname, '../docs/reference/sql.md'), 'utf8'),
    ),
  },
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: { proxy: { '/api': collector, '/healthz': collector } },
});
