import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const DEV_PORT = 5173;

export default defineConfig({
  main: {
    // ws looks for two native helpers that we do not ship; told so, it does not ask, and the bundle asks for nothing.
    define: {
      'process.env.WS_NO_BUFFER_UTIL': '"1"',
      'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
    },
    build: {
      outDir: 'out/main',
      // Everything is bundled: the package holds our output and no node_modules but keytar, which is native.
      externalizeDeps: false,
      rolldownOptions: {
        external: ['keytar'],
        input: {
          main: resolve('electron/main.ts'),
          'history-worker': resolve('electron/history/worker.ts'),
          'local-fal-worker': resolve('electron/local-fal/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      // A sandboxed preload is CommonJS.
      rolldownOptions: {
        input: { preload: resolve('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: 'out/renderer',
      rolldownOptions: { input: resolve('renderer/index.html') },
      minify: true,
      // One file of some 280 KB gzip, read from the disk; the JSON editor and the 3D stage, which is the largest, when
      // they are first opened.
      chunkSizeWarningLimit: 1100,
      // The page's policy takes fonts and scripts from the app's own origin alone, not from data URIs.
      assetsInlineLimit: 0,
    },
    resolve: {
      alias: {
        'three/examples/jsm/libs/meshopt_decoder.module.js': resolve('renderer/viewers/model/no-meshopt.ts'),
      },
    },
    plugins: [react(), tailwindcss()],
    server: {
      port: DEV_PORT,
      strictPort: true,
      // The page stays on app://bundle while developing; only the reload socket goes to the server itself.
      hmr: { protocol: 'ws', host: 'localhost', clientPort: DEV_PORT },
    },
  },
});
